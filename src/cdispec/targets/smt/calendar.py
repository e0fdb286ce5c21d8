"""Dates as symbols: a day is its ordinal, and where months are counted it has a mark as well.

The mark of a day is 32 for each month before it and its day of the month. So a month is always as long, and so many
months after a day is the last day of which the mark is not beyond as many times 32 more. All that is asked of ordinals
and marks are differences, with which a solver is quick. How the two go together is a table too long to be stated: what
a model has wrong of it is stated then.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable
from datetime import date
from typing import TypeAlias, TypeGuard

import z3

from cdispec.core.calendar import day_moved, lengths
from cdispec.model.criteria import Duration, Unit

Day: TypeAlias = z3.ArithRef | int
"""The ordinal of a day, as a formula or known."""

_LAST_DAY = date.max.toordinal()
_MONTH, _SHORTER = 32, 3
"""What a month counts in marks, and the most days by which a month is shorter than another."""
_NEAR = 120
"""Of days that are no more months apart it is said how many days that can be."""


class Days:
    """Dates of one question. What is true of every one is added to `constraints`.

    They are found again by their ids: to compare formulas makes one.
    """

    def __init__(self, constraints: list[z3.BoolRef]) -> None:
        self.constraints = constraints
        self._days: dict[int, z3.ArithRef] = {}
        self._marks: dict[int, z3.ArithRef] = {}
        self._moved: dict[tuple[int, int], z3.ArithRef] = {}
        self._from: dict[int, tuple[int, int]] = {}
        self._shifted: dict[int, tuple[z3.ArithRef, z3.ArithRef]] = {}
        self._compared: dict[tuple[int, int], tuple[z3.ArithRef, z3.ArithRef]] = {}
        self._stated: set[Hashable] = set()

    def new(self, name: str) -> z3.ArithRef:
        """Any day of the calendar, by its ordinal."""
        day = z3.Int(name)
        self._days[day.get_id()] = day
        self.constraints += [day >= 1, day <= _LAST_DAY]
        return day

    def moved(self, day: Day, duration: Duration, sign: int) -> Day:
        """The day so long after (`sign` 1) or before (-1) another, held within the calendar."""
        if isinstance(day, int):
            return day_moved(day, duration, sign)
        shortest, longest = lengths(duration, sign)
        end = _LAST_DAY if sign == 1 else 1
        if duration.unit in (Unit.DAYS, Unit.WEEKS):
            shifted = z3.If(sign * day > sign * end - longest, end, day + sign * longest)
            self._shifted[shifted.get_id()] = self._unshifted(day), shifted
            return shifted
        months = sign * duration.count * (12 if duration.unit is Unit.YEARS else 1)
        key = day.get_id(), months
        if key not in self._moved:
            self._days[day.get_id()] = day
            self._moved[key] = moved = self.new(f"{day}|{months} months")
            self._from[moved.get_id()] = key
            less = self._mark(day) + _MONTH * months - self._mark(moved)
            within = z3.And(sign * (moved - day) >= shortest, less >= 0, less <= _SHORTER)
            self.constraints += [sign * (moved - day) <= longest, z3.Or(moved == end, within)]
        return self._moved[key]

    def _unshifted(self, day: z3.ArithRef) -> z3.ArithRef:
        """The day from which another one is so many days apart."""
        return self._shifted.get(day.get_id(), (day,))[0]

    def compared(self, one: object, other: object) -> None:
        """Know that days are compared, so that what their marks say of them may matter."""
        if _is_symbol(one) and _is_symbol(other):
            days = self._unshifted(one), self._unshifted(other)
            first, second = (day.get_id() for day in days)
            if first != second and (first, second) not in self._compared:
                self._days |= zip((first, second), days, strict=True)
                self._compared |= {(first, second): days, (second, first): days[::-1]}

    def keep(self, model: z3.ModelRef) -> bool:
        """Whether a model keeps to the calendar; where it does not, what it has wrong of it becomes a constraint."""
        at = self._values(model)
        moved = self._moved.items()
        wrong = [(id, months) for (id, months), day in moved if at[day.get_id()] != _moved(at[id], months)]
        for id, months in wrong:
            self._state_moved(self._days[id], months, at[id])
        if wrong:
            marks = {id: _known(model, mark) for id, mark in self._marks.items()}
            for ids, (one, other) in [*self._compared.items()]:
                known, known_other = ((at[id], marks.get(id) or _mark(at[id])) for id in ids)
                self._state_apart(one, other, *known, *known_other)
        return not wrong

    def pinned(self, model: z3.ModelRef) -> list[z3.BoolRef]:
        """That days are as a model has them, and are moved as the calendar does."""
        at = self._values(model)
        for (id, months), moved in self._moved.items():
            at[moved.get_id()] = _moved(at[id], months)
        marks = [mark == _mark(at[id]) for id, mark in self._marks.items()]
        return [*(self._days[id] == found for id, found in at.items()), *marks]

    def _values(self, model: z3.ModelRef) -> dict[int, int]:
        return {id: int(model.eval(day, model_completion=True).as_long()) for id, day in self._days.items()}

    def _mark(self, day: z3.ArithRef) -> z3.ArithRef:
        id = day.get_id()
        if id not in self._marks:
            self._marks[id] = z3.Int(f"{day}|mark")
        return self._marks[id]

    def _state(self, key: Hashable, formula: z3.BoolRef) -> None:
        if key not in self._stated:
            self._stated.add(key)
            self.constraints.append(formula)

    def _state_moved(self, day: z3.ArithRef, months: int, at: int) -> None:
        """Where a day is moved to from all months that are moved as far as that of the day; and the marks of both."""
        moved, (first, last) = self._moved[day.get_id(), months], _alike(at, months)
        to, end = _moved(first, months), _moved(last, months)
        then, there = day + (to - first), z3.And(first <= day, day <= last)
        self._state((day.get_id(), months, first), z3.Implies(there, moved == z3.If(then <= end, then, end)))
        self._state_marks(day, at)
        self._state_marks(moved, _moved(at, months))

    def _state_marks(self, day: z3.ArithRef, at: int) -> None:
        """The marks of the days of one month."""
        (first, last), mark = _month(at), self._mark(day)
        known, there = _mark(first), z3.And(first <= day, day <= last)
        elsewhere = z3.If(day < first, mark < known, mark >= known + _MONTH)
        self._state((day.get_id(), first), z3.If(there, mark - day == known - first, elsewhere))

    def _state_apart(self, one: z3.ArithRef, other: z3.ArithRef, at: int, mark: int, its_at: int, its: int) -> None:
        """Of two days what their marks say of their order, and of how far they are apart."""
        ids = one.get_id(), other.get_id()
        if (at <= its_at) != (mark <= its):
            self._state(ids, (one <= other) == (self._mark(one) <= self._mark(other)))
        months = -((its - mark) // _MONTH)
        if 0 < abs(months) <= _NEAR and at - its_at > _most(months):
            as_near = self._mark(one) <= self._mark(other) + _MONTH * months
            self._state((*ids, months), z3.Implies(as_near, one - other <= _most(months)))
        if other.get_id() in self._from and at > its_at:
            # So many months after a day is the last day with such a mark.
            day, months = self._from[other.get_id()]
            within = self._mark(one) <= self._mark(self._days[day]) + _MONTH * months
            self._state((ids[0], day, months), z3.Implies(within, one <= other))


def _is_symbol(day: object) -> TypeGuard[z3.ArithRef]:
    return isinstance(day, z3.ArithRef) and day.is_int() and not z3.is_int_value(day)


def _known(model: z3.ModelRef, mark: z3.ArithRef) -> int | None:
    found = model.eval(mark)
    return int(found.as_long()) if z3.is_int_value(found) else None


def _moved(day: int, months: int) -> int:
    return day_moved(day, Duration(abs(months), Unit.MONTHS), 1 if months >= 0 else -1)


def _most(months: int) -> int:
    """The most days by which one day can lie after another if its mark is at most so many months greater."""
    duration = Duration(abs(months), Unit.MONTHS)
    return lengths(duration, 1)[1] if months >= 0 else -lengths(duration, -1)[0]


def _alike(at: int, months: int) -> tuple[int, int]:
    """The first and the last day of a month, or of all months about it from which every day is moved as far."""
    first, last = _month(at)
    apart = _moved(first, months) - first

    def as_far(day: int) -> bool:
        return all(_moved(end, months) - end == apart for end in _month(day))

    if as_far(at):
        while first > 1 and as_far(first - 1):
            first, _ = _month(first - 1)
        while last < _LAST_DAY and as_far(last + 1):
            _, last = _month(last + 1)
    return first, last


def _month(day: int) -> tuple[int, int]:
    """The first and the last day of the month of a day."""
    on = date.fromordinal(day)
    first = day - on.day + 1
    return first, first + monthrange(on.year, on.month)[1] - 1


def _mark(day: int) -> int:
    on = date.fromordinal(day)
    return _MONTH * (12 * on.year + on.month - 1) + on.day
