"""Terms as formulas, and the intervals in which they lie: `core.known` over symbols."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple, TypeAlias, assert_never

import z3

from cdispec.core.program import Answer, Constant, Edge, Lies, Moved, Point, RequestDate, Span, Term
from cdispec.core.work import Work
from cdispec.logic import Truth
from cdispec.targets.smt.answers import exact
from cdispec.targets.smt.calendar import Days
from cdispec.targets.smt.formulas import Formula, Kleene, conjunction, disjunction, negation

_COMPARING = 400
"""The steps of work that comparing one part of what is known with another takes."""

Position: TypeAlias = z3.ArithRef | z3.RatNumRef | int
"""Where an answer stands in the order of its fact."""


class Part(NamedTuple):
    """The interval in which a term lies, where a condition holds, and whether it has a value there."""

    where: Formula
    low: Position
    high: Position
    valued: Truth = Truth.TRUE


Reading: TypeAlias = Callable[[str], list[Part]]
"""What is known of the answer to a fact."""


def position(point: Point) -> Position:
    """A stated value among the answers."""
    return point if isinstance(point, int) else exact(point)


def at(position: Position) -> list[Part]:
    """What is known of a term that stands at one place."""
    return [Part(z3.BoolVal(True), position, position)]


class Terms:
    """The terms of one question over dates, on the day of its request; `real` are the answers, whatever is known."""

    def __init__(self, days: Days, day: z3.ArithRef, real: Reading, work: Work) -> None:
        self.days, self.day, self.real, self.work = days, day, real, work

    def term(self, term: Term, answer: Reading) -> list[Part]:
        """What is known of a term."""
        match term:
            case Answer(fact):
                return answer(fact)
            case Constant(value):
                return at(position(value))
            case RequestDate():
                return at(self.day)
            case Moved(of, duration, sign):
                moved = self.days.moved
                return [
                    part._replace(low=moved(part.low, duration, sign), high=moved(part.high, duration, sign))
                    for part in self.term(of, answer)
                ]
            case _:
                assert_never(term)

    def lies(self, atom: Lies, answer: Reading) -> Kleene:
        """Whether a term lies in one of the spans."""
        known = self.term(atom.term, answer)
        within = [self._within(known, span, answer) for span in atom.spans]
        return Kleene(disjunction(one.true for one in within), conjunction(one.false for one in within))

    def _within(self, known: list[Part], span: Span, answer: Reading) -> Kleene:
        if span.low is None and span.high is None:
            return _valued(known)
        sides = [self._beyond(known, edge, side, answer) for edge, side in ((span.low, 1), (span.high, -1)) if edge]
        return Kleene(conjunction(side.true for side in sides), disjunction(side.false for side in sides))

    def _beyond(self, known: list[Part], edge: Edge, side: int, answer: Reading) -> Kleene:
        """Whether a term lies on the inner side of an edge: above a low one (`side` 1), below a high one (-1)."""
        surely, possibly = [], []
        for where, *ends, valued in known:
            for there, *limits, also in self.term(edge.term, answer):
                self.work.spend(_COMPARING)
                for end, limit in product(_once(ends), _once(limits)):
                    self.days.compared(end, limit)
                worst, best = ends[::side]
                nearest, farthest = limits[::side]
                elsewhere, both = negation(conjunction([where, there])), min(valued, also)
                so, possible = (_passes(*each, edge.included, side) for each in ((worst, farthest), (best, nearest)))
                surely.append(disjunction([elsewhere, *([so] if both is Truth.TRUE else [])]))
                possibly.append(disjunction([elsewhere, *([possible] if both is not Truth.FALSE else [])]))
        return Kleene(conjunction(surely), negation(conjunction(possibly)))


def _valued(known: list[Part]) -> Kleene:
    """Whether a term has any value."""
    true = (part.where for part in known if part.valued is Truth.TRUE)
    return Kleene(disjunction(true), disjunction(part.where for part in known if part.valued is Truth.FALSE))


def _once(ends: list[Position]) -> list[Position]:
    """The ends of an interval, those of a point once."""
    return ends[:1] if ends[0] is ends[1] else ends


def _passes(at: Position, edge: Position, included: bool, side: int) -> Formula:
    above, below = (at, edge) if side == 1 else (edge, at)
    passes = above >= below if included else above > below
    return z3.BoolVal(passes) if isinstance(passes, bool) else passes
