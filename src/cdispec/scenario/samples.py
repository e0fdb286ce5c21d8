"""Sentences that a policy's own scenarios can say, with its labels and with answers in them, to read them back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import assert_never

from cdispec.model.codes import SAMPLES
from cdispec.model.criteria import Comparison
from cdispec.model.facts import Day, Fact, Including, Number, OneOf, SetOf, Value, YesNo, answerable, subject
from cdispec.model.phrases import sentence, sentence_of
from cdispec.model.policy import Policy
from cdispec.scenario.expectations import (
    CLASSIFIED,
    EACH_CASE,
    FOR_LINE,
    NEEDED_ON,
    NOT_ADDRESSED,
    NOTHING_ELSE,
    RESTRICTED,
    resting_words,
)

DAY = date(2025, 6, 1)
"""The day of a sentence that is shown as an example."""
_MOST = 5


def answers_of(fact: Fact) -> Iterator[str]:
    """The sentences of a fact with an answer in them."""
    match fact:
        case YesNo():
            return
        case Number():
            shown = next((n for n in (2, fact.minimum, fact.maximum) if n is not None and _within(n, fact)), 2)
            found: list[Value] = [shown]
        case Day():
            found = [DAY]
        case OneOf():
            found = [fact.options[0].id] if fact.options else []
        case SetOf():
            ids = [option.id for option in fact.options[:2]] if fact.codes is None else [SAMPLES[fact.codes.system]]
            found = [frozenset(ids), Including(frozenset(ids[:1]))] if ids else []
        case _:
            assert_never(fact)
    yield from (sentence_of(fact, value) for value in found)


def _within(number: object, fact: Number) -> bool:
    low, high = fact.minimum, fact.maximum
    return isinstance(number, int) and (low is None or low <= number) and (high is None or number <= high)


def asked_of(fact: Fact, policy: Policy) -> list[str]:
    """What the criteria of a policy ask of a number, a date or an option, as reasons say it."""
    asked = (one.logic for one in policy.criteria.values() if isinstance(one.logic, Comparison))
    if isinstance(fact, YesNo | SetOf):
        return []
    own = (sentence(fact, one.test, policy) for one in asked if one.fact == fact.id)
    return list(islice(dict.fromkeys(own), _MOST))


def expected_of(policy: Policy) -> Iterator[str]:
    """What can be expected of a case, each outcome under the clauses that give it."""
    for outcome in policy.stated_outcomes:
        labels = dict.fromkeys(
            [
                *(rule.criterion.label for rule in policy.rules if rule.outcome is outcome),
                *(said.label for said in policy.otherwise if said.outcome is outcome),
            ]
        )
        phrase = next((own.phrase for own in policy.outcomes if own.outcome is outcome and own.phrase), "")
        if labels:
            yield (phrase or f"it is {outcome}") + resting_words((*labels,)[:2], True)
    yield NOT_ADDRESSED
    subjects = [subject(fact) for fact in answerable(policy.facts).values()]
    for words in (NEEDED_ON, "it is settled by knowing", "it depends on", "it does not depend on"):
        yield from (f"{words} {one}" for one in subjects[:1])
        if words == NEEDED_ON:
            yield NOTHING_ELSE
    for named in policy.classifications:
        yield from (opening + named.name for opening in CLASSIFIED)
    grants = [rule.grant for rule in policy.rules if rule.grant is not None]
    if any(grant.term for grant in grants):
        yield from (f"it is granted {edge} {DAY}" for edge in ("from", "until"))
    if any(grant.quotas for grant in grants):
        yield "2 of 3 are granted"
    for form in dict.fromkeys(one.words for grant in grants for one in grant.restrictions):
        yield from (opening + form for opening in RESTRICTED)
    for code in policy.codes[:1]:
        yield f"code {code.code} is listed in {code.label}"
        yield f"code {code.code} is not listed"
    yield EACH_CASE
    if policy.asked_lines:
        yield f"{FOR_LINE}<name>, <any of these sentences>"
