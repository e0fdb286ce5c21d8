"""What scenarios miss of their policy, in the forms that services for continuous integration read."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cdispec.analysis.adequacy.adequacy import Adequacy, Fate, State
from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.check import scenario_cases
from cdispec.cli import main
from cdispec.library import source_lines
from cdispec.report.annotations import adequacy_annotations
from cdispec.report.junit import adequacy_junit

EXPECTED = Path(__file__).parent / "expected"
STARTER = Path(__file__).parents[2] / "src/cdispec/starter"
NUMBER, SLUG = "00001", "00001-heel-pain-injection"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new library, in which one scenario expects what is not so."""
    made = tmp_path_factory.mktemp("library") / "library"
    shutil.copytree(STARTER, made)
    for feature in (made / "features" / SLUG).iterdir():
        text = feature.read_text("utf-8")
        feature.write_text(text.replace("Then it is medically necessary", "Then it is not indicated", 1), "utf-8")
    return made


@pytest.fixture(scope="module")
def adequacy(root: Path) -> Adequacy:
    """How well its scenarios test its policy."""
    return adequacy_of(*scenario_cases.tested(root, NUMBER))


@pytest.mark.parametrize("form", ["junit", "github", "text"])
def test_each_form_is_as_reviewed(form: str, root: Path, rewrite: bool, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["adequacy", NUMBER, "--format", form, "--library", str(root)]) == 1
    told = capfd.readouterr().out
    expected = EXPECTED / f"{form}.txt"
    if rewrite:
        expected.write_text(told, "utf-8")
    assert told == expected.read_text("utf-8")


def test_there_is_a_test_for_each_thing_each_edit_and_each_case_that_fails(root: Path, adequacy: Adequacy) -> None:
    cases = list(ElementTree.fromstring(_junit(root, adequacy)).iter("testcase"))
    assert len(cases) == len(adequacy.cells) + len(adequacy.mutants) + len(adequacy.failing)


def test_no_two_tests_have_one_name(root: Path, adequacy: Adequacy) -> None:
    cases = ElementTree.fromstring(_junit(root, adequacy)).iter("testcase")
    names = [(case.get("classname"), case.get("name")) for case in cases]
    assert len(names) == len(set(names))


def test_every_gap_is_a_failure_and_what_no_case_could_show_is_skipped(root: Path, adequacy: Adequacy) -> None:
    shown, noticed, _ = ElementTree.fromstring(_junit(root, adequacy))
    assert len(shown.findall("testcase/failure")) == len(adequacy.open_cells)
    assert len(noticed.findall("testcase/failure")) == len(adequacy.survivors)
    assert len(shown.findall("testcase/skipped")) == sum(cell.state is State.IMPOSSIBLE for cell in adequacy.cells)


def test_suites_count_what_they_hold(root: Path, adequacy: Adequacy) -> None:
    whole = ElementTree.fromstring(_junit(root, adequacy))
    for suite in (whole, *whole):
        for name, path in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            assert suite.get(name) == str(sum(1 for _ in suite.iter(path)))


@pytest.mark.parametrize("command", [["adequacy", NUMBER, "--format", "github"], ["check", "--format", "sarif"]])
def test_places_are_counted_from_the_top_of_the_repository(
    command: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    library = tmp_path / "repository/clinical/policies"
    shutil.copytree(STARTER, library)
    (tmp_path / "repository/.git").mkdir()
    (library / "features" / SLUG / "notes.txt").write_text("To be continued.\n", "utf-8")
    (feature,) = (library / "features" / SLUG).glob("*.feature")
    feature.write_text(feature.read_text("utf-8").replace("it is medically necessary", "it is not indicated"), "utf-8")
    main([*command, "--library", str(library)])
    told = capfd.readouterr().out
    assert f"clinical/policies/features/{SLUG}/" in told
    assert not re.search(rf"(?<!clinical/policies/)features/{SLUG}", told)


def test_words_that_would_end_an_annotation_are_escaped(adequacy: Adequacy) -> None:
    unnoticed = tuple(replace(one, fate=Fate.UNNOTICED) for one in adequacy.mutants)
    told = adequacy_annotations(replace(adequacy, mutants=unnoticed), lambda _: ["100 % of: a, b\r::error::c"] * 400)
    assert "- 100 %25 of: a, b%0D::error::c" in told
    assert [line for line in told.split("\n") if not line.startswith(("::error ", "::warning ", "::notice::"))] == []
    assert "\r" not in told


def test_words_that_xml_cannot_hold_are_no_part_of_the_report(adequacy: Adequacy) -> None:
    told = adequacy_junit(adequacy, lambda _: ["<&\x00\x1b]]>"] * 400)
    names = [case.get("name") or "" for case in ElementTree.fromstring(told).iter("testcase")]
    assert any("without <&" in name for name in names)


def _junit(root: Path, adequacy: Adequacy) -> str:
    return adequacy_junit(adequacy, partial(source_lines, root))
