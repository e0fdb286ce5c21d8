"""Terms and forms of what is granted: the last day of a term, how it is told, and what a revision changes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cdispec.analysis.effects.limits import changed_limits
from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Duration, Unit
from cdispec.model.facts import Value
from cdispec.model.limits import Grant, Quota, Restriction, Term, last_day
from cdispec.model.policy import Policy
from cdispec.scenario.expectations import Expectation, GrantedOn, InPart, Restricted, granted_words, holds

LIMITS = read_library(Path(__file__).parent / "policies").policies["90043"]
ON = " from the date of the request on"
NIGHT = Restriction("at night only", None)


def half_year(months: int) -> Grant:
    """A grant for so many months from the request."""
    return Grant(Term(None, Duration(months, Unit.MONTHS)), ())


@pytest.mark.parametrize(
    ("start", "count", "unit", "last"),
    [
        ("2025-01-01", 6, Unit.MONTHS, "2025-06-30"),
        ("2025-01-31", 1, Unit.MONTHS, "2025-02-28"),
        ("2024-01-31", 1, Unit.MONTHS, "2024-02-29"),
        ("2025-08-31", 6, Unit.MONTHS, "2026-02-28"),
        ("2025-03-30", 1, Unit.MONTHS, "2025-04-29"),
        ("2024-02-29", 1, Unit.YEARS, "2025-02-28"),
        ("2025-06-02", 12, Unit.WEEKS, "2025-08-24"),
        ("2025-06-02", 1, Unit.DAYS, "2025-06-02"),
        ("9999-12-31", 1, Unit.DAYS, "9999-12-31"),
    ],
)
def test_the_first_day_of_a_term_counts(start: str, count: int, unit: Unit, last: str) -> None:
    assert last_day(date.fromisoformat(start), Duration(count, unit)).isoformat() == last


def case(**facts: Value) -> Case:
    """A request of the first of July of which the first period is granted."""
    known: dict[str, Value] = {"prescribed": True, "benefit": False, "lasting": False, "enrolled": False}
    return Case("90043", "pump", date(2025, 7, 1), {**known, **facts})


@pytest.mark.parametrize(
    ("facts", "expected", "so"),
    [
        ({"delivery": date(2025, 6, 2)}, GrantedOn(True, date(2025, 8, 24)), True),
        ({"delivery": date(2025, 6, 2)}, GrantedOn(True, date(2025, 8, 25)), False),
        ({"delivery": date(2025, 6, 2)}, GrantedOn(False, date(2025, 6, 2)), True),
        ({}, GrantedOn(True, None), True),
        ({"events": 5}, Restricted("use at night only", Truth.TRUE), True),
        ({"events": 6}, Restricted("use at night only", Truth.FALSE), True),
        ({}, Restricted("use at night only", Truth.UNKNOWN), True),
        ({"lasting": True}, Restricted("use at home", Truth.FALSE), True),
        ({"prescribed": False}, Restricted("use at home", Truth.FALSE), False),
    ],
)
def test_a_scenario_tells_the_limits_of_what_is_granted(
    facts: dict[str, Value], expected: Expectation, so: bool
) -> None:
    assert holds(expected, determine(LIMITS, case(**facts))) is so


def test_limits_that_are_not_known_are_told_by_what_is_known_of_them() -> None:
    [first] = determine(LIMITS, case()).granted
    assert granted_words(first) == [
        "from a day that is not known (2025-07-01 at the latest)",
        "until a day that is not known (2025-09-22 at the latest)",
        "perhaps limited to use at night only",
        "limited to use at home",
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            half_year(6),
            half_year(9),
            f"wider: II is granted for 9 months{ON}, 3 months longer",
        ),
        (
            half_year(6),
            half_year(5),
            f"narrower: II is granted for 5 months{ON}, 1 month shorter",
        ),
        (half_year(6), None, "wider: II is granted without limits"),
        (None, half_year(6), "narrower: II is granted for 6 months"),
        (half_year(6), replace(half_year(6), restrictions=(NIGHT,)), "narrower: II is granted for 6 months"),
        (half_year(6), replace(half_year(9), restrictions=(NIGHT,)), "otherwise: II is granted for 9 months"),
        (half_year(6), Grant(Term("delivery", Duration(6, Unit.MONTHS)), ()), "otherwise: II is granted for 6 months"),
        (
            Grant(Term(None, date(2026, 6, 30)), ()),
            Grant(Term(None, date(2026, 7, 10)), ()),
            "wider: II is granted from the date of the request until July 10, 2026, 10 days longer",
        ),
    ],
)
def test_a_limit_that_is_raised_is_wider_by_how_much(before: Grant | None, after: Grant | None, told: str) -> None:
    [line] = changed_limits(_granting(before), _granting(after))
    assert line.startswith(told)


QUANTITIES = read_library(Path(__file__).parent / "policies").policies["90044"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"supplied-bottles": 0}, ["2 of 3 bottles", "1 not medically necessary under II"]),
        (
            {"supplied-bottles": 1},
            ["1 of 3 bottles", "2 not medically necessary under II"],
        ),
        ({}, ["at least 0 and at most 2 of 3 bottles", "at least 1 and at most 3 not medically necessary under II"]),
        ({"requested-bottles": 2, "supplied-bottles": 0}, ["2 of 2 bottles"]),
    ],
)
def test_an_amount_is_told_with_what_is_not_granted(facts: dict[str, Value], words: list[str]) -> None:
    known: dict[str, Value] = {"prescribed": True, "requested-bottles": 3}
    found = determine(QUANTITIES, Case("90044", "bottles", date(2025, 7, 1), {**known, **facts}))
    [granted] = found.granted
    assert granted_words(granted) == words
    assert holds(InPart(words[0].removesuffix(" bottles")), found)


def test_of_an_amount_that_is_not_known_the_most_that_is_granted_is_told() -> None:
    [granted] = determine(QUANTITIES, Case("90044", "bottles", date(2025, 7, 1), {"prescribed": True})).granted
    assert granted_words(granted) == ["at most 2 bottles (how many are requested is not known)"]


def test_an_amount_that_is_raised_is_wider_by_how_much() -> None:
    quota = Quota(2, "requested-bottles", "supplied-bottles", "month", "excess")
    raised = (replace(rule, grant=Grant(None, (), (replace(quota, amount=5),))) for rule in QUANTITIES.rules[:1])
    [line] = changed_limits(QUANTITIES, replace(QUANTITIES, rules=(*raised, *QUANTITIES.rules[1:])))
    used = "less the number of bottles supplied this month"
    assert line == (
        f"wider: I is granted up to 5 bottles per month, {used}, 3 more (before: up to 2 bottles per month, {used})"
    )


def test_limits_that_stay_are_not_told() -> None:
    assert [*changed_limits(LIMITS, LIMITS)] == []


def _granting(grant: Grant | None) -> Policy:
    rules = (replace(rule, grant=grant) if rule.criterion.id == "further" else rule for rule in LIMITS.rules)
    return replace(LIMITS, rules=tuple(rules))
