"""A slip as the edit of a source that it is: at its place, the line as it is and as it would be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import assert_never

from cdispec.analysis.mutation.slip import Edit, Inserted, Misread, Removed, Rewritten, Slip
from cdispec.logic import Truth
from cdispec.source import LinesOf, Place

MOST = 40
"""So many lines below its place are searched for what an edit is about."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a source before and after an edit; "" where there is none. `words` say it where no line is edited."""

    place: Place
    old: str
    new: str
    words: str = ""

    @property
    def told(self) -> str:
        """The edit in a sentence."""
        old, new = self.old.strip(), self.new.strip()
        if self.words:
            return f"that {self.words}"
        if old and new:
            return f"`{old}` where it becomes `{new}`"
        return f"that `{old}` is left out" if old else f"that `{new}` is added"


def in_source(slip: Slip, lines_of: LinesOf) -> tuple[Line, ...]:
    """The edits of a slip in the source."""
    return tuple(_in_source(edit, lines_of) for edit in slip.edits)


def _in_source(edit: Edit, lines_of: LinesOf) -> Line:
    lines = lines_of(edit.place.path)
    match edit:
        case Rewritten(place, old, new):
            return _rewritten(place, old, new, lines)
        case Removed(place, what):
            found = _found(place, what, lines)
            number, line = found if found else (place.line, _line(place, lines))
            return Line(place._replace(line=number), line, "")
        case Inserted(place, new):
            return _inserted(place, new, _line(place, lines))
        case Misread(place, criterion, read_as, silent):
            return Line(place, "", "", _misread(criterion, read_as, silent))
        case _:
            assert_never(edit)


def _misread(criterion: str, read_as: Truth, silent: bool) -> str:
    what = "silence of a complete record" if silent else "what is not known"
    match read_as:
        case Truth.UNKNOWN:
            return f"that there is none of what `{criterion}` asks is read as not known"
        case Truth.TRUE:
            return f"{what} about `{criterion}` is read as yes"
        case Truth.FALSE:
            return f"{what} about `{criterion}` is read as no"


def _rewritten(place: Place, old: str, new: str, lines: list[str]) -> Line:
    found = _found(place, old, lines)
    if found is None:
        return Line(place, old, new)
    number, line = found
    at = _pattern(old).search(line)
    assert at is not None
    return Line(place._replace(line=number), line, line[: at.start()] + new + line[at.end() :])


def _inserted(place: Place, new: str, line: str) -> Line:
    before = line[: place.column - 1]
    if before.endswith("{") and not new.startswith("- "):
        return Line(place, line, f"{before}{new}, {line[place.column - 1 :]}")
    indent = len(before) if not new.startswith("- ") else len(before.removesuffix("{").removesuffix("- "))
    return Line(place, "", " " * indent + new)


def _found(place: Place, text: str, lines: list[str]) -> tuple[int, str] | None:
    """The first line from a place on that has a text, however its spaces are written."""
    pattern = _pattern(text)
    for number, line in enumerate(lines[place.line - 1 : place.line - 1 + MOST], place.line):
        if pattern.search(line, place.column - 1 if number == place.line else 0):
            return number, line
    return None


def _pattern(text: str) -> re.Pattern[str]:
    """A text that ends where a word ends: `at least: 6` is not in `at least: 65`."""
    return re.compile(r"\s+".join(map(re.escape, text.split())) + r"(?![\w-])")


def _line(place: Place, lines: list[str]) -> str:
    return lines[place.line - 1] if place.line <= len(lines) else ""
