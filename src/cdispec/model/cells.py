"""Cells: sets of codes cut into parts that share no code, so that what a list holds of one says nothing of another.

Where a code is in two sets, or one set holds all of another, "one of the first" and "one of the second" are not
independent. Each code is in one cell, which says in which sets it is on that day; a list may hold codes of any cells.
What is in no set has a cell, too, so that a list without any cell is empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache

from cdispec.model.case import StatedCase, with_answers
from cdispec.model.codes import Cell, CodeRow, CodeSet, codes_in, first_code, is_code, other_spelling, span_of, spelled
from cdispec.model.criteria import Test, named_options
from cdispec.model.facts import Fact, Including, SetOf, Value
from cdispec.model.policy import Policy

UNLISTED = ("R69", "Z99.9", "A00.0", "99199", "00000ZZ")
"""Codes that are shown where one is wanted that is in no set."""

Days = tuple[date, date]
"""From one day to another, both included."""

ALL_DAYS: Days = (date.min, date.max)

_Asked = frozenset[tuple[int, date, date]]
"""The rows that stand for a stretch of codes: of which set, from when and until when."""

_Sets = frozenset[int]
"""In which of the sets a code is, by their numbers."""


class Cells:
    """The cells of some sets. It is made once for these, and then finds the cell of a code by its place in order."""

    def __init__(self, sets: tuple[CodeSet, ...], system: str) -> None:
        self._sets, self._system = sets, system
        self._number = {one: number for number, one in enumerate(sets)}
        self._bounds, self._asked = _stretches(sets)
        self._periods = _periods(sets)
        self._codes = self._first_codes()
        self._found = {asked: [_on(asked, start) for start, _ in self._periods] for asked in self._codes}
        every = sorted({_Sets(), *(found for of in self._found.values() for found in of)}, key=sorted)
        self._cells = {found: Cell(f"cell {number}") for number, found in enumerate(every)}

    @property
    def ids(self) -> tuple[Cell, ...]:
        """All cells."""
        return tuple(self._cells.values())

    def by_sets(self) -> list[tuple[str, list[int]]]:
        """Each cell with the numbers of the sets that its codes are in."""
        return [(str(cell), sorted(sets)) for sets, cell in self._cells.items()]

    def of_sets(self, ids: frozenset[str]) -> list[Cell]:
        """The cells of which the codes are in one of some sets."""
        wanted = {number for number, one in enumerate(self._sets) if one.id in ids}
        return [cell for sets, cell in self._cells.items() if not wanted.isdisjoint(sets)]

    @property
    def rest(self) -> Cell:
        """The cell of codes that are in none of the sets."""
        return self._cells[_Sets()]

    def of_code(self, code: str, day: date) -> Cell:
        """The cell that a code is in on a day."""
        at = bisect_right(self._bounds, code) - 1
        return self._cells[_on(self._asked[at], day)] if at >= 0 else self.rest

    def has(self, code: str) -> bool:
        """Whether a code is in one of the sets on some day."""
        at = bisect_right(self._bounds, code) - 1
        return at >= 0 and bool(self._asked[at])

    def sets_of(self, code: str, day: date) -> list[CodeSet]:
        """The sets that a code is in on a day."""
        at = bisect_right(self._bounds, code) - 1
        return [self._sets[number] for number in sorted(_on(self._asked[at], day))] if at >= 0 else []

    @cached_property
    def days(self) -> dict[Cell, tuple[Days, ...]]:
        """On which days some code is in a cell; of one that has codes on every day, all of them as one."""
        found: dict[Cell, list[Days]] = {cell: [] for cell in self.ids if cell != self.rest}
        for number, (start, end) in enumerate(self._periods):
            for cell in {self._cells[of[number]] for of in self._found.values() if of[number]}:
                own = found[cell]
                if own and own[-1][1] + timedelta(1) == start:
                    own[-1] = own[-1][0], end
                else:
                    own.append((start, end))
        # There are always more codes than those that are listed.
        return {self.rest: (ALL_DAYS,), **{cell: tuple(own) for cell, own in found.items()}}

    def within(self, cell: str, of: Cells | None) -> list[Cell]:
        """The cells into which a cell of some of these sets is cut."""
        assert of is not None
        [own] = (sets for sets, one in of._cells.items() if one == cell)
        known = {self._number[one]: number for number, one in enumerate(of._sets)}
        return [one for sets, one in self._cells.items() if {known[n] for n in sets if n in known} == own]

    def code_of(self, cell: str, day: date) -> str:
        """A code that is in a cell on a day; "" where none is found."""
        if cell == self.rest:
            usual = (code for code in UNLISTED if is_code(code, self._system) and self.of_code(code, day) == cell)
            return next(usual, self._shown.get((cell, self._period(day)), ""))
        return self._shown.get((cell, self._period(day)), "")

    def _first_codes(self) -> dict[_Asked, str]:
        """For the rows that stand for a stretch a code there; between two rows there may be none of the system."""
        codes: dict[_Asked, str] = {}
        for low, high, asked in zip(self._bounds, self._bounds[1:], self._asked, strict=False):
            if asked not in codes and (code := first_code(low, high, self._system)):
                codes[asked] = code
        return codes

    def _period(self, day: date) -> int:
        return bisect_right(self._periods, (day, date.max)) - 1

    @cached_property
    def _shown(self) -> dict[tuple[str, int], str]:
        """For each cell and each period the plainest code that is in it."""
        codes = self._codes
        shown: dict[tuple[str, int], str] = {}
        for asked, of in self._found.items():
            for number, sets in enumerate(of):
                key = self._cells[sets], number
                shown[key] = min(shown.get(key, codes[asked]), codes[asked])
        return shown


def _on(asked: _Asked, day: date) -> _Sets:
    return frozenset(number for number, start, end in asked if start <= day <= end)


def _stretches(sets: tuple[CodeSet, ...]) -> tuple[list[str], list[_Asked]]:
    """Where the order of codes is cut, and which rows stand for what lies behind each cut."""
    begin: dict[str, list[tuple[int, date, date]]] = {}
    finish: dict[str, list[tuple[int, date, date]]] = {}
    for number, one in enumerate(sets):
        for row in one.rows:
            low, high = span_of(row.pattern)
            asked = number, row.start, row.end
            begin.setdefault(low, []).append(asked)
            finish.setdefault(high, []).append(asked)
    bounds, found = sorted({*begin, *finish}), list[_Asked]()
    same: dict[_Asked, _Asked] = {}
    active = Counter[tuple[int, date, date]]()
    for bound in bounds:
        active.subtract(finish.get(bound, ()))
        active.update(begin.get(bound, ()))
        now = frozenset(asked for asked, count in active.items() if count > 0)
        for asked in finish.get(bound, ()):
            if not active[asked]:
                del active[asked]
        found.append(same.setdefault(now, now))
    return bounds, found


def _periods(sets: tuple[CodeSet, ...]) -> list[Days]:
    """The periods through which no row begins or ends."""
    turns = {date.min}
    for one in sets:
        for row in one.rows:
            turns |= {row.start, *([row.end + timedelta(1)] if row.end < date.max else [])}
    starts = sorted(turns)
    return [*zip(starts, [*(start - timedelta(1) for start in starts[1:]), date.max], strict=True)]


@lru_cache(maxsize=64)
def cells_of(sets: tuple[CodeSet, ...], system: str) -> Cells:
    """The cells of some sets, made once."""
    return Cells(sets, system)


def cells_for(facts: Iterable[SetOf]) -> Cells | None:
    """The cells of all that is asked of a fact of codes, in one state or several; None of other lists."""
    lists = [fact.codes for fact in facts if fact.codes is not None]
    if not lists:
        return None
    return cells_of(tuple(dict.fromkeys(one for codes in lists for one in codes.sets)), lists[-1].system)


def read_code(text: str, fact: SetOf) -> tuple[str, str, list[str]]:
    """The code that an answer states; "" with the problem, and what may have been meant."""
    assert fact.codes is not None
    system = fact.codes.system
    code = spelled(text, system)
    cells, other = cells_for([fact]), other_spelling(code)
    assert cells is not None
    meant = [other] if is_code(other, system) and cells.has(other) else []
    if not is_code(code, system):
        return "", f"one of {system} is expected" if system else "it has another form", meant
    if meant and not cells.has(code):
        return "", f"the sets that `{fact.id}` is compared with have it as `{other}`", meant
    return code, "", []


def cells_of_facts(facts: Mapping[str, Fact]) -> dict[str, Cells]:
    """The cells of each fact of codes."""
    lists = [fact for fact in facts.values() if isinstance(fact, SetOf)]
    return {fact.id: cells for fact in lists if (cells := cells_for([fact])) is not None}


def codes_of(fact: SetOf, options: Iterable[str], day: date) -> list[str]:
    """Codes that are in some of the sets of a fact on a day: for each set one of each of its cells."""
    cells = cells_for([fact])
    assert cells is not None
    of = [cell for option in sorted(options) for cell in cells.of_sets(frozenset([option]))]
    return list(dict.fromkeys(code for cell in of if (code := cells.code_of(cell, day))))


class AskedCodes:
    """The sets of codes that a criterion asks for, to say which codes of a case are in which of them."""

    def __init__(self, fact: SetOf, cells: Cells, named: frozenset[str]) -> None:
        self._fact, self._cells, self._named = fact.id, cells, named

    def found(self, facts: Mapping[str, Value], day: date) -> list[str]:
        """A sentence for each code that is in one of the sets, and is not itself what is asked."""
        value = facts.get(self._fact)
        held = value.members if isinstance(value, Including) else value
        said = []
        for code in codes_in(held) if isinstance(held, frozenset) else ():
            sets = [one for one in self._cells.sets_of(code, day) if one.id in self._named and one.id != code]
            said += [f"{_described(code, one, day)} is {one.name}" for one in sets]
        return said


def asked_codes(fact: Fact, test: Test) -> AskedCodes | None:
    """The sets of codes that a comparison asks for; None where it asks for something else."""
    cells = cells_for([fact]) if isinstance(fact, SetOf) else None
    return AskedCodes(fact, cells, named_options(test)) if isinstance(fact, SetOf) and cells is not None else None


def _described(code: str, one: CodeSet, day: date) -> str:
    words = [row.description for row in _rows_of(one).get(code, ()) if row.is_on(day) and row.description]
    return f"{code} ({words[0]})" if words else code


@lru_cache(maxsize=64)
def _rows_of(one: CodeSet) -> dict[str, list[CodeRow]]:
    """The rows of a set by what they stand for."""
    found: dict[str, list[CodeRow]] = {}
    for row in one.rows:
        found.setdefault(row.pattern, []).append(row)
    return found


class Coded:
    """Lets the codes of a policy's cases in: with each list go the cells that its codes are in on the day."""

    def __init__(self, policy: Policy) -> None:
        self._cells = cells_of_facts(policy.facts)

    def __bool__(self) -> bool:
        return bool(self._cells)

    def entered(self, case: StatedCase, policy: str) -> StatedCase:
        """A case as it is decided."""
        if not self._cells:
            return case
        return with_answers(case, policy, self.facts(case.facts, case.date))

    def facts(self, facts: Mapping[str, Value], day: date) -> Mapping[str, Value]:
        """Answers with their cells."""
        found = dict(facts)
        for id in self._cells.keys() & facts.keys():
            value = facts[id]
            if isinstance(value, Including):
                found[id] = Including(self._members(id, value.members, day))
            elif isinstance(value, frozenset):
                found[id] = self._members(id, value, day)
        return found

    def _members(self, id: str, members: frozenset[str], day: date) -> frozenset[str]:
        codes = codes_in(members)
        return frozenset([*codes, *(self._cells[id].of_code(code, day) for code in codes)])
