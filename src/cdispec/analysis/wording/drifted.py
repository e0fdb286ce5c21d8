"""Sentences that are printed twice and have drifted apart, and terms that are spelled otherwise where they are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from cdispec.analysis.wording.claims import Found
from cdispec.analysis.wording.disagreement import Disagreement, Topic
from cdispec.analysis.wording.english import quoted, sentences, words_of
from cdispec.analysis.wording.reading import Reading
from cdispec.model.inlines import plain_words
from cdispec.model.policy import all_sections
from cdispec.source import Place

_SMALL = """
not no never without all any both either neither none each every at least most more less fewer than only may must shall
should can will and or and/or unless except if when
"""
_TURNING = frozenset(_SMALL.split())
_NOTHING = frozenset(("a", "an", "the", "note"))
_SHORTEST = 7
"""So many words that turn nothing two sentences have in common, to be one that is printed twice."""

_LONG_TERM, _SLIP = 8, 2
"""A term of so many letters is spelled otherwise where so many of them, in one place, are others."""

_TABLES = frozenset(("codes", "definitions", "references", "history"))


@dataclass(frozen=True, slots=True)
class _Printed:
    label: str
    id: str
    place: Place
    words: str
    leads: bool


def drifted(reading: Reading) -> Iterator[Disagreement]:
    """Sentences of which one says with other small words what the other says."""
    first: dict[tuple[str, ...], tuple[_Printed, list[str]]] = {}
    for sentence in _sentences(reading):
        texts = [word.text for word in words_of(sentence.words) if word.text[0].isalnum()]
        kept = tuple(text for text in texts if text not in _TURNING and text not in _NOTHING)
        if len(kept) < _SHORTEST:
            continue
        small = [text for text in texts if text in _TURNING]
        other, its = first.setdefault(kept, (sentence, small))
        if its != small and not (other.leads and sentence.leads):
            at = _first_difference(sentence.words, other.words)
            yield Disagreement(
                Topic.DRIFTED,
                sentence.label,
                quoted(sentence.words, at.start, at.end),
                other.label,
                quoted(other.words, *_first_difference(other.words, sentence.words)),
                tuple(filter(None, (sentence.id, other.id))),
                sentence.place,
                sentence.words,
                at.start,
            )


def _first_difference(words: str, other: str) -> Found:
    """The words around the first in which one sentence differs from another."""
    one, two = words.split(" "), other.split(" ")
    for tag, start, end, _, _ in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag != "equal":
            first, last = max(start - 3, 0), min(end + 3, len(one))
            before = len(" ".join(one[:first])) + (1 if first else 0)
            return Found(before, before + len(" ".join(one[first:last])))
    return Found(0, len(words))


def _sentences(reading: Reading) -> Iterator[_Printed]:
    policy = reading.policy
    leads = {statement.lead for statement in reading.statements if statement.logic}
    for section in all_sections(policy.sections):
        for paragraph in () if section.id in _TABLES else reading.prose[section.id]:
            for _, sentence in sentences(paragraph):
                yield _Printed(section.label, section.id, section.place, sentence, paragraph in leads)
    for statement in reading.statements:
        for text in (statement.text, *statement.notes):
            if text:
                yield _Printed(statement.label, statement.id, statement.place, text, True)


def misspelled(reading: Reading) -> Iterator[Disagreement]:
    """Terms that a policy defines or abbreviates, spelled almost so."""
    policy = reading.policy
    terms = {plain_words(policy, definition.term).lower(): definition.term for definition in policy.definitions}
    terms |= {long.lower(): long for long in policy.abbreviations.values()}
    known = [(term, written) for term, written in terms.items() if len(term) >= _LONG_TERM]
    for id, label, place, words in _used(reading):
        read = [word for word in words_of(words) if word.text[0].isalpha()]
        for term, written in known:
            size = len([word for word in words_of(term) if word.text[0].isalpha()])
            for n in range(len(read) - size + 1):
                if read[n].text[0] != term[0]:
                    continue
                start, end = read[n].start, read[n + size - 1].end
                if _is_almost(words[start:end].lower(), term):
                    says = words[start:end]
                    yield Disagreement(Topic.FACT, label, says, "its definition", written, (id,), place, words, start)


def _used(reading: Reading) -> Iterator[tuple[str, str, Place, str]]:
    for statement in reading.statements:
        for text in (statement.lead if statement.led else "", statement.text, *statement.notes):
            if text:
                yield statement.id, statement.label, statement.place, text


def _is_almost(words: str, term: str) -> bool:
    """Whether some words are a term with a letter or two other, and no other form of its words."""
    shorter, longer = sorted((len(words), len(term)))
    if words == term or longer - shorter > _SLIP:
        return False
    head = next((n for n in range(shorter) if words[n] != term[n]), shorter)
    tail = next((n for n in range(shorter - head) if words[-1 - n] != term[-1 - n]), shorter - head)
    stems = ([word.stem for word in words_of(text)] for text in (words, term))
    return head + tail >= longer - _SLIP and next(stems) != next(stems)
