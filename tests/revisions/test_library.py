"""The library of the revisions is in order, and belongs to the tests alone."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

from cdispec.cli import main
from cdispec.library.sources import feature_paths
from tests.revisions.libraries import ISSUES, LIBRARY, REVISIONS, codes, copied
from tests.scenario.libraries import PROJECT, run, with_runner


def test_it_has_no_other_issues(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--library", str(LIBRARY)]) == 0
    assert codes(capfd.readouterr().out) == ISSUES


def test_its_scenarios_hold_those_of_each_revision_against_their_own(tmp_path: Path) -> None:
    ran = run(with_runner(copied(tmp_path)))
    assert ran.status == 0, ran.output
    assert ran.census == "all 46 scenarios ran"


def test_its_scenarios_are_none_of_the_project() -> None:
    assert not [path for path in feature_paths(PROJECT) if "00214" in path]


def test_its_frozen_files_keep_their_line_ends_in_every_checkout() -> None:
    frozen = [str(path) for path in (LIBRARY / REVISIONS).rglob("*") if path.is_file()]
    command = ["git", "check-attr", "text", "--", *frozen]
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert told.count(": text: unset\n") == len(frozen) > 0


def test_the_wheel_does_not_hold_it() -> None:
    wheel = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["src/cdispec"]
    assert set(wheel["force-include"]) == {"LANGUAGE.md", "build", "docs/issues", "steps"}
