"""Checks of how criteria hang together: circles, repetitions, clauses that decide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.analysis.repeated import equal_members, equal_rules
from cdispec.issues.files import nested_too_deep
from cdispec.issues.policies import (
    duplicate_clause,
    ended_before_effect,
    reference_circle,
    request_without_decision,
    second_classification,
    second_otherwise,
    too_many_repetitions,
    unreachable_clause,
)
from cdispec.model.criteria import Criterion, Reference
from cdispec.model.policy import Policy, all_criteria, blocks, decided_by
from cdispec.scenario.vocabulary import normalized
from cdispec.source import Issue

DEEPEST_LOGIC = 100
LARGEST = 200_000


def circles(policy: Policy) -> Iterator[Issue]:
    """Criteria that refer to themselves, or so deep or so often to others that they could not be evaluated."""
    # Criteria are told apart by what they are: where a policy has errors, two may have the same id, or none.
    depth: dict[int, int] = {}
    size: dict[int, int] = {}
    told: set[frozenset[int]] = set()
    for block in blocks(policy):
        path: list[tuple[Criterion, Iterator[Criterion]]] = [
            (block.criterion, iter(decided_by(block.criterion, policy)))
        ]
        while path:
            criterion, rest = path[-1]
            below = next(rest, None)
            if below is None:
                parts = [id(part) for part in decided_by(criterion, policy)]
                deep = 1 + max((depth.get(part, 0) for part in parts), default=0)
                large = 1 + sum(size.get(part, 0) for part in parts)
                if deep > DEEPEST_LOGIC or large > LARGEST:
                    if deep > DEEPEST_LOGIC:
                        yield nested_too_deep(criterion.place, DEEPEST_LOGIC)
                    else:
                        yield too_many_repetitions(criterion.place, large, LARGEST)
                    # Told once, and not again of all that stands above or refers to this.
                    deep = large = 1
                depth[id(criterion)], size[id(criterion)] = deep, large
                path.pop()
            elif id(below) in (on_path := [id(above) for above, _ in path]):
                start = on_path.index(id(below))
                circle = frozenset(on_path[start:])
                if circle not in told:
                    told.add(circle)
                    yield reference_circle(criterion.place, _named([above for above, _ in path[start:]]))
            elif id(below) not in depth:
                path.append((below, iter(decided_by(below, policy))))


def _named(circle: list[Criterion]) -> list[str]:
    """The ids of a circle that others can refer to: those that refer on, and where it begins and ends."""
    refers = [criterion.id for criterion in circle if isinstance(criterion.logic, Reference)]
    return [*dict.fromkeys([circle[0].id, *refers]), circle[0].id]


def duplicates(policy: Policy) -> Iterator[Issue]:
    """Members of one list with the same logic."""
    for member, earlier in equal_members(policy):
        # An id that is derived from what several criteria ask, with a point, is none that its author knows.
        written = "" if "." in earlier.id else earlier.id
        yield duplicate_clause(member.place, written, earlier.place.line)


def undecided_requests(policy: Policy) -> Iterator[Issue]:
    """Request kinds that nothing decides, or that two blocks decide otherwise."""
    for request in policy.requests.values():
        rests = [rest for rest in policy.otherwise if request.id in rest.requests]
        if not rests and not policy.rules_for(request.id):
            yield request_without_decision(request.place, request.id)
        for second in rests[1:]:
            yield second_otherwise(second.place, request.id, rests[0].place.line)


def second_classifications(policy: Policy) -> Iterator[Issue]:
    """Blocks that give a request a name which another block gives already."""
    first: dict[str, int] = {}
    for named in policy.classifications:
        place, words = named.criterion.place, normalized(named.name)
        if words in first:
            yield second_classification(place, named.name, first[words])
        first.setdefault(words, place.line)


def ended(policy: Policy) -> Iterator[Issue]:
    """Criteria whose dates of service end before the policy takes effect."""
    for criterion in all_criteria(policy):
        end = criterion.valid.end
        if end is not None and end < policy.effective:
            yield ended_before_effect(criterion.place, end.isoformat(), policy.effective.isoformat())


def unreachable(policy: Policy) -> Iterator[Issue]:
    """Blocks that nothing refers to, and rules that an equal rule before them always decides first."""
    referred = {criterion.logic.to for criterion in all_criteria(policy) if isinstance(criterion.logic, Reference)}
    limits = (rule.grant.restrictions for rule in policy.rules if rule.grant is not None)
    referred |= {restriction.when for stated in limits for restriction in stated if restriction.when is not None}
    for block in policy.shared:
        if block.criterion.id not in referred:
            yield unreachable_clause(block.criterion.place, "it has no outcome and no criterion refers to it")
    for rule, earlier in equal_rules(policy):
        line = earlier.criterion.place.line
        yield unreachable_clause(rule.criterion.place, f"the rule on line {line} decides the same cases first")
