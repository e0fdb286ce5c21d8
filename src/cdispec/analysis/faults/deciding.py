"""Which criteria of a policy decide something, and which decide which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdispec.model.criteria import Criterion, walk
from cdispec.model.policy import Policy, blocks, decided_by
from cdispec.model.policy import deciding as all_deciding
from cdispec.source import Place


def deciding_or_classifying(policy: Policy) -> Iterator[Criterion]:
    """Every criterion that a rule or a classification asks, references followed, in the order of the document."""
    yield from _asked([*_first(policy)], policy)


def deciding_or_limiting(policy: Policy) -> Iterator[Criterion]:
    """These, and every criterion that a form of what is granted asks."""
    grants = (rule.grant for rule in policy.rules if rule.grant is not None)
    limiting = [policy.criteria[id] for grant in grants for id in grant.asks]
    yield from _asked([*_first(policy), *limiting], policy)


def _first(policy: Policy) -> Iterator[Criterion]:
    yield from (rule.criterion for rule in policy.rules)
    yield from (named.criterion for named in policy.classifications)


def _asked(first: Sequence[Criterion], policy: Policy) -> Iterator[Criterion]:
    asked = {criterion.id for criterion in all_deciding(first, policy)}
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
            for part in decided_by(criterion, policy):
                yield from parts_first(part)
            yield criterion

    for criterion in criteria:
        yield from parts_first(criterion)


def above(criteria: Sequence[Criterion], policy: Policy) -> dict[str, set[str]]:
    """For each of these criteria those that it decides directly."""
    found: dict[str, set[str]] = {criterion.id: set() for criterion in criteria}
    for criterion in criteria:
        for part in decided_by(criterion, policy):
            found[part.id].add(criterion.id)
    return found
