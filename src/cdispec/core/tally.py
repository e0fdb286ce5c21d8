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
from itertools import chain
from typing import assert_never

from cdispec.core.known import Known, nothing_known
from cdispec.core.lower import asked_of, domain
from cdispec.core.program import Program
from cdispec.logic import Truth, at_least, conjunction, disjunction, negation
from cdispec.model.case import Case, StatedCase
from cdispec.model.criteria import AllOf, AnyOf, AtLeast, Comparison, Criterion, Not, OfRows, Reference, walk
from cdispec.model.facts import Day, Month, NoValue, Number, Rows, Value, beyond_bounds, is_whole, written
from cdispec.model.formulas import operands_of
from cdispec.model.grid import on_grid, range_words
from cdispec.model.measures import compared_numbers, within
from cdispec.model.policy import Policy, all_criteria
from cdispec.model.reach import End
from cdispec.model.records import Counted, RecordList, Tally, row_id


@dataclass(frozen=True, slots=True)
class Tallied:
    """What is known of a number that is counted: its ends, and what of the rows is still unknown that it asks."""

    low: End
    high: End
    unknown: tuple[str, ...]


def tallied(policy: Policy, case: StatedCase) -> dict[str, Tallied]:
    """What is known of each number that is counted over rows, by its id."""
    if not any(of.tallies for of in policy.lists.values()):
        return {}
    domains = {id: domain(fact) for id, fact in policy.facts.items()}
    program = Program([], frozenset(), frozenset(), frozenset(), domains, {}, {}, {}, 0)
    found = {}
    for of in policy.lists.values():
        for id, tally in of.tallies.items():
            found[id] = _Counting(policy, program, case, of, tally).tallied()
    return found


def counted_answers(policy: Policy, case: StatedCase) -> dict[str, Value]:
    """The numbers that are counted over the rows of a case: known ones, and those of which the policy says the same.

    A number that is given counts as it is given.
    """
    found: dict[str, Value] = {}
    for id, one in tallied(policy, case).items():
        fact = policy.facts[id]
        assert isinstance(fact, Number)
        if id in case.facts:
            continue
        low, high = _within(one, fact)
        end = high if isinstance(low, float) else low
        if not isinstance(end, float) and (low == high or _says_the_same(policy, fact, low, high)):
            found[id] = on_grid(Fraction(end))
        elif low <= high and (low, high) != _within(Tallied(-math.inf, math.inf, ()), fact):
            known = within(low, high)
            found |= {} if known is None else {id: known}
    return found


def tally_problems(policy: Policy, case: StatedCase) -> dict[str, str]:
    """Why numbers cannot be what the rows of a case make of them, by their ids."""
    found = {}
    for id, one in tallied(policy, case).items():
        fact, given = policy.facts[id], case.facts.get(id)
        assert isinstance(fact, Number)
        low, high = _within(one, fact)
        words = range_words(one.low, one.high, compared_numbers(policy, id))
        if low > high:
            end = one.low if isinstance(one.high, float) else one.high
            bound = "" if isinstance(end, float) else beyond_bounds(on_grid(Fraction(end)), fact)
            found[id] = f"counted it is {words}, but {bound or 'that is beyond its bounds'}"
        elif isinstance(given, int | Decimal) and not low <= Fraction(given) <= high:
            found[id] = f"it is given as {written(given)}, but counted it is {words}"
        elif isinstance(given, NoValue):
            found[id] = f"it is said to have no value, but counted it is {words}"
    return found


def _says_the_same(policy: Policy, fact: Number, low: End, high: End) -> bool:
    """Whether a policy asks a number only in comparisons, and each passes, or fails, for all that it can be."""
    grants = (rule.grant.facts for rule in policy.rules if rule.grant is not None)
    formulas = (one.measure.stated for one in policy.facts.values() if isinstance(one, Number) and one.measure)
    if fact.id in {*chain.from_iterable(grants), *chain.from_iterable(map(operands_of, formulas))} or low > high:
        return False
    least, most = (None if isinstance(end, float) else on_grid(end) for end in (low, high))
    answers = replace(domain(fact), low=least, high=most)
    asked = (one.logic for one in all_criteria(policy) if isinstance(one.logic, Comparison))
    atoms = (asked_of(logic.test, fact, answers)[0] for logic in asked if logic.fact == fact.id)
    return all(nothing_known({fact.id: answers}).atom(atom) is not Truth.UNKNOWN for atom in atoms)


def _within(one: Tallied, fact: Number) -> tuple[End, End]:
    low = one.low if fact.minimum is None else max(one.low, Fraction(fact.minimum))
    return low, one.high if fact.maximum is None else min(one.high, Fraction(fact.maximum))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its number, whether it counts, and what it answers."""

    number: int
    counts: Truth
    answers: Mapping[str, Value]


class _Counting:
    """One number that is counted over the rows of a list of a case."""

    def __init__(self, policy: Policy, program: Program, case: StatedCase, of: RecordList, tally: Tally) -> None:
        self.policy, self.program, self.case, self.of, self.tally = policy, program, case, of, tally
        rows = case.facts.get(of.id, Rows((), False))
        assert isinstance(rows, Rows)
        self.whole = rows.whole
        self.rows = [_Row(number, self._counts(row), dict(row)) for number, row in enumerate(rows.rows, 1)]

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
        value = row.answers.get(self.tally.field.partition(".")[2])
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
        sure = [first for row, first, last in possible if row.counts is Truth.TRUE and first == last]
        least = max((sum(day <= other < day + self.tally.days for other in sure) for day in sure), default=0)
        starts = {day for _, first, last in possible for day in (first, last - self.tally.days + 1)}
        most = max((self._within(start, possible) for start in starts), default=0)
        return Fraction(least), Fraction(most)

    def _within(self, start: int, possible: Iterable[tuple[_Row, int, int]]) -> int:
        return sum(first < start + self.tally.days and last >= start for _, first, last in possible)

    def _days(self, row: _Row) -> tuple[int, int]:
        """The first and the last day that the date of a row can be."""
        value, day = row.answers.get(self.tally.by.partition(".")[2]), self.case.date.toordinal()
        if isinstance(value, date):
            return value.toordinal(), value.toordinal()
        field = self.policy.facts[self.tally.by]
        assert isinstance(field, Day)
        first, last = 1, date.max.toordinal()
        if isinstance(value, Month):
            first, last = value.first.toordinal(), value.last.toordinal()
        return first, min(last, day) if field.latest_request else last

    def _counts(self, row: Iterable[tuple[str, Value]]) -> Truth:
        if self.tally.where is None:
            return Truth.TRUE
        facts = {**self.case.facts, **{f"{self.of.id}.{name}": value for name, value in row}}
        known = Known(self.program, Case("", "", self.case.date, facts))
        return self._truth(self.tally.where, known)

    def _truth(self, criterion: Criterion, known: Known) -> Truth:
        logic = criterion.logic
        match logic:
            case Comparison(test=test):
                fact = self.policy.compared(logic)
                atom, denied = asked_of(test, fact, self.program.domains.get(fact.id) or domain(fact))
                truth = known.atom(atom)
                return negation(truth) if denied else truth
            case AllOf(of):
                return conjunction([self._truth(part, known) for part in of])
            case AnyOf(of):
                return disjunction([self._truth(part, known) for part in of])
            case AtLeast(count, of):
                return at_least(count, [self._truth(part, known) for part in of])
            case Not(of):
                return negation(self._truth(of, known))
            case Reference() | OfRows():
                raise AssertionError("a row is asked for no other clause and no other list")
            case _:
                assert_never(logic)

    def _unknown(self) -> Iterator[str]:
        """What of rows that may count is not known, and the list while it may go on."""
        asked = [] if self.tally.where is None else [part.logic for part in walk(self.tally.where)]
        facts = {fact for logic in asked if isinstance(logic, Comparison) for fact in logic.facts}
        counted = {fact for fact in (self.tally.field, self.tally.by) if fact}
        for row in self.rows:
            needed = set() if row.counts is Truth.FALSE else counted | (facts if row.counts is Truth.UNKNOWN else set())
            for name, field in self.of.fields.items():
                if field.id in needed and not is_whole(row.answers.get(name)):
                    yield f"{row_id(self.of.id, row.number)}.{name}"
        beside = (fact for fact in self.policy.facts if fact in facts and "." not in fact)
        yield from (fact for fact in beside if not is_whole(self.case.facts.get(fact)))
        if not self.whole:
            yield self.of.id
