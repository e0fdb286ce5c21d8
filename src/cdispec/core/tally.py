"""Numbers that are counted over the rows of a list: an interval, while rows, or what they answer, are not known.

They are worked out from a case before it is decided, as measures are, and are then numbers like any others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from cdispec.core.alike import conjuncts
from cdispec.core.evaluate import evaluate
from cdispec.core.known import Interval, Known, Limit
from cdispec.core.lower import Lowering
from cdispec.core.program import Answer, Atom, Lies, Program, Shown, edges_of, facts_of
from cdispec.logic import Truth
from cdispec.model.case import Case, StatedCase
from cdispec.model.criteria import Comparison
from cdispec.model.facts import (
    NoValue,
    Number,
    Value,
    beyond_bounds,
    is_whole,
    list_of,
    written,
)
from cdispec.model.grid import beyond, on_grid, range_words
from cdispec.model.measures import compared_numbers, within
from cdispec.model.policy import Policy
from cdispec.model.reach import End
from cdispec.model.records import Counted, RecordList, Tally, field_in_row, rows_in


@dataclass(frozen=True, slots=True)
class Tallied:
    """What is known of a number that is counted over a list: its ends, and what of the rows is unknown that it asks.

    `certain` says that each of these could alone make it another number between its ends and the next one.
    """

    of: str
    low: End
    high: End
    unknown: tuple[str, ...]
    certain: bool


_NOTHING = Fraction(0), Fraction(0)


class Tallies:
    """The numbers of a policy that are counted over rows; which rows count is lowered once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._all = {id: (of, tally) for of in policy.lists.values() for id, tally in of.tallies.items()}
        self._asked = {id: _Asked(policy, tally) for id, (_, tally) in self._all.items()}

    def known(self, case: StatedCase) -> dict[str, Tallied]:
        """What is known of each number, by its id."""
        return {id: self._counting(id, case, of, tally).tallied() for id, (of, tally) in self._all.items()}

    def among_known_rows(self, id: str, case: StatedCase) -> tuple[End, End]:
        """The ends of a number as far as it is counted over the rows that a case has."""
        of, tally = self._all[id]
        found = replace(self._counting(id, case, of, tally), further=()).tallied()
        return found.low, found.high

    def _counting(self, id: str, case: StatedCase, of: RecordList, tally: Tally) -> _Counting:
        rows = rows_in(case, of.id)
        certain = self._asked[id].certain and self._fact(id).whole

        def row(number: int, answers: Mapping[str, Value]) -> _Row:
            facts = {**case.facts, **{f"{of.id}.{name}": value for name, value in answers.items()}}
            asked, known = self._asked[id], Case("", "", case.date, facts)
            found = _Row(number, answers, tuple(asked.pieces(known)), frozenset())
            return replace(found, unknown=asked.unknown(known)) if found.counts is Truth.UNKNOWN else found

        found = [row(number, dict(answers)) for number, answers in enumerate(rows.rows, 1)]
        return _Counting(self._policy, of, tally, found, () if rows.whole else (row(0, {}),), certain)

    def answers(self, case: StatedCase, known: Mapping[str, Tallied]) -> dict[str, Value]:
        """The numbers that are counted over the rows of a case, as far as they are `known` of it.

        A number that is given counts as it is given.
        """
        found: dict[str, Value] = {}
        for id, one in known.items():
            fact = self._fact(id)
            low, high = _within(one, fact)
            if id in case.facts or low > high or (low, high) == _bounds(fact):
                continue
            if not isinstance(low, float) and low == high:
                found[id] = on_grid(low)
            elif (between := within(low, high)) is not None:
                found[id] = between
        return found

    def problems(self, case: StatedCase) -> dict[str, str]:
        """Why numbers cannot be what the rows of a case make of them, by their ids."""
        found = {}
        for id, one in self.known(case).items():
            fact, given = self._fact(id), case.facts.get(id)
            low, high = _within(one, fact)
            beside = (given,) if isinstance(given, int | Decimal) else ()
            words = range_words(one.low, one.high, (*compared_numbers(self._policy, id), *beside))
            if low > high:
                end = one.low if isinstance(one.high, float) else one.high
                bound = "" if isinstance(end, float) else beyond_bounds(on_grid(Fraction(end)), fact)
                found[id] = f"counted it is {words}, but {bound or 'that is beyond its bounds'}"
            elif isinstance(given, int | Decimal) and not low <= Fraction(given) <= high:
                found[id] = f"it is given as {written(given)}, but counted it is {words}"
            elif isinstance(given, NoValue):
                found[id] = f"it is said to have no value, but counted it is {words}"
        return found

    def stated_by(self, id: str, facts: Mapping[str, Value]) -> str:
        """What says a number in a case: its own answer, or the list over whose rows it is counted."""
        return id if id in facts else self._all[id][0].id

    def _fact(self, id: str) -> Number:
        fact = self._policy.facts[id]
        assert isinstance(fact, Number)
        return fact


class _Asked:
    """What one number asks of each row."""

    def __init__(self, policy: Policy, tally: Tally) -> None:
        self.field, lowering = tally.counted_field, Lowering(policy)
        self.is_day = bool(tally.by)
        conjoined = [] if tally.where is None else [one.logic for one, _ in conjuncts(tally.where)]
        asked = [fact for logic in conjoined for fact in (logic.facts if isinstance(logic, Comparison) else ("", ""))]
        # Of comparisons of fields, each of another one, that must all be so, each that is unknown makes a difference.
        self.certain = not self.field and len({*asked}) == len(asked) and all(map(list_of, asked))
        self.where = None if tally.where is None else lowering.lowered(tally.where).truth
        self.shown = 0 if self.where is None else lowering.number(Shown(self.where))
        self.program = Program.of_nodes(lowering.nodes, lowering.domains)

    def counts(self, case: Case) -> Truth:
        """Whether a row counts that answers so."""
        return Truth.TRUE if self.where is None else evaluate(self.program, case)[self.shown]

    def unknown(self, case: Case) -> frozenset[str]:
        """The facts of which comparisons are unknown that it takes to know whether a row counts."""
        truths = zip(self.program.nodes, evaluate(self.program, case), strict=True)
        atoms = (node for node, truth in truths if isinstance(node, Atom) and truth is Truth.UNKNOWN)
        return frozenset(fact for atom in atoms for fact in facts_of(atom))

    def pieces(self, case: Case) -> Iterator[_Piece]:
        """What the counted field of a row can be, cut where the row begins or ceases to count."""
        if not self.field:
            yield _Piece(self.counts(case), Fraction(1), Fraction(1))
            return
        known = Known(self.program, case)
        ends = known.interval(Answer(self.field))
        low, high = _end(ends.low), _end(ends.high)
        if self.is_day:
            low, high = max(low, Fraction(1)), min(high, Fraction(date.max.toordinal()))
        edges = None if low == high else self.edges(known)
        if edges is None:
            yield _Piece(self.counts(case), low, high)
            return
        for first, last in _cut(low, high, edges, self.program.domains[self.field].whole):
            within = next(end for end in (first, last, Fraction(0)) if not isinstance(end, float))
            sample = date.fromordinal(int(within)) if self.is_day else on_grid(within)
            yield _Piece(self.counts(replace(case, facts={**case.facts, self.field: sample})), first, last)

    def edges(self, known: Known) -> set[End] | None:
        """Where comparisons of the field begin or cease to pass; None where that is not known."""
        found: set[End] = set()
        for node in self.program.nodes:
            if isinstance(node, Lies) and self.field in facts_of(node):
                terms = edges_of(node.spans)
                ends = [one for one in map(known.term, terms) if isinstance(one, Interval)]
                if node.term != Answer(self.field) or any(one.low != one.high or one.none for one in ends):
                    return None
                found |= {_end(one.low) for one in ends}
        return found


def _within(one: Tallied, fact: Number) -> tuple[End, End]:
    low, high = _bounds(fact)
    return max(one.low, low), min(one.high, high)


def _bounds(fact: Number) -> tuple[End, End]:
    low = -math.inf if fact.minimum is None else Fraction(fact.minimum)
    return low, math.inf if fact.maximum is None else Fraction(fact.maximum)


def _end(limit: Limit) -> End:
    return limit if isinstance(limit, float) else Fraction(limit)


def _cut(low: End, high: End, edges: Iterable[End], whole: bool) -> Iterator[tuple[End, End]]:
    """What lies between two ends, cut: each edge by itself, and what lies between one and the next."""
    at = sorted({low, high, *(edge for edge in edges if low < edge < high)})
    yield from ((edge, edge) for edge in at if not isinstance(edge, float))
    for one, other in pairwise(at):
        first, last = _beside(one, 1, whole), _beside(other, -1, whole)
        if first <= last:
            yield first, last


def _beside(edge: End, side: int, whole: bool) -> End:
    """Beyond an edge, not farther than any answer is: there is none of more than `DIGITS` digits."""
    return edge + side if whole or isinstance(edge, float) else beyond(edge, side)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Answers to the counted field of a row, from one end to the other; with all of them the row counts alike."""

    counts: Truth
    low: End
    high: End


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its number and what it answers; `unknown` are the facts that it takes to know whether it counts."""

    number: int
    answers: Mapping[str, Value]
    pieces: tuple[_Piece, ...]
    unknown: frozenset[str]

    @property
    def counts(self) -> Truth:
        """Whether it counts."""
        found = {piece.counts for piece in self.pieces}
        return found.pop() if len(found) == 1 else Truth.UNKNOWN

    @property
    def ends(self) -> tuple[End, End]:
        """The least and the greatest answer with which it may count."""
        return _hull((piece.low, piece.high) for piece in self.pieces if piece.counts is not Truth.FALSE)

    @property
    def added(self) -> tuple[End, End]:
        """The least and the most that it adds: nothing where it does not count."""
        nothing = [_NOTHING] if self.counts is not Truth.TRUE else []
        return _hull([*nothing, *([self.ends] if self.counts is not Truth.FALSE else [])])


def _hull(ends: Iterable[tuple[End, End]]) -> tuple[End, End]:
    lows, highs = zip(*ends, strict=True)
    return min(lows), max(highs)


@dataclass(frozen=True, slots=True)
class _Counting:
    """One number that is counted over the rows of a list of a case; `further` is any row there may be beside them."""

    policy: Policy
    of: RecordList
    tally: Tally
    rows: list[_Row]
    further: tuple[_Row, ...]
    certain: bool

    def tallied(self) -> Tallied:
        """What is known of the number."""
        match self.tally.counted:
            case Counted.NUMBER | Counted.SUM:
                added = [row.added for row in self.rows]
                low, high = (sum(ends, Fraction(0)) for ends in zip(*added, strict=True)) if added else _NOTHING
            case Counted.MOST:
                low, high = self._most()
            case _:
                assert_never(self.tally.counted)
        for least, most in (row.added for row in self.further):
            low, high = (-math.inf if least < 0 else low), (math.inf if most > 0 else high)
        return Tallied(self.of.id, low, high, tuple(self._unknown()), self.certain)

    def _most(self) -> tuple[End, End]:
        """The greatest number of rows on so many consecutive days: of sure ones, and of all that may be there."""
        days = self.tally.days
        possible = [row.ends for row in self.rows if row.counts is not Truth.FALSE]
        sure = [row.ends for row in self.rows if row.counts is Truth.TRUE]
        # Wherever its day lies a row is one, and those that can only lie within so many days are together.
        together = (sum(start <= first and last < start + days for first, last in sure) for start, _ in sure)
        least = max((1 if sure else 0, *together))
        starts = {day for first, last in possible for day in (first, last - days + 1)}
        within = (sum(first < start + days and last >= start for first, last in possible) for start in starts)
        return Fraction(least), Fraction(max(within, default=0))

    def _unknown(self) -> Iterator[str]:
        """What of rows that may count is not known, and the list while it may go on."""
        counted = {self.tally.counted_field}
        for row in self.rows:
            needed = set() if row.counts is Truth.FALSE else counted | row.unknown
            for name, field in self.of.fields.items():
                if field.id in needed and not is_whole(row.answers.get(name)):
                    yield field_in_row(field.id, row.number)
        beside = {fact for row in (*self.rows, *self.further) for fact in row.unknown if not list_of(fact)}
        yield from (fact for fact in self.policy.facts if fact in beside)
        if any(row.counts is not Truth.FALSE for row in self.further):
            yield self.of.id
