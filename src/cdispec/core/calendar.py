"""How long calendar time is in days: months have no one length."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from operator import sub

from cdispec.core.program import Moved, Span, Term
from cdispec.model.criteria import Duration, Unit, shifted

_CYCLE = 4800
"""Months after which the calendar repeats itself: 400 years, which have 146,097 days."""
_STARTS = [date(2000 + month // 12, month % 12 + 1, 1).toordinal() for month in range(2 * _CYCLE + 1)]
"""The first day of every month, the cycle twice."""
_DAYS = [after - first for first, after in pairwise(_STARTS)]


def days_beside(day: date) -> Iterator[date]:
    """The day before and the day after, as far as the calendar goes."""
    if day > date.min:
        yield day - timedelta(1)
    if day < date.max:
        yield day + timedelta(1)


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
            # The first of a month is moved to the first of one. Its last day may lack there: it then goes less far
            # when it is moved later, and farther when it is moved earlier. What lies between goes as far as either.
            firsts = list(map(sub, _STARTS[rest : rest + _CYCLE], _STARTS))
            longer = map(sub, _DAYS, _DAYS[rest : rest + _CYCLE])
            lasts = [apart - sign * max(sign * more, 0) for apart, more in zip(firsts, longer, strict=False)]
            return min(*firsts, *lasts) + whole * 146_097, max(*firsts, *lasts) + whole * 146_097


def days_in(span: Span) -> tuple[int, int]:
    """The fewest and the most days in a span of which both edges are counted from one date."""
    assert span.low is not None
    assert span.high is not None
    (nearest, near), (far, farthest) = _away(span.low.term), _away(span.high.term)
    more = span.low.included + span.high.included - 1
    return far - near + more, farthest - nearest + more


def _away(term: Term) -> tuple[int, int]:
    """The fewest and the most days that a term lies after the date that it is counted from."""
    if not isinstance(term, Moved):
        return 0, 0
    least, most = sorted(term.sign * length for length in lengths(term.duration, term.sign))
    return least, most
