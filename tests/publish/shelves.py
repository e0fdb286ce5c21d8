"""Policies with revisions, for the tests of what stands beside the documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cdispec.model.history import HistoryRow
from cdispec.model.policy import Policy, Status
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.publish.shelf import Shelf
from cdispec.source import Place

DAYS = (date(2025, 6, 1), date(2026, 1, 15), date(2026, 7, 1))


def row(day: str, *updates: str, revision: str = "", reason: str = "", corrects: str = "") -> HistoryRow:
    """A row of a revision history."""
    return HistoryRow(day, updates, revision, reason, corrects, Place("history.yaml"))


HISTORY = (
    row("2026-01-15", "Added neck pain", "Added scars", revision="2026-01-15", reason="New evidence"),
    row("2026-03", "Reviewed, no changes"),
    row("2026-07-01", "Added code 97140", revision="2026-07-01"),
    row("2026-07-01", "The date was wrong", corrects="2026-01-15"),
    row("2026-07-01", "Reviewed once more"),
)


def revised(policy: Policy, newest: Status = Status.PUBLISHED) -> Shelf:
    """The policy with three published revisions, and reviews that published nothing since."""
    statuses = (Status.PUBLISHED, Status.PUBLISHED, newest)
    revisions = tuple(
        replace(
            policy,
            in_effect=day,
            status=status,
            history=tuple(row for row in HISTORY if row.revision and row.revision <= day.isoformat()),
        )
        for day, status in zip(DAYS, statuses, strict=True)
    )
    return Shelf(replace(policy, history=HISTORY), revisions)


FRONT = """\
---
number: "00099"
title: {title}
issuer: An Office
document: Clinical Determination and Indication
status: published
original_effective_date: 2025-06-01
last_review_date: {reviewed}
requests: {{initial: sample therapy is requested}}
---
"""
FACTS = """\
pain: {kind: yes-no, question: "Is there pain?", phrase: there is pain, negative: there is no pain}
weeks:
  kind: number
  unit: weeks
  minimum: 0
  question: How many weeks of rest?
  name: the weeks of rest
  phrase: "rest lasted {value} weeks"
"""
MORE_FACTS = (
    FACTS.replace("Is there pain?", "Is pain documented?")
    + """\
swelling: {kind: yes-no, question: "Is there swelling?", phrase: there is swelling, negative: there is no swelling}
"""
)
HEAD = """\
A sample, of which **everything** is made up.

## Indications {{#indications}}

Sample therapy is **medically necessary** {when}:

~~~criteria
request: initial
outcome: medically necessary
{logic}
~~~

## Old words {{#old-words}}

These go.

"""
TAIL = """\
## Definitions {#definitions}

| Term | Definition |
|---|---|
| Pain | What hurts, see {pain} |
| Rest | Doing nothing |

## History {#history}

| Review Date | Summary of Update(s) |
|---|---|
| MM/DD/YYYY | • |
"""
BOTH = """\
all:
  - {fact: pain, text: Pain}
  - {fact: weeks, at least: 6, text: At least 6 weeks of rest}"""
EITHER = """\
any:
  - {fact: swelling, text: Swelling of any kind}
  - {fact: pain, text: Pain that is documented}"""


def rewritten() -> Shelf:
    """A small policy with three revisions: the second changes the criteria, the third words alone."""
    first = _read(HEAD.format(when="when there is pain", logic=BOTH) + TAIL)
    others = TAIL.replace("| Rest | Doing nothing |", "| Swelling | What is swollen |")
    rows = (
        row("2026-01-15", "Asks for **swelling** too", revision="2026-01-15", reason="New evidence"),
        row("2026-07-01", "Wording", revision="2026-07-01"),
    )
    body = HEAD.format(when="when any of these is so", logic=EITHER).partition("## Old words")[0]
    second = _read(body + others, "Sample Therapy, Revised", "2026-01-15", MORE_FACTS, rows[:1])
    third = _read(
        body.replace("is made up", "was made up") + others, "Sample Therapy, Revised", "2026-01-15", MORE_FACTS, rows
    )
    revisions = tuple(replace(state, in_effect=day) for state, day in zip((first, second, third), DAYS, strict=True))
    return Shelf(third, revisions)


def _read(
    body: str,
    title: str = "Sample Therapy",
    reviewed: str = "2025-06-01",
    facts: str = FACTS,
    history: tuple[HistoryRow, ...] = (),
) -> Policy:
    known, found = read_facts(facts, "facts.yaml")
    text = FRONT.format(title=title, reviewed=reviewed) + body
    policy, issues = read_policy(text, "policy.md", "00099-sample-therapy", known, history)
    assert policy is not None
    assert not found + issues, found + issues
    return policy
