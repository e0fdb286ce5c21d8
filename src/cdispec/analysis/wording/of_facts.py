"""Where the words of a fact disagree with each other: its question, its name, its sentences and its options."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from cdispec.analysis.wording.amounts import amounts_in, unit_named
from cdispec.analysis.wording.claims import Found, choices_in, denials_in, joins_in, opposite_in
from cdispec.analysis.wording.disagreement import Disagreement, Topic
from cdispec.analysis.wording.english import QUALIFYING, quoted, stems_of, words_of
from cdispec.analysis.wording.reading import Reading
from cdispec.analysis.wording.statements import Statement
from cdispec.model.criteria import Comparison
from cdispec.model.facts import Fact, Number, SetOf, YesNo, has_options, may_be_none

_FEWER = re.compile(r"\b(?:fewer|less|insufficient|inadequate|too|only|below|under)\b", re.IGNORECASE)
_UNIVERSAL = frozenset(("all", "every", "each", "both"))


class _Words:
    """A fact with the clauses that ask it, to say what in its words disagrees."""

    def __init__(self, fact: Fact, asking: Sequence[tuple[str, Statement]], reading: Reading) -> None:
        self.fact = fact
        self.clauses = tuple(id for id, _ in asking)
        self.around = [kind.phrase for kind in reading.policy.requests.values()]
        for _, statement in asking:
            self.around += [statement.words, *reading.near(statement)]

    def told(self, topic: Topic, part: str, words: str, at: Found | None, other: str, otherwise: str) -> Disagreement:
        start, end = (0, len(words)) if at is None else at
        name, says = f"the {part} of `{self.fact.id}`", quoted(words, start, end)
        return Disagreement(topic, name, says, other, otherwise, self.clauses, self.fact.place, words, start)


def of_facts(reading: Reading) -> Iterator[Disagreement]:
    """What disagrees in the words of each of the policy's own facts."""
    policy = reading.policy
    stated = (fact for id, fact in policy.facts.items() if id not in policy.asked_lines)
    own = [fact for fact in stated if fact.place.path.startswith(f"{policy.folder}/")]
    asking: dict[str, list[tuple[str, Statement]]] = {fact.id: [] for fact in own}
    for statement in reading.statements:
        for stood in statement.logic:
            logic = stood.criterion.logic
            for id in logic.facts if isinstance(logic, Comparison) else ():
                if id in asking:
                    asking[id].append((stood.criterion.id, statement))
    for fact in own:
        words = _Words(fact, asking[fact.id], reading)
        for rule in _RULES:
            yield from rule(words)
        yield from _of_another(words, own)


def _question_denied(words: _Words) -> Iterator[Disagreement]:
    """A question to which the sentence that answers it says the opposite, so that a yes would be read as no."""
    fact = words.fact
    if not isinstance(fact, YesNo):
        return
    question, phrase = fact.question, fact.phrase
    asked, said = denials_in(question, stems_of(phrase)), denials_in(phrase, stems_of(question))
    for denials, others, text, against, part, other in (
        (asked, said, question, phrase, "question", "its phrase"),
        (said, asked, phrase, question, "phrase", "its question"),
    ):
        also = frozenset[str]().union(*(denial.of for denial in others))
        spoken = stems_of(against)
        for denial in denials:
            if len(denials) > len(others) and denial.of & spoken and not denial.of & also:
                yield words.told(Topic.NEGATION, part, text, denial.at, other, against)
                return


def _negative_denies(words: _Words) -> Iterator[Disagreement]:
    """A negative that is no denial of the phrase, or denies less or more than it."""
    fact = words.fact
    if not isinstance(fact, YesNo):
        return
    phrase, negative = stems_of(fact.phrase), stems_of(fact.negative)
    said, denied = denials_in(fact.phrase, negative), denials_in(fact.negative, phrase)
    opposite = opposite_in(fact.negative, fact.phrase)
    turned = opposite is not None or _FEWER.search(fact.negative) is not None
    if len(said) == len(denied) and not turned and len(phrase & negative) * 2 > len(phrase):
        yield words.told(Topic.NEGATION, "negative", fact.negative, None, "its phrase", fact.phrase)
    elif missing := _left_out(fact.phrase, fact.negative):
        yield words.told(Topic.FACT, "phrase", fact.phrase, missing, "its negative", fact.negative)


def _left_out(phrase: str, negative: str) -> Found | None:
    """A word that limits the phrase and that its negative lacks, though it says all the others."""
    spoken = stems_of(negative).union(*(denial.of for denial in denials_in(negative, stems_of(phrase))))
    missing = [word for word in words_of(phrase) if word.carries and word.stem not in spoken]
    if len(missing) == 1 and missing[0].stem in QUALIFYING:
        return Found(missing[0].start, missing[0].end)
    return None


def _none_denies(words: _Words) -> Iterator[Disagreement]:
    """The sentence of an empty list, or that there is no value, that denies nothing."""
    fact = words.fact
    if isinstance(fact, SetOf) and not denials_in(fact.none):
        yield words.told(Topic.NEGATION, "sentence of the empty list", fact.none, None, "its kind", "a list of nothing")
    if may_be_none(fact) and not denials_in(fact.none):
        yield words.told(Topic.NEGATION, "sentence that there is none", fact.none, None, "its key", "no value")


def _opposites(words: _Words) -> Iterator[Disagreement]:
    """Two parts of a fact of which one says the opposite of the other."""
    for (part, text), (other, against) in _pairs(words.fact):
        if found := opposite_in(text, against):
            at, said = found
            yield words.told(Topic.FACT, part, text, at, f"its {other}", said)
            return


def _pairs(fact: Fact) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The question with each sentence and name, and these with each other."""
    parts = [("question", fact.question), ("phrase", fact.phrase)]
    if not isinstance(fact, YesNo):
        parts.insert(1, ("name", fact.name))
    if isinstance(fact, SetOf):
        parts.append(("including", fact.including))
    yield from pairwise(parts)


def _other_numbers(words: _Words) -> Iterator[Disagreement]:
    """A number, or all of several things, that one part of a fact asks for and another does not."""
    fact = words.fact
    if not isinstance(fact, YesNo):
        return
    for (part, text), (other, against) in _pairs(fact):
        for one, two, its, others in ((text, against, part, other), (against, text, other, part)):
            told = {(claim.value, claim.unit) for text in (two, *words.around) for claim in amounts_in(text)}
            for claim in amounts_in(one):
                if (claim.value, claim.unit) not in told and claim.value != 1:
                    yield words.told(Topic.NUMBER, its, one, Found(claim.start, claim.end), f"its {others}", two)
                    return
            read, against_read = words_of(one), {word.text for word in words_of(two)}
            for word in read:
                if word.text in _UNIVERSAL and not _UNIVERSAL & against_read:
                    yield words.told(Topic.QUANTIFIER, its, one, Found(word.start, word.end), f"its {others}", two)
                    return


def _other_units(words: _Words) -> Iterator[Disagreement]:
    """A unit, or a thing that is counted, which is not the one of the number."""
    fact = words.fact
    if not isinstance(fact, Number):
        return
    unit = unit_named(fact.unit)
    for part, text in (("question", fact.question), ("name", fact.name), ("phrase", fact.phrase)):
        for word in words_of(text):
            named = unit_named(word.text)
            if named and unit and named != unit and len(word.text) > 2 and named[0] in _COMPARABLE[unit[0]]:
                yield words.told(Topic.NUMBER, part, text, Found(word.start, word.end), "its unit", fact.unit)
                return
        counted = _counted(text)
        if unit is None and counted and len(stems_of(fact.unit)) == 1 and not stems_of(fact.unit) & counted:
            yield words.told(Topic.NUMBER, part, text, None, "its unit", fact.unit)
            return


_TIMES = frozenset(("second", "minute", "day", "month"))
_COMPARABLE = {
    **dict.fromkeys(_TIMES, _TIMES),
    **{unit: frozenset((unit,)) for unit in ("percent", "mm", "mmHg", "g", "kg/m2", "mg/dL")},
}


def _counted(text: str) -> frozenset[str]:
    """What is counted by "how many" or "the number of"."""
    read = words_of(text)
    for n, (one, two) in enumerate(pairwise(read)):
        if (one.text, two.text) in (("how", "many"), ("number", "of")):
            found = []
            for word in read[n + 2 :]:
                if not word.carries:
                    break
                found.append(word.stem)
            return frozenset(found)
    return frozenset()


def _choices(words: _Words) -> Iterator[Disagreement]:
    """What one part leaves to choice and the other does not."""
    fact = words.fact
    for (part, text), (other, against) in _pairs(fact):
        for one, two, its, others in ((text, against, part, other), (against, text, other, part)):
            found = choices_in(one)
            if found and not choices_in(two) and "can" not in one.lower().split():
                yield words.told(Topic.DUTY, its, one, found[0], f"its {others}", two)
                return


def _joined(words: _Words) -> Iterator[Disagreement]:
    """What one part joins by "and" and the other by "or"."""
    fact = words.fact
    for (part, text), (other, against) in _pairs(fact):
        one, two = [*joins_in(text)], [*joins_in(against)]
        if len(one) == len(two):
            for (joint, at), (others, _) in zip(one, two, strict=True):
                if joint != others:
                    yield words.told(Topic.LIST, part, text, at, f"its {other}", against)
                    return


def _about_nothing(words: _Words) -> Iterator[Disagreement]:
    """Two parts of a fact that have no word in common."""
    fact = words.fact
    for (part, text), (other, against) in _pairs(fact):
        one, two = stems_of(text), stems_of(against)
        if len(one) > 1 and len(two) > 1 and not one & two:
            yield words.told(Topic.FACT, part, text, None, f"its {other}", against)
            return


def _includes(words: _Words) -> Iterator[Disagreement]:
    """The sentence of a list that may hold more which leaves something out."""
    fact = words.fact
    if isinstance(fact, SetOf) and (denials_in(fact.including) or opposite_in(fact.including, "include")):
        part = "sentence of the open list"
        yield words.told(Topic.NEGATION, part, fact.including, None, "its kind", "a list that holds at least these")


def _options(words: _Words) -> Iterator[Disagreement]:
    """Options whose names are those of others, as their ids say."""
    fact = words.fact
    if not has_options(fact):
        return
    for option in fact.options:
        for other in fact.options:
            if other is not option and [*joins_in(option.name)] and stems_of(other.name) < stems_of(option.name):
                yield words.told(Topic.FACT, f"option `{option.id}`", option.name, None, "the option", other.id)
                return
    ids = {option.id: stems_of(option.id.replace("-", " ")) for option in fact.options}
    for option in fact.options:
        named = stems_of(option.name)
        for id, stems in ids.items():
            if id != option.id and named and stems == named and ids[option.id] != named:
                yield words.told(Topic.FACT, f"option `{option.id}`", option.name, None, "the option", id)
                return


def _of_another(words: _Words, facts: Iterable[Fact]) -> Iterator[Disagreement]:
    """A question that asks what another fact asks."""
    fact = words.fact
    asked, own = stems_of(fact.question), stems_of(fact.phrase)
    if not isinstance(fact, YesNo) or own <= asked:
        return
    for other in facts:
        if other.id != fact.id and isinstance(other, YesNo):
            its = stems_of(other.phrase)
            if its - own and its <= asked and not (own - its) & asked:
                told = words.told(
                    Topic.FACT, "question", fact.question, None, f"the phrase of `{other.id}`", other.phrase
                )
                yield told
                return


_RULES: tuple[Callable[[_Words], Iterator[Disagreement]], ...] = (
    _question_denied,
    _negative_denies,
    _none_denies,
    _opposites,
    _other_numbers,
    _other_units,
    _choices,
    _joined,
    _about_nothing,
    _includes,
    _options,
)
