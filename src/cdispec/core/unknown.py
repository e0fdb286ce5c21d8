"""What is unknown in a case, as variables: facts, with the answers that can be told apart; atoms are functions of them.

A fact that is asked by itself is exact. Dates that are counted from one another are variables together (`linked`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context
from itertools import islice, pairwise

from cdispec.core.diagram import Diagrams, Function
from cdispec.core.known import Interval, Known, Limit
from cdispec.core.linked import combinations
from cdispec.core.program import Answer, Atom, Includes, Lies, Point, Term, Yes, edges_of, facts_in, facts_of
from cdispec.logic import Truth
from cdispec.model.facts import DIGITS, NoValue

_WIDE, _ANSWERS = Context(prec=60), Context(prec=DIGITS)
"""Wide enough for the middle of any two numbers, and as wide as an answer can be: there may be none between two."""


@dataclass(frozen=True, slots=True)
class Variable:
    """What is asked as one: unknown facts that are answered together, or a node that stands alone (`node`).

    Several facts are dates that are counted from one another. `sure` says of each answer whether it is certainly
    possible, and not only not ruled out.
    """

    facts: tuple[str, ...]
    sure: tuple[bool, ...]
    node: int | None


class Unknowns:
    """The variables of some unknown nodes, which stand alone or are atoms, and each node as a function of them."""

    def __init__(self, numbers: Sequence[int], known: Known, diagrams: Diagrams) -> None:
        self.variables: list[Variable] = []
        self.functions: dict[int, Function] = {}
        self._known, self._diagrams = known, diagrams
        program = known.program
        atoms = {n: node for n in numbers if isinstance(node := program.nodes[n], Yes | Includes | Lies)}
        joined = {group[0]: (facts, group) for facts, group in _groups(atoms, known)}
        for number in numbers:
            if known.is_alone(number):
                self.functions[number] = self._yes_or_no((), number)
            elif number in joined:
                facts, group = joined[number]
                self._atoms(facts, {n: atoms[n] for n in group})

    def _atoms(self, facts: tuple[str, ...], atoms: dict[int, Atom]) -> None:
        match next(iter(atoms.values())):
            case Yes():
                self.functions |= dict.fromkeys(atoms, self._yes_or_no(facts))
            case Includes():
                self._list(facts, {n: atom for n, atom in atoms.items() if isinstance(atom, Includes)})
            case Lies():
                self._points(facts, {n: atom for n, atom in atoms.items() if isinstance(atom, Lies)})

    def _ask(self, facts: tuple[str, ...], sure: tuple[bool, ...] = (True, True), node: int | None = None) -> int:
        self.variables.append(Variable(facts, sure, node))
        return len(self.variables) - 1

    def _yes_or_no(self, facts: tuple[str, ...], node: int | None = None) -> Function:
        return self._diagrams.question(self._ask(facts, node=node), (False, True))

    def _list(self, facts: tuple[str, ...], atoms: dict[int, Includes]) -> None:
        """Options that the same atoms ask for are one variable: that the list includes one of them."""
        asking: dict[str, list[int]] = {}
        for number, atom in atoms.items():
            for option in sorted(atom.options):
                asking.setdefault(option, []).append(number)
        self._diagrams.spend(len(asking))
        parts: dict[int, list[Function]] = {number: [] for number in atoms}
        for numbers in dict.fromkeys(map(tuple, asking.values())):
            included = self._yes_or_no(facts)
            for number in numbers:
                parts[number].append(included)
        for number, functions in parts.items():
            self.functions[number] = self._diagrams.at_least(1, functions)

    def _points(self, facts: tuple[str, ...], atoms: dict[int, Lies]) -> None:
        asked = list(atoms.values())
        by_itself = len(facts) == 1 and not any(_is_linked(atom, facts[0]) for atom in asked)
        rows = (
            self._rows(facts[0], asked) if by_itself else combinations(facts, asked, self._known, self._diagrams.spend)
        )
        variable = self._ask(facts, tuple(rows.values()))
        for position, number in enumerate(atoms):
            self.functions[number] = self._diagrams.question(variable, tuple(row[position] for row in rows))

    def _rows(self, fact: str, atoms: list[Lies]) -> dict[tuple[bool, ...], bool]:
        """What the answers to one fact make of each atom, all else being known; each combination once."""
        low, high = self._known.domain(fact)
        turns = {turn for atom in atoms for turn in self._turns(fact, atom)}
        whole = self._known.program.domains[fact].whole
        points = [*samples(turns, low, high, whole), *([NoValue()] if self._known.may_have_none(fact) else [])]
        self._diagrams.spend(len(points) * len(atoms))
        answered = (self._known.assuming(fact, point) for point in points)
        return {tuple(known.atom(atom) is Truth.TRUE for atom in atoms): True for known in answered}

    def _turns(self, fact: str, atom: Lies) -> Iterator[Limit]:
        """The points at which an atom may turn from true to false or back, or next to which it may."""
        for edge in edges_of(atom.spans):
            asked, other = (atom.term, edge) if fact in facts_in(atom.term) else (edge, atom.term)
            fixed = self._known.term(other)
            if fact in facts_in(asked) and isinstance(fixed, Interval):
                yield from self._reaching(fact, asked, fixed.low)

    def _reaching(self, fact: str, term: Term, value: Limit) -> Iterator[Limit]:
        """Where a term, which grows with its fact, reaches and passes a value."""
        if isinstance(term, Answer):
            yield value
            return
        low, high = (int(end) for end in self._known.domain(fact))
        days = range(low, high + 1)

        def at(day: int) -> Limit:
            moved = self._known.assuming(fact, day).term(term)
            return moved.low if isinstance(moved, Interval) else math.nan

        yield low + bisect_left(days, True, key=lambda day: at(day) >= value)
        yield low + bisect_left(days, True, key=lambda day: at(day) > value)


def samples(turns: Iterable[Limit], low: Limit, high: Limit, whole: bool) -> list[Point]:
    """Points between two ends, one at least of each kind that some turning points tell apart."""
    inside = sorted(turn for turn in turns if low <= turn <= high)
    if whole:
        ends = {int(end) for end in (low, high) if not isinstance(end, float)}
        near = {math.floor(turn) + step for turn in inside for step in (-1, 0, 1)} | ends
        return sorted(point for point in near or {0} if low <= point <= high)
    finite = [end for end in (low, *inside, high) if not isinstance(end, float)]
    points: dict[Point, None] = dict.fromkeys(finite)
    for one, other in pairwise(finite):
        middle = _WIDE.divide(_WIDE.add(one, other), 2)
        between = (point for point in (_ANSWERS.plus(middle), math.floor(middle)) if one < point < other)
        points.update(dict.fromkeys(islice(between, 1)))
    least, most = (finite[0], finite[-1]) if finite else (0, 0)
    points.update({least - 1: None} if low == -math.inf else {})
    points.update({most + 1: None} if high == math.inf else {})
    return list(points)


def _is_linked(atom: Lies, fact: str) -> bool:
    """Whether a fact is compared with what is counted from itself."""
    return fact in facts_in(atom.term) and any(fact in facts_in(edge) for edge in edges_of(atom.spans))


def _groups(atoms: Mapping[int, Atom], known: Known) -> list[tuple[tuple[str, ...], list[int]]]:
    """The atoms that share unknown facts, by number, with these facts."""
    groups: dict[int, tuple[dict[str, None], list[int]]] = {}
    group_of: dict[str, int] = {}
    for number, atom in atoms.items():
        if known.is_alone(number):
            continue
        facts = dict.fromkeys(fact for fact in facts_of(atom) if not known.answered(fact))
        joined = [number]
        earlier = list(dict.fromkeys(group_of[fact] for fact in facts if fact in group_of))
        for first in sorted(earlier, key=list(groups).index, reverse=True):
            its_facts, its_atoms = groups[first]
            facts, joined = its_facts | facts, its_atoms + joined
        for first in earlier:
            del groups[first]
        groups[joined[0]] = facts, joined
        group_of.update(dict.fromkeys(facts, joined[0]))
    return [(tuple(facts), joined) for facts, joined in groups.values()]
