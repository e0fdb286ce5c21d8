"""What cannot be proved is told as such, never guessed: without the solver, and without the time that it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.revisions.libraries import FIRST, LIBRARY, NEXT, NUMBER, SECOND, copied, tree

HINT = "cdispec: proving needs z3, which is not installed\n    hint: pip install 'cdispec[prove]'\n"
NO_TIME = ("--limit", "0.000001")


@pytest.fixture
def without_z3(tmp_path: Path) -> dict[str, str]:
    """An environment in which there is no z3."""
    shim = tmp_path / "shim"
    shim.mkdir()
    (shim / "sitecustomize.py").write_text('import sys\n\nsys.modules["z3"] = None\n', "utf-8")
    return os.environ | {"PYTHONPATH": str(shim)}


def asked(*arguments: str, root: Path = LIBRARY, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "cdispec", *arguments]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def test_without_z3_a_diff_says_what_was_changed_and_that_nothing_is_proved(without_z3: dict[str, str]) -> None:
    done = asked("diff", NUMBER, FIRST, SECOND, env=without_z3)
    assert done.returncode == 1
    assert done.stderr == HINT
    assert "What it says" in done.stdout
    assert "What it does" not in done.stdout


def test_without_z3_a_program_is_told_no_effect(without_z3: dict[str, str]) -> None:
    done = asked("diff", NUMBER, FIRST, SECOND, "--json", env=without_z3)
    assert done.returncode == 1
    assert done.stderr == HINT
    assert json.loads(done.stdout)["effect"] is None


def test_without_z3_the_history_is_told_without_effects(without_z3: dict[str, str]) -> None:
    done = asked("history", NUMBER, env=without_z3)
    assert done.returncode == 1
    assert done.stderr == HINT
    assert "Code A4238 was added." in done.stdout
    assert "Effect" not in done.stdout


@pytest.mark.parametrize("claim", ["No change in criteria", "Criteria were changed"])
def test_without_z3_a_claim_is_not_let_pass(without_z3: dict[str, str], tmp_path: Path, claim: str) -> None:
    root = copied(tmp_path / "library")
    before = tree(root)
    done = asked("release", NUMBER, "--effective", NEXT, "--as-is", "--summary", f"{claim}.", root=root, env=without_z3)
    assert done.returncode == 1
    assert f"whether `{claim}` is so cannot be proved, for z3 is not installed" in done.stderr
    assert tree(root) == before


def test_without_z3_a_release_that_claims_nothing_is_made(without_z3: dict[str, str], tmp_path: Path) -> None:
    root = copied(tmp_path / "library")
    summary = "The visit may be 12 months ago."
    done = asked("release", NUMBER, "--effective", NEXT, "--as-is", "--summary", summary, root=root, env=without_z3)
    assert done.returncode == 0, done.stderr
    assert "what it does" not in done.stdout


def test_without_z3_policies_are_checked_and_cases_decided(without_z3: dict[str, str]) -> None:
    assert asked("check", env=without_z3).returncode == 0
    assert asked("determine", "../as-of.yaml", env=without_z3).stdout.count("Medically necessary, under II.a") == 2


@pytest.fixture(scope="module")
def undecided() -> Any:
    """A comparison for which there was no time."""
    return json.loads(asked("diff", NUMBER, FIRST, SECOND, "--json", *NO_TIME).stdout)["effect"]


def test_without_time_nothing_is_proved(undecided: Any) -> None:
    assert not undecided["proved"]
    assert not undecided["equivalent"]


def test_without_time_no_outcome_is_related_and_no_case_is_shown(undecided: Any) -> None:
    for request in undecided["requests"]:
        assert set(request["outcomes"].values()) == {None}
        assert request["witnesses"] == []
        assert request["other_clauses"] is None
        assert not request["clauses_decided"]
