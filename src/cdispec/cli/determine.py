"""`cdispec determine`: cases decided, for people or as JSON lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import open_library, tell
from cdispec.determine.compiled import Compiled, compile_policy
from cdispec.determine.contract import as_json
from cdispec.issues.cases import no_case, unusable_policy
from cdispec.issues.files import unreadable_file
from cdispec.library import Library, decode
from cdispec.model.case import Case
from cdispec.parse.case import read_cases
from cdispec.report.determination import determination_text
from cdispec.report.issues import issue_json, issues_text
from cdispec.report.terminal import style_for
from cdispec.source import Issue, Place, has_errors

STDIN = "-"


@dataclass(frozen=True, slots=True)
class _Source:
    """Where cases stand: a name to show, the bytes, and whether each line is a case of its own."""

    name: str
    data: bytes | None
    lines: bool
    issues: tuple[Issue, ...] = ()


def run(arguments: argparse.Namespace) -> int:
    """Decide every case of every source; 1 when any could not be decided for an issue."""
    library = open_library(arguments.library)
    if library is None:
        return USAGE
    answer = _Json(library) if arguments.json else _Text(library)
    if library.broken:
        tell([issue for issue in library.issues if has_errors([issue])], library.root)
    good = True
    for name in arguments.cases:
        for source in _sources(name):
            good = answer.source(source) and good
    return DONE if good else FAILED


def _sources(name: str) -> Iterator[_Source]:
    if name == STDIN:
        yield from _stdin()
        return
    path = Path(name)
    if path.is_dir():
        inside = sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".yml", ".json", ".jsonl"))
        if not inside:
            yield _Source(name, None, False, (no_case(Place(name)),))
        for file in inside:
            yield _file(file)
        return
    yield _file(path)


def _stdin() -> Iterator[_Source]:
    """Each line of standard input as it comes, so that a program can ask case by case."""
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            yield _Source(f"{STDIN}:{number}", line, True)


def _file(path: Path) -> _Source:
    try:
        return _Source(str(path), path.read_bytes(), path.suffix == ".jsonl")
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        return _Source(str(path), None, False, (unreadable_file(Place(str(path)), reason),))


class _Answers:
    """Reads and decides the cases of sources; what is told of each is for the two forms of output to say."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.policies = library.usable()
        self._compiled: dict[str, Compiled] = {}

    def compiled(self, number: str) -> Compiled:
        """The compiled form of a policy, made when its first case comes."""
        if number not in self._compiled:
            self._compiled[number] = compile_policy(self.policies[number])
        return self._compiled[number]

    def source(self, source: _Source) -> bool:
        """Decide every case of a source; whether all of them could be decided."""
        if source.data is None:
            self.failed(source.issues[0].place, list(source.issues), [])
            return False
        if not source.lines:
            return self._text(source.name, source.data, 1)
        good = True
        name, _, only = source.name.partition(":") if source.name.startswith(STDIN) else (source.name, "", "")
        for number, line in enumerate(source.data.splitlines(), int(only or 1)):
            if line.strip():
                good = self.line(name, line, number) and good
        return good

    def line(self, name: str, data: bytes, number: int) -> bool:
        """Decide the case on one line of JSON."""
        return self._text(name, data, number)

    def _text(self, name: str, data: bytes, line: int) -> bool:
        text, issues = decode(data, name)
        if text is None:
            moved = [_at_line(issue, line) for issue in issues]
            self.failed(moved[0].place, moved, [])
            return False
        good = True
        lines = [""] * (line - 1) + text.split("\n")
        for place, case, found in read_cases(text, name, self.policies, line):
            if case is None:
                self.failed(place, [self._explained(issue) for issue in found], lines)
                good = False
            else:
                self.decided(place, case)
        return good

    def _explained(self, issue: Issue) -> Issue:
        """A policy that is there but has errors is not an unknown one."""
        for number in self.library.broken:
            if issue.code == "unknown-policy" and f"`{number}`" in issue.message:
                return unusable_policy(issue.place, number)
        return issue

    def decided(self, place: Place, case: Case) -> None:
        """Tell the determination of a case."""
        raise NotImplementedError

    def failed(self, place: Place, issues: list[Issue], lines: list[str]) -> None:
        """Tell why a case could not be decided."""
        raise NotImplementedError


class _Text(_Answers):
    """Determinations for people on standard output, issues on standard error."""

    first = True

    def decided(self, place: Place, case: Case) -> None:
        """Print what a nurse can read."""
        if not self.first:
            print("\n" + "-" * 60 + "\n")
        self.first = False
        policy = self.policies[case.policy]
        found = self.compiled(case.policy).determine(case)
        print(determination_text(found, case, policy, style_for(sys.stdout)))

    def failed(self, place: Place, issues: list[Issue], lines: list[str]) -> None:
        """Print the issues at their lines."""
        print(issues_text(issues, lambda _: lines, style_for(sys.stderr)), file=sys.stderr)


class _Json(_Answers):
    """One JSON object a line for each case, in order; for a case with issues, an object that lists them."""

    def line(self, name: str, data: bytes, number: int) -> bool:
        """Answer a line by the compiled form; only a line that it cannot answer is read again for its issues."""
        try:
            case = orjson.loads(data)
            answer = self.compiled(case["policy"]).respond(case) if case["policy"] in self.policies else None
        except (orjson.JSONDecodeError, TypeError, KeyError):
            answer = None
        if answer is None:
            return super().line(name, data, number)
        sys.stdout.buffer.write(answer + b"\n")
        return True

    def decided(self, place: Place, case: Case) -> None:
        """Write the determination by the contract."""
        self._write(as_json(self.compiled(case.policy).determine(case)))

    def failed(self, place: Place, issues: list[Issue], lines: list[str]) -> None:
        """Write where the case stands and its issues."""
        self._write({"case": f"{place.path}:{place.line}", "issues": [issue_json(issue) for issue in issues]})

    def _write(self, answer: object) -> None:
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")


def _at_line(issue: Issue, line: int) -> Issue:
    place = Place(issue.place.path, issue.place.line + line - 1, issue.place.column)
    return Issue(issue.code, issue.severity, place, issue.message, issue.hint)
