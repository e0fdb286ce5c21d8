"""Places in a library's files, and the issues found there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Place(NamedTuple):
    """A point in a file: path relative to the library, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


LinesOf = Callable[[str], list[str]]
"""The lines of a file by its path, to show beside what is said of it; none where it cannot be read."""


class Severity(StrEnum):
    """How grave an issue is: an error fails the command that found it, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Fix(NamedTuple):
    """What is to be written in place of what stands in a file; `certain` where nothing else can be meant."""

    line: int
    column: int
    old: str
    new: str
    certain: bool = True

    def corrected(self, lines: Sequence[str]) -> list[str] | None:
        """The lines from that of the fix on to its end as they should be; None where the file says otherwise by now."""
        count = self.old.count("\n") + 1
        text = "\n".join(lines[self.line - 1 : self.line - 1 + count])
        if not text.startswith(self.old, self.column - 1):
            return None
        end = self.column - 1 + len(self.old)
        return (text[: self.column - 1] + self.new + text[end:]).split("\n")


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem in a file, told to its author: what is wrong, where, what to do, and what to write instead."""

    code: str
    severity: Severity
    place: Place
    message: str
    hint: str
    fix: Fix | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}"


def errors_of(issues: list[Issue]) -> list[Issue]:
    """Those of the issues that are errors."""
    return [issue for issue in issues if issue.severity is Severity.ERROR]


def has_errors(issues: list[Issue]) -> bool:
    """Whether any issue is an error, so that a command must fail."""
    return any(issue.severity is Severity.ERROR for issue in issues)


def sorted_issues(issues: list[Issue]) -> list[Issue]:
    """Issues in the order of files and lines, each once, errors before warnings at one place."""
    return sorted(
        dict.fromkeys(issues), key=lambda issue: (issue.place, issue.severity is not Severity.ERROR, issue.code)
    )


class Refused(Exception):  # noqa: N818 - what was asked for is at fault, not the program
    """What was asked for cannot be done: the issues of a library that hinder it, or a message with what to do.

    `usage` says that the question itself was wrong, whatever is in the library.
    """

    def __init__(
        self, message: str = "", hint: str = "", root: Path = Path(), issues: Sequence[Issue] = (), usage: bool = False
    ) -> None:
        self.message, self.hint, self.root, self.issues, self.usage = message, hint, root, list(issues), usage
        asked = [message + (f" ({hint})" if hint else "")] if message else []
        super().__init__("\n".join([*asked, *map(str, issues)]))
