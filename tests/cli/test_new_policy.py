"""`cdispec new NUMBER TITLE`: a policy in a library, that passes at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.cli import main
from tests.scenario.libraries import command

TITLES = ["Home Blood Pressure Monitors", "NMES: A Test", "Vitamin D (25-OH) #2", "Wheelchairs, Power"]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Path:
    """A new library, in which one stands."""
    assert main(["new", str(tmp_path / "library")]) == 0
    monkeypatch.chdir(tmp_path / "library")
    capfd.readouterr()
    return tmp_path / "library"


@pytest.mark.parametrize("title", TITLES)
def test_a_new_policy_has_no_issues(title: str, library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "00042", title]) == 0
    capfd.readouterr()
    assert main(["check"]) == 0
    assert capfd.readouterr().out == "no issues\n"


def test_the_scenario_of_a_new_policy_holds_and_is_the_only_one_that_is_run(library: Path) -> None:
    for number, title in zip(["00042", "00043"], TITLES, strict=False):
        assert main(["new", number, title]) == 0
    ran = command(library, "00042")
    assert ran.status == 0
    assert ran.census.endswith("source 8, collected 8, left out 7, executed 1, reported 1")


def test_a_new_policy_is_of_the_family_of_the_others(library: Path) -> None:
    document = library / "policy" / "00001-heel-pain-injection" / "policy.md"
    labels = "document: National Coverage Determination\nshort: NCD\nlabels: [A, 1]\n"
    text = document.read_text("utf-8").replace("document: Clinical Determination and Indication\n", labels)
    document.write_text(text, "utf-8")
    assert main(["new", "240.4", "CPAP"]) == 0
    made = (library / "policy" / "240.4-cpap" / "policy.md").read_text("utf-8")
    assert labels in made
    assert "under B\n" in (library / "features" / "240.4-cpap" / "cpap.feature").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["00001", "Again"], "there is a policy 00001 already"),
        (["a/b", "Elsewhere"], "`a/b` is not a number of a policy"),
        (["00042", "…"], "`…` is not a title"),
        (["policy/x"], "would be inside the policy library"),
    ],
)
def test_what_cannot_be_made_is_refused(
    arguments: list[str], said: str, library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sorted(library.rglob("*"))
    assert main(["new", *arguments]) == 1
    assert said in capfd.readouterr().err
    assert sorted(library.rglob("*")) == before
