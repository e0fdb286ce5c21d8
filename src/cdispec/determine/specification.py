"""The specification: what is true of a record and what a policy decides, on the words as they stand.

Each function is a sentence of LANGUAGE.md. Nothing here is made fast: what is unknown is tried, answer by answer. The
core (`cdispec.core`), which decides, is held equal to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations_with_replacement, product
from typing import assert_never

from cdispec.determine.subjects import is_answered, subjects, subjects_of_field
from cdispec.logic import Truth, at_least, conjunction, disjunction, negation, truth_of
from cdispec.model.case import Case
from cdispec.model.codes import CodeSet
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    Direction,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    Length,
    ListOf,
    Not,
    OfRows,
    Quantified,
    Quantity,
    Range,
    Reference,
    asked_facts,
    members,
    shifted,
    walk,
)
from cdispec.model.facts import (
    REQUEST,
    Amount,
    Fact,
    Including,
    Month,
    NoValue,
    OneOf,
    Partial,
    Rows,
    SetOf,
    Value,
    Within,
    is_whole,
)
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, Rule, all_criteria, deciding
from cdispec.model.records import RecordList, row_of, rows_in

Answers = Callable[[Fact], Sequence[Value]]
"""Every answer to a fact, as far as a policy can tell answers apart; of a list, every whole list."""


class Specification:
    """What a policy says of one record. A case is the record, or what it comes to when some of it is filled in."""

    def __init__(self, policy: Policy, record: Case, answers: Answers) -> None:
        self.policy, self.record, self.answers = policy, record, answers

    def truth(self, criterion: Criterion, case: Case) -> Truth:
        """A criterion is true as its logic says; where its guard is met, it drops out of its list."""
        guard = criterion.unless
        logic = self._logic(criterion, case)
        if guard is None or not self.in_force(guard):
            return logic
        if criterion.set_aside is Truth.TRUE:
            return disjunction((logic, self.met(guard, case)))
        return conjunction((logic, negation(self.met(guard, case))))

    def _logic(self, criterion: Criterion, case: Case) -> Truth:
        logic = criterion.logic
        match logic:
            case ListOf():
                return quantified(logic, [self.truth(member, case) for member in logic.of if self.in_force(member)])
            case Not(member):
                return negation(self.truth(member, case))
            case Reference(to):
                return self.met(self.policy.criteria[to], case)
            case Comparison():
                return self.compare(logic, case)
            case OfRows():
                return self.of_rows(logic, case)
            case _:
                assert_never(logic)

    def in_force(self, criterion: Criterion) -> bool:
        """A criterion is in force on the days of its period, and a list while any of its members is."""
        if self.record.date not in criterion.valid:
            return False
        match criterion.logic:
            case Reference(to):
                return self.in_force(self.policy.criteria[to])
            case Comparison() | OfRows():
                return True
            case ListOf() | Not():
                return any(self.in_force(member) for member in members(criterion.logic))
            case _:
                assert_never(criterion.logic)

    def met(self, criterion: Criterion, case: Case) -> Truth:
        """Where the policy asks whether something is met, it is if every answer to the unknown facts agrees that it is.

        In a complete record what is not so shown is not met.
        """
        if not self.record.complete:
            return self._agreed(criterion, case)
        return truth_of(self._agreed(criterion, self.record) is Truth.TRUE)

    def _agreed(self, criterion: Criterion, case: Case) -> Truth:
        known = self.truth(criterion, case)
        if known is not Truth.UNKNOWN:
            return known
        asked = subjects(deciding([criterion], self.policy), case)
        return _shared(self._agreed(criterion, filled) for filled in self._fill_in(case, asked))

    def _fill_in(self, case: Case, asked: Iterable[str]) -> Iterator[Case]:
        """The case with each answer to the first of some facts that is not wholly known."""
        fact = next((fact for fact in sorted(asked) if not is_answered(fact, case)), None)
        if fact is None:
            return
        if (row := row_of(fact)) is not None:
            yield from self._fill_in_field(case, *row)
        elif fact in self.policy.lists:
            yield from self._fill_in_rows(case, self.policy.lists[fact])
        else:
            held = case.facts.get(fact)
            assert held is None or isinstance(held, Partial)
            for answer in self.answers(self.policy.facts[fact]):
                if _completes(answer, held):
                    yield replace(case, facts={**case.facts, fact: answer})

    def _fill_in_field(self, case: Case, id: str, number: int, name: str) -> Iterator[Case]:
        """The case with each answer to a field of one of its rows."""
        rows, at = rows_in(case, id), number - 1
        known = dict(rows.rows[at])
        for answer in self.answers(self.policy.lists[id].fields[name]):
            held = known.get(name)
            assert held is None or isinstance(held, Partial)
            if _completes(answer, held):
                row_answers = tuple({**known, name: answer}.items())
                listed = (*rows.rows[:at], row_answers, *rows.rows[at + 1 :])
                yield replace(case, facts={**case.facts, id: replace(rows, rows=listed)})

    def _fill_in_rows(self, case: Case, of: RecordList) -> Iterator[Case]:
        """The case with a list that is whole: with no further rows, or with as many as could make a difference."""
        rows = rows_in(case, of.id)
        named = [name for name, field in of.fields.items() if field.id in self._asked_fields]
        rowed = [
            tuple(zip(named, answers, strict=True))
            for answers in product(*(self.answers(of.fields[name]) for name in named))
        ]
        for count in range(self._most_further[of.id] + 1):
            for further in combinations_with_replacement(rowed, count):
                yield replace(case, facts={**case.facts, of.id: Rows((*rows.rows, *further), True)})

    @cached_property
    def _asked_fields(self) -> set[str]:
        return asked_facts(all_criteria(self.policy))

    @cached_property
    def _most_further(self) -> dict[str, int]:
        """So many further rows of each list make all the difference that any number of them can make."""
        asked = [node.logic for node in all_criteria(self.policy) if isinstance(node.logic, OfRows)]
        return {id: sum(one.count for one in asked if one.list == id) for id in self.policy.lists}

    def of_rows(self, logic: OfRows, case: Case) -> Truth:
        """What is asked of rows is true if it is so of all rows that there can be, and false if of none."""
        asked = subjects([node for part in members(logic) for node in walk(part)], case)
        asked |= {logic.list, *(subjects_of_field(logic.by, case) if logic.by else ())}
        if all(is_answered(fact, case) for fact in asked):
            return truth_of(self._rows_are(logic, case))
        return _shared(self.of_rows(logic, filled) for filled in self._fill_in(case, asked))

    def _rows_are(self, logic: OfRows, case: Case) -> bool:
        """Of the rows that are asked for, so many are as is asked; the latest is, if all of its day are."""
        rows = [self._as_row(logic, row, case) for row in rows_in(case, logic.list).rows]
        chosen = [row for row in rows if logic.where is None or self.truth(logic.where, row) is Truth.TRUE]
        such = [row for row in chosen if logic.such is None or self.truth(logic.such, row) is Truth.TRUE]
        match logic.quantity:
            case Quantity.SOME | Quantity.AT_LEAST:
                return len(such) >= logic.count
            case Quantity.NONE:
                return not such
            case Quantity.EACH:
                return len(such) == len(chosen)
            case Quantity.LATEST:
                days = [row.facts[logic.by] for row in chosen]
                last = max((day for day in days if isinstance(day, date)), default=None)
                of_last = [row for row in chosen if row.facts[logic.by] == last]
                return bool(of_last) and all(row in such for row in of_last)
            case _:
                assert_never(logic.quantity)

    def _as_row(self, logic: OfRows, row: Iterable[tuple[str, Value]], case: Case) -> Case:
        """The case with what one row answers to the fields of its list."""
        return replace(case, facts={**case.facts, **{f"{logic.list}.{name}": answer for name, answer in row}})

    def compare(self, comparison: Comparison, case: Case) -> Truth:
        """A comparison is true if all that can be answered passes, and false if none of it does."""
        if all(is_whole(case.facts.get(fact)) for fact in comparison.facts):
            return truth_of(self._passes(comparison, case))
        return _shared(self.compare(comparison, filled) for filled in self._fill_in(case, comparison.facts))

    def _passes(self, comparison: Comparison, case: Case) -> bool:
        if isinstance(comparison.test, HasNone):
            return case.facts[comparison.fact] in (NoValue(), frozenset())
        if any(isinstance(case.facts[fact], NoValue) for fact in comparison.facts):
            # What has no value passes no comparison, and nothing is counted from it.
            return False
        test, value = comparison.test, self._date_or_answer(comparison.fact, case)
        match test:
            case IsOneOf(values):
                return value in values
            case IncludesAnyOf(options):
                assert isinstance(value, frozenset)
                declared = self.policy.facts[comparison.fact]
                if isinstance(declared, SetOf) and declared.codes is not None:
                    return _holds_code(value, [one for one in declared.codes.sets if one.id in options], case.date)
                return bool(value & options)
            case Range(low, high):
                answer = self._position(value, comparison.fact)
                return self._above(answer, low, comparison.fact) and self._below(answer, high, comparison.fact)
            case Elapsed(direction, anchor_fact):
                anchor = self._date_or_answer(anchor_fact or REQUEST, case)
                assert isinstance(value, date)
                assert isinstance(anchor, date)
                sign = -1 if direction is Direction.BEFORE else 1
                return _has_elapsed(test, sign, anchor, value)
            case _:
                assert_never(test)

    def _date_or_answer(self, fact: str, case: Case) -> Value:
        return case.date if fact == REQUEST else case.facts[fact]

    def _above(self, answer: Amount, low: Bound | None, fact: str) -> bool:
        if low is None:
            return True
        edge = self._position(low.value, fact)
        return answer >= edge if low.included else answer > edge

    def _below(self, answer: Amount, high: Bound | None, fact: str) -> bool:
        if high is None:
            return True
        edge = self._position(high.value, fact)
        return answer <= edge if high.included else answer < edge

    def _position(self, value: Value, fact: str) -> Amount:
        """Where an answer stands in the order of its fact: the number itself, a day's number, an option's rank."""
        if isinstance(value, str):
            declared = self.policy.facts[fact]
            assert isinstance(declared, OneOf)
            return [option.id for option in declared.options].index(value)
        if isinstance(value, date):
            return value.toordinal()
        assert not isinstance(value, frozenset | Partial | NoValue | Rows)
        return value

    def rules(self) -> list[Rule]:
        """The rules that decide the request on its date, in order of precedence."""
        return [rule for rule in self.policy.rules_for(self.record.request) if self.in_force(rule.criterion)]

    def otherwise(self) -> Outcome:
        """What the policy says where no rule is met."""
        rest = self.policy.otherwise_for(self.record.request)
        return rest.outcome if rest else Outcome.NOT_ADDRESSED

    def outcomes(self, case: Case) -> frozenset[Outcome]:
        """Every outcome that a case can come to: what every answer gives, else what the first rule that is met says."""
        if self.record.complete:
            opened = Specification(self.policy, replace(self.record, complete=False), self.answers)
            agreed = opened.outcomes(opened.record)
            if len(agreed) == 1:
                return agreed
        possible: set[Outcome] = set()
        for rule in self.rules():
            met = self.met(rule.criterion, case)
            if met is not Truth.FALSE:
                possible.add(rule.outcome)
            if met is Truth.TRUE:
                break
        else:
            possible.add(self.otherwise())
        if len(possible) == 1:
            return frozenset(possible)
        return frozenset().union(*(self.outcomes(filled) for filled in self._fill_in(case, self._asked())))

    def outcome(self) -> Outcome:
        """The one outcome that the record can come to; while there are several, more information is needed."""
        outcomes = self.outcomes(self.record)
        return next(iter(outcomes)) if len(outcomes) == 1 else Outcome.MORE_INFORMATION

    def needed(self) -> frozenset[str]:
        """The facts that could change the outcome: all else being answered, two answers lead to two outcomes."""
        unknown = [fact for fact in self._asked() if not is_answered(fact, self.record)]
        return frozenset(fact for fact in unknown if self.outcome() is Outcome.MORE_INFORMATION and self._turns(fact))

    def _turns(self, fact: str) -> bool:
        others = [other for other in self._asked() if other != fact]
        answered = (self._fill_in(filled, [fact]) for filled in self._filled(self.record, others))
        return any(len(frozenset().union(*map(self.outcomes, cases))) > 1 for cases in answered)

    def _filled(self, case: Case, facts: Sequence[str]) -> Iterator[Case]:
        """The case with every combination of answers to some facts."""
        if all(is_answered(fact, case) for fact in facts):
            yield case
            return
        for filled in self._fill_in(case, facts):
            yield from self._filled(filled, facts)

    def _asked(self) -> list[str]:
        asked = deciding([rule.criterion for rule in self.rules()], self.policy)
        return sorted(subjects(asked, self.record))


def _completes(answer: Value, held: Partial | None) -> bool:
    """The answers of a list that may hold more are those with its members, of a date known to a month its days."""
    match held:
        case Including(members):
            return isinstance(answer, frozenset) and members <= answer
        case Month():
            return isinstance(answer, date) and held.first <= answer <= held.last
        case Within(low, high):
            if isinstance(answer, NoValue):
                return False
            assert isinstance(answer, int | Decimal)
            return (low is None or low <= answer) and (high is None or answer <= high)
        case None:
            return True
        case _:
            assert_never(held)


def _holds_code(codes: frozenset[str], sets: Iterable[CodeSet], day: date) -> bool:
    """A list holds a code of some sets if a row of one of them stands for one of its codes on the day."""
    return any(row.has(code, day) for code in codes for one in sets for row in one.rows)


def _has_elapsed(test: Elapsed, sign: int, anchor: date, value: date) -> bool:
    """So much time lies between two dates if the one lies on its side of the days that are so far from the other."""

    def beyond(length: Length | None) -> int:
        edge = anchor if length is None else shifted(anchor, length.duration, sign)
        return sign * (value - edge).days

    near = beyond(test.low) >= (0 if test.low is None or test.low.included else 1)
    return near and (test.high is None or beyond(test.high) <= (0 if test.high.included else -1))


def quantified(logic: Quantified, truths: Iterable[Truth]) -> Truth:
    """A list is true if as many of its members are as its kind says."""
    match logic:
        case AllOf():
            return conjunction(truths)
        case AnyOf():
            return disjunction(truths)
        case AtLeast(count):
            return at_least(count, truths)
        case _:
            assert_never(logic)


def _shared(truths: Iterable[Truth]) -> Truth:
    """The truth that all of these share; unknown where they differ."""
    found = Truth.UNKNOWN
    for number, truth in enumerate(truths):
        if truth is Truth.UNKNOWN or (number and truth is not found):
            return Truth.UNKNOWN
        found = truth
    return found
