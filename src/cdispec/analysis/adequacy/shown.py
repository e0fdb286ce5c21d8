"""Which cases of scenarios show an aspect."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import assert_never

from cdispec.analysis.adequacy.aspects import (
    Aspect,
    Borders,
    Comes,
    Counts,
    Falls,
    Lacks,
    Leaves,
    Reads,
    Requested,
    Rests,
    Seen,
    Turns,
    copies,
)
from cdispec.analysis.adequacy.forcing import Forcing
from cdispec.analysis.mutation.of_comparisons import step_of
from cdispec.analysis.replay.view import View
from cdispec.logic import Truth
from cdispec.model.determination import Granted
from cdispec.targets.columns import bits, mask


class Showing:
    """The cases of a replay that show an aspect of its policy."""

    def __init__(self, forcing: Forcing) -> None:
        self._forcing, self._replay = forcing, forcing.replay
        self._said = [self._replay.said(number) for number in range(self._replay.size)]

    def cases(self, aspect: Aspect) -> int:
        """The cases that show an aspect, in whichever row."""
        return reduce(or_, (self._cases(copy) for copy in copies(aspect, self._replay.state)))

    def _cases(self, aspect: Aspect) -> int:
        match aspect:
            case Turns(id, seen):
                found = self._seen(id, seen) & self._replay.in_force(id)
            case Counts(id):
                found = self._seen(id, Seen.TRUE) & self._replay.in_force(id)
            case Borders(id, atom):
                found = self._replay.columns.atom(atom).true & self._replay.in_force(id)
            case Lacks(id):
                found = self._replay.lacking(id) & self._replay.in_force(id)
            case Falls(_, day):
                found = self._those(lambda said: said.case.date == day)
            case Rests(label):
                return self._those(lambda said: not said.outcome.is_open and label in said.clauses()[0])
            case Comes(request, outcome):
                return self._those(lambda said: said.case.request == request and said.outcome is outcome)
            case Leaves(id, requested):
                label = self._replay.policy.criteria[id].label
                return self._those(lambda said: any(_leaves(one, label, requested) for one in said.granted()))
            case Reads():
                # What a scenario names, no case shows.
                return 0
            case _:
                assert_never(aspect)
        return found & self._forcing.turned(aspect)

    def _those(self, so: Callable[[View], bool]) -> int:
        return mask(number for number, said in enumerate(self._said) if so(said))

    def _seen(self, id: str, seen: Seen) -> int:
        node, columns = self._replay.logic(id), self._replay.columns
        column = columns.column(node)
        vague = list(bits(column.vague & self._replay.all))

        def those(known: int, truth: Truth) -> int:
            return known & ~column.vague | mask(n for n in vague if self._said[n].truths[node] is truth)

        match seen:
            case Seen.TRUE:
                return those(column.true, Truth.TRUE)
            case Seen.FALSE:
                return those(column.false, Truth.FALSE)
            case Seen.UNKNOWN:
                return those(columns.unknown(node), Truth.UNKNOWN) & ~self._replay.complete
            case Seen.SILENT:
                return those(columns.unknown(node), Truth.UNKNOWN) & self._replay.complete
            case _:
                assert_never(seen)


def _leaves(granted: Granted, clause: str, requested: Requested) -> bool:
    """Whether a clause grants a request of which the amount is known to be so near to what it leaves."""
    portion = granted.portion
    if granted.clause != clause or portion is None or not (portion.requested.exact and portion.left.exact):
        return False
    more, step = portion.requested.least - portion.left.least, step_of(portion.left.least)
    match requested:
        case Requested.BELOW:
            return -step <= more < 0
        case Requested.AT:
            return more == 0
        case Requested.ABOVE:
            return 0 < more <= step
        case _:
            assert_never(requested)
