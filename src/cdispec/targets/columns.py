"""A program over many cases at once: for each node one number with a bit for each case of which it is true.

Three-valued logic is then a few operations on whole numbers, whatever the number of cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import NamedTuple, assert_never

from cdispec.core.certainty import Certainty
from cdispec.core.known import Known
from cdispec.core.program import (
    Atom,
    Domain,
    Gate,
    Includes,
    Inverse,
    Lies,
    Node,
    Program,
    Shown,
    Yes,
    children,
    facts_of,
    is_dated,
    nodes_below,
)
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.facts import Ranged


class Column(NamedTuple):
    """The cases of which a node is true, those of which it is false, and those of which that is not worked out.

    Of the last it is unknown to three-valued logic, and more is to be known (`core.exact`).
    """

    true: int
    false: int
    vague: int = 0


class Columns:
    """The nodes of a table, which may grow, in some cases.

    `given` are the columns of yes-no facts that the cases do not hold; there may come to be more of them.
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        domains: Mapping[str, Domain],
        certainty: Certainty,
        cases: Sequence[Case],
        given: Mapping[str, Column],
    ) -> None:
        self.nodes, self.cases, self._certainty = nodes, cases, certainty
        self.all = (1 << len(cases)) - 1
        self.complete = mask(number for number, case in enumerate(cases) if case.complete)
        self._domains, self._given = domains, given
        self._ranged: dict[str, int] = {}
        for number, case in enumerate(cases):
            for fact, value in case.facts.items():
                if isinstance(value, Ranged):
                    self._ranged[fact] = self._ranged.get(fact, 0) | 1 << number
        self.ranged = reduce(or_, self._ranged.values(), 0)
        """The cases in which a date is known to a month only, or a number within ends.

        What is known of their nodes by facts alone is not.
        """
        self._program = Program.of_nodes([], domains)
        self._columns: dict[int, Column] = {}

    def column(self, top: int) -> Column:
        """A node in all cases."""
        found = self._columns.get(top)
        stack = [top] if found is None else []
        while stack:
            number = stack[-1]
            waiting = [child for child in children(self.nodes[number]) if child not in self._columns]
            if waiting:
                stack.extend(waiting)
                continue
            self._columns[number] = self._made(number)
            stack.pop()
        return self._columns[top]

    def unknown(self, number: int) -> int:
        """The cases of which a node is neither true nor false, or not worked out."""
        column = self.column(number)
        return self.all & ~(column.true | column.false)

    def _made(self, number: int) -> Column:
        node = self.nodes[number]
        parts = [self._columns[child] for child in children(node)]
        match node:
            case Yes(fact) if fact in self._given:
                return self._given[fact]
            case Yes() | Includes() | Lies():
                return self.atom(node)
            case Gate(count):
                true = self._at_least(count, [part.true for part in parts])
                false = self._at_least(len(parts) - count + 1, [part.false for part in parts])
                return Column(true, false, reduce(or_, (part.vague for part in parts), 0) & ~(true | false))
            case Inverse():
                return Column(parts[0].false, parts[0].true, parts[0].vague)
            case Shown(of):
                return self._shown(of, parts[0])
            case _:
                assert_never(node)

    def _at_least(self, count: int, parts: Sequence[int]) -> int:
        if count <= 0 or count > len(parts):
            return self.all if count <= 0 else 0
        if count == 1:
            return reduce(or_, parts)
        if count == len(parts):
            return reduce(and_, parts)
        # reached[k]: the cases of which at least k + 1 of the parts so far hold.
        reached = [0] * count
        for part in parts:
            for k in range(count - 1, 0, -1):
                reached[k] |= reached[k - 1] & part
            reached[0] |= part
        return reached[-1]

    def _shown(self, of: int, part: Column) -> Column:
        open_ = self.all & ~(part.true | part.false)
        if open_ and not self._certainty.shown(of):
            return Column(part.true, part.false, open_)
        vague = part.vague | (open_ & self._known_by_ends(of))
        return Column(part.true, part.false | (open_ & self.complete & ~vague), vague)

    def _known_by_ends(self, top: int) -> int:
        """The cases in which a date that is asked at or below a node is known to a month only."""
        below = nodes_below(self.nodes, [top]) if self._ranged else ()
        atoms = (node for number in below if isinstance(node := self.nodes[number], Lies))
        return reduce(or_, (self._ranged.get(fact, 0) for atom in atoms for fact in facts_of(atom)), 0)

    def atom(self, atom: Atom) -> Column:
        """An atom in all cases, worked out once for all that answer alike what it asks."""
        facts, dated = facts_of(atom), is_dated(atom, self._domains)
        true = false = 0
        truths: dict[object, Truth] = {}
        for number, case in enumerate(self.cases):
            answers = (*map(case.facts.get, facts), case.date if dated else None)
            if answers not in truths:
                truths[answers] = Known(self._program, case).atom(atom)
            match truths[answers]:
                case Truth.TRUE:
                    true |= 1 << number
                case Truth.FALSE:
                    false |= 1 << number
                case Truth.UNKNOWN:
                    pass
        return Column(true, false)


def mask(numbers: Iterable[int]) -> int:
    """The set of some cases, by their numbers."""
    return reduce(lambda found, number: found | 1 << number, numbers, 0)


def bits(mask: int) -> Iterator[int]:
    """The numbers of the cases of a set."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1
