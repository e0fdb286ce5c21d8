"""`cdispec release` as an author meets it: what it freezes, and what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cdispec.check.release import hindrances
from cdispec.cli import main
from cdispec.library import read_library
from tests.issues.examples import FEATURE
from tests.reading.libraries import library, policy_issues, text_of
from tests.release.libraries import (
    FIRST,
    FOLDER,
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

TRAVEL = FEATURE.replace("home-oxygen.feature", "travel.feature")
Captured = pytest.CaptureFixture[str]


def refused(root: Path, capfd: Captured, day: str, *arguments: str) -> str:
    """What a release that is refused says; it leaves the library as it was."""
    capfd.readouterr()
    before = tree(root)
    assert release(root, day, *arguments) == 1
    assert tree(root) == before
    told = capfd.readouterr()
    assert not told.out
    assert told.err.endswith(("\nnothing was released\n", "\nnothing was noted\n"))
    return told.err


def test_the_first_release_freezes_the_files_as_they_are(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {"policy/facts.yaml": "{}\n", HISTORY: "rows: []\n"})
    working = tree(root)
    assert release(root, FIRST) == 0
    folder = root / REVISIONS / FIRST
    frozen = {
        "policy.md": f"{FOLDER}/policy.md",
        "facts.yaml": f"{FOLDER}/facts.yaml",
        "history.yaml": HISTORY,
        "shared-facts.yaml": "policy/facts.yaml",
        "features/home-oxygen.feature": FEATURE,
    }
    assert {path: (folder / path).read_bytes() for path in frozen} == {path: working[frozen[path]] for path in frozen}
    assert {path for path, data in tree(folder).items() if data is not None} == {*frozen, "revision.yaml"}
    assert capfd.readouterr().out == (
        "released CDI 00042 Home Oxygen Therapy, in effect from 2025-06-01\n"
        f"  wrote {REVISIONS}/{FIRST}/ (6 files, frozen from now on)\n"
        "\n"
        "next:\n"
        "  cdispec build\n"
        "  record what was written: git commit, or a copy that you keep\n"
    )


def test_a_release_changes_nothing_else(tmp_path: Path) -> None:
    root = library(tmp_path, {})
    working = tree(root)
    assert release(root, FIRST) == 0
    assert {path: data for path, data in tree(root).items() if not path.startswith(REVISIONS)} == working


def test_a_revision_is_the_policy_as_it_was(tmp_path: Path) -> None:
    read = read_library(released(tmp_path, FIRST, SECOND))
    assert not policy_issues(tmp_path)
    first, second = read.revisions["00042"]
    assert [state.revision for state in (first, second, read.policies["00042"])] == [FIRST, SECOND, "working"]
    assert (first.in_effect, first.path) == (date(2025, 6, 1), f"{REVISIONS}/{FIRST}/policy.md")
    assert first.criteria["saturation"].logic != second.criteria["saturation"].logic


def test_a_later_release_has_its_own_row_in_the_history_that_it_freezes(tmp_path: Path) -> None:
    root = reworded(released(tmp_path, FIRST))
    assert (
        release(root, SECOND, *SUMMARY, "--summary", "Once more: reworded.", "--reason", "A study was published.") == 0
    )
    assert (root / HISTORY).read_text("utf-8") == (
        "rows:\n"
        "  - date: 2026-01-15\n"
        "    revision: 2026-01-15\n"
        "    updates:\n"
        "      - The saturation is measured at rest.\n"
        '      - "Once more: reworded."\n'
        "    reason: A study was published.\n"
    )
    assert (root / REVISIONS / SECOND / "history.yaml").read_bytes() == (root / HISTORY).read_bytes()


def test_a_first_release_later_than_the_original_date_has_a_row(tmp_path: Path) -> None:
    root = library(tmp_path, {})
    assert release(root, SECOND, *SUMMARY) == 0
    assert [row.revision for row in read_library(root).policies["00042"].history] == [SECOND]


def test_a_review_writes_a_row_and_freezes_nothing(tmp_path: Path, capfd: Captured) -> None:
    root = released(tmp_path, FIRST, SECOND)
    before = tree(root / REVISIONS)
    capfd.readouterr()
    assert release(root, "2026-02-01", "--review", "--corrects", SECOND, "--summary", "It was at rest already.") == 0
    assert tree(root / REVISIONS) == before
    read = read_library(root)
    row = read.policies["00042"].history[-1]
    assert (row.date, row.revision, row.corrects) == ("2026-02-01", "", SECOND)
    assert not policy_issues(root)
    assert capfd.readouterr().out.startswith("noted a review of CDI 00042 Home Oxygen Therapy\n")


def test_reviews_of_one_day_stand_beside_each_other(tmp_path: Path) -> None:
    root = released(tmp_path, FIRST)
    for summary in ("The literature was reviewed.", "The codes were reviewed."):
        assert release(root, SECOND, "--review", "--summary", summary) == 0
    assert len(read_library(root).policies["00042"].history) == 2


def test_a_release_that_repeats_the_one_before_is_refused(tmp_path: Path, capfd: Captured) -> None:
    told = refused(released(tmp_path, FIRST), capfd, SECOND, *SUMMARY)
    assert "nothing but the date differs from revision 2025-06-01\n    hint: note a review instead: --review" in told


@pytest.mark.parametrize("gone", ["policy/facts.yaml", TRAVEL])
def test_a_release_that_leaves_out_a_file_differs_from_the_one_before(gone: str, tmp_path: Path) -> None:
    root = library(tmp_path, {"policy/facts.yaml": "{}\n", TRAVEL: text_of(FEATURE).replace("@low", "@travel-low")})
    assert release(root, FIRST) == 0
    (root / gone).unlink()
    assert release(root, SECOND, *SUMMARY) == 0


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (POLICY, "status: draft\n"),
        (HISTORY, "rows: []\n"),
        ("policy/facts.yaml", "{}\n"),
        (TRAVEL, "Feature: Travel\n"),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--review",)])
def test_what_was_saved_while_it_was_checked_is_not_released(
    path: str,
    content: str,
    arguments: tuple[str, ...],
    tmp_path: Path,
    capfd: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = reworded(released(tmp_path, FIRST))

    def saving(*given: Any) -> Any:
        (root / path).write_text(content)
        return hindrances(*given)

    # The last of what is asked before the files are read again to be frozen.
    monkeypatch.setattr("cdispec.publish.release.hindrances", saving)
    capfd.readouterr()
    assert release(root, SECOND, *SUMMARY, *arguments) == 1
    assert f"nothing was written: saved while it was being checked: {path}" in capfd.readouterr().err
    assert [folder.name for folder in (root / REVISIONS).iterdir()] == [FIRST]


def test_what_is_saved_of_another_policy_meanwhile_hinders_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = reworded(released(tmp_path, FIRST))

    def saving(*given: Any) -> Any:
        (root / "policy" / "00043-another").mkdir()
        (root / "policy" / "00043-another" / "policy.md").write_text("---\n")
        return hindrances(*given)

    monkeypatch.setattr("cdispec.publish.release.hindrances", saving)
    assert release(root, SECOND, *SUMMARY) == 0


def test_a_policy_that_is_not_there_is_not_released(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {})
    assert main(["release", "00024", "--effective", FIRST, "--library", str(root)]) == 1
    assert "there is no policy `00024`" in capfd.readouterr().err


def test_a_policy_with_errors_is_not_released(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {})
    edit(root / POLICY, "fact: prescribed", "fact: perscribed")
    assert f"{POLICY}:32:11: unknown-fact" in refused(root, capfd, FIRST)


def test_a_policy_whose_scenarios_have_errors_is_not_released(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {})
    edit(root / FEATURE, "has prescribed", "has described")
    assert "unknown-sentence" in refused(root, capfd, FIRST)


def test_a_policy_whose_scenarios_fail_is_not_released(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {})
    edit(root / POLICY, "at most: 88", "at most: 50")
    told = refused(root, capfd, FIRST)
    assert f"{FEATURE}:10: expected medically necessary under I, but it is not medically necessary under II\n" in told


def test_the_errors_of_another_policy_do_not_hinder_a_release(tmp_path: Path) -> None:
    root = library(tmp_path, {"policy/00043-walking-aids/policy.md": "no front matter\n"})
    assert release(root, FIRST) == 0


def test_a_policy_of_which_a_revision_was_altered_is_not_released(tmp_path: Path, capfd: Captured) -> None:
    root = released(tmp_path, FIRST)
    edit(root / REVISIONS / FIRST / "policy.md", "Home oxygen is", "Oxygen is")
    assert "altered-revision" in refused(root, capfd, SECOND, *SUMMARY)


@pytest.mark.parametrize("day", [FIRST, SECOND, "2025-12-31"])
def test_a_revision_comes_after_the_last_one(day: str, tmp_path: Path, capfd: Captured) -> None:
    root = released(tmp_path, FIRST, SECOND)
    assert f"{day} does not lie after the last revision, in effect from {SECOND}" in refused(root, capfd, day, *SUMMARY)


def test_nothing_is_released_before_the_original_effective_date(tmp_path: Path, capfd: Captured) -> None:
    told = refused(library(tmp_path, {}), capfd, "2025-05-31", *SUMMARY)
    assert "2025-05-31 lies before the original effective date 2025-06-01" in told


def test_a_folder_that_is_there_is_not_released_over(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {f"{REVISIONS}/{SECOND}/notes.txt": "my notes"})
    assert f"there is a folder {REVISIONS}/{SECOND} already" in refused(root, capfd, SECOND, *SUMMARY)


def test_a_row_that_is_there_is_not_written_twice(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {HISTORY: f"rows:\n  - {{date: {SECOND}, updates: Reviewed.}}\n"})
    assert f"the history has a row of {SECOND} already" in refused(root, capfd, SECOND, *SUMMARY)


@pytest.mark.parametrize("arguments", [SUMMARY, (*SUMMARY, "--review")])
def test_a_row_is_not_written_below_a_later_one(arguments: tuple[str, ...], tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {HISTORY: "rows:\n  - {date: 2026-02, updates: Reviewed.}\n"})
    assert "the history has a row of 2026-02, which is later" in refused(root, capfd, SECOND, *arguments)


@pytest.mark.parametrize("arguments", [(), ("--review",), ("--reason", "A study")])
def test_a_row_says_what_was_changed(arguments: tuple[str, ...], tmp_path: Path, capfd: Captured) -> None:
    root = released(tmp_path, FIRST)
    assert "the history needs to say what was changed" in refused(root, capfd, SECOND, *arguments)


@pytest.mark.parametrize(
    ("history", "arguments", "row"),
    [
        (None, ("--number", "R1"), f'rows:\n  - date: {FIRST}\n    revision: {FIRST}\n    number: "R1"\n'),
        (
            "former:\n  - {date: 2002-04, updates: Coverage began.}\n",
            (),
            "former:\n  - {date: 2002-04, updates: Coverage began.}\n"
            f"rows:\n  - date: {FIRST}\n    revision: {FIRST}\n",
        ),
    ],
    ids=["with a number", "after rows from before the tool"],
)
def test_of_the_first_revision_nothing_need_be_said(
    history: str | None, arguments: tuple[str, ...], row: str, tmp_path: Path
) -> None:
    root = released(tmp_path)
    if history:
        (root / HISTORY).write_text(history)
    assert release(root, FIRST, *arguments) == 0
    assert (root / HISTORY).read_text() == row
    assert not policy_issues(root)


def test_an_empty_summary_is_refused(tmp_path: Path, capfd: Captured) -> None:
    assert "a summary is empty" in refused(released(tmp_path, FIRST), capfd, SECOND, "--summary", " ")


@pytest.mark.parametrize("text", ["a \x1b[31m red word", "\udcff", "a\x00b"])
def test_a_text_that_cannot_be_printed_is_refused(text: str, tmp_path: Path, capfd: Captured) -> None:
    root = released(tmp_path, FIRST)
    assert "holds a sign that cannot be printed" in refused(root, capfd, SECOND, "--summary", text)
    assert "holds a sign that cannot be printed" in refused(root, capfd, SECOND, *SUMMARY, "--reason", text)


@pytest.mark.parametrize("arguments", [SUMMARY, ("--reason", "It is time")])
def test_what_the_original_publication_could_not_keep_is_refused(
    arguments: tuple[str, ...], tmp_path: Path, capfd: Captured
) -> None:
    assert "leave out --summary and --reason" in refused(library(tmp_path, {}), capfd, FIRST, *arguments)


def test_a_correction_of_a_row_that_is_not_there_is_refused(tmp_path: Path, capfd: Captured) -> None:
    root = released(tmp_path, FIRST, SECOND)
    told = refused(root, capfd, "2026-02-01", "--review", *SUMMARY, "--corrects", "2026-01-51")
    assert "the history has no row of 2026-01-51" in told
    assert "did you mean `2026-01-15`?" in told


def test_a_history_that_cannot_be_added_to_is_left_alone(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {HISTORY: "rows: [{date: 2025-12, updates: Reviewed.}]\n"})
    before = tree(root)
    assert release(root, SECOND, *SUMMARY) == 1
    assert f"{HISTORY} cannot be added to as it is written" in capfd.readouterr().err
    assert tree(root) == before


def test_everything_that_hinders_a_release_is_told_at_once(tmp_path: Path, capfd: Captured) -> None:
    root = released(tmp_path, FIRST, SECOND)
    edit(root / POLICY, "at most: 87", "at most: 50")
    told = refused(root, capfd, "2025-12-01")
    for part in ("but it is not medically necessary", "does not lie after", "later than", "needs to say what"):
        assert part in told


@pytest.mark.parametrize(
    "arguments", [("--effective", "15.01.2026"), ("--effective", "20260115"), ("--effective", "2026-02-30"), ()]
)
def test_a_day_that_is_none_is_wrong_usage(arguments: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["release", "00042", *arguments, "--library", str(library(tmp_path, {}))])
    assert stopped.value.code == 2


def test_a_release_corrects_no_row(tmp_path: Path, capfd: Captured) -> None:
    assert release(released(tmp_path, FIRST), SECOND, *SUMMARY, "--corrects", FIRST) == 2
    assert "--corrects is for --review only" in capfd.readouterr().err


def asked(root: Path, *arguments: str) -> int:
    """Release the policy of a library without saying that what was reworded means the same."""
    return main(["release", "00042", "--effective", SECOND, *arguments, "--as-is", "--library", str(root)])


def test_a_release_asks_about_words_that_were_changed_without_their_logic(tmp_path: Path, capfd: Captured) -> None:
    root = reworded(released(tmp_path, FIRST))
    capfd.readouterr()
    assert asked(root, *SUMMARY) == 1
    told = capfd.readouterr().err
    assert "reworded-criterion I.1.2 was reworded since the revision 2025-06-01" in told
    assert '"Pulmonary fibrosis" is now "Fibrosis of the lung"' in told
    assert "release with --reworded" in told
    assert not (root / REVISIONS / SECOND).exists()


def test_a_release_asks_about_logic_that_was_changed_without_its_words(tmp_path: Path, capfd: Captured) -> None:
    root = released(tmp_path, FIRST)
    edit(root / POLICY, "at most: 88", "at most: 87")
    capfd.readouterr()
    assert asked(root, *SUMMARY) == 1
    assert "unworded-logic the logic of I.2 was changed" in capfd.readouterr().err


def test_words_that_were_read_are_released(tmp_path: Path) -> None:
    root = reworded(released(tmp_path, FIRST))
    assert asked(root, *SUMMARY, "--reworded") == 0
    assert (root / REVISIONS / SECOND).is_dir()


def test_words_that_were_changed_with_their_logic_are_released(tmp_path: Path) -> None:
    root = released(tmp_path, FIRST)
    edit(root / POLICY, "at most: 88", "at most: 87")
    edit(root / POLICY, "88% or less", "87% or less")
    assert asked(root, *SUMMARY) == 0


def test_a_review_is_not_asked_about_words(tmp_path: Path) -> None:
    assert asked(reworded(released(tmp_path, FIRST)), "--review", *SUMMARY) == 0


def test_a_release_does_not_ask_about_prose_that_decides_nothing(tmp_path: Path) -> None:
    root = released(tmp_path, FIRST)
    edit(root / POLICY, "title: Home Oxygen Therapy", "title: Oxygen Therapy at Home")
    assert asked(root, *SUMMARY) == 0


def unforced(root: Path, *arguments: str) -> int:
    """Release the policy of a library with what its head says."""
    return main(["release", "00042", "--effective", SECOND, *SUMMARY, "--reworded", *arguments, "--library", str(root)])


def test_a_draft_or_an_old_review_is_asked_about(tmp_path: Path, capfd: Captured) -> None:
    root = changed_threshold(released(tmp_path, FIRST))
    edit(root / POLICY, "last_review_date: 2025-06-01", "last_review_date: 2025-05-01")
    before = tree(root)
    assert unforced(root) == 1
    said = capfd.readouterr().err
    assert "the document says `status: draft`" in said
    assert f"its last review is dated 2025-05-01, before the last revision, of {FIRST}" in said
    assert tree(root) == before


def test_a_published_policy_with_a_new_review_is_not_asked_about(tmp_path: Path) -> None:
    root = changed_threshold(released(tmp_path, FIRST))
    edit(root / POLICY, "status: draft", "status: published")
    edit(root / POLICY, "last_review_date: 2025-06-01", f"last_review_date: {SECOND}")
    assert unforced(root) == 0


def test_a_dry_run_says_what_would_be_published_and_writes_nothing(tmp_path: Path, capfd: Captured) -> None:
    root = changed_threshold(released(tmp_path, FIRST))
    before = tree(root)
    assert unforced(root, "--as-is", "--dry-run") == 0
    said = capfd.readouterr().out
    assert f"would have released CDI 00042 Home Oxygen Therapy, in effect from {SECOND}" in said
    assert said.endswith("nothing was written\n")
    assert tree(root) == before


def changed_threshold(root: Path) -> Path:
    """The library with another threshold in words and logic."""
    edit(root / POLICY, "at most: 88", "at most: 87")
    edit(root / POLICY, "88% or less", "87% or less")
    return root


def test_what_was_reworded_is_named_as_no_part_of_the_proof(tmp_path: Path, capfd: Captured) -> None:
    root = reworded(released(tmp_path, FIRST))
    capfd.readouterr()
    assert asked(root, *SUMMARY, "--reworded") == 0
    said = capfd.readouterr().out
    named = said.partition("no part of this proof, but read and found to mean the same (--reworded):\n")[2]
    assert named.startswith(f"{POLICY}:")
