"""Where words deny, except or leave to choice what the logic does not, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cdispec.analysis.wording.claims import (
    Denial,
    Found,
    choices_in,
    denials_in,
    disregards,
    excepts,
    opposite_in,
    quantifiers_in,
    without_outcomes,
)
from cdispec.analysis.wording.disagreement import Disagreement, Topic, disagreement
from cdispec.analysis.wording.english import outside_brackets, stems_of
from cdispec.analysis.wording.reading import Reading
from cdispec.analysis.wording.rows import rows_asked
from cdispec.analysis.wording.said import Asked, asked_in, lists_said, sentence_wanted, words_asking, words_of_fact
from cdispec.analysis.wording.statements import Statement
from cdispec.model.criteria import AllOf, Reference
from cdispec.model.policy import Otherwise

_LOGIC = "its logic"
_UNMET = re.compile(
    r"\b(?:not|no|nor|never)\b(?:\W+\w+){0,3}?\W+(?:met|meet|meets|satisf\w+|fulfil\w+|apply|applies|applicable)\b"
    r"|\bfail(?:s|ed)?\s+to\s+(?:meet|satisfy|fulfil)|\bunmet\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(r"\b(?:no|not)\s+more\s+than\b|\bonly\b|\bat\s+most\b|\bup\s+to\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bthe\s+following\b", re.IGNORECASE)
_NEAR = 30
_LISTED = re.compile(r"\b(?:listed|met|above|covered|addressed)\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:other|others|otherwise|else|remaining|not|no|unless|except|un\w+|non)\b", re.IGNORECASE)


def negations(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Words that deny what the logic asks for, or do not deny what it denies; and opposites of what it asks."""
    words = _before_exception(outside_brackets(statement.text or without_outcomes(statement.lead)))
    wanted = [*_wanted(statement, reading)]
    expected = " ; ".join(sentence for _, sentence in wanted)
    if not expected:
        return
    against, spoken = stems_of(expected), stems_of(words)
    asking = " ; ".join(words_asking(one) for one, _ in wanted)
    denied, denying = denials_in(words, against), denials_in(expected, spoken)
    said = rows_asked(statement, reading.policy) + " or ".join(dict.fromkeys(sentence for _, sentence in wanted))
    at: Found | None = None
    unasked = next((one for one in denied if statement.text and not _denies_too(one, asking, spoken)), None)
    if strange := _strange(denied, denying, against) or unasked:
        at = strange.at
    elif ignored := disregards(words):
        at = ignored
    elif opposite := opposite_in(words, asking):
        at = opposite[0]
    elif wanted[0][0].stood not in statement.logic or not _asserted(wanted, denied, spoken):
        return
    yield disagreement(Topic.NEGATION, statement, statement.words, at, _LOGIC, said)


def _wanted(statement: Statement, reading: Reading) -> Iterator[tuple[Asked, str]]:
    """The facts that words ask, or those of the list that they introduce, with the sentence that is wanted of each."""
    own = [one for one in asked_in(statement, reading.policy) if not one.stood.guard]
    below = (reading.by_id[stood.criterion.id] for stood in statement.members if not stood.guard)
    for one in own or [one for other in below for one in asked_in(other, reading.policy)]:
        if sentence := sentence_wanted(one):
            yield one, sentence


def _before_exception(words: str) -> str:
    excepted = excepts(words)
    return words if excepted is None else words[: excepted.start]


def _strange(denials: Sequence[Denial], others: Sequence[Denial], against: frozenset[str]) -> Denial | None:
    """A denial of what the other side says and does not deny, where the one side denies more often than the other."""
    also = frozenset[str]().union(*(other.of for other in others))
    compared = [denial for denial in denials if denial.of & against]
    if len(compared) <= len([other for other in others if other.of & also & against]):
        return None
    return next((denial for denial in compared if not denial.of & also), None)


def _asserted(wanted: list[tuple[Asked, str]], denied: Sequence[Denial], spoken: frozenset[str]) -> bool:
    """Whether words assert what a sentence that is wanted denies; of several facts only words without any denial do."""
    if len(wanted) > 1 and denied:
        return False
    return any(_strange(denials_in(sentence, spoken), denied, spoken) for _, sentence in wanted)


def _denies_too(denial: Denial, asking: str, spoken: frozenset[str]) -> bool:
    """Whether what is asked denies something of the kind; a denial that does not say of what cannot be compared."""
    others = denials_in(asking, spoken)
    return (
        not denial.of or any(denial.of & other.of for other in others) or bool(others and denial.of & stems_of(asking))
    )


def references_denied(statement: Statement, _: Reading) -> Iterator[Disagreement]:
    """Words that say that criteria are not met where the logic asks that they are, and the reverse."""
    referring = [stood for stood in statement.logic if isinstance(stood.criterion.logic, Reference)]
    kinds = {stood.denied for stood in referring if not stood.guard}
    if len(kinds) != 1 or not statement.text:
        return
    unmet = _UNMET.search(statement.text)
    if (unmet is not None) is not kinds.pop():
        at = None if unmet is None else Found(*unmet.span())
        said = "that they are met" if unmet else "that they are not met"
        yield disagreement(Topic.NEGATION, statement, statement.text, at, _LOGIC, said)


def rest_denied(statement: Statement, _: Reading) -> Iterator[Disagreement]:
    """What is said of every other request in words that speak of those that are listed."""
    if isinstance(statement.block, Otherwise) and statement.led:
        listed = _LISTED.search(statement.lead)
        if listed is not None and not _REST.search(statement.lead[: listed.start()]):
            at = Found(*listed.span())
            yield disagreement(Topic.NEGATION, statement, statement.lead, at, "its block", "what is not listed")


def exceptions(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Exceptions that the logic does not have, and those that it has and no words make."""
    if not statement.logic or not (statement.text or statement.led):
        return
    guards = [stood.criterion.unless for stood in statement.logic if stood.criterion.unless is not None]
    excepted = excepts(statement.words)
    if excepted is not None and not guards and not _excepts_too(statement, excepted, reading):
        yield disagreement(Topic.NEGATION, statement, statement.words, excepted, _LOGIC, "no exception")
    unprinted = [guard for guard in guards if guard.text is None]
    if unprinted and excepted is None and not any(excepts(text) for text in reading.around(statement)):
        asked = asked_in(statement, reading.policy)
        facts = " or ".join(sentence_wanted(one) or one.fact.id for one in asked if one.stood.guard)
        otherwise = f"unless {facts or 'another clause is met'}"
        yield disagreement(Topic.NEGATION, statement, statement.words, None, _LOGIC, otherwise)


def _excepts_too(statement: Statement, excepted: Found, reading: Reading) -> bool:
    """Whether the logic, or what its facts ask, leaves something out as the words do."""
    if any(quantifier.at.start > excepted.start for quantifier in quantifiers_in(statement.words)):
        return any(listed.denied for listed in lists_said(statement, reading.by_id))
    asking = " ; ".join(words_asking(one) for one in asked_in(statement, reading.policy))
    below = (stood for other in reading.below(statement) for stood in other.logic)
    return (
        any(stood.denied or stood.guard for stood in (*statement.logic, *below))
        or excepts(asking) is not None
        or bool(denials_in(asking))
    )


def duties(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Words that leave to choice what the logic requires."""
    words = statement.words
    if not statement.logic or not words or not _is_required(statement, reading) or _LIMITS.search(words):
        return
    introduced = [quantifier.at.start for quantifier in quantifiers_in(words)]
    introduced += [match.start() for match in _FOLLOWING.finditer(words)]
    asked = " ".join(words_of_fact(one.fact) for one in asked_in(statement, reading.policy))
    permitted = {asked[found.start : found.end].lower() for found in choices_in(asked)}
    for found in choices_in(words):
        near = statement.text or any(0 <= start - found.end < _NEAR for start in introduced)
        if near and words[found.start : found.end].lower() not in permitted:
            yield disagreement(Topic.DUTY, statement, words, found, _LOGIC, "it must be so")
            return


def _is_required(statement: Statement, reading: Reading) -> bool:
    """Whether words stand for what must be so: a block itself, or a member of an all-of."""
    if not statement.within:
        return not isinstance(statement.block, Otherwise)
    above = next(m.above for m in statement.within[0].members if m.criterion.id == statement.id)
    return isinstance(reading.policy.criteria[above].logic, AllOf)
