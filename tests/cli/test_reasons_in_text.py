"""The reasons of a determination as text: the parts that matter, with what is asked and what is reported once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import AllOf, Bound, Comparison, Criterion, Range
from cdispec.model.facts import Fact, Number, Rows, Value
from cdispec.model.outcomes import Outcome
from cdispec.report.determination import determination_text
from cdispec.report.terminal import Style
from tests.determine.strategies import PLACE, TODAY, asked, criterion, small_policy, yes_no

WEEKS = Number("weeks", "How many?", "the weeks", "stretching lasted {value} weeks", "weeks", None, None, PLACE)
FACTS: list[Fact] = [WEEKS, yes_no("cup"), yes_no("flag")]
LONG = Comparison("weeks", Range(Bound(8, True), None))


def why(members: tuple[Criterion, ...], complete: bool = False, **facts: Value) -> list[str]:
    """The lines below the rule that these criteria make, up to what the policy says otherwise."""
    policy = small_policy(FACTS, [(criterion("rule", AllOf(members)), Outcome.NECESSARY)])
    case = Case(policy.number, "initial", TODAY, facts, complete)
    text = determination_text(determine(policy, case), case, policy, Style(False))
    lines = [line.strip() for line in text.partition("  Why:\n")[2].split("\n")]
    return lines[1:-1]


def member(id: str, guard: Criterion | None = None) -> Criterion:
    """A criterion without words on the fact of its name, in an all-of."""
    return replace(criterion(id, asked(id), Truth.TRUE, guard))


STRETCHING = replace(criterion("m", LONG, Truth.TRUE, criterion("g", asked("cup"))), text="Stretching for 8 weeks")


def test_a_comparison_that_is_not_met_is_shown_with_its_exception() -> None:
    assert why((STRETCHING,), weeks=7, cup=False) == [
        "not met  I.m  Stretching for 8 weeks",
        "asked: stretching lasted at least 8 weeks",
        "reported: stretching lasted 7 weeks",
        "not met  in I.g: exception: cup is so",
        "reported: cup is not so",
    ]


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        ({"cup": True}, ["not shown  in I.flag: flag is so", "nothing is reported"]),
        (
            {"flag": False},
            [
                "not met    in I.flag: flag is so",
                "reported: flag is not so",
                "not shown  in I.cup: cup is so",
                "nothing is reported",
            ],
        ),
    ],
)
def test_of_a_complete_record_what_is_not_shown_is_told_and_not_what_is_met(
    facts: dict[str, Value], lines: list[str]
) -> None:
    assert why((member("flag"), member("cup")), True, **facts) == lines


def test_what_the_words_say_already_is_not_said_again() -> None:
    assert why((member("flag"),), flag=True) == ["met      in I.flag: flag is so"]


def test_a_list_that_is_empty_is_reported_beside_what_is_asked_of_its_rows() -> None:
    policy = read_library(Path(__file__).parents[1] / "determine/policies").policies["90051"]
    case = Case("90051", "two", TODAY, {"tests": Rows((), True)})
    text = determination_text(determine(policy, case), case, policy, Style(False))
    assert "percent\n               reported: no oxygen test was done\n" in text


def test_the_outcome_says_where_its_term_is_over() -> None:
    policy = read_library(Path(__file__).parents[1] / "determine/policies").policies["90043"]
    known: dict[str, Value] = {"prescribed": True, "delivery": TODAY - timedelta(days=84)}
    case = Case("90043", "pump", TODAY, known)
    text = determination_text(determine(policy, case), case, policy, Style(False))
    assert "Medically necessary, under I, but for no day that is left" in text
