"""What the logic of a policy says twice, as its shape shows."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from cdispec.model.criteria import Criterion, ListOf, members, own_logic
from cdispec.model.policy import Policy, Rule, all_criteria


def equal_members(policy: Policy) -> Iterator[tuple[Criterion, Criterion]]:
    """Each member of a list that repeats an earlier one, with that one."""
    shapes: dict[int, Hashable] = {}
    for criterion in all_criteria(policy):
        if not isinstance(criterion.logic, ListOf):
            continue
        first: dict[Hashable, Criterion] = {}
        for member in criterion.logic.of:
            shape = _shape(member, shapes)
            if shape in first:
                yield member, first[shape]
            first.setdefault(shape, member)


def equal_rules(policy: Policy) -> Iterator[tuple[Rule, Rule]]:
    """Each rule that an equal one before it always decides first, with that one."""
    shapes: dict[int, Hashable] = {}
    for position, rule in enumerate(policy.rules):
        for earlier in policy.rules[:position]:
            same = _shape(rule.criterion, shapes) == _shape(earlier.criterion, shapes)
            if same and set(rule.requests) <= set(earlier.requests):
                yield rule, earlier
                break


def _shape(criterion: Criterion, shapes: dict[int, Hashable]) -> Hashable:
    """What a criterion evaluates, without its words and ids."""
    if id(criterion) not in shapes:
        below = tuple(_shape(member, shapes) for member in members(criterion.logic))
        guard = _shape(criterion.unless, shapes) if criterion.unless else None
        shapes[id(criterion)] = (own_logic(criterion.logic), below, guard, criterion.valid, criterion.set_aside)
    return shapes[id(criterion)]
