"""Small policies in the policy language, each with a table of cases that show a part of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePath
from typing import Any

import pytest
import yaml

from cdispec.check import judge_policies
from cdispec.check.deciding import DecidingStates
from cdispec.determine.contract import determination_json
from cdispec.determine.determination import determine
from cdispec.library import PolicyLibrary, read_library
from cdispec.model.case import Case
from cdispec.parse.case import read_cases

ROOT = Path(__file__).parent / "policies"
TABLES = sorted((ROOT / "cases").glob("*.yaml"))
EXPECTED = ("outcome", "clauses", "needed", "settled_by", "may_matter", "classifications", "granted", "open_lines")
UNTOLD: dict[str, list[str]] = {"clauses": [], "needed": []}
"""What a case that does not tell expects of these."""


def _rows() -> list[Any]:
    """Every case of every table, with what its file states for all of them."""
    rows = []
    for path in TABLES:
        table = yaml.safe_load(path.read_text("utf-8"))
        for case in table.pop("cases"):
            facts = {**table.get("facts", {}), **case.get("facts", {})}
            known = {fact: answer for fact, answer in facts.items() if answer is not None}
            rows.append(pytest.param({**table, **case, "facts": known}, id=f"{path.stem}: {case['name']}"))
    return rows


@pytest.fixture(scope="module")
def library() -> PolicyLibrary:
    """The policies of this folder."""
    return read_library(ROOT)


def test_the_policies_have_no_issues_but_that_a_trial_may_start_and_end_after_its_request(
    library: PolicyLibrary,
) -> None:
    found = judge_policies(library).issues
    assert {(issue.code, PurePath(issue.place.path).parent.name) for issue in found} == {
        ("date-without-latest", "90002-trial-of-therapy")
    }


def test_every_policy_has_a_table_of_cases(library: PolicyLibrary) -> None:
    assert [policy.slug for policy in library.policies.values()] == [path.stem for path in TABLES]


@pytest.mark.parametrize("row", _rows())
def test_a_case_is_determined_as_its_table_states(library: PolicyLibrary, row: dict[str, Any]) -> None:
    expected = {**UNTOLD, **{key: row[key] for key in EXPECTED if key in row}}
    stated = {key: value for key, value in row.items() if key not in (*EXPECTED, "name")}
    states = DecidingStates(ROOT, lambda number, issues: None, working=True)
    [(_, case, issues, _)] = read_cases(yaml.safe_dump(stated), "case.yaml", states)
    assert not issues
    assert case is not None
    found = determination_json(determine(library.policies[case.policy], case))
    found["settled_by"] = min((way["facts"] for way in found["ways"]), key=len, default=[])
    assert {key: found.get(key) for key in expected} == expected


def test_four_of_the_twelve_cases_with_missing_data_stay_undecided() -> None:
    table = yaml.safe_load((ROOT / "cases" / "90009-two-thresholds.yaml").read_text("utf-8"))
    outcomes = [case["outcome"] for case in table["cases"]]
    assert (len(outcomes), outcomes.count("more information needed")) == (12, 4)


@pytest.mark.parametrize("number", ["90031", "90051", "90071"])
def test_a_determination_has_the_id_of_its_case_whatever_was_worked_out_of_it(
    library: PolicyLibrary, number: str
) -> None:
    policy = library.policies[number]
    case = Case(number, next(iter(policy.requests)), date(2025, 7, 1), {}, id="claim 7")
    assert determine(policy, case).id == "claim 7"
