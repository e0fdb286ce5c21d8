"""A release is written whole or not at all, and what is cut short is told of."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cdispec.library import read_library
from cdispec.library.release import Release, Wish, prepared, write_release
from cdispec.source import Issue, errors_of
from tests.reading.libraries import policy_issues
from tests.release.libraries import (
    FIRST,
    HISTORY,
    POLICY,
    REVISIONS,
    SECOND,
    SUMMARY,
    edit,
    release,
    released,
    reworded,
    tree,
)

WRITES = ((os, "fsync"), (os, "rename"), (os, "replace"), (os, "open"), (Path, "mkdir"), (Path, "open"))


class Failing:
    """Lets what writes files work until one of the calls, which fails as on a full disk."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int) -> None:
        self.at, self.calls = at, 0
        for owner, name in WRITES:
            patch.setattr(owner, name, self._counting(getattr(owner, name)))

    def _counting(self, real: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self.at:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*arguments, **named)

        return call


def ready(root: Path, day: str, *summaries: str) -> Release:
    """A release of the policy of a library, about to be written."""
    read = read_library(root)
    wish = Wish(date.fromisoformat(day), summaries, review=day > SECOND)
    found = prepared(root, read.policies["00042"], read.revisions.get("00042", ()), wish)
    assert found is not None
    return found


def checked(root: Path) -> list[Issue]:
    """The issues of a library."""
    return policy_issues(root)


@pytest.mark.parametrize(
    ("days", "day", "summaries", "least"),
    [
        ((), FIRST, (), 15),
        ((), SECOND, ("First",), 20),
        ((FIRST,), SECOND, ("Second",), 20),
        ((FIRST, SECOND), "2026-02-01", ("Reviewed",), 4),
    ],
    ids=["original", "first-with-row", "second", "review"],
)
def test_a_write_that_fails_leaves_the_library_as_it_was(
    days: tuple[str, ...], day: str, summaries: tuple[str, ...], least: int, tmp_path: Path
) -> None:
    root = released(tmp_path, *days)
    before = tree(root)
    wanted = ready(root, day, *summaries)
    failed = 0
    for at in range(1, 200):
        with pytest.MonkeyPatch.context() as patch:
            Failing(patch, at)
            try:
                write_release(root, wanted)
            except OSError:
                failed += 1
                assert tree(root) == before
            else:
                break
    assert failed >= least
    assert {f"{wanted.folder}/{path}": data for path, data in wanted.files.items()}.items() <= tree(root).items()
    assert not errors_of(checked(root))


def test_a_full_disk_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    root = reworded(released(tmp_path, FIRST))
    before = tree(root)
    capfd.readouterr()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert release(root, SECOND, *SUMMARY) == 1
    assert capfd.readouterr().err.startswith("cdispec: nothing was written: no space left on device\n    hint: ")
    assert tree(root) == before


def test_a_release_that_is_stopped_leaves_the_library_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = released(tmp_path, FIRST)
    before = tree(root)

    def stopped(source: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_release(root, ready(root, SECOND, "Second"))
    assert tree(root) == before


@pytest.fixture
def cut_short(tmp_path: Path) -> Path:
    """A library whose second release stopped between its two steps, as when the power fails."""
    root = reworded(released(tmp_path, FIRST))
    assert release(root, SECOND, *SUMMARY) == 0
    (root / HISTORY).unlink()
    return root


def test_a_release_that_was_cut_short_between_its_two_steps_is_told_of(cut_short: Path) -> None:
    [issue] = checked(cut_short)
    assert (issue.code, issue.place.path) == ("lost-row", HISTORY)
    assert f"{REVISIONS}/{SECOND}/history.yaml" in issue.hint


def test_a_release_that_was_cut_short_is_mended_as_the_hint_says(cut_short: Path) -> None:
    (cut_short / HISTORY).write_bytes((cut_short / REVISIONS / SECOND / "history.yaml").read_bytes())
    assert not checked(cut_short)


def test_the_next_release_finishes_the_one_cut_short(cut_short: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert release(cut_short, SECOND, *SUMMARY) == 0
    assert f"finished the release of {SECOND}, which was cut short" in capfd.readouterr().out
    assert not checked(cut_short)


def test_a_later_release_finishes_the_one_cut_short_first(cut_short: Path) -> None:
    edit(cut_short / POLICY, "text: Measured within", "text: It was measured within")
    assert release(cut_short, "2026-03-01", *SUMMARY) == 0
    assert (cut_short / HISTORY).read_text("utf-8").count("revision:") == 2
    assert not checked(cut_short)


@pytest.mark.parametrize("history", [b"rows: []\n", b"rows: [\xff]\n"], ids=["no rows", "no text"])
def test_where_no_release_was_cut_short_nothing_is_finished(
    history: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = reworded(released(tmp_path, FIRST))
    frozen = root / REVISIONS / FIRST
    (root / HISTORY).write_bytes(b"rows: []\n")
    (frozen / "history.yaml").write_bytes(b"rows: []\n")
    (root / HISTORY).write_bytes(history)
    release(root, SECOND, *SUMMARY)
    assert "finished" not in capfd.readouterr().out
    assert (root / HISTORY).read_bytes() == history


def test_of_two_releases_at_once_the_second_sees_what_the_first_has_written(tmp_path: Path) -> None:
    root = reworded(released(tmp_path, FIRST))
    command = [
        sys.executable,
        "-m",
        "cdispec",
        "release",
        "00042",
        *SUMMARY,
        "--reworded",
        "--as-is",
        "--library",
        str(root),
        "--effective",
    ]
    both = [subprocess.Popen([*command, day], stderr=subprocess.DEVNULL) for day in (SECOND, "2026-03-01")]
    assert sorted(one.wait() for one in both) == [0, 1]
    assert not checked(root)


def test_what_a_release_left_hidden_is_passed_over_and_removed_by_the_next(tmp_path: Path) -> None:
    root = reworded(released(tmp_path, FIRST))
    left = root / REVISIONS / ".release-2026-01-01"
    left.mkdir()
    (left / "policy.md").write_text("half a pol")
    waiting = (root / HISTORY).with_name(".release-history.yaml")
    waiting.write_text("rows:\n")
    assert not checked(root)
    assert release(root, SECOND, *SUMMARY) == 0
    assert not left.exists()
    assert not waiting.exists()


def test_nothing_is_written_outside_the_library(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = released(tmp_path / "library")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / REVISIONS).symlink_to(elsewhere)
    assert release(root, FIRST) == 1
    assert "leads out of the library" in capfd.readouterr().err
    assert not list(elsewhere.iterdir())


def test_a_frozen_folder_can_be_read_by_all_who_can_read_the_library(tmp_path: Path) -> None:
    root = released(tmp_path, FIRST)
    modes = {path.stat().st_mode & 0o777 for path in (root / REVISIONS, root / REVISIONS / FIRST)}
    assert len(modes) == 1


def test_what_was_written_is_not_denied_where_nobody_reads_what_is_told(tmp_path: Path) -> None:
    root = reworded(released(tmp_path, FIRST))
    reading, writing = os.pipe()
    os.close(reading)
    command = [
        sys.executable,
        "-m",
        "cdispec",
        "release",
        "00042",
        "--effective",
        SECOND,
        *SUMMARY,
        "--reworded",
        "--as-is",
    ]
    done = subprocess.run(
        [*command, "--library", str(root)], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert "nothing was written" not in done.stderr
    assert (root / REVISIONS / SECOND).is_dir()
    assert not checked(root)
