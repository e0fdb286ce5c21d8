"""Writing `docs/` and telling how it differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.folder import Kind, differences, write
from cdispec.publish.recipe import Recipe, RecipeError, load_recipe
from tests.publish.conftest import LIBRARY, SLUG, Write

BODY = "## A {#a}\n\nText.\n"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_writing_makes_the_folder_hold_the_documents(built: dict[str, bytes], tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    assert {change.kind for change in write(built, docs)} == {Kind.MISSING}
    assert snapshot(docs) == built
    assert differences(built, docs) == []


def test_writing_again_changes_nothing(built: dict[str, bytes], tmp_path: Path) -> None:
    write(built, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert write(built, tmp_path) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_missing_document_is_named(built: dict[str, bytes], tmp_path: Path) -> None:
    write(built, tmp_path)
    (tmp_path / "index.html").unlink()
    assert [(found.path, found.kind) for found in differences(built, tmp_path)] == [("index.html", Kind.MISSING)]


def test_a_stale_document_is_named_with_the_first_lines_that_differ(built: dict[str, bytes], tmp_path: Path) -> None:
    write(built, tmp_path)
    path = f"cdi/{SLUG}/2025-06-01/policy.md"
    edited = built[path].decode().replace("# Medical Massage Therapy", "# Massage") + "More.\n"
    (tmp_path / path).write_text(edited, "utf-8")
    (found,) = differences(built, tmp_path)
    assert (found.path, found.kind) == (path, Kind.STALE)
    assert found.lines[0] == (7, "# Massage", "# Medical Massage Therapy")
    assert found.lines[-1][2] is None or found.lines[-1][1] == "More."


def test_a_draft_that_moved_is_left_over_and_removed(written: Write, recipe: Recipe, tmp_path: Path) -> None:
    write(documents([written(BODY)], recipe), tmp_path)
    moved = documents([written(BODY, effective="2025-07-01")], recipe)
    old = "cdi/00099-sample-therapy/2025-06-01"
    left_over = [found.path for found in differences(moved, tmp_path) if found.kind is Kind.LEFT_OVER]
    assert left_over == [f"{old}/{name}" for name in ("index.html", "policy.json", "policy.md")]
    write(moved, tmp_path)
    assert snapshot(tmp_path) == moved
    assert not (tmp_path / old).exists()


def test_a_published_revision_is_kept_for_ever(written: Write, recipe: Recipe, tmp_path: Path) -> None:
    published = documents([written(BODY, status="published")], recipe)
    write(published, tmp_path)
    write(documents([written(BODY, effective="2026-01-01")], recipe), tmp_path)
    kept = {path: content for path, content in published.items() if path.startswith("cdi/")}
    assert kept.items() <= snapshot(tmp_path).items()


def test_what_no_build_made_is_left_alone(written: Write, recipe: Recipe, tmp_path: Path) -> None:
    others = ["notes.md", "cdi/readme.md", "cdi/mine/1/index.html", "cdi/00099-sample-therapy/2025-06-01/notes.txt"]
    for name in others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
    write(documents([written(BODY)], recipe), tmp_path)
    moved = documents([written(BODY, effective="2025-07-01")], recipe)
    write(moved, tmp_path)
    assert snapshot(tmp_path) == {**moved, **dict.fromkeys(others, b"mine")}


def test_a_document_that_cannot_be_rendered_leaves_the_folder_as_it_was(policy: Policy, tmp_path: Path) -> None:
    build, docs = tmp_path / "build", tmp_path / "docs"
    (build / "templates").mkdir(parents=True)
    for source in (LIBRARY / "build").rglob("*.*"):
        (build / source.relative_to(LIBRARY / "build")).write_bytes(source.read_bytes())
    write(documents([policy], load_recipe(build)), docs)
    before = snapshot(docs)
    (build / "templates/library.html").write_text("{{ entries.nothing.here }}")
    with pytest.raises(RecipeError, match=r"build/templates/library.html"):
        write(documents([policy], load_recipe(build)), docs)
    assert snapshot(docs) == before


def test_a_document_that_cannot_be_written_leaves_the_folder_as_it_was(
    built: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(built, tmp_path)
    before = snapshot(tmp_path)
    write_bytes = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "1":
            raise OSError("no space left on device")
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space left"):
        write({path: content + b"\n" for path, content in built.items()}, tmp_path)
    assert snapshot(tmp_path) == before


def test_a_folder_in_the_place_of_a_document_stops_the_build(built: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(IsADirectoryError):
        write(built, tmp_path)
    assert snapshot(tmp_path) == {}


def test_a_file_in_the_place_of_a_folder_stops_the_build(built: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "cdi").write_text("mine")
    with pytest.raises(NotADirectoryError):
        write(built, tmp_path)
    assert snapshot(tmp_path) == {"cdi": b"mine"}


def test_a_symbolic_link_that_leads_out_stops_the_build(built: dict[str, bytes], tmp_path: Path) -> None:
    docs, elsewhere = tmp_path / "docs", tmp_path / "elsewhere"
    docs.mkdir()
    elsewhere.mkdir()
    (docs / "cdi").symlink_to(elsewhere)
    with pytest.raises(OSError, match="leads out"):
        write(built, docs)
    assert list(elsewhere.iterdir()) == []
