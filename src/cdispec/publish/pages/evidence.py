"""What a policy's clauses rest on: their logic in plain words, their interpretations, and their scenarios.

A scenario rests on a clause when one of its determinations, or one of its Then sentences, names it. It shows a
criterion met or not met when that was its truth in one of its cases. A clause with logic on which no scenario bears in
either way is untested.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from cdispec.determine.reasons import otherwise_words, words
from cdispec.library import Reading
from cdispec.library.record import Record, Result
from cdispec.model.criteria import Comparison
from cdispec.model.facts import Fact, kind_name
from cdispec.model.inlines import Inlines, plain_words
from cdispec.model.policy import Otherwise, Policy, all_criteria, all_sections, blocks
from cdispec.publish.pages.meaning import Meaning, meaning, role
from cdispec.publish.words.document import anchors
from cdispec.publish.words.markdown import Reader
from cdispec.scenario.expectations import Classified, Depends, Expectation, HasOutcome, Lists, Needs, SettledBy
from cdispec.scenario.feature import Scenario
from cdispec.source import has_errors

_MET, _NOT_MET, _UNKNOWN = "true", "false", "unknown"
_NO_NAME = re.compile(r"[^a-z0-9-]+")


class State(StrEnum):
    """What is known of a scenario's last run."""

    PASSED = "passed"
    FAILED = "failed"
    STALE = "stale"
    NOT_RUN = "not run"


_TROUBLES = (State.FAILED, State.STALE, State.NOT_RUN)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a scenario with the table below it; `word` is Given, When, Then or And."""

    word: str
    text: str
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a scenario states, and what its last run showed.

    `number` counts the scenarios of the policy, `anchor` is where the page shows it; `rests` are the clauses that it
    names, `met` and `not_met` what it shows so.
    """

    scenario: Scenario
    number: int
    anchor: str
    state: State
    sentences: tuple[Sentence, ...]
    rests: tuple[str, ...]
    met: tuple[str, ...]
    not_met: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.scenario.place.path}:{self.scenario.place.line}"


@dataclass(frozen=True, slots=True)
class Decision:
    """An interpretation as the page shows it, with the scenarios that name it; `anchor` is where its register is."""

    id: str
    anchor: str
    labels: tuple[str, ...]
    question: Inlines
    decision: Inlines
    reason: Inlines
    shown: bool
    named: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with what it rests on.

    `printed` says that its label is printed for it; of others it is that of the nearest clause. `meaning` is None where
    it has no logic. `rests`, `met`, `not_met` and `unknown` are the scenarios that rest on it and that show it so.
    """

    id: str
    label: str
    words: str
    printed: bool
    roles: tuple[Inlines, ...]
    meaning: Meaning | None
    decisions: tuple[Decision, ...]
    rests: tuple[Shown, ...]
    met: tuple[Shown, ...]
    not_met: tuple[Shown, ...]
    unknown: tuple[Shown, ...]

    @property
    def has_logic(self) -> bool:
        """Whether there is something that a scenario could show."""
        return self.meaning is not None or bool(self.roles)

    @property
    def untested(self) -> bool:
        """Whether it has logic on which no scenario bears."""
        return self.has_logic and not (self.rests or self.met or self.not_met)

    @property
    def troubles(self) -> tuple[State, ...]:
        """The states of its scenarios, the gravest first, but that they passed."""
        states = {one.state for one in (*self.rests, *self.met, *self.not_met)}
        return tuple(state for state in _TROUBLES if state in states)


@dataclass(frozen=True, slots=True)
class Use:
    """A fact of the vocabulary, its kind as an author spells it, and the labels of the clauses that ask for it."""

    fact: Fact
    kind: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """One clause, or those from a first to a last; `id` is that of one which has no words of its own, else ""."""

    first: str
    last: str
    id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the author's edition shows of a policy beside its words.

    `beside` are the clauses by their label, the one it is printed for first. `missing` says why there is no record of a
    run, or is "".
    """

    clauses: tuple[Clause, ...]
    beside: Mapping[str, tuple[Clause, ...]]
    scenarios: tuple[Shown, ...]
    decisions: tuple[Decision, ...]
    facts: tuple[Use, ...]
    missing: str

    def spans(self, ids: Sequence[str]) -> tuple[Span, ...]:
        """Clauses by their labels, items that follow each other in one list as one."""
        wanted = set(ids)
        found: list[Span] = []
        for clause in self.clauses:
            if clause.id not in wanted:
                continue
            if not clause.printed:
                found.append(Span(clause.label, "", clause.id))
            elif found and not found[-1].id and _follows(clause.label, found[-1].last or found[-1].first):
                found[-1] = Span(found[-1].first, clause.label, "")
            else:
                found.append(Span(clause.label, "", ""))
        return tuple(found)

    def runs(self, shown: Sequence[Shown]) -> tuple[tuple[Shown, Shown], ...]:
        """Scenarios in their order, those that follow each other in one state as the first and the last of them."""
        found: list[tuple[Shown, Shown]] = []
        for one in shown:
            if found and (found[-1][1].number, found[-1][1].state) == (one.number - 1, one.state):
                found[-1] = found[-1][0], one
            else:
                found.append((one, one))
        return tuple(found)

    @property
    def untested(self) -> tuple[Clause, ...]:
        """The clauses with logic on which no scenario bears."""
        return tuple(clause for clause in self.clauses if clause.untested)

    @property
    def current(self) -> bool:
        """Whether every scenario was run on the files of now."""
        return all(one.state in (State.PASSED, State.FAILED) for one in self.scenarios)

    @property
    def counts(self) -> Mapping[State, int]:
        """How many scenarios are in each state."""
        found = Counter(one.state for one in self.scenarios)
        return {state: found[state] for state in State}


def evidence_of(policy: Policy, readings: Sequence[Reading], record: Record) -> Evidence:
    """What a policy rests on, from the readings of its library's scenarios and the record of their last run."""
    own = [reading for reading in readings if reading.policy.number == policy.number]
    places = _anchors(reading.story.scenario for reading in own)
    holders = _holders(policy)
    numbered = enumerate(zip(own, places, strict=True), 1)
    shown = tuple(_shown(reading, number, anchor, record, holders) for number, (reading, anchor) in numbered)
    decisions = tuple(_decisions(policy, shown))
    clauses = tuple(_clauses(policy, shown, decisions))
    beside: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        beside[clause.label].append(clause)
    return Evidence(
        clauses,
        {label: tuple(sorted(found, key=lambda clause: not clause.printed)) for label, found in beside.items()},
        shown,
        decisions,
        tuple(_uses(policy)),
        record.missing,
    )


def _follows(label: str, before: str) -> bool:
    """Whether an item of a list stands directly behind another."""
    (above, _, number), (above_before, _, number_before) = label.rpartition("."), before.rpartition(".")
    if not (number.isdecimal() and number_before.isdecimal()):
        return False
    return above == above_before and int(number) == int(number_before) + 1


def _anchors(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """An anchor for each scenario: its permanent id, for a row of an outline with its number."""
    seen: Counter[str] = Counter()
    for scenario in scenarios:
        name = _NO_NAME.sub("-", scenario.id.lower())
        seen[name] += 1
        yield f"scenario.{name}.{seen[name]}" if scenario.row or seen[name] > 1 else f"scenario.{name}"


def _shown(reading: Reading, number: int, anchor: str, record: Record, holders: Mapping[str, str]) -> Shown:
    scenario, policy = reading.story.scenario, reading.policy
    result = record.of(scenario)
    expected = [expectation for telling in reading.story.tellings for _, expectation in telling.expected]
    labels = {label for expectation in expected for label in _named(expectation, policy)}
    truths: dict[str, set[str]] = defaultdict(set)
    for case in result.cases if result else ():
        labels.update(case.clauses)
        for id, truth in case.touched.items():
            truths[id].add(truth)
    met, not_met, unknown = (
        tuple(id for id in policy.clauses if truth in truths[id]) for truth in (_MET, _NOT_MET, _UNKNOWN)
    )
    rests = tuple(id for id, label in holders.items() if label in labels)
    state = _state(result, has_errors(list(reading.issues)))
    return Shown(scenario, number, anchor, state, tuple(_sentences(scenario)), rests, met, not_met, unknown)


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


def _holders(policy: Policy) -> dict[str, str]:
    """The id that a label is printed for, with the label: those of sections and of items with words of their own."""
    holders = {section.id: section.label for section in all_sections(policy.sections)}
    taken = set(holders.values())
    for id, criterion in policy.criteria.items():
        if criterion.text is not None and criterion.label not in taken:
            holders[id] = criterion.label
    return holders


def _sentences(scenario: Scenario) -> Iterator[Sentence]:
    before = ""
    for step in scenario.steps:
        word = "And" if step.kind == before else step.kind.capitalize()
        before = step.kind
        yield Sentence(word, step.text, tuple(tuple(cell.text for cell in row) for row in step.table))


def _clauses(policy: Policy, shown: Sequence[Shown], decisions: Sequence[Decision]) -> Iterator[Clause]:
    """Every clause of a policy, in the order of the document."""
    holders = _holders(policy)
    titles = {section.id: plain_words(policy, section.title) for section in all_sections(policy.sections)}
    rests = {rest.id: rest for rest in policy.otherwise}
    roles: dict[str, list[Inlines]] = defaultdict(list)
    for block in (*blocks(policy), *policy.otherwise):
        roles[block.id if isinstance(block, Otherwise) else block.criterion.id].append(role(block, policy))
    about = {id: {found.id for found in policy.interpretations if id in found.clauses} for id in policy.clauses}
    for id, label in policy.clauses.items():
        criterion = policy.criteria.get(id)
        said = titles.get(id) or (words(criterion, policy) if criterion else otherwise_words(rests[id], policy))
        yield Clause(
            id=id,
            label=label,
            words=said,
            printed=id in holders,
            roles=tuple(roles[id]),
            meaning=meaning(criterion, policy) if criterion else None,
            decisions=tuple(decision for decision in decisions if decision.id in about[id]),
            rests=tuple(one for one in shown if id in one.rests),
            met=tuple(one for one in shown if id in one.met),
            not_met=tuple(one for one in shown if id in one.not_met),
            unknown=tuple(one for one in shown if id in one.unknown),
        )


def _decisions(policy: Policy, shown: Sequence[Shown]) -> Iterator[Decision]:
    reader = Reader(policy, anchors(policy))
    for found in policy.interpretations:
        question, decision, reason = (
            reader.inlines(text, marked=False) for text in (found.question, found.decision, found.reason)
        )
        named = tuple(one for one in shown if found.id in one.scenario.interpretations)
        labels = tuple(dict.fromkeys(policy.clauses[id] for id in found.clauses if id in policy.clauses))
        yield Decision(found.id, f"interpretation.{found.id}", labels, question, decision, reason, found.shown, named)


def _uses(policy: Policy) -> Iterator[Use]:
    labels: dict[str, dict[str, None]] = {id: {} for id in policy.facts}
    for criterion in all_criteria(policy):
        if isinstance(criterion.logic, Comparison):
            for id in criterion.logic.facts:
                labels[id][criterion.label] = None
    for id, fact in policy.facts.items():
        yield Use(fact, kind_name(fact), tuple(labels[id]))
