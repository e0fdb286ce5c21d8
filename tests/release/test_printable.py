"""A release is made as documents before it is frozen: words that cannot be printed could not be mended afterwards."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from cdispec.cli import main
from tests.issues.examples import FEATURE
from tests.reading.libraries import FACTS
from tests.release.libraries import (
    FIRST,
    HISTORY,
    POLICY,
    PRINTS_NO_POLICY,
    REVISIONS,
    SECOND,
    SUMMARY,
    edit,
    release,
    released,
    reworded,
)
from tests.release.libraries import tree as everything

BUILD = Path(__file__).parents[2] / "build"
PILL = "`💊` (PILL, U+1F48A) cannot be printed: the fonts of the PDF have no such character"
HINT = "    hint: write it in words\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library with one release that prints its policy as this library does."""
    root = released(tmp_path, FIRST)
    (root / "build/recipe.yaml").unlink()
    return root


def refused(root: Path, capfd: Captured, *arguments: str) -> str:
    """What a release that is refused says; it leaves the library as it was."""
    capfd.readouterr()
    before = everything(root)
    assert release(root, SECOND, *(arguments or SUMMARY)) == 1
    assert everything(root) == before
    return capfd.readouterr().err


def test_what_can_be_printed_is_released(root: Path) -> None:
    assert release(reworded(root), SECOND, *SUMMARY) == 0
    assert (root / REVISIONS / SECOND).is_dir()


@pytest.mark.parametrize(
    ("path", "old", "new", "at", "told"),
    [
        (POLICY, "Pulmonary fibrosis}", "Fibrosis 💊}", "25:72", PILL),
        (POLICY, "title: Home", "title: 医 Home", "3:8", "`医` (CJK UNIFIED IDEOGRAPH-533B, U+533B) cannot be printed"),
    ],
)
def test_a_sign_that_the_pdf_cannot_print_is_told_at_its_place_before_it_is_frozen(
    path: str, old: str, new: str, at: str, told: str, root: Path, capfd: Captured
) -> None:
    edit(root / path, old, new)
    said = refused(root, capfd)
    assert f"{path}:{at}: {told}" in said
    assert said.endswith(f"{HINT}nothing was released\n")


def test_a_sign_of_a_fact_that_only_a_checklist_prints_is_told_at_its_place(root: Path, capfd: Captured) -> None:
    edit(root / POLICY, "    text: Oxygen saturation at rest of 88% or less\n", "")
    edit(root / FACTS, "phrase: the oxygen saturation at rest", "phrase: the oxygen saturation 💊")
    edit(root / FEATURE, "saturation at rest is", "saturation 💊 is")
    assert f"{FACTS}:19:33: {PILL}" in refused(root, capfd)


def test_a_sign_of_a_summary_that_the_pdf_cannot_print_is_told_as_of_the_history(root: Path, capfd: Captured) -> None:
    table = "| Date | Update |\n|---|---|\n| MM/DD/YYYY | none |\n"
    with (root / POLICY).open("a", encoding="utf-8") as policy:
        policy.write(f"\n## History {{#history}}\n\n{table}")
    assert f"{HISTORY}:1:1: {PILL}" in refused(root, capfd, "--summary", "A 💊 was added.")


def test_a_template_that_is_broken_is_told_before_anything_is_frozen(root: Path, capfd: Captured) -> None:
    (root / "build/templates").mkdir()
    (root / "build/templates/revision.typ").write_text("\n{{ gone }}\n")
    assert "build/templates/revision.typ:2:1: 'gone' is undefined" in refused(reworded(root), capfd)


def test_without_typst_a_library_that_prints_no_pdf_releases(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    shutil.copy(BUILD / "recipe.yaml", root / "build/recipe.yaml")
    for line in (
        "  policy.pdf: templates/revision.typ\n",
        "  redline.pdf: templates/redline.typ\n",
        "  checklists.pdf: templates/checklists.typ\n",
    ):
        edit(root / "build/recipe.yaml", line, "")
    assert release(reworded(root), SECOND, *SUMMARY) == 0


def test_a_build_tells_the_sign_of_a_frozen_policy_at_its_place(root: Path, capfd: Captured) -> None:
    edit(root / POLICY, "Pulmonary fibrosis}", "Fibrosis 💊}")
    (root / "build/recipe.yaml").write_text(PRINTS_NO_POLICY)
    assert release(root, SECOND, *SUMMARY) == 0
    (root / "build/recipe.yaml").unlink()
    edit(root / POLICY, "Fibrosis 💊}", "Fibrosis}")
    capfd.readouterr()
    assert main(["build", "--library", str(root)]) == 1
    assert f"{REVISIONS}/{SECOND}/policy.md:25:72: {PILL}\n{HINT}" in capfd.readouterr().err
