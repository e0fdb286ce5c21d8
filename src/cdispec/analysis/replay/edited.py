"""A policy after a small edit: what stands above it is made anew, and all else stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cdispec.model.criteria import Criterion, ListOf, Not, parts, walk
from cdispec.model.policy import Policy


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
        """The policy with other criteria in the place of some, none of which stands inside another one of them."""
        on_path: set[str] = set()
        for id in swaps:
            above: str | None = id
            while above is not None and above not in on_path:
                on_path.add(above)
                above = self.holder(above)
        made: dict[str, Criterion] = {}

        def anew(criterion: Criterion) -> Criterion:
            if criterion.id not in on_path:
                return criterion
            if criterion.id not in swaps:
                made[criterion.id] = _holding(criterion, tuple(map(anew, parts(criterion))))
                return made[criterion.id]
            made.update((part.id, part) for part in walk(swaps[criterion.id]))
            return swaps[criterion.id]

        known = self.policy.criteria
        policy = replace(
            self.policy,
            rules=tuple(replace(rule, criterion=anew(rule.criterion)) for rule in self.policy.rules),
            classifications=tuple(
                replace(named, criterion=anew(named.criterion)) for named in self.policy.classifications
            ),
            shared=tuple(replace(block, criterion=anew(block.criterion)) for block in self.policy.shared),
            criteria={**known, **made},
        )
        inside = {part.id: part for swap in swaps.values() for part in walk(swap)}
        return Edited(policy, frozenset(id for id, part in inside.items() if known.get(id) is not part))


def _holding(criterion: Criterion, held: tuple[Criterion, ...]) -> Criterion:
    """A criterion with other parts, as many as it has."""
    logic, guard = criterion.logic, criterion.unless
    if guard is not None:
        held, guard = held[:-1], held[-1]
    if isinstance(logic, ListOf):
        logic = replace(logic, of=held)
    elif isinstance(logic, Not):
        logic = Not(*held)
    return replace(criterion, logic=logic, unless=guard)
