"""Unrolling: a policy whose lists have so many rows as one that has no lists, with facts for each row.

What is asked of rows becomes what is asked of these facts. For each criterion that asks of rows, a yes-no fact of its
own stands for what further rows would make of it: "no" where a list is whole, unknown where it may go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import takewhile
from typing import assert_never

from cdispec.core.alike import Alike, alike, conjunction_of, conjuncts, conjuncts_of_rows, is_beside
from cdispec.core.tally import Tallied, Tallies
from cdispec.logic import Truth
from cdispec.model.case import Case, StatedCase, with_answers
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    Direction,
    Elapsed,
    IsOneOf,
    ListOf,
    Logic,
    Not,
    OfRows,
    Period,
    Quantity,
    Reference,
    holding,
    members,
    parts,
    walk,
)
from cdispec.model.facts import Fact, Rows, Value, YesNo, is_field
from cdispec.model.policy import Policy, all_criteria, blocks
from cdispec.model.records import MOST_ROWS, Counted, RecordList, field_in_row, row_id, rows_in
from cdispec.model.remade import with_logic


class Part(Enum):
    """What a criterion of the unrolled policy is to its reader, where it is none that the policy states.

    OWN: what the policy itself asks of rows. ROW: what it asks of one row. FURTHER: what further rows would make of
    it. THROUGH: only its parts are of interest. HIDDEN: nothing of it is.
    """

    OWN = auto()
    ROW = auto()
    FURTHER = auto()
    THROUGH = auto()
    HIDDEN = auto()


@dataclass(frozen=True, slots=True)
class Origin:
    """What a criterion of the unrolled policy is, and of which row of which list, where it is of one."""

    part: Part
    list: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Further:
    """A fact that stands for what further rows would make of a criterion that asks for rows."""

    list: str
    criterion: str


@dataclass(frozen=True, slots=True)
class Unrolled:
    """A policy with so many rows of each of its lists.

    `policy` has no lists. `origins` are the criteria of it that the surface does not state, by their ids; `reported`
    gives for each fact of it that the surface does not have how results name it: `tests#1.value`, or the list.
    `counted` are the numbers of rows for which criteria ask as well, each with the facts that there is a further such
    row, that there are two, and so on.
    """

    surface: Policy
    policy: Policy
    slots: Mapping[str, int]
    origins: Mapping[str, Origin]
    reported: Mapping[str, str]
    further: Mapping[str, Further]
    tallies: Tallies
    counted: Mapping[str, Sequence[str]]

    def case(self, case: StatedCase) -> Case:
        """A case of the surface as one of the unrolled policy, with what is counted over its rows."""
        return self.with_counted(case, self.tallies.known(case))

    def with_counted(self, case: StatedCase, known: Mapping[str, Tallied]) -> Case:
        """The same, where what is counted is known."""
        facts = {id: value for id, value in case.facts.items() if id not in self.slots}
        facts |= self.tallies.answers(case, known)
        for id, slots in self.slots.items():
            facts |= _row_answers(id, rows_in(case, id), slots)
        for id in self.counted.keys() & case.facts.keys():
            facts |= self._further_by_count(id, case)
        whole = {id for id in self.slots if rows_in(case, id).whole}
        facts |= {id: False for id, one in self.further.items() if one.list in whole}
        return with_answers(case, self.surface.number, facts)

    def _further_by_count(self, id: str, case: StatedCase) -> dict[str, Value]:
        """How many further rows there are by a number that is given: what it has beyond the rows that are known."""
        number, further = case.facts[id], self.counted[id]
        low, high = self.tallies.among_known_rows(id, case)
        if not isinstance(number, int):
            return {}
        answers: dict[str, Value] = {fact: True for count, fact in enumerate(further, 1) if count <= number - high}
        return answers | {fact: False for count, fact in enumerate(further, 1) if count > number - low}


def _row_answers(id: str, rows: Rows, slots: int) -> dict[str, Value]:
    answers: dict[str, Value] = {row_id(id, number): number <= len(rows.rows) for number in range(1, slots + 1)}
    for number, row in enumerate(rows.rows, 1):
        answers |= {f"{row_id(id, number)}.{name}": value for name, value in row}
    return answers


def slots_for(policy: Policy, case: StatedCase) -> dict[str, int]:
    """How many rows of each list a policy must have to decide a case: few numbers, so that few policies are made."""
    return {id: _rounded_up(len(rows_in(case, id).rows)) for id in policy.lists}


def _rounded_up(count: int) -> int:
    assert count <= MOST_ROWS
    return 1 << max(count - 1, 0).bit_length()


def unrolled(policy: Policy, slots: Mapping[str, int]) -> Unrolled:
    """A policy that is free of errors, with so many rows of each of its lists."""
    if not policy.lists:
        return Unrolled(policy, policy, {}, {}, {}, {}, Tallies(policy), {})
    return _Unrolling(policy, slots).made()


@dataclass(slots=True)
class _Unrolling:
    policy: Policy
    slots: Mapping[str, int]
    facts: dict[str, Fact] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    reported: dict[str, str] = field(default_factory=dict)
    further: dict[str, Further] = field(default_factory=dict)
    alike: dict[Alike, list[Criterion]] = field(default_factory=dict)
    """The criteria that ask for the same rows, which further rows answer together."""

    def made(self) -> Unrolled:
        policy = self.policy
        self.facts |= {id: fact for id, fact in policy.facts.items() if not is_field(fact)}
        for of in policy.lists.values():
            self._declare(of)
        for criterion in all_criteria(policy):
            if isinstance(criterion.logic, OfRows):
                self.alike.setdefault(self.asked_rows(criterion.logic), []).append(criterion)
        stated = {block.criterion.id: self._criterion(block.criterion) for block in blocks(policy)}
        held = {part.id for one in policy.brought.values() for part in parts(one)}
        asked_elsewhere = [self._criterion(one) for id, one in policy.brought.items() if id not in held]
        brought = {node.id: node for one in asked_elsewhere for node in walk(one)}
        criteria = brought | {node.id: node for one in stated.values() for node in walk(one)}
        flat = replace(with_logic(policy, stated), facts=self.facts, lists={}, criteria=criteria, brought=brought)
        counted = {id: facts for of in policy.lists.values() for id, facts in self._counted(of)}
        return Unrolled(policy, flat, self.slots, self.origins, self.reported, self.further, Tallies(policy), counted)

    def _counted(self, of: RecordList) -> Iterator[tuple[str, list[str]]]:
        """The numbers of such rows of a list as criteria ask for, with what stands for further ones."""
        for id, tally in of.tallies.items():
            asked = [] if tally.where is None else [*conjuncts(tally.where)]
            same = self.alike.get((of.id, conjunction_of(alike(one, self.policy.facts, no) for one, no in asked)), [])
            if (
                tally.counted is Counted.NUMBER
                and same
                and not any(is_beside(one, self.policy.facts) for one, _ in asked)
            ):
                facts = (f"{of.id}#{same[0].id}.so-{count}" for count in range(1, MOST_ROWS))
                yield id, [*takewhile(self.further.__contains__, facts)]

    def _declare(self, of: RecordList) -> None:
        """The facts of each row of a list: whether there is such a row, and its fields."""
        for number in range(1, self.slots[of.id] + 1):
            row = row_id(of.id, number)
            self.declare_row(row, of, f"{of.name} have a number {number}")
            for name, fact in of.fields.items():
                id = f"{row}.{name}"
                self.facts[id], self.reported[id] = replace(fact, id=id), id

    def declare_row(self, id: str, of: RecordList, phrase: str) -> None:
        self.facts[id] = YesNo(id, of.question, phrase, f"it is not so that {phrase}", of.place)
        self.reported[id] = of.id

    def asked_rows(self, asked: OfRows) -> Alike:
        """Which rows a criterion asks for: "each" for those that are not as is asked."""
        facts = self.policy.facts
        if asked.quantity is Quantity.LATEST:
            return asked.list, asked.by, *(alike(one, facts) for one in members(asked))
        return asked.list, conjunction_of(alike(one, facts, denied) for one, denied in conjuncts_of_rows(asked))

    def _criterion(self, criterion: Criterion) -> Criterion:
        """A criterion of the surface with what it asks of rows asked of the facts of each."""
        if isinstance(criterion.logic, OfRows):
            guard = None if criterion.unless is None else self._criterion(criterion.unless)
            self.origins[criterion.id] = Origin(Part.OWN, criterion.logic.list)
            return replace(criterion, logic=_OfRowsLogic(self, criterion, criterion.logic).logic(), unless=guard)
        below = parts(criterion)
        return holding(criterion, tuple(self._criterion(part) for part in below)) if below else criterion


class _OfRowsLogic:
    """What one criterion asks of the rows of a list, asked of the facts of each row."""

    def __init__(self, unrolling: _Unrolling, criterion: Criterion, asked: OfRows) -> None:
        self.unrolling, self.criterion, self.asked = unrolling, criterion, asked
        self.of = unrolling.policy.lists[asked.list]
        self.numbers = range(1, unrolling.slots[asked.list] + 1)
        same = unrolling.alike[unrolling.asked_rows(asked)]
        self.first = same[0]
        self.beside = [one for one in conjuncts_of_rows(asked) if is_beside(one[0], unrolling.policy.facts)]
        counts = [one.logic.count for one in same if isinstance(one.logic, OfRows)]
        # One more than is asked, so that a policy that asks for one row more has the same facts.
        against = ("against",) if asked.quantity is Quantity.LATEST else ()
        for named in (*against, *(f"so-{number}" for number in range(1, max(counts) + 2))):
            self._declare(named)

    def logic(self) -> Logic:
        """So many rows are as is asked, further rows considered."""
        asked = self.asked
        match asked.quantity:
            case Quantity.SOME:
                return AnyOf((*self._such_rows(), self._further("so-1")), False)
            case Quantity.AT_LEAST:
                further = (self._further(f"so-{number}") for number in range(1, asked.count + 1))
                return AtLeast(asked.count, (*self._such_rows(), *further))
            case Quantity.NONE:
                return Not(self._made("any", AnyOf((*self._such_rows(), self._further("so-1")), False), Part.THROUGH))
            case Quantity.EACH:
                return AllOf((*(self._passing(number) for number in self.numbers), self._not_further("so-1")))
            case Quantity.LATEST:
                latest = AnyOf((*(self._latest(number) for number in self.numbers), self._further("so-1")), False)
                return AllOf((self._made("any", latest, Part.THROUGH), self._not_further("against")))
            case _:
                assert_never(asked.quantity)

    def _such_rows(self) -> tuple[Criterion, ...]:
        return tuple(self._row(number, AllOf((self._is_row(number), *self._asked(number)))) for number in self.numbers)

    def _passing(self, number: int) -> Criterion:
        """A row is as each is to be: there is none, or it is none of those that are asked for, or it is as is asked."""
        out = [self._not(f"{number}.no", self._is_row(number), Part.HIDDEN)]
        if self.asked.where is not None:
            out.append(self._not(f"{number}.other", self._copied(self.asked.where, number), Part.THROUGH))
        return self._row(number, AnyOf((*out, self._such(number)), False))

    def _latest(self, number: int) -> Criterion:
        """A row is as is asked, and none that is not lies on its day or later.

        A later one that is as is asked stands for itself.
        """
        later = [self._unlike_later(other, number) for other in self.numbers if other != number]
        none = [self._not(f"{number}.later", self._made(f"{number}.later", AnyOf(tuple(later), False)), Part.HIDDEN)]
        return self._row(number, AllOf((self._is_row(number), *self._asked(number), *(none if later else ()))))

    def _unlike_later(self, other: int, number: int) -> Criterion:
        """Another row counts, is not as is asked, and lies on the day of a row or later."""
        one, two = (field_in_row(self.asked.by, row) for row in (other, number))
        after = self._made(f"{number}.{other}.day", Comparison(one, Elapsed(Direction.AFTER, two)))
        return self._made(f"{number}.{other}", AllOf((self._unlike(other), after)))

    def _unlike(self, number: int) -> Criterion:
        """A row counts, and is not as is asked."""
        where = self.asked.where
        asked = () if where is None else (self._copied(where, number),)
        unlike = self._not(f"{number}.unlike", self._such(number), Part.HIDDEN)
        return self._made(f"{number}.unlike", AllOf((self._is_row(number), *asked, unlike)))

    def _asked(self, number: int) -> tuple[Criterion, ...]:
        """What is asked of a row; what joins conditions with "all" and has no words is no step of its own."""
        stated = [self._copied(part, number) for part in (self.asked.where, self.asked.such) if part is not None]
        joined = (one.logic.of if isinstance(one.logic, AllOf) and one.text is None else (one,) for one in stated)
        return tuple(one for some in joined for one in some)

    def _such(self, number: int) -> Criterion:
        assert self.asked.such is not None
        return self._copied(self.asked.such, number)

    def _row(self, number: int, logic: Logic) -> Criterion:
        made = self._made(str(number), logic)
        self.unrolling.origins[made.id] = Origin(Part.ROW, self.of.id, number)
        return made

    def _is_row(self, number: int) -> Criterion:
        return self._made(f"{number}.is", _is_so(row_id(self.of.id, number)))

    def _further(self, named: str) -> Criterion:
        """What further rows would make of the criterion: what is asked of other facts than fields is so of none of them
        or of each.
        """
        further = _is_so(self._fact(named))
        if not self.beside or self.asked.quantity is Quantity.LATEST:
            return self._made(named, further, Part.FURTHER)
        asked = [self._made(f"{named}.is", further)]
        for one, denied in self.beside:
            copied = self._copied(one, 0)
            asked.append(self._not(f"{named}.{one.id}", copied, Part.HIDDEN) if denied else copied)
        return self._made(named, AllOf((*asked,)), Part.FURTHER)

    def _declare(self, named: str) -> None:
        # Each criterion has facts of its own, which an edit of it may ask where it no longer asks for the same rows.
        for one in (self.first, self.criterion):
            id = f"{self.of.id}#{one.id}.{named}"
            self.unrolling.declare_row(id, self.of, f"{self.of.name} have others that matter")
            self.unrolling.further[id] = Further(self.of.id, one.id)

    def _fact(self, named: str) -> str:
        return f"{self.of.id}#{self.first.id}.{named}"

    def _not_further(self, named: str) -> Criterion:
        further = self._further(named)
        self.unrolling.origins[further.id] = Origin(Part.HIDDEN, self.of.id)
        return self._not(named, further, Part.FURTHER)

    def _not(self, named: str, of: Criterion, part: Part) -> Criterion:
        return self._made(f"{named}.not", Not(of), part)

    def _made(self, named: str, logic: Logic, part: Part = Part.HIDDEN) -> Criterion:
        """A criterion that the surface does not state."""
        stated = self.criterion
        id = f"{stated.id}#{named}"
        self.unrolling.origins[id] = Origin(part, self.of.id)
        return Criterion(id, stated.label, None, (), logic, None, Period(), Truth.FALSE, stated.place)

    def _copied(self, criterion: Criterion, number: int) -> Criterion:
        """What is asked of each row, asked of one."""
        below: Iterable[Criterion] = (self._copied(part, number) for part in parts(criterion))
        logic = criterion.logic
        match logic:
            case Comparison(fact, test):
                if isinstance(test, Elapsed) and test.anchor is not None:
                    test = replace(test, anchor=field_in_row(test.anchor, number))
                logic = Comparison(field_in_row(fact, number), test)
            case ListOf() | Not():
                logic = holding(criterion, tuple(below)).logic
            case Reference() | OfRows():
                raise AssertionError("a row is asked for no other clause and no other list")
            case _:
                assert_never(logic)
        return replace(criterion, id=f"{criterion.id}#{number}", logic=logic)


def _is_so(fact: str) -> Comparison:
    return Comparison(fact, IsOneOf(frozenset([True])))
