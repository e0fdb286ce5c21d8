"""Dates as symbols: a day is its ordinal, and where months or years are counted also its month and day of the month."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import z3

from cdispec.core.calendar import day_moved, lengths
from cdispec.model.criteria import Duration, Unit

Day: TypeAlias = z3.ArithRef | int
"""The ordinal of a day, as a formula or known."""

_OF_30_DAYS = (1, 3, 6, 8)
"""April, June, September and November, counted from March."""
_LAST_DAY = date.max.toordinal()
_FIRST_MONTH, _LAST_MONTH = 12 * date.min.year, 12 * date.max.year + 11


class Days:
    """Dates of one question. What is true of every one is added to `constraints`."""

    def __init__(self, constraints: list[z3.BoolRef]) -> None:
        self.constraints = constraints
        self._months: dict[z3.ArithRef, tuple[z3.ArithRef, z3.ArithRef]] = {}
        self._moved: dict[tuple[z3.ArithRef, Duration, int], z3.ArithRef] = {}

    def new(self, name: str) -> z3.ArithRef:
        """Any day of the calendar, by its ordinal."""
        day = z3.Int(name)
        self.constraints += [day >= 1, day <= _LAST_DAY]
        return day

    def moved(self, day: Day, duration: Duration, sign: int) -> Day:
        """The day so long after (`sign` 1) or before (-1) another, held within the calendar."""
        if isinstance(day, int):
            return day_moved(day, duration, sign)
        key = day, duration, sign
        if key not in self._moved:
            self._moved[key] = self._so_long(day, duration, sign)
        return self._moved[key]

    def _so_long(self, day: z3.ArithRef, duration: Duration, sign: int) -> z3.ArithRef:
        shortest, longest = lengths(duration, sign)
        if duration.unit in (Unit.DAYS, Unit.WEEKS):
            moved, beyond = day + sign * longest, sign * day > (_LAST_DAY if sign == 1 else -1) - longest
        else:
            month, of_month = self._in_month(day)
            to = month + sign * duration.count * (12 if duration.unit is Unit.YEARS else 1)
            beyond = to > _LAST_MONTH if sign == 1 else to < _FIRST_MONTH
            moved = z3.Int(f"{day}|{sign * duration.count} {duration.unit}")
            months, before, length = self._month(str(moved))
            self.constraints += [
                months == z3.If(beyond, _LAST_MONTH if sign == 1 else _FIRST_MONTH, to),
                moved == before + z3.If(of_month <= length, of_month, length),
                # It follows from the calendar how many days that is; saying so spares the solver from finding it out.
                sign * (moved - day) <= longest,
                z3.Or(beyond, sign * (moved - day) >= shortest),
            ]
        return z3.If(beyond, _LAST_DAY if sign == 1 else 1, moved)

    def _in_month(self, day: z3.ArithRef) -> tuple[z3.ArithRef, z3.ArithRef]:
        """The months since the year 0, and the day of the month."""
        if day not in self._months:
            of_month = z3.Int(f"{day}|day")
            months, before, length = self._month(str(day))
            self.constraints += [of_month >= 1, of_month <= length, day == before + of_month]
            self._months[day] = months, of_month
        return self._months[day]

    def _month(self, name: str) -> tuple[z3.ArithRef, z3.ArithRef, z3.ArithRef]:
        """Any month: the months since the year 0, the ordinal of the day before it, and how many days it has.

        Years are counted from March, so that a leap day is the last one of its year.
        """
        year, month, before = (z3.Int(f"{name}|{part}") for part in ("year", "month", "before"))
        after = year + 1
        leap = z3.And(after % 4 == 0, z3.Or(after % 100 != 0, after % 400 == 0))
        short = z3.Or([month == number for number in _OF_30_DAYS])
        self.constraints += [
            *(year >= 0, year <= 9999, month >= 0, month <= 11),
            before == 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 - 306,
            # This follows from it, and spares the solver the search for the year.
            400 * before >= 146_097 * year + 12_240 * month - 123_151,
            400 * before <= 146_097 * year + 12_240 * month - 121_952,
        ]
        return 12 * year + month + 2, before, z3.If(month == 11, z3.If(leap, 29, 28), z3.If(short, 30, 31))
