"""Scenarios that test nothing of their own are reported; what has a purpose that can be seen is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issues.examples import FEATURE, lay_out
from tests.reading.libraries import needless_in, needless_of, text_of, told

GIVEN = """\
    Given the established diagnoses are COPD
    And the oxygen saturation at rest is 85 percent
    And the oxygen saturation was measured on 2025-06-20
    And a pulmonologist has prescribed home oxygen
"""
WHEN = "    When home oxygen therapy is requested on 2025-07-01\n"
THEN = "    Then it is medically necessary under I\n"
TABLE = """\
    Then each of these cases is determined as stated
      | saturation | outcome                 | clause |
"""
MET = "      | 85         | medically necessary     | I      |\n"
UNMET = "      | 91         | not medically necessary | II     |\n"
OTHERS = GIVEN.replace("    And the oxygen saturation at rest is 85 percent\n", "")


def after_the_base(*sentences: str, tags: str = "", more: str = "") -> str:
    """The feature of the base, of whose scenario more may be expected, with another of these sentences."""
    return f"{text_of(FEATURE)}{more}\n  @second {tags}\n  Scenario: Another\n{''.join(sentences)}"


@pytest.mark.parametrize(
    "scenario",
    [
        (GIVEN, WHEN.replace("07-01", "07-02"), THEN),
        ("    Given the record is complete\n", GIVEN.replace("Given", "And"), WHEN, THEN),
        (GIVEN, "    And the request names CPT code 97124\n", WHEN, THEN),
    ],
    ids=["another date", "a complete record", "a code"],
)
def test_another_case_is_not_reported(scenario: tuple[str, ...], tmp_path: Path) -> None:
    assert needless_in(tmp_path, after_the_base(*scenario)) == []


def test_of_two_scenarios_of_one_case_that_which_expects_less_is_reported(tmp_path: Path) -> None:
    more = (GIVEN, WHEN, THEN, "    And code 97124 is not listed\n")
    assert told(needless_in(tmp_path, after_the_base(*more))) == [("repeated-case", 4, 3)]


def test_a_table_that_repeats_a_case_to_be_whole_is_not_reported(tmp_path: Path) -> None:
    whole = after_the_base(OTHERS, WHEN, TABLE, MET, UNMET, more="    And code 97124 is not listed\n")
    assert needless_in(tmp_path, whole) == []


def test_a_row_of_a_table_that_repeats_one_above_is_reported(tmp_path: Path) -> None:
    rows = after_the_base(OTHERS, WHEN, TABLE, UNMET, MET.replace("85", "84"), UNMET)
    assert told(needless_in(tmp_path, rows)) == [("repeated-case", 22, 9)]


def test_a_scenario_that_alone_names_an_interpretation_is_not_reported(tmp_path: Path) -> None:
    same = (GIVEN, WHEN, THEN)
    assert told(needless_in(tmp_path / "one", after_the_base(*same))) == [("repeated-case", 13, 3)]
    # The interpretation that it names must be known, or the scenario has an error.
    assert needless_in(tmp_path / "other", after_the_base(*same, tags="@interprets:resting")) == []


def test_an_expectation_that_holds_in_one_row_without_being_able_to_fail_is_not_reported(tmp_path: Path) -> None:
    depends = "    And it does not depend on the oxygen saturation at rest\n"
    open_row = "      |            | not medically necessary | II     |\n"
    without = OTHERS.replace("a pulmonologist has", "no pulmonologist has")
    rows = (without, WHEN, TABLE, MET.replace("medically necessary     | I ", "not medically necessary | II"), open_row)
    assert needless_in(tmp_path, after_the_base(*rows, depends)) == []


USED = "    Given home oxygen is used as prescribed\n"
RENEWAL = (
    "    When renewal of home oxygen therapy is requested on 2025-07-01\n    Then it is medically necessary under II\n"
)
IN_ROWS = """\
  @rows
  Scenario Outline: Use, which nothing asks of a first request
    Given home oxygen is <use>
    And no pulmonologist has prescribed home oxygen
    When home oxygen therapy is requested on 2025-07-01
    Then it is not medically necessary under III

    Examples:
      | use                    |
      | used as prescribed     |
      | not used as prescribed |
"""
IN_BACKGROUND = f"""\
  Background:
{USED}
  @first
  Scenario: A first request
    Given no pulmonologist has prescribed home oxygen
    When home oxygen therapy is requested on 2025-07-01
    Then it is not medically necessary under III

  @renewal
  Scenario: A renewal
{RENEWAL}"""


@pytest.mark.parametrize("scenarios", [IN_ROWS, IN_BACKGROUND], ids=["several answers", "asked of another scenario"])
def test_an_answer_that_plays_no_part_on_purpose_is_not_reported(scenarios: str, tmp_path: Path) -> None:
    lay_out("unasked-fact", tmp_path)
    (tmp_path / FEATURE).write_text(f"Feature: Home oxygen therapy\n\n{scenarios}", "utf-8")
    assert needless_of(tmp_path) == []
