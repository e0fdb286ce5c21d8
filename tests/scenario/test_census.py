"""The census of a run: scenarios in the source, collected, executed and reported are the same, or the run fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.libraries import FEATURES, HEAD, Ran, approved, library, run

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


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A run of a feature with two scenarios of one name, of which pytest-bdd drops the first."""
    return run(library(tmp_path_factory.mktemp("twins"), {f"{FEATURES}/twins.feature": TWINS}))


@pytest.fixture(scope="module")
def unbound(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A run of a library with a feature that no step module binds."""
    folder = library(tmp_path_factory.mktemp("unbound"), {f"{FEATURES}/three.feature": THREE})
    (folder / FEATURES / "more").mkdir()
    (folder / FEATURES / "more" / "left.feature").write_text(HEAD + approved("left"), "utf-8")
    bound = folder / "steps" / "test_scenarios.py"
    text = bound.read_text("utf-8")
    assert text.count("feature_paths(ROOT, state):") == 1
    bound.write_text(text.replace("feature_paths(ROOT, state):", "feature_paths(ROOT, state)[1:]:"), "utf-8")
    return run(folder)


def test_it_balances_in_one_process(alone: Ran) -> None:
    assert (alone.status, alone.census) == (
        0,
        "census of scenarios balances: source 3, collected 3, executed 3, reported 3",
    )


def test_it_balances_in_two_processes(shared: Ran) -> None:
    assert (shared.status, shared.census) == (
        0,
        "census of scenarios balances: source 3, collected 3, executed 3, reported 3",
    )


def test_two_processes_leave_the_record_that_one_leaves(alone: Ran, shared: Ran) -> None:
    assert shared.record == alone.record


def test_the_record_has_the_census(alone: Ran) -> None:
    counts = {"source": 3, "collected": 3, "left_out": 0, "executed": 3, "reported": 3, "balanced": True}
    assert alone.record["census"] == {**counts, "partial": False}


def test_it_counts_what_a_selection_leaves_out(folder: Path, alone: Ran) -> None:
    ran = run(folder, "-k", "holds_two")
    assert (ran.status, ran.census) == (
        0,
        "census of scenarios balances: source 3, collected 3, left out 2, executed 1, reported 1",
    )


def test_a_scenario_that_pytest_bdd_drops_fails_the_run(twins: Ran) -> None:
    assert twins.status == 1


def test_a_scenario_that_pytest_bdd_drops_is_named(twins: Ran) -> None:
    assert f"1 scenarios stand in a feature file but were not collected: {FEATURES}/twins.feature:4" in twins.output


def test_a_scenario_that_pytest_bdd_drops_is_missing_from_the_record(twins: Ran) -> None:
    assert twins.record["census"]["balanced"] is False


def test_a_feature_that_nothing_binds_fails_the_run(unbound: Ran) -> None:
    assert unbound.status == 1


def test_a_feature_that_nothing_binds_is_named(unbound: Ran) -> None:
    assert f"were not collected: {FEATURES}/more/left.feature:4" in unbound.output
