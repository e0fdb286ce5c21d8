"""Scenarios that test nothing of their own: what they state or expect could be left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from cdispec.issues.scenarios import repeated_case, unasked_fact, unfailing_expectation
from cdispec.library import ScenarioReading
from cdispec.model.case import Case, Line
from cdispec.model.criteria import asked_facts, asked_lists
from cdispec.model.facts import Value, is_whole
from cdispec.model.measures import with_operands
from cdispec.model.policy import Policy, deciding
from cdispec.scenario.draft import Telling
from cdispec.scenario.expectations import (
    Classified,
    Depends,
    Expectation,
    GrantedOn,
    HasOutcome,
    InPart,
    Lists,
    Needs,
    Restricted,
    SettledBy,
)
from cdispec.source import Issue, Place


def needless(policy: Policy, readings: Sequence[ScenarioReading]) -> Iterator[Issue]:
    """All that tests nothing of its own in the scenarios of a policy; none of them has errors."""
    yield from _repeated(readings)
    yield from _unasked(policy, readings)
    yield from _unfailing(readings)


def _repeated(readings: Iterable[ScenarioReading]) -> Iterator[Issue]:
    """Rows that a scenario states twice, and scenarios of which others state every case.

    A table may repeat cases of others to be whole, and a scenario to show an interpretation that they do not name.
    """
    stated: dict[object, list[_Stated]] = defaultdict(list)
    scenarios: dict[Place, list[_Stated]] = defaultdict(list)
    for reading in readings:
        heading, named = reading.story.scenario.heading, set(reading.story.scenario.interpretations)
        rows = [_Stated(telling, heading, named) for telling in reading.story.tellings]
        scenarios[heading] += rows
        for number, one in enumerate(rows):
            stated[one.case].append(one)
            if first := next((earlier for earlier in rows[:number] if earlier.covers(one)), None):
                yield repeated_case(one.telling.place, _at(first.telling.place))
    for heading in reversed(scenarios):
        elsewhere = [_elsewhere(one, stated[one.case]) for one in scenarios[heading]]
        if None not in elsewhere and (first := next(iter(elsewhere), None)):
            yield repeated_case(heading, _at(first.telling.place))
            for one in scenarios[heading]:
                stated[one.case].remove(one)


@dataclass(frozen=True)
class _Stated:
    """A case that a scenario states, and the interpretations that this names."""

    telling: Telling
    heading: Place
    named: set[str]

    @cached_property
    def case(self) -> object:
        """What is decided, whatever order it is stated in."""
        case, lines = self.telling.case, self.telling.case.lines
        beside = lines and (lines.own, lines.whole, *((one.name, one.request, _answers(one)) for one in lines.all))
        return case.request, case.date, _answers(case), case.complete, frozenset(case.codes), beside

    def covers(self, other: _Stated) -> bool:
        """Whether it states the same case, and expects as much of it."""
        return (
            self.case == other.case
            and _expected(other.telling) <= _expected(self.telling)
            and other.named <= self.named
        )


def _answers(of: Case | Line) -> frozenset[tuple[str, Value]]:
    return frozenset(of.facts.items())


def _elsewhere(one: _Stated, same: Iterable[_Stated]) -> _Stated | None:
    return next((other for other in same if other.heading != one.heading and other.covers(one)), None)


def _expected(telling: Telling) -> set[object]:
    return {_meaning(expected) for _, expected in telling.expected}


def _meaning(expected: Expectation) -> object:
    """What is expected, in whatever order it names clauses or facts."""
    match expected:
        case HasOutcome(outcome, clauses, alternatives):
            return outcome, frozenset(clauses), alternatives
        case Needs(facts, only):
            return frozenset(facts), only
        case SettledBy() | Depends() | Classified() | Lists() | GrantedOn() | Restricted() | InPart():
            return expected
        case _:
            assert_never(expected)


def _at(place: Place) -> str:
    return f"{place.path}:{place.line}"


def _unasked(policy: Policy, readings: Iterable[ScenarioReading]) -> Iterator[Issue]:
    """Answers that nothing asks of the request; those of a background count where no scenario needs them."""
    asked = {request: _asked(policy, request) for request in policy.requests}
    given: dict[tuple[Place, str], str] = {}
    answers: dict[tuple[Place, str], set[object]] = defaultdict(set)
    with_purpose: set[tuple[Place, str]] = set()
    told = [(one.story.scenario, telling) for one in readings for telling in one.story.tellings]
    for scenario, telling in told:
        for fact in (*policy.facts, *policy.lists):
            answers[scenario.heading, fact].add(telling.case.facts.get(fact))
    for scenario, telling in told:
        for fact, place in telling.answered.items():
            given.setdefault((place, fact), telling.case.request)
            varies = len(answers[scenario.heading, fact]) > 1
            if scenario.named or varies or fact in asked[telling.case.request]:
                with_purpose.add((place, fact))
    for (place, fact), request in given.items():
        if (place, fact) not in with_purpose:
            yield unasked_fact(place, fact, request)


def _asked(policy: Policy, request: str) -> set[str]:
    """What a kind of request asks: its rules and their limits, and the classifications, which every request has."""
    tops = [rule.criterion for rule in policy.rules_for(request)]
    tops += [named.criterion for named in policy.classifications]
    asked = [*deciding(tops, policy)]
    limits = [rule.grant for rule in policy.rules_for(request) if rule.grant is not None]
    limiting = {fact for limit in limits for fact in limit.facts}
    facts = with_operands(asked_facts(asked) | limiting, policy)
    counted = {of.id for of in policy.lists.values() if not facts.isdisjoint(of.tallies)}
    return facts | asked_lists(asked) | counted


def _unfailing(readings: Iterable[ScenarioReading]) -> Iterator[Issue]:
    """That nothing depends on what is known; of an outline or a table where it is so in every row."""
    answered: dict[tuple[Place, str], list[Place | None]] = defaultdict(list)
    for reading in readings:
        places = {step.place.line: step.place for step in reading.story.scenario.steps}
        for telling in reading.story.tellings:
            for line, expected in telling.expected:
                if isinstance(expected, Depends) and not expected.so:
                    known = is_whole(telling.case.facts.get(expected.fact))
                    where = telling.answered[expected.fact] if known else None
                    answered[places[line], expected.fact].append(where)
    for (place, fact), found in answered.items():
        if None not in found and (first := found[0]):
            yield unfailing_expectation(place, fact, first.line)
