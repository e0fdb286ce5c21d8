"""Small libraries in a folder of their own, and runs of their scenarios in a process of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.scenario.sample import FACTS, FOLDER, POLICY

PROJECT = Path(__file__).parents[2]
FEATURES = f"features/{FOLDER}"

HEAD = "Feature: A feature\n\n"

NO_OTHER_PLUGINS = "-p no:hypothesispytest -p no:anyio"
"""Options for `PYTEST_ADDOPTS`: plugins of other packages, which take longer to load than scenarios take to run."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of a library's scenarios left behind."""

    folder: Path
    status: int
    output: str

    @property
    def record(self) -> dict[str, Any]:
        """The record of the run."""
        found: dict[str, Any] = json.loads((self.folder / ".cdispec" / "record.json").read_text("utf-8"))
        return found

    @property
    def census(self) -> str:
        """The line of output with the counts."""
        return next(line for line in self.output.split("\n") if re.search(r"scenarios? ran\b", line))

    @property
    def junit(self) -> list[dict[str, str]]:
        """The attributes of each test case in the JUnit report."""
        return [dict(case.attrib) for case in ElementTree.parse(self.folder / "junit.xml").iter("testcase")]


def with_runner(folder: Path) -> Path:
    """A library that pytest can run, as `cdispec new` makes it."""
    shutil.copytree(PROJECT / "steps", folder / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "src" / "cdispec" / "starter" / "pyproject.toml", folder / "pyproject.toml")
    return folder


def library(folder: Path, features: dict[str, str]) -> Path:
    """A library of the sample policy with these features, by their paths."""
    files = {f"policy/{FOLDER}/policy.md": POLICY, f"policy/{FOLDER}/facts.yaml": FACTS, **features}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return with_runner(folder)


def run(folder: Path, *options: str) -> Ran:
    """Run the scenarios of a library with `python -m pytest steps`."""
    return _ran(folder, "pytest", "steps", "-p", "no:cacheprovider", *options)


def command(folder: Path, *options: str, **environment: str) -> Ran:
    """Run the scenarios of a library with `cdispec test`."""
    return _ran(folder, "cdispec", "test", *options, **environment)


def _ran(folder: Path, *arguments: str, **environment: str) -> Ran:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
    paths = os.pathsep.join([str(PROJECT / "src"), str(folder)])
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={
            **kept,
            "PYTHONPATH": paths,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_ADDOPTS": NO_OTHER_PLUGINS,
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Ran(folder, done.returncode, done.stdout + done.stderr)


def scenario(id: str, name: str, *sentences: str) -> str:
    """A scenario of these sentences, below three lines that are its tag, its heading and nothing."""
    lines = [f"  @{id}", f"  Scenario: {name}", *(f"    {sentence}" for sentence in sentences), ""]
    return "\n".join(lines) + "\n"


def approved(id: str, name: str = "") -> str:
    """A scenario that holds."""
    return scenario(
        id,
        name or f"Holds {id}",
        "Given there is pain",
        "And the pain is lasting",
        "And the trial ended on 2024-06-01",
        "And the Veteran is 40 years old",
        "When therapy is requested on 2025-06-01",
        "Then it is medically necessary under I.a",
    )
