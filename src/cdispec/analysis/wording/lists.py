"""Where words ask for more or fewer of a list, join it, close it or open it otherwise than the logic does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import assert_never

from cdispec.analysis.wording.claims import (
    Found,
    Quantifier,
    Share,
    closes,
    denials_in,
    examples_in,
    excepts,
    joins_in,
    limits,
    opens,
    quantifiers_in,
)
from cdispec.analysis.wording.disagreement import Disagreement, Topic, disagreement
from cdispec.analysis.wording.english import sentences, stems_of, words_of
from cdispec.analysis.wording.reading import Reading
from cdispec.analysis.wording.said import Asked, ListSaid, asked_in, lists_said, words_of_fact
from cdispec.analysis.wording.statements import Statement
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    ListOf,
    Logic,
    Not,
    OfRows,
    Quantity,
    Reference,
    named_options,
)
from cdispec.model.facts import has_options

_LOGIC = "its logic"
_UNIVERSAL = frozenset(("all", "every", "each", "both"))
_NEAR_THE_END = 45
"""A phrase that opens or closes a list stands so near the end of the words that introduce it."""


def quantifiers(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """ALL where the logic asks for any one, "both" of three, "the following three" of four, and the like."""
    words, start = _introducing(statement)
    lists = lists_said(statement, reading.by_id)
    if not lists:
        return
    turned = excepts(words) is not None or bool(denials_in(words))
    for found in quantifiers_in(words):
        if any(_agrees(found, listed, turned) for listed in lists):
            continue
        at = Found(found.at.start + start, found.at.end + start)
        said = " or ".join(dict.fromkeys(_said(found, listed) for listed in lists))
        yield disagreement(Topic.QUANTIFIER, statement, statement.words, at, _LOGIC, said)


def _introducing(statement: Statement) -> tuple[str, int]:
    """The last sentence of the words, which introduces what follows, and where it begins."""
    start, last = [*sentences(statement.words)][-1]
    return last, start


def _agrees(found: Quantifier, listed: ListSaid, turned: bool) -> bool:
    if found.size is not None and found.size != listed.size:
        return False
    match found.share:
        case None:
            return True
        case Share.ALL:
            return listed.needed == listed.size and (not listed.denied or turned)
        case Share.SOME:
            return listed.needed == found.count and (not listed.denied or turned)
        case Share.NONE:
            return listed.denied and listed.needed == 1
        case Share.LIMITED:
            return False


def _said(found: Quantifier, listed: ListSaid) -> str:
    wrong_size = found.size is not None and found.size != listed.size
    return f"{listed.said} {listed.size}" if wrong_size else listed.said


def universals(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """All of some things in the words, and not in what is asked."""
    asked = [*asked_in(statement, reading.policy)]
    if not statement.text or not asked:
        return
    known = {word.text for one in asked for word in words_of(words_of_fact(one.fact))}
    if any(_asks_each(stood.criterion.logic) for stood in statement.logic):
        return
    quantified = [found.at for found in quantifiers_in(statement.text)]
    for word in words_of(statement.text):
        if word.text in _UNIVERSAL and not known & _UNIVERSAL:
            if not any(at.start <= word.start < at.end for at in quantified):
                said = " or ".join(dict.fromkeys(one.fact.question for one in asked))
                found = Found(word.start, word.end)
                yield disagreement(Topic.QUANTIFIER, statement, statement.text, found, "its question", said)
            return


def _asks_each(logic: Logic) -> bool:
    """Whether something is asked of all rows: that there is none which is so, too."""
    return isinstance(logic, OfRows) and logic.quantity in (Quantity.EACH, Quantity.NONE)


def openness(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """An open list that the logic closes, and a closed one that it leaves open."""
    words, start = _introducing(statement)
    opening, closing = opens(words), closes(words)
    lists = [stood.criterion.logic for stood in statement.logic if isinstance(stood.criterion.logic, ListOf)]
    left_open = any(isinstance(logic, AnyOf) and logic.open for logic in lists)
    introduces = bool(statement.members) or words.rstrip().endswith(":")
    if left_open and (opening is None or closing is not None):
        at = None if closing is None else Found(closing.start + start, closing.end + start)
        yield disagreement(Topic.LIST, statement, statement.words, at, _LOGIC, "an open list")
    if opening is not None and introduces and lists and not left_open and len(words) - opening.end <= _NEAR_THE_END:
        at = Found(opening.start + start, opening.end + start)
        yield disagreement(Topic.LIST, statement, statement.words, at, _LOGIC, "a list of these alone")


def limiting_notes(statement: Statement, _: Reading) -> Iterator[Disagreement]:
    """Notes that ask for something, though a note is no logic."""
    for note in statement.notes:
        if (found := limits(note)) is not None:
            yield disagreement(Topic.LIST, statement, note, found, _LOGIC, "nothing of a note")


def joins(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Facts that words join by "and" and the logic by "or", or the reverse."""
    words = statement.words
    placed = sorted(_placed(statement, reading), key=lambda item: item[0])
    examples = examples_in(words)
    for (span, first), (other, second) in pairwise(placed):
        between = words[span.end : other.start]
        found = [(joint, at) for joint, at in joins_in(between)]
        kinds = {joint for joint, _ in found}
        asked = _joined(first, second, statement)
        # "It is covered for A, B and C" says of each of them that it is.
        if statement.text == "" and kinds == {"and"}:
            continue
        if asked is None or len(kinds) != 1 or kinds == {asked} or any(e.start < other.start < e.end for e in examples):
            continue
        at = Found(span.end + found[0][1].start, span.end + found[-1][1].end)
        said = "any one of these" if asked == "or" else "all of these"
        yield disagreement(Topic.LIST, statement, words, at, _LOGIC, said)


def _placed(statement: Statement, reading: Reading) -> Iterator[tuple[Found, str]]:
    """Where in the words each of several facts is asked, as far as it has words of its own there; and its criterion."""
    asked = [*asked_in(statement, reading.policy)]
    if len(asked) < 2:
        return
    stems = [_stems(one) for one in asked]
    read = [word for word in words_of(statement.words) if word.carries]
    taken: list[tuple[Found, str]] = []
    for n, one in enumerate(asked):
        others = reading.common.union(*(found for m, found in enumerate(stems) if m != n))
        own = [word for word in read if word.stem in stems[n] - others]
        if own:
            taken.append((Found(own[0].start, own[-1].end), one.stood.criterion.id))
    for span, id in taken:
        if not any(span.start < other.end and other.start < span.end for other, its in taken if its != id):
            yield span, id


def _stems(asked: Asked) -> frozenset[str]:
    names = ""
    if has_options(asked.fact):
        names = " ".join(asked.fact.names[id] for id in named_options(asked.comparison.test))
    return stems_of(names or words_of_fact(asked.fact))


def _joined(first: str, second: str, statement: Statement) -> str | None:
    """How the logic joins two criteria: by the list in which both stand."""
    above = {stood.criterion.id: stood.above for stood in statement.logic}
    logic = {stood.criterion.id: stood for stood in statement.logic}
    chain = [first]
    while above.get(chain[-1]):
        chain.append(above[chain[-1]])
    shared = second
    while shared not in chain:
        shared = above[shared]
    stood = logic[shared]
    if stood.guard or stood.denied:
        return None
    match stood.criterion.logic:
        case AllOf():
            return "and"
        case AnyOf():
            return "or"
        case AtLeast() | Not() | Comparison() | Reference() | OfRows():
            return None
        case _:
            assert_never(stood.criterion.logic)


def examples(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Facts that are asked though the words give them as examples only."""
    words = statement.words
    spans = examples_in(words)
    asked = [*asked_in(statement, reading.policy)]
    if not spans or len(asked) < 2:
        return
    stems = [_stems(one) for one in asked]
    read = [word for word in words_of(words) if word.carries]
    for n, one in enumerate(asked):
        others = frozenset().union(*(found for m, found in enumerate(stems) if m != n))
        own = [word for word in read if word.stem in stems[n] - others]
        inside = [span for span in spans if any(span.start <= word.start < span.end for word in own)]
        if own and all(any(span.start <= word.start < span.end for span in spans) for word in own):
            yield disagreement(
                Topic.LIST, statement, words, inside[0], _LOGIC, f"`{one.fact.id}` as a criterion of its own"
            )
