"""`cdispec build` as an author meets it: what it prints, what it refuses, what it leaves alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from cdispec.cli import main

SLUG = "00001-heel-pain-injection"
POLICY = f"policy/{SLUG}/policy.md"
PACKAGED = len(list((Path(__file__).parents[2] / "build/assets").iterdir()))
"""So many documents are the assets that come with the tool."""


@pytest.fixture
def library(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    """A library made by `cdispec new`, which prints a page for the library, and one for a policy and each state."""
    root = tmp_path / "library"
    assert main(["new", str(root)]) == 0
    (root / "build").mkdir()
    page = "<html><body>{{ folder }} {% if policy is defined %}{{ policy.title }}{% endif %}</body></html>\n"
    (root / "build/page.html").write_text(page)
    groups = "".join(f"{group}: {{index.html: page.html}}\n" for group in ("library", "policy", "revision"))
    (root / "build/recipe.yaml").write_text(groups)
    capfd.readouterr()
    return root


def build(library: Path, *arguments: str) -> int:
    return main(["build", *arguments, "--library", str(library)])


def change(library: Path, path: str, old: str, new: str) -> None:
    text = (library / path).read_text("utf-8")
    assert old in text
    (library / path).write_text(text.replace(old, new), "utf-8")


def snapshot(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def release(library: Path, day: str, *more: str) -> None:
    assert main(["release", "00001", "--effective", day, *more, "--as-is", "--library", str(library)]) == 0


def test_a_build_names_what_it_prints(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert build(library) == 0
    told = capfd.readouterr().out.splitlines()
    assert f"printed docs/cdi/{SLUG}/working/index.html" in told
    assert told[-1] == f"docs/ is current: {4 + PACKAGED} documents of 1 policy, {5 + PACKAGED} changed"


def test_a_second_build_changes_nothing(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    build(library)
    capfd.readouterr()
    assert build(library) == 0
    assert capfd.readouterr().out == f"docs/ is current: {4 + PACKAGED} documents of 1 policy, 0 changed\n"


def test_without_a_record_the_authors_editions_that_stand_are_kept_and_a_line_says_so(
    library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with (library / "build/recipe.yaml").open("a") as recipe:
        recipe.write("author: {author.html: page.html}\n")
    kept = "the author's editions were kept: there is no record of a run; run `cdispec test`"
    assert build(library) == 0
    told = capfd.readouterr().out
    assert kept not in told
    assert f"printed docs/cdi/{SLUG}/working/author.html" in told
    page = library / f"docs/cdi/{SLUG}/working/author.html"
    page.write_text("as the last run showed it")
    for _ in range(2):
        assert build(library) == 0
        assert kept in capfd.readouterr().out.splitlines()
        assert page.read_text() == "as the last run showed it"
    assert build(library, "--check") == 0


def test_a_check_names_the_files_that_differ_with_their_first_lines(
    library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    build(library)
    change(library, POLICY, "title: Injection for Heel Pain", "title: Injection")
    before = snapshot(library)
    capfd.readouterr()
    assert build(library, "--check") == 1
    told = capfd.readouterr().err
    page = f"docs/cdi/{SLUG}/working/index.html"
    assert f"{page}: stale\n      1 - <html>" in told
    assert "Injection for Heel Pain</body>" in told
    assert told.endswith("docs/ is not current: 3 files differ\n    hint: run `cdispec build`\n")
    assert snapshot(library) == before


def test_the_state_of_a_renamed_policy_that_was_not_published_is_removed(
    library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    build(library)
    for above in ("policy", "features"):
        (library / above / SLUG).rename(library / above / "00001-heel-pain")
    assert build(library, "--check") == 1
    assert f"docs/cdi/{SLUG}/working/index.html: left over" in capfd.readouterr().err
    assert build(library) == 0
    assert f"removed docs/cdi/{SLUG}/working/index.html" in capfd.readouterr().out
    assert [folder.name for folder in (library / "docs/cdi").iterdir()] == ["00001-heel-pain"]


def test_a_published_revision_whose_source_is_gone_is_told_and_left_as_it_is(
    library: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    release(library, "2026-01-01")
    build(library)
    page = library / f"docs/cdi/{SLUG}/2026-01-01/index.html"
    before = page.read_bytes()
    shutil.rmtree(library / f"policy/{SLUG}/revisions")
    capfd.readouterr()
    assert build(library) == 0
    told = capfd.readouterr().err
    assert told == (
        f"docs/cdi/{SLUG}/2026-01-01/ is a published revision, and policy/{SLUG}/revisions/2026-01-01/ is not there;"
        " it was left as it is\n"
        f"    hint: bring back policy/{SLUG}/revisions/2026-01-01/; to withdraw the revision, remove"
        f" docs/cdi/{SLUG}/2026-01-01/ yourself\n"
    )
    assert page.read_bytes() == before
    assert build(library, "--check") == 1
    assert capfd.readouterr().err == told


def test_a_revision_that_was_withdrawn_by_hand_is_no_more_told(library: Path) -> None:
    release(library, "2026-01-01")
    build(library)
    shutil.rmtree(library / f"policy/{SLUG}/revisions")
    shutil.rmtree(library / f"docs/cdi/{SLUG}/2026-01-01")
    assert build(library) == 0
    assert build(library, "--check") == 0


def test_a_revision_that_was_altered_stops_the_build(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    release(library, "2026-01-01")
    build(library)
    before = snapshot(library / "docs")
    change(library, f"policy/{SLUG}/revisions/2026-01-01/policy.md", "Heel pain", "Pain")
    assert build(library) == 1
    assert "altered-revision" in capfd.readouterr().err
    assert snapshot(library / "docs") == before


def test_errors_of_policies_and_of_templates_are_told_at_once(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    build(library)
    before = snapshot(library / "docs")
    change(library, POLICY, "fact: heel-cup-tried", "fact: heel-cup")
    (library / "build/page.html").write_text("{% if %}")
    for arguments in ([], ["--check"]):
        capfd.readouterr()
        assert build(library, *arguments) == 1
        told = capfd.readouterr().err
        assert "unknown-fact" in told
        assert "build/page.html:1:1: " in told
        assert told.endswith("nothing was printed\n")
    assert snapshot(library / "docs") == before


def test_a_broken_recipe_removes_nothing_when_there_is_no_state(library: Path) -> None:
    build(library)
    before = snapshot(library / "docs")
    shutil.rmtree(library / ".cdispec")
    (library / "build/page.html").write_text("{% if %}")
    assert build(library) == 1
    assert snapshot(library / "docs") == before


def test_a_template_that_fails_is_no_traceback(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (library / "build/page.html").write_text("one\n{{ folder.gone.deeper }}\n")
    assert build(library) == 1
    told = capfd.readouterr().err
    assert told == (
        "build/page.html:2:1: 'str object' has no attribute 'gone'\n    hint: mend build/\nnothing was printed\n"
    )
    assert list((library / "docs").iterdir()) == []


def test_without_typst_a_recipe_that_prints_pdf_says_what_to_install(
    library: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cdispec.publish.recipe.find_spec", lambda name: None)
    with (library / "build/recipe.yaml").open("a") as recipe:
        recipe.write("request: {a.pdf: page.html}\n")
    assert build(library) == 1
    told = capfd.readouterr().err
    assert "build/recipe.yaml:4:11: printing PDF needs typst, which is not installed\n" in told
    assert "    hint: pip install 'cdispec[pdf]'\n" in told
    assert list((library / "docs").iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (library / "docs/index.html").mkdir()
    assert build(library) == 1
    assert "index.html is a folder where a document should stand" in capfd.readouterr().err


def test_watching_without_watchfiles_says_what_to_install(
    library: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cdispec.cli.watch.find_spec", lambda name: None)
    assert build(library, "--watch") == 1
    assert capfd.readouterr().err == "cdispec: watching needs watchfiles\n    hint: pip install 'cdispec[watch]'\n"


@pytest.mark.parametrize("arguments", [["--check", "--watch"], ["--port", "0"], ["--port", "65536"], ["--port", "web"]])
def test_arguments_that_make_no_sense_are_wrong_usage(library: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        build(library, *arguments)
    assert stopped.value.code == 2


def test_a_folder_policy_that_vanishes_takes_no_documents_with_it(library: Path) -> None:
    from cdispec.publish.building import Builder, Unbuildable

    builder = Builder(library)
    builder.build()
    before = snapshot(library / "docs")
    os.rename(library / "policy", library / "elsewhere")
    with pytest.raises(Unbuildable, match="policy/ is not there"):
        builder.build()
    assert snapshot(library / "docs") == before
