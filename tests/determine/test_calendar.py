"""Durations: so long before or after a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.model.criteria import Duration, Unit, shifted

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
signs = st.sampled_from([-1, 1])


def _shifted(start: str, count: int, unit: str, sign: int) -> str:
    return shifted(date.fromisoformat(start), Duration(count, Unit(unit)), sign).isoformat()


@pytest.mark.parametrize(
    ("start", "count", "unit", "sign", "reached"),
    [
        ("2025-03-31", 1, "months", -1, "2025-02-28"),
        ("2024-03-31", 1, "months", -1, "2024-02-29"),
        ("2025-08-31", 6, "months", -1, "2025-02-28"),
        ("2024-08-31", 6, "months", -1, "2024-02-29"),
        ("2025-01-31", 1, "months", 1, "2025-02-28"),
        ("2025-05-31", 1, "months", 1, "2025-06-30"),
        ("2025-11-30", 3, "months", 1, "2026-02-28"),
        ("2025-12-31", 2, "months", 1, "2026-02-28"),
        ("2025-02-28", 1, "months", 1, "2025-03-28"),
        ("2024-02-29", 1, "years", 1, "2025-02-28"),
        ("2024-02-29", 1, "years", -1, "2023-02-28"),
        ("2024-02-29", 4, "years", -1, "2020-02-29"),
        ("2025-01-01", 1, "days", -1, "2024-12-31"),
        ("2025-02-22", 1, "weeks", 1, "2025-03-01"),
        ("2025-06-15", 0, "months", -1, "2025-06-15"),
        ("0001-02-01", 9999, "years", -1, "0001-01-01"),
        ("0001-02-01", 9999, "weeks", -1, "0001-01-01"),
        ("9999-02-01", 9999, "months", 1, "9999-12-31"),
        ("9999-12-31", 1, "days", 1, "9999-12-31"),
    ],
)
def test_a_day_is_reached(start: str, count: int, unit: str, sign: int, reached: str) -> None:
    assert _shifted(start, count, unit, sign) == reached


@given(days, st.integers(0, 400), signs)
def test_weeks_are_seven_days(start: date, count: int, sign: int) -> None:
    assert shifted(start, Duration(count, Unit.WEEKS), sign) == start + timedelta(7 * sign * count)


@given(days, st.integers(0, 20), signs)
def test_years_are_twelve_months(start: date, count: int, sign: int) -> None:
    assert shifted(start, Duration(count, Unit.YEARS), sign) == shifted(start, Duration(12 * count, Unit.MONTHS), sign)


@given(days, st.integers(0, 200), signs)
def test_months_keep_the_day_or_end_on_the_last(start: date, count: int, sign: int) -> None:
    reached = shifted(start, Duration(count, Unit.MONTHS), sign)
    assert reached.day == min(start.day, monthrange(reached.year, reached.month)[1])


@given(days, st.integers(0, 200), signs)
def test_months_are_counted_in_the_calendar(start: date, count: int, sign: int) -> None:
    reached = shifted(start, Duration(count, Unit.MONTHS), sign)
    assert (reached.year - start.year) * 12 + reached.month - start.month == sign * count


@given(days, days, st.integers(0, 50), st.sampled_from(Unit), signs)
def test_a_later_day_is_never_shifted_before_an_earlier_one(
    one: date, other: date, count: int, unit: Unit, sign: int
) -> None:
    first, last = sorted((one, other))
    assert shifted(first, Duration(count, unit), sign) <= shifted(last, Duration(count, unit), sign)


def _completed_years(birth: date, day: date) -> int:
    """An age as people count it: a year more from each birthday on, which is 1 March where 29 February lacks."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@given(st.dates(date(1900, 1, 1), date(2000, 12, 31)), st.dates(date(2001, 1, 1), date(2060, 12, 31)))
def test_an_age_counted_back_is_that_of_completed_years(birth: date, day: date) -> None:
    age = _completed_years(birth, day)
    assert birth <= shifted(day, Duration(age, Unit.YEARS), -1)
    assert birth > shifted(day, Duration(age + 1, Unit.YEARS), -1)


@pytest.mark.parametrize(
    ("day", "of_age"), [("2025-02-28", False), ("2025-03-01", True), ("2024-02-28", False), ("2024-02-29", True)]
)
def test_who_was_born_on_29_february_is_older_on_1_march_of_a_common_year(day: str, of_age: bool) -> None:
    on = date.fromisoformat(day)
    birth = date(on.year - on.year % 4 - 64, 2, 29)
    years = on.year - birth.year
    assert (birth <= shifted(on, Duration(years, Unit.YEARS), -1)) is of_age
