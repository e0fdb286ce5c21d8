"""`cdispec determine`: cases decided, for people or as JSON lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from cdispec.check.deciding import DecidingStates
from cdispec.check.scenario_cases import cases_of_scenario
from cdispec.cli.common import library_folder, report_unread, tell
from cdispec.cli.status import DONE, FAILED
from cdispec.determine.contract import as_json
from cdispec.determine.later import first_otherwise
from cdispec.library.cases import STDIN, Read, Source, case_lines, read_json, read_source, sources
from cdispec.model.case import Case
from cdispec.model.determination import Determination, Later
from cdispec.model.facts import as_day
from cdispec.model.policy import Policy, StatePeriod, in_effect
from cdispec.parse.case import States
from cdispec.report.determination import determination_text
from cdispec.report.issues import issue_json
from cdispec.report.terminal import style_for
from cdispec.source import Issue, Refused
from cdispec.targets.python import Compiled, compile_policy
from cdispec.targets.python.compiled import CompiledDecision
from cdispec.targets.python.door import Checked, read_line


def run(arguments: argparse.Namespace) -> int:
    """Decide every case of every source; 1 when any could not be decided for an issue."""
    root = library_folder(arguments.library)
    if arguments.scenario:
        return _run_scenario(root, arguments)
    if not arguments.cases:
        raise Refused("no case is named", "name a file of cases, or a scenario with --scenario", usage=True)
    decider = _Decider(DecidingStates(root, partial(tell, root=root), arguments.working))
    write = decider.writing(arguments.json)
    good = True
    for name in arguments.cases:
        for source in sources(name):
            if isinstance(source, Issue):
                write(Read(source.place, None, [source], []))
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
    return DONE if good and decider.good else FAILED


def _run_scenario(root: Path, arguments: argparse.Namespace) -> int:
    """Decide every case of a scenario by the state that it tests."""
    number, *more = arguments.cases or [None]
    if more:
        raise Refused("with --scenario, one policy is named", "give its number alone", usage=True)
    policy, tellings = cases_of_scenario(root, arguments.scenario, number)
    write = _Decider({policy.number: [StatePeriod.of(policy)]}).writing(arguments.json)
    for telling in tellings:
        write(Read(telling.place, telling.case, [], []))
    return DONE


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The state that decides, and those that come after it, the next one first."""

    compiled: Compiled
    after: tuple[Compiled, ...]

    def decide(self, case: Checked) -> tuple[CompiledDecision, Later | None]:
        """A case decided, with what the first later state that would decide it otherwise says of it."""
        decided = self.compiled.decide(case)
        if not self.after:
            return decided, None
        return decided, first_otherwise(case.case(), self.compiled.policy, decided.outcome, self.after)


class _Decider:
    """Reads cases, decides them by the state of their policy that was in effect, and tells what came of each.

    `states` are those of each policy that may decide, oldest first. `good` ends when a later state cannot be read.
    """

    def __init__(self, states: States) -> None:
        self.states = states
        self._compiled: dict[tuple[str, str], Compiled] = {}
        self._chosen: dict[tuple[str, str], _Chosen] = {}
        self._told = 0
        self.good = True

    def chosen(self, number: str, day: str) -> _Chosen | None:
        """What decides on a day, made when its first case comes; None where there is none."""
        found = self._chosen.get((number, day))
        date = as_day(day) if found is None else None
        states = self.states.get(number, ())
        period = in_effect(states, date) if date is not None else None
        state = period.read() if period is not None else None
        if period is not None and state is not None:
            later = [one.read() for one in states if one.since > period.since]
            after = [one for one in later if one is not None]
            # Why a later state cannot be read is told by reading it; that it would decide alike is not known then.
            self.good = self.good and len(after) == len(later)
            found = _Chosen(self._compile(state), tuple(map(self._compile, after)))
            self._chosen[number, day] = found
        return found

    def _compile(self, state: Policy) -> Compiled:
        key = (state.number, state.revision)
        if key not in self._compiled:
            self._compiled[key] = compile_policy(state)
        return self._compiled[key]

    def decided(self, case: Case) -> tuple[Policy, Determination, Later | None]:
        """The determination of a case that has no issues, the state that made it, and what a later one would say."""
        chosen = self.chosen(case.policy, case.date.isoformat())
        assert chosen is not None
        decided, later = chosen.decide(chosen.compiled.checked(case))
        return chosen.compiled.policy, decided.determination(), later

    def read(self, source: Source, as_json: bool) -> Iterator[Read | bytes]:
        """Every case of a source; where JSON is wanted of a line of JSON, its answer at once if it has no issues."""
        if not source.by_line or not as_json:
            yield from read_source(source, self.states)
            return
        for number, line in case_lines(source):
            answer = self._answer(line)
            if answer is not None:
                yield answer
            else:
                yield from read_json(source.name, line, number, self.states)

    def _answer(self, line: bytes) -> bytes | None:
        """The answer to a line of JSON; None where it has an issue, which reading it with places will tell."""
        case = read_line(line)
        number, day = (case.get("policy"), case.get("date")) if isinstance(case, dict) else (None, None)
        if not isinstance(number, str) or not isinstance(day, str):
            return None
        chosen = self.chosen(number, day)
        if chosen is None or chosen.compiled.policy.retired:
            return None
        checked = chosen.compiled.check(case)
        if checked is None:
            return None
        decided, later = chosen.decide(checked)
        return decided.json(later)

    def writing(self, as_json: bool) -> Callable[[Read], None]:
        """How what was read is answered."""
        return self.write_json if as_json else self.print_text

    def print_text(self, read: Read) -> None:
        """For people: the determination on standard output, issues on standard error."""
        if read.case is None:
            report_unread(read)
            return
        if self._told:
            print("\n" + "-" * 60 + "\n")
        self._told += 1
        state, found, later = self.decided(read.case)
        print(determination_text(found, later, read.case, state, style_for(sys.stdout)))

    def write_json(self, read: Read) -> None:
        """For programs: the determination by the contract, or where the case stands and its issues."""
        answer: object
        if read.case is None:
            place = f"{read.place.path}:{read.place.line}"
            answer = {"case": place, "issues": [issue_json(issue) for issue in read.issues]}
        else:
            _, determination, later = self.decided(read.case)
            answer = as_json(determination, later)
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
