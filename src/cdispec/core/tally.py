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
from typing import assert_never

from cdispec.core.evaluate import evaluate
from cdispec.core.lower import Lowering
from cdispec.core.program import Program
from cdispec.logic import Truth
from cdispec.model.case import Case, StatedCase
from cdispec.model.criteria import Comparison, Criterion, holding, parts, walk
from cdispec.model.facts import (
    Day,
    Month,
    NoValue,
    Number,
    Value,
    beyond_bounds,
    field_name,
    is_whole,
    list_of,
    written,
)
from cdispec.model.grid import on_grid, range_words
from cdispec.model.measures import compared_numbers, within
from cdispec.model.policy import Policy
from cdispec.model.reach import End
from cdispec.model.records import Counted, RecordList, Tally, field_in_row, rows_in


@dataclass(frozen=True, slots=True)
class Tallied:
    """What is known of a number that is counted: its ends, and what of the rows is still unknown that it asks."""

    low: End
    high: End
    unknown: tuple[str, ...]


_UNKNOWN = Tallied(-math.inf, math.inf, ())


class Tallies:
    """The numbers of a policy that are counted over rows; which rows count is lowered once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._all = {id: (of, tally) for of in policy.lists.values() for id, tally in of.tallies.items()}
        if self._all:
            lowering = Lowering(policy)
            asked = {id: tally.where for id, (_, tally) in self._all.items() if tally.where is not None}
            self._where = {id: lowering.lowered(_named(where, id)).truth for id, where in asked.items()}
            self._program = Program.of_nodes(lowering.nodes, lowering.domains)

    def known(self, case: StatedCase) -> dict[str, Tallied]:
        """What is known of each number, by its id."""
        return {id: self._counting(id, case, of, tally).tallied() for id, (of, tally) in self._all.items()}

    def _counting(self, id: str, case: StatedCase, of: RecordList, tally: Tally) -> _Counting:
        rows, where = rows_in(case, of.id), self._where.get(id)

        def counts(row: Iterable[tuple[str, Value]]) -> Truth:
            if where is None:
                return Truth.TRUE
            facts = {**case.facts, **{f"{of.id}.{name}": value for name, value in row}}
            return evaluate(self._program, Case("", "", case.date, facts))[where]

        found = [_Row(number, counts(row), dict(row)) for number, row in enumerate(rows.rows, 1)]
        return _Counting(self._policy, case, of, tally, rows.whole, found)

    def answers(self, case: StatedCase) -> dict[str, Value]:
        """The numbers that are counted over the rows of a case, as far as they are known.

        A number that is given counts as it is given.
        """
        found: dict[str, Value] = {}
        for id, one in self.known(case).items():
            fact = self._fact(id)
            low, high = _within(one, fact)
            if id in case.facts or low > high or (low, high) == _within(_UNKNOWN, fact):
                continue
            if not isinstance(low, float) and low == high:
                found[id] = on_grid(low)
            elif (known := within(low, high)) is not None:
                found[id] = known
        return found

    def problems(self, case: StatedCase) -> dict[str, str]:
        """Why numbers cannot be what the rows of a case make of them, by their ids."""
        found = {}
        for id, one in self.known(case).items():
            fact, given = self._fact(id), case.facts.get(id)
            low, high = _within(one, fact)
            words = range_words(one.low, one.high, compared_numbers(self._policy, id))
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


def _named(criterion: Criterion, id: str) -> Criterion:
    """What is asked of a row with ids of its own, for it stands in no document that would give it some."""
    below = tuple(_named(part, f"{id}.{number}") for number, part in enumerate(parts(criterion)))
    return replace(holding(criterion, below), id=id)


def _within(one: Tallied, fact: Number) -> tuple[End, End]:
    low = one.low if fact.minimum is None else max(one.low, Fraction(fact.minimum))
    return low, one.high if fact.maximum is None else min(one.high, Fraction(fact.maximum))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its number, whether it counts, and what it answers."""

    number: int
    counts: Truth
    answers: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class _Counting:
    """One number that is counted over the rows of a list of a case."""

    policy: Policy
    case: StatedCase
    of: RecordList
    tally: Tally
    whole: bool
    rows: list[_Row]

    def tallied(self) -> Tallied:
        """What is known of the number: further rows can only add to a count."""
        match self.tally.counted:
            case Counted.NUMBER:
                low, high = self._ends((Fraction(1), Fraction(1)) for _ in self.rows)
            case Counted.SUM:
                low, high = self._ends(self._summed(row) for row in self.rows)
            case Counted.MOST:
                low, high = self._most()
            case _:
                assert_never(self.tally.counted)
        if not self.whole:
            least = self._least_of_a_row()
            low, high = (-math.inf if least < 0 else low), math.inf
        return Tallied(low, high, tuple(self._unknown()))

    def _ends(self, amounts: Iterable[tuple[End, End]]) -> tuple[End, End]:
        """The ends of a sum, in which a row that may count adds nothing or what it has."""
        low: End = Fraction(0)
        high: End = Fraction(0)
        for row, (least, most) in zip(self.rows, amounts, strict=True):
            if row.counts is Truth.FALSE:
                continue
            is_sure = row.counts is Truth.TRUE
            low += least if is_sure else min(least, Fraction(0))
            high += most if is_sure else max(most, Fraction(0))
        return low, high

    def _summed(self, row: _Row) -> tuple[End, End]:
        value = row.answers.get(field_name(self.tally.field))
        if isinstance(value, int | Decimal):
            return Fraction(value), Fraction(value)
        field = self.policy.facts[self.tally.field]
        assert isinstance(field, Number)
        low = -math.inf if field.minimum is None else Fraction(field.minimum)
        return low, math.inf if field.maximum is None else Fraction(field.maximum)

    def _least_of_a_row(self) -> End:
        """The least that a further row can add."""
        if self.tally.counted is not Counted.SUM:
            return Fraction(0)
        return min(self._summed(_Row(0, Truth.TRUE, {}))[0], Fraction(0))

    def _most(self) -> tuple[End, End]:
        """The greatest number of rows on so many consecutive days: of sure ones, and of all that may be there."""
        possible = [(row, *self._days(row)) for row in self.rows if row.counts is not Truth.FALSE]
        sure = [(first, last) for row, first, last in possible if row.counts is Truth.TRUE]
        # Wherever its day lies a row is one, and those that can only lie within so many days are together.
        together = (sum(start <= first and last < start + self.tally.days for first, last in sure) for start, _ in sure)
        least = max((1 if sure else 0, *together))
        starts = {day for _, first, last in possible for day in (first, last - self.tally.days + 1)}
        most = max((self._within(start, possible) for start in starts), default=0)
        return Fraction(least), Fraction(most)

    def _within(self, start: int, possible: Iterable[tuple[_Row, int, int]]) -> int:
        return sum(first < start + self.tally.days and last >= start for _, first, last in possible)

    def _days(self, row: _Row) -> tuple[int, int]:
        """The first and the last day that the date of a row can be."""
        value, day = row.answers.get(field_name(self.tally.by)), self.case.date.toordinal()
        if isinstance(value, date):
            return value.toordinal(), value.toordinal()
        field = self.policy.facts[self.tally.by]
        assert isinstance(field, Day)
        first, last = 1, date.max.toordinal()
        if isinstance(value, Month):
            first, last = value.first.toordinal(), value.last.toordinal()
        return first, min(last, day) if field.latest_request else last

    def _unknown(self) -> Iterator[str]:
        """What of rows that may count is not known, and the list while it may go on."""
        asked = [] if self.tally.where is None else [part.logic for part in walk(self.tally.where)]
        facts = {fact for logic in asked if isinstance(logic, Comparison) for fact in logic.facts}
        counted = {fact for fact in (self.tally.field, self.tally.by) if fact}
        for row in self.rows:
            needed = set() if row.counts is Truth.FALSE else counted | (facts if row.counts is Truth.UNKNOWN else set())
            for name, field in self.of.fields.items():
                if field.id in needed and not is_whole(row.answers.get(name)):
                    yield field_in_row(field.id, row.number)
        beside = (fact for fact in self.policy.facts if fact in facts and not list_of(fact))
        yield from (fact for fact in beside if not is_whole(self.case.facts.get(fact)))
        if not self.whole:
            yield self.of.id
