"""Cases as they come, each decided by the state of its policy that is in effect on the date of the request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cdispec.determine.determination import Decided
from cdispec.determine.later import first_otherwise
from cdispec.library.cases import Read, Source, case_lines, read_json, read_source
from cdispec.model.facts import as_day
from cdispec.model.periods import deciding, in_effect
from cdispec.model.policy import Policy
from cdispec.parse.case import States
from cdispec.targets.python import Compiled, compile_policy
from cdispec.targets.python.door import Checked, read_line


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The state that decides, and those that come after it, the next one first."""

    compiled: Compiled
    after: tuple[Compiled, ...]

    def decide(self, case: Checked) -> Decided:
        """A case decided, with what the first later state that would decide it otherwise says of it."""
        decided = self.compiled.decide(case)
        if self.after:
            decided.later = first_otherwise(case.case(), self.compiled.policy, decided.outcome, self.after)
        return decided


class Decider:
    """Reads cases and decides them: a case without issues becomes a decision, another one stays as it was read.

    `states` are those of each policy that may decide, oldest first; each is compiled when its first case comes. With
    `known_on` only what was published up to that day counts, for cases that do not say so themselves. `unread` are the
    policies, by number, of which a later state cannot be read, so that what it would say is not known.
    """

    def __init__(self, states: States, known_on: date | None = None) -> None:
        self.states, self.known_on = states, known_on
        self.unread: set[str] = set()
        self._compiled: dict[tuple[str, str], Compiled] = {}
        self._chosen: dict[tuple[str, str, date | None], _Chosen] = {}

    def decide_source(self, source: Source) -> Iterator[Decided | Read]:
        """Every case of a source, in order."""
        if not source.by_line:
            yield from map(self._decide, read_source(source, self.states, self.known_on))
            return
        for number, line in case_lines(source):
            yield from self.decide_line(source.name, line, number)

    def decide_line(self, name: str, line: bytes, number: int, known_on: date | None = None) -> list[Decided | Read]:
        """The case on a line of JSON; one that has an issue is read once more, with places."""
        known_on = known_on or self.known_on
        found = self._decide_at_once(line) if known_on is None else None
        return [found] if found else [*map(self._decide, read_json(name, line, number, self.states, known_on))]

    def _decide_at_once(self, line: bytes) -> Decided | None:
        case = read_line(line)
        number, day = (case.get("policy"), case.get("date")) if case else (None, None)
        if not isinstance(number, str) or not isinstance(day, str):
            return None
        chosen = self._choose(number, day)
        checked = chosen and chosen.compiled.check(case)
        return chosen.decide(checked) if chosen and checked else None

    def _decide(self, read: Read) -> Decided | Read:
        if read.case is None:
            return read
        chosen = self._choose(read.case.policy, read.case.date.isoformat(), read.case.known_on)
        assert chosen is not None
        decided = chosen.decide(chosen.compiled.checked(read.case))
        decided.known_on = read.case.known_on
        return decided

    def _choose(self, number: str, day: str, known_on: date | None = None) -> _Chosen | None:
        """What decides on a day, made when its first case comes; None where there is none."""
        found = self._chosen.get((number, day, known_on))
        if found is not None or (on := as_day(day)) is None:
            return found
        states = deciding(self.states.get(number, ()), known_on)
        period = in_effect(states, on)
        state = period.read() if period is not None else None
        if period is not None and state is not None and not state.retired:
            later = [one.read() for one in states if one.since > period.since]
            after = [one for one in later if one is not None]
            if len(after) < len(later):
                # Why is reported by reading it.
                self.unread.add(number)
            found = _Chosen(self._compile(state), tuple(map(self._compile, after)))
            self._chosen[number, day, known_on] = found
        return found

    def _compile(self, state: Policy) -> Compiled:
        key = (state.number, state.revision)
        if key not in self._compiled:
            self._compiled[key] = compile_policy(state)
        return self._compiled[key]
