"""What is asked is what is read: a command about one policy reads no other, however many the library holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cdispec.cli import main
from cdispec.library.common import Common
from cdispec.library.state import read_working
from cdispec.model.policy import Policy
from cdispec.source import Issue
from tests.issues.examples import POLICY
from tests.reading.libraries import library
from tests.release.libraries import FIRST, FOLDER, edit, released

OTHER = "policy/00043-another/policy.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two policies, one of them published."""
    made = released(tmp_path, FIRST)
    shutil.copytree(made / FOLDER, made / "policy" / "00043-another", ignore=shutil.ignore_patterns("revisions", "hi*"))
    edit(made / OTHER, '"00042"', '"00043"')
    (made / "case.yaml").write_text('policy: "00043"\nrequest: initial\ndate: 2026-02-01\nfacts: {}\n')
    return made


@pytest.mark.parametrize(
    ("command", "slugs"),
    [
        (["determine", "case.yaml"], ["00043-another"]),
        (["steps", "00043"], ["00043-another"]),
        (["diff", "00042"], ["00042-home-oxygen-therapy"]),
        (["history", "00042"], ["00042-home-oxygen-therapy"]),
    ],
    ids=" ".join,
)
def test_only_the_policy_that_is_asked_for_is_read(
    command: list[str], slugs: list[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noting(root: Path, slug: str, shared: Common) -> tuple[Policy | None, list[Issue]]:
        read.append(slug)
        return read_working(root, slug, shared)

    monkeypatch.setattr("cdispec.library.policies.read_working", noting)
    monkeypatch.chdir(root)
    assert main(command) == 0
    assert read == slugs


def test_a_policy_whose_folder_bears_another_number_is_found_with_what_is_wrong(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "policy" / "00043-another").rename(root / "policy" / "another")
    monkeypatch.chdir(root)
    assert main(["determine", "case.yaml"]) == 1
    printed = capsys.readouterr().err
    assert ": folder-name " in printed
    assert ": unusable-policy " in printed


def test_a_number_that_no_policy_has_is_compared_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = library(tmp_path, {})
    edit(root / POLICY, 'number: "00042"', "number: 00042")
    assert main(["steps", "0042", "--library", str(root)]) == 1
    assert capsys.readouterr().err == "cdispec: there is no policy `0042`\n    hint: did you mean `00042`?\n"
