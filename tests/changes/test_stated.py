"""A clause's logic is quoted as its author writes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cdispec.analysis.changes.change import Setting
from cdispec.analysis.changes.stated import of_criterion, settings
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    Direction,
    Duration,
    IncludesAnyOf,
    IsOneOf,
    Logic,
    Not,
    Period,
    Range,
    Reference,
    Unit,
)
from cdispec.source import Place
from tests.determine.strategies import within


def criterion(logic: Logic, valid: Period | None = None) -> Criterion:
    """A criterion with this logic."""
    return Criterion("one", "I.1", None, (), logic, None, valid or Period(), Truth.FALSE, Place("policy.md"))


YES = criterion(Comparison("other", IsOneOf(frozenset({True}))))


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (AllOf((YES,)), ["all"]),
        (AnyOf((YES,), False), ["any"]),
        (AnyOf((YES,), True), ["any, open: one"]),
        (AtLeast(2, (YES, YES)), ["at least 2 of"]),
        (Not(YES), ["not"]),
        (Reference("pain"), ["meets: pain"]),
        (Comparison("fit", IsOneOf(frozenset({True}))), ["fact: fit"]),
        (Comparison("fit", IsOneOf(frozenset({False}))), ["fact: fit", "is: no"]),
        (Comparison("age", IsOneOf(frozenset({7, Decimal("40.5")}))), ["fact: age", "is one of: [7, 40.5]"]),
        (Comparison("list", IncludesAnyOf(frozenset({"b", "a"}))), ["fact: list", "includes any of: [a, b]"]),
        (Comparison("list", IncludesAnyOf(frozenset({"a"}))), ["fact: list", "includes: a"]),
        (Comparison("age", Range(Bound(65, True), None)), ["fact: age", "at least: 65"]),
        (Comparison("age", Range(None, Bound(65, False))), ["fact: age", "less than: 65"]),
        (
            Comparison("age", Range(Bound(50, False), Bound(77, True))),
            ["fact: age", "between: {more than: 50, at most: 77}"],
        ),
        (Comparison("end", Range(Bound(date(2026, 1, 15), True), None)), ["fact: end", "at least: 2026-01-15"]),
        (Comparison("grade", Range(Bound("ii", True), None)), ["fact: grade", "at least: ii"]),
        (
            Comparison("end", within(Duration(6, Unit.MONTHS), Direction.BEFORE, None)),
            ["fact: end", "within: 6 months before request"],
        ),
        (
            Comparison("end", within(Duration(1, Unit.WEEKS), Direction.AFTER, "start")),
            ["fact: end", "within: 1 week after start"],
        ),
    ],
)
def test_logic_is_quoted_as_it_is_written(logic: Logic, expected: list[str]) -> None:
    assert list(of_criterion(criterion(logic)).values()) == expected


def test_only_the_keys_that_differ_are_told() -> None:
    before = criterion(Comparison("age", Range(Bound(65, True), None)), Period(start=date(2026, 1, 1)))
    after = criterion(Comparison("age", Range(Bound(65, False), None)), Period(end=date(2026, 12, 31)))
    assert settings(of_criterion(before), of_criterion(after)) == (
        Setting("at least: 65", "more than: 65"),
        Setting("from: 2026-01-01", ""),
        Setting("", "until: 2026-12-31"),
    )
