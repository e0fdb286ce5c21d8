"""Only what has changed is built again, and that makes the same bytes as building everything."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.library import Memory, PolicyLibrary, read_library
from cdispec.library.common import Common
from cdispec.library.files import read_bytes
from cdispec.library.release import Wish, prepared, write_release
from cdispec.library.sources import RECORD, policy_snapshot, snapshot, state_digests
from cdispec.library.state import read_working
from cdispec.model.policy import Policy
from cdispec.publish import building
from cdispec.publish.build import Task, tasks
from cdispec.publish.building import Builder, Unbuildable
from cdispec.publish.output import state as states
from cdispec.publish.recipe import LIST
from cdispec.scenario.feature import Feature, read_feature
from cdispec.source import Issue
from tests.examples import examples
from tests.publish.libraries import SLUGS, STATE, change, docs, lose, make_library, put, record_run

DAYS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))

Edit = Callable[[Path], None]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    make_library(tmp_path)
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tasks that are made, as they are made."""
    names: list[str] = []

    def noting(task: Task) -> dict[str, bytes]:
        names.append(task.name)
        return task.make()

    def noted(*arguments: Any) -> Iterator[Task]:
        for task in tasks(*arguments):
            yield replace(task, make=partial(noting, task))

    monkeypatch.setattr(building, "tasks", noted)
    return names


def release(root: Path, number: str, day: date) -> None:
    """Publish a policy, whatever its scenarios say."""
    library = read_library(root)
    policy, revisions = library.policies[number], library.revisions.get(number, ())
    found = prepared(root, policy, revisions, Wish(day, ("Changed",) if revisions else ()))
    assert found is not None
    write_release(root, found)


def test_a_second_build_makes_nothing(library: Path, made: list[str]) -> None:
    Builder(library).build()
    made.clear()
    built = Builder(library).build()
    assert (made, built.changes) == ([], [])
    assert built.policies == 2
    assert built.documents == len(docs(library)) - 1


def test_a_second_build_reads_no_policy(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Builder(library).build()
    monkeypatch.setattr("cdispec.publish.building.read_library", lambda *_: pytest.fail("it read the library"))
    assert Builder(library).build().changes == []


def test_only_the_policy_that_changed_is_made_again(library: Path, made: list[str]) -> None:
    Builder(library).build()
    made.clear()
    change(library, f"policy/{SLUGS[1]}/policy.md", "considered", "held to be")
    Builder(library).build()
    series = f"cdi/{SLUGS[1]}/"
    assert made == ["library", series, f"{series}working/", f"{series}working/ author"]


def test_an_edit_does_not_make_published_revisions_again(library: Path, made: list[str]) -> None:
    release(library, "00001", DAYS[0])
    Builder(library).build()
    made.clear()
    change(library, f"policy/{SLUGS[0]}/policy.md", "considered", "held to be")
    Builder(library).build()
    assert f"cdi/{SLUGS[0]}/working/" in made
    assert f"cdi/{SLUGS[0]}/2026-01-01/" not in made


def test_a_release_makes_the_revision_before_it_again_which_is_now_superseded(library: Path, made: list[str]) -> None:
    release(library, "00001", DAYS[0])
    Builder(library).build()
    release(library, "00001", DAYS[1])
    made.clear()
    Builder(library).build()
    assert f"cdi/{SLUGS[0]}/2026-01-01/" in made
    assert f"cdi/{SLUGS[1]}/working/" not in made


def test_a_run_of_the_scenarios_makes_the_authors_editions_alone(library: Path, made: list[str]) -> None:
    Builder(library).build()
    made.clear()
    record_run(library, "first")
    Builder(library).build()
    assert made == [f"cdi/{slug}/working/ author" for slug in SLUGS]


def test_another_template_makes_everything_again(library: Path, made: list[str]) -> None:
    Builder(library).build()
    every = list(made)
    made.clear()
    change(library, "build/assets/theme.css", "}", "}\n")
    Builder(library).build()
    assert made == every


def test_another_version_of_the_tool_makes_everything_again(
    library: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Builder(library).build()
    every = list(made)
    made.clear()
    monkeypatch.setattr(states, "printer_digest", lambda: "another")
    Builder(library).build()
    assert made == every


@pytest.mark.parametrize("path", ["index.html", f"cdi/{SLUGS[0]}/working/policy.md"])
def test_a_document_that_was_edited_by_hand_is_made_again(library: Path, path: str) -> None:
    Builder(library).build()
    before = docs(library)
    (library / "docs" / path).write_text("mine")
    assert [change.path for change in Builder(library).build().changes] == [path]
    assert docs(library) == before


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"form": "cdispec build 1", "tasks": {"library": 1}}'])
def test_without_a_state_that_can_be_read_everything_is_made(library: Path, made: list[str], damage: str) -> None:
    Builder(library).build()
    every, before = list(made), docs(library)
    made.clear()
    (library / STATE).write_text(damage)
    assert Builder(library).build().changes == []
    assert made == every
    assert docs(library) == before


def test_a_check_trusts_no_state(library: Path) -> None:
    Builder(library).build()
    (library / "docs/index.html").write_text("mine")
    found = json.loads((library / STATE).read_text())
    found["tasks"]["library"]["documents"]["index.html"] = sha256(b"mine").hexdigest()
    (library / STATE).write_text(json.dumps(found))
    differing, _ = Builder(library).check()
    assert [difference.path for difference in differing] == ["index.html"]


def test_a_check_writes_nothing(library: Path) -> None:
    before = sorted(library.rglob("*"))
    Builder(library).check()
    assert sorted(library.rglob("*")) == before


def test_an_edit_of_a_feature_alone_makes_the_authors_edition_alone(library: Path, made: list[str]) -> None:
    Builder(library).build()
    made.clear()
    change(library, f"features/{SLUGS[0]}/uses.feature", "Second", "Other")
    Builder(library).build()
    assert made == [f"cdi/{SLUGS[0]}/working/ author"]


def test_one_build_asks_each_file_twice_what_it_is(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = Builder(library, Memory())
    builder.build()
    change(library, f"policy/{SLUGS[0]}/policy.md", "considered", "held to be")
    asked: list[str] = []

    def noting(root: Path, path: str) -> tuple[bytes | None, list[Issue]]:
        asked.append(path)
        return read_bytes(root, path)

    monkeypatch.setattr("cdispec.library.sources.read_bytes", noting)
    builder.build()
    times = {path: asked.count(path) for path in asked}
    # A document is looked at once more for what it asks of other policies.
    assert times == {path: 3 if path.endswith("/policy.md") else 2 for path in snapshot(library)}


def test_a_memory_reads_only_what_changed(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = Builder(library, Memory())
    builder.build()
    read: list[str] = []

    def noting(root: Path, slug: str, shared: Common) -> tuple[Policy | None, list[Issue]]:
        read.append(slug)
        return read_working(root, slug, shared)

    monkeypatch.setattr("cdispec.library.memory.read_working", noting)
    change(library, f"policy/{SLUGS[1]}/policy.md", "considered", "held to be")
    builder.build()
    assert read == [SLUGS[1]]


def test_a_memory_parses_only_the_feature_that_changed(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = Builder(library, Memory())
    builder.build()
    parsed: list[str] = []

    def noting(text: str, path: str) -> tuple[Feature, list[Issue]]:
        parsed.append(path)
        return read_feature(text, path)

    monkeypatch.setattr("cdispec.library.memory.read_feature", noting)
    change(library, f"features/{SLUGS[1]}/uses.feature", "Second", "Other")
    builder.build()
    assert parsed == [f"features/{SLUGS[1]}/uses.feature"]


def test_a_memory_keeps_nothing_that_was_saved_while_it_was_read(library: Path) -> None:
    memory, document = Memory(), f"policy/{SLUGS[0]}/policy.md"
    before = state_digests(policy_snapshot(library))
    change(library, document, "title: ", "title: New ")
    memory.expect(before)
    read_library(library, memory)
    memory.keep(state_digests(policy_snapshot(library)))
    change(library, document, "title: New ", "title: ")
    memory.expect(before)
    assert not read_library(library, memory).policies["00001"].title.startswith("New ")


def test_what_is_saved_while_it_is_read_is_built_again(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Builder(library).build()

    def read_and_save(*arguments: Any) -> PolicyLibrary:
        found = read_library(*arguments)
        change(library, f"policy/{SLUGS[0]}/policy.md", "second", "third")
        return found

    change(library, f"policy/{SLUGS[0]}/policy.md", "considered", "second")
    with monkeypatch.context() as during:
        during.setattr(building, "read_library", read_and_save)
        Builder(library).build()
    assert Builder(library).build().changes
    assert Builder(library).check() == ([], [])


def test_two_builds_at_once_leave_the_documents_of_one(library: Path) -> None:
    command = [sys.executable, "-m", "cdispec", "build", "--library", str(library)]
    for round in range(3):
        running = []
        for n in range(3):
            change(library, f"policy/{SLUGS[0]}/policy.md", "## Indications", f"## Indications {round}{n}")
            running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        for process in running:
            process.communicate()
            assert process.returncode == 0
        assert [path for path in (library / "docs").iterdir() if path.name.startswith(".")] == []
        assert Builder(library).check() == ([], [])


def edits() -> Iterator[tuple[str, Edit]]:
    """What may happen to a library and to what builds have left."""
    for slug in SLUGS:
        document, number = f"policy/{slug}/policy.md", slug[:5]
        yield f"edit {slug}", partial(change, path=document, old="considered", new="considered to be")
        yield f"damage {slug}", partial(change, path=document, old="fact: heel-cup-tried", new="fact: gone")
        yield f"mend {slug}", partial(change, path=document, old="fact: gone", new="fact: heel-cup-tried")
        yield f"another kind {slug}", partial(change, path=document, old="initial", new="first")
        yield f"facts {slug}", partial(change, path=f"policy/{slug}/facts.yaml", old="Is ", new="Was ")
        yield f"rename {slug}", partial(swap, one=f"policy/{slug}", other=f"policy/{slug}-2")
        yield f"remove {slug}", partial(swap, one=f"policy/{slug}", other=slug)
        feature = f"features/{slug}/uses.feature"
        yield f"edit the feature of {slug}", partial(change, path=feature, old="02-01", new="02-02")
        yield f"rename a scenario of {slug}", partial(change, path=feature, old="First", new="Renamed")
        yield f"lose the feature of {slug}", partial(lose, path=feature)
        for day in DAYS:
            yield f"release {number} {day}", partial(release, number=number, day=day)
            yield f"lose {number} {day}", partial(lose, path=f"policy/{slug}/revisions/{day}")
    yield "theme", partial(change, path="build/assets/theme.css", old="}", new="}\n")
    yield (
        "address",
        partial(change, path="build/recipe.yaml", old="library:", new="address: https://a.example\nlibrary:"),
    )
    yield "fewer documents", partial(change, path="build/recipe.yaml", old="policy.md: revision.html", new="")
    yield "break a template", partial(change, path="build/library.html", old="{% endfor", new="{% endfro")
    yield "mend a template", partial(change, path="build/library.html", old="{% endfro", new="{% endfor")
    yield "a run that passes", record_run
    yield "a run that fails", lambda root: record_run(root, "second")
    yield "edit the steps", partial(put, path="steps/more.py", text="# More\n")
    yield "damage the record", partial(put, path=RECORD, text="{}")
    yield "lose the record", partial(lose, path=RECORD)
    yield "shared facts", partial(put, path="policy/facts.yaml", text="{}\n")
    yield "lose the state", partial(lose, path=STATE)
    yield "damage the state", partial(change, path=STATE, old="tasks", new="tsaks")
    yield "damage a document", partial(put, path="docs/index.html", text="mine")
    yield "lose a document", partial(lose, path="docs/index.html")
    yield "lose the list", partial(lose, path=f"docs/{LIST}")
    yield "put a file", partial(put, path="docs/cdi/mine.txt", text="mine")


def swap(root: Path, one: str, other: str) -> None:
    """Rename a folder, or back."""
    here, there = (root / one, root / other) if (root / one).exists() else (root / other, root / one)
    here.rename(there)


EDITS = dict(edits())


def build(builder: Builder) -> dict[str, bytes] | str:
    """What a build leaves in `docs/`, or why it printed nothing."""
    try:
        builder.build()
    except Unbuildable as failed:
        return "\n".join(failed.briefly())
    return docs(builder.root)


@examples(12)
@given(st.lists(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=3), min_size=1, max_size=3))
def test_building_what_changed_is_building_everything(rounds: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        library, fresh = Path(folder) / "library", Path(folder) / "fresh"
        make_library(library)
        lasting = Builder(library)
        lasting.build()
        for names in rounds:
            for name in names:
                # An edit that does not apply, such as a release before the last, is left out.
                with suppress(OSError, AssertionError, KeyError, IndexError):
                    EDITS[name](library)
            shutil.copytree(library, fresh)
            (fresh / STATE).unlink(missing_ok=True)
            before = docs(library)
            expected = build(Builder(fresh))
            shutil.rmtree(fresh)
            assert build(lasting) == expected
            if isinstance(expected, str):
                assert docs(library) == before
            else:
                assert build(Builder(library)) == expected
