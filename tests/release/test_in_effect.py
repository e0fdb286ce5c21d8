"""The date of a request chooses the revision that decides it."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from cdispec.check import judge_policies
from cdispec.cli import main
from cdispec.library import read_working_states
from tests.reading.libraries import library, policy_issues
from tests.release.libraries import FIRST, FOLDER, POLICY, REVISIONS, SECOND, edit, released

Captured = pytest.CaptureFixture[str]
THIRD = "2026-06-01"


@pytest.fixture
def root(tmp_path: Path, capfd: Captured) -> Path:
    """A library whose policy asked for a saturation of at most 88, then 87, then 86; its authors work on 70."""
    made = released(tmp_path, FIRST, SECOND, THIRD)
    edit(made / POLICY, "at most: 86", "at most: 70")
    capfd.readouterr()
    return made


def stated(day: str, saturation: int = 87) -> dict[str, object]:
    """A case with a saturation."""
    facts = {"diagnosis": ["copd"], "saturation": saturation, "measured-on": day, "prescribed": True}
    return {"policy": "00042", "request": "initial", "date": day, "facts": facts}


def determined(root: Path, capfd: Captured, day: str, *arguments: str, saturation: int = 87) -> tuple[str, str]:
    """The revision and the outcome of a case in a file."""
    (root / "case.json").write_text(json.dumps(stated(day, saturation)))
    main(["determine", str(root / "case.json"), "--json", "--library", str(root), *arguments])
    answer = json.loads(capfd.readouterr().out)
    return answer.get("revision", "none"), answer.get("outcome") or answer["issues"][0]["code"]


YES, NO = "medically necessary", "not medically necessary"


@pytest.mark.parametrize(
    ("day", "revision", "outcome"),
    [
        ("2025-06-01", FIRST, YES),
        ("2026-01-14", FIRST, YES),
        ("2026-01-15", SECOND, YES),
        ("2026-05-31", SECOND, YES),
        ("2026-06-01", THIRD, NO),
        ("2031-01-01", THIRD, NO),
    ],
)
def test_a_case_is_decided_by_the_revision_of_its_day(
    day: str, revision: str, outcome: str, root: Path, capfd: Captured
) -> None:
    assert determined(root, capfd, day) == (revision, outcome)


def test_before_the_first_revision_there_is_no_determination(root: Path, capfd: Captured) -> None:
    assert determined(root, capfd, "2025-05-31") == ("none", "before-first-revision")


def test_before_a_first_release_that_came_late_there_is_no_determination(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {})
    main(["release", "00042", "--effective", SECOND, "--summary", "First", "--as-is", "--library", str(root)])
    capfd.readouterr()
    assert determined(root, capfd, "2026-01-14") == ("none", "before-first-revision")
    assert determined(root, capfd, "2026-01-15", saturation=88) == (SECOND, YES)


def test_the_working_state_decides_when_it_is_asked_for(root: Path, capfd: Captured) -> None:
    assert determined(root, capfd, "2025-07-01", "--working") == ("working", NO)
    assert determined(root, capfd, "2025-07-01", "--working", saturation=70) == ("working", YES)


def test_a_policy_without_a_release_is_decided_by_its_working_state(tmp_path: Path, capfd: Captured) -> None:
    root = library(tmp_path, {})
    assert determined(root, capfd, "2025-07-01", saturation=88) == ("working", YES)
    assert determined(root, capfd, "2025-05-31") == ("none", "before-first-revision")


def test_a_released_policy_decides_whatever_its_authors_are_about(root: Path, capfd: Captured) -> None:
    edit(root / POLICY, "fact: prescribed", "fact: perscribed")
    assert determined(root, capfd, "2025-07-01") == (FIRST, YES)
    assert determined(root, capfd, "2025-07-01", "--working") == ("none", "unusable-policy")


def test_a_released_policy_decides_even_without_its_working_document(root: Path, capfd: Captured) -> None:
    (root / POLICY).write_text("gone\n")
    assert determined(root, capfd, "2026-02-01") == (SECOND, YES)


def test_a_case_is_read_by_the_facts_of_its_revision(root: Path, capfd: Captured) -> None:
    facts = root / FOLDER / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("prescribed:", "ordered:"), "utf-8")
    policy = root / POLICY
    policy.write_text(policy.read_text("utf-8").replace("fact: prescribed", "fact: ordered"), "utf-8")
    assert determined(root, capfd, "2025-07-01") == (FIRST, YES)
    assert determined(root, capfd, "2025-07-01", "--working") == ("none", "unknown-fact")


def test_lines_of_json_are_decided_each_by_its_own_revision(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    days = ("2026-06-01", "2025-06-01", "2025-05-31", "2026-01-15", "2025-06-01")
    lines = "\n".join(json.dumps(stated(day)) for day in days)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    main(["determine", "-", "--json", "--library", str(root)])
    answers = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [answer.get("revision") for answer in answers] == [THIRD, FIRST, None, SECOND, FIRST]


def test_people_are_told_which_state_decided(root: Path, capfd: Captured) -> None:
    (root / "case.json").write_text(json.dumps(stated("2026-01-15")))
    for arguments, told in (((), "(revision 2026-01-15, draft)"), (("--working",), "(working state, draft)")):
        assert main(["determine", str(root / "case.json"), "--library", str(root), *arguments]) == 0
        assert capfd.readouterr().out.startswith(f"CDI 00042 Home Oxygen Therapy {told}\n")


def test_an_altered_revision_decides_nothing_and_the_others_decide_as_before(root: Path, capfd: Captured) -> None:
    edit(root / REVISIONS / FIRST / "policy.md", "at most: 88", "at most: 89")
    assert determined(root, capfd, "2025-07-01") == ("none", "unusable-policy")
    assert determined(root, capfd, "2026-02-01") == (SECOND, YES)


def test_the_author_of_a_case_is_told_what_was_altered_once(root: Path, capfd: Captured) -> None:
    edit(root / REVISIONS / FIRST / "policy.md", "at most: 88", "at most: 89")
    (root / "cases.json").write_text(json.dumps([stated("2025-07-01"), stated("2025-07-02")]))
    assert main(["determine", str(root / "cases.json"), "--library", str(root)]) == 1
    told = capfd.readouterr().err
    assert (told.count("altered-revision"), told.count("unusable-policy")) == (1, 2)


@pytest.mark.parametrize("day", ["2025-07-01", "2026-02-01", "2025-01-01"])
def test_where_a_seal_was_altered_it_cannot_be_told_which_revision_decides(
    day: str, root: Path, capfd: Captured
) -> None:
    edit(root / REVISIONS / FIRST / "revision.yaml", f"effective: {FIRST}", "effective: 2025-07-01")
    assert determined(root, capfd, day) == ("none", "unusable-policy")


@pytest.mark.parametrize("broken", ["policy.md", "facts.yaml"])
def test_a_case_is_decided_whatever_has_become_of_other_revisions(broken: str, root: Path, capfd: Captured) -> None:
    (root / REVISIONS / SECOND / broken).write_text("gone\n")
    assert determined(root, capfd, "2025-07-01") == (FIRST, YES)
    assert determined(root, capfd, "2026-06-01") == (THIRD, NO)


def test_a_revision_of_another_policy_decides_nothing(tmp_path: Path, capfd: Captured) -> None:
    root = released(tmp_path, FIRST)
    edit(root / POLICY, '"00042"', '"00043"')
    (root / FOLDER).rename(root / "policy" / "00043-home-oxygen-therapy")
    (root / "case.json").write_text(json.dumps(stated("2025-07-01") | {"policy": "00043"}))
    capfd.readouterr()
    assert main(["determine", str(root / "case.json"), "--library", str(root)]) == 1
    told = capfd.readouterr().err
    assert "misnamed-revision" in told
    assert "unusable-policy" in told


def test_two_policies_of_one_number_decide_nothing(root: Path, capfd: Captured) -> None:
    shutil.copytree(root / FOLDER, root / "policy" / "00042-another")
    assert determined(root, capfd, "2025-07-01") == ("none", "unusable-policy")
    (root / "policy" / "00042-another" / "policy.md").unlink()
    assert determined(root, capfd, "2025-07-01") == ("none", "unusable-policy")


def test_a_history_that_names_revisions_which_are_gone_leaves_nothing_to_decide_by(root: Path, capfd: Captured) -> None:
    shutil.rmtree(root / REVISIONS)
    assert determined(root, capfd, "2026-02-01") == ("none", "unusable-policy")


def test_what_needs_no_revision_reads_none(root: Path) -> None:
    shutil.rmtree(root / REVISIONS / FIRST)
    (root / REVISIONS / FIRST).mkdir()
    assert [issue.code for issue in policy_issues(root)] == ["altered-revision"]
    library = read_working_states(root)
    assert (library.issues, library.revisions) == ([], {})
    assert judge_policies(library).usable()
