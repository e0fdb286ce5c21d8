"""Clauses that several policies include: changed in one place, and the history and proof of each say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.analysis.difference import Difference
from cdispec.analysis.effects.wording import effect_lines
from cdispec.analysis.history import history_of
from cdispec.check import judge_policies
from cdispec.cli import main
from cdispec.library import Memory, read_library
from cdispec.library.sources import policy_snapshot, resting, snapshot, state_digests
from cdispec.model.policy import Policy
from cdispec.report.changes import changes_text
from cdispec.report.history import history_text
from cdispec.report.terminal import Style
from cdispec.source import Place
from tests.others.libraries import BRACE, FIRST, SECOND, SHARED, SLUGS, common, edit, released, sharing, state, yes_no

CLAUSE = Path("policy/shared/general-criteria.md")
PLAIN = Style(False)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two policies that include one clause."""
    return sharing(tmp_path)


def working(root: Path, number: str) -> Policy:
    """The working state of a policy without errors."""
    judged = judge_policies(read_library(root))
    assert number not in judged.broken | judged.damaged
    return judged.library.policies[number]


def reported(root: Path, *codes: str) -> list[str]:
    """The issues of a library, those of some codes or all."""
    found = judge_policies(read_library(root)).issues
    return [f"{issue.code} {issue.place} {issue.message}" for issue in found if issue.code in codes or not codes]


def test_a_clause_has_the_labels_of_the_policy_that_prints_it_and_the_places_of_its_file(library: Path) -> None:
    policy = working(library, "00041")
    assert policy.clauses["adult"] == "II.1"
    assert policy.criteria["adult"].place == Place(CLAUSE.as_posix(), 5, 5)
    assert policy.leads["general-criteria"].startswith("Every device is for patients")
    assert reported(library) == []


def test_what_is_wrong_in_it_is_reported_once_at_its_place_and_no_policy_decides_by_it(library: Path) -> None:
    edit(library / CLAUSE, "fact: mobile", "fact: mobil")
    judged = judge_policies(read_library(library))
    places = {str(issue.place) for issue in judged.issues if issue.code == "unknown-fact"}
    assert places == {str(Place(CLAUSE.as_posix(), 6, 12))}
    assert judged.broken == {"00041", "00042"}
    assert judged.damaged == set()


def test_a_change_of_it_is_told_of_each_policy_that_includes_it(library: Path) -> None:
    edit(library / CLAUSE, "  - {fact: mobile, text: Who is mobile}\n", "")
    edit(library / CLAUSE, "**all** of the following criteria", "**all** of these")
    for number in SLUGS:
        policy = working(library, number)
        [revision] = read_library(library).revisions[number]
        found = Difference(revision, policy, 60)
        assert "(in the shared clause `general-criteria`)" in changes_text(found.changes, PLAIN)
        [first, *_] = effect_lines(found.effect)
        assert first.startswith("wider, because II.2 of before is gone")
    assert [line.split(" policy/")[0] for line in reported(library)] == ["changed-shared-clause"] * 2


def test_the_history_of_each_names_it(library: Path) -> None:
    edit(library / CLAUSE, "  - {fact: mobile, text: Who is mobile}\n", "")
    released(library, "00041", SECOND, "Patients need no longer be mobile.")
    read = read_library(library)
    told = {
        number: history_text(
            read.policies[number], history_of(read.policies[number], read.revisions[number], 60), PLAIN
        )
        for number in SLUGS
    }
    assert "Changed in the shared clause `general-criteria`, which other policies may print as well." in told["00041"]
    assert "general-criteria" not in told["00042"]
    assert [line.split(" ")[1] for line in reported(library, "changed-shared-clause")] == [
        "policy/00042-walkers/policy.md:26:1"
    ]


def test_what_is_released_keeps_the_clause_as_it_was(library: Path) -> None:
    before = read_library(library).revisions["00042"]
    edit(library / CLAUSE, "  - {fact: mobile, text: Who is mobile}\n", "")
    [after] = read_library(library).revisions["00042"]
    assert "mobile" in after.criteria
    assert (after,) == before
    frozen = library / "policy" / SLUGS["00042"] / "revisions" / FIRST / "shared" / "general-criteria.md"
    assert frozen.read_text("utf-8") == SHARED


def test_an_altered_copy_of_it_is_reported(library: Path) -> None:
    frozen = Path("policy") / SLUGS["00042"] / "revisions" / FIRST / "shared" / "general-criteria.md"
    edit(library / frozen, "fact: adult", "fact: mobile")
    assert [line.split(" ")[:2] for line in reported(library, "altered-revision")] == [
        ["altered-revision", f"{frozen.as_posix()}:1:1"]
    ]


def test_what_rests_on_it_is_read_again_when_it_is_saved(library: Path) -> None:
    memory = Memory()
    before = state_digests(policy_snapshot(library))
    memory.expect(before)
    first = read_library(library, memory).policies["00041"]
    memory.keep(before)
    edit(library / CLAUSE, "An adult", "A grown person")
    after = state_digests(policy_snapshot(library))
    assert {path for path in before if before[path] != after[path]} == {f"policy/{slug}" for slug in SLUGS.values()}
    memory.expect(after)
    assert read_library(library, memory).policies["00041"] != first


def test_the_record_of_a_run_rests_on_it(library: Path) -> None:
    assert CLAUSE.as_posix() in resting(snapshot(library))


@pytest.mark.parametrize(
    ("clause", "document", "message"),
    [
        (
            SHARED,
            BRACE.replace("~~~include\ngeneral", "~~~include\ngenral"),
            "there is no shared clause `genral-criteria`",
        ),
        (
            SHARED,
            BRACE.replace("General Criteria {#general-criteria}", "General {#general}"),
            "under the heading with the id",
        ),
        (SHARED, BRACE + "\n~~~include\ngeneral-criteria\n~~~\n", "is included twice"),
        (f"### Below {{#below}}\n\n{SHARED}", BRACE, "a shared clause has no headings"),
        (f"~~~include\nother\n~~~\n\n{SHARED}", BRACE, "a shared clause includes no other"),
    ],
    ids=["a slip in its id", "another heading", "twice", "a heading in it", "another one in it"],
)
def test_what_cannot_be_included_is_refused(tmp_path: Path, clause: str, document: str, message: str) -> None:
    common(tmp_path, general_criteria=clause, other="Nothing.\n")
    state(tmp_path, "00041", document, yes_no("unstable"))
    judged = judge_policies(read_library(tmp_path))
    assert any(message in issue.message for issue in judged.issues)
    assert "00041" in judged.broken


def test_a_clause_that_nobody_includes_is_reported(library: Path) -> None:
    common(library, idle="Nothing.\n")
    assert [line.split(" ")[:2] for line in reported(library)] == [
        ["unused-shared-clause", "policy/shared/idle.md:1:1"]
    ]


def test_a_clause_has_a_history_of_its_own(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(library / CLAUSE, "  - {fact: mobile, text: Who is mobile}\n", "")
    released(library, "00041", SECOND, "Patients need no longer be mobile.")
    assert main(["history", "--clause", "general-criteria", "--library", str(library)]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("The", "CDI"))]
    assert told == [
        "The shared clause `general-criteria`",
        "CDI 00042  changed: not released yet, II",
        "CDI 00041  changed: revision 2026-01-01, II",
        "CDI 00042  printed for the first time: revision 2025-06-01, II",
        "CDI 00041  printed for the first time: revision 2025-06-01, II",
    ]


def test_the_history_of_a_clause_that_nobody_prints_is_refused(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "--clause", "general-criterion", "--library", str(library)]) == 1
    assert "did you mean `general-criteria`?" in capsys.readouterr().err
