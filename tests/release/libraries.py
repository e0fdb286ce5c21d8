"""A small library with one policy, and what releasing it leaves."""

from __future__ import annotations

from pathlib import Path

from cdispec.cli import main
from tests.issues.examples import POLICY, REVISIONS
from tests.reading.libraries import library

FOLDER = POLICY.removesuffix("/policy.md")
HISTORY = f"{FOLDER}/history.yaml"
FIRST, SECOND = "2025-06-01", "2026-01-15"
"""The original effective date of the policy, and a later day."""

PRINTS_NO_POLICY = "library: {}\n"
"""A recipe with which a release has nothing to try, so that it is fast."""

SUMMARY = ("--summary", "The saturation is measured at rest.")


def release(root: Path, day: str, *arguments: str) -> int:
    """Run `cdispec release` on the policy of a library, of which only words or only logic may have been changed."""
    return main(["release", "00042", "--effective", day, *arguments, "--reworded", "--as-is", "--library", str(root)])


def released(root: Path, *days: str) -> Path:
    """A library whose policy was released on these days, each time with another threshold: 88, 87, 86."""
    library(root, {})
    (root / "build").mkdir()
    (root / "build/recipe.yaml").write_text(PRINTS_NO_POLICY)
    for number, day in enumerate(days):
        if number:
            for words in ("at most: {}", "of {}% or less"):
                edit(root / POLICY, words.format(89 - number), words.format(88 - number))
        assert release(root, day, *(SUMMARY if number else ())) == 0
    return root


def reworded(root: Path) -> Path:
    """A library with words of its policy changed, so that there is something to release."""
    edit(root / POLICY, "text: Pulmonary fibrosis", "text: Fibrosis of the lung")
    return root


def edit(file: Path, old: str, new: str) -> None:
    """Change one passage of a file."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def tree(root: Path) -> dict[str, bytes | None]:
    """Everything below a folder: the bytes of each file, None for a folder."""
    paths = sorted(root.rglob("*"))
    return {path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None for path in paths}


__all__ = [
    "FIRST",
    "FOLDER",
    "HISTORY",
    "POLICY",
    "PRINTS_NO_POLICY",
    "REVISIONS",
    "SECOND",
    "SUMMARY",
    "edit",
    "release",
    "released",
    "reworded",
    "tree",
]
