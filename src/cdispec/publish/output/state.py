"""What was built from what: documents whose inputs have not changed, and which stand as they were made, are not made
again.

The state is a help and never a truth: without it, or when it is damaged, everything is made, to the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cdispec.library.files import replace_file
from cdispec.library.sources import digest_of, tool_digest
from cdispec.publish.build import Task
from cdispec.publish.problems import Problem, RecipeError
from cdispec.publish.recipe import Recipe

_FORM = "cdispec build 1"
_PRINTERS = ("jinja2", "markdown-it-py", "markupsafe", "typst", "z3-solver")
_ENOUGH = 8
"""So many tasks that fail tell an author enough."""


@dataclass(frozen=True, slots=True)
class Made:
    """The documents of a task as they were made: the digest of all their inputs, and their own by path.

    `inputs` is "" where they were kept as they stood.
    """

    inputs: str
    documents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """What a build left: by name of the task what it made, and the digest of all that the library was made from."""

    tasks: Mapping[str, Made] = field(default_factory=dict)
    everything: str = ""
    policies: int = 0


@dataclass(frozen=True, slots=True)
class Printed:
    """The documents that had to be made, the paths of those that stand as they should, and what each was made from."""

    documents: dict[str, bytes]
    standing: frozenset[str]
    tasks: Mapping[str, Made]

    @property
    def paths(self) -> set[str]:
        """Every document of the library."""
        return {*self.documents, *self.standing}

    @property
    def kept(self) -> bool:
        """Whether documents were kept that could not be made as the last run showed them."""
        return any(not made.inputs for made in self.tasks.values())


def print_changed(
    tasks: Iterable[Task], recipe: Recipe, sources: Mapping[str, str], state: State, docs: Path
) -> Printed:
    """Make what has changed since a state. `sources` are the digests of states of policies, by their folders.

    Raises RecipeError with the problems of all templates.
    """
    documents: dict[str, bytes] = {}
    standing: set[str] = set()
    made: dict[str, Made] = {}
    failed: list[RecipeError] = []
    for task in tasks:
        inputs = _inputs(task, recipe, sources)
        former = state.tasks.get(task.name)
        if former is not None and inputs and former.inputs == inputs and stands(former, docs):
            standing |= former.documents.keys()
            made[task.name] = former
            continue
        if kept := kept_by(task, docs):
            standing |= kept
            made[task.name] = Made("", {path: digest_of((docs / path).read_bytes()) for path in task.keeps})
            continue
        try:
            new = task.make()
        except RecipeError as error:
            failed.append(error)
            if len(failed) == _ENOUGH:
                break
            continue
        documents |= new
        if inputs:
            made[task.name] = Made(inputs, {path: digest_of(content) for path, content in new.items()})
    if failed:
        problems: list[Problem] = [problem for error in failed for problem in error.problems]
        raise RecipeError(*problems)
    return Printed(documents, frozenset(standing), made)


def stands(made: Made, docs: Path) -> bool:
    """Whether documents stand in `docs/` as they were made."""
    try:
        return all(digest_of((docs / path).read_bytes()) == digest for path, digest in made.documents.items())
    except OSError:
        return False


def kept_by(task: Task, docs: Path) -> frozenset[str]:
    """The documents of a task that stay as they stand."""
    return frozenset(task.keeps) if all((docs / path).is_file() for path in task.keeps) else frozenset()


def everything(recipe: Recipe, sources: Mapping[str, str]) -> str:
    """The digest of all that the documents of a library can be made from."""
    return _digest_of([printer_digest(), recipe.digest, sorted(sources.items())])


def _inputs(task: Task, recipe: Recipe, sources: Mapping[str, str]) -> str:
    """The digest of what a task makes its documents from; "" where a source has none."""
    read = [sources.get(folder, "") for policy in task.policies for folder in (policy.folder, *policy.asked_folders)]
    more = [digest_of(each) for each in task.more]
    return _digest_of([printer_digest(), recipe.digest, task.name, read, more]) if all(read) else ""


@cache
def printer_digest() -> str:
    """The digest of this tool, and of what it prints with: another version may print otherwise."""
    return _digest_of([tool_digest(), [_version(name) for name in _PRINTERS], list(sys.version_info)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def read_state(file: Path) -> State:
    """What the last build left; nothing where that cannot be read. A digest that is damaged equals no other."""
    try:
        found = json.loads(file.read_bytes())
        tasks = {name: Made(made["inputs"], dict(made["documents"])) for name, made in found["tasks"].items()}
        return State(tasks, found["everything"], int(found["policies"])) if found["form"] == _FORM else State()
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return State()


def write_state(state: State, file: Path) -> None:
    """Remember a build. Where that cannot be written the next one makes more than it must, and nothing else is lost."""
    tasks = {name: {"inputs": made.inputs, "documents": dict(made.documents)} for name, made in state.tasks.items()}
    content = {"form": _FORM, "everything": state.everything, "policies": state.policies, "tasks": tasks}
    with suppress(OSError):
        replace_file(file, json.dumps(content, indent=1).encode())


def _digest_of(parts: Any) -> str:
    return digest_of(json.dumps(parts).encode())
