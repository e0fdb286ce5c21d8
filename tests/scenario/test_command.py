"""`cdispec test` believes what the run itself says of its end, and no status of pytest."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenario.libraries import FEATURES, HEAD, approved, command, library, scenario

FAILS = scenario("one", "Fails", "Given there is no pain", "When therapy is requested on 2025-06-01", "Then it is late")
NOT_RUN = "pytest ended without a run of the scenarios"
LEFT_OUT = "some scenarios were left out"

FORMER = """\
import pytest
from steps.run import Run
from steps.sentences import *
from steps.session import ScenarioSession

PLUGIN = "cdispec-scenarios"

def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(ScenarioSession(config), PLUGIN)

@pytest.fixture
def run(request: pytest.FixtureRequest) -> Run:
    session = request.config.pluginmanager.get_plugin(PLUGIN)
    assert isinstance(session, ScenarioSession)
    return session.runs[request.node.nodeid]
"""
"""The conftest.py of a library that was made before the runner came with cdispec."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of two scenarios that hold."""
    return library(tmp_path / "library", {f"{FEATURES}/two.feature": HEAD + approved("one") + approved("two")})


def options(folder: Path, text: str) -> None:
    """Give pytest more options by the library's pyproject.toml."""
    file = folder / "pyproject.toml"
    file.write_text(file.read_text("utf-8").replace("addopts = [", f"addopts = [{text}, "), "utf-8")


def hook(folder: Path, text: str) -> None:
    """Give pytest a hook by the library's conftest.py."""
    with (folder / "steps" / "conftest.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\n{text}\n")


def emptied(folder: Path) -> None:
    """Put a test that does nothing in the place of the scenarios."""
    shutil.rmtree(folder / "steps")
    (folder / "steps").mkdir()
    (folder / "steps" / "test_nothing.py").write_text("def test_nothing(): ...\n", "utf-8")


def failing(folder: Path) -> None:
    """Add a scenario that fails to a library whose pytest never fails."""
    (folder / FEATURES / "fails.feature").write_text(HEAD + FAILS, "utf-8")
    hook(folder, "@pytest.hookimpl(wrapper=True)\ndef pytest_cmdline_main():\n    yield\n    return 0")
    hook(folder, "def pytest_unconfigure():\n    import os\n    os._exit(0)")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda folder: options(folder, '"--co"'), NOT_RUN),
        (lambda folder: options(folder, '"-k", "one"'), LEFT_OUT),
        (lambda folder: hook(folder, "def pytest_collection_finish():\n    import os\n    os._exit(0)"), NOT_RUN),
        (lambda folder: hook(folder, "def pytest_pyfunc_call():\n    return True"), "but not executed"),
        (emptied, NOT_RUN),
        (failing, "all 3 scenarios ran"),
    ],
    ids=["listed only", "a part", "ended", "not played", "emptied", "status 0"],
)
def test_what_was_not_run_and_passed_is_not_green(folder: Path, change: Callable[[Path], None], told: str) -> None:
    change(folder)
    ran = command(folder, "-q")
    assert ran.status == 1
    assert told in ran.output


def test_a_part_that_the_environment_asks_for_is_not_green(folder: Path) -> None:
    ran = command(folder, PYTEST_ADDOPTS="-k one")
    assert (ran.status, LEFT_OUT in ran.output) == (1, True)


def test_a_part_that_was_asked_for_is_said_to_be_one(folder: Path) -> None:
    ran = command(folder, "-k", "one")
    assert (ran.status, "only the part of the scenarios that was asked for was run" in ran.output) == (0, True)


def test_a_copy_of_the_runner_in_a_library_gives_way_to_the_one_that_is_installed(folder: Path) -> None:
    (folder / "steps" / "conftest.py").write_text(FORMER, "utf-8")
    for name in ("record", "run", "session"):
        (folder / "steps" / f"{name}.py").write_text("from cdispec import what_is_no_longer_there\n", "utf-8")
    sentences = folder / "steps" / "sentences.py"
    sentences.write_text(sentences.read_text("utf-8").replace("cdispec.runner.run", "steps.run"), "utf-8")
    ran = command(folder)
    assert ran.status == 0
    assert ran.census == "all 2 scenarios ran"
