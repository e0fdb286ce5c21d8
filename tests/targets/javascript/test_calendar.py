"""Dates in the script: month ends, leap years and the ends of the calendar, without a clock or a time zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from cdispec.model.case import Case
from cdispec.model.criteria import AnyOf, Comparison, Direction, Duration, Period, Unit, shifted
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from tests.determine.strategies import asked, criterion, day, small_policy, within, yes_no
from tests.targets.javascript.page import Page, stated

COUNTS = (0, 1, 13, 25)
LENGTHS = [Duration(count, unit) for count, unit in product(COUNTS, Unit)]
LONG = [Duration(count, unit) for count, unit in product((2024, 10_000, 99_999_999), Unit)]
MONTH_ENDS = (
    *(date(year, 3, 1) - timedelta(1) for year in (1900, 2000, 2024, 2025)),
    *(date(2024, 3, 31) - timedelta(step) for step in range(3)),
    date(2025, 1, 31),
    date(2025, 3, 1),
)
ENDS = [date.min + timedelta(step) for step in (0, 1, 30, 58, 59, 400)]
ENDS += [date.max - timedelta(step) for step in (0, 1, 30, 31, 305, 306, 400)]


def _within(lengths: list[Duration]) -> Policy:
    members = tuple(
        criterion(f"c{n}", Comparison("first", within(length, direction, None)))
        for n, (length, direction) in enumerate(product(lengths, Direction))
    )
    return small_policy([day("first")], [(criterion("rule", AnyOf(members, False)), Outcome.NECESSARY)])


def _around(request: date, lengths: list[Duration]) -> set[date]:
    """The days around every edge of the lengths before and after a request."""
    edges = {shifted(request, length, sign).toordinal() for length in lengths for sign in (-1, 1)}
    days = {edge + step for edge in edges for step in (-1, 0, 1)}
    return {date.fromordinal(number) for number in days if 1 <= number <= date.max.toordinal()}


def _assert_equal_around(page: Page, requests: list[date], lengths: list[Duration]) -> None:
    policy = _within(lengths)
    around = [(request, answer) for request in requests for answer in sorted(_around(request, lengths))]
    page.assert_equal(policy, [Case("00002", "initial", request, {"first": answer}) for request, answer in around])


def test_times_of_each_unit_end_as_in_the_reference(page: Page) -> None:
    _assert_equal_around(page, list(MONTH_ENDS), LENGTHS)


def test_times_are_held_within_the_calendar(page: Page) -> None:
    _assert_equal_around(page, ENDS, [*LENGTHS[::3], *LONG])


@pytest.mark.parametrize(
    ("request_day", "answer", "outcome"),
    [
        ("2025-03-31", "2025-02-28", "medically necessary"),
        ("2025-03-31", "2025-02-27", "not medically necessary"),
        ("2024-03-31", "2024-02-29", "medically necessary"),
        ("2024-03-31", "2024-02-28", "not medically necessary"),
    ],
)
def test_a_month_before_the_end_of_march_is_the_end_of_february(
    page: Page, request_day: str, answer: str, outcome: str
) -> None:
    length = within(Duration(1, Unit.MONTHS), Direction.BEFORE, None)
    rules = [(criterion("rule", Comparison("first", length)), Outcome.NECESSARY)]
    page.load(small_policy([day("first")], rules))
    found = page.determine({"request": "initial", "date": request_day, "facts": {"first": answer}})
    assert found["outcome"] == outcome


def test_what_is_needed_is_equal_at_the_ends_of_the_calendar(page: Page) -> None:
    page.assert_equal(_within(LENGTHS[:6]), [Case("00002", "initial", request, {}) for request in ENDS])


def test_a_period_holds_both_its_days(page: Page) -> None:
    period = Period(date(2024, 2, 29), date(2024, 12, 31))
    rule = replace(criterion("rule", asked("first")), valid=period)
    policy = small_policy([yes_no("first")], [(rule, Outcome.NECESSARY)])
    page.load(policy)
    days = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1)]
    found = [page.determine(stated(Case("00002", "initial", request, {"first": True}))) for request in days]
    necessary, rest = "medically necessary", "not medically necessary"
    assert [answer["outcome"] for answer in found] == [rest, necessary, necessary, rest]
