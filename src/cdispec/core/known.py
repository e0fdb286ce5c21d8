"""What is known of terms and atoms in a case: of a term an interval, of an atom a truth.

A known answer is a point, an unknown one lies anywhere its fact allows, a date known to a month on one of its days. An
atom is true when all that is possible passes, false when none of it does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import assert_never

from cdispec.core.calendar import day_moved
from cdispec.core.program import (
    Answer,
    Atom,
    Constant,
    Domain,
    Edge,
    Includes,
    Lies,
    Moved,
    Point,
    Program,
    RequestDate,
    Span,
    Term,
    Yes,
    children,
    facts_of,
)
from cdispec.logic import Truth, truth_of
from cdispec.model.case import Case, StatedCase
from cdispec.model.facts import Including, Month, NoValue, Ranged, Rows, Value, Within, is_whole

Limit = Point | float
"""A point, or beyond all points."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All that a term can still be, both ends included; a known term is a point. `none`: it may also have no value."""

    low: Limit
    high: Limit
    none: bool = False


Knowledge = Interval | NoValue


class Known:
    """What is known in a case of a program; what is `assumed` is known beside the case's own answers."""

    def __init__(
        self,
        program: Program,
        case: StatedCase,
        assumed: Mapping[str, Point | NoValue] | None = None,
        facts: Mapping[str, Value] | None = None,
    ) -> None:
        self.program, self.case = program, case
        # A case may have to make the mapping of its answers, which is done once.
        self._facts = case.facts if facts is None else facts
        self.day = case.date.toordinal()
        self._assumed = assumed or {}

    def assuming(self, fact: str, at: Point | NoValue) -> Known:
        """The same with an answer to a number, date or one-of fact."""
        return Known(self.program, self.case, {**self._assumed, fact: at}, self._facts)

    def answered(self, fact: str) -> bool:
        """Whether a number, date, one-of or yes-no fact is answered, or a list whole."""
        return fact in self._assumed or is_whole(self._facts.get(fact))

    def domain(self, fact: str) -> tuple[Limit, Limit]:
        """The least and the greatest answer to a fact that is possible in this case."""
        low, high = reach(self.program.domains[fact], self.day)
        match self._facts.get(fact):
            case Month() as month:
                return month.first.toordinal(), min(month.last.toordinal(), high)
            case Within(least, most):
                return low if least is None else max(low, least), high if most is None else min(high, most)
        return low, high

    def may_have_none(self, fact: str) -> bool:
        """Whether a fact that is not answered may have no value."""
        return self.program.domains[fact].none and fact not in self._facts

    @cached_property
    def of_ranges(self) -> frozenset[int]:
        """The nodes at or below which a date is asked that is known to a month, or a number that lies within ends.

        What is known of a program by its facts alone (`exact`, `alone`) is not known of these.
        """
        ranged = {fact for fact, value in self._facts.items() if isinstance(value, Ranged)}
        found: set[int] = set()
        for number, node in enumerate(self.program.nodes) if ranged else ():
            if (isinstance(node, Lies) and not ranged.isdisjoint(facts_of(node))) or not found.isdisjoint(
                children(node)
            ):
                found.add(number)
        return frozenset(found)

    def is_alone(self, number: int) -> bool:
        """Whether a node shares nothing below it with the rest, so that it is one yes-or-no question to it."""
        return number in self.program.alone and number not in self.of_ranges

    def is_exact(self, number: int) -> bool:
        """Whether three-valued logic is exact for a `Shown`."""
        return number in self.program.exact and number not in self.of_ranges

    def term(self, term: Term) -> Knowledge:
        """What is known of a term."""
        match term:
            case Answer(fact):
                return self._answer(fact)
            case Constant(value):
                return Interval(value, value)
            case RequestDate():
                return Interval(self.day, self.day)
            case Moved(of, duration, sign):
                moved = self.term(of)
                if isinstance(moved, NoValue):
                    return moved
                low, high = (day_moved(int(end), duration, sign) for end in (moved.low, moved.high))
                return Interval(low, high, moved.none)
            case _:
                assert_never(term)

    def interval(self, term: Term) -> Interval:
        """What is known of a term that has a value."""
        known = self.term(term)
        assert isinstance(known, Interval)
        return known

    def _answer(self, fact: str) -> Knowledge:
        at = self._assumed.get(fact)
        if at is None:
            value = self._facts.get(fact)
            if value is None or isinstance(value, Ranged):
                return Interval(*self.domain(fact), self.may_have_none(fact))
            at = value if isinstance(value, NoValue) else point(value, self.program.domains[fact])
        return at if isinstance(at, NoValue) else Interval(at, at)

    def atom(self, atom: Atom) -> Truth:
        """Whether an atom is true."""
        match atom:
            case Yes(fact):
                answer = self._facts.get(fact)
                return Truth.UNKNOWN if answer is None else truth_of(bool(answer))
            case Includes(fact, options):
                return self._includes(self._facts.get(fact), options)
            case Lies(term, spans):
                known = self.term(term)
                if isinstance(known, NoValue):
                    return Truth.FALSE
                truth = max((self._within(known, span) for span in spans), default=Truth.FALSE)
                return self._on_each_day(atom) if truth is Truth.UNKNOWN else _unless_none(known, truth)
            case _:
                assert_never(atom)

    def _on_each_day(self, atom: Lies) -> Truth:
        """What the days of a month agree on where its ends do not tell: edges can lie between them."""
        months = (fact for fact in facts_of(atom) if isinstance(self._facts.get(fact), Month))
        month = next((fact for fact in months if fact not in self._assumed), None)
        if month is None:
            return Truth.UNKNOWN
        low, high = map(int, self.domain(month))
        found = self.assuming(month, low).atom(atom)
        for day in range(low + 1, high + 1):
            if found is Truth.UNKNOWN or self.assuming(month, day).atom(atom) is not found:
                return Truth.UNKNOWN
        return found

    def _includes(self, answer: Value | None, options: frozenset[str]) -> Truth:
        match answer:
            case None:
                return Truth.UNKNOWN
            case Including(members):
                return Truth.TRUE if members & options else Truth.UNKNOWN
            case frozenset():
                return truth_of(bool(answer & options))
            case _:
                raise TypeError(f"{answer!r} is no list")

    def _within(self, known: Interval, span: Span) -> Truth:
        return min(self._beyond(known, span.low, 1), self._beyond(known, span.high, -1))

    def _beyond(self, known: Interval, edge: Edge | None, side: int) -> Truth:
        """Whether a term lies on the inner side of an edge: above a low one (`side` 1), below a high one (-1)."""
        if edge is None:
            return Truth.TRUE
        limit = self.term(edge.term)
        if isinstance(limit, NoValue):
            return Truth.FALSE
        worst, best = (known.low, known.high) if side == 1 else (known.high, known.low)
        nearest, farthest = (limit.low, limit.high) if side == 1 else (limit.high, limit.low)
        if _passes(worst, farthest, edge.included, side):
            return _unless_none(limit, Truth.TRUE)
        return Truth.UNKNOWN if _passes(best, nearest, edge.included, side) else Truth.FALSE


def _unless_none(known: Interval, truth: Truth) -> Truth:
    """What is true of every value of a term is not known where it may have none."""
    return min(truth, Truth.UNKNOWN) if known.none else truth


def _passes(at: Limit, edge: Limit, included: bool, side: int) -> bool:
    if at == edge:
        return included
    return at > edge if side == 1 else at < edge


def nothing_known(domains: Mapping[str, Domain], day: date = date.max) -> Known:
    """What is known where nothing is answered, of a request on a day, else on the last of all."""
    return Known(Program.of_nodes([], domains), Case("", "", day, {}))


def reach(domain: Domain, day: int) -> tuple[Limit, Limit]:
    """The least and the greatest point of a domain for a request on a day."""
    low = -math.inf if domain.low is None else domain.low
    high = math.inf if domain.high is None else domain.high
    return low, min(high, day) if domain.latest_request else high


def point(value: Value, domain: Domain) -> Point:
    """Where an answer to a number, date or one-of fact stands in its order."""
    if isinstance(value, str):
        assert domain.ranks is not None
        return domain.ranks[value]
    if isinstance(value, frozenset | Including | Ranged | NoValue | Rows):
        raise TypeError("a list, a month, a range, and what has no value, has no place in an order")
    return value if isinstance(value, int | Decimal) else value.toordinal()
