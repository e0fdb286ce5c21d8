"""Where words stand in the files of a library, though YAML has folded their lines and Markdown has marked them."""

from __future__ import annotations

import re
from pathlib import Path

from cdispec.library import source_lines
from cdispec.source import Place

_OTHER = re.compile(r"[\W_]+")


class WordPlaces:
    """Finds words in the files of a library by their letters and digits; each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines: dict[str, list[str]] = {}
        self._letters: dict[str, list[str]] = {}

    def of(self, start: Place, words: str, at: int = 0, quote: str = "") -> Place:
        """Where a quotation, at this point of some words that stand from a place on, is written; or else that place."""
        if start.path not in self._lines:
            self._lines[start.path] = source_lines(self._root, start.path)
            self._letters[start.path] = [_OTHER.sub("", line) for line in self._lines[start.path]]
        # Words in which a reference was replaced by its label are not written so; what is quoted of them may be.
        return (
            self._find(start, _OTHER.sub("", words), len(_OTHER.sub("", words[:at])))
            or self._find(start, _OTHER.sub("", quote), 0)
            or start
        )

    def _find(self, start: Place, letters: str, skipped: int) -> Place | None:
        """Where the letter so many after the first of some stands, where these follow each other from a place on."""
        lines = self._lines[start.path]
        if not letters or start.line > len(lines):
            return None
        rest = [_OTHER.sub("", lines[start.line - 1][start.column - 1 :]), *self._letters[start.path][start.line :]]
        found = "".join(rest).find(letters)
        if found < 0:
            return None
        found += skipped
        for number, line in enumerate(rest, start.line):
            if found < len(line):
                margin = start.column - 1 if number == start.line else 0
                signs = [n for n, sign in enumerate(lines[number - 1]) if n >= margin and not _OTHER.match(sign)]
                return Place(start.path, number, signs[found] + 1)
            found -= len(line)
        return None
