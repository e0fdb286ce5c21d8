"""`cdispec diff --cases` and `--record`: which of real cases are decided otherwise by another state of a policy."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cdispec.analysis.transitions import Transitions
from cdispec.cli.cases import Read, Source, lines_of, read_json, read_text, sources
from cdispec.cli.commands import DONE, FAILED
from cdispec.cli.common import say
from cdispec.cli.states import in_words
from cdispec.determine.compiled import compile_policy
from cdispec.determine.compiled.door import read_line
from cdispec.library.record import read_record
from cdispec.model.policy import Period, Policy
from cdispec.parse.case import States
from cdispec.report.issues import issues_text
from cdispec.report.terminal import style_for
from cdispec.report.transitions import transitions_json, transitions_text
from cdispec.source import Issue


def tell_transitions(root: Path, before: Policy, after: Policy, arguments: argparse.Namespace) -> int:
    """Decide every case by both states; 1 when any could not be read. Cases of other policies are only counted."""
    cases = _Cases(before, after)
    for name in arguments.cases:
        for source in sources(name):
            cases.add_source(source)
    if arguments.record:
        record = read_record(root)
        if record.missing:
            say(record.missing, "run `cdispec test`")
            return FAILED
        scenarios = [one for found in record.results.values() for one in found]
        # Those of a released revision are copies of what stood here then.
        for result in (one for one in scenarios if one.policy == after.number and one.path.startswith("features/")):
            for determined in result.cases:
                cases.add_raw(dict(determined.case), f"{result.path}:{determined.line}")
    if arguments.json:
        print(json.dumps(transitions_json(cases.transitions, cases.others, cases.unread), ensure_ascii=False, indent=2))
    else:
        style = style_for(sys.stdout)
        print(style.bold(f"CDI {after.number} {after.title}: from {in_words(before)} to {in_words(after)}") + "\n")
        print(transitions_text(cases.transitions, cases.others, style))
    return FAILED if cases.unread else DONE


class _Cases:
    """Reads cases as they were stated for the state before, else for the one after, and counts what becomes of them."""

    def __init__(self, before: Policy, after: Policy) -> None:
        self.transitions = Transitions(compile_policy(before), compile_policy(after))
        self.number = after.number
        # Each state is asked of every date on which the policy is in effect, for it is what they say that is compared.
        self.states: list[States] = [{self.number: (_always(state),)} for state in (before, after)]
        self.others, self.unread = 0, 0

    def add_source(self, source: Source | Issue) -> None:
        """Count every case of a source."""
        if isinstance(source, Issue):
            self._tell([source], [""])
        elif not source.by_line:
            self._add_read(read_text(source, states) for states in self.states)
        else:
            for number, line in lines_of(source):
                if not self.add_raw(read_line(line), f"{source.name}:{number}"):
                    self._add_read(read_json(source.name, line, number, states) for states in self.states)

    def add_raw(self, raw: dict[str, object] | None, place: str) -> bool:
        """Count a case of JSON; False where it has an issue, which reading it with places will tell."""
        if raw is not None and isinstance(raw.get("policy"), str) and raw["policy"] != self.number:
            self.others += 1
            return True
        checked = None if raw is None else self.transitions.check(raw)
        if checked is not None:
            self.transitions.add(checked, place)
        return checked is not None

    def _add_read(self, readings: Iterator[Iterator[Read]]) -> None:
        for before, after in zip(*readings, strict=True):
            read = before if before.case is not None else after
            if read.case is not None:
                state = self.transitions.before if read is before else self.transitions.after
                self.transitions.add(state.checked(read.case), f"{read.place.path}:{read.place.line}")
            elif any(issue.code == "unknown-policy" for issue in after.issues):
                self.others += 1
            else:
                self._tell(after.issues, [""] * (after.first - 1) + after.lines)

    def _tell(self, issues: list[Issue], lines: list[str]) -> None:
        print(issues_text(issues, lambda _: lines, style_for(sys.stderr)), file=sys.stderr)
        self.unread += 1


def _always(state: Policy) -> Period:
    return Period(state.effective, lambda: state)
