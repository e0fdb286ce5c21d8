"""Small libraries written for a test, on the base that the examples of issues share."""

from __future__ import annotations

import shutil
from pathlib import Path

from cdispec.check import judge_cases, judge_policies, judge_scenarios
from cdispec.library import read_frozen, read_library, read_suite
from cdispec.source import Issue, sorted_issues
from tests.issues.examples import BASE, FEATURE, POLICY

FACTS = POLICY.replace("policy.md", "facts.yaml")


def text_of(path: str) -> str:
    """A file of the base."""
    return (BASE / path).read_text("utf-8")


def changed(path: str, old: str, new: str) -> str:
    """A file of the base with one passage changed."""
    assert text_of(path).count(old) == 1
    return text_of(path).replace(old, new)


def library(root: Path, files: dict[str, str | bytes]) -> Path:
    """The base with these files in it."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def checked(root: Path, files: dict[str, str | bytes]) -> list[Issue]:
    """What `cdispec check` finds in the base with these files in it."""
    return every_issue(library(root, files))


def every_issue(root: Path) -> list[Issue]:
    """What `cdispec check` finds in a library without asking the solver."""
    library = read_library(root)
    judged = judge_policies(library)
    return sorted_issues(judged.issues + judge_scenarios(judged, read_suite(library), read_frozen(library)))


def policy_issues(root: Path) -> list[Issue]:
    """What of that concerns policies and their revisions."""
    return judge_policies(read_library(root)).issues


def told(issues: list[Issue]) -> list[tuple[str, int, int]]:
    """Issues by code, line and column."""
    return [(issue.code, issue.place.line, issue.place.column) for issue in issues]


def of_feature(root: Path, text: str) -> list[Issue]:
    """What is found in the base when its feature says this."""
    return checked(root, {FEATURE: text})


def needless_in(root: Path, text: str) -> list[Issue]:
    """What the scenarios of the base state without need when its feature says this."""
    return needless_of(library(root, {FEATURE: text}))


def needless_of(root: Path) -> list[Issue]:
    """What the scenarios of a library state without need."""
    read = read_library(root)
    return sorted_issues(judge_cases(judge_policies(read), read_suite(read)))
