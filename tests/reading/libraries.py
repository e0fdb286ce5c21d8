"""Small libraries written for a test, on the base that the examples of issues share."""

from __future__ import annotations

import shutil
from pathlib import Path

from cdispec.library import read_library, read_suite, sorted_issues
from cdispec.source import Issue
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
    read = read_library(library(root, files))
    return sorted_issues(read.issues + read_suite(read).issues)


def told(issues: list[Issue]) -> list[tuple[str, int, int]]:
    """Issues by code, line and column."""
    return [(issue.code, issue.place.line, issue.place.column) for issue in issues]


def of_feature(root: Path, text: str) -> list[Issue]:
    """What is found in the base when its feature says this."""
    return checked(root, {FEATURE: text})
