"""The record of a run: the same each time, never wiped by a part, and stale as soon as what it rests on changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cdispec
from cdispec.library import read_library, read_suite
from cdispec.library.record import Record, Result, read_record
from cdispec.library.sources import RECORD, TOOL, tool_digest
from tests.scenario.libraries import FEATURES, HEAD, approved, library, run, scenario
from tests.scenario.sample import FOLDER

ONE, TWO = f"{FEATURES}/one.feature", f"{FEATURES}/two.feature"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with two features, of which the first has two scenarios, run once."""
    features = {ONE: HEAD + approved("one") + approved("other"), TWO: HEAD + approved("two")}
    made = library(tmp_path_factory.mktemp("once"), features)
    run(made)
    return made


@pytest.fixture
def folder(once: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(once, tmp_path / "library")


def _states(folder: Path) -> dict[str, bool]:
    """Whether each result of the record is stale."""
    return {id: result.stale for id, [result] in read_record(folder).results.items()}


def _append(folder: Path, path: str, text: str) -> None:
    (folder / path).write_text((folder / path).read_text("utf-8") + text, "utf-8")


def _bytes(folder: Path) -> bytes:
    return (folder / RECORD).read_bytes()


def test_two_runs_leave_the_same_bytes(folder: Path) -> None:
    first = _bytes(folder)
    run(folder)
    assert _bytes(folder) == first


def test_two_processes_leave_the_bytes_that_one_leaves(folder: Path) -> None:
    first = _bytes(folder)
    run(folder, "-n", "2")
    assert _bytes(folder) == first


def test_it_names_the_files_that_scenarios_rest_on(folder: Path) -> None:
    (folder / "policy" / "facts.yaml").write_text("{}\n", "utf-8")
    (folder / "policy" / FOLDER / "revisions").mkdir()
    (folder / "policy" / FOLDER / "revisions" / "2025-06-01.md").write_text("", "utf-8")
    (folder / "policy" / FOLDER / "history.yaml").write_text("rows: []\n", "utf-8")
    run(folder)
    files = ["policy/facts.yaml", f"policy/{FOLDER}/policy.md", f"policy/{FOLDER}/facts.yaml", ONE, TWO]
    files += [path.relative_to(folder).as_posix() for path in (folder / "steps").glob("*.py")]
    assert list(json.loads(_bytes(folder))["sources"]) == [*sorted(files), TOOL]


def test_a_run_of_a_part_keeps_the_other_results(folder: Path) -> None:
    before = json.loads(_bytes(folder))["scenarios"]
    run(folder, "-k", "holds_one")
    assert json.loads(_bytes(folder))["scenarios"] == before


def test_a_run_of_a_part_says_that_it_was_one(folder: Path) -> None:
    run(folder, "-k", "holds_one")
    assert json.loads(_bytes(folder))["census"]["partial"] is True


def test_a_run_that_two_processes_share_is_held_to_be_a_part_as_well(folder: Path) -> None:
    run(folder, "-n", "2", "-k", "holds_one")
    assert sorted(_states(folder)) == ["one", "other", "two"]


def test_a_run_that_stops_early_keeps_what_it_did_not_reach(folder: Path) -> None:
    failing = scenario(
        "a", "Fails", "Given there is no pain", "When therapy is requested on 2025-06-01", "Then it is not addressed"
    )
    (folder / FEATURES / "a.feature").write_text(HEAD + failing, "utf-8")
    run(folder, "-x")
    assert sorted(_states(folder)) == ["a", "one", "other", "two"]


def test_a_run_of_a_part_drops_what_has_become_stale(folder: Path) -> None:
    _append(folder, TWO, "\n# A remark\n")
    run(folder, "-k", "holds_one")
    assert sorted(_states(folder)) == ["one", "other"]


def test_a_whole_run_forgets_a_scenario_that_is_gone(folder: Path) -> None:
    (folder / TWO).unlink()
    run(folder)
    assert sorted(_states(folder)) == ["one", "other"]


def test_nothing_is_stale_after_a_run(folder: Path) -> None:
    assert _states(folder) == {"one": False, "other": False, "two": False}


def test_an_edit_of_a_feature_makes_its_scenarios_stale(folder: Path) -> None:
    _append(folder, ONE, "\n# A remark\n")
    assert _states(folder) == {"one": True, "other": True, "two": False}


@pytest.mark.parametrize("name", ["policy.md", "facts.yaml"])
def test_an_edit_of_the_policy_makes_all_of_its_scenarios_stale(folder: Path, name: str) -> None:
    file = folder / "policy" / FOLDER / name
    file.write_text((file.read_text("utf-8") if file.exists() else "") + "\n", "utf-8")
    assert set(_states(folder).values()) == {True}


def test_new_shared_facts_make_scenarios_stale(folder: Path) -> None:
    (folder / "policy" / "facts.yaml").write_text("{}\n", "utf-8")
    assert set(_states(folder).values()) == {True}


def test_an_edit_of_another_policy_makes_nothing_stale(folder: Path) -> None:
    other = folder / "policy" / "00051-other"
    other.mkdir()
    (other / "policy.md").write_text("", "utf-8")
    assert set(_states(folder).values()) == {False}


def test_a_released_revision_makes_nothing_stale(folder: Path) -> None:
    (folder / "policy" / FOLDER / "revisions").mkdir()
    (folder / "policy" / FOLDER / "revisions" / "2025-06-01.md").write_text("", "utf-8")
    (folder / "policy" / FOLDER / "history.yaml").write_text("rows: []\n", "utf-8")
    assert set(_states(folder).values()) == {False}


@pytest.mark.parametrize("name", ["sentences.py", "more/new.py"])
def test_an_edit_of_what_the_sentences_mean_makes_all_scenarios_stale(folder: Path, name: str) -> None:
    file = folder / "steps" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text((file.read_text("utf-8") if file.exists() else "") + "\n", "utf-8")
    assert set(_states(folder).values()) == {True}


def test_another_version_of_the_tool_makes_all_scenarios_stale(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cdispec.library.sources.tool_digest", lambda: "another")
    assert set(_states(folder).values()) == {True}


def test_the_tool_is_the_same_where_a_wheel_carries_parts_of_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = shutil.copytree(Path(cdispec.__file__).parent, tmp_path / "cdispec")
    monkeypatch.setattr(cdispec, "__file__", str(package / "__init__.py"))
    before = tool_digest.__wrapped__()
    (package / "_library").mkdir()
    (package / "_library" / "session.py").write_text("", "utf-8")
    assert tool_digest.__wrapped__() == before
    (package / "new.py").write_text("", "utf-8")
    assert tool_digest.__wrapped__() != before


def test_an_edit_taken_back_makes_results_current_again(folder: Path) -> None:
    text = (folder / ONE).read_text("utf-8")
    _append(folder, ONE, "\n# A remark\n")
    (folder / ONE).write_text(text, "utf-8")
    assert set(_states(folder).values()) == {False}


def test_a_library_that_was_never_run_has_no_record(tmp_path: Path) -> None:
    assert read_record(tmp_path) == Record(missing="the scenarios have not been run")


def _damaged(folder: Path, text: bytes) -> str:
    (folder / RECORD).parent.mkdir(exist_ok=True)
    (folder / RECORD).write_bytes(text)
    return read_record(folder).missing


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[]", b"null", b"[" * 100_000, b'{"schema": {}}x'])
def test_what_is_no_record_is_damaged(tmp_path: Path, text: bytes) -> None:
    assert _damaged(tmp_path, text) == "the record of the run is damaged"


def test_a_record_of_another_version_is_not_read(tmp_path: Path) -> None:
    text = b'{"schema": "cdispec-record-1", "scenarios": []}'
    assert _damaged(tmp_path, text) == "the record of the run is of another version"


def test_a_record_that_is_a_folder_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / RECORD).mkdir(parents=True)
    assert read_record(tmp_path).missing.startswith("the record of the run cannot be read")


RESULT: dict[str, Any] = {
    "id": "one",
    "name": "One",
    "path": "features/00050-sample/one.feature",
    "line": 4,
    "policy": "00050",
    "interpretations": [],
    "cases": [{"line": 4, "case": {}, "determination": {"outcome": "", "clauses": []}}],
    "passed": True,
}
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda of: st.lists(of, max_size=2))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for one record after another."""
    return tmp_path_factory.mktemp("records")


@given(key=st.sampled_from(sorted(RESULT)), value=JSON)
def test_any_value_at_any_place_is_read_or_told(shared: Path, key: str, value: object) -> None:
    record = {"schema": "cdispec-record-3", "sources": {}, "scenarios": [{**RESULT, key: value}]}
    (shared / RECORD).parent.mkdir(exist_ok=True)
    (shared / RECORD).write_text(json.dumps(record), "utf-8")
    found = read_record(shared)
    assert found.missing == "the record of the run is damaged" or len(found.results) == 1


def test_a_damaged_record_does_not_hinder_a_run_of_a_part(folder: Path) -> None:
    (folder / RECORD).write_text("{", "utf-8")
    run(folder, "-k", "holds_one")
    assert sorted(_states(folder)) == ["one"]


def _by_name(folder: Path) -> dict[str, Result | None]:
    """What the record holds of each scenario, by its name."""
    record = read_record(folder)
    readings = read_suite(read_library(folder)).readings
    return {reading.story.scenario.name: record.of(reading.story.scenario) for reading in readings}


FAILING = scenario(
    "one", "Fails", "Given there is no pain", "When therapy is requested on 2025-06-01", "Then it is not addressed"
)


@pytest.mark.parametrize("path", [ONE, TWO])
def test_a_scenario_does_not_pass_by_another_with_its_id(folder: Path, path: str) -> None:
    _append(folder, path, FAILING)
    run(folder)
    found = {name: result.passed for name, result in _by_name(folder).items() if result}
    assert found["Fails"] is False
    assert found["Holds one"] is True


def test_a_scenario_that_was_not_run_has_no_result_by_another_with_its_id(folder: Path) -> None:
    (folder / FEATURES / "three.feature").write_text(HEAD + FAILING, "utf-8")
    assert _by_name(folder)["Fails"] is None


def test_a_run_of_a_part_keeps_each_result_of_a_repeated_id(folder: Path) -> None:
    _append(folder, TWO, FAILING)
    run(folder)
    run(folder, "-k", "holds_other")
    assert sorted(result.passed for result in read_record(folder).results["one"]) == [False, True]


def test_a_scenario_that_moved_is_stale_rather_than_unknown(folder: Path) -> None:
    file = folder / ONE
    file.write_text(file.read_text("utf-8").replace(HEAD, f"{HEAD}\n\n"), "utf-8")
    found = _by_name(folder)["Holds one"]
    assert found is not None
    assert found.stale
