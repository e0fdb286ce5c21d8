"""Dates as symbols lie where the reference says that dates lie, on every day of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import z3
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cdispec.model.criteria import Direction, Duration, Unit, shifted
from cdispec.targets.smt import Days

SIGNS = {Direction.BEFORE: -1, Direction.AFTER: 1}
MONTH_ENDS = (
    *(date(2024, 2, 29), date(2025, 2, 28), date(2000, 2, 29), date(1900, 2, 28), date(2100, 2, 28)),
    *(date(2025, 1, 31), date(2025, 3, 31), date(2025, 4, 30), date(2024, 12, 31), date(2025, 1, 1)),
)
EDGES = (date.min, date(1, 1, 31), date(1, 2, 28), date(9999, 11, 30), date(9999, 12, 1), date.max)

_days = st.one_of(st.dates(), st.sampled_from((*MONTH_ENDS, *EDGES)))
_counts = st.one_of(st.integers(0, 3), st.sampled_from([11, 12, 13, 24, 47, 48, 49, 60, 4799, 4800, 4801, 120_000]))
_durations = st.builds(Duration, _counts, st.sampled_from(Unit))


def _span(anchor: date, duration: Duration, direction: Direction) -> tuple[date, date]:
    """The first and the last day that lie so long before or after an anchor."""
    other = shifted(anchor, duration, SIGNS[direction])
    return (other, anchor) if direction is Direction.BEFORE else (anchor, other)


@settings(deadline=None, max_examples=40)
@given(_days, _durations, st.sampled_from(Direction))
@example(date(2025, 3, 31), Duration(1, Unit.MONTHS), Direction.BEFORE)
@example(date(2024, 2, 29), Duration(1, Unit.YEARS), Direction.BEFORE)
@example(date(2024, 2, 29), Duration(4, Unit.YEARS), Direction.AFTER)
@example(date(2023, 2, 28), Duration(1, Unit.YEARS), Direction.AFTER)
@example(date(2025, 1, 31), Duration(1, Unit.MONTHS), Direction.AFTER)
def test_no_other_days_lie_within_than_those_of_the_reference(
    anchor: date, duration: Duration, direction: Direction
) -> None:
    days = Days()
    day, from_ = days.new("day"), days.new("anchor")
    within = days.within(day, duration, direction, from_)
    first, last = _span(anchor, duration, direction)
    expected = z3.And(first.toordinal() <= day, day <= last.toordinal())
    solver = z3.SolverFor("QF_LIRA")
    solver.add(*days.constraints, from_ == anchor.toordinal())
    assert solver.check(within != expected) == z3.unsat


@settings(deadline=None, max_examples=50)
@given(_days, _days, _durations, st.sampled_from(Direction))
def test_a_pair_of_days_lies_as_the_reference_says(
    day: date, anchor: date, duration: Duration, direction: Direction
) -> None:
    first, last = _span(anchor, duration, direction)
    assert _lies(day, anchor, duration, direction) == {first <= day <= last}


@pytest.mark.parametrize("duration", [Duration(n, Unit.MONTHS) for n in (1, 30)], ids=str)
def test_days_near_an_edge_of_the_span_are_told_apart_from_each_month_end(duration: Duration) -> None:
    """The days around the edge on either side."""
    for month in range(1, 13):
        anchor = date(2024 + month // 12, month % 12 + 1, 1) - timedelta(1)
        for direction, sign in SIGNS.items():
            edge = shifted(anchor, duration, sign)
            for near in (edge - timedelta(1), edge, edge + timedelta(1)):
                first, last = _span(anchor, duration, direction)
                assert _lies(near, anchor, duration, direction) == {first <= near <= last}


def _lies(day: date, anchor: date, duration: Duration, direction: Direction) -> set[bool]:
    """Whether the formulas say that a day lies so near to an anchor: both where they leave it open."""
    days = Days()
    symbol, from_ = days.new("day"), days.new("anchor")
    within = days.within(symbol, duration, direction, from_)
    found = set()
    for answer in (True, False):
        solver = z3.SolverFor("QF_LIRA")
        solver.add(*days.constraints, from_ == anchor.toordinal(), symbol == day.toordinal(), within == answer)
        if solver.check() == z3.sat:
            found.add(answer)
    return found
