"""What revisions do that ask otherwise for the rows of a list: proved for as many rows as make a difference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cdispec.analysis.effects.compare import effect_of
from cdispec.analysis.effects.effect import Effect, Relation
from cdispec.analysis.effects.wording import effect_lines, witness_scenario
from cdispec.analysis.faults.policy import faults_of
from cdispec.model.facts import Rows
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy

LANGUAGE = (Path(__file__).parents[2] / "LANGUAGE.md").read_text("utf-8")
[FACTS] = re.findall(r"```yaml\n(oxygen-tests:.*?)```", LANGUAGE, re.DOTALL)
LIMIT = 10.0


def asking(logic: str) -> Policy:
    """A policy that is met as this logic says."""
    declared, issues = read_facts(FACTS, "facts.yaml")
    text = f"""---
number: "00050"
title: Sample
issuer: Test
document: Test
status: draft
original_effective_date: 2020-01-01
last_review_date: 2020-01-01
requests: {{initial: oxygen is requested}}
---

## Indications {{#indications}}

~~~criteria
request: initial
outcome: medically necessary
otherwise: not medically necessary
{logic}
~~~
"""
    policy, found = read_policy(text, "policy.md", "00050-sample", declared, ())
    assert policy is not None
    assert not issues + found
    return policy


def rows(asked: str, quantity: str = "some of") -> str:
    """What is asked of rows."""
    return f"{quantity}: {{list: oxygen-tests, where: {{fact: saturation, {asked}}}}}"


def effect(before: str, after: str) -> Effect:
    """What becomes of requests."""
    return effect_of(asking(before), asking(after), LIMIT)


def test_a_higher_edge_is_wider_and_shown_by_one_row() -> None:
    found = effect(rows("at most: 88"), rows("at most: 90"))
    [request] = found.requests
    assert request.outcomes[Outcome.NECESSARY] is Relation.WIDER
    [witness] = [one for one in request.witnesses if not one.before.outcome.is_open and not one.after.outcome.is_open]
    assert witness.after_case.facts == {"oxygen-tests": Rows(((("saturation", 89),),), True)}
    assert witness_scenario(found, witness)[1:4] == [
        "  Given these oxygen tests were done",
        "    | saturation |",
        "    | 89         |",
    ]
    assert found.proved


def test_the_lines_say_for_how_many_rows_it_is_proved() -> None:
    found = effect_lines(effect(rows("at most: 88"), rows("at most: 88", "at least 2 of")))
    assert found[-1] == "proved for lists of up to 3 rows"
    case = "oxygen is requested and these oxygen tests were done (the saturation is 87 percent)"
    turned = "it is now not medically necessary under I; before it was medically necessary under I"
    assert found[0] == f"narrower: where {case}, {turned}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (rows("at most: 88"), f"not: {{{rows('at most: 88', 'none of')}}}"),
        (rows("at most: 88"), rows("at most: 88", "at least 1 of")),
        (
            rows("more than: 88", "none of"),
            "each of: {list: oxygen-tests, is: {not: {fact: saturation, more than: 88}}}",
        ),
    ],
)
def test_what_is_said_in_two_ways_decides_every_case_alike(before: str, after: str) -> None:
    found = effect(before, after)
    assert found.equivalent
    assert found.decided


def test_the_latest_row_is_no_row_and_not_each_row() -> None:
    latest = "latest of: {list: oxygen-tests, by: day, is: {fact: saturation, at most: 88}}"
    assert effect(rows("at most: 88"), latest).requests[0].outcomes[Outcome.NECESSARY] is Relation.NARROWER
    each = "each of: {list: oxygen-tests, is: {fact: saturation, at most: 88}}"
    assert effect(each, latest).requests[0].outcomes[Outcome.NECESSARY] is Relation.DIFFERENT


@pytest.mark.parametrize(
    ("logic", "codes"),
    [
        (f"all: [{{{rows('at most: 88')}}}, {{{rows('at least: 93')}}}]", []),
        (f"all: [{{{rows('at most: 88')}}}, {{{rows('at most: 90', 'none of')}}}]", ["conflicting-clauses"]),
        (f"all: [{{{rows('at most: 88')}}}, {{{rows('at most: 90')}}}]", ["implied-clause"]),
        (rows("at most: 88", "at least 5 of"), []),
        (
            "some of: {list: oxygen-tests, where: {all: [{fact: saturation, at most: 88}, "
            "{id: high, fact: saturation, at least: 90}]}}",
            ["never-met"],
        ),
        (f"all: [{{{rows('at most: 88', 'at least 4 of')}}}, {{{rows('at most: 90', 'at least 3 of')}}}]",
         ["undecided-question"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_logic_of_rows_is_found(logic: str, codes: list[str]) -> None:
    assert [issue.code for issue in faults_of(asking(logic), LIMIT)] == codes
