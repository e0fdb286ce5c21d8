"""What is needed, held against an oracle that tries every answer."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cdispec.determine.determine import decide, determine
from cdispec.determine.gaps import undecidable_cases
from cdispec.model.case import Case
from cdispec.model.criteria import AllOf, Bound, Comparison, Direction, Duration, IsOneOf, Range, Unit, Within
from cdispec.model.policy import Outcome, Policy
from tests.determine.oracle import Completions
from tests.determine.strategies import (
    MANY,
    TODAY,
    criterion,
    day,
    policies_of_two_dates,
    policies_with_cases,
    small_policy,
)


@settings(max_examples=80, deadline=None)
@given(policies_with_cases())
def test_a_fact_is_needed_if_two_completions_that_differ_in_it_alone_differ_in_the_outcome(
    drawn: tuple[Policy, Case],
) -> None:
    policy, case = drawn
    completions = Completions(policy, case)
    assume(completions.count() <= MANY)
    assert completions.needed() <= set(determine(policy, case).needed)


@settings(max_examples=80, deadline=None)
@given(policies_with_cases())
def test_no_other_fact_is_needed_by_a_policy_without_issues(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    completions = Completions(policy, case)
    assume(completions.count() <= MANY and not list(undecidable_cases(policy)))
    assert set(determine(policy, case).needed) <= completions.needed()


def _needed_day_by_day(policy: Policy, case: Case, days: list[date]) -> set[str]:
    """The dates of which some day, the other kept, changes the outcome; over whole spans of days."""
    facts = dict(case.facts)
    outcomes = {
        pair: decide(policy, Case("00002", "initial", case.date, {**facts, "first": pair[0], "second": pair[1]}))
        for pair in product(days, repeat=2)
    }
    found = set()
    for position, name in enumerate(("first", "second")):
        kept: dict[date, set[Outcome]] = {}
        for pair, outcome in outcomes.items():
            kept.setdefault(pair[1 - position], set()).add(outcome)
        if any(len(reached) > 1 for reached in kept.values()):
            found.add(name)
    return found


@settings(max_examples=40, deadline=None)
@given(policies_of_two_dates(), st.booleans())
def test_two_unknown_dates_are_needed_as_trying_every_pair_of_days_finds(policy: Policy, third: bool) -> None:
    case = Case("00002", "initial", TODAY, {"third": third})
    days = [TODAY + timedelta(step) for step in range(-11, 12)]
    assert set(determine(policy, case).needed) == _needed_day_by_day(policy, case, days)


@settings(max_examples=30, deadline=None)
@given(policies_of_two_dates(), st.integers(-4, 4))
def test_an_unknown_date_beside_a_known_one_is_needed_as_trying_every_day_finds(policy: Policy, offset: int) -> None:
    case = Case("00002", "initial", TODAY, {"third": True, "first": TODAY + timedelta(offset)})
    outcomes = {
        decide(policy, Case("00002", "initial", TODAY, {**case.facts, "second": TODAY + timedelta(step)}))
        for step in range(-15, 16)
    }
    assert ("second" in determine(policy, case).needed) is (len(outcomes) > 1)


def _month_apart(direction: Direction, second: date, first: Bound, below: bool) -> Policy:
    """`first` within a month of `second`, which is a stated day, and before or after a stated day."""
    edge = Range(None, first) if below else Range(first, None)
    apart = Comparison("first", Within(Duration(1, Unit.MONTHS), direction, "second"))
    parts = (
        criterion("apart", apart),
        criterion("stated", Comparison("second", IsOneOf(frozenset([second])))),
        criterion("edge", Comparison("first", edge)),
    )
    return small_policy([day("first"), day("second")], [(criterion("all", AllOf(parts)), Outcome.NECESSARY)])


@pytest.mark.parametrize(
    ("direction", "second", "edge", "below"),
    [
        (Direction.BEFORE, date(2025, 3, 31), date(2025, 2, 28), True),
        (Direction.BEFORE, date(2025, 3, 31), date(2025, 2, 27), True),
        (Direction.BEFORE, date(2024, 3, 30), date(2024, 2, 29), True),
        (Direction.BEFORE, date(2024, 3, 30), date(2024, 2, 28), True),
        (Direction.AFTER, date(2025, 1, 29), date(2025, 2, 28), False),
        (Direction.AFTER, date(2025, 1, 29), date(2025, 3, 1), False),
    ],
)
def test_dates_a_month_apart_are_needed_exactly_at_the_ends_of_months(
    direction: Direction, second: date, edge: date, below: bool
) -> None:
    policy = _month_apart(direction, second, Bound(edge, True), below)
    case = Case("00002", "initial", TODAY, {})
    days = [date(second.year, 1, 20) + timedelta(step) for step in range(75)]
    assert set(determine(policy, case).needed) == _needed_day_by_day(policy, case, days)
