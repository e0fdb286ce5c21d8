"""A case while what a scenario says of it is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from cdispec.issues.cases import before_first_revision
from cdispec.issues.scenarios import contradicted_fact
from cdispec.model.case import Case
from cdispec.model.facts import Including, Value
from cdispec.model.policy import Policy
from cdispec.source import Issue, Place


@dataclass(slots=True)
class Draft:
    """A case while its sentences are read; what does not fit the rest of it is added to `issues`.

    `lines` are those on which its facts are answered, `line` is that of its request.
    """

    policy: Policy
    issues: list[Issue]
    facts: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    complete: bool = False
    codes: list[str] = field(default_factory=list)
    request: str = ""
    day: date | None = None
    line: int = 0

    def copy(self) -> Draft:
        """Another draft that has all that is said so far."""
        return replace(self, facts={**self.facts}, lines={**self.lines}, codes=[*self.codes])

    def answer(self, fact: str, value: Value, place: Place) -> None:
        """A fact is answered so; of a list that may hold more, several sentences can name members."""
        before = self.facts.get(fact)
        if isinstance(before, Including) and isinstance(value, Including):
            value = Including(before.members | value.members)
        elif fact in self.lines:
            self.issues.append(contradicted_fact(place, fact, self.lines[fact]))
            return
        self.facts[fact] = value
        self.lines[fact] = place.line

    def on(self, day: date, place: Place) -> None:
        """The request is made on a day."""
        self.day = day
        if day < self.policy.effective:
            first = self.policy.effective.isoformat()
            self.issues.append(before_first_revision(place, day.isoformat(), first))

    def case(self) -> Case:
        """What was read."""
        day = self.day or self.policy.effective
        return Case(self.policy.number, self.request, day, {**self.facts}, self.complete, tuple(self.codes))
