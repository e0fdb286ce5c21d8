"""A policy after a small edit: what stands above it is made anew, and all else stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cdispec.model.criteria import Criterion, holding, parts, walk
from cdispec.model.policy import Policy, blocks
from cdispec.model.remade import with_logic


@dataclass(frozen=True, slots=True)
class Edited:
    """A policy after an edit; `changed` are the criteria that it changes, but for those that only hold one of them."""

    policy: Policy
    changed: frozenset[str]


class Tree:
    """Where each criterion of a policy stands."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._holders = {part.id: criterion.id for criterion in policy.criteria.values() for part in parts(criterion)}

    def holder(self, id: str) -> str | None:
        """The criterion inside which one stands; None of the outermost one of a block."""
        return self._holders.get(id)

    def with_criteria(self, swaps: Mapping[str, Criterion]) -> Edited:
        """The policy with other criteria in the place of some; of these, one inside another is replaced there."""
        on_path: set[str] = set()
        for id in swaps:
            above: str | None = id
            while above is not None and above not in on_path:
                on_path.add(above)
                above = self.holder(above)
        known, made, changed = self.policy.criteria, dict[str, Criterion](), set[str]()

        def anew(criterion: Criterion) -> Criterion:
            if criterion.id not in on_path:
                return criterion
            swapped = swaps.get(criterion.id, criterion)
            new = holding(swapped, tuple(map(anew, parts(swapped))))
            made[new.id] = new
            if criterion.id in swaps:
                made.update((part.id, part) for part in walk(new))
                changed.update(part.id for part in walk(new) if known.get(part.id) is not part)
            return new

        policy = with_logic(self.policy, {one.criterion.id: anew(one.criterion) for one in blocks(self.policy)})
        return Edited(replace(policy, criteria={**known, **made}), frozenset(changed))
