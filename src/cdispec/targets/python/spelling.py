"""The JSON of explanations as text: bytes that no case changes, with what a case says between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson

from cdispec.core.program import Program
from cdispec.determine.contract import explanation_json
from cdispec.determine.reasons import Reason
from cdispec.model.determination import Explanation
from cdispec.model.policy import Policy
from cdispec.targets.python.rendering import BY_NUMBER, Lookup, Rendering
from cdispec.targets.python.source import tuple_of

Piece = bytes | Lookup | str
"""A part of the text: always the same, one of those made beforehand, or the source of an expression."""

WIDEST = 2
"""Keys of a table: neighbours are joined to tables of so many, of which each has 4 values."""

_SAID = "\N{OBJECT REPLACEMENT CHARACTER}"


def spelling(policy: Policy, program: Program, tops: Sequence[Reason]) -> Callable[..., Any]:
    """A function of truths, answers and the day in words: the JSON of these reasons as bytes, with commas between."""
    function = Rendering(policy, program, lambda said: b',"answered":' + orjson.dumps(said) if said else b"", _whole)
    function.line("join = b''.join")
    shown = Counter[int]()
    stack = list(tops)
    while stack:
        reason = stack.pop()
        shown[id(reason)] += 1
        if shown[id(reason)] == 1:
            stack.extend(reason.below)
    made: dict[int, list[Piece]] = {}

    def pieces(reason: Reason) -> list[Piece]:
        if id(reason) not in made:
            found = spelled(reason)
            made[id(reason)] = [function.name(join(found))] if shown[id(reason)] > 1 and len(found) > 1 else found
        return made[id(reason)]

    def spelled(reason: Reason) -> list[Piece]:
        ready = function.ready(reason)
        if ready is not None:
            return [ready]
        opening, closing = _halves(function, reason, "")
        found = said(reason, opening, closing)
        waived = function.waived(reason)
        if reason.guard and waived:
            aside, after = _halves(function, reason, f"set aside: {reason.guard.shown.text}")
            found = [f"({join(said(reason, aside, after))} if {waived} else {join(found)})"]
        parts = between(reason.below)
        if (guard := reason.guard) and (in_force := function.in_force(guard)):
            parts = [f"({join(parts)} if {in_force} else {join(between(reason.below[:-1]))})"]
        found += [*parts, b"]}"]
        return [function.dated(reason, join(found))] if function.in_force(reason) else found

    def said(reason: Reason, opening: Lookup, closing: bytes) -> list[Piece]:
        return [opening, function.said(reason), closing] if reason.facts else [opening]

    def between(parts: Sequence[Reason]) -> list[Piece]:
        return [piece for part in parts for piece in (b",", *pieces(part))][1:]

    def join(parts: Iterable[Piece]) -> str:
        return f"join({tuple_of(_source(function, part) for part in _merged(parts))})"

    return function.returning(join(between(tops)))


def _merged(parts: Iterable[Piece]) -> list[Piece]:
    """The same text in fewer pieces."""
    found: list[Piece] = []
    for part in parts:
        last = found[-1] if found else None
        match last, part:
            case bytes(), bytes():
                found[-1] = last + part
            case Lookup(), bytes():
                found[-1] = Lookup({key: value + part for key, value in last.values.items()}, last.keys)
            case bytes(), Lookup():
                found[-1] = Lookup({key: last + value for key, value in part.values.items()}, part.keys)
            case Lookup(), Lookup() if len(last.keys) + len(part.keys) <= WIDEST:
                both = {
                    (*key, *other): value + after
                    for key, value in last.values.items()
                    for other, after in part.values.items()
                }
                found[-1] = Lookup(both, (*last.keys, *part.keys))
            case _:
                found.append(part)
    return found


def _source(function: Rendering, piece: Piece) -> str:
    match piece:
        case bytes():
            return repr(piece)
        case Lookup():
            return piece.source(function)
        case str():
            return piece


def _halves(function: Rendering, reason: Reason, aside: str) -> tuple[Lookup, bytes]:
    """The JSON of a criterion up to its parts, for each truth: before and after what is reported of its facts."""
    said = _SAID if reason.facts else ""
    spelled = [
        _whole(reason.shown._replace(truth=truth, answered=said, set_aside=aside)).removesuffix(b"]}")
        for truth in BY_NUMBER
    ]
    halves = [text.split(b',"answered":' + orjson.dumps(_SAID)) for text in spelled]
    opening = Lookup({(number,): half[0] for number, half in enumerate(halves)}, (function.truth(reason.node),))
    return opening, halves[0][-1] if reason.facts else b""


def _whole(shown: Explanation) -> bytes:
    return orjson.dumps(explanation_json(shown))
