"""A policy is retired by releasing it so: from that day on it decides no requests, and those before as it did."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from cdispec.cli import main
from cdispec.library import read_library, read_suite
from tests.reading.libraries import every_issue, library
from tests.release.libraries import FIRST, POLICY, SECOND, edit, release, released, reworded

Captured = pytest.CaptureFixture[str]
LATER = "2026-06-01"
FACTS = {"diagnosis": ["copd"], "saturation": 80, "prescribed": True}


def retire(root: Path) -> Path:
    """Have the working state of the policy say that it is retired."""
    edit(root / POLICY, "status: draft", "status: retired")
    return root


@pytest.fixture
def root(tmp_path: Path, capfd: Captured) -> Path:
    """A library whose policy was released, then retired with a second release."""
    made = retire(released(tmp_path, FIRST))
    assert release(made, SECOND, "--summary", "The policy was retired.") == 0
    capfd.readouterr()
    return made


def stated(day: str) -> str:
    """A case that the policy would decide, in JSON, which is YAML too."""
    return json.dumps({"policy": "00042", "request": "initial", "date": day, "facts": FACTS | {"measured-on": day}})


def answered(
    root: Path, capfd: Captured, patch: pytest.MonkeyPatch, how: str, day: str, *arguments: str
) -> dict[str, str]:
    """What a case is answered with that comes in a file of a kind or, with `-`, on standard input."""
    name = how if how == "-" else str(root / f"case.{how}")
    if how == "-":
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stated(day).encode())))
    else:
        Path(name).write_text(stated(day) + "\n")
    main(["determine", name, "--json", "--library", str(root), *arguments])
    answer = json.loads(capfd.readouterr().out)
    found: dict[str, str] = answer["issues"][0] if "issues" in answer else answer
    return found


@pytest.mark.parametrize("how", ["yaml", "json", "jsonl", "-"])
def test_a_retired_policy_decides_no_requests_from_its_day_on(
    how: str, root: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (SECOND, "2031-01-01"):
        issue = answered(root, capfd, monkeypatch, how, day)
        assert issue["code"] == "retired-policy"
        assert f"from {SECOND} on" in issue["message"]
        assert f"that of {FIRST}" in issue["hint"]


@pytest.mark.parametrize("how", ["yaml", "json", "jsonl", "-"])
def test_requests_before_that_day_are_decided_as_they_were(
    how: str, root: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = answered(root, capfd, monkeypatch, how, "2026-01-14")
    assert (answer["revision"], answer["outcome"]) == (FIRST, "medically necessary")


def test_a_policy_that_is_revised_while_it_is_retired_is_retired_from_the_first_day_on(
    root: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert release(reworded(root), LATER, "--summary", "A reference was mended.") == 0
    capfd.readouterr()
    issue = answered(root, capfd, monkeypatch, "yaml", LATER)
    assert f"from {SECOND} on" in issue["message"]
    assert f"that of {FIRST}" in issue["hint"]


def test_a_policy_that_is_taken_up_again_decides_again(
    root: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(root / POLICY, "status: retired", "status: published")
    assert release(root, LATER, "--summary", "The policy was taken up again.") == 0
    capfd.readouterr()
    assert answered(root, capfd, monkeypatch, "jsonl", LATER)["revision"] == LATER
    assert answered(root, capfd, monkeypatch, "jsonl", SECOND)["code"] == "retired-policy"


def test_a_policy_that_was_never_released_otherwise_names_no_last_revision(
    tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = retire(library(tmp_path, {}))
    assert release(root, FIRST) == 0
    capfd.readouterr()
    assert answered(root, capfd, monkeypatch, "yaml", LATER)["hint"].startswith("none of its revisions decides")


@pytest.mark.parametrize("how", ["yaml", "json", "jsonl", "-"])
def test_a_retired_working_state_that_was_never_released_decides_no_requests(
    how: str, tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = answered(retire(library(tmp_path, {})), capfd, monkeypatch, how, LATER)
    assert issue["code"] == "retired-policy"
    assert "working state" in issue["message"]


def test_a_retired_working_state_decides_no_requests_when_it_is_asked_for(
    root: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answered(root, capfd, monkeypatch, "yaml", "2025-07-01", "--working")["code"] == "retired-policy"


def test_a_working_state_about_to_be_retired_leaves_its_revisions_to_decide(
    tmp_path: Path, capfd: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = retire(released(tmp_path, FIRST))
    capfd.readouterr()
    assert answered(root, capfd, monkeypatch, "yaml", LATER)["revision"] == FIRST


def test_scenarios_go_on_testing_the_logic_of_a_retired_policy(root: Path) -> None:
    suite = read_suite(read_library(root))
    assert not every_issue(root)
    assert len(suite.readings) == len(read_suite(read_library(library(root / "draft", {}))).readings)


def test_scenarios_that_fail_still_hinder_that_a_policy_is_retired(tmp_path: Path, capfd: Captured) -> None:
    root = retire(released(tmp_path, FIRST))
    edit(root / POLICY, "at most: 88", "at most: 50")
    assert release(root, SECOND, "--summary", "The policy was retired.") == 1
    assert "a revision is released when its scenarios hold" in capfd.readouterr().err
