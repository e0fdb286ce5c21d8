"""Explanations of many cases: what no case changes is made once, and what is left is a flat function.

Only three things of a criterion differ from case to case: its truth, what is reported of its facts, which is said once
for each fact, and whether it is set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import orjson

from cdispec.determine.contract import explanation_json
from cdispec.determine.reasons import Reason, reported
from cdispec.logic import Truth
from cdispec.model.determination import OUT_OF_FORCE, Explanation
from cdispec.model.facts import YesNo
from cdispec.model.policy import Policy
from cdispec.targets.python.door import UNKNOWN, YES, facts_of_answers, in_order
from cdispec.targets.python.kept import Made
from cdispec.targets.python.source import Function, tuple_of

BY_NUMBER = (Truth.FALSE, Truth.UNKNOWN, Truth.UNKNOWN, Truth.TRUE)
"""The truth of each number that the compiled form counts with; 2 stands for none."""

_SAID = "\N{OBJECT REPLACEMENT CHARACTER}"


def explaining(policy: Policy, always: int, tops: Sequence[Reason]) -> Callable[..., Any]:
    """A function of truths, answers and the day in words: the explanations of these reasons."""
    function = _Rendering(policy, always, lambda said: said)
    function.line(f"new, Explanation = {function.constant(tuple.__new__)}, {function.constant(Explanation)}")
    function.line(f"truth = {function.constant(BY_NUMBER)}")
    made: dict[int, str] = {}

    def explanation(reason: Reason) -> str:
        if id(reason) not in made:
            made[id(reason)] = function.name(source(reason))
        return made[id(reason)]

    def source(reason: Reason) -> str:
        if ready := function.ready(reason, lambda shown: shown):
            return ready
        parts = [explanation(part) for part in reason.below]
        because = tuple_of(parts)
        if (guard := reason.guard) and (in_force := function.in_force(guard)):
            because = f"({because} if {in_force} else {tuple_of(parts[:-1])})"
        shown, waived = reason.shown, function.waived(reason)
        aside = (
            f"({'set aside: ' + reason.guard.shown.text!r} if {waived} else '')" if reason.guard and waived else "''"
        )
        own = [repr(part) for part in (shown.clause, shown.id, shown.text, shown.printed)]
        said = [repr(shown.asked), function.said(reason), repr(shown.guard), aside, because]
        new = f"new(Explanation, {tuple_of([*own, f'truth[{function.truth(reason.node)}]', *said])})"
        return function.dated(reason, new, lambda shown: shown)

    return function.returning(tuple_of([explanation(top) for top in tops]))


def spelling(policy: Policy, always: int, tops: Sequence[Reason]) -> Callable[..., Any]:
    """A function like that of `explaining`: the JSON of the explanations as bytes, with commas between."""
    function = _Rendering(policy, always, lambda said: b',"answered":' + orjson.dumps(said) if said else b"")
    function.line("join = b''.join")
    shown = Counter[int]()
    stack = list(tops)
    while stack:
        reason = stack.pop()
        shown[id(reason)] += 1
        if shown[id(reason)] == 1:
            stack.extend(reason.below)
    made: dict[int, list[str]] = {}

    def pieces(reason: Reason) -> list[str]:
        if id(reason) not in made:
            found = spelled(reason)
            joined = shown[id(reason)] > 1 and len(found) > 1
            made[id(reason)] = [function.name(f"join({tuple_of(found)})")] if joined else found
        return made[id(reason)]

    def spelled(reason: Reason) -> list[str]:
        if ready := function.ready(reason, _whole):
            return [ready]
        truth, waived = function.truth(reason.node), function.waived(reason)
        opening, closing = _halves(function, reason, "")
        if reason.guard and waived:
            aside, after = _halves(function, reason, f"set aside: {reason.guard.shown.text}")
            opening, closing = f"({aside} if {waived} else {opening})", f"({after} if {waived} else {closing})"
        found = [f"{opening}[{truth}]"]
        if reason.facts:
            found += [function.said(reason), closing]
        parts = between(reason.below)
        if (guard := reason.guard) and (in_force := function.in_force(guard)):
            parts = [f"join({tuple_of(parts)} if {in_force} else {tuple_of(between(reason.below[:-1]))})"]
        found += [*parts, "b']}'"]
        if not function.in_force(reason):
            return found
        return [function.dated(reason, f"join({tuple_of(found)})", _whole)]

    def between(parts: Sequence[Reason]) -> list[str]:
        return [piece for part in parts for piece in ("b','", *pieces(part))][1:]

    return function.returning(f"join({tuple_of(between(tops))})")


def _halves(function: _Rendering, reason: Reason, aside: str) -> tuple[str, str]:
    """The JSON of a criterion up to its parts, for each truth: before and after what is reported of its facts."""
    said = _SAID if reason.facts else ""
    spelled = [
        _whole(reason.shown._replace(truth=truth, answered=said, set_aside=aside)).removesuffix(b"]}")
        for truth in BY_NUMBER
    ]
    if not reason.facts:
        return function.constant(tuple(spelled)), ""
    halves = [text.split(b',"answered":' + orjson.dumps(_SAID)) for text in spelled]
    return function.constant(tuple(before for before, _ in halves)), repr(halves[0][1])


def _whole(shown: Explanation) -> bytes:
    return orjson.dumps(explanation_json(shown))


class _Rendering(Function):
    """A function of the truths of nodes, the answers to facts and the day in words; `form` is that of what is said."""

    def __init__(self, policy: Policy, always: int, form: Callable[[str], Any]) -> None:
        super().__init__("truths", "answers", "day")
        self.policy, self.always, self.form = policy, always, form
        self._said: dict[str, str] = {}
        self._positions = {fact.id: number for number, fact in enumerate(in_order(policy))}

    def truth(self, node: int) -> str:
        """The source of a node's truth."""
        return f"truths[{node}]"

    def in_force(self, reason: Reason) -> str:
        """The source of whether a criterion is in force; "" where it always is."""
        return "" if reason.in_force == self.always else f"{self.truth(reason.in_force)} == 3"

    def waived(self, reason: Reason) -> str:
        """The source of whether the exception to a criterion sets it aside; "" where there is none."""
        if reason.guard is None:
            return ""
        in_force = f"{self.in_force(reason.guard)} and " if self.in_force(reason.guard) else ""
        return f"{in_force}{self.truth(reason.guard.node)} == 3"

    def said(self, reason: Reason) -> str:
        """A variable with what is reported of a criterion's facts."""
        if not reason.facts:
            return "''"
        positions = [self._positions[fact.id] for fact in reason.facts]

        def made(given: Any) -> Any:
            answers: list[Any] = [None] * len(self.policy.facts)
            for position, answer in zip(positions, given if len(positions) > 1 else [given], strict=True):
                answers[position] = answer
            return self.form(reported(reason.facts, facts_of_answers(self.policy, answers)))

        key = ", ".join(f"answers[{position}]" for position in positions)
        if key not in self._said:
            self._said[key] = self.name(f"{self.constant(Made(made))}[{key}]")
        return self._said[key]

    def ready(self, reason: Reason, make: Callable[[Explanation], Any]) -> str:
        """The source of what is made of a yes-no question, all of it beforehand; "" where it is no such question."""
        if reason.below or len(reason.facts) != 1 or not isinstance(reason.facts[0], YesNo):
            return ""
        (fact,) = reason.facts
        position = self._positions[fact.id]
        said = [reported([fact], {} if answer == UNKNOWN else {fact.id: answer == YES}) for answer in range(4)]
        each = tuple(
            tuple(make(reason.shown._replace(truth=truth, answered=text)) for text in said) for truth in BY_NUMBER
        )
        source = f"{self.constant(each)}[{self.truth(reason.node)}][answers[{position}]]"
        return self.dated(reason, source, make)

    def dated(self, reason: Reason, source: str, make: Callable[[Explanation], Any]) -> str:
        """The source of a criterion in force, or else of what is made of one that is not."""
        in_force = self.in_force(reason)
        if not in_force:
            return source

        def made(day: str) -> Any:
            return make(reason.shown._replace(truth=reason.out_of_force, set_aside=f"{OUT_OF_FORCE}{day}"))

        return f"({source} if {in_force} else {self.constant(Made(made))}[day])"
