"""Explanations of many cases: the part that no case changes is made once, and what is left is a flat function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from cdispec.determine.compiled.codegen import Function, tuple_of
from cdispec.determine.contract import explanation_json
from cdispec.determine.explain import words
from cdispec.logic import Truth
from cdispec.model.criteria import Criterion
from cdispec.model.determination import Explanation
from cdispec.model.policy import Policy, decided_by

BY_NUMBER = (Truth.FALSE, Truth.UNKNOWN, Truth.UNKNOWN, Truth.TRUE)
"""The truth of each number that the compiled form counts with; 2 stands for none."""

AFTER_DAY = b'","because":[]}'


class Outline:
    """What an explanation shows below each criterion on one day, and where its truth stands among all truths."""

    def __init__(self, policy: Policy, in_force: frozenset[str], positions: Mapping[str, int]) -> None:
        self.policy, self.in_force, self.positions = policy, in_force, positions

    def guard(self, criterion: Criterion) -> Criterion | None:
        """The guard that stands on the day, if any."""
        guard = criterion.unless
        return guard if guard is not None and guard.id in self.in_force else None

    def below(self, criterion: Criterion) -> tuple[Criterion, ...]:
        """The criteria that explain this one, in order, its guard last; none below one that is not in force."""
        if criterion.id not in self.in_force:
            return ()
        below = decided_by(criterion, self.policy)
        # A guard out of its dates explains nothing.
        return below if self.guard(criterion) is criterion.unless else below[:-1]

    def truth(self, criterion: Criterion) -> str:
        """The source of a criterion's truth."""
        return f"truths[{self.positions[criterion.id]}]"

    def alone(self, criterion: Criterion, truth: Truth, set_aside: str = "") -> Explanation:
        """The explanation of a criterion without its parts."""
        return Explanation(criterion.label, criterion.id, words(criterion, self.policy), truth, set_aside, ())


def explaining(outline: Outline, tops: Sequence[Criterion]) -> Callable[..., Any]:
    """A function of truths and the day in words: the explanations of these criteria. A part met twice is one object."""
    function = Function("truths", "day")
    function.line(f"Explanation = {function.constant(Explanation)}")
    function.line(f"truth = {function.constant(BY_NUMBER)}")
    made: dict[str, str] = {}

    def explanation(criterion: Criterion) -> str:
        if criterion.id not in made:
            made[criterion.id] = function.name(source(criterion))
        return made[criterion.id]

    def source(criterion: Criterion) -> str:
        id, label, text = (repr(part) for part in (criterion.id, criterion.label, words(criterion, outline.policy)))
        if criterion.id not in outline.in_force:
            truth = function.constant(criterion.set_aside)
            return f"Explanation({label}, {id}, {text}, {truth}, 'not in force on ' + day, ())"
        below = outline.below(criterion)
        if not below:
            ready = tuple(outline.alone(criterion, truth) for truth in BY_NUMBER)
            return f"{function.constant(ready)}[{outline.truth(criterion)}]"
        because = tuple_of([explanation(part) for part in below])
        why = "''"
        if guard := outline.guard(criterion):
            why = f"{'set aside: ' + words(guard, outline.policy)!r} if {outline.truth(guard)} == 3 else ''"
        return f"Explanation({label}, {id}, {text}, truth[{outline.truth(criterion)}], {why}, {because})"

    return function.returning(tuple_of([explanation(top) for top in tops]))


def spelling(outline: Outline, tops: Sequence[Criterion]) -> Callable[..., Any]:
    """A function of truths and the day in words: the JSON of these explanations as pieces of bytes, commas between."""
    function = Function("truths", "day")
    function.line("join = b''.join")
    shown = Counter[str]()
    stack = list(tops)
    while stack:
        criterion = stack.pop()
        shown[criterion.id] += 1
        if shown[criterion.id] == 1:
            stack.extend(outline.below(criterion))
    made: dict[str, list[str]] = {}

    def pieces(criterion: Criterion) -> list[str]:
        if criterion.id not in made:
            spelled = spell(criterion)
            shared = shown[criterion.id] > 1 and len(spelled) > 1
            made[criterion.id] = [function.name(f"join({tuple_of(spelled)})")] if shared else spelled
        return made[criterion.id]

    def spell(criterion: Criterion) -> list[str]:
        if criterion.id not in outline.in_force:
            told = orjson.dumps(explanation_json(outline.alone(criterion, criterion.set_aside, "not in force on ")))
            return [repr(told.removesuffix(AFTER_DAY)), "day", repr(AFTER_DAY)]
        truth, below = outline.truth(criterion), outline.below(criterion)
        if not below:
            return [f"{_ready(function, outline, criterion, '', b'')}[{truth}]"]
        opening = _ready(function, outline, criterion, "", b"]}")
        if guard := outline.guard(criterion):
            aside = _ready(function, outline, criterion, f"set aside: {words(guard, outline.policy)}", b"]}")
            opening = f"({aside} if {outline.truth(guard)} == 3 else {opening})"
        return [f"{opening}[{truth}]", *between(below), "b']}'"]

    def between(parts: Sequence[Criterion]) -> list[str]:
        return [piece for part in parts for piece in ("b','", *pieces(part))][1:]

    return function.returning(tuple_of(between(tops)))


def _ready(function: Function, outline: Outline, criterion: Criterion, why: str, end: bytes) -> str:
    """A constant: for each truth the JSON of a criterion without its parts, up to an ending."""
    told = [orjson.dumps(explanation_json(outline.alone(criterion, truth, why))) for truth in BY_NUMBER]
    return function.constant(tuple(text.removesuffix(end) for text in told))
