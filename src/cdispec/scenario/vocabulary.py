"""The vocabulary of a policy: the sentences its facts and requests declare, and what each means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from cdispec.issues.catalogue import nearest
from cdispec.issues.codes import malformed_code
from cdispec.issues.facts import colliding_phrases, impossible_value
from cdispec.issues.scenarios import unknown_sentence, unknown_value
from cdispec.model.cells import read_code
from cdispec.model.codes import SAMPLES
from cdispec.model.facts import (
    VALUE,
    Day,
    Fact,
    Including,
    Month,
    NoValue,
    Number,
    OneOf,
    Option,
    Rows,
    SetOf,
    Value,
    YesNo,
    amount,
    answerable,
    as_day,
    has_options,
    impossible_answer,
    may_be_none,
    subject,
)
from cdispec.model.phrases import NONE, phrase_of, read_month
from cdispec.model.policy import Policy
from cdispec.model.records import RecordList
from cdispec.source import Issue, Place

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_JOINT = re.compile(r",? and |, ")


@dataclass(frozen=True, slots=True)
class StatedAnswer:
    """A sentence gives a fact this answer; None says that it is not known."""

    fact: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class CompleteRecord:
    """A sentence says that there is nothing else to be found."""


@dataclass(frozen=True, slots=True)
class NamesCode:
    """A sentence names a CPT/HCPCS code of the request."""

    code: str


@dataclass(frozen=True, slots=True)
class StatedRows:
    """A sentence says that the table below it has rows of a list: all of them, or some."""

    list: str
    whole: bool


Given = StatedAnswer | StatedRows | CompleteRecord | NamesCode

INCLUDING = "including "
"""Begins a cell with a part of a list."""

COMPLETE = "the record is complete"
NAMES_CODE = "the request names code "
NOT_KNOWN = "it is not known "
ON = " on "
LINES = re.compile(r"these lines are requested(?P<more>, and perhaps others,)? on (?P<day>\S+)")
"""Makes a request with the lines of the table below it; there may be others."""
_OF_LINES = (
    "these lines are requested on 2025-06-01",
    "these lines are requested, and perhaps others, on 2025-06-01",
)


def request_sentences(policy: Policy) -> list[str]:
    """The sentences that make a request; those for several lines only where a policy asks for other lines."""
    of_lines = _OF_LINES if policy.asked_lines else ()
    return [*(f"{one.phrase} on 2025-06-01" for one in policy.requests.values()), *of_lines]


def normalized(text: str) -> str:
    """A sentence as it is compared: without regard to case, spacing and a full stop."""
    return " ".join(text.casefold().split()).removesuffix(".")


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase of a fact: the answer that it gives, or what stands before and after the answer that is said in it.

    What is said may be the `whole` answer, or part of a list.
    """

    text: str
    fact: Fact
    given: Value | None = None
    whole: bool = True

    @property
    def declared(self) -> str:
        """The phrase as its author wrote it: that of a date serves for its month, too."""
        return self.fact.phrase if isinstance(self.fact, Day) and self.given is None else self.text

    @property
    def edges(self) -> tuple[str, str]:
        """What stands before and after `{value}`, as sentences are compared."""
        before, _, after = " ".join(self.text.casefold().split()).partition(VALUE)
        return before, after.removesuffix(".")


class Vocabulary:
    """Looks sentences up: whole phrases in a dictionary, those with a value in one of beginnings."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._exact: dict[str, list[Phrase]] = {}
        self._beginning: dict[str, list[tuple[Phrase, str]]] = {}
        facts = answerable(policy.facts).values()
        self.subjects = {normalized(subject(fact)): fact.id for fact in facts}
        self.subjects |= {normalized(of.name): of.id for of in policy.lists.values()}
        self.of_lists: dict[str, list[StatedAnswer | StatedRows]] = {}
        for of in policy.lists.values():
            stated: list[StatedAnswer | StatedRows] = [StatedRows(of.id, True), StatedRows(of.id, False)]
            stated.append(StatedAnswer(of.id, Rows((), True)))
            for sentence, one in zip(phrases_of_list(of), stated, strict=True):
                self.of_lists.setdefault(normalized(sentence), []).append(one)
        grants = (rule.grant for rule in policy.rules if rule.grant is not None)
        self.restrictions = {normalized(one.words): one.words for grant in grants for one in grant.restrictions}
        self.classifications = {normalized(named.name): named.name for named in policy.classifications}
        self.requests = {normalized(kind.phrase): kind.id for kind in policy.requests.values()}
        self.phrases = [phrase for fact in facts for phrase in _phrases(fact)]
        for phrase in self.phrases:
            if phrase.given is not None:
                self._exact.setdefault(normalized(phrase.text), []).append(phrase)
            else:
                before, after = phrase.edges
                self._beginning.setdefault(before, []).append((phrase, after))
        self._lengths = sorted({len(before) for before in self._beginning})

    def _begun(self, words: str) -> Iterator[tuple[Phrase, str]]:
        """The phrases with a value whose words a sentence has around one, and what stands there."""
        for length in self._lengths:
            for phrase, after in self._beginning.get(words[:length], ()):
                if len(words) > length + len(after) and words.endswith(after):
                    yield phrase, words[length : len(words) - len(after)].strip()

    def answers(self, words: str) -> Iterator[tuple[Phrase, StatedAnswer]]:
        """The answers that a sentence can give, each in the words of a phrase."""
        for phrase in self._exact.get(words, ()):
            yield phrase, StatedAnswer(phrase.fact.id, phrase.given)
        for phrase, inside in self._begun(words):
            value = read_value(phrase.fact, inside)
            if value is not None:
                if isinstance(phrase.fact, Day) and phrase.text != phrase_of(phrase.fact, value):
                    continue
                if isinstance(value, frozenset) and not phrase.whole:
                    value = Including(value)
                yield phrase, StatedAnswer(phrase.fact.id, value)

    def given(self, sentence: str) -> list[Given]:
        """What a Given sentence can mean: nothing where it is unknown, several where it is ambiguous."""
        words = normalized(sentence)
        found: list[Given] = [answer for _, answer in self.answers(words)]
        found += self.of_lists.get(words, ())
        if words == COMPLETE:
            found.append(CompleteRecord())
        if words.startswith(NAMES_CODE):
            found.append(NamesCode(words.removeprefix(NAMES_CODE).upper()))
        if words.startswith(NOT_KNOWN) and words.removeprefix(NOT_KNOWN) in self.subjects:
            found.append(StatedAnswer(self.subjects[words.removeprefix(NOT_KNOWN)], None))
        return found

    def misvalued(self, sentence: str) -> tuple[Fact, str] | None:
        """The fact whose phrase a sentence uses with an answer that the fact cannot have, and that answer."""
        begun = self._begun(normalized(sentence))
        found = ((phrase.fact, inside) for phrase, inside in begun if read_value(phrase.fact, inside) is None)
        return next(found, None)

    def request(self, sentence: str) -> tuple[str, date] | None:
        """The kind of the request that a When sentence makes, and its day."""
        phrase, _, said = normalized(sentence).rpartition(ON)
        day = as_day(said)
        return (self.requests[phrase], day) if phrase in self.requests and day is not None else None

    def subject_of(self, words: str) -> str | None:
        """The fact of this subject ("whether ..." or a name)."""
        return self.subjects.get(normalized(words))

    def sentences(self, kind: str) -> list[str]:
        """The phrases of one kind of sentence, as declared, to name the nearest ones."""
        if kind == "when":
            return request_sentences(self.policy)
        of_lists = (sentence for of in self.policy.lists.values() for sentence in phrases_of_list(of))
        return [*(phrase.text for phrase in self.phrases), *of_lists, COMPLETE, NAMES_CODE + "97124"]


_SOME_MONTH = Month(2025, 6)


def _phrases(fact: Fact) -> tuple[Phrase, ...]:
    match fact:
        case YesNo():
            return Phrase(fact.phrase, fact, True), Phrase(fact.negative, fact, False)
        case SetOf():
            part, empty = Phrase(fact.including, fact, whole=False), Phrase(fact.none, fact, frozenset())
            return Phrase(fact.phrase, fact), part, empty
        case Number() | Day() | OneOf():
            none = (Phrase(fact.none, fact, NoValue()),) if may_be_none(fact) else ()
            of_month = phrase_of(fact, _SOME_MONTH) if isinstance(fact, Day) else fact.phrase
            by_month = () if of_month == fact.phrase else (Phrase(of_month, fact),)
            return (Phrase(fact.phrase, fact), *by_month, *none)
        case _:
            assert_never(fact)


def phrases_of(fact: Fact) -> tuple[str, ...]:
    """Every phrase that a fact declares."""
    return tuple(phrase.text for phrase in _phrases(fact))


def phrases_of_list(of: RecordList) -> tuple[str, str, str]:
    """Every phrase that a list declares."""
    return of.phrase, of.including, of.none


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
            return number if number is not None and not impossible_answer(number, fact) else None
        case Day():
            return as_day(words) or read_month(words)
        case OneOf(options=options):
            return next(iter(_ids_by_name(options).get(words, ())), None)
        case SetOf(options=options):
            return _members(words, options) if fact.codes is None else _codes(words, fact)
        case _:
            assert_never(fact)


def no_answer(fact: Fact, text: str, place: Place) -> Issue:
    """Why a text, in a sentence or a cell, gives no answer to a fact."""
    words = normalized(text)
    number = amount(words) if _NUMBER.fullmatch(words) else None
    if isinstance(fact, Number) and number is not None:
        return impossible_value(place, text, impossible_answer(number, fact))
    if isinstance(fact, SetOf) and fact.codes is not None:
        for part in _JOINT.split(text):
            code, problem, meant = read_code(part, fact)
            if not code:
                return malformed_code(place, part, problem, meant)
    return unknown_value(place, text, fact.id, _expected(fact), option_names(fact))


def unknown_words(words: str, place: Place, known: Iterable[str]) -> Issue:
    """That a sentence or subject is none of those that are known, with the nearest ones."""
    return unknown_sentence(place, words, nearest(normalized(words), known))


def _expected(fact: Fact) -> str:
    """What an answer to a fact looks like, for a hint."""
    match fact:
        case YesNo():
            return "yes or no"
        case Number(unit=unit):
            return f"a {'whole ' if fact.whole else ''}number of {unit}"
        case Day():
            return "a date such as 2025-06-01, or a month such as June 2025"
        case OneOf():
            return "one of its options by its printed name"
        case SetOf():
            return f"{'printed names of its options' if fact.codes is None else 'codes'}, joined by commas and `and`"
        case _:
            assert_never(fact)


def option_names(fact: Fact) -> list[str]:
    """The printed names of a fact's options."""
    if isinstance(fact, SetOf) and fact.codes is not None:
        return [SAMPLES[fact.codes.system]]
    return [option.name for option in fact.options] if has_options(fact) else []


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


def _codes(words: str, fact: SetOf) -> frozenset[str] | None:
    """The codes that a list names; None where one of them is none."""
    codes = [read_code(part, fact)[0] for part in _JOINT.split(words)]
    return frozenset(codes) if all(codes) else None


def collisions(policy: Policy) -> list[Issue]:
    """Sentences of the policy's phrases that could mean two things."""
    return [
        *_colliding_facts(policy),
        *_colliding_options(policy),
        *_colliding_names(policy),
        *_colliding_forms(policy),
        *_colliding_lists(policy),
    ]


def _colliding_lists(policy: Policy) -> Iterator[Issue]:
    """Sentences of lists that mean something else as well, and lists of which a fact has the name."""
    vocabulary = Vocabulary(policy)
    for of in policy.lists.values():
        for sentence in phrases_of_list(of):
            if len(vocabulary.given(sentence)) > 1:
                yield colliding_phrases(of.place, sentence, sentence, "of another fact, or said twice")
        for fact in answerable(policy.facts).values():
            if normalized(subject(fact)) == normalized(of.name):
                yield colliding_phrases(of.place, of.name, subject(fact), _seen_from(of.place, fact.place))


def _colliding_facts(policy: Policy) -> Iterator[Issue]:
    vocabulary = Vocabulary(policy)
    told: set[frozenset[tuple[str, str]]] = set()
    for phrase, sentence in _samples(vocabulary):
        fact = phrase.fact
        answers = [*vocabulary.answers(normalized(sentence))]
        if answers and len(vocabulary.given(sentence)) > len(answers):
            yield colliding_phrases(fact.place, phrase.text, sentence, "of every policy")
        for rival, _ in answers:
            pair = frozenset([(fact.id, phrase.declared), (rival.fact.id, rival.declared)])
            if rival is not phrase and pair not in told:
                told.add(pair)
                first, second = sorted([(fact.place, phrase.declared), (rival.fact.place, rival.declared)])
                yield colliding_phrases(second[0], second[1], first[1], _seen_from(second[0], first[0]))


def _seen_from(here: Place, there: Place) -> str:
    return f"on line {there.line}" if here.path == there.path else f"at {there.path}:{there.line}"


def _colliding_options(policy: Policy) -> Iterator[Issue]:
    """Names of options that are the same, or that read as a list of others."""
    for fact in policy.facts.values():
        first: dict[str, Option] = {}
        for option in fact.options if has_options(fact) else ():
            words = normalized(option.name)
            if words in first:
                place = _seen_from(option.place, first[words].place)
                yield colliding_phrases(option.place, option.name, first[words].name, place)
            elif isinstance(fact, SetOf) and _readings(words, fact.options) - {frozenset([option.id])}:
                yield colliding_phrases(option.place, option.name, option.name, "as a list of other options")
            elif words == NONE and may_be_none(fact):
                yield colliding_phrases(option.place, option.name, fact.none, "of the same fact")
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
    for fact in answerable(policy.facts).values():
        first = subjects.setdefault(normalized(subject(fact)), fact)
        # Two yes-no facts of the same subject have the same phrase.
        if first is not fact and not (isinstance(fact, YesNo) and isinstance(first, YesNo)):
            yield colliding_phrases(fact.place, subject(fact), subject(first), _seen_from(fact.place, first.place))


def _colliding_forms(policy: Policy) -> Iterator[Issue]:
    """Forms that clauses limit what they grant to, in the same words but written otherwise: a scenario means one."""
    first: dict[str, tuple[str, Place]] = {}
    for rule in policy.rules:
        for one in rule.grant.restrictions if rule.grant is not None else ():
            words, place = first.setdefault(normalized(one.words), (one.words, rule.criterion.place))
            if words != one.words:
                here = rule.criterion.place
                yield colliding_phrases(here, one.words, words, _seen_from(here, place))


def _samples(vocabulary: Vocabulary) -> Iterator[tuple[Phrase, str]]:
    """A sentence of every phrase for each option, for one number, or for a date and a month."""
    for phrase in vocabulary.phrases:
        for value in _values(phrase.fact) if VALUE in phrase.text else [""]:
            yield phrase, phrase.text.replace(VALUE, value)


def _values(fact: Fact) -> list[str]:
    match fact:
        case OneOf() | SetOf():
            return option_names(fact)
        case Number(minimum=minimum, maximum=maximum):
            # Two ranges that share a number share an edge of one of them.
            edge = minimum if minimum is not None else maximum if maximum is not None else 1
            return [f"{edge:f}".rstrip("0").rstrip(".") if edge % 1 else f"{edge:.0f}"]
        case Day() | YesNo():
            return ["2025-06-01", "June 2025"]
        case _:
            assert_never(fact)
