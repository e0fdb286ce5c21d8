"""Dates that are counted from one another: which truths of the atoms between them can go together.

Each edge of an atom is a difference of two dates with a bound, and a set of such bounds can be met if and only if no
way around a circle of them is too short (the shortest-path method for difference constraints; T. H. Cormen and others,
Introduction to Algorithms, section 22.4). Months have no one length: with the loosest of their lengths nothing that is
possible is ruled out, with the tightest nothing is let through that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from itertools import combinations as subsets
from typing import NamedTuple, assert_never

from cdispec.core.calendar import lengths
from cdispec.core.known import Known
from cdispec.core.program import Answer, Constant, Edge, Lies, Moved, RequestDate, Span, Term, facts_of


class _Date(NamedTuple):
    """A date as a variable (0 is the calendar's beginning) and the fewest and most days that it lies after it."""

    variable: int
    least: int
    most: int


class _Bound(NamedTuple):
    """That one date lies at most so many days after another, whatever the length of the months, and in any case."""

    later: int
    earlier: int
    loose: int
    tight: int


Bounds = list[_Bound]
"""Bounds that must all be met."""

Matrix = list[list[int]]
"""For each two variables the most days that the first can lie after the second."""

UNBOUNDED = 10**9
"""More days than the calendar has."""


def combinations(
    facts: Sequence[str], atoms: Sequence[Lies], known: Known, spend: Callable[[int], None]
) -> dict[tuple[bool, ...], bool]:
    """The combinations of truths of atoms that are not ruled out, and whether some dates surely have them.

    Of dates that may have no value each choice is tried: what asks them then fails, whatever the others are.
    """
    optional = [fact for fact in facts if known.may_have_none(fact)]
    rows: dict[tuple[bool, ...], bool] = {}
    for none in chain.from_iterable(subsets(optional, size) for size in range(len(optional) + 1)):
        failing = [not {*none}.isdisjoint(facts_of(atom)) for atom in atoms]
        asked = [atom for atom, fails in zip(atoms, failing, strict=True) if not fails]
        for row, sure in _of_values([fact for fact in facts if fact not in none], asked, known, spend).items():
            truths = iter(row)
            whole = tuple(not fails and next(truths) for fails in failing)
            rows[whole] = rows.get(whole, False) or sure
    return dict(sorted(rows.items()))


def _of_values(
    facts: Sequence[str], atoms: Sequence[Lies], known: Known, spend: Callable[[int], None]
) -> dict[tuple[bool, ...], bool]:
    """The combinations where each date has a value."""
    search = _Search(facts, known)
    rows: dict[tuple[bool, ...], bool] = {}
    start = search.start()
    stack: list[tuple[tuple[bool, ...], list[list[Bounds]], Matrix, Matrix | None]] = [((), [], start, start)]
    while stack:
        row, clauses, loose, tight = stack.pop()
        spend(len(facts) ** 2)
        if not clauses and len(row) == len(atoms):
            rows[row] = rows.get(row, False) or tight is not None
            continue
        if not clauses:
            atom = atoms[len(row)]
            stack += [((*row, truth), search.clauses(atom, truth), loose, tight) for truth in (False, True)]
            continue
        for bounds in clauses[0]:
            still = _bounded(loose, [(bound.later, bound.earlier, bound.loose) for bound in bounds])
            if still is not None:
                certain = None
                if tight is not None:
                    certain = _bounded(tight, [(bound.later, bound.earlier, bound.tight) for bound in bounds])
                stack.append((row, clauses[1:], still, certain))
    return rows


class _Search:
    """The dates of some facts as variables, numbered from 1."""

    def __init__(self, facts: Sequence[str], known: Known) -> None:
        self._known = known
        self._variables = {fact: number for number, fact in enumerate(facts, start=1)}

    def start(self) -> Matrix:
        """What is true of the dates before anything is asked of them."""
        size = len(self._variables) + 1
        matrix: Matrix = [[0 if row == column else UNBOUNDED for column in range(size)] for row in range(size)]
        for fact, number in self._variables.items():
            low, high = map(int, self._known.domain(fact))
            matrix[number][0], matrix[0][number] = high, -low
        closed = _bounded(matrix, [(row, 0, matrix[row][0]) for row in range(1, size)])
        assert closed is not None
        return closed

    def clauses(self, atom: Lies, truth: bool) -> list[list[Bounds]]:
        """What brings an atom to a truth: of each clause one of its alternatives must hold."""
        if truth:
            return [[[self._bound(atom.term, edge, side, True) for edge, side in _sides(span)] for span in atom.spans]]
        return [[[self._bound(atom.term, edge, side, False)] for edge, side in _sides(span)] for span in atom.spans]

    def _bound(self, term: Term, edge: Edge, side: int, inside: bool) -> _Bound:
        """That a term lies on the inner (or outer) side of an edge: above a low one (`side` 1), below a high one."""
        date, limit = self._date(term), self._date(edge.term)
        later, earlier = (limit, date) if (side == 1) is inside else (date, limit)
        apart = 0 if edge.included is inside else 1
        # later - earlier <= -apart, each so many days after its variable.
        loose, tight = earlier.most - later.least - apart, earlier.least - later.most - apart
        return _Bound(later.variable, earlier.variable, loose, tight)

    def _date(self, term: Term) -> _Date:
        match term:
            case Answer(fact):
                if fact in self._variables:
                    return _Date(self._variables[fact], 0, 0)
                return self._fixed(term)
            case Constant() | RequestDate():
                return self._fixed(term)
            case Moved(of, duration, sign):
                date = self._date(of)
                if date.variable == 0:
                    return self._fixed(term)
                least, most = sorted(sign * length for length in lengths(duration, sign))
                return _Date(date.variable, date.least + least, date.most + most)
            case _:
                assert_never(term)

    def _fixed(self, term: Term) -> _Date:
        known = self._known.interval(term)
        return _Date(0, int(known.low), int(known.high))


def _sides(span: Span) -> list[tuple[Edge, int]]:
    return [(edge, side) for edge, side in ((span.low, 1), (span.high, -1)) if edge is not None]


def _bounded(matrix: Matrix, bounds: Sequence[tuple[int, int, int]]) -> Matrix | None:
    """The matrix with further bounds, closed under going from date to date; None where they cannot all be met."""
    closed = [list(row) for row in matrix]
    for later, earlier, most in bounds:
        if most < closed[later][earlier] or later == earlier:
            for row in closed:
                through = row[later] + most
                for column, beyond in enumerate(closed[earlier]):
                    row[column] = min(row[column], through + beyond)
            if any(closed[number][number] < 0 for number in range(len(closed))):
                return None
    return closed
