"""Dates as symbols move as dates of the calendar do, on every day of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cdispec.core.work import SECOND, Work
from cdispec.model.criteria import Duration, Unit, shifted
from cdispec.targets.smt import Answers, Solver
from tests.examples import examples

MONTH_ENDS = (
    *(date(2024, 2, 29), date(2025, 2, 28), date(2000, 2, 29), date(1900, 2, 28), date(2100, 2, 28)),
    *(date(2025, 1, 31), date(2025, 3, 31), date(2025, 4, 30), date(2024, 12, 31), date(2025, 1, 1)),
)
EDGES = (date.min, date(1, 1, 31), date(1, 2, 28), date(9999, 11, 30), date(9999, 12, 1), date.max)

_days = st.one_of(st.dates(), st.sampled_from((*MONTH_ENDS, *EDGES)))
_counts = st.one_of(st.integers(0, 3), st.sampled_from([11, 12, 13, 24, 47, 48, 49, 60, 4799, 4800, 4801, 120_000]))
_durations = st.builds(Duration, _counts, st.sampled_from(Unit))
_signs = st.sampled_from([-1, 1])


@examples(30)
@given(_days, _durations, _signs)
@example(date(2025, 3, 31), Duration(1, Unit.MONTHS), -1)
@example(date(2024, 2, 29), Duration(1, Unit.YEARS), -1)
@example(date(2024, 2, 29), Duration(4, Unit.YEARS), 1)
@example(date(2023, 2, 28), Duration(1, Unit.YEARS), 1)
@example(date(2025, 1, 31), Duration(1, Unit.MONTHS), 1)
def test_a_day_is_moved_to_the_day_of_the_calendar_and_to_no_other(day: date, duration: Duration, sign: int) -> None:
    assert _moved(day, duration, sign) == {shifted(day, duration, sign)}


@pytest.mark.parametrize("duration", [Duration(n, Unit.MONTHS) for n in (1, 30)], ids=str)
def test_a_day_is_moved_from_each_month_end(duration: Duration) -> None:
    for month in range(1, 13):
        day = date(2024 + month // 12, month % 12 + 1, 1) - timedelta(1)
        for sign in (-1, 1):
            assert _moved(day, duration, sign) == {shifted(day, duration, sign)}


def _moved(day: date, duration: Duration, sign: int) -> set[date]:
    """The days that the formulas allow: two of them where they leave it open."""
    answers = Answers([], Work(100 * SECOND))
    moved = answers.days.moved(answers.day, duration, sign)
    solver = Solver(answers, answers.day == day.toordinal(), steps=100 * SECOND)
    found: set[date] = set()
    while len(found) < 2 and (model := solver.model(*(moved != other.toordinal() for other in found))) is not None:
        found.add(date.fromordinal(model.eval(moved, model_completion=True).as_long()))
    return found
