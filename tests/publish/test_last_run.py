"""A build follows the last run of the scenarios; without a record of one, what it showed stays as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.library.sources import RECORD
from cdispec.publish.building import Builder
from tests.publish.libraries import SLUGS, STATE, change, make_library, put, record_run


@pytest.fixture
def library(tmp_path: Path) -> Path:
    make_library(tmp_path)
    return tmp_path


def test_a_check_without_a_record_does_not_ask_what_the_run_showed(library: Path) -> None:
    Builder(library).build()
    (library / RECORD).unlink()
    edition = library / "docs/cdi" / SLUGS[0] / "working/author.html"
    edition.write_text("as the run showed it")
    assert Builder(library).check() == ([], [])
    record_run(library)
    assert edition.relative_to(library / "docs").as_posix() in [found.path for found in Builder(library).check()[0]]


def author(root: Path, slug: str = SLUGS[0]) -> str:
    """What the author's edition says."""
    return (root / f"docs/cdi/{slug}/working/author.html").read_text("utf-8")


def test_the_authors_edition_says_what_the_last_run_showed(library: Path) -> None:
    record_run(library, "second")
    Builder(library).build()
    assert author(library) == "First: passed\nSecond: failed\n\n"


def test_an_edit_of_a_feature_alone_makes_the_authors_edition_say_so(library: Path) -> None:
    Builder(library).build()
    change(library, f"features/{SLUGS[0]}/uses.feature", "Second", "Other")
    Builder(library).build()
    assert author(library) == "First: stale\nOther: stale\n\n"


def test_an_edit_of_the_steps_alone_makes_the_authors_editions_say_so(library: Path) -> None:
    Builder(library).build()
    put(library, "steps/more.py", "# More\n")
    Builder(library).build()
    assert author(library) == "First: stale\nSecond: stale\n\n"


def test_without_a_record_an_authors_edition_that_is_not_there_is_made(library: Path) -> None:
    (library / RECORD).unlink()
    assert not Builder(library).build().kept
    assert author(library).startswith("First: not run\n")


@pytest.mark.parametrize("state", [True, False])
def test_without_a_record_an_authors_edition_stays_as_it_stands(library: Path, state: bool) -> None:
    Builder(library).build()
    before = author(library)
    (library / RECORD).unlink()
    if not state:
        (library / STATE).unlink()
    for _ in range(2):
        built = Builder(library).build()
        assert (built.changes, built.kept) == ([], True)
        assert author(library) == before
    assert Builder(library).check() == ([], [])
    record_run(library, "first")
    assert not Builder(library).build().kept
    assert author(library) == "First: failed\nSecond: passed\n\n"
