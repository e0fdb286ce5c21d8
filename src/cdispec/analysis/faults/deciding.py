"""Which criteria of a policy decide something, and which decide which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdispec.model.criteria import Criterion, Reference, members, walk
from cdispec.model.policy import Policy, blocks
from cdispec.source import Place


def below(criterion: Criterion, policy: Policy) -> Iterator[Criterion]:
    """The criteria that decide another one: its members, its guard, and the one that it refers to."""
    yield from members(criterion.logic)
    if criterion.unless is not None:
        yield criterion.unless
    if isinstance(criterion.logic, Reference):
        yield policy.criteria[criterion.logic.to]


def deciding(policy: Policy) -> Iterator[Criterion]:
    """Every criterion that a rule or a classification asks, references followed, in the order of the blocks."""
    asked: set[str] = set()
    waiting = [rule.criterion for rule in policy.rules]
    waiting += [classification.criterion for classification in policy.classifications]
    while waiting:
        criterion = waiting.pop()
        if criterion.id not in asked:
            asked.add(criterion.id)
            waiting += below(criterion, policy)
    stated = [block.criterion for block in blocks(policy)]
    for criterion in sorted(stated, key=_place):
        yield from (part for part in walk(criterion) if part.id in asked)


def _place(criterion: Criterion) -> Place:
    return criterion.place


def inside_out(criteria: Sequence[Criterion], policy: Policy) -> Iterator[Criterion]:
    """These criteria, each after those that decide it."""
    seen: set[str] = set()

    def parts_first(criterion: Criterion) -> Iterator[Criterion]:
        if criterion.id not in seen:
            seen.add(criterion.id)
            for part in below(criterion, policy):
                yield from parts_first(part)
            yield criterion

    for criterion in criteria:
        yield from parts_first(criterion)


def above(criteria: Sequence[Criterion], policy: Policy) -> dict[str, set[str]]:
    """For each of these criteria those that it decides directly."""
    found: dict[str, set[str]] = {criterion.id: set() for criterion in criteria}
    for criterion in criteria:
        for part in below(criterion, policy):
            found[part.id].add(criterion.id)
    return found
