"""What the scenarios of a policy state, and what their last run showed: in their order, as their files group them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from typing import NamedTuple, assert_never

from cdispec.library import ScenarioReading
from cdispec.library.record import Record, Result
from cdispec.model.policy import Policy
from cdispec.scenario.expectations import Classified, Depends, Expectation, HasOutcome, Lists, Needs, SettledBy
from cdispec.scenario.feature import Scenario, Step
from cdispec.source import Place, has_errors

_MET, _NOT_MET, _UNKNOWN = "true", "false", "unknown"
_NO_NAME = re.compile(r"[^a-z0-9-]+")


class State(StrEnum):
    """What is known of a scenario's last run."""

    PASSED = "passed"
    FAILED = "failed"
    STALE = "stale"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a scenario with the table below it; `word` is Given, When, Then or And."""

    word: str
    text: str
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a scenario states beside what its group begins with, and what its last run showed.

    `number` counts the scenarios of the policy, `anchor` is its lasting address on the page. Of a row of an outline
    `like` is the number of the first row that names the same interpretations, and `sentences` are those that differ
    from it; of others `like` is 0. `rests` are the clauses that it names, `met` and `not_met` what it shows so.
    """

    scenario: Scenario
    number: int
    anchor: str
    state: State
    like: int
    sentences: tuple[Sentence, ...]
    rests: tuple[str, ...]
    met: tuple[str, ...]
    not_met: tuple[str, ...]
    unknown: tuple[str, ...]


class Group(NamedTuple):
    """The scenarios of a feature file that stand under one rule, and the sentences with which each of them begins."""

    path: str
    feature: str
    rule: str
    begins: tuple[Sentence, ...]
    scenarios: tuple[Shown, ...]


def shown_of(readings: Sequence[ScenarioReading], record: Record, holders: Mapping[str, str]) -> Iterator[Shown]:
    """The scenarios of a policy, in their order; `holders` are the labels of its clauses by their ids."""
    first: dict[tuple[Place, tuple[str, ...]], tuple[int, tuple[Sentence, ...]]] = {}
    anchors = _anchors(reading.story.scenario for reading in readings)
    for number, (reading, anchor) in enumerate(zip(readings, anchors, strict=True), 1):
        scenario, policy = reading.story.scenario, reading.policy
        result = record.of(scenario)
        stated = _sentences(scenario.steps[len(_background(scenario)) :])
        like, model = first.setdefault((scenario.heading, scenario.interpretations), (number, stated))
        truths = _truths(result)
        met, not_met, unknown = (
            tuple(id for id in policy.clauses if truth in truths[id]) for truth in (_MET, _NOT_MET, _UNKNOWN)
        )
        labels = _labels(reading, result)
        yield Shown(
            scenario,
            number,
            anchor,
            _state(result, has_errors(list(reading.issues))),
            like if like != number else 0,
            tuple(own for own, other in zip(stated, model, strict=True) if own != other or like == number),
            tuple(id for id, label in holders.items() if label in labels),
            met,
            not_met,
            unknown,
        )


def groups_of(scenarios: Sequence[Shown]) -> Iterator[Group]:
    """Scenarios as their files group them."""
    for (path, feature, rule, background), group in groupby(scenarios, lambda one: _group(one.scenario)):
        yield Group(path, feature, rule, _sentences(background), tuple(group))


def _group(scenario: Scenario) -> tuple[str, str, str, tuple[Step, ...]]:
    return scenario.place.path, scenario.feature, scenario.rule, _background(scenario)


def _background(scenario: Scenario) -> tuple[Step, ...]:
    """The steps that a scenario has from backgrounds, which stand above it and come first."""
    return tuple(step for step in scenario.steps if step.place.line < scenario.heading.line)


def _anchors(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """An anchor for each scenario: its permanent id, for a row of an outline with its number."""
    seen: Counter[str] = Counter()
    for scenario in scenarios:
        name = _NO_NAME.sub("-", scenario.id.lower())
        seen[name] += 1
        yield f"scenario.{name}.{seen[name]}" if scenario.row or seen[name] > 1 else f"scenario.{name}"


def _labels(reading: ScenarioReading, result: Result | None) -> set[str]:
    """The labels of the clauses that a scenario names, and that its determinations name."""
    expected = [expectation for telling in reading.story.tellings for _, expectation in telling.expected]
    labels = {label for expectation in expected for label in _named(expectation, reading.policy)}
    return labels.union(*(case.clauses for case in result.cases) if result else ())


def _truths(result: Result | None) -> Mapping[str, set[str]]:
    """What was found of each criterion in the cases of a scenario."""
    truths: dict[str, set[str]] = defaultdict(set)
    for case in result.cases if result else ():
        for id, truth in case.touched.items():
            truths[id].add(truth)
    return truths


def _state(result: Result | None, has_errors: bool) -> State:
    if result is None:
        return State.NOT_RUN
    if result.stale:
        return State.STALE
    return State.PASSED if result.passed and not has_errors else State.FAILED


def _named(expectation: Expectation, policy: Policy) -> Iterator[str]:
    """The labels of the clauses that a Then sentence names."""
    match expectation:
        case HasOutcome(_, labels):
            yield from labels
        case Classified(name, _):
            yield from (kind.criterion.label for kind in policy.classifications if kind.name == name)
        case Lists(_, label):
            yield from (label,) if label else ()
        case Needs() | SettledBy() | Depends():
            return
        case _:
            assert_never(expectation)


def _sentences(steps: Sequence[Step]) -> tuple[Sentence, ...]:
    kinds = [step.kind for step in steps]
    words = ["And" if kind == before else kind.capitalize() for before, kind in pairwise(["", *kinds])]
    tables = (tuple(tuple(cell.text for cell in row) for row in step.table) for step in steps)
    return tuple(Sentence(word, step.text, table) for word, step, table in zip(words, steps, tables, strict=True))
