"""Dates as symbols: a day is its ordinal, and where months or years are counted also its month and day of the month."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import accumulate

import z3

from cdispec.model.criteria import Direction, Duration, Unit, shifted

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BEFORE = (0, *accumulate(_LENGTHS[:-1]))
_EVERY_MONTH_END = range(date(1896, 1, 1).toordinal(), date(1912, 1, 1).toordinal())
"""Sixteen years with a leap year left out: every length that some months in a row can have."""


@dataclass(slots=True)
class Days:
    """Dates of one question. `constraints` are what is true of every one, and must be put to the solver as well."""

    constraints: list[z3.BoolRef] = field(default_factory=list)
    _months: dict[str, tuple[z3.ArithRef, z3.ArithRef, z3.BoolRef]] = field(default_factory=dict)

    def new(self, name: str) -> z3.ArithRef:
        """Any day of the calendar, by its ordinal."""
        day = z3.Int(name)
        self.constraints += [day >= 1, day <= date.max.toordinal()]
        return day

    def within(self, day: z3.ArithRef, duration: Duration, direction: Direction, anchor: z3.ArithRef) -> z3.BoolRef:
        """Whether a day lies at most so long before or after another."""
        if direction is Direction.BEFORE:
            return z3.And(self._not_earlier(day, duration, anchor), day <= anchor)
        return z3.And(anchor <= day, self._not_later(day, duration, anchor))

    def _not_earlier(self, day: z3.ArithRef, duration: Duration, anchor: z3.ArithRef) -> z3.BoolRef:
        """Whether the day is at or after the one so long before the anchor, whose day its month may lack."""
        if not _in_months(duration):
            return day >= anchor - _days(duration)
        month, of_month, is_last = self._in_month(day)
        anchor_month, anchor_of_month, _ = self._in_month(anchor)
        first = anchor_month - _months(duration)
        so = z3.Or(month > first, z3.And(month == first, z3.Or(of_month >= anchor_of_month, is_last)))
        self._bound(so, anchor - day, _lengths(duration, -1))
        return so

    def _not_later(self, day: z3.ArithRef, duration: Duration, anchor: z3.ArithRef) -> z3.BoolRef:
        if not _in_months(duration):
            return day <= anchor + _days(duration)
        month, of_month, _ = self._in_month(day)
        anchor_month, anchor_of_month, _ = self._in_month(anchor)
        last = anchor_month + _months(duration)
        so = z3.Or(month < last, z3.And(month == last, of_month <= anchor_of_month))
        self._bound(so, day - anchor, _lengths(duration, 1))
        return so

    def _bound(self, so: z3.BoolRef, distance: z3.ArithRef, lengths: tuple[int, int]) -> None:
        """What the months say in days. It follows from the calendar, and spares the solver from finding that out."""
        shortest, longest = lengths
        self.constraints.append(z3.If(so, distance <= longest, distance > shortest))

    def _in_month(self, day: z3.ArithRef) -> tuple[z3.ArithRef, z3.ArithRef, z3.BoolRef]:
        """The months since the year 0, the day of the month, and whether it is the last one of it."""
        name = str(day)
        if name not in self._months:
            year, month, of_month = z3.Ints(f"{name}|year {name}|month {name}|day")
            leap = z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))
            length = z3.If(z3.And(month == 1, leap), 29, _listed(month, _LENGTHS))
            before = _listed(month, _BEFORE) + z3.If(z3.And(month > 1, leap), 1, 0)
            past = year - 1
            self.constraints += [
                *(year >= 1, year <= 9999, month >= 0, month <= 11, of_month >= 1, of_month <= length),
                day == 365 * past + past / 4 - past / 100 + past / 400 + before + of_month,
                # This follows from it, and spares the solver the search for the year: 400 years have 146,097 days.
                *(400 * day >= 146_097 * past - 200, 400 * day <= 146_097 * past + 400 * 366),
            ]
            self._months[name] = (12 * year + month, of_month, of_month == length)
        return self._months[name]


def _listed(position: z3.ArithRef, values: tuple[int, ...]) -> z3.ArithRef:
    found = z3.IntVal(values[-1])
    for place in range(len(values) - 2, -1, -1):
        found = z3.If(position == place, values[place], found)
    return found


def _in_months(duration: Duration) -> bool:
    return duration.unit in (Unit.MONTHS, Unit.YEARS)


def _days(duration: Duration) -> int:
    return duration.count * (7 if duration.unit is Unit.WEEKS else 1)


def _months(duration: Duration) -> int:
    return duration.count * (12 if duration.unit is Unit.YEARS else 1)


@cache
def _lengths(duration: Duration, sign: int) -> tuple[int, int]:
    """The fewest and the most days that so many months can have."""
    whole, rest = divmod(_months(duration), 4800)
    # The calendar repeats itself every 400 years.
    part = Duration(rest, Unit.MONTHS)
    lengths = [sign * (shifted(date.fromordinal(day), part, sign).toordinal() - day) for day in _starts(rest)]
    return min(lengths) + whole * 146_097, max(lengths) + whole * 146_097


def _starts(months: int) -> range:
    """Days from which so many months are of every length that they can be of."""
    if months <= 48:
        return _EVERY_MONTH_END
    return range(date(2000, 1, 1).toordinal(), date(2400, 1, 1).toordinal())
