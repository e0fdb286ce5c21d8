"""The scenarios of released revisions go on testing these, so that nothing changes an old determination unnoticed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from cdispec.cli import main
from cdispec.library import read_library, read_suite
from cdispec.library.record import Result, read_record
from cdispec.library.revisions import SEAL
from cdispec.library.sources import digest_of
from tests.issues.examples import FEATURE
from tests.release.libraries import FIRST, FOLDER, POLICY, REVISIONS, SECOND, SUMMARY, edit, release, released
from tests.scenario.libraries import Ran, run, with_runner

NAME = Path(FEATURE).name
FROZEN = {day: f"{REVISIONS}/{day}/features/{NAME}" for day in (FIRST, SECOND)}
SATURATION = "the oxygen saturation at rest is {value} percent"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library released twice; its working state and its second revision say a sentence otherwise than the first."""
    made = released(tmp_path_factory.mktemp("frozen"), FIRST)
    edit(made / FOLDER / "facts.yaml", SATURATION, "at rest the saturation is {value} percent")
    edit(made / FEATURE, "the oxygen saturation at rest is 85 percent", "at rest the saturation is 85 percent")
    assert release(made, SECOND, *SUMMARY) == 0
    return with_runner(made)


@pytest.fixture
def root(once: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(once, tmp_path / "library")


@pytest.fixture(scope="module")
def alone(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The run of a copy by one process."""
    return run(shutil.copytree(once, tmp_path_factory.mktemp("alone") / "library"), "--junitxml=junit.xml")


@pytest.fixture(scope="module")
def failing(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The run of a copy in which the first revision expects what it does not determine, its digests in order."""
    made = shutil.copytree(once, tmp_path_factory.mktemp("failing") / "library")
    edit(made / FROZEN[FIRST], "it is medically necessary under I", "it is not medically necessary under II")
    reseal(made)
    return run(made)


def reseal(root: Path) -> None:
    """Write the digests of every revision anew, as one would who alters one deliberately."""
    follows = ""
    for folder in sorted((root / REVISIONS).iterdir()):
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SEAL)
        digests = [f"  {file.relative_to(folder).as_posix()}: {digest_of(file.read_bytes())}\n" for file in files]
        (folder / SEAL).write_text(f"effective: {folder.name}\n{follows}digests:\n{''.join(digests)}", "utf-8")
        follows = f"follows:\n  {folder.name}: {digest_of((folder / SEAL).read_bytes())}\n"


def checked(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[tuple[str, str]]]:
    """The status of `cdispec check`, and the path and code of each issue that it tells."""
    capsys.readouterr()
    status = main(["check", "--library", str(root)])
    told = re.findall(r"^(\S+?):\d+:\d+: (\S+) ", capsys.readouterr().out, re.MULTILINE)
    return status, told


def states(root: Path) -> dict[str, bool]:
    """Whether each result of the record is stale, by the path of its feature."""
    return {result.path: result.stale for found in read_record(root).results.values() for result in found}


def test_each_revision_is_tested_by_its_own_scenarios_in_its_own_words(alone: Ran) -> None:
    assert (alone.status, alone.census) == (0, "all 3 scenarios ran")


def test_the_record_says_which_state_decided(alone: Ran) -> None:
    found = [(one["path"], one["cases"][0]["determination"]["revision"]) for one in alone.record["scenarios"]]
    assert found == [(FEATURE, "working"), (FROZEN[FIRST], FIRST), (FROZEN[SECOND], SECOND)]


def test_two_processes_leave_the_record_that_one_leaves(alone: Ran, root: Path) -> None:
    shared = run(root, "-n", "2")
    assert (shared.census, shared.record) == (alone.census, alone.record)


def test_a_report_has_their_place_and_revision(alone: Ran) -> None:
    places = {case["file"]: int(case["line"]) for case in alone.junit}
    assert places == {FEATURE: 3, FROZEN[FIRST]: 3, FROZEN[SECOND]: 3}


def test_an_old_determination_that_has_changed_fails_the_run(failing: Ran) -> None:
    assert (failing.status, failing.census) == (1, "all 3 scenarios ran")


def test_it_is_told_with_its_revision_and_its_place(failing: Ran) -> None:
    assert (
        f"COPD with low saturation (revision {FIRST})\n"
        f"{FROZEN[FIRST]}:10: expected not medically necessary under II, but it is medically necessary under I"
    ) in failing.output


def test_the_working_state_and_the_other_revision_hold_all_the_same(failing: Ran) -> None:
    passed = {one["path"]: one["passed"] for one in failing.record["scenarios"]}
    assert passed == {FEATURE: True, FROZEN[FIRST]: False, FROZEN[SECOND]: True}


def test_a_scenario_of_the_working_state_is_judged_by_its_own_result(failing: Ran) -> None:
    found = _of_working_state(failing.folder)
    assert (found.passed, found.stale) == (True, False)


def test_a_scenario_that_moved_is_found_beside_those_of_revisions(root: Path) -> None:
    run(root)
    (root / FEATURE).write_text("\n\n" + (root / FEATURE).read_text("utf-8"), "utf-8")
    assert (_of_working_state(root).path, _of_working_state(root).stale) == (FEATURE, True)


def test_another_file_of_features_has_no_result_by_one_of_a_revision(root: Path) -> None:
    run(root, "-k", "test_copd_with_low_saturation_1")
    [reading] = read_suite(read_library(root)).readings
    assert read_record(root).of(reading.story.scenario) is None


def test_the_scenarios_of_an_altered_revision_fail(root: Path) -> None:
    edit(root / REVISIONS / FIRST / "policy.md", "at most: 88", "at most: 89")
    ran = run(root)
    assert ran.status == 1
    assert f"{FROZEN[FIRST]}:4:3: the revision of this scenario has errors; see `cdispec check`" in ran.output
    assert "altered-revision `policy.md` of the released revision 2025-06-01" in ran.output
    assert ran.census == "all 3 scenarios ran"


def test_an_altered_scenario_fails_the_run_though_it_would_hold(root: Path) -> None:
    edit(root / FROZEN[FIRST], "85 percent", "84 percent")
    ran = run(root)
    assert (ran.status, "altered-revision" in ran.output) == (1, True)


def test_scenarios_that_were_deleted_from_a_revision_fail_the_run(root: Path) -> None:
    (root / FROZEN[FIRST]).unlink()
    ran = run(root)
    assert (ran.status, "altered-revision" in ran.output) == (1, True)
    assert ran.census == "all 2 scenarios ran"


def test_scenarios_that_were_added_to_a_revision_fail_the_run(root: Path) -> None:
    added = (root / FROZEN[FIRST]).with_name("more.feature")
    shutil.copy(root / FROZEN[FIRST], added)
    ran = run(root)
    assert (ran.status, "altered-revision" in ran.output) == (1, True)


def test_revisions_that_nothing_binds_fail_the_run(root: Path) -> None:
    edit(root / "steps" / "test_scenarios.py", "scenarios(feature)", '"/revisions/" in feature or scenarios(feature)')
    ran = run(root)
    assert ran.status == 1
    assert f"2 scenarios stand in a feature file but were not collected: {FROZEN[FIRST]}:4, {FROZEN[SECOND]}:4" in (
        ran.output
    )


def test_a_revision_that_retires_the_policy_is_tested_like_others(root: Path) -> None:
    edit(root / POLICY, "status: draft", "status: retired")
    assert release(root, "2026-06-01", *SUMMARY) == 0
    ran = run(root)
    assert (ran.status, ran.census) == (0, "all 4 scenarios ran")


def test_a_revision_without_scenarios_is_in_order(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / FROZEN[FIRST]).unlink()
    reseal(root)
    assert checked(root, capsys) == (0, [])
    assert run(root).status == 0


def test_a_sentence_that_a_revision_no_longer_understands_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(root / FROZEN[FIRST], "the oxygen saturation at rest is 85 percent", "at rest the saturation is 85 percent")
    reseal(root)
    assert checked(root, capsys) == (1, [(FROZEN[FIRST], "unknown-sentence")])
    assert "unknown-sentence" in run(root).output


def test_gherkin_that_can_no_longer_be_read_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / FROZEN[FIRST]).write_text("Feature: One\n  Scenario Two\n", "utf-8")
    reseal(root)
    status, told = checked(root, capsys)
    assert (status, {path for path, _ in told}) == (1, {FROZEN[FIRST]})
    assert run(root).status == 1


def test_warnings_are_not_told_of_a_revision(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decided = "id: rest\nclause: indications\nquestion: At rest?\ndecision: Yes.\nreason: It says so.\n"
    document = root / REVISIONS / FIRST / "policy.md"
    text = document.read_text("utf-8") + f"\n~~~interpretation\n{decided}~~~\n"
    document.write_text(text, "utf-8")
    reseal(root)
    assert checked(root, capsys) == (0, [])
    (root / POLICY).write_text(text, "utf-8")
    assert ("interpretation-without-scenario") in [code for _, code in checked(root, capsys)[1]]


def test_a_release_does_not_run_the_scenarios_of_earlier_revisions(root: Path) -> None:
    edit(root / FROZEN[FIRST], "it is medically necessary under I", "it is not medically necessary under II")
    reseal(root)
    edit(root / POLICY, "at most: 88", "at most: 87")
    assert release(root, "2026-06-01", *SUMMARY) == 0


def test_their_results_rest_on_nothing_of_the_working_state(root: Path) -> None:
    run(root)
    for path in (POLICY, f"{FOLDER}/facts.yaml", "policy/facts.yaml", FEATURE):
        with (root / path).open("a", encoding="utf-8") as file:
            file.write("\n")
    assert states(root) == {FEATURE: True, FROZEN[FIRST]: False, FROZEN[SECOND]: False}


@pytest.mark.parametrize("path", ["policy.md", "facts.yaml", SEAL, f"features/{NAME}"])
def test_their_results_rest_on_all_that_was_frozen_with_them(path: str, root: Path) -> None:
    run(root)
    with (root / REVISIONS / FIRST / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert states(root) == {FEATURE: False, FROZEN[FIRST]: True, FROZEN[SECOND]: False}


def test_their_results_rest_on_what_the_sentences_mean(root: Path) -> None:
    run(root)
    with (root / "steps" / "sentences.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert set(states(root).values()) == {True}


def test_a_further_release_leaves_every_result_as_it_is(root: Path) -> None:
    run(root)
    edit(root / POLICY, "at most: 88", "at most: 87")
    run(root)
    before = (root / ".cdispec" / "record.json").read_bytes()
    assert release(root, "2026-06-01", *SUMMARY) == 0
    assert states(root) == dict.fromkeys((FEATURE, *FROZEN.values()), False)
    assert (root / ".cdispec" / "record.json").read_bytes() == before


def test_a_run_of_a_part_keeps_their_results(root: Path) -> None:
    run(root)
    before = _recorded(root)
    run(root, "-k", "test_copd_with_low_saturation_1")
    assert _recorded(root) == before


def _recorded(root: Path) -> Any:
    return json.loads((root / ".cdispec" / "record.json").read_bytes())["scenarios"]


def _of_working_state(root: Path) -> Result:
    [reading] = read_suite(read_library(root)).readings
    found = read_record(root).of(reading.story.scenario)
    assert found is not None
    return found
