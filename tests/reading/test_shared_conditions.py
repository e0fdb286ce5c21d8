"""What several indications ask is stated once, for every kind of request at once."""

from __future__ import annotations

from datetime import date

import pytest

from cdispec.determine.determination import determine
from cdispec.model.case import Case
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.source import Issue

FACTS = """
refractory: {kind: yes-no, phrase: the incontinence is refractory to conventional therapy}
surgical-candidate: {kind: yes-no, phrase: the Veteran is a surgical candidate}
urge: {kind: yes-no, phrase: there is urge incontinence}
retention: {kind: yes-no, phrase: there is urinary retention}
"""
DOCUMENT = """---
number: "00230"
title: Sacral Nerve Stimulation
issuer: VHA
document: Clinical Determination and Indication
status: draft
original_effective_date: 2002-01-01
last_review_date: 2002-01-01
requests: {test: a test stimulation is requested, implant: a permanent implantation is requested}
---

## Limitations for all indications {#limitations}

~~~criteria
all:
  - {fact: refractory, text: Refractory to conventional therapy}
  - {fact: surgical-candidate, text: An appropriate surgical candidate}
~~~

## Urge incontinence {#urge-incontinence}

~~~criteria
request: any
outcome: medically necessary
all:
  - {fact: urge, text: Urinary urge incontinence}
  - meets: limitations
~~~

## Urinary retention {#urinary-retention}

~~~criteria
request: any
outcome: medically necessary
all:
  - {fact: retention, text: Urinary retention}
  - meets: limitations
~~~

## Other requests {#other}

~~~criteria
request: any
otherwise: not medically necessary
~~~
"""


def read(document: str) -> tuple[Policy, list[Issue]]:
    """The policy with what is wrong with it."""
    facts, found = read_facts(FACTS, "facts.yaml")
    policy, issues = read_policy(document, "policy.md", "00230-sacral-nerve-stimulation", facts, ())
    assert policy is not None
    return policy, found + issues


@pytest.mark.parametrize("request_kind", ["test", "implant"])
@pytest.mark.parametrize(
    ("yes", "no", "outcome", "clauses"),
    [
        (["urge", "refractory", "surgical-candidate"], ["retention"], "medically necessary", ("II",)),
        (["retention", "refractory", "surgical-candidate"], ["urge"], "medically necessary", ("III",)),
        (["urge", "refractory"], ["surgical-candidate"], "not medically necessary", ("IV",)),
        (["urge", "surgical-candidate"], [], "more information needed", ("II", "III")),
    ],
)
def test_each_indication_asks_what_all_share(
    request_kind: str, yes: list[str], no: list[str], outcome: str, clauses: tuple[str, ...]
) -> None:
    policy, issues = read(DOCUMENT)
    assert issues == []
    facts = dict.fromkeys(yes, True) | dict.fromkeys(no, False)
    found = determine(policy, Case("00230", request_kind, date(2025, 6, 1), facts))
    assert (found.outcome.value, found.clauses) == (outcome, clauses)


def test_any_is_every_kind_that_the_policy_has() -> None:
    policy, _ = read(DOCUMENT)
    decided = [rule.requests for rule in policy.rules] + [rest.requests for rest in policy.otherwise]
    assert decided == [("test", "implant")] * 3


def test_any_stands_alone() -> None:
    _, issues = read(DOCUMENT.replace("request: any\notherwise", "request: [any, test]\notherwise"))
    assert [issue.code for issue in issues] == ["unknown-request"]


def test_no_kind_of_request_is_called_any() -> None:
    _, issues = read(DOCUMENT.replace("requests: {test:", "requests: {any:"))
    assert [(issue.code, issue.place.line) for issue in issues] == [("wrong-kind", 9)]
