"""Amounts of what is granted: the least of several, that of a printed table, and what a revision changes of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cdispec.analysis.effects.limits import changed_limits
from cdispec.analysis.effects.logic import logic_of
from cdispec.library import read_library
from cdispec.model.facts import Amount, Number
from cdispec.model.formulas import Operand
from cdispec.model.limits import Grant, Printed, Quota
from cdispec.model.phrases import grant_words
from cdispec.model.policy import Policy
from cdispec.parse.policy import read_policy

ROOT = Path(__file__).parent / "policies"
POLICY = read_library(ROOT).policies["90045"]
SOURCE = ROOT / "policy" / "90045-printed-amounts" / "policy.md"
CUSHIONS, STRIPS, LANCETS = (rule.grant or Grant(None, ()) for rule in POLICY.rules)


def granting(*changed: Grant) -> Policy:
    """The policy with other limits of its first indications."""
    rules = (replace(rule, grant=grant) for rule, grant in zip(POLICY.rules, changed, strict=False))
    return replace(POLICY, rules=(*rules, *POLICY.rules[len(changed) :]))


def printing(**rows: Amount) -> Grant:
    """The limits of cushions by a table that prints these amounts."""
    [quota] = CUSHIONS.quotas
    return replace(CUSHIONS, quotas=(replace(quota, amount=Printed("quantities", "cushion", tuple(rows.items()))),))


def moved(grant: Grant, *amounts: Amount | str) -> Grant:
    """Limits with other amounts."""
    quotas = (replace(quota, amount=amount) for quota, amount in zip(grant.quotas, amounts, strict=True))
    return replace(grant, quotas=tuple(quotas))


@pytest.mark.parametrize(
    ("after", "lead", "how"),
    [
        (granting(printing(flat=2, contoured=1, air=5)), "wider", ", 1 more for Air cushion"),
        (granting(printing(flat=0, contoured=1, air=4)), "narrower", ", 2 fewer for Flat cushion"),
        (
            granting(printing(flat=3, contoured=0, air=4)),
            "otherwise",
            ", 1 more for Flat cushion, 1 fewer for Contoured cushion",
        ),
        (granting(moved(CUSHIONS, 4)), "wider", ", between 0 more and 3 more"),
        (granting(moved(CUSHIONS, 2)), "otherwise", ", between 2 fewer and 1 more"),
        (granting(moved(CUSHIONS, "supplied-cushions")), "otherwise", ", between 4 fewer and 3 more"),
        (granting(moved(CUSHIONS, "requested-cushions")), "otherwise", ", how many more or fewer is not decided"),
        (granting(CUSHIONS, moved(STRIPS, 24, 12)), "wider", ", 4 more"),
        (granting(CUSHIONS, moved(STRIPS, 24, 10)), "otherwise", ", 4 more, 2 fewer"),
        (granting(CUSHIONS, replace(STRIPS, quotas=STRIPS.quotas[:1])), "wider", ""),
    ],
)
def test_an_amount_that_is_moved_is_compared_by_how_much(after: Policy, lead: str, how: str) -> None:
    [line] = changed_limits(POLICY, after)
    assert line.startswith(f"{lead}: ")
    assert line.partition(" (before: ")[0].endswith(how)


def test_another_period_is_told_as_not_decided() -> None:
    monthly = tuple(replace(quota, per="month") for quota in CUSHIONS.quotas)
    [line] = changed_limits(POLICY, granting(replace(CUSHIONS, quotas=monthly)))
    assert line.startswith("otherwise: ")
    assert ", how many more or fewer is not decided (before: " in line


def test_an_amount_whose_measure_is_worked_out_otherwise_is_told_as_not_decided() -> None:
    lancets = POLICY.facts["allowed-lancets"]
    assert isinstance(lancets, Number)
    assert lancets.measure is not None
    measure = replace(lancets.measure, formula=Operand("days"))
    after = replace(POLICY, facts={**POLICY.facts, lancets.id: replace(lancets, measure=measure)})
    assert logic_of(after) != logic_of(POLICY)
    [line] = changed_limits(POLICY, after)
    assert line.startswith("otherwise: VI is granted ")
    assert ", how many more or fewer is not decided (before: " in line


@pytest.mark.parametrize(
    ("grant", "words"),
    [
        (
            CUSHIONS,
            [
                "up to as many cushions per year as II lists for the type of cushion, "
                "less the number of cushions supplied this year"
            ],
        ),
        (
            STRIPS,
            [
                "up to 20 strips per year, less the number of strips supplied this year",
                "up to 12 strips per 90 days, less the number of strips supplied in 90 days",
            ],
        ),
        (LANCETS, ["up to the number of lancets that are allowed"]),
    ],
)
def test_amounts_are_told_in_words(grant: Grant, words: list[str]) -> None:
    assert grant_words(grant, POLICY) == words


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("| Contoured cushion | foam | 1 |\n", "", "the table of `quantities` has no row for `Contoured cushion`"),
        ("| Air cushion |", "| Water cushion |", "`Water cushion` is no option of `cushion`"),
        ("| foam | 1 |", "| foam | one |", "expected a number for `Contoured cushion`, found `one`"),
        ("| foam | 1 |", "| foam | -1 |", "expected a number for `Contoured cushion`, found `-1`"),
        ("| foam | 1 |", "| foam | |", "expected a number for `Contoured cushion`, found an empty cell"),
        ("| Contoured cushion |", "| Flat cushion |", "`Flat cushion` has a row already"),
        ("amount: quantities", "amount: strips", "the table of `strips` has no row for"),
        ("by: cushion", "by: prescribed", "found `prescribed`, a yes-no fact"),
        (" by: cushion,", "", "`up to` has no `by`"),
        ("{amount: 12, of: requested-strips", "{amount: 12, of: days", "amounts of one"),
    ],
)
def test_a_table_that_does_not_fit_its_fact_is_an_error(old: str, new: str, message: str) -> None:
    text = SOURCE.read_text("utf-8")
    assert old in text
    _, issues = read_policy(text.replace(old, new), "policy.md", POLICY.slug, dict(POLICY.facts), ())
    assert any(message in issue.message for issue in issues)


def test_what_the_table_prints_is_what_is_granted() -> None:
    text = SOURCE.read_text("utf-8").replace("| rubber | 4 |", "| rubber | 7 |")
    policy, issues = read_policy(text, "policy.md", POLICY.slug, dict(POLICY.facts), ())
    assert policy is not None
    assert not issues
    [quota] = policy.rules[0].grant.quotas if policy.rules[0].grant else []
    assert quota == Quota(
        Printed("quantities", "cushion", (("flat", 2), ("contoured", 1), ("air", 7))),
        "requested-cushions",
        "supplied-cushions",
        "year",
        "quantities",
    )
