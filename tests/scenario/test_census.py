"""The census of a run: scenarios in the source, collected, executed and reported are the same, or the run fails."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.scenario.libraries import FEATURES, HEAD, Ran, approved, library, run
from tests.scenario.sample import FOLDER

THREE = HEAD + approved("one") + approved("two") + approved("three")
TWINS = HEAD + approved("one", "A twin") + approved("two", "A twin") + approved("three")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of three scenarios that hold."""
    return library(tmp_path_factory.mktemp("three"), {f"{FEATURES}/three.feature": THREE})


@pytest.fixture(scope="module")
def alone(folder: Path) -> Ran:
    """Its run by one process."""
    return run(folder)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A run that two processes share."""
    return run(library(tmp_path_factory.mktemp("shared"), {f"{FEATURES}/three.feature": THREE}), "-n", "2")


@pytest.fixture(scope="module", params=["twins", "unbound"])
def short(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The run of a library of which the scenario on line 4 is not collected: it shares its name with another, of which
    pytest-bdd drops the first, or no step module binds its feature."""
    feature = TWINS if request.param == "twins" else THREE
    folder = library(tmp_path_factory.mktemp(request.param), {f"{FEATURES}/three.feature": feature})
    if request.param == "unbound":
        (folder / FEATURES / "left.feature").write_text(HEAD + approved("left"), "utf-8")
        bound = folder / "steps" / "test_scenarios.py"
        text = bound.read_text("utf-8")
        assert text.count("scenarios(feature)") == 1
        bound.write_text(text.replace("scenarios(feature)", '"left" in feature or scenarios(feature)'), "utf-8")
    return run(folder)


@pytest.mark.parametrize("processes", ["alone", "shared"])
def test_it_balances(processes: str, request: pytest.FixtureRequest) -> None:
    ran = request.getfixturevalue(processes)
    assert (ran.status, ran.census) == (0, "all 3 scenarios ran")


def test_the_record_has_the_census(alone: Ran) -> None:
    counts = {"source": 3, "collected": 3, "left_out": 0, "executed": 3, "reported": 3, "balanced": True}
    assert alone.record["census"] == {**counts, "partial": False}


def test_it_counts_what_a_selection_leaves_out(folder: Path, alone: Ran) -> None:
    ran = run(folder, "-k", "holds_two")
    assert (ran.status, ran.census) == (0, "1 of 3 scenarios ran; 2 were left out")


def test_a_scenario_that_is_not_collected_fails_the_run(short: Ran) -> None:
    assert short.status == 1


def test_a_scenario_that_is_not_collected_is_named(short: Ran) -> None:
    told = re.search(r"1 scenarios stand in a feature file but were not collected: (\S+)", short.output)
    assert told is not None
    assert told[1] in (f"{FEATURES}/three.feature:4", f"{FEATURES}/left.feature:4")


def test_a_scenario_that_is_not_collected_is_missing_from_the_record(short: Ran) -> None:
    assert short.record["census"]["balanced"] is False


def test_features_that_cannot_be_read_keep_no_other_from_being_run(folder: Path, tmp_path: Path) -> None:
    made = shutil.copytree(folder, tmp_path / "library")
    for number, damage in enumerate([b"", b"Feature: \xff", b"Feature: One\n\n  Scenaro: Two\n"]):
        (made / FEATURES / f"{number}.feature").write_bytes(damage)
    (made / FEATURES / "link.feature").symlink_to("nowhere")
    assert run(made).census == "all 3 scenarios ran"


def test_a_policy_without_scenarios_is_named(folder: Path, tmp_path: Path) -> None:
    made = shutil.copytree(folder, tmp_path / "library")
    other = shutil.copytree(made / "policy" / FOLDER, made / "policy" / "00051-other") / "policy.md"
    other.write_text(other.read_text("utf-8").replace("00050", "00051"), "utf-8")
    ran = run(made)
    assert (ran.status, "no scenario tests the policy `00051`" in ran.output) == (0, True)
