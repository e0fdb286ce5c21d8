"""The history of a policy and what a revision says and does, as programs read them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import jsonschema
import pytest

from tests.revisions.libraries import FIRST, LIBRARY, NUMBER, PATIENCE, SECOND, THIRD

DETERMINED = {
    "type": "object",
    "required": ["case", "determination"],
    "properties": {
        "case": {"required": ["policy", "request", "date", "record", "facts"]},
        "determination": {"required": ["outcome", "clauses"]},
    },
}
WITNESS = {
    "type": "object",
    "required": ["scenario", "before", "after"],
    "properties": {
        "scenario": {"type": "array", "items": {"type": "string"}, "minItems": 3},
        "before": DETERMINED,
        "after": DETERMINED,
    },
}
RELATION = {"enum": ["equivalent", "wider", "narrower", "different", None]}
EFFECT = {
    "type": "object",
    "required": ["proved", "same_logic", "equivalent", "limit", "summary", "requests", "classifications"],
    "properties": {
        "proved": {"type": "boolean"},
        "same_logic": {"type": "boolean"},
        "equivalent": {"type": "boolean"},
        "summary": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "requests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["request", "outcomes", "witnesses", "other_clauses", "clauses_decided"],
                "properties": {
                    "outcomes": {"type": "object", "additionalProperties": RELATION},
                    "witnesses": {"type": "array", "items": WITNESS},
                },
            },
        },
    },
}
GROUPS = {"front", "clauses", "facts", "requests", "definitions", "codes", "citations", "abbreviations"}


def answered(*arguments: str) -> Any:
    """The answer in JSON to a command."""
    command = [sys.executable, "-m", "cdispec", *arguments, "--json", *PATIENCE]
    done = subprocess.run(command, cwd=LIBRARY, capture_output=True, text=True, encoding="utf-8", check=True)
    assert not done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def compared() -> Any:
    """What the second revision says and does otherwise than the first."""
    return answered("diff", NUMBER, FIRST, SECOND)


@pytest.fixture(scope="module")
def history() -> Any:
    """The history of the policy."""
    return answered("history", NUMBER)


def test_a_comparison_names_the_policy_and_both_states(compared: Any) -> None:
    assert (compared["policy"], compared["before"], compared["after"]) == (NUMBER, FIRST, SECOND)


def test_a_comparison_with_what_is_not_released_names_the_working_state() -> None:
    found = answered("diff", NUMBER)
    assert (found["before"], found["after"]) == (THIRD, "working")


def test_what_a_revision_says_is_told_by_group(compared: Any) -> None:
    changes = compared["changes"]
    assert set(changes) >= GROUPS
    assert [change["id"] for change in changes["codes"]] == ["A4238"]
    assert [change["id"] for change in changes["facts"]] == ["diagnosis"]
    assert not changes["definitions"]


def test_what_a_revision_does_has_the_form_that_programs_rely_on(compared: Any) -> None:
    jsonschema.validate(compared["effect"], EFFECT)


def test_each_outcome_of_each_request_is_related(compared: Any) -> None:
    relations = {request["request"]: request["outcomes"] for request in compared["effect"]["requests"]}
    assert relations == {
        "initial": {
            "medically necessary": "wider",
            "not medically necessary": "narrower",
            "not indicated": "equivalent",
            "more information needed": "different",
        },
        "continuation": {
            "medically necessary": "narrower",
            "not medically necessary": "wider",
            "not indicated": "equivalent",
            "more information needed": "narrower",
        },
    }


def test_a_witness_is_decided_so_by_both_states(compared: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    (request,) = (each for each in compared["effect"]["requests"] if each["request"] == "continuation")
    witness = request["witnesses"][0]
    cases = tmp_path_factory.mktemp("witness") / "cases.jsonl"
    dated = (witness["before"]["case"] | {"date": FIRST}, witness["after"]["case"] | {"date": SECOND})
    for case in dated:
        case["facts"]["last-visit"] = case["date"]
    cases.write_text("\n".join(map(json.dumps, dated)), "utf-8")
    command = [sys.executable, "-m", "cdispec", "determine", str(cases), "--json"]
    done = subprocess.run(command, cwd=LIBRARY, capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(each["revision"], each["outcome"]) for each in found] == [
        (FIRST, witness["before"]["determination"]["outcome"]),
        (SECOND, witness["after"]["determination"]["outcome"]),
    ]


def test_the_history_holds_revisions_reviews_and_corrections_newest_first(history: Any) -> None:
    told = [(entry["date"], entry["revision"], entry["corrects"]) for entry in history["history"]]
    assert told == [
        (THIRD, THIRD, ""),
        ("2025-12-01", None, ""),
        ("2025-09-15", None, SECOND),
        (SECOND, SECOND, ""),
        (FIRST, FIRST, ""),
    ]


def test_the_periods_of_the_history_follow_one_another_without_a_gap(history: Any) -> None:
    told = [(entry["revision"], entry["until"]) for entry in history["history"] if entry["revision"]]
    assert told == [(THIRD, None), (SECOND, "2026-02-28"), (FIRST, "2025-08-31")]


def test_the_history_tells_of_each_revision_what_a_comparison_does(history: Any, compared: Any) -> None:
    effects = {entry["revision"]: entry["effect"] for entry in history["history"] if entry["revision"]}
    assert effects[SECOND] == compared["effect"]["summary"]
    assert effects[THIRD]
    assert not effects[FIRST]
