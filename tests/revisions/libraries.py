"""The library of a policy with three revisions, and copies of it that a test may change.

The first revision is the original. The second moves two thresholds, adds an item to a list and a code; its row was
corrected, and a review noted after it. The third adds an exclusion and a section, which renumbers those after it, mends
wording, changes a definition and asks a fact in other words. The working state holds one edit that is not released.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from cdispec.cli import main
from cdispec.library import read_library
from cdispec.library.release import Wish, write_release
from cdispec.library.release import prepared as release_of

LIBRARY = Path(__file__).parent / "library"
SLUG = "00214-continuous-glucose-monitor"
NUMBER = "00214"
FOLDER = f"policy/{SLUG}"
REVISIONS = f"{FOLDER}/revisions"
FIRST, SECOND, THIRD = "2025-03-01", "2025-09-01", "2026-03-01"
NEXT = "2026-06-01"
"""A day on which the working state could be released."""

ISSUES = ["date-without-latest", "words-list"]
"""What is found in the library, which was published before a date could be said not to lie ahead, and before the words
of a list were compared with its logic: it leaves one open that they close.

To correct either in the working state would be a change beside the one that the tests are of.
"""

PATIENCE = ("--limit", "600")
"""Options of a proof: which case is shown as the smallest must not depend on how busy the machine is."""


def copied(root: Path) -> Path:
    """A copy of the library."""
    return shutil.copytree(LIBRARY, root, dirs_exist_ok=True)


def without_news(root: Path) -> Path:
    """A copy whose working state is the third revision."""
    copied(root)
    frozen = root / REVISIONS / THIRD
    for name in ("policy.md", "facts.yaml"):
        shutil.copy(frozen / name, root / FOLDER / name)
    shutil.copytree(frozen / "features", root / "features" / SLUG, dirs_exist_ok=True)
    return root


def reworded(root: Path) -> Path:
    """A copy of which only words were changed since the third revision."""
    edit(without_news(root) / FOLDER / "policy.md", "every few minutes", "every five minutes")
    return root


def unpublished(root: Path) -> Path:
    """A copy of which nothing was ever released."""
    copied(root)
    shutil.rmtree(root / REVISIONS)
    (root / FOLDER / "history.yaml").unlink()
    return root


def altered(root: Path) -> Path:
    """A copy with a threshold of its second revision edited."""
    edit(copied(root) / REVISIONS / SECOND / "policy.md", "at least: 60", "at least: 65")
    return root


def claiming(root: Path, summary: str) -> Path:
    """A copy that was released with a summary which nobody held against what the revision does."""
    read = read_library(copied(root))
    wish = Wish(date.fromisoformat(NEXT), (summary,))
    prepared = release_of(root, read.policies[NUMBER], read.revisions[NUMBER], wish)
    assert prepared is not None
    write_release(root, prepared)
    return root


def edit(file: Path, old: str, new: str) -> None:
    """Change one passage of a file."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def release(root: Path, *arguments: str, day: str = NEXT) -> int:
    """Run `cdispec release` on the policy of a copy."""
    return main(["release", NUMBER, "--effective", day, *arguments, "--as-is", "--library", str(root)])


def codes(printed: str) -> list[str]:
    """The codes of the issues that `cdispec check` has printed."""
    return re.findall(r"^\S+:\d+:\d+: (\S+) ", printed, re.MULTILINE)
