"""`cdispec suggest` prints scenarios or adds them to a feature, once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cdispec.cli import main
from tests.issues.examples import BASE, FEATURE

SUGGESTED = Path(FEATURE).with_name("01-suggested.feature")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_printed_is_a_feature_and_changes_nothing(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", "00042"]) == 0
    printed = capsys.readouterr().out
    assert not (library / SUGGESTED).exists()
    main(["suggest", "00042", "--write"])
    written = (library / SUGGESTED).read_text("utf-8")
    assert printed.endswith(written)


VISITS = """
visits:
  kind: list of
  name: the visits
  question: Which visits were there?
  phrase: there were these visits
  including: there were these visits, and perhaps others
  none: there was no visit
  row: the visit of {day}
  fields:
    day: {kind: date, name: the day of the visit}
"""


def test_a_shared_list_that_the_policy_does_not_ask_for_changes_nothing(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["suggest", "00042"]) == 0
    before = capsys.readouterr().out
    with (library / "policy/facts.yaml").open("a", encoding="utf-8") as facts:
        facts.write(VISITS)
    assert main(["suggest", "00042"]) == 0
    assert capsys.readouterr().out == before


def test_what_was_written_leaves_nothing_to_suggest(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["suggest", "00042", "--write"])
    first = (library / SUGGESTED).read_bytes()
    capsys.readouterr()
    assert main(["suggest", "00042", "--write"]) == 0
    assert "nothing to suggest" in capsys.readouterr().out
    assert (library / SUGGESTED).read_bytes() == first


def test_scenarios_are_added_below_those_of_a_feature_that_is_named(library: Path) -> None:
    before = (library / FEATURE).read_text("utf-8")
    assert main(["suggest", "00042", "--write", FEATURE]) == 0
    assert (library / FEATURE).read_text("utf-8").startswith(f"{before}\n  @")
    assert main(["check"]) == 0


def test_a_feature_with_a_background_is_left_as_it_is(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feature = library / FEATURE
    name, rest = feature.read_text("utf-8").split("\n", 1)
    before = f"{name}\n\n  Background:\n    Given the record is complete\n{rest}"
    feature.write_text(before, "utf-8")
    assert main(["suggest", "00042", "--write", FEATURE]) == 1
    assert "has a background" in capsys.readouterr().err
    assert feature.read_text("utf-8") == before


def test_a_file_that_is_no_feature_of_the_policy_is_refused(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", "00042", "--write", "elsewhere.feature"]) == 2
    assert "is no feature of this policy" in capsys.readouterr().err


def test_what_each_scenario_is_for_is_told_as_data(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suggest", "00042", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["written"] is None
    assert found["scenarios"]
    assert all(one["closes"] for one in found["scenarios"])


def test_nothing_is_released_while_scenarios_are_to_be_confirmed(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["suggest", "00042", "--write"])
    capsys.readouterr()
    assert main(["release", "00042", "--effective", "2025-06-01"]) == 1
    assert "tagged `@to-confirm`" in capsys.readouterr().err
    assert not (library / "policy/00042-home-oxygen-therapy/revisions").exists()
