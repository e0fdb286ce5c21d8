"""Dates brought back as far as what is asked of them allows, each told by that from which it is counted.

Unknown dates that deny what would hold of all answers deny it, as mere days, in hardly another case. Told as "the day
after 30 days from the start", they deny it in every case in which that day does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, assert_never

from cdispec.core.calendar import day_moved
from cdispec.core.program import Answer, Constant, Lies, Moved, RequestDate, Term, facts_in
from cdispec.model.criteria import Duration, Unit
from cdispec.targets.smt.calendar import Days
from cdispec.targets.smt.terms import Position, Terms, at

REQUEST = ""
"""What stands for the date of the request among dates by their facts."""


class _Later(NamedTuple):
    """That a term is at least so many days later than another."""

    term: Term
    other: Term
    days: int


def earliest(
    atoms: Sequence[Lies], found: Mapping[str, int], unknown: Sequence[str], terms: Terms
) -> dict[str, Position]:
    """The earliest of some unknown dates at which atoms come out as on the days that were `found`.

    They solve difference constraints as `core.linked` does; each is told by the date that it cannot be earlier for.
    """
    days = {**found, **dict.fromkeys(unknown, 1)}
    reasons: dict[str, _Later] = {}
    apart = [later for atom in atoms for later in _apart(atom, found)]
    moving = True
    while moving:
        moving = False
        for later in apart:
            day = _day(later.other, days) + later.days
            for fact in facts_in(later.term):
                if fact in unknown and (least := int(_reaching(later.term, day, day, terms.days))) > days[fact]:
                    days[fact], reasons[fact], moving = least, later, True

    told: dict[str, Position] = {}

    def of(fact: str) -> Position:
        if fact not in told:
            # Where months bring two dates back to each other, one is told as the day that it is.
            told[fact] = days[fact]
            if later := reasons.get(fact):
                other, *_ = terms.term(later.other, lambda fact: at(of(fact)) if fact in unknown else terms.real(fact))
                day = _day(later.other, days) + later.days
                told[fact] = _reaching(later.term, day, _after(other.low, later.days, terms.days), terms.days)
        return told[fact]

    return {fact: of(fact) for fact in unknown}


def _apart(atom: Lies, days: Mapping[str, int]) -> Iterator[_Later]:
    """How the edges of an atom lie to its term."""
    for span in atom.spans:
        for edge, side in ((span.low, 1), (span.high, -1)):
            if edge is not None:
                later, earlier = (atom.term, edge.term)[::side]
                least = 0 if edge.included else 1
                if _day(later, days) >= _day(earlier, days) + least:
                    yield _Later(later, earlier, least)
                else:
                    yield _Later(earlier, later, 1 - least)


def _day(term: Term, days: Mapping[str, int]) -> int:
    match term:
        case Answer(fact):
            return days[fact]
        case Constant(value):
            return int(value)
        case RequestDate():
            return days[REQUEST]
        case Moved(of, duration, sign):
            return day_moved(_day(of, days), duration, sign)
        case _:
            assert_never(term)


def _reaching(term: Term, day: int, told: Position, days: Days) -> Position:
    """The first day of a fact on which a term reaches a day, told as that one is."""
    match term:
        case Answer() | Constant() | RequestDate():
            return told
        case Moved(of, duration, sign):
            back = first = day_moved(day, duration, -sign)
            while first > 1 and day_moved(first - 1, duration, sign) >= day:
                first -= 1
            while day_moved(first, duration, sign) < day:
                first += 1
            return _reaching(of, first, _after(days.moved(told, duration, -sign), first - back, days), days)
        case _:
            assert_never(term)


def _after(day: Position, count: int, days: Days) -> Position:
    return days.moved(day, Duration(abs(count), Unit.DAYS), 1 if count > 0 else -1) if count else day
