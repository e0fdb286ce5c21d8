"""What the scenarios of a policy state, and what their last run showed: in their order, as their files group them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise
from typing import NamedTuple

from cdispec.library import ScenarioReading
from cdispec.library.record import Record, Result
from cdispec.scenario.feature import Scenario, Step
from cdispec.scenario.story import Story
from cdispec.source import Place, has_errors

_NO_NAME = re.compile(r"[^a-z0-9-]+")


class State(StrEnum):
    """What is known of a scenario's last run."""

    PASSED = "passed"
    FAILED = "failed"
    STALE = "stale"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a scenario with the table below it; `word` is Given, When, Then or And.

    `replaces` is the sentence of the background in the place of which it is given, or "".
    """

    word: str
    text: str
    table: tuple[tuple[str, ...], ...]
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a scenario states beside what its group begins with, and what its last run showed.

    `number` counts the scenarios of the policy, `anchor` is its lasting address on the page. Of a row of an outline
    `like` is the number of the first row that names the same interpretations, and `sentences` are those that differ
    from it; of others `like` is 0.
    """

    scenario: Scenario
    number: int
    anchor: str
    state: State
    like: int
    sentences: tuple[Sentence, ...]


class Group(NamedTuple):
    """The scenarios of a feature file that stand under one rule, and the sentences with which each of them begins."""

    path: str
    feature: str
    rule: str
    begins: tuple[Sentence, ...]
    scenarios: tuple[Shown, ...]


def shown_of(readings: Sequence[ScenarioReading], record: Record) -> Iterator[Shown]:
    """The scenarios of a policy, in their order."""
    first: dict[tuple[Place, tuple[str, ...]], tuple[int, tuple[Sentence, ...]]] = {}
    anchors = _anchors(reading.story.scenario for reading in readings)
    for number, (reading, anchor) in enumerate(zip(readings, anchors, strict=True), 1):
        scenario = reading.story.scenario
        stated = _stated(reading.story)
        like, model = first.setdefault((scenario.heading, scenario.interpretations), (number, stated))
        yield Shown(
            scenario,
            number,
            anchor,
            _state(record.of(scenario), has_errors(list(reading.issues))),
            like if like != number else 0,
            tuple(own for own, other in zip(stated, model, strict=True) if own != other or like == number),
        )


def groups_of(scenarios: Sequence[Shown]) -> Iterator[Group]:
    """Scenarios as their files group them."""
    for (path, feature, rule, background), group in groupby(scenarios, lambda one: _group(one.scenario)):
        yield Group(path, feature, rule, _sentences(background), tuple(group))


def _group(scenario: Scenario) -> tuple[str, str, str, tuple[Step, ...]]:
    return scenario.place.path, scenario.feature, scenario.rule, _background(scenario)


def _background(scenario: Scenario) -> tuple[Step, ...]:
    """The steps that a scenario has from backgrounds, which stand above it and come first."""
    return tuple(step for step in scenario.steps if scenario.inherits(step))


def _stated(story: Story) -> tuple[Sentence, ...]:
    """What a scenario states beside the background; of what it answers otherwise, what the background says."""
    background = {step.place: step.text for step in _background(story.scenario)}
    own = story.scenario.steps[len(background) :]
    replaces = [background.get(story.replaced.get(step.place, step.place), "") for step in own]
    return tuple(replace(sentence, replaces=text) for sentence, text in zip(_sentences(own), replaces, strict=True))


def _anchors(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """An anchor for each scenario: its permanent id, for a row of an outline with its number."""
    seen: Counter[str] = Counter()
    for scenario in scenarios:
        name = _NO_NAME.sub("-", scenario.id.lower())
        seen[name] += 1
        yield f"scenario.{name}.{seen[name]}" if scenario.row or seen[name] > 1 else f"scenario.{name}"


def _state(result: Result | None, has_errors: bool) -> State:
    if result is None:
        return State.NOT_RUN
    if result.stale:
        return State.STALE
    return State.PASSED if result.passed and not has_errors else State.FAILED


def _sentences(steps: Sequence[Step]) -> tuple[Sentence, ...]:
    kinds = [step.kind for step in steps]
    words = ["And" if kind == before else kind.capitalize() for before, kind in pairwise(["", *kinds])]
    tables = (tuple(tuple(cell.text for cell in row) for row in step.table) for step in steps)
    return tuple(Sentence(word, step.text, table) for word, step, table in zip(words, steps, tables, strict=True))
