"""Slips in code sets: a row is left out, or the days on which it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.slip import Edit, Removed, Rewritten, Slip
from cdispec.model.codes import CodeSet
from cdispec.model.criteria import Comparison, IncludesAnyOf, Test, named_options
from cdispec.model.facts import SetOf


def code_dropped(fact: SetOf, ground: Ground) -> Iterator[Slip]:
    """A code set lacks one of its rows."""
    for one in _files(fact):
        for row in one.telling() if len(one.rows) > 1 else ():
            yield from _asking_instead(fact, one, one.without(row), ground, Removed(row.place, row.pattern))


def code_days_dropped(fact: SetOf, ground: Ground) -> Iterator[Slip]:
    """The codes of a set count on all days."""
    for one in _files(fact):
        # A few of them show what is meant.
        edits = islice((Rewritten(row.place, days, "") for row in one.rows if (days := row.days)), 3)
        if one.turns:
            yield from _asking_instead(fact, one, one.undated(), ground, *edits)


def asking_instead(test: Test, one: CodeSet, other: CodeSet) -> Test:
    """What asks for a set asks for another one."""
    assert isinstance(test, IncludesAnyOf)
    return replace(test, options=test.options - {one.id} | {other.id})


def _files(fact: SetOf) -> list[CodeSet]:
    return [one for one in fact.codes.sets if one.file] if fact.codes is not None else []


def _asking_instead(fact: SetOf, one: CodeSet, other: CodeSet, ground: Ground, *edits: Edit) -> Iterator[Slip]:
    """Everything that asks for a set asks for another one."""
    swaps = {}
    for criterion in ground.criteria:
        logic = criterion.logic
        if isinstance(logic, Comparison) and logic.fact == fact.id and one.id in named_options(logic.test):
            swaps[criterion.id] = replace(criterion, logic=Comparison(fact.id, asking_instead(logic.test, one, other)))
    if swaps:
        yield ground.several(swaps, *edits)
