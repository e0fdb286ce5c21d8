"""Every case of a small policy of which nothing is open, as far as its criteria can tell cases apart, one by one.

These are the cases that answer every fact in an open record, and the complete records, whatever is absent from them.

The compiled form decides them, which is held equal to the reference elsewhere: there are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, pairwise, product
from math import prod
from typing import assert_never

from cdispec.determine.compiled import compile_policy
from cdispec.determine.truth import in_force
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    IsOneOf,
    Logic,
    Not,
    Period,
    Range,
    Reference,
    walk,
)
from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, Value, YesNo
from cdispec.model.policy import Policy, all_criteria, blocks

Told = tuple[object, ...]
TODAY = date(2025, 6, 15)
NEAR = [TODAY + timedelta(step) for step in range(-16, 17)]
"""Dates are told apart by all of these days, beyond which no criterion of these tests looks."""
_NEVER = Period(end=date.min)


class Enumeration:
    """The cases of a policy with their truths."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.comparisons = [part.logic for part in all_criteria(policy) if isinstance(part.logic, Comparison)]

    def count(self) -> int:
        """How many cases there are at most, of one kind of request."""
        sizes = [len(list(self._answers(fact))) for fact in self.policy.facts.values()]
        return len(self._request_days()) * (prod(sizes) + prod(size + 1 for size in sizes))

    @cached_property
    def cases(self) -> list[Case]:
        """The cases, as requests of the first kind."""
        request, facts = next(iter(self.policy.requests)), self.policy.facts
        answers = [list(self._answers(fact)) for fact in facts.values()]
        return [
            Case(self.policy.number, request, day, _stated(zip(facts, stated, strict=True)), complete)
            for day in self._request_days()
            for complete in (False, True)
            for stated in product(*([*known, None] if complete else known for known in answers))
        ]

    @cached_property
    def rows(self) -> list[dict[str, bool]]:
        """For each case whether it meets each criterion that is in force."""
        compiled = compile_policy(self.policy)
        standing = {
            day: [in_force(part, self.policy, day) for part in all_criteria(self.policy)]
            for day in self._request_days()
        }
        found = []
        for case in self.cases:
            told = zip(compiled.criteria, standing[case.date], compiled.truths(compiled.checked(case)), strict=True)
            found.append({id: truth == Truth.TRUE for id, stands, truth in told if stands})
        return found

    def constant(self, criterion: Criterion) -> Truth:
        """Whether a criterion is met in every case in which it is in force, or in none."""
        seen = {row[criterion.id] for row in self.rows if criterion.id in row}
        return Truth.UNKNOWN if len(seen) != 1 else Truth.TRUE if seen == {True} else Truth.FALSE

    def decisions(self, dropped: frozenset[str] = frozenset()) -> list[Told]:
        """What is decided of each case and kind of request, and how it is classified, where criteria are dropped."""
        policy = without(self.policy, dropped)
        compiled = compile_policy(policy)
        names = [named.criterion for named in policy.classifications]
        found = []
        for case in self.cases:
            checked = {kind: compiled.checked(replace(case, request=kind)) for kind in policy.requests}
            outcomes = [compiled.decide(checked[kind]).outcome for kind in policy.requests]
            truths = dict(zip(compiled.criteria, compiled.truths(checked[case.request]), strict=True))
            applies = [in_force(one, policy, case.date) and truths[one.id] == Truth.TRUE for one in names]
            found.append((*outcomes, *applies))
        return found

    def _request_days(self) -> list[date]:
        """Days on which requests may be decided in another way, with those beside them; of dates, every day near."""
        days = {self.policy.effective}
        for part in all_criteria(self.policy):
            days |= {day for day in (part.valid.start, part.valid.end) if day is not None}
        if any(isinstance(fact, Day) for fact in self.policy.facts.values()):
            return [day for day in NEAR if day >= self.policy.effective]
        near = {day + timedelta(step) for day in days for step in (-1, 0, 1)}
        return sorted(day for day in near if day >= self.policy.effective)

    def _answers(self, fact: Fact) -> Iterator[Value]:
        asking = [comparison for comparison in self.comparisons if comparison.fact == fact.id]
        edges = {edge for comparison in asking for edge in _edges(comparison)}
        match fact:
            case YesNo():
                yield from (True, False)
            case OneOf(options=options):
                yield from (option.id for option in options)
            case SetOf(options=options):
                ids = [option.id for option in options]
                yield from (frozenset(held) for size in range(len(ids) + 1) for held in combinations(ids, size))
            case Number(minimum=minimum, maximum=maximum):
                bounds = {bound for bound in (minimum, maximum) if bound is not None}
                points = sorted({float(edge) for edge in edges if isinstance(edge, int | float)} | bounds) or [0.0]
                points = [points[0] - 1, *points, points[-1] + 1, *((low + high) / 2 for low, high in pairwise(points))]
                low, high = min(bounds, default=None), max(bounds, default=None)
                yield from (
                    point
                    for point in sorted(points)
                    if (minimum is None or low is None or point >= minimum)
                    and (maximum is None or high is None or point <= maximum)
                )
            case Day():
                yield from NEAR
            case _:
                assert_never(fact)


def _stated(answers: Iterable[tuple[str, Value | None]]) -> dict[str, Value]:
    return {fact: answer for fact, answer in answers if answer is not None}


def without(policy: Policy, dropped: frozenset[str]) -> Policy:
    """The policy in which these criteria are never in force."""

    def stated(before: Criterion) -> Criterion:
        guard = stated(before.unless) if before.unless is not None else None
        valid = _NEVER if before.id in dropped else before.valid
        return replace(before, logic=logic(before.logic), unless=guard, valid=valid)

    def logic(before: Logic) -> Logic:
        match before:
            case AllOf(of) | AnyOf(of) | AtLeast(_, of):
                return replace(before, of=tuple(stated(member) for member in of))
            case Not(member):
                return Not(stated(member))
            case Reference() | Comparison():
                return before
            case _:
                assert_never(before)

    if not dropped:
        return policy
    found = replace(
        policy,
        rules=tuple(replace(rule, criterion=stated(rule.criterion)) for rule in policy.rules),
        classifications=tuple(replace(one, criterion=stated(one.criterion)) for one in policy.classifications),
        shared=tuple(replace(block, criterion=stated(block.criterion)) for block in policy.shared),
    )
    return replace(found, criteria={part.id: part for block in blocks(found) for part in walk(block.criterion)})


def _edges(comparison: Comparison) -> Iterator[object]:
    match comparison.test:
        case IsOneOf(values):
            yield from values
        case Range(low, high):
            yield from (bound.value for bound in (low, high) if bound is not None)
        case _:
            pass
