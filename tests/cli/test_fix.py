"""`cdispec fix`: what is certain is shown, and written where that is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.cli import main
from tests.issues.examples import POLICY
from tests.reading.libraries import FACTS, changed, library

SLIPS: dict[str, str | bytes] = {
    POLICY: changed(POLICY, "    at most: 88", "    at_most: 88 %"),
    FACTS: changed(FACTS, "  unit: percent", "\tunit: percent"),
}


def test_slips_are_shown_as_a_diff_and_nothing_is_written(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = library(tmp_path, SLIPS)
    assert main(["fix", "--library", str(root)]) == 1
    shown = capfd.readouterr().out
    assert "-    at_most: 88 %\n" in shown
    assert shown.endswith("`cdispec fix --write` writes this\n")
    assert (root / POLICY).read_text("utf-8") == SLIPS[POLICY]


def test_slips_are_written_until_none_is_left(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = library(tmp_path, SLIPS)
    for _ in range(2):
        assert main(["fix", "00042", "--write", "--library", str(root)]) == 0
    capfd.readouterr()
    assert main(["check", "--library", str(root)]) == 0


def test_the_line_ends_of_a_file_stay(tmp_path: Path) -> None:
    text = changed(POLICY, "    at most: 88", "    At Most: 88").replace("\n", "\r\n")
    root = library(tmp_path, {POLICY: text.encode()})
    assert main(["fix", "--write", "--library", str(root)]) == 0
    assert (root / POLICY).read_bytes() == text.replace("At Most", "at most").encode()


def test_what_can_be_meant_in_two_ways_is_left_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = library(tmp_path, {POLICY: changed(POLICY, "last_review_date: 2025-06-01", "last_review_date: 6/1/2025")})
    assert main(["fix", "--library", str(root)]) == 0
    assert "nothing is certain" in capfd.readouterr().out


def test_only_the_issues_of_one_policy_are_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    other = {path.replace("00042", "00043"): str(text).replace('"00042"', '"00043"') for path, text in SLIPS.items()}
    root = library(tmp_path, {**other})
    assert main(["check", "00042", "--library", str(root)]) == 0
    assert capfd.readouterr().out == "no issues\n"
    assert main(["check", "0042", "--library", str(root)]) == 1
    assert "did you mean `00042`" in capfd.readouterr().err
