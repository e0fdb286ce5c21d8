"""Writing `docs/` and telling how it differs: all or nothing, and nothing but what builds have made."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cdispec.publish.build import documents
from cdispec.publish.output.folder import Kind, differences, withdrawn, write
from cdispec.publish.recipe import LIST, Recipe
from cdispec.publish.shelf import Shelf
from tests.publish.conftest import Write
from tests.publish.shelves import revised

BODY = "## A {#a}\n\nText.\n"
SERIES = "cdi/00099-sample-therapy"
WORKING = f"{SERIES}/working"
REVISION = f"{SERIES}/2025-06-01"

Snapshot = dict[str, bytes]


def snapshot(folder: Path) -> Snapshot:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(folder: Path) -> Snapshot:
    """The documents of a folder without the list of them."""
    return {path: content for path, content in snapshot(folder).items() if path != LIST}


@pytest.fixture
def draft(written: Write, recipe: Recipe) -> Snapshot:
    """The documents of a small policy that has no revision."""
    return documents([Shelf(written(BODY))], recipe)


@pytest.fixture
def published(written: Write, recipe: Recipe) -> Snapshot:
    """The documents of a small policy that has revisions."""
    return documents([revised(written(BODY))], recipe)


@pytest.fixture
def nothing(recipe: Recipe) -> Snapshot:
    """The documents of a library without policies."""
    return documents([], recipe)


def test_writing_makes_the_folder_hold_the_documents(draft: Snapshot, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    assert {change.kind for change in write(draft, docs)} == {Kind.MISSING}
    assert made(docs) == draft
    assert differences(draft, docs) == []


def test_the_list_names_every_document(draft: Snapshot, tmp_path: Path) -> None:
    write(draft, tmp_path)
    head, *paths = (tmp_path / LIST).read_text("utf-8").splitlines()
    assert head.startswith("# The documents that `cdispec build` has made.")
    assert paths == sorted(draft)


def test_writing_again_changes_nothing(draft: Snapshot, tmp_path: Path) -> None:
    write(draft, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert write(draft, tmp_path) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_what_stands_is_neither_written_nor_left_over(draft: Snapshot, tmp_path: Path) -> None:
    write(draft, tmp_path)
    page = {"index.html": draft["index.html"] + b"\n"}
    assert [change.path for change in write(page, tmp_path, draft.keys() - page)] == ["index.html"]
    assert made(tmp_path) == draft | page


def test_a_missing_document_is_named(draft: Snapshot, tmp_path: Path) -> None:
    write(draft, tmp_path)
    (tmp_path / "index.html").unlink()
    assert [(found.path, found.kind) for found in differences(draft, tmp_path)] == [("index.html", Kind.MISSING)]


def test_a_stale_document_is_named_with_the_first_lines_that_differ(draft: Snapshot, tmp_path: Path) -> None:
    write(draft, tmp_path)
    path = f"{WORKING}/policy.md"
    lines = draft[path].decode().split("\n")
    number = lines.index("# Sample Therapy")
    lines[number] = "# Sample"
    (tmp_path / path).write_text("\n".join(lines) + "More.\n", "utf-8")
    (found,) = differences(draft, tmp_path)
    assert (found.path, found.kind) == (path, Kind.STALE)
    assert found.lines[0] == (number + 1, "# Sample", "# Sample Therapy")
    assert found.lines[-1][1:] in [("More.", ""), ("", None)]


def test_of_a_long_line_the_part_that_differs_is_shown(tmp_path: Path) -> None:
    write({"a.js": b"x" * 5000 + b"old" + b"y" * 5000}, tmp_path)
    (found,) = differences({"a.js": b"x" * 5000 + b"new" + b"y" * 5000}, tmp_path)
    ((_, old, new),) = found.lines
    assert "xold" in str(old)
    assert "xnew" in str(new)
    assert len(str(old)) < 200


def test_of_a_pdf_no_lines_are_shown(tmp_path: Path) -> None:
    write({"a.pdf": b"%PDF-1.7\n1"}, tmp_path)
    (found,) = differences({"a.pdf": b"%PDF-1.7\n2"}, tmp_path)
    assert found.lines == ()


def test_the_documents_of_a_policy_that_is_gone_are_removed(draft: Snapshot, nothing: Snapshot, tmp_path: Path) -> None:
    write(draft, tmp_path)
    write(nothing, tmp_path)
    assert made(tmp_path) == nothing
    assert not (tmp_path / "cdi").exists()


def test_the_documents_of_a_kind_of_request_that_is_gone_are_removed(draft: Snapshot, tmp_path: Path) -> None:
    checklist = f"{WORKING}/former/index.html"
    write({**draft, checklist: b"A checklist"}, tmp_path)
    assert (checklist, Kind.LEFT_OVER) in [(found.path, found.kind) for found in write(draft, tmp_path)]
    assert made(tmp_path) == draft
    assert not (tmp_path / WORKING / "former").exists()


def test_a_document_that_the_recipe_names_no_more_is_removed(draft: Snapshot, tmp_path: Path) -> None:
    former = {"atlas.html": b"", "assets/former.js": b"", f"{WORKING}/policy.txt": b""}
    write({**draft, **former}, tmp_path)
    write(draft, tmp_path)
    assert made(tmp_path) == draft


@pytest.mark.parametrize("page", [f"{REVISION}/index.html", "mine.html"])
def test_a_former_asset_stays_as_long_as_a_page_that_stays_names_it(draft: Snapshot, tmp_path: Path, page: str) -> None:
    former, other = "assets/site.00000000.css", "assets/site.11111111.css"
    write({**draft, former: b"", other: b""}, tmp_path)
    (tmp_path / page).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / page).write_text(f'<link href="../{former}">')
    for _ in range(2):
        write(draft, tmp_path)
        assert made(tmp_path).keys() == {*draft, former, page}
    (tmp_path / page).unlink()
    write(draft, tmp_path)
    assert made(tmp_path) == draft


def test_a_former_asset_goes_with_the_last_page_that_named_it(draft: Snapshot, tmp_path: Path) -> None:
    former = {"assets/site.00000000.css": b"", "index.html": b"assets/site.00000000.css"}
    write({**draft, **former}, tmp_path)
    write(draft, tmp_path)
    assert made(tmp_path) == draft


def test_of_a_policy_that_is_gone_the_published_revisions_stay_with_the_page_that_lists_them(
    published: Snapshot, nothing: Snapshot, tmp_path: Path
) -> None:
    write(published, tmp_path)
    write(nothing, tmp_path)
    kept = {path: content for path, content in published.items() if path.startswith("cdi/") and "/working/" not in path}
    assert made(tmp_path) == {**nothing, **kept}
    assert withdrawn(nothing, tmp_path) == [f"{SERIES}/{day}" for day in ("2025-06-01", "2026-01-15", "2026-07-01")]
    assert differences(nothing, tmp_path) == []


def test_a_single_revision_that_is_gone_stays(written: Write, recipe: Recipe, tmp_path: Path) -> None:
    shelf = revised(written(BODY))
    write(documents([shelf], recipe), tmp_path)
    before = snapshot(tmp_path / REVISION)
    fewer = documents([Shelf(shelf.working, shelf.revisions[1:])], recipe)
    write(fewer, tmp_path)
    assert snapshot(tmp_path / REVISION) == before
    assert withdrawn(fewer, tmp_path) == [REVISION]


def test_a_published_revision_is_known_without_the_list(published: Snapshot, nothing: Snapshot, tmp_path: Path) -> None:
    write(published, tmp_path)
    (tmp_path / LIST).unlink()
    assert REVISION in withdrawn(nothing, tmp_path)
    write(nothing, tmp_path)
    assert (tmp_path / REVISION / "index.html").is_file()


def test_a_library_that_has_its_revisions_has_withdrawn_none(published: Snapshot, tmp_path: Path) -> None:
    write(published, tmp_path)
    assert withdrawn(published, tmp_path) == []


def test_what_no_build_made_is_left_alone(draft: Snapshot, nothing: Snapshot, tmp_path: Path) -> None:
    others = dict.fromkeys(
        ["notes.md", "issues/a.md", "assets/logo.svg", "cdi/mine/1/index.html", f"{WORKING}/notes.txt"], b"mine"
    )
    others["cdi/other/2025-01-01/policy.json"] = json.dumps({"schema": "of someone else"}).encode()
    for name, content in others.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    write(draft, tmp_path)
    assert made(tmp_path) == {**draft, **others}
    write(nothing, tmp_path)
    assert made(tmp_path) == {**nothing, **others}


@pytest.mark.parametrize(
    "line",
    ["../secret", "/etc/passwd", "cdi/../../secret", ".git/config", "cdi\\x", "C:/x", "<<<<<<< HEAD", "link/a", ""],
)
def test_the_list_leads_nowhere_else(draft: Snapshot, tmp_path: Path, line: str) -> None:
    docs, outside = tmp_path / "docs", tmp_path / "outside"
    write(draft, docs)
    outside.mkdir()
    for secret in (tmp_path / "secret", outside / "a"):
        secret.write_text("mine")
    (docs / "link").symlink_to(outside)
    with (docs / LIST).open("a") as listed:
        listed.write(f"{line}\n")
    assert [(found.path, found.kind) for found in write(draft, docs)] == [(LIST, Kind.STALE)]
    assert (tmp_path / "secret").exists()
    assert (outside / "a").exists()


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> None:
    """Let an operation of paths fail when it is used for this time."""
    real: Callable[..., object] = getattr(Path, name)
    left = [number]

    def failing(path: Path, *arguments: object, **named: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, name, failing)


@pytest.mark.parametrize("number", [1, 2, 3, 5])
@pytest.mark.parametrize("operation", ["write_bytes", "replace", "mkdir", "unlink", "rmdir"])
def test_a_failure_anywhere_leaves_the_folder_as_it_was(
    draft: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str, number: int
) -> None:
    former = {f"{WORKING}/former{n}/index.html": b"" for n in range(6)}
    write({**draft, **former}, tmp_path)
    before = snapshot(tmp_path)
    new = {f"{WORKING}/new{n}/index.html": b"" for n in range(6)}
    changed = {**{path: content + b"\n" for path, content in draft.items()}, **new}
    with monkeypatch.context() as during:
        fail_at(during, operation, number)
        with pytest.raises(OSError, match="No space left"):
            write(changed, tmp_path)
    assert snapshot(tmp_path) == before
    assert [path for path in tmp_path.rglob("*") if path.is_dir() and not any(path.iterdir())] == []
    write(changed, tmp_path)
    assert made(tmp_path) == changed


def test_a_failure_at_the_first_build_leaves_no_folder(
    draft: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, "write_bytes", 2)
    with pytest.raises(OSError, match="No space left"):
        write(draft, tmp_path / "docs")
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_was_killed_leaves_nothing_that_stays(draft: Snapshot, tmp_path: Path) -> None:
    write(draft, tmp_path)
    (tmp_path / ".build-former").mkdir()
    (tmp_path / ".build-former/0").write_text("half")
    (tmp_path / "index.html").unlink()
    write(draft, tmp_path)
    assert made(tmp_path) == draft


def test_what_a_killed_build_left_goes_with_the_next_though_nothing_has_changed(
    draft: Snapshot, tmp_path: Path
) -> None:
    write(draft, tmp_path)
    (tmp_path / ".build-former").mkdir()
    write(draft, tmp_path)
    assert not (tmp_path / ".build-former").exists()


def test_without_hard_links_a_file_is_set_aside_all_the_same(
    draft: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    write(draft, tmp_path)
    before = snapshot(tmp_path)
    with monkeypatch.context() as during:
        fail_at(during, "replace", 4)
        with pytest.raises(OSError, match="No space left"):
            write({path: content + b"\n" for path, content in draft.items()}, tmp_path)
    assert snapshot(tmp_path) == before


def test_a_folder_that_may_not_be_written_stays_as_it_was(
    draft: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(draft, tmp_path)
    before = snapshot(tmp_path)
    closed, real = tmp_path / WORKING, Path.replace

    def refused(path: Path, target: Path) -> Path:
        # Root may write everywhere, so the file system is not asked.
        if closed in (path.parent, Path(target).parent):
            raise PermissionError(13, "Permission denied", str(target))
        return real(path, target)

    with monkeypatch.context() as during:
        during.setattr(Path, "replace", refused)
        with pytest.raises(PermissionError):
            write({path: content + b"\n" for path, content in draft.items()}, tmp_path)
    assert snapshot(tmp_path) == before


def test_a_folder_in_the_place_of_a_document_stops_the_build(draft: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(IsADirectoryError):
        write(draft, tmp_path)
    assert snapshot(tmp_path) == {}


def test_a_file_in_the_place_of_a_folder_stops_the_build(draft: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "cdi").write_text("mine")
    with pytest.raises(NotADirectoryError):
        write(draft, tmp_path)
    assert snapshot(tmp_path) == {"cdi": b"mine"}


def test_a_symbolic_link_that_leads_out_stops_the_build(draft: Snapshot, tmp_path: Path) -> None:
    docs, elsewhere = tmp_path / "docs", tmp_path / "elsewhere"
    docs.mkdir()
    elsewhere.mkdir()
    (docs / "cdi").symlink_to(elsewhere)
    with pytest.raises(OSError, match="leads out"):
        write(draft, docs)
    assert list(elsewhere.iterdir()) == []


def test_a_document_that_is_a_link_is_replaced_and_not_what_it_leads_to(draft: Snapshot, tmp_path: Path) -> None:
    docs, target = tmp_path / "docs", tmp_path / "target"
    target.write_text("mine")
    docs.mkdir()
    (docs / "index.html").symlink_to(target)
    write(draft, docs)
    assert target.read_text() == "mine"
    shutil.rmtree(docs)
