"""Running scenarios: what fails is told where it stands, and the record keeps what was determined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenario.libraries import FEATURES, HEAD, Ran, approved, library, run, scenario

TABLE = (
    "Then each of these cases is determined as stated",
    "  | age | outcome                 | clause | needed                  |",
    "  | 40  | medically necessary     | I.b    |                         |",
    "  | 70  | medically necessary     | I.a    |                         |",
    "  |     | more information needed |        | the Veteran's age       |",
)
REQUEST = "When therapy is requested on 2025-06-01"
KNOWN = ("Given there is no pain", "And the trial ended on 2024-06-01")

MIXED = HEAD + "".join(
    [
        approved("holds"),
        scenario("fails", "Fails", *KNOWN, REQUEST, "Then it is medically necessary under I.b"),
        scenario("fails-twice", "Fails in two rows", *KNOWN, REQUEST, *TABLE),
        scenario("unknown", "Unknown", "Given there is a pain", "And it is late", REQUEST, "Then it is well"),
        scenario("unknown-too", "Unknown too", "Given the Veteran is 200 years old", REQUEST, "Then all is said"),
    ]
)
OUTLINE = """\
Feature: An outline

  Background:
    Given there is no pain
    And the trial ended on 2024-06-01

  @ages
  Scenario Outline: A Veteran of <age>
    Given the Veteran is <age> years old
    When therapy is requested on 2025-06-01
    Then it is <outcome>

    Examples:
      | age | outcome                            |
      | 70  | medically necessary under I.b      |
      | 40  | not medically necessary under IV   |
      | 41  | medically necessary under I.b      |
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A run of scenarios of which some hold, some fail and some mean nothing."""
    features = {f"{FEATURES}/mixed.feature": MIXED, f"{FEATURES}/deeper/outline.feature": OUTLINE}
    return run(library(tmp_path_factory.mktemp("mixed"), features), "--junitxml=junit.xml")


def _recorded(ran: Ran, id: str) -> dict[str, Any]:
    [found] = [result for result in ran.record["scenarios"] if result["id"] == id]
    return found  # type: ignore[no-any-return]


def _line(text: str, words: str) -> int:
    """The line on which words first stand."""
    return text[: text.index(words)].count("\n") + 1


def test_a_run_with_failing_scenarios_fails(ran: Ran) -> None:
    assert ran.status == 1


def test_an_expectation_that_does_not_hold_is_told_with_its_file_and_line(ran: Ran) -> None:
    line = _line(MIXED, "Then it is medically necessary under I.b")
    assert (
        f"{FEATURES}/mixed.feature:{line}: expected medically necessary under I.b, "
        "but more information is needed on the Veteran's age"
    ) in ran.output


def test_every_row_of_a_table_that_does_not_hold_is_told(ran: Ran) -> None:
    first = _line(MIXED, "| 40  |")
    told = [f"{FEATURES}/mixed.feature:{line}: expected" in ran.output for line in (first, first + 1)]
    assert told == [True, True]


def test_a_row_of_a_table_that_holds_is_not_told(ran: Ran) -> None:
    assert f"mixed.feature:{_line(MIXED, '| 40  |') + 2}: expected" not in ran.output


@pytest.mark.parametrize(
    "words",
    [
        "Given there is a pain",
        "And it is late",
        "Then it is well",
        "Given the Veteran is 200 years old",
        "Then all is said",
    ],
)
def test_every_sentence_that_means_nothing_is_told_in_one_run(ran: Ran, words: str) -> None:
    line = _line(MIXED, words)
    assert f"{FEATURES}/mixed.feature:{line}:" in ran.output


def test_a_row_of_an_outline_fails_alone(ran: Ran) -> None:
    outcomes = [_recorded(ran, f"ages[{row}]")["passed"] for row in _rows()]
    assert outcomes == [True, True, False]


def _rows() -> list[str]:
    return [
        "70 | medically necessary under I.b",
        "40 | not medically necessary under IV",
        "41 | medically necessary under I.b",
    ]


def test_junit_carries_the_feature_file_and_the_line_of_each_scenario(ran: Ran) -> None:
    places = {(case["file"], int(case["line"]) + 1) for case in ran.junit}
    assert places == {
        (f"{FEATURES}/mixed.feature", _line(MIXED, f"Scenario: {name}\n"))
        for name in ("Holds holds", "Fails", "Fails in two rows", "Unknown", "Unknown too")
    } | {(f"{FEATURES}/deeper/outline.feature", _line(OUTLINE, f"| {age}  |")) for age in (70, 40, 41)}


def test_the_record_has_every_scenario(ran: Ran) -> None:
    ids = [result["id"] for result in ran.record["scenarios"]]
    assert ids == [*(f"ages[{row}]" for row in _rows()), "holds", "fails", "fails-twice", "unknown", "unknown-too"]


def test_the_record_places_a_scenario(ran: Ran) -> None:
    found = _recorded(ran, "holds")
    assert (found["path"], found["line"], found["name"]) == (f"{FEATURES}/mixed.feature", 4, "Holds holds")


def test_the_record_keeps_the_case(ran: Ran) -> None:
    assert _recorded(ran, "holds")["cases"][0]["case"] == {
        "policy": "00050",
        "request": "initial",
        "date": "2025-06-01",
        "record": "open",
        "codes": [],
        "facts": {"pain": True, "lasting": True, "trial-end": "2024-06-01", "age": 40},
    }


def test_the_record_keeps_the_determination(ran: Ran) -> None:
    found = _recorded(ran, "fails")["cases"][0]["determination"]
    assert (found["outcome"], found["clauses"], found["needed"]) == ("more information needed", ["I.b"], ["age"])


def test_the_record_keeps_each_row_of_a_table_as_a_case(ran: Ran) -> None:
    lines = [case["line"] for case in _recorded(ran, "fails-twice")["cases"]]
    first = _line(MIXED, "| 40  |")
    assert lines == [first, first + 1, first + 2]


def test_the_record_says_what_passed(ran: Ran) -> None:
    passed = [result["id"] for result in ran.record["scenarios"] if result["passed"]]
    assert passed == [f"ages[{row}]" for row in _rows()[:2]] + ["holds"]


def test_the_census_balances_though_scenarios_fail(ran: Ran) -> None:
    assert ran.census == "census of scenarios balances: source 8, collected 8, executed 8, reported 8"


def test_a_star_in_place_of_a_keyword_is_run(tmp_path: Path) -> None:
    text = HEAD + approved("star").replace("    And ", "    * ")
    assert "    * " in text
    ran = run(library(tmp_path / "library", {f"{FEATURES}/one.feature": text}))
    assert (ran.status, ran.census.split(": ")[1]) == (0, "source 1, collected 1, executed 1, reported 1")
