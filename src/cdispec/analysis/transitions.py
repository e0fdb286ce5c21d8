"""Real cases decided by two states of a policy: which of them are decided otherwise, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import orjson

from cdispec.determine.reading import as_read_by
from cdispec.library.cases import Read, Source, case_lines, read_json, read_source
from cdispec.library.record import Record
from cdispec.model.outcomes import Outcome
from cdispec.model.periods import StatePeriod
from cdispec.model.policy import Policy
from cdispec.parse.case import States
from cdispec.targets.python import Compiled, compile_policy
from cdispec.targets.python.door import Checked, read_line


class Transition(NamedTuple):
    """The outcome before and after; None where that state decides no such request, or is retired."""

    before: Outcome | None
    after: Outcome | None

    @property
    def changes(self) -> bool:
        """Whether the case is decided otherwise."""
        return self.before is not self.after


@dataclass(slots=True)
class Transitions:
    """What became of cases, read one by one: how many of each transition, and where those that change stand."""

    before: Compiled
    after: Compiled
    counts: Counter[Transition] = field(default_factory=Counter)
    changed: dict[Transition, list[str]] = field(default_factory=dict)

    def check(self, raw: object) -> Checked | None:
        """A case of JSON as the state before reads it, else as the one after does; None where neither can."""
        return self.before.check(raw) or self.after.check(raw)

    def add(self, case: Checked, place: str) -> None:
        """Decide a case that stands at a place by both states; each is asked it as it reads it."""
        transition = Transition(_outcome(self.before, case), _outcome(self.after, case))
        self.counts[transition] += 1
        if transition.changes:
            self.changed.setdefault(transition, []).append(place)


class ComparedCases:
    """Reads cases as they were stated for the state before, else for the one after, and counts what becomes of them.

    `others` counts those of other policies; `report` gets each that could not be read, and `unread` counts these.
    """

    def __init__(self, before: Policy, after: Policy, report: Callable[[Read], None]) -> None:
        self.transitions = Transitions(compile_policy(before), compile_policy(after))
        self.others, self.unread = 0, 0
        self._number, self._report = after.number, report
        # Each state is asked of every date on which the policy is in effect, for it is what they say that is compared.
        self._states: list[States] = [{self._number: (_always(state),)} for state in (before, after)]

    def add_source(self, source: Source) -> None:
        """Count every case of a source."""
        if not source.by_line:
            self._add_read(read_source(source, states) for states in self._states)
            return
        for number, line in case_lines(source):
            self._add_json(read_line(line), source.name, line, number)

    def add_record(self, record: Record) -> None:
        """Count every case of the scenarios, as last run; those of a released revision are copies of former ones."""
        for result in (one for found in record.results.values() for one in found):
            if result.policy == self._number and result.path.startswith("features/"):
                for determined in result.cases:
                    raw = dict(determined.case)
                    self._add_json(raw, result.path, orjson.dumps(raw), determined.line)

    def add_unread(self, read: Read) -> None:
        """Count a case that could not be read."""
        self._report(read)
        self.unread += 1

    def _add_json(self, raw: dict[str, object] | None, name: str, line: bytes, number: int) -> None:
        """Count a case of JSON; what cannot be checked at once, such as rows and lines, is read with its places."""
        if not self._add_raw(raw, f"{name}:{number}"):
            self._add_read(read_json(name, line, number, states) for states in self._states)

    def _add_raw(self, raw: dict[str, object] | None, place: str) -> bool:
        """Count a case of JSON; False where it has an issue, which reading it with places will report."""
        if raw is not None and isinstance(raw.get("policy"), str) and raw["policy"] != self._number:
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
                self.add_unread(after)


def _always(state: Policy) -> StatePeriod:
    return StatePeriod(state.effective, lambda: state, date.min)


def _outcome(state: Compiled, case: Checked) -> Outcome | None:
    if state.policy.retired:
        return None
    if case.policy is not state.policy:
        read = as_read_by(case.case(), case.policy, state.policy)
        if read is None:
            return None
        case = state.checked(read)
    return state.decide(case).outcome
