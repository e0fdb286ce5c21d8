"""Running scenarios: cdispec beside plain pytest-bdd, behave and plain pytest, in CPU seconds of whole processes.

Each contender runs the same number of scenarios of four sentences (or, plain pytest, as many tests) on CDI 00036. One
line has the same cases in data tables of 1,000 rows.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SLUG = "00036-medical-massage-therapy"
CONDITIONS = ("back pain", "cancer pain", "fibromyalgia", "headaches")

PYTEST_INI = "[pytest]\npythonpath = .\naddopts = --import-mode=importlib -q -p no:cacheprovider\n"

PLAIN_BINDING = """\
, parsers, scenarios
import pytest

scenarios('features')

@pytest.fixture
def case():
    return {}
"""

PLAIN_STEPS = """\
from {framework} import {given}, {when}, {then}{extra}

@{given}({expects})
def expects({context}):
    {store}["expects"] = True

@{given}({diagnosed})
def diagnosed({context}, condition):
    {store}["condition"] = condition

@{when}({requested})
def requested({context}, day):
    case = {store}
    case["outcome"] = "medically necessary" if case["expects"] and case["condition"] in {conditions} else "other"

@{then}({decided})
def decided({context}, clause):
    assert {store}["outcome"] == "medically necessary"
"""


def scenario(number: int) -> str:
    """One scenario of four sentences."""
    return (
        f"  @s-{number}\n  Scenario: case number {number}\n"
        "    Given there is a reasonable expectation of benefit from medical massage therapy\n"
        f"    And the established diagnoses are {CONDITIONS[number % 4]}\n"
        "    When medical massage therapy is requested on 2025-07-01\n"
        "    Then it is medically necessary under II.a.i\n"
    )


def features(folder: Path, count: int) -> None:
    """Features of 1,000 scenarios each."""
    folder.mkdir(parents=True)
    for start in range(0, count, 1000):
        text = "".join(map(scenario, range(start, min(start + 1000, count))))
        (folder / f"part{start}.feature").write_text(f"Feature: part {start}\n{text}", "utf-8")


def cdispec_library(folder: Path, count: int) -> list[str]:
    """A library with the policy and that many scenarios."""
    _library(folder)
    features(folder / "features" / SLUG, count)
    return [sys.executable, "-m", "pytest", "steps"]


def cdispec_tables(folder: Path, count: int) -> list[str]:
    """The same cases as rows of data tables."""
    _library(folder)
    target = folder / "features" / SLUG
    target.mkdir(parents=True)
    for start in range(0, count, 1000):
        rows = "".join(
            f"      | initial | 2025-07-01 | yes | {CONDITIONS[n % 4]} | {n % 100} | medically necessary | II.a.i |\n"
            for n in range(start, min(start + 1000, count))
        )
        (target / f"part{start}.feature").write_text(
            f"Feature: part {start}\n  @t-{start}\n  Scenario: grid\n"
            "    Then each of these cases is determined as stated\n"
            "      | request | date | expectation of benefit | diagnosis | age | outcome | clause |\n" + rows,
            "utf-8",
        )
    return [sys.executable, "-m", "pytest", "steps"]


def _library(folder: Path) -> None:
    # Without its revisions, whose scenarios would be run as well.
    shutil.copytree(ROOT / "policy", folder / "policy", ignore=shutil.ignore_patterns("revisions"))
    shutil.copytree(ROOT / "steps", folder / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pytest.ini").write_text(PYTEST_INI, "utf-8")


def plain_pytest_bdd(folder: Path, count: int) -> list[str]:
    """pytest-bdd with four step definitions written by hand."""
    features(folder / "features", count)
    steps = PLAIN_STEPS.format(
        framework="pytest_bdd",
        given="given",
        when="when",
        then="then",
        extra=PLAIN_BINDING,
        context="case",
        store="case",
        conditions=CONDITIONS,
        expects="'there is a reasonable expectation of benefit from medical massage therapy'",
        diagnosed="parsers.parse('the established diagnoses are {condition}')",
        requested="parsers.parse('medical massage therapy is requested on {day}')",
        decided="parsers.parse('it is medically necessary under {clause}')",
    )
    (folder / "test_plain.py").write_text(steps, "utf-8")
    (folder / "pytest.ini").write_text(PYTEST_INI, "utf-8")
    return [sys.executable, "-m", "pytest", "test_plain.py"]


def behave(folder: Path, count: int) -> list[str]:
    """behave with the same step definitions."""
    features(folder / "features", count)
    steps = PLAIN_STEPS.format(
        framework="behave",
        given="given",
        when="when",
        then="then",
        extra="",
        context="context",
        store="context.case",
        conditions=CONDITIONS,
        expects="'there is a reasonable expectation of benefit from medical massage therapy'",
        diagnosed="'the established diagnoses are {condition}'",
        requested="'medical massage therapy is requested on {day}'",
        decided="'it is medically necessary under {clause}'",
    )
    (folder / "features" / "steps").mkdir()
    (folder / "features" / "steps" / "steps.py").write_text(steps, "utf-8")
    hooks = "def before_scenario(context, scenario):\n    context.case = {}\n"
    (folder / "features" / "environment.py").write_text(hooks, "utf-8")
    return [sys.executable, "-m", "behave", "--format", "progress", "--no-capture"]


def plain_pytest(folder: Path, count: int) -> list[str]:
    """As many tests that assert one thing."""
    tests = "".join(f"def test_{n}():\n    assert {n} == {n}\n\n" for n in range(count))
    (folder / "test_plain.py").write_text(tests, "utf-8")
    (folder / "pytest.ini").write_text(PYTEST_INI, "utf-8")
    return [sys.executable, "-m", "pytest", "test_plain.py"]


CONTENDERS: tuple[tuple[str, Callable[[Path, int], list[str]]], ...] = (
    ("cdispec, scenarios", cdispec_library),
    ("cdispec, rows of data tables", cdispec_tables),
    ("pytest-bdd, four definitions", plain_pytest_bdd),
    ("behave, four definitions", behave),
    ("plain pytest, as many tests", plain_pytest),
)


def cpu_seconds(command: list[str], folder: Path) -> float:
    """The CPU seconds of a process and its children; it must succeed."""
    before = os.times()
    # The plug-in of hypothesis imports all of it at the end of a run; a library of policies does not have it.
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "pytest_bdd.plugin"}
    pid = os.posix_spawn(
        "/usr/bin/env",
        ["env", "-C", str(folder), *command],
        environment,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed in {folder}")
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main(counts: tuple[int, ...] = (1000, 10000)) -> None:
    """Print CPU seconds and the ratio to cdispec's scenarios."""
    for count in counts:
        print(f"\n{count:,} scenarios{'':<24} CPU s    wall s   x cdispec")
        base = 0.0
        for name, prepare in CONTENDERS:
            with tempfile.TemporaryDirectory() as made:
                command = prepare(Path(made), count)
                started = time.perf_counter()
                spent = cpu_seconds(command, Path(made))
                wall = time.perf_counter() - started
            base = base or spent
            print(f"  {name:<34}{spent:8.2f}{wall:10.2f}{spent / base:11.2f}")


if __name__ == "__main__":
    main()
