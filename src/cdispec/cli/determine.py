"""`cdispec determine`: cases decided, for people or as JSON lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import open_working, tell
from cdispec.determine.compiled import Compiled, compile_policy
from cdispec.determine.compiled.door import read_line
from cdispec.determine.contract import as_json
from cdispec.issues.cases import no_case
from cdispec.issues.files import unreadable_file
from cdispec.library import deciding, decode, working
from cdispec.model.case import Case
from cdispec.model.determination import Determination
from cdispec.model.facts import as_day
from cdispec.model.policy import Policy, in_effect
from cdispec.parse.case import Reader, States, read_cases, read_json_line
from cdispec.report.determination import determination_text
from cdispec.report.issues import issue_json, issues_text
from cdispec.report.terminal import style_for
from cdispec.source import Issue, Place

STDIN = "-"
LINES = (".jsonl", ".ndjson")
SUFFIXES = (".yaml", ".yml", ".json", *LINES)


@dataclass(frozen=True, slots=True)
class _Read:
    """A case as it was read, or None with its issues; `lines` are those of its text, which begins on line `first`."""

    place: Place
    case: Case | None
    issues: list[Issue]
    lines: list[str]
    first: int = 1


@dataclass(frozen=True, slots=True)
class _Source:
    """A text with cases: a name to show, the number of its first line, its bytes, and whether each line is a case."""

    name: str
    line: int
    data: bytes
    by_line: bool


def run(arguments: argparse.Namespace) -> int:
    """Decide every case of every source; 1 when any could not be decided for an issue."""
    library = open_working(arguments.library)
    if library is None:
        return USAGE
    states = (working if arguments.working else deciding)(library, partial(tell, root=library.root))
    decider = _Decider(states)
    write: Callable[[_Read], None] = decider.write_json if arguments.json else decider.print_text
    good = True
    for name in arguments.cases:
        for source in _sources(name):
            if isinstance(source, Issue):
                write(_Read(source.place, None, [source], []))
                good = False
                continue
            for read in decider.read(source, arguments.json):
                if isinstance(read, bytes):
                    sys.stdout.buffer.write(read + b"\n")
                else:
                    write(read)
                    good = good and read.case is not None
            if source.name == STDIN:
                sys.stdout.flush()
    return DONE if good else FAILED


def _sources(name: str) -> Iterator[_Source | Issue]:
    if name == STDIN:
        # Line by line as they come, so that a program can ask case by case.
        for number, line in enumerate(sys.stdin.buffer, 1):
            if line.strip():
                yield _Source(STDIN, number, line, True)
        return
    path = Path(name)
    inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
    if not inside:
        yield no_case(Place(name))
    for file in inside:
        try:
            yield _Source(str(file), 1, file.read_bytes(), file.suffix.lower() in LINES)
        except OSError as error:
            yield unreadable_file(Place(str(file)), (error.strerror or "it cannot be opened").lower())


class _Decider:
    """Reads cases, decides them by the state of their policy that was in effect, and tells what came of each.

    `states` are those of each policy that may decide, oldest first.
    """

    def __init__(self, states: States) -> None:
        self.states = states
        self._compiled: dict[tuple[str, str], Compiled] = {}
        self._chosen: dict[tuple[str, str], Compiled] = {}
        self._told = 0

    def chosen(self, number: str, day: str) -> Compiled | None:
        """The compiled form that decides on a day, made when its first case comes; None where there is none."""
        found = self._chosen.get((number, day))
        date = as_day(day) if found is None else None
        period = in_effect(self.states.get(number, ()), date) if date is not None else None
        state = period.read() if period is not None else None
        if state is not None and not state.retired:
            found = self._chosen[number, day] = self._compile(state)
        return found

    def _compile(self, state: Policy) -> Compiled:
        key = (state.number, state.revision)
        if key not in self._compiled:
            self._compiled[key] = compile_policy(state)
        return self._compiled[key]

    def decided(self, case: Case) -> tuple[Policy, Determination]:
        """The determination of a case that has no issues, and the state that made it."""
        compiled = self.chosen(case.policy, case.date.isoformat())
        assert compiled is not None
        return compiled.policy, compiled.determine(case)

    def read(self, source: _Source, as_json: bool) -> Iterator[_Read | bytes]:
        """Every case of a source; where JSON is wanted of a line of JSON, its answer at once if it has no issues."""
        if not source.by_line:
            yield from self._text(source.name, source.data, source.line, read_cases)
            return
        for number, line in enumerate(source.data.split(b"\n"), source.line):
            if line.strip():
                answer = self._answer(line) if as_json else None
                if answer is not None:
                    yield answer
                else:
                    yield from self._text(source.name, line, number, read_json_line)

    def _answer(self, line: bytes) -> bytes | None:
        """The answer to a line of JSON; None where it has an issue, which reading it with places will tell."""
        case = read_line(line)
        number, day = (case.get("policy"), case.get("date")) if isinstance(case, dict) else (None, None)
        if not isinstance(number, str) or not isinstance(day, str):
            return None
        compiled = self.chosen(number, day)
        return None if compiled is None else compiled.respond(case)

    def _text(self, name: str, data: bytes, line: int, reader: Reader) -> Iterator[_Read]:
        text, issues = decode(data, name)
        if text is None:
            moved = [_at_line(issue, line) for issue in issues]
            yield _Read(moved[0].place, None, moved, [])
            return
        lines = text.split("\n")
        for place, case, found in reader(text, name, self.states, line):
            yield _Read(place, case, found, lines, line)

    def print_text(self, read: _Read) -> None:
        """For people: the determination on standard output, issues on standard error."""
        if read.case is None:
            lines = [""] * (read.first - 1) + read.lines
            print(issues_text(read.issues, lambda _: lines, style_for(sys.stderr)), file=sys.stderr)
            return
        if self._told:
            print("\n" + "-" * 60 + "\n")
        self._told += 1
        state, found = self.decided(read.case)
        print(determination_text(found, read.case, state, style_for(sys.stdout)))

    def write_json(self, read: _Read) -> None:
        """For programs: the determination by the contract, or where the case stands and its issues."""
        answer: object
        if read.case is None:
            place = f"{read.place.path}:{read.place.line}"
            answer = {"case": place, "issues": [issue_json(issue) for issue in read.issues]}
        else:
            answer = as_json(self.decided(read.case)[1])
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")


def _at_line(issue: Issue, line: int) -> Issue:
    place = Place(issue.place.path, issue.place.line + line - 1, issue.place.column)
    return Issue(issue.code, issue.severity, place, issue.message, issue.hint)
