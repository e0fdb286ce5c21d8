"""Where words put a date, or a number, on the other side of what the logic compares it with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cdispec.analysis.wording.amounts import relations_in
from cdispec.analysis.wording.claims import Found
from cdispec.analysis.wording.disagreement import Disagreement, Topic, disagreement
from cdispec.analysis.wording.english import any_of, outside_brackets, stems_of, words_of
from cdispec.analysis.wording.reading import Reading
from cdispec.analysis.wording.said import asked_in, beside_said
from cdispec.analysis.wording.statements import Statement
from cdispec.model.criteria import Direction, Elapsed
from cdispec.model.facts import REQUEST_DATE, Day
from cdispec.model.policy import Policy

_LOGIC = "its logic"
_SIDES = {
    Direction.BEFORE: ("before", "prior to", "previous to", "preceding", "ahead of", "earlier than"),
    Direction.AFTER: ("after", "subsequent to", "following", "since", "later than"),
}
_SIDE = {word: side for side, words in _SIDES.items() for word in words}
_SAID = re.compile(rf"\b(?P<denied>(?:not|no|never)\s+)?(?P<side>{any_of(_SIDE)})\b", re.IGNORECASE)
_BOTH = re.compile(rf"\b(?:{any_of(_SIDE)})\s+(?:and|or)\s+(?:{any_of(_SIDE)})\b", re.IGNORECASE)
_OTHER = {Direction.BEFORE: Direction.AFTER, Direction.AFTER: Direction.BEFORE}
_ENDS = frozenset(("that", "which", "who", "and", "or", "but", "than", "if", "when", "unless", *".;:,"))
_ENDS |= {word for phrase in _SIDE for word in phrase.split()[:1]}
_LONGEST = 6
_ANY_OTHER = stems_of("date day time value number")
"""What is part of the name of many dates and numbers, and tells none from another."""


class _Dated(NamedTuple):
    """A date beside another: the names of both, and on which side it lies; None where what is denied leaves either."""

    name: str
    anchor: str
    side: Direction | None


def dates_beside(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Words that have a date lie before another where the logic has it lie after, and the reverse."""
    words = outside_brackets(statement.words)
    if _BOTH.search(words):
        return
    here = [*_dated(statement, reading.policy)]
    known = here + [
        one for other in (*statement.within, *reading.below(statement)) for one in _dated(other, reading.policy)
    ]
    told: set[int] = set()
    for dated in here:
        named = stems_of(dated.anchor) - _ANY_OTHER
        sides = {one.side for one in known if one.anchor == dated.anchor}
        for match in _SAID.finditer(words) if named - stems_of(dated.name) and None not in sides else ():
            claimed = _SIDE[" ".join(match["side"].lower().split())]
            claimed = _OTHER[claimed] if match["denied"] else claimed
            if claimed not in sides and match.start() not in told and _follows(named, words[match.end() :]):
                told.add(match.start())
                at = Found(match.start(), match.end())
                said = f"{dated.side} {dated.anchor}"
                yield disagreement(Topic.NUMBER, statement, statement.words, at, _LOGIC, said)


def numbers_beside(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Words that compare a number with another otherwise than the logic does: "not more than the lower limit"."""
    words = outside_brackets(statement.words)
    said = [found for asked in asked_in(statement, reading.policy) for found in beside_said(asked, reading.policy)]
    for relation, name in said:
        named = stems_of(name) - _ANY_OTHER
        others = [other for other, one in said if one == name]
        for start, end, claimed in relations_in(words):
            if named and claimed not in others and _follows(named, words[end:]):
                at = Found(start, end)
                yield disagreement(Topic.NUMBER, statement, statement.words, at, _LOGIC, f"{relation} {name}")


def _dated(statement: Statement, policy: Policy) -> Iterator[_Dated]:
    for stood, comparison, fact in asked_in(statement, policy):
        match fact, comparison.test:
            case Day(), Elapsed() as test:
                anchor = REQUEST_DATE if test.anchor is None else policy.facts[test.anchor]
                assert isinstance(anchor, Day)
                yield _Dated(fact.name, anchor.name, _other_side(test) if stood.denied else test.direction)


def _other_side(test: Elapsed) -> Direction | None:
    """On which side of its anchor a date lies that does not lie so."""
    is_near = test.high is None and (test.low is None or test.low.duration.count == 0)
    return _OTHER[test.direction] if is_near else None


def _follows(named: frozenset[str], words: str) -> bool:
    """Whether the next words are a name, up to where something else begins."""
    found: list[str] = []
    for word in words_of(words[:120])[:_LONGEST]:
        if word.text in _ENDS:
            break
        if word.carries and word.stem not in _ANY_OTHER:
            found.append(word.stem)
    return found[:1] != [] and found[0] in named and named <= {*found}
