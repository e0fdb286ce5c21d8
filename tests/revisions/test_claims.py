"""A summary that says otherwise than is proved of its revision is refused, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.cli import main
from tests.revisions.libraries import (
    FOLDER,
    ISSUES,
    NEXT,
    REVISIONS,
    SECOND,
    claiming,
    codes,
    copied,
    release,
    reworded,
    tree,
)

Captured = pytest.CaptureFixture[str]


def refused(root: Path, capfd: Captured, *summaries: str) -> str:
    """What a release with these summaries is answered that is refused and leaves the library as it was."""
    before = tree(root)
    assert release(root, *(part for summary in summaries for part in ("--summary", summary))) == 1
    assert tree(root) == before
    found = capfd.readouterr()
    assert not found.out
    assert found.err.endswith("nothing was released\n")
    return found.err


def test_no_change_cannot_be_claimed_of_a_revision_that_decides_otherwise(tmp_path: Path, capfd: Captured) -> None:
    told = refused(copied(tmp_path), capfd, "No change in criteria.")
    assert "`No change in criteria`" in told
    assert "the last visit about the diabetes was on 2025-11-30" in " ".join(told.split())


def test_one_false_summary_among_true_ones_is_enough(tmp_path: Path, capfd: Captured) -> None:
    refused(copied(tmp_path), capfd, "A visit may be 12 months ago.", "Editorial changes only.")


def test_a_change_of_criteria_cannot_be_claimed_of_words_alone(tmp_path: Path, capfd: Captured) -> None:
    assert "`Criteria were changed`" in refused(reworded(tmp_path), capfd, "Criteria were changed.")


@pytest.mark.parametrize(
    "summary", ["Criteria were changed.", "For a continuation the visit may be 12 months ago."], ids=["claims", "tells"]
)
def test_a_revision_that_decides_otherwise_may_say_so(tmp_path: Path, capfd: Captured, summary: str) -> None:
    assert release(copied(tmp_path), "--summary", summary) == 0
    assert "wider by III.b.3: where continuation of a continuous glucose monitor" in capfd.readouterr().out


def test_a_revision_of_words_alone_may_say_so(tmp_path: Path, capfd: Captured) -> None:
    assert release(reworded(tmp_path), "--summary", "Wording was mended. No change in criteria.") == 0
    assert "what it does:\n  no request is decided otherwise (proved)\n" in capfd.readouterr().out


def test_what_was_released_passes_its_check(tmp_path: Path, capfd: Captured) -> None:
    root = copied(tmp_path)
    assert release(root, "--summary", "Criteria were changed.") == 0
    capfd.readouterr()
    assert main(["check", "--library", str(root)]) == 0
    assert codes(capfd.readouterr().out) == ISSUES


def test_a_correction_is_a_row_and_leaves_every_revision_as_it_was(tmp_path: Path, capfd: Captured) -> None:
    root = copied(tmp_path)
    frozen = tree(root / REVISIONS)
    correction = ("--summary", "Supplies with code A4239 were always meant, too.")
    assert release(root, "--review", "--corrects", SECOND, *correction) == 0
    assert tree(root / REVISIONS) == frozen
    assert (
        (root / FOLDER / "history.yaml")
        .read_text("utf-8")
        .endswith(f"""\
  - date: 2026-06-01
    corrects: {SECOND}
    updates:
      - {correction[1]}
""")
    )
    capfd.readouterr()
    assert main(["check", "--library", str(root)]) == 0


def test_a_correction_of_a_row_that_is_not_there_is_refused(tmp_path: Path, capfd: Captured) -> None:
    root = copied(tmp_path)
    before = tree(root)
    assert release(root, "--review", "--corrects", "2025-09-10", "--summary", "The report is of 2024.") == 1
    assert tree(root) == before
    assert "the history has no row of 2025-09-10" in capfd.readouterr().err


def test_a_false_claim_that_was_published_is_told_until_a_row_corrects_it(tmp_path: Path, capfd: Captured) -> None:
    root = claiming(tmp_path, "No change in criteria.")
    capfd.readouterr()
    main(["check", "--library", str(root)])
    assert " summary-denies-change " in capfd.readouterr().out
    correction = ("--corrects", NEXT, "--summary", "For a continuation the visit may be 12 months ago.")
    assert release(root, "--review", *correction, day="2026-06-10") == 0
    capfd.readouterr()
    assert main(["check", "--library", str(root)]) == 0
    assert codes(capfd.readouterr().out) == ISSUES
