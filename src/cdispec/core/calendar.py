"""How long calendar time is in days: months have no one length."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

from cdispec.model.criteria import Duration, Unit, shifted

_CYCLE = 4800
"""Months after which the calendar repeats itself: 400 years, which have 146,097 days."""
_MONTHS = [date(2000 + month // 12, month % 12 + 1, 1).toordinal() for month in range(_CYCLE + 1)]
_MONTH_ENDS = [day + step for first, after in pairwise(_MONTHS) for day, step in ((first, 0), (after, -1))]
"""The first and the last day of every month: from all days between, a duration has a length between theirs."""


def day_moved(day: int, duration: Duration, sign: int) -> int:
    """The number of the day so long after (`sign` 1) or before (-1) another."""
    return shifted(date.fromordinal(day), duration, sign).toordinal()


@cache
def lengths(duration: Duration, sign: int) -> tuple[int, int]:
    """The fewest and the most days that a duration can have when it is counted later (`sign` 1) or earlier (-1)."""
    match duration.unit:
        case Unit.DAYS:
            return duration.count, duration.count
        case Unit.WEEKS:
            return 7 * duration.count, 7 * duration.count
        case Unit.MONTHS | Unit.YEARS:
            whole, rest = divmod(duration.count * (12 if duration.unit is Unit.YEARS else 1), _CYCLE)
            part = Duration(rest, Unit.MONTHS)
            found = [sign * (day_moved(day, part, sign) - day) for day in _MONTH_ENDS]
            return min(found) + whole * 146_097, max(found) + whole * 146_097
