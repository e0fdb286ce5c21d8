"""What a case says of measures and of their numbers: what cannot be is an issue at its place."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

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


def measuring() -> Policy:
    """The policy in which formulas name measures."""
    policy = states()["90032"][0].read()
    assert policy is not None
    return policy


def issues_of(facts: dict[str, object]) -> list[Issue]:
    """The issues of a case with these answers."""
    [(_, _, issues)] = read_cases(json.dumps({**HEAD, "facts": facts}), "case.json", states())
    return issues


def test_a_measure_beyond_its_bounds_is_an_issue_at_the_number_that_is_given() -> None:
    [issue] = issues_of({"weight": 2300})
    assert issue.code == "impossible-measure"
    assert "worked out it is from 368 to 9200, beyond its bounds" in issue.message


def test_a_case_that_cannot_be_leaves_the_others_of_its_batch_as_they_are() -> None:
    facts: list[dict[str, object]] = [{"peptide": 1, "limit": 1}, {"weight": 2300}, {"peptide": 2, "limit": 1}]
    text = json.dumps([{**HEAD, "facts": each} for each in facts])
    found = read_cases(text, "cases.json", states())
    assert [case is not None for _, case, _ in found] == [True, False, True]


def test_a_measure_that_is_given_must_be_what_another_that_is_given_comes_to() -> None:
    [issue] = issues_of({"first-bmi": 40, "bmi": 30, "loss": 50})
    assert "`loss` is impossible: it is given as 50, but worked out it is 25" in issue.message


def test_what_only_a_criterion_states_is_no_answer_of_a_case() -> None:
    [issue] = issues_of({"peptide-beside-1-1-times-limit": -1})
    assert issue.code == "unknown-fact"
    assert "beside" not in issue.hint


def test_what_only_a_criterion_states_is_no_answer_of_a_case_in_json() -> None:
    door = Door(measuring())
    assert door.check({**HEAD, "facts": {"peptide": 1}})
    assert not door.check({**HEAD, "facts": {"peptide-beside-1-1-times-limit": -1}})


def test_what_only_a_criterion_states_has_no_sentence() -> None:
    vocabulary = Vocabulary(measuring())
    assert vocabulary.given("the peptide is 1 ng/ml")
    assert not vocabulary.given("the peptide less 1.1 times the limit is -1 ng/ml")
