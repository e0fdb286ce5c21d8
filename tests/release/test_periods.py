"""Revisions follow each other without a gap; what can still go wrong with the days they are in effect is an issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.cli import main
from tests.issues.examples import FEATURE
from tests.reading.libraries import library, policy_issues
from tests.release.libraries import (
    FIRST,
    POLICY,
    REVISIONS,
    SECOND,
    SUMMARY,
    edit,
    release,
    released,
    reworded,
)

STATED = "original_effective_date: "


def codes(root: Path) -> list[tuple[str, str, int]]:
    """The issues of a library: code, path and line."""
    return [(issue.code, issue.place.path, issue.place.line) for issue in policy_issues(root)]


def test_revisions_that_follow_each_other_have_no_issue(tmp_path: Path) -> None:
    assert codes(released(tmp_path, FIRST, SECOND, "2026-06-01")) == []


def test_days_before_a_first_revision_that_came_late_are_told(tmp_path: Path) -> None:
    root = library(tmp_path, {})
    assert release(root, SECOND, *SUMMARY) == 0
    assert codes(root) == [("unpublished-days", POLICY, 7)]


def test_a_policy_that_was_never_released_has_no_gap(tmp_path: Path) -> None:
    assert codes(library(tmp_path, {})) == []


def test_an_effective_date_that_moved_behind_the_first_revision_is_an_error(tmp_path: Path) -> None:
    root = released(tmp_path, FIRST, SECOND)
    edit(root / POLICY, f"{STATED}{FIRST}", f"{STATED}2025-06-02")
    assert codes(root) == [("late-effective-date", POLICY, 7)]


def test_it_cannot_be_released(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = reworded(released(tmp_path, FIRST))
    edit(root / POLICY, f"{STATED}{FIRST}", f"{STATED}{SECOND}")
    assert release(root, SECOND, *SUMMARY) == 1
    assert "late-effective-date" in capfd.readouterr().err
    assert not (root / REVISIONS / SECOND).exists()


def test_an_effective_date_that_differs_from_the_newest_revision_is_told_until_it_is_released(tmp_path: Path) -> None:
    root = library(tmp_path, {})
    assert release(root, SECOND, *SUMMARY) == 0
    edit(root / POLICY, f"{STATED}{FIRST}", f"{STATED}{SECOND}")
    assert codes(root) == [("changed-effective-date", POLICY, 7)]
    edit(root / FEATURE, "on 2025-06-20", "on 2026-01-20")
    edit(root / FEATURE, "on 2025-07-01", "on 2026-02-01")
    assert release(root, "2026-06-01", *SUMMARY) == 0
    assert codes(root) == []


def test_a_date_that_cannot_be_read_is_told_alone(tmp_path: Path) -> None:
    root = released(tmp_path, FIRST)
    edit(root / POLICY, f"{STATED}{FIRST}", f"{STATED}June")
    assert [code for code, _, _ in codes(root)] == ["malformed-date"]


def test_check_tells_of_a_gap_and_passes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = library(tmp_path, {})
    assert release(root, SECOND, *SUMMARY) == 0
    capfd.readouterr()
    assert main(["check", "--library", str(root)]) == 0
    assert "from 2025-06-01 to 2026-01-14 no revision is in effect" in capfd.readouterr().out
