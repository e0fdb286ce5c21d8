"""A case while what a scenario says of it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cdispec.core.tally import Tallies
from cdispec.issues.cases import before_first_revision
from cdispec.issues.facts import impossible_value
from cdispec.issues.measures import impossible_measure
from cdispec.issues.scenarios import contradicted_fact
from cdispec.model.case import Case
from cdispec.model.facts import Including, Rows, Value, too_late
from cdispec.model.lines import contradicted
from cdispec.model.measures import Measures
from cdispec.model.periods import former_text
from cdispec.model.policy import Policy
from cdispec.scenario.expectations import Expectation
from cdispec.source import Issue, Place


@dataclass(slots=True)
class Draft:
    """A case while its sentences are read; what does not fit the rest of it is added to `issues`.

    `places` are where its facts are answered, `line` is that of its request. `inherited` are the facts that the
    background answers and the scenario does not, `replaced` the places of answers that stand for one of the background.
    """

    policy: Policy
    issues: list[Issue]
    facts: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    complete: bool = False
    codes: list[str] = field(default_factory=list)
    request: str = ""
    day: date | None = None
    line: int = 0
    inherited: frozenset[str] = frozenset()
    replaced: dict[Place, Place] = field(default_factory=dict)

    def copy(self) -> Draft:
        """Another draft that has all that is said so far."""
        own = replace(self, facts={**self.facts}, places={**self.places}, codes=[*self.codes])
        return replace(own, replaced={**self.replaced})

    def inherit(self) -> None:
        """What was said so far is the background, of which the scenario, or a line, may answer a fact otherwise."""
        self.inherited = frozenset(self.places)

    def answer(self, fact: str, value: Value | None, place: Place) -> None:
        """A fact is answered so, or is not known; of a list that may hold more, several sentences can name members.

        An answer of the background is replaced, but that to a list which may hold more: what both name adds up.
        """
        before = self.facts.get(fact)
        adds_up = isinstance(before, Including) and isinstance(value, Including)
        if fact in self.inherited and not adds_up:
            self.replaced[place] = self.places.pop(fact)
            self.facts.pop(fact, None)
            before = None
        self.inherited -= {fact}
        if isinstance(before, Including) and isinstance(value, Including):
            value = Including(before.members | value.members)
        elif fact in self.places and (value is not None or before is not None):
            self.issues.append(contradicted_fact(place, fact, self.places[fact].line))
            return
        if value is None:
            self.places.setdefault(fact, place)
        else:
            self.facts[fact], self.places[fact] = value, place
            self._in_time(fact)

    def on(self, day: date, place: Place) -> None:
        """The request is made on a day."""
        self.day = day
        if day < self.policy.begins:
            first, former = self.policy.begins.isoformat(), former_text(self.policy, day)
            self.issues.append(before_first_revision(place, day.isoformat(), first, former))
        for fact in self.facts:
            self._in_time(fact)

    def _in_time(self, fact: str) -> None:
        """A date that cannot lie after the request does not."""
        value = self.facts[fact]
        answers = [(value, self.policy.facts[fact])] if fact in self.policy.facts else []
        if isinstance(value, Rows):
            fields = self.policy.lists[fact].fields
            answers = [(answer, fields[name]) for row in value.rows for name, answer in row]
        for answer, asked in answers:
            if self.day and (reason := too_late(answer, asked, self.day)):
                self.issues.append(impossible_value(self.places[fact], str(answer), reason))

    def case(self) -> Case:
        """What was read; measures that cannot be as they are said are added to the issues."""
        measures = Measures(self.policy)
        for id, problem in measures.worked_out(self.facts).problems.items():
            said = [id] if id in self.facts else [one for one in measures.named(id) if one in self.facts]
            place = max(self.places[fact] for fact in said)
            self.issues.append(impossible_measure(place, id, problem, measures.stated_name(id)))
        day = self.day or self.policy.begins
        tallies = Tallies(self.policy)
        for id, problem in tallies.problems(Case(self.policy.number, "", day, self.facts)).items():
            self.issues.append(impossible_measure(self.places[tallies.stated_by(id, self.facts)], id, problem, ""))
        for id, why in contradicted(self.facts, self.policy.asked_lines):
            self.issues.append(impossible_value(self.places[id], "yes", why))
        return Case(self.policy.number, self.request, day, {**self.facts}, self.complete, tuple(self.codes))

    def telling(self, expected: tuple[tuple[int, Expectation], ...], place: Place) -> Telling:
        """What was read, with what is expected of it."""
        return Telling(self.case(), expected, place, {fact: self.places[fact] for fact in self.facts})


@dataclass(frozen=True, slots=True)
class Telling:
    """One case with what is expected of it, each expectation at its line; `answered` is where its facts are given."""

    case: Case
    expected: tuple[tuple[int, Expectation], ...]
    place: Place
    answered: Mapping[str, Place] = field(default_factory=dict)
