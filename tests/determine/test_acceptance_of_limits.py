"""What limits are for: the rest of a request is not granted, a raised limit is wider, the printed table decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from cdispec.analysis.effects.limits import changed_limits
from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.facts import Value
from cdispec.model.limits import Grant
from cdispec.model.policy import Policy
from cdispec.parse.policy import read_policy
from cdispec.scenario.expectations import granted_words

ROOT = Path(__file__).parent / "policies"
POLICIES = read_library(ROOT).policies
LIMITS, QUANTITIES, PRINTED = POLICIES["90043"], POLICIES["90044"], POLICIES["90045"]
DAY = date(2025, 7, 1)


def test_a_request_of_three_with_two_left_gives_two_and_says_under_which_clause_one_is_not_necessary() -> None:
    facts = {"prescribed": True, "requested-bottles": 3, "supplied-bottles": 0}
    [granted] = determine(QUANTITIES, Case("90044", "bottles", DAY, facts)).granted
    assert granted_words(granted) == ["2 of 3 bottles", "1 not medically necessary under II"]


def test_a_limit_that_is_raised_shows_as_wider_and_by_how_much() -> None:
    rule = QUANTITIES.rules[0]
    [quota] = rule.grant.quotas if rule.grant else ()
    raised = replace(rule, grant=Grant(None, (), (replace(quota, amount=4),)))
    [line] = changed_limits(QUANTITIES, replace(QUANTITIES, rules=(raised, *QUANTITIES.rules[1:])))
    assert line.startswith("wider: I is granted up to 4 bottles per month, ")
    assert ", 2 more (before: up to 2 bottles per month, " in line


def test_a_form_that_is_asked_under_another_condition_is_told() -> None:
    text = (ROOT / "policy" / LIMITS.slug / "policy.md").read_text("utf-8")
    moved = text.replace("{fact: events, at most: 5}", "{fact: events, at most: 8}")
    assert moved != text
    after, issues = read_policy(moved, LIMITS.path, LIMITS.slug, dict(LIMITS.facts), ())
    assert after is not None
    assert not issues
    assert [*changed_limits(LIMITS, after)] == [
        "otherwise: I is limited to use at night only under another condition than before"
    ]


def test_the_amount_in_the_printed_table_is_the_amount_in_the_logic() -> None:
    assert contoured(PRINTED) == "1 of 3 cushions"
    text = (ROOT / "policy" / PRINTED.slug / "policy.md").read_text("utf-8")
    policy, issues = read_policy(
        text.replace("| foam | 1 |", "| foam | 2 |"), PRINTED.path, PRINTED.slug, dict(PRINTED.facts), ()
    )
    assert policy is not None
    assert not issues
    assert contoured(policy) == "2 of 3 cushions"


def contoured(policy: Policy) -> str:
    """How many are granted of three contoured cushions."""
    facts: dict[str, Value] = {"prescribed": True, "cushion": "contoured"}
    facts |= {"requested-cushions": 3, "supplied-cushions": 0}
    [granted] = determine(policy, Case("90045", "cushions", DAY, facts)).granted
    return granted_words(granted)[0]
