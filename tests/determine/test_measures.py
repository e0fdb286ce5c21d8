"""What a case says of measures and of their numbers: what cannot be is an issue at its place."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from cdispec.check.deciding import DecidingStates
from cdispec.model.policy import Policy
from cdispec.parse.case import read_cases
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.source import Issue
from cdispec.targets.python.door import Door

ROOT = Path(__file__).parent / "policies"
HEAD = {"policy": "90032", "request": "pump", "date": "2025-07-01"}


@cache
def states() -> DecidingStates:
    """The policies of this folder."""
    return DecidingStates(ROOT, lambda number, issues: None, working=True)


def policy_of(number: str) -> Policy:
    """The working state of a policy."""
    policy = states()[number][0].read()
    assert policy is not None
    return policy


def issues_of(facts: dict[str, object]) -> list[Issue]:
    """The issues of a case with these answers."""
    [(_, _, issues, _)] = read_cases(json.dumps({**HEAD, "facts": facts}), "case.json", states())
    return issues


def test_a_measure_beyond_its_bounds_is_an_issue_at_the_number_that_is_given() -> None:
    [issue] = issues_of({"weight": 2300})
    assert issue.code == "impossible-measure"
    assert "worked out it is from 368 to 9200, beyond its bounds" in issue.message


def test_a_case_that_cannot_be_leaves_the_others_of_its_batch_as_they_are() -> None:
    facts: list[dict[str, object]] = [{"peptide": 1, "limit": 1}, {"weight": 2300}, {"peptide": 2, "limit": 1}]
    text = json.dumps([{**HEAD, "facts": each} for each in facts])
    found = read_cases(text, "cases.json", states())
    assert [case is not None for _, case, _, _ in found] == [True, False, True]


def test_a_measure_that_is_given_must_be_what_another_that_is_given_comes_to() -> None:
    [issue] = issues_of({"first-bmi": 40, "bmi": 30, "loss": 50})
    assert "`loss` is impossible: it is given as 50, but worked out it is 25" in issue.message


def rounding(number: float) -> dict[str, object]:
    """A case in which a measure that is rounded to one digit is given."""
    head = {"policy": "90031", "request": "printed", "date": "2025-07-01"}
    return {**head, "facts": {"rounded-bmi": number}}


@pytest.mark.parametrize("number", [34.96, 34.95, 0.001])
def test_a_measure_that_is_given_with_more_digits_than_it_is_rounded_to_is_refused(number: float) -> None:
    [(_, case, [issue], _)] = read_cases(json.dumps(rounding(number)), "case.json", states())
    assert case is None
    assert issue.code == "impossible-value"
    assert "`rounded-bmi` is rounded to 1 digit after the point" in issue.message
    assert not Door(policy_of("90031")).check(rounding(number))
    [*read] = Vocabulary(policy_of("90031")).given(f"the body mass index is printed as {number} kg/m2")
    assert not read


@pytest.mark.parametrize("number", [35, 34.9, 0.1, -2.5])
def test_a_measure_that_is_given_as_it_is_rounded_is_taken(number: float) -> None:
    [(_, case, issues, _)] = read_cases(json.dumps(rounding(number)), "case.json", states())
    assert case is not None
    assert not issues
    assert Door(policy_of("90031")).check(rounding(number))


def test_what_only_a_criterion_states_is_no_answer_of_a_case() -> None:
    [issue] = issues_of({"peptide-beside-1-1-times-limit": -1})
    assert issue.code == "unknown-fact"
    assert "beside" not in issue.hint


def test_what_only_a_criterion_states_is_no_answer_of_a_case_in_json() -> None:
    door = Door(policy_of("90032"))
    assert door.check({**HEAD, "facts": {"peptide": 1}})
    assert not door.check({**HEAD, "facts": {"peptide-beside-1-1-times-limit": -1}})


def test_what_only_a_criterion_states_has_no_sentence() -> None:
    vocabulary = Vocabulary(policy_of("90032"))
    assert vocabulary.given("the peptide is 1 ng/ml")
    assert not vocabulary.given("the peptide less 1.1 times the limit is -1 ng/ml")
