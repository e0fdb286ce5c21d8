"""`cdispec schema facts NUMBER`: what a form or an extraction may answer is what a case can say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cdispec.cli import main
from cdispec.library import read_library
from cdispec.model.periods import StatePeriod
from cdispec.parse.case import read_cases
from cdispec.report.facts_schema import facts_schema
from tests.determine.test_policies import ROOT, TABLES

POLICIES = read_library(ROOT).policies
WRONG: list[Any] = ["maybe", 1.5, -1, [], ["nothing"], {"including": ["nothing"]}, {"none": False}, "2025-02", {}]


def of_table(table: Path) -> list[dict[str, Any]]:
    """What each case of a table answers, as JSON has it."""
    read = yaml.safe_load(table.read_text("utf-8"))
    return [json.loads(json.dumps(case["facts"], default=str)) for case in read["cases"] if "facts" in case]


def accepted(number: str, facts: dict[str, Any]) -> bool:
    """Whether a case with these answers has no issue of a wrong answer."""
    policy = POLICIES[number]
    case = {"policy": number, "request": next(iter(policy.requests)), "date": "2025-07-01", "facts": facts}
    [read] = read_cases(json.dumps(case), "case.json", {number: [StatePeriod.of(policy)]})
    return not read.issues


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_every_answer_of_a_case_is_one_of_the_schema(table: Path) -> None:
    validator = Draft202012Validator(facts_schema(POLICIES[table.stem.split("-")[0]]))
    assert [error.message for facts in of_table(table) for error in validator.iter_errors(facts)] == []


@pytest.mark.parametrize("number", ["90001", "90002", "90006", "90007", "90011", "90012"])
def test_what_no_case_can_say_is_not_of_the_schema(number: str) -> None:
    validator = Draft202012Validator(facts_schema(POLICIES[number]))
    for id in facts_schema(POLICIES[number])["properties"]:
        for answer in WRONG:
            assert validator.is_valid({id: answer}) == accepted(number, {id: answer}), (id, answer)


def test_the_schema_has_the_questions_of_the_policy(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "facts", "90006", "--library", str(ROOT)]) == 0
    schema = json.loads(capfd.readouterr().out)
    asked = {fact.question for fact in POLICIES["90006"].facts.values()}
    assert asked == {one["description"] for one in schema["properties"].values()}


@pytest.mark.parametrize(("arguments", "status"), [(["facts", "9006"], 1), (["case", "90006"], 2)])
def test_a_schema_of_what_is_not_there_is_refused(arguments: list[str], status: int) -> None:
    assert main(["schema", *arguments, "--library", str(ROOT)]) == status
