"""Edits that show what a criterion decides: all else stays as it is, and it is so whatever is answered, or never so."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
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
    Rests,
    Turns,
    copies,
)
from cdispec.analysis.mutation.of_comparisons import listing, values_of
from cdispec.analysis.mutation.of_facts import asking_also
from cdispec.analysis.mutation.of_rules import NEVER
from cdispec.analysis.replay.edited import Edited, Tree
from cdispec.analysis.replay.replay import NO, YES, Replay
from cdispec.analysis.replay.view import Side
from cdispec.model.criteria import Comparison, Criterion, IncludesAnyOf, IsOneOf, Period


class Forcing:
    """The edits of the policy of a replay by which its aspects are told, and where they make a difference."""

    def __init__(self, replay: Replay) -> None:
        self.replay = replay
        self._tree = Tree(asking_also(replay.policy, YES, NO))
        self._turned: dict[Hashable, int] = {}

    def sides(self, aspect: Aspect) -> list[Side]:
        """The edits of which one determines a case otherwise that shows an aspect; none where it asks for none."""
        every = copies(aspect, self.replay.state)
        return [self.replay.edit(edited) for copy in every for edited in self._edits(copy)]

    def turned(self, aspect: Aspect) -> int:
        """The cases that one of these edits determines otherwise."""
        key = ("logic", aspect.criterion) if isinstance(aspect, Turns | Borders | Lacks) else aspect
        if key not in self._turned:
            edits = ((self.replay.edit(edited), edited) for edited in self._edits(aspect))
            found = (self.replay.differing(side, edited.changed).determined for side, edited in edits)
            self._turned[key] = reduce(or_, found, 0)
        return self._turned[key]

    def _edits(self, aspect: Aspect) -> Iterator[Edited]:
        match aspect:
            case Turns(id) | Borders(id) | Lacks(id):
                for fact in (YES, NO):
                    yield self._with(id, logic=Comparison(fact, IsOneOf(frozenset([True]))))
            case Counts(id, value):
                logic = self._criterion(id).logic
                assert isinstance(logic, Comparison)
                assert isinstance(logic.test, IsOneOf | IncludesAnyOf)
                rest = frozenset(one for one in values_of(logic.test) if one != value)
                yield self._with(id, logic=Comparison(logic.fact, listing(logic.test, rest)))
            case Falls(id):
                for valid in (Period(), NEVER):
                    yield self._with(id, valid=valid)
            case Rests() | Comes() | Leaves() | Reads():
                return
            case _:
                assert_never(aspect)

    def _with(self, id: str, **changes: object) -> Edited:
        return self._tree.with_criteria({id: replace(self._criterion(id), **changes)})  # type: ignore[arg-type]

    def _criterion(self, id: str) -> Criterion:
        return self.replay.policy.criteria[id]
