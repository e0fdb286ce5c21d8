"""What a library asks of itself: the table `[tool.cdispec]` of its `pyproject.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from cdispec.issues.files import unknown_key, unreadable_file, wrong_kind
from cdispec.library.files import read_text
from cdispec.source import Issue, Place

SETTINGS = "pyproject.toml"
ADEQUACY = "adequacy"


def read_threshold(root: Path) -> tuple[int, list[Issue]]:
    """How many percent of each policy its scenarios must test, 0 where nothing is asked, and what is wrong there."""
    if not (root / SETTINGS).is_file():
        return 0, []
    text, issues = read_text(root, SETTINGS)
    if text is None:
        return 0, issues
    try:
        table = tomllib.loads(text).get("tool", {}).get("cdispec", {})
    except (tomllib.TOMLDecodeError, AttributeError):
        return 0, [unreadable_file(Place(SETTINGS), "it is not well-formed TOML")]
    if not isinstance(table, dict):
        return 0, [wrong_kind(_place(text, "cdispec"), "a table", f"`{table}`")]
    unknown = [unknown_key(_place(text, key), key, [ADEQUACY]) for key in table if key != ADEQUACY]
    asked: Any = table.get(ADEQUACY, 0)
    if type(asked) is not int or not 0 <= asked <= 100:
        wrong = wrong_kind(_place(text, ADEQUACY), "a whole number of percent from 0 to 100", f"`{asked}`")
        return 0, [*unknown, wrong]
    return asked, unknown


def _place(text: str, key: str) -> Place:
    """The first line that names a key."""
    lines = text.split("\n")
    return Place(SETTINGS, next((number for number, line in enumerate(lines, 1) if line.lstrip().startswith(key)), 1))
