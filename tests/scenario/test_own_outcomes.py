"""Outcomes that a policy declares: how they are read, told in scenarios, and held against each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cdispec.analysis.effects.compare import effect_of
from cdispec.analysis.effects.wording import effect_lines
from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.outcomes import Outcome, OutcomeEffect, in_order, precedence
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.scenario.writing import outcome_sentence

OWN = read_library(Path(__file__).parents[1] / "determine" / "policies").policies["90041"]
FACTS = "pain: {kind: yes-no, question: Is there pain?, phrase: there is pain, negative: there is no pain}"
FRONT = """\
---
number: "00050"
title: Sample
issuer: Test
document: Test
status: draft
original_effective_date: 2025-01-01
last_review_date: 2025-01-01
requests: {initial: it is requested}
outcomes: OUTCOMES
---

## One {#one}

~~~criteria
{request: initial, outcome: STATED, fact: pain}
~~~

## Rest {#rest}

~~~criteria
{request: initial, otherwise: not medically necessary}
~~~
"""


def read(outcomes: str, stated: str) -> tuple[Policy, list[str]]:
    """A policy with these outcomes, of which a clause states one; and the codes of its issues."""
    facts, _ = read_facts(FACTS, "facts.yaml")
    text = FRONT.replace("OUTCOMES", outcomes).replace("STATED", stated)
    policy, issues = read_policy(text, "policy.md", "00050-sample", facts, ())
    assert policy is not None
    return policy, [issue.code for issue in issues]


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ("{left: {effect: leaves}}", "wrong-kind"),
        ("{left: {}}", "missing-key"),
        ("{Left: {effect: refers}}", "wrong-kind"),
        ("{medically  necessary: {effect: denies}}", "wrong-kind"),
        ("{'left ': {effect: refers}}", "wrong-kind"),
        ("{left: {effect: refers, after: right}}", "unknown-outcome"),
        ("{left: {effect: refers, before: not indicated, after: not indicated}}", "wrong-kind"),
        ("{left: {effect: refers, rank: 1}}", "unknown-key"),
    ],
)
def test_an_outcome_that_cannot_be_read_is_told(outcomes: str, code: str) -> None:
    assert code in read(outcomes, "medically necessary")[1]


@pytest.mark.parametrize(
    ("outcomes", "first"),
    [
        ("{not indicated: {effect: denies}}", "not indicated` of every policy"),
        ("{more information needed: {effect: refers}}", "more information needed` of every policy"),
        ("{not medically-necessary: {effect: denies}}", "not medically necessary` of every policy"),
        ("{it is medically necessary: {effect: denies}}", "it is medically necessary` of every policy"),
        ("{bar: {effect: denies, phrase: it is medically necessary}}", "it is medically necessary` of every policy"),
        ("{bar: {effect: denies, phrase: It is  Medically necessary.}}", "it is medically necessary` of every policy"),
        ("{bar: {effect: denies, phrase: not addressed}}", "not addressed` of every policy"),
        ("{bar: {effect: denies}, left: {effect: refers, phrase: it is bar}}", "it is bar` on line 10"),
        ("{bar: {effect: denies, phrase: it is left}, left: {effect: refers}}", "it is left` on line 10"),
        ("{bar: {effect: denies, phrase: it is out}, left: {effect: refers, phrase: It is out}}", "it is out` on line"),
    ],
)
def test_two_outcomes_are_not_said_in_the_same_words(outcomes: str, first: str) -> None:
    facts, _ = read_facts(FACTS, "facts.yaml")
    text = FRONT.replace("OUTCOMES", outcomes).replace("STATED", "medically necessary")
    _, issues = read_policy(text, "policy.md", "00050-sample", facts, ())
    assert [(issue.code, issue.place.line) for issue in issues] == [("colliding-phrases", 10)]
    assert first in issues[0].message


def test_the_phrase_of_an_outcome_may_repeat_its_own_name() -> None:
    assert read("{left: {effect: refers, phrase: it is left}}", "left")[1] == []


def test_an_outcome_that_is_not_declared_cannot_be_stated() -> None:
    assert read("{left: {effect: refers}}", "right")[1] == ["unknown-outcome"]


def test_outcomes_are_asked_for_as_they_are_declared() -> None:
    ranks = precedence(OWN.outcomes)
    asked = sorted(ranks, key=lambda outcome: (ranks[outcome], outcome))
    assert asked == [
        *("not addressed", "not covered", "not indicated", "not medically necessary"),
        *("medically necessary", "covered in a study", "left to the regional office"),
    ]


def test_outcomes_are_listed_by_what_they_mean_for_people() -> None:
    assert in_order(OWN.stated_outcomes) == [
        *("medically necessary", "covered in a study", "left to the regional office"),
        *("not medically necessary", "not indicated", "not covered", "not addressed"),
    ]


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ("unusual", "the request is left to the regional office under III"),
        ("enrolled", "it is covered in a study under II"),
        ("implanted", "it is not addressed under IV"),
    ],
)
def test_an_outcome_is_said_in_the_sentence_that_its_policy_gives(fact: str, sentence: str) -> None:
    facts = dict.fromkeys(OWN.facts, False) | {fact: True}
    found = determine(OWN, Case("90041", "device", date(2025, 7, 1), facts))
    assert outcome_sentence(OWN, found) == sentence


@pytest.mark.parametrize(
    ("before", "after", "lead"),
    [
        ("not indicated", "left", "wider"),
        ("left", "not indicated", "narrower"),
        ("left", "medically necessary", "wider"),
        ("medically necessary", "left", "narrower"),
        ("not indicated", "not addressed", "otherwise"),
        ("left", "not addressed", "otherwise"),
    ],
)
def test_a_change_is_wider_where_more_is_granted_or_referred(before: str, after: str, lead: str) -> None:
    former, later = (read("{left: {effect: refers}}", stated)[0] for stated in (before, after))
    assert any(line.startswith(lead) for line in effect_lines(effect_of(former, later)))


def test_outcomes_of_one_name_and_effect_are_one() -> None:
    assert Outcome("left", OutcomeEffect.REFERS) is Outcome("left", OutcomeEffect.REFERS)
