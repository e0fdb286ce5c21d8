"""The cases that a command is given: files, folders of files, or lines as they come."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cdispec.issues.cases import no_case
from cdispec.issues.files import unreadable_file
from cdispec.library.files import decode
from cdispec.model.case import Case
from cdispec.parse.case import CaseReader, States, read_cases, read_json_line
from cdispec.source import Issue, Place

STDIN = "-"
LINES = (".jsonl", ".ndjson")
SUFFIXES = (".yaml", ".yml", ".json", *LINES)


@dataclass(frozen=True, slots=True)
class Read:
    """A case as it was read, or None with its issues; `lines` are those of its text, which begins on line `first`.

    `id` is the own name of the case, "" where it has none or none can be read.
    """

    place: Place
    case: Case | None
    issues: list[Issue]
    lines: list[str]
    first: int = 1
    id: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text with cases: a name to show, the number of its first line, its bytes, and whether each line is a case."""

    name: str
    line: int
    data: bytes
    by_line: bool


def sources(name: str) -> Iterator[Source | Issue]:
    """What a name on the command line stands for: each file, or each line of standard input as it comes."""
    if name == STDIN:
        # Line by line as they come, so that a program can ask case by case.
        empty = True
        for number, line in enumerate(sys.stdin.buffer, 1):
            if line.strip():
                empty = False
                yield Source(STDIN, number, line, True)
        if empty:
            yield no_case(Place(STDIN))
        return
    path = Path(name)
    inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
    if not inside:
        yield no_case(Place(name))
    for file in inside:
        try:
            source = Source(str(file), 1, file.read_bytes(), file.suffix.lower() in LINES)
            yield source if source.data.strip() or not source.by_line else no_case(Place(str(file)))
        except OSError as error:
            yield unreadable_file(Place(str(file)), (error.strerror or "it cannot be opened").lower())


def read_source(source: Source, states: States, known_on: date | None = None) -> Iterator[Read]:
    """Every case of a source, as the state that decides it reads it; one published up to a day, if one is given."""
    if not source.by_line:
        yield from _read(source.name, source.data, source.line, read_cases, states, known_on)
        return
    for number, line in case_lines(source):
        yield from read_json(source.name, line, number, states, known_on)


def read_json(name: str, line: bytes, number: int, states: States, known_on: date | None = None) -> Iterator[Read]:
    """The case on a line of JSON."""
    yield from _read(name, line, number, read_json_line, states, known_on)


def case_lines(source: Source) -> Iterator[tuple[int, bytes]]:
    """The lines of a source that hold anything, with their numbers."""
    for number, line in enumerate(source.data.split(b"\n"), source.line):
        if line.strip():
            yield number, line


def _read(
    name: str, data: bytes, line: int, reader: CaseReader, states: States, known_on: date | None
) -> Iterator[Read]:
    text, issues = decode(data, name)
    if text is None:
        # The bytes were read as if they began the file.
        places = [issue.place._replace(line=issue.place.line + line - 1) for issue in issues]
        yield Read(places[0], None, [replace(issue, place=at) for issue, at in zip(issues, places, strict=True)], [])
        return
    lines = text.split("\n")
    for place, case, found, id in reader(text, name, states, line, known_on):
        yield Read(place, case, found, lines, line, id)
