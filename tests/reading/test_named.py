"""What is said of a name that should be that of a fact of one kind, and of an age that can be read in two ways."""

from __future__ import annotations

import pytest

from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.source import Issue

FACTS = """\
pain: {kind: yes-no, phrase: there is pain}
units: {kind: number, name: the units, unit: units, question: How many units?, phrase: "{value} units are asked for"}
seen: {kind: date, name: the visit, question: When was the visit?, phrase: "the visit was on {value}"}
born: {kind: date, birth of: the Veteran, name: the birth, question: When was it?, phrase: "the birth was on {value}"}
"""
POLICY = """\
---
number: "00050"
title: Sample
issuer: Test
document: Test
status: draft
original_effective_date: 2025-01-01
last_review_date: 2025-01-01
requests: {initial: it is requested}
---

## One {#one}

~~~criteria
request: initial
outcome: medically necessary
LOGIC
~~~
"""


def issue_of(logic: str) -> Issue:
    """The one issue of a policy with this logic."""
    facts, _ = read_facts(FACTS, "facts.yaml")
    _, [issue] = read_policy(POLICY.replace("LOGIC", logic), "policy.md", "00050-sample", facts, ())
    return issue


@pytest.mark.parametrize(
    ("logic", "code", "words"),
    [
        ("{fact: seen, after: pain}", "wrong-kind", "expected the id of a date fact, found `pain`, a yes-no fact"),
        ("{fact: seen, within: 3 days after units}", "wrong-kind", "found `units`, a number fact"),
        ("{fact: seen, before: 2025-02-30}", "malformed-date", "`2025-02-30` is not a date"),
        ("{fact: seen, before: 2/3/2025}", "malformed-date", "`2/3/2025` is not a date"),
        ("{fact: seen, before: 2025-02-03}", "wrong-kind", "found the day 2025-02-03"),
        ("{fact: seen, before: see}", "unknown-fact", "there is no fact `see`"),
    ],
)
def test_a_name_that_is_not_of_a_date_is_reported_as_what_it_is(logic: str, code: str, words: str) -> None:
    issue = issue_of(f"all: [{logic}, {{fact: pain}}]")
    assert (issue.code, issue.place.line) == (code, 17)
    assert words in issue.message


@pytest.mark.parametrize(
    ("granted", "code", "words"),
    [
        ("{for: 6 months, from: pain}", "wrong-kind", "expected the id of a date fact, found `pain`, a yes-no fact"),
        ("{until: units}", "wrong-kind", "expected the id of a date fact, found `units`, a number fact"),
        ("{until: 2025-02-30}", "malformed-date", "`2025-02-30` is not a date"),
        ("{until: sen}", "unknown-fact", "there is no fact `sen`"),
        ("{up to: {amount: 2, of: pain}}", "wrong-kind", "expected the id of a number fact, found `pain`"),
        ("{up to: {amount: 2, of: units, used: seen}}", "wrong-kind", "found `seen`, a date fact"),
        ("{up to: {amount: 2, of: unit}}", "unknown-fact", "there is no fact `unit`"),
    ],
)
def test_a_name_in_a_limit_that_is_not_of_its_kind_is_reported_as_what_it_is(
    granted: str, code: str, words: str
) -> None:
    issue = issue_of(f"granted: {granted}\nfact: pain")
    assert (issue.code, issue.place.line) == (code, 17)
    assert words in issue.message


@pytest.mark.parametrize(
    ("logic", "hint"),
    [
        ("fact: born\nat most: 17 years before request", "born` with `at least: 18 years before request`"),
        ("fact: born\nwithin: 6 months before request", "born` with `at least: 7 months before request`"),
        ("fact: born\nmore than: 20 years before seen", "born` with `at least: 21 years before seen`"),
        ("fact: seen\nat least: 18 years after born", "born` with `at least: 18 years before seen`"),
        ("fact: seen\nat most: 18 years after born", "for 18 or younger"),
        ("fact: seen\nless than: 18 years after born", "for 17 or younger"),
    ],
)
def test_the_hint_of_an_age_that_can_be_read_in_two_ways_has_the_age_that_was_written(logic: str, hint: str) -> None:
    issue = issue_of(logic)
    assert issue.code == "ambiguous-age"
    assert hint in issue.hint
