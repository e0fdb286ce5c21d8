"""Code sets through the life of a policy: frozen with its revisions, compared, proved, and refused where damaged."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from cdispec.cli import main
from tests.revisions.libraries import edit

SMALL = Path(__file__).parents[1] / "determine" / "policies" / "policy"
SLUG = "90071-codes"
OWN = f"policy/{SLUG}/codes/lymphedema-codes.csv"
SHARED = "policy/codes/swelling-codes.csv"
SCENARIOS = """\
Feature: Codes

  @covered
  Scenario: A code of the set
    Given the diagnosis codes are I89.0 and M54.5
    When a pump is requested on 2024-06-01
    Then it is medically necessary under I.a

  @sleeve
  Scenario: A code of the shared set
    Given the diagnosis codes are R60
    When a sleeve is requested on 2024-06-01
    Then it is medically necessary under I.b
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the small policy of codes, released once."""
    shutil.copytree(SMALL / SLUG, tmp_path / "policy" / SLUG)
    shutil.copytree(SMALL / "codes", tmp_path / "policy" / "codes")
    shutil.copytree(Path(__file__).parents[2] / "steps", tmp_path / "steps")
    feature = tmp_path / "features" / SLUG / "codes.feature"
    feature.parent.mkdir(parents=True)
    feature.write_text(SCENARIOS, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["release", "90071", "--effective", "2024-01-01", "--as-is"]) == 0
    return tmp_path


def decided(code: str, capsys: pytest.CaptureFixture[str], request: str = "pump", *options: str) -> Any:
    """What is answered of a case with a code."""
    case = {
        "policy": "90071",
        "request": request,
        "date": "2025-07-01",
        "facts": {"diagnosis-codes": [code]},
    }
    Path("case.json").write_text(json.dumps(case), "utf-8")
    capsys.readouterr()
    main(["determine", "case.json", "--json", *options])
    return json.loads(capsys.readouterr().out)


def test_a_revision_keeps_the_sets_that_it_was_released_with(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library / OWN, "I89.0", "I89.1")
    edit(library / SHARED, "R60", "R61")
    assert decided("I89.0", capsys)["outcome"] == "medically necessary"
    assert decided("I89.0", capsys, "pump", "--working")["outcome"] == "not medically necessary"
    assert decided("R60", capsys, "sleeve")["outcome"] == "medically necessary"
    assert decided("R60", capsys, "sleeve", "--working")["outcome"] == "not medically necessary"


def test_a_frozen_set_that_was_altered_decides_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library / f"policy/{SLUG}/revisions/2024-01-01/shared-codes/swelling-codes.csv", "R60", "R61")
    assert main(["check"]) == 1
    assert "altered-revision `shared-codes/swelling-codes.csv`" in capsys.readouterr().out
    assert "issues" in decided("I89.0", capsys)


def test_a_shared_set_with_an_error_breaks_the_policy_that_asks_for_it(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(library / SHARED, "R60", "R6*0")
    assert "issues" in decided("I89.0", capsys, "pump", "--working")


def test_diff_tells_of_codes_and_proves_what_they_decide(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library / OWN, "2024-09-30", "2024-12-31")
    capsys.readouterr()
    assert main(["diff", "90071", "2024-01-01", "working"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "I97.2 until 2024-09-30 -> I97.2 until 2024-12-31" in told
    assert "the diagnosis codes are I97.2, it is now medically necessary under I.a" in told
    assert "a sleeve is requested medically necessary equivalent" in told


def test_codes_that_are_described_otherwise_decide_nothing_otherwise(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(library / OWN, "Hereditary lymphedema and others", "Hereditary lymphedema")
    capsys.readouterr()
    assert main(["diff", "90071", "2024-01-01", "working"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "reworded code set lymphedema-codes code Q82.*: Hereditary lymphedema" in told
    assert "medically necessary equivalent the same cases have it as before" in told
    assert not {"wider", "narrower", "different"} & {*told.split()}


def test_the_library_is_printed_with_what_its_sets_hold(library: Path) -> None:
    assert main(["build"]) == 0
    data = (library / "docs" / "codes-data.js").read_text("utf-8")
    [own, shared] = json.loads(data.removeprefix("globalThis.cdispecCodes = ").rstrip(";\n"))
    assert own["rows"].split("\n")[1] == "I97.2\tPostmastectomy lymphedema syndrome\t\t2024-09-30"
    assert own["policies"][0]["clauses"] == [["I.a", f"cdi/{SLUG}/2024-01-01/index.html#pump"]]
    assert shared["name"] == "swelling-codes"
    policy = json.loads((library / f"docs/cdi/{SLUG}/2024-01-01/policy.json").read_text("utf-8"))
    assert [one["id"] for one in policy["code_sets"]] == ["lymphedema-codes", "swelling-codes"]


def test_the_language_shows_the_set_that_is_tested_here() -> None:
    language = (Path(__file__).parents[2] / "LANGUAGE.md").read_text("utf-8")
    assert f"```csv\n{(SMALL / SLUG / 'codes' / 'lymphedema-codes.csv').read_text('utf-8')}```" in language


def test_scenarios_are_suggested_for_codes_that_are_wanted_and_unwanted(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["suggest", "90071"]) == 0
    told = capsys.readouterr().out
    [done, missing] = re.findall(r"would do (\d+) of these (\d+)", told)[0]
    assert done == missing
    for day in ("2024-09-30", "2024-10-01"):
        assert f"a pump is requested on {day}" in told
