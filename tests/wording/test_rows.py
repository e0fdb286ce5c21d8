"""Words of clauses that ask for the rows of a list, compared with what is asked of rows."""

from __future__ import annotations

import pytest

from cdispec.analysis.wording.disagreements import disagreements
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy

FACTS = """
visits:
  kind: list of
  name: the visits
  question: Which visits were there?
  phrase: there were these visits
  including: there were these visits, and perhaps others
  none: there was no visit
  row: the visit of {day}
  fields:
    day: {kind: date, name: the date of the visit, latest: request}
    score: {kind: number, name: the score at the visit, unit: points}
"""


def said(text: str, logic: str) -> list[tuple[str, str]]:
    """What disagrees in a clause of these words and this logic."""
    declared, issues = read_facts(FACTS, "facts.yaml")
    document = f"""---
number: "00050"
title: Sample
issuer: Test
document: Test
status: draft
original_effective_date: 2020-01-01
last_review_date: 2020-01-01
requests: {{initial: treatment is requested}}
---

## Indications {{#indications}}

Treatment is medically necessary when **ALL** of the following are met:

~~~criteria
request: initial
outcome: medically necessary
all:
  - text: {text}
    {logic}
~~~
"""
    policy, found = read_policy(document, "policy.md", "00050-sample", declared, ())
    assert not issues + found
    assert policy is not None
    return [(one.says, one.otherwise) for one in disagreements(policy)]


RECENT = "where: {fact: day, within: 6 months before request}"


@pytest.mark.parametrize(
    ("text", "logic"),
    [
        ("A visit within 6 months before the request", f"some of: {{list: visits, {RECENT}}}"),
        ("At least two visits within 6 months before the request", f"at least 2 of: {{list: visits, {RECENT}}}"),
        ("No visit within 6 months before the request", f"none of: {{list: visits, {RECENT}}}"),
        ("The score at the latest visit is at most 20 points",
         "latest of: {list: visits, by: day, is: {fact: score, at most: 20}}"),
    ],
)  # fmt: skip
def test_words_that_say_what_is_asked_of_rows_are_not_reported(text: str, logic: str) -> None:
    assert said(text, logic) == []


@pytest.mark.parametrize(
    ("text", "logic"),
    [
        ("A visit within 3 months before the request", f"some of: {{list: visits, {RECENT}}}"),
        ("At least three visits within 6 months before the request", f"at least 2 of: {{list: visits, {RECENT}}}"),
        ("No visit within 6 months before the request", f"some of: {{list: visits, {RECENT}}}"),
        ("A visit within 6 months before the request", f"none of: {{list: visits, {RECENT}}}"),
    ],
)
def test_words_that_say_something_else_are_reported(text: str, logic: str) -> None:
    assert said(text, logic) != []
