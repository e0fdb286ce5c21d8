"""The vocabulary of a policy: the sentences its facts and requests declare, and what each means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from cdispec.issues.facts import colliding_phrases, impossible_value
from cdispec.issues.scenarios import unknown_value
from cdispec.model.facts import (
    VALUE,
    Day,
    Fact,
    Including,
    Number,
    OneOf,
    Option,
    SetOf,
    Value,
    YesNo,
    amount,
    as_day,
    out_of_bounds,
    subject,
)
from cdispec.model.policy import Policy
from cdispec.source import Issue, Place

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_JOINT = re.compile(r",? and |, ")


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence gives a fact this answer."""

    fact: str
    value: Value


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A sentence says that a fact is not known."""

    fact: str


@dataclass(frozen=True, slots=True)
class CompleteRecord:
    """A sentence says that there is nothing else to be found."""


@dataclass(frozen=True, slots=True)
class NamesCode:
    """A sentence names a CPT/HCPCS code of the request."""

    code: str


@dataclass(frozen=True, slots=True)
class Request:
    """A sentence makes a request of a kind on a day."""

    kind: str
    day: date


Given = Answer | NotKnown | CompleteRecord | NamesCode

COMPLETE = "the record is complete"
NAMES_CODE = "the request names code "
NOT_KNOWN = "it is not known "
ON = " on "


def normalized(text: str) -> str:
    """A sentence as it is compared: without regard to case, spacing and a full stop."""
    return " ".join(text.casefold().split()).removesuffix(".")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase with a `{value}`: what stands before and after it, and the fact it answers."""

    before: str
    after: str
    fact: Fact
    whole: bool

    def value(self, sentence: str) -> Value | None:
        """The answer a sentence gives in this phrase's words, or None."""
        inside = self.inside(sentence)
        if inside is None:
            return None
        value = read_value(self.fact, inside)
        if isinstance(value, frozenset) and not self.whole:
            return Including(value)
        return value

    def inside(self, sentence: str) -> str | None:
        """What stands in the place of `{value}`, or None where the sentence is not in this phrase's words."""
        fits = len(sentence) > len(self.before) + len(self.after)
        if fits and sentence.startswith(self.before) and sentence.endswith(self.after):
            return sentence[len(self.before) : len(sentence) - len(self.after)].strip()
        return None


class Vocabulary:
    """Looks sentences up: whole phrases in a dictionary, those with a value in one of beginnings."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.exact: dict[str, list[Answer]] = {}
        self.patterns: dict[str, list[Pattern]] = {}
        self.subjects = {normalized(subject(fact)): fact.id for fact in policy.facts.values()}
        self.classifications = {normalized(named.name): named.name for named in policy.classifications}
        self.requests = {normalized(kind.phrase): kind.id for kind in policy.requests.values()}
        for fact in policy.facts.values():
            self._add(fact)
        self._lengths = sorted({len(before) for before in self.patterns})

    def _add(self, fact: Fact) -> None:
        match fact:
            case YesNo(id, _, phrase, negative):
                self._exact(phrase, Answer(id, True))
                self._exact(negative, Answer(id, False))
            case SetOf(id, phrase=phrase, including=including, none=none):
                self._exact(none, Answer(id, frozenset()))
                self._pattern(phrase, fact, True)
                self._pattern(including, fact, False)
            case Number() | Day() | OneOf():
                self._pattern(fact.phrase, fact, True)
            case _:
                assert_never(fact)

    def _exact(self, phrase: str, meaning: Answer) -> None:
        self.exact.setdefault(normalized(phrase), []).append(meaning)

    def _pattern(self, phrase: str, fact: Fact, whole: bool) -> None:
        before, _, after = " ".join(phrase.casefold().split()).partition(VALUE)
        self.patterns.setdefault(before, []).append(Pattern(before, after.removesuffix("."), fact, whole))

    def _beginning(self, words: str) -> list[Pattern]:
        """The patterns whose beginning a sentence has."""
        return [pattern for length in self._lengths for pattern in self.patterns.get(words[:length], ())]

    def given(self, sentence: str) -> list[Given]:
        """What a Given sentence can mean: nothing where it is unknown, several where it is ambiguous."""
        words = normalized(sentence)
        found: list[Given] = list(self.exact.get(words, ()))
        for pattern in self._beginning(words):
            value = pattern.value(words)
            if value is not None:
                found.append(Answer(pattern.fact.id, value))
        if words == COMPLETE:
            found.append(CompleteRecord())
        if words.startswith(NAMES_CODE):
            found.append(NamesCode(words.removeprefix(NAMES_CODE).upper()))
        if words.startswith(NOT_KNOWN) and words.removeprefix(NOT_KNOWN) in self.subjects:
            found.append(NotKnown(self.subjects[words.removeprefix(NOT_KNOWN)]))
        return found

    def misvalued(self, sentence: str) -> tuple[Fact, str] | None:
        """The fact whose phrase a sentence uses with an answer that the fact cannot have, and that answer."""
        words = normalized(sentence)
        for pattern in self._beginning(words):
            inside = pattern.inside(words)
            if inside is not None and read_value(pattern.fact, inside) is None:
                return pattern.fact, inside
        return None

    def request(self, sentence: str) -> Request | None:
        """The request a When sentence makes."""
        phrase, on, day = normalized(sentence).rpartition(ON)
        when = as_day(day)
        if not on or when is None or phrase not in self.requests:
            return None
        return Request(self.requests[phrase], when)

    def subject_of(self, words: str) -> str | None:
        """The fact of this subject ("whether ..." or a name)."""
        return self.subjects.get(normalized(words))

    def sentences(self, kind: str) -> list[str]:
        """The phrases of one kind of sentence, as declared, to name the nearest ones."""
        if kind == "when":
            return [f"{request.phrase} on 2025-06-01" for request in self.policy.requests.values()]
        phrases = [phrase for fact in self.policy.facts.values() for phrase in phrases_of(fact)]
        return [*phrases, COMPLETE, NAMES_CODE + "97124"]


def phrases_of(fact: Fact) -> tuple[str, ...]:
    """Every phrase that a fact declares."""
    match fact:
        case YesNo():
            return (fact.phrase, fact.negative)
        case SetOf():
            return (fact.phrase, fact.including, fact.none)
        case Number() | Day() | OneOf():
            return (fact.phrase,)
        case _:
            assert_never(fact)


def read_value(fact: Fact, text: str) -> Value | None:
    """The answer that a text gives to a fact, in a sentence or a cell; None where it gives none."""
    words = normalized(text)
    match fact:
        case YesNo():
            return {"yes": True, "no": False}.get(words)
        case Number():
            if not _NUMBER.fullmatch(words):
                return None
            number = amount(words)
            return number if number is not None and not out_of_bounds(number, fact) else None
        case Day():
            return as_day(words)
        case OneOf(options=options):
            return next(iter(_ids_by_name(options).get(words, ())), None)
        case SetOf(options=options):
            return _members(words, options)
        case _:
            assert_never(fact)


def no_answer(fact: Fact, text: str, place: Place) -> Issue:
    """Why a text, in a sentence or a cell, gives no answer to a fact."""
    words = normalized(text)
    number = amount(words) if _NUMBER.fullmatch(words) else None
    if isinstance(fact, Number) and number is not None:
        return impossible_value(place, text, out_of_bounds(number, fact))
    return unknown_value(place, text, fact.id, _expected(fact), option_names(fact))


def _expected(fact: Fact) -> str:
    """What an answer to a fact looks like, for a hint."""
    match fact:
        case YesNo():
            return "yes or no"
        case Number(unit=unit):
            return f"a number of {unit}"
        case Day():
            return "a date such as 2025-06-01"
        case OneOf():
            return "one of its options by its printed name"
        case SetOf():
            return "printed names of its options, joined by commas and `and`"
        case _:
            assert_never(fact)


def option_names(fact: Fact) -> list[str]:
    """The printed names of a fact's options."""
    return [option.name for option in fact.options] if isinstance(fact, OneOf | SetOf) else []


def _readings(words: str, options: tuple[Option, ...]) -> set[frozenset[str]]:
    """Every way to read a list of names of options joined by commas and "and", which names may hold too."""
    ids = _ids_by_name(options)
    ends = [(joint.start(), joint.end()) for joint in _JOINT.finditer(words)]
    begun: dict[int, set[frozenset[str]]] = {0: {frozenset()}}
    whole: set[frozenset[str]] = set()
    for start in [0, *(after for _, after in ends)]:
        for end, after in [*ends, (len(words), -1)] if start in begun else ():
            for id in ids.get(words[start:end], ()) if end > start else ():
                found = {before | {id} for before in begun[start]}
                if after < 0:
                    whole |= found
                else:
                    begun.setdefault(after, set()).update(found)
    return whole


_IDS: dict[int, tuple[tuple[Option, ...], dict[str, list[str]]]] = {}
_MOST_KEPT = 100


def _ids_by_name(options: tuple[Option, ...]) -> dict[str, list[str]]:
    """The ids of options by their names as they are compared; made once for these very options."""
    kept = _IDS.get(id(options))
    if kept is None or kept[0] is not options:
        if len(_IDS) >= _MOST_KEPT:
            _IDS.clear()
        names: dict[str, list[str]] = {}
        for option in options:
            names.setdefault(normalized(option.name), []).append(option.id)
        kept = _IDS[id(options)] = options, names
    return kept[1]


def _members(words: str, options: tuple[Option, ...]) -> frozenset[str] | None:
    """The options that a list of names names; None where it can be read in no way or in several."""
    readings = _readings(words, options)
    return readings.pop() if len(readings) == 1 else None


def collisions(policy: Policy) -> list[Issue]:
    """Sentences of the policy's phrases that could mean two things."""
    return [*_colliding_facts(policy), *_colliding_options(policy), *_colliding_names(policy)]


def _colliding_facts(policy: Policy) -> Iterator[Issue]:
    vocabulary = Vocabulary(policy)
    told: set[frozenset[tuple[str, str]]] = set()
    for fact, phrase, sentence in _samples(policy):
        meanings = vocabulary.given(sentence)
        for meaning in meanings if len(meanings) > 1 else ():
            if not isinstance(meaning, Answer):
                yield colliding_phrases(fact.place, phrase, sentence, "of every policy")
                continue
            rival = policy.facts[meaning.fact]
            for other in phrases_of(rival):
                itself = (rival.id, other) == (fact.id, phrase) and phrases_of(fact).count(phrase) == 1
                pair = frozenset([(fact.id, phrase), (rival.id, other)])
                if not itself and pair not in told and _says(rival, other, normalized(sentence)):
                    told.add(pair)
                    first, second = sorted([(fact.place, phrase), (rival.place, other)])
                    yield colliding_phrases(second[0], second[1], first[1], _seen_from(second[0], first[0]))


def _says(fact: Fact, phrase: str, words: str) -> bool:
    before, value, after = " ".join(phrase.casefold().split()).partition(VALUE)
    if not value:
        return normalized(phrase) == words
    return Pattern(before, after.removesuffix("."), fact, True).value(words) is not None


def _seen_from(here: Place, there: Place) -> str:
    return f"on line {there.line}" if here.path == there.path else f"at {there.path}:{there.line}"


def _colliding_options(policy: Policy) -> Iterator[Issue]:
    """Names of options that are the same, or that read as a list of others."""
    for fact in policy.facts.values():
        first: dict[str, Option] = {}
        for option in fact.options if isinstance(fact, OneOf | SetOf) else ():
            words = normalized(option.name)
            if words in first:
                place = _seen_from(option.place, first[words].place)
                yield colliding_phrases(option.place, option.name, first[words].name, place)
            elif isinstance(fact, SetOf) and _readings(words, fact.options) - {frozenset([option.id])}:
                yield colliding_phrases(option.place, option.name, option.name, "as a list of other options")
            first.setdefault(words, option)


def _colliding_names(policy: Policy) -> Iterator[Issue]:
    """Requests of the same sentence, and facts of the same subject."""
    seen: dict[str, str] = {}
    for request in policy.requests.values():
        words = normalized(request.phrase)
        if words in seen:
            yield colliding_phrases(
                request.place, request.phrase, request.phrase, f"of the request kind `{seen[words]}`"
            )
        seen.setdefault(words, request.id)
    subjects: dict[str, Fact] = {}
    for fact in policy.facts.values():
        first = subjects.setdefault(normalized(subject(fact)), fact)
        # Two yes-no facts of the same subject have the same phrase.
        if first is not fact and not (isinstance(fact, YesNo) and isinstance(first, YesNo)):
            yield colliding_phrases(fact.place, subject(fact), subject(first), _seen_from(fact.place, first.place))


def _samples(policy: Policy) -> Iterator[tuple[Fact, str, str]]:
    """A sentence of every phrase for each option, or for one number or date."""
    for fact in policy.facts.values():
        for phrase in phrases_of(fact):
            if VALUE not in phrase:
                yield fact, phrase, phrase
                continue
            match fact:
                case OneOf() | SetOf():
                    values = option_names(fact)
                case Number(minimum=minimum, maximum=maximum):
                    # Two ranges that share a number share an edge of one of them.
                    edge = minimum if minimum is not None else maximum if maximum is not None else 1
                    values = [f"{edge:f}".rstrip("0").rstrip(".") if edge % 1 else f"{edge:.0f}"]
                case _:
                    values = ["2025-06-01"]
            for value in values:
                yield fact, phrase, phrase.replace(VALUE, value)
