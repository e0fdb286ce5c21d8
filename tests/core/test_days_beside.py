"""The days beside a day, which edits and suggestions move edges to."""

from __future__ import annotations

from datetime import date

import pytest

from cdispec.core.calendar import days_beside

FIRST, LAST = date.min, date.max


@pytest.mark.parametrize(
    ("day", "beside"),
    [
        (date(2024, 2, 29), [date(2024, 2, 28), date(2024, 3, 1)]),
        (FIRST, [date(1, 1, 2)]),
        (LAST, [date(9999, 12, 30)]),
    ],
    ids=["within", "the first of the calendar", "the last of the calendar"],
)
def test_they_are_those_that_the_calendar_has(day: date, beside: list[date]) -> None:
    assert [*days_beside(day)] == beside
