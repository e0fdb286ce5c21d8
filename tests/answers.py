"""Every answer that a policy can tell apart, found the slow way: what the specification tries for what is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from math import prod
from typing import assert_never

from cdispec.determine.specification import Answers, Specification
from cdispec.model.case import Case
from cdispec.model.cells import Coded
from cdispec.model.criteria import Comparison, Elapsed, HasNone, IncludesAnyOf, IsOneOf, Range, shifted
from cdispec.model.facts import (
    Amount,
    Day,
    Fact,
    Month,
    NoValue,
    Number,
    OneOf,
    SetOf,
    Value,
    YesNo,
    is_whole,
    may_be_none,
)
from cdispec.model.policy import Policy, all_criteria
from tests.strategies import told_apart, worked_out

NEAR = 4
"""So many days on each side of an edge are tried: the way back from the end of a month is up to three days off."""


def specification(policy: Policy, case: Case) -> Specification:
    """What a policy says of a case, by trying every answer."""
    case = worked_out(policy, case)
    return Specification(policy, case, answers_of(policy, case))


def completions(policy: Policy, case: Case) -> int:
    """In how many ways what a case leaves unknown can be answered."""
    answers = answers_of(policy, case)
    return prod(len(answers(fact)) for fact in policy.facts.values() if not is_whole(case.facts.get(fact.id)))


def answers_of(policy: Policy, case: Case) -> Answers:
    """Every answer to a fact that the comparisons of a policy can tell apart in a case."""
    comparisons = [node.logic for node in all_criteria(policy) if isinstance(node.logic, Comparison)]
    found: dict[str, Sequence[Value]] = {}

    def answers(fact: Fact) -> Sequence[Value]:
        if fact.id not in found:
            found[fact.id] = list(_possible(fact, comparisons, policy, case))
        return found[fact.id]

    return answers


def _possible(fact: Fact, comparisons: list[Comparison], policy: Policy, case: Case) -> Iterator[Value]:
    if may_be_none(fact):
        yield NoValue()
    match fact:
        case YesNo():
            yield from (True, False)
        case OneOf(options=options):
            yield from (option.id for option in options)
        case SetOf():
            listed, coded = told_apart([fact], [case.date], case.facts.get(fact.id)), Coded(policy)
            for size in range(len(listed) + 1):
                for members in combinations(listed, size):
                    answer = coded.facts({fact.id: frozenset(members)}, case.date)[fact.id]
                    assert isinstance(answer, frozenset)
                    yield answer
        case Number():
            yield from _numbers(fact, comparisons)
        case Day():
            yield from _days(fact, comparisons, policy, case)
        case _:
            assert_never(fact)


def _edges(fact: Fact, comparisons: list[Comparison]) -> Iterator[object]:
    for comparison in comparisons:
        if comparison.fact == fact.id:
            match comparison.test:
                case IsOneOf(values):
                    yield from values
                case Range(low, high):
                    yield from (bound.value for bound in (low, high) if bound is not None)
                case IncludesAnyOf() | Elapsed() | HasNone():
                    pass
                case _:
                    assert_never(comparison.test)


def _numbers(fact: Number, comparisons: list[Comparison]) -> Iterator[Amount]:
    edges = {Decimal(0), *(Decimal(e) for e in _edges(fact, comparisons) if isinstance(e, int | Decimal))}
    edges |= {Decimal(bound) for bound in (fact.minimum, fact.maximum) if bound is not None}
    near = Decimal(1) if fact.whole else Decimal("0.01")
    for number in sorted({edge + step for edge in edges for step in (-near, 0, near)}):
        if (fact.minimum is None or fact.minimum <= number) and (fact.maximum is None or number <= fact.maximum):
            yield number


def _days(fact: Day, comparisons: list[Comparison], policy: Policy, case: Case) -> list[date]:
    """Every day near an edge, as far as one leads to the next over linked dates, and some far off."""
    dates = [other for other in policy.facts.values() if isinstance(other, Day)]
    months = [value for value in case.facts.values() if isinstance(value, Month)]
    unknown = [other.id for other in dates if not is_whole(case.facts.get(other.id))]
    stated = {edge for other in dates for edge in _edges(other, comparisons) if isinstance(edge, date)}
    edges = {case.date, *(value for value in case.facts.values() if isinstance(value, date)), *stated}
    edges |= {day for month in months for day in (month.first, month.last)}
    durations = {length.duration for c in comparisons if isinstance(c.test, Elapsed) for length in c.test.lengths}
    for _ in range(1 + any(_links(comparison, unknown) for comparison in comparisons)):
        edges |= {shifted(day, length, sign) for day in edges for length in durations for sign in (-1, 1)}
    near = {day + timedelta(step) for day in edges for step in range(-NEAR, NEAR + 1)}
    last = case.date if fact.latest_request else date.max
    return sorted(day for day in {date(1700, 1, 1), date(1400, 1, 1), *near} if day <= last)


def _links(comparison: Comparison, unknown: list[str]) -> bool:
    return isinstance(comparison.test, Elapsed) and comparison.test.anchor in unknown and comparison.fact in unknown
