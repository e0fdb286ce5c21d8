"""Numbers over rows: what is known of them holds all that they can be, and what cannot be is an issue of the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given

from cdispec.core.tally import Tallies
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.facts import Month, Rows, Value
from cdispec.model.periods import StatePeriod
from cdispec.model.policy import Policy
from cdispec.parse.case import read_cases
from cdispec.parse.facts import read_facts
from tests.choices import Choices, chosen
from tests.determine.strategies import TODAY
from tests.examples import examples

ROOT = Path(__file__).parent / "policies"
NIGHTS: Policy = read_library(ROOT).policies["90053"]
NUMBERS = Tallies(NIGHTS)
DAYS = tuple(TODAY - timedelta(days) for days in (14, 11, 10, 2, 1, 0))
HOURS = (0, 3, 4, 12, 24)


def case_by(choices: Choices) -> Case:
    """A case with up to three nights, of which not all is known."""
    rows = []
    for _ in range(choices.below(4)):
        known: dict[str, Value] = {"day": choices.of(DAYS), "hours": choices.of(HOURS)}
        rows.append(tuple((name, value) for name, value in known.items() if not choices.rarely(4)))
    return Case("90053", "most", TODAY, {"nights": Rows(tuple(rows), True)})


def completions(rows: Rows) -> list[Rows]:
    """The rows with everything answered, in every way."""
    every: list[dict[str, Value]] = [{"day": day, "hours": hours} for day in DAYS for hours in HOURS]
    choices = [[tuple(one.items()) for one in every if dict(row).items() <= one.items()] for row in rows.rows]
    return [replace(rows, rows=filled) for filled in product(*choices)]


@examples(60)
@given(chosen(case_by, 32))
def test_what_is_known_of_a_number_holds_what_every_answer_makes_of_it(case: Case) -> None:
    rows = case.facts["nights"]
    assert isinstance(rows, Rows)
    known = NUMBERS.known(case)
    for filled in completions(rows):
        found = NUMBERS.known(replace(case, facts={"nights": filled}))
        for id, one in found.items():
            assert one.low == one.high
            assert known[id].low <= one.low <= known[id].high
    if all(len(row) == 2 for row in rows.rows):
        assert counted(rows) == {id: one.low for id, one in known.items()}


def counted(rows: Rows) -> dict[str, Fraction]:
    """The numbers of the policy, counted night by night."""
    nights = [dict(row) for row in rows.rows]
    long = [night["day"] for night in nights if night["hours"] >= 4]  # type: ignore[operator]
    windows = [{start + timedelta(days) for days in range(3)} for start in long]  # type: ignore[operator]
    last = {TODAY - timedelta(days) for days in range(11)}
    return {
        "nights-worn": Fraction(max((sum(day in window for day in long) for window in windows), default=0)),
        "hours-worn": Fraction(sum(night["hours"] for night in nights if night["day"] in last)),  # type: ignore[misc]
        "nights-in-all": Fraction(len(nights)),
    }


DOSES: Policy = read_library(ROOT).policies["90054"]
DOSES_GIVEN = Tallies(DOSES)
GIVEN: tuple[Value, ...] = (0, 5, Decimal("5.00000000000001"), 20, Decimal("20.0000000000001"))
LAST_DAYS: tuple[Value, ...] = tuple(TODAY - timedelta(days) for days in (11, 10))


def doses_by(choices: Choices) -> Case:
    """A case with up to two doses, of which not all is known."""
    rows = []
    for _ in range(choices.below(3)):
        known: dict[str, Value] = {"day": choices.of(LAST_DAYS), "given": choices.of(GIVEN)}
        rows.append(tuple((name, value) for name, value in known.items() if not choices.rarely(2)))
    return Case("90054", "weak", TODAY, {"asked": True, "doses": Rows(tuple(rows), True)})


@examples(25)
@given(chosen(doses_by, 32))
def test_what_is_asked_of_the_field_that_is_summed_up_is_known_of_the_sum(case: Case) -> None:
    rows = case.facts["doses"]
    assert isinstance(rows, Rows)
    known = DOSES_GIVEN.known(case)
    every = [(("day", day), ("given", given), ("late", True)) for day in LAST_DAYS for given in GIVEN]
    filled = [[one for one in every if {*row} <= {*one}] for row in rows.rows]
    answers = [
        DOSES_GIVEN.known(replace(case, facts={**case.facts, "doses": Rows((*doses,), True)}))
        for doses in product(*filled)
    ]
    for id, one in known.items():
        assert all(one.low <= found[id].low == found[id].high <= one.high for found in answers)
    for id in ("weak-total", "strong-total"):
        assert known[id].low == min(found[id].low for found in answers)
    assert known["weak-total"].high == max(found["weak-total"].high for found in answers)


@pytest.mark.parametrize(
    ("days", "least"),
    [
        ([None], 1),
        ([None, None], 1),
        ([date(2025, 6, 1), date(2025, 6, 2), None], 2),
        ([Month(2025, 6), Month(2025, 6)], 1),
    ],
)
def test_a_night_of_which_the_day_is_not_known_is_one_wherever_it_lies(
    days: list[date | Month | None], least: int
) -> None:
    rows = [(("hours", 5), *([] if day is None else [("day", day)])) for day in days]
    case = Case("90053", "most", TODAY, {"nights": Rows(tuple(rows), True)})
    assert NUMBERS.known(case)["nights-worn"].low == least


def test_nights_of_one_month_are_together_where_the_month_is_within_the_days() -> None:
    nights = NIGHTS.lists["nights"]
    wide = replace(nights.tallies["nights-worn"], days=30)
    policy = replace(NIGHTS, lists={"nights": replace(nights, tallies={"nights-worn": wide})})
    rows = Rows(tuple((("hours", 5), ("day", Month(2025, 4))) for _ in range(2)), True)
    assert Tallies(policy).known(Case("90053", "most", TODAY, {"nights": rows}))["nights-worn"].low == 2


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ("{nights-in-all: 3, nights: [{hours: 4}]}", "it is given as 3, but counted it is 1"),
        (
            "{nights-in-all: 1, nights: {including: [{hours: 4}, {hours: 4}]}}",
            "it is given as 1, but counted it is at least 2",
        ),
        ("{hours-worn: 30, nights: [{hours: 4}]}", "it is given as 30, but counted it is from 0 to 4"),
    ],
)
def test_a_number_that_is_given_otherwise_than_it_is_counted_is_an_issue(facts: str, problem: str) -> None:
    text = f'{{policy: "90053", request: most, date: 2025-07-01, facts: {facts}}}'
    [(_, case, issues, _)] = read_cases(text, "case.yaml", {"90053": (StatePeriod.of(NIGHTS),)})
    assert case is None
    [issue] = issues
    assert (issue.code, problem in issue.message) == ("impossible-measure", True)


def test_a_number_that_agrees_with_what_is_counted_has_no_problem() -> None:
    rows = Rows(((("hours", 4),),), False)
    assert NUMBERS.problems(Case("90053", "most", TODAY, {"nights": rows, "nights-in-all": 3})) == {}


LIST = """
nights:
  kind: list of
  name: the nights
  question: q
  phrase: p
  including: i
  none: n
  row: the night of {day}
  fields:
    day: {kind: date, name: d}
    maybe: {kind: date, name: m, none: n}
    hours: {kind: number, name: h, unit: hours}
"""


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("{number of: nights}", []),
        ("{number of: visits}", ["unknown-list"]),
        ("{number of: nights, where: {fact: colour}}", ["unknown-fact"]),
        ("{number of: nights, where: {meets: other}}", ["not-of-a-row"]),
        ("{number of: nights, by: day}", ["unknown-key"]),
        ("{sum of: nights, field: hours}", []),
        ("{sum of: nights, field: day}", ["wrong-kind"]),
        ("{sum of: nights}", ["missing-key"]),
        ("{most of: nights, by: day, within: 30 days}", []),
        ("{most of: nights, by: maybe, within: 30 days}", ["wrong-kind"]),
        ("{most of: nights, by: day, within: a month}", ["wrong-kind"]),
        ("{most of: nights, by: day}", ["missing-key"]),
        ("{least of: nights}", ["wrong-kind"]),
        ("{number of: nights, sum of: nights}", ["wrong-kind"]),
    ],
)
def test_what_cannot_be_counted_is_refused(asked: str, codes: list[str]) -> None:
    number = f'total: {{kind: number, unit: hours, name: t, question: q, phrase: "{{value}}", is: {asked}}}\n'
    assert [issue.code for issue in read_facts(LIST + number, "facts.yaml")[1]] == codes
