"""Explanations of many cases: what no case changes is made once, and what is left is a flat function.

What a criterion says without its parts depends only on its truth, on the answers to its facts and on whether it is set
aside. Each such piece is made when it is first asked for, and kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import orjson

from cdispec.determine.contract import explanation_json
from cdispec.determine.reasons import Reason, reported
from cdispec.logic import Truth
from cdispec.model.determination import Explanation
from cdispec.model.policy import Policy
from cdispec.targets.python.door import facts_of_answers
from cdispec.targets.python.source import Function, tuple_of

BY_NUMBER = (Truth.FALSE, Truth.UNKNOWN, Truth.UNKNOWN, Truth.TRUE)
"""The truth of each number that the compiled form counts with; 2 stands for none."""

KEPT = 20_000
"""Pieces that are kept of one criterion; the oldest makes room."""


class Kept(dict[Any, Any]):
    """Values by what they depend on, made when they are first asked for."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        if len(self) >= KEPT:
            del self[next(iter(self))]
        value = self[key] = self._make(key)
        return value


def explaining(policy: Policy, always: int, tops: Sequence[Reason]) -> Callable[..., Any]:
    """A function of truths, answers and the day in words: the explanations of these reasons."""
    function = _Rendering(policy, always)
    function.line(f"new, Explanation = {function.constant(tuple.__new__)}, {function.constant(Explanation)}")
    made: dict[int, str] = {}

    def explanation(reason: Reason) -> str:
        if id(reason) not in made:
            made[id(reason)] = function.name(source(reason))
        return made[id(reason)]

    def source(reason: Reason) -> str:
        if not reason.below:
            return function.dated(reason, function.piece(reason, lambda shown: shown), lambda shown: shown)
        parts = [explanation(part) for part in reason.below]
        because = tuple_of(parts)
        if (guard := reason.guard) and (in_force := function.in_force(guard)):
            because = f"({because} if {in_force} else {tuple_of(parts[:-1])})"
        shown = reason.shown
        own = [repr(part) for part in (shown.clause, shown.id, shown.text, shown.printed)]
        truth = f"{function.constant(BY_NUMBER)}[{function.truth(reason.node)}]"
        said = [repr(shown.asked), function.answered(reason), repr(shown.guard), function.aside(reason)]
        return function.dated(
            reason, f"new(Explanation, {tuple_of([*own, truth, *said, because])})", lambda shown: shown
        )

    return function.returning(tuple_of([explanation(top) for top in tops]))


def spelling(policy: Policy, always: int, tops: Sequence[Reason]) -> Callable[..., Any]:
    """A function like that of `explaining`: the JSON of the explanations as bytes, with commas between."""
    function = _Rendering(policy, always)
    function.line("join = b''.join")
    shown = Counter[int]()
    stack = list(tops)
    while stack:
        reason = stack.pop()
        shown[id(reason)] += 1
        if shown[id(reason)] == 1:
            stack.extend(reason.below)
    made: dict[int, str] = {}

    def spelled(reason: Reason) -> str:
        if id(reason) not in made:
            found = source(reason)
            made[id(reason)] = function.name(found) if shown[id(reason)] > 1 else found
        return made[id(reason)]

    def source(reason: Reason) -> str:
        if not reason.below:
            return function.dated(reason, function.piece(reason, _whole), _whole)
        inside = "".join(f"{piece}, " for piece in between(reason.below))
        if (guard := reason.guard) and (in_force := function.in_force(guard)):
            before = "".join(f"{piece}, " for piece in between(reason.below[:-1]))
            inside = f"*(({inside}) if {in_force} else ({before})), "
        opening = function.piece(reason, lambda said: _whole(said).removesuffix(b"]}"))
        return function.dated(reason, f"join(({opening}, {inside}b']}}'))", _whole)

    def between(parts: Sequence[Reason]) -> list[str]:
        return [piece for part in parts for piece in ("b','", spelled(part))][1:]

    return function.returning(f"join({tuple_of(between(tops))})")


def _whole(shown: Explanation) -> bytes:
    return orjson.dumps(explanation_json(shown))


class _Rendering(Function):
    """A function of the truths of nodes, the answers to facts and the day in words."""

    def __init__(self, policy: Policy, always: int) -> None:
        super().__init__("truths", "answers", "day")
        self.policy, self.always = policy, always
        self._positions = {fact: number for number, fact in enumerate(policy.facts)}

    def truth(self, node: int) -> str:
        """The source of a node's truth."""
        return f"truths[{node}]"

    def in_force(self, reason: Reason) -> str:
        """The source of whether a criterion is in force; "" where it always is."""
        return "" if reason.in_force == self.always else f"{self.truth(reason.in_force)} == 3"

    def aside(self, reason: Reason) -> str:
        """The source of why the exception to a criterion sets it aside, or of an empty text."""
        guard = reason.guard
        if guard is None:
            return "''"
        in_force = f"{self.in_force(guard)} and " if self.in_force(guard) else ""
        return f"({'set aside: ' + guard.shown.text!r} if {in_force}{self.truth(guard.node)} == 3 else '')"

    def answered(self, reason: Reason) -> str:
        """The source of what is reported of a criterion's facts."""
        if not reason.facts:
            return "''"
        kept = self.constant(Kept(lambda given: self._reported(reason, given)))
        return f"{kept}[{self._given(reason)}]"

    def piece(self, reason: Reason, make: Callable[[Explanation], Any]) -> str:
        """The source of what is made of a criterion without its parts."""

        def made(key: tuple[int, str, tuple[Any, ...]]) -> Any:
            truth, aside, given = key
            said = self._reported(reason, given)
            return make(reason.shown._replace(truth=BY_NUMBER[truth], answered=said, set_aside=aside))

        key = f"{self.truth(reason.node)}, {self.aside(reason)}, {self._given(reason)}"
        return f"{self.constant(Kept(made))}[{key}]"

    def dated(self, reason: Reason, source: str, make: Callable[[Explanation], Any]) -> str:
        """The source of a criterion in force, or else of what is made of one that is not."""
        in_force = self.in_force(reason)
        if not in_force:
            return source

        def made(day: str) -> Any:
            return make(reason.shown._replace(truth=reason.out_of_force, set_aside=f"not in force on {day}"))

        return f"({source} if {in_force} else {self.constant(Kept(made))}[day])"

    def _given(self, reason: Reason) -> str:
        return tuple_of(f"answers[{self._positions[fact.id]}]" for fact in reason.facts)

    def _reported(self, reason: Reason, given: Sequence[Any]) -> str:
        answers: list[Any] = [None] * len(self.policy.facts)
        for fact, answer in zip(reason.facts, given, strict=True):
            answers[self._positions[fact.id]] = answer
        return reported(reason.facts, facts_of_answers(self.policy, answers))
