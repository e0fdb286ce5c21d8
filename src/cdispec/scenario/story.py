"""Stories: scenarios read in a policy's vocabulary, as cases and what is expected of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from cdispec.issues import scenarios as issues_of
from cdispec.issues.cases import before_first_revision
from cdispec.issues.catalogue import nearest
from cdispec.issues.policies import unknown_outcome, unknown_request
from cdispec.model.case import Case
from cdispec.model.facts import Including, SetOf, Value, as_day, subject
from cdispec.model.policy import Outcome
from cdispec.scenario import expectations as expect
from cdispec.scenario.expectations import Expectation
from cdispec.scenario.feature import Cell, Scenario, Step
from cdispec.scenario.vocabulary import (
    Answer,
    CompleteRecord,
    NamesCode,
    NotKnown,
    Vocabulary,
    expected_value,
    normalized,
    option_names,
    read_value,
)
from cdispec.source import Issue, Place

COLUMNS = ("request", "date", "record", "code", "outcome", "clause", "needed")
_WITH_CLAUSE = (Outcome.NECESSARY, Outcome.NOT_NECESSARY, Outcome.NOT_INDICATED)
_INCLUDING = "including "
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Telling:
    """One case with what is expected of it, each expectation at its line."""

    case: Case
    expected: tuple[tuple[int, Expectation], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario as one telling, or as one for each row of its table of cases."""

    scenario: Scenario
    tellings: tuple[Telling, ...]


@dataclass(slots=True)
class _Draft:
    """A case while its sentences are read."""

    facts: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    complete: bool = False
    codes: list[str] = field(default_factory=list)
    request: str = ""
    day: date | None = None
    line: int = 0


def read_story(scenario: Scenario, vocabulary: Vocabulary) -> tuple[Story, list[Issue]]:
    """What a scenario states, with an issue for each sentence that states nothing."""
    reader = _Reader(scenario, vocabulary)
    reader.read()
    return Story(scenario, tuple(reader.tellings)), reader.issues


class _Reader:
    """Reads the sentences of one scenario in order."""

    def __init__(self, scenario: Scenario, vocabulary: Vocabulary) -> None:
        self.scenario, self.vocabulary, self.policy = scenario, vocabulary, vocabulary.policy
        self.issues: list[Issue] = []
        self.tellings: list[Telling] = []
        self._rows: list[tuple[_Draft, Expectation, Place]] = []
        self._draft = _Draft()
        self._expected: list[tuple[int, Expectation]] = []
        self._needed: list[str] = []
        self._states_outcome = False
        self._reached = "given"

    def read(self) -> None:
        """Read every sentence, then check that the scenario says enough to test something."""
        for step in self.scenario.steps:
            self._in_order(step)
            match step.kind:
                case "given":
                    self._given(step)
                case "when":
                    self._when(step)
                case _:
                    self._then(step)
        known = [recorded.id for recorded in self.policy.interpretations]
        for tag in self.scenario.named:
            if tag.text not in known:
                self.issues.append(issues_of.unknown_interpretation(tag.place, tag.text, known))
        if not self.scenario.steps:
            return
        if not self._states_outcome and not self.issues:
            self.issues.append(issues_of.scenario_without_outcome(self.scenario.place, self.scenario.name))
        if self.issues:
            return
        if self._rows:
            self._tell_rows()
        elif self._draft.day is None:
            self.issues.append(issues_of.scenario_without_request(self.scenario.place, self.scenario.name))
        else:
            self.tellings.append(Telling(self._case(self._draft), tuple(self._expected), self.scenario.place))

    def _tell_rows(self) -> None:
        """Each row of a table of cases is a case of its own, of which the other Then sentences speak too."""
        for draft, expected, place in self._rows:
            told = ((place.line, expected), *self._expected)
            self.tellings.append(Telling(self._case(draft), told, place))

    def _in_order(self, step: Step) -> None:
        order = ["given", "when", "then"]
        if order.index(step.kind) < order.index(self._reached):
            words = f"a {step.kind.capitalize()} sentence stands after a {self._reached.capitalize()} sentence"
            self.issues.append(issues_of.misplaced_sentence(step.place, words))
        else:
            self._reached = step.kind

    def _no_table(self, step: Step) -> None:
        if step.table:
            problem = f"a table stands below `{step.text}`, which takes none"
            self.issues.append(issues_of.missing_table_of_cases(step.place, problem))

    def _given(self, step: Step) -> None:
        self._no_table(step)
        meanings = self.vocabulary.given(step.text)
        if len(meanings) > 1:
            told = [f"`{self._meant(meaning)}`" for meaning in meanings]
            self.issues.append(issues_of.ambiguous_sentence(step.place, step.text, told))
        match meanings[:1]:
            case [Answer(fact, value)]:
                self._answer(self._draft, fact, value, step.place)
            case [NotKnown(fact)]:
                if fact in self._draft.facts:
                    self.issues.append(issues_of.contradicted_fact(step.place, fact, self._draft.lines[fact]))
                self._draft.lines.setdefault(fact, step.place.line)
            case [CompleteRecord()]:
                self._draft.complete = True
            case [NamesCode(code)]:
                self._draft.codes.append(code)
            case _:
                self._unknown_given(step)

    def _meant(self, meaning: object) -> str:
        if isinstance(meaning, Answer | NotKnown):
            return subject(self.policy.facts[meaning.fact])
        return "a fixed sentence"

    def _unknown_given(self, step: Step) -> None:
        misvalued = self.vocabulary.misvalued(step.text)
        if misvalued is not None:
            fact, text = misvalued
            found = issues_of.unknown_value(step.place, text, fact.id, expected_value(fact), option_names(fact))
            self.issues.append(found)
        else:
            self._unknown(step, self.vocabulary.sentences("given"))

    def _unknown(self, step: Step, known: list[str]) -> None:
        near = nearest(normalized(step.text), known)
        self.issues.append(issues_of.unknown_sentence(step.place, step.text, near))

    def _answer(self, draft: _Draft, fact: str, value: Value, place: Place) -> None:
        before = draft.facts.get(fact)
        if isinstance(before, Including) and isinstance(value, Including):
            value = Including(before.members | value.members)
        elif fact in draft.lines:
            self.issues.append(issues_of.contradicted_fact(place, fact, draft.lines[fact]))
            return
        draft.facts[fact] = value
        draft.lines[fact] = place.line

    def _when(self, step: Step) -> None:
        self._no_table(step)
        request = self.vocabulary.request(step.text)
        if request is None:
            self._unknown(step, self.vocabulary.sentences("when"))
            return
        if self._draft.line:
            self.issues.append(issues_of.second_request(step.place, self._draft.line))
        self._draft.request, self._draft.day, self._draft.line = request.kind, request.day, step.place.line
        self._in_effect(request.day, step.place)

    def _in_effect(self, day: date, place: Place) -> None:
        if day < self.policy.effective:
            first = self.policy.effective.isoformat()
            self.issues.append(before_first_revision(place, day.isoformat(), first))

    def _then(self, step: Step) -> None:
        words = normalized(step.text)
        if words == expect.EACH_CASE:
            self._states_outcome = True
            self._table(step)
            return
        expected = self._expectation(step, words)
        if expected is None:
            return
        if isinstance(expected, expect.HasOutcome | expect.Needs):
            self._states_outcome = True
        self._expected.append((step.place.line, expected))

    def _expectation(self, step: Step, words: str) -> Expectation | None:
        for opening in (expect.NEEDED_ON, expect.SETTLED_BY):
            if words == opening:
                return self._listed(step, opening)
        self._no_table(step)
        if words == expect.NOTHING_ELSE:
            return expect.Needs(tuple(self._needed), True)
        if words == expect.NOT_ADDRESSED:
            return expect.HasOutcome(Outcome.NOT_ADDRESSED, ())
        if words in expect.OUTCOMES:
            self.issues.append(issues_of.outcome_without_clause(step.place, step.text))
            return None
        if (match := expect.UNDER.fullmatch(words)) and match[1] in expect.OUTCOMES:
            named = _as_written(match[2], step.text)
            return expect.HasOutcome(expect.OUTCOMES[match[1]], self._labels(named, step.place))
        if match := expect.CODE_LISTED.fullmatch(words):
            label = self._labels(match[2], step.place)[0] if match[2] else None
            return expect.Lists(match[1].upper(), label)
        for opening, truth in expect.CLASSIFIED.items():
            if words.startswith(opening) and (name := words.removeprefix(opening)) in self.vocabulary.classifications:
                return expect.Classified(self.vocabulary.classifications[name], truth)
        for opening in (*expect.DEPENDS, expect.NEEDED_ON + " ", expect.SETTLED_BY + " "):
            fact = self.vocabulary.subject_of(words.removeprefix(opening)) if words.startswith(opening) else None
            if fact is not None:
                return self._of_fact(opening, fact)
        subjects = [opening + name for opening in expect.DEPENDS for name in self.vocabulary.subjects]
        subjects += [f"{expect.NEEDED_ON} {name}" for name in self.vocabulary.subjects]
        self._unknown(step, [*expect.SENTENCES, *subjects])
        return None

    def _of_fact(self, opening: str, fact: str) -> Expectation:
        if opening in expect.DEPENDS:
            return expect.Depends(fact, expect.DEPENDS[opening])
        if opening.strip() == expect.SETTLED_BY:
            return expect.SettledBy((fact,))
        self._needed.append(fact)
        return expect.Needs((fact,), False)

    def _listed(self, step: Step, opening: str) -> Expectation | None:
        if not step.table:
            self.issues.append(issues_of.missing_table_of_cases(step.place, f"`{step.text}` has no table of subjects"))
            return None
        facts = []
        for cell in (cell for row in step.table for cell in row):
            fact = self.vocabulary.subject_of(cell.text)
            if fact is None:
                near = nearest(normalized(cell.text), self.vocabulary.subjects)
                self.issues.append(issues_of.unknown_sentence(cell.place, cell.text, near))
            else:
                facts.append(fact)
        self._needed += facts
        return expect.Needs(tuple(facts), True) if opening == expect.NEEDED_ON else expect.SettledBy(tuple(facts))

    def _labels(self, text: str, place: Place) -> tuple[str, ...]:
        known = {label.casefold(): label for label in self.policy.clauses.values()}
        labels = []
        for name in _AND.split(text):
            label = known.get(name.strip().casefold())
            if label is None:
                self.issues.append(issues_of.unknown_clause(place, name.strip(), sorted(known.values())))
            labels.append(label or name)
        return tuple(labels)

    def _case(self, draft: _Draft) -> Case:
        day = draft.day or self.policy.effective
        facts = dict(draft.facts)
        return Case(self.policy.number, draft.request, day, facts, draft.complete, tuple(draft.codes))

    def _table(self, step: Step) -> None:
        if len(step.table) < 2:
            problem = "`Then each of these cases is determined as stated` has no rows"
            self.issues.append(issues_of.missing_table_of_cases(step.place, problem))
            return
        header, *rows = step.table
        columns = self._columns(header)
        if "outcome" not in columns:
            self.issues.append(issues_of.scenario_without_outcome(header[0].place, "the table of cases"))
            return
        for row in rows:
            self._row(dict(zip(columns, row, strict=True)))

    def _columns(self, header: tuple[Cell, ...]) -> list[str]:
        known = [*COLUMNS, *(fact.replace("-", " ") for fact in self.policy.facts)]
        columns = []
        for cell in header:
            name = normalized(cell.text)
            if name not in known:
                self.issues.append(issues_of.unknown_column(cell.place, cell.text, known))
            elif name in columns:
                self.issues.append(issues_of.contradicted_fact(cell.place, name, cell.place.line))
            columns.append(name)
        return columns

    def _row(self, cells: Mapping[str, Cell]) -> None:
        given = self._draft
        draft = _Draft(dict(given.facts), dict(given.lines), given.complete, list(given.codes))
        draft.request, draft.day = given.request, given.day
        for name, cell in cells.items():
            if cell.text:
                self._cell(draft, name, cell)
        first = next(iter(cells.values()))
        if draft.day is None or not draft.request:
            self.issues.append(issues_of.scenario_without_request(first.place, "the row"))
            return
        expected = self._row_outcome(cells)
        if expected is not None:
            self._rows.append((draft, expected, first.place))

    def _cell(self, draft: _Draft, name: str, cell: Cell) -> None:
        words = normalized(cell.text)
        match name:
            case "request":
                if words not in self.policy.requests:
                    self.issues.append(unknown_request(cell.place, cell.text, self.policy.requests))
                draft.request = words
            case "date":
                draft.day = as_day(words)
                if draft.day is None:
                    found = issues_of.unknown_value(cell.place, cell.text, "date", "a date such as 2025-06-01", ())
                    self.issues.append(found)
                else:
                    self._in_effect(draft.day, cell.place)
            case "record":
                if words not in ("open", "complete"):
                    found = issues_of.unknown_value(cell.place, cell.text, "record", "open or complete", ())
                    self.issues.append(found)
                draft.complete = words == "complete"
            case "code":
                draft.codes += [code.strip().upper() for code in words.split(",")]
            case "outcome" | "clause" | "needed":
                pass
            case _ if name.replace(" ", "-") in self.policy.facts:
                self._fact_cell(draft, name.replace(" ", "-"), cell)

    def _fact_cell(self, draft: _Draft, id: str, cell: Cell) -> None:
        fact = self.policy.facts[id]
        words = normalized(cell.text)
        value: Value | None = None
        if isinstance(fact, SetOf) and words == "none":
            value = frozenset()
        elif isinstance(fact, SetOf) and words.startswith(_INCLUDING):
            members = read_value(fact, words.removeprefix(_INCLUDING))
            value = Including(members) if isinstance(members, frozenset) else None
        else:
            value = read_value(fact, words)
        if value is None:
            found = issues_of.unknown_value(cell.place, cell.text, id, expected_value(fact), option_names(fact))
            self.issues.append(found)
        else:
            self._answer(draft, id, value, cell.place)

    def _row_outcome(self, cells: Mapping[str, Cell]) -> Expectation | None:
        cell = cells["outcome"]
        text = normalized(cell.text)
        if text not in [outcome.value for outcome in Outcome]:
            self.issues.append(unknown_outcome(cell.place, cell.text, [outcome.value for outcome in Outcome]))
            return None
        outcome = Outcome(text)
        clause, needed = cells.get("clause"), cells.get("needed")
        decided = outcome is not Outcome.MORE_INFORMATION
        unsaid = {"needed": needed if decided else None, "clause": None if outcome in _WITH_CLAUSE else clause}
        for column, other in unsaid.items():
            if other is not None and other.text:
                nothing = f"nothing beside `{outcome}`"
                self.issues.append(issues_of.unknown_value(other.place, other.text, column, nothing, ()))
        if outcome is Outcome.MORE_INFORMATION:
            if needed is None or not needed.text:
                self.issues.append(issues_of.outcome_without_needed(cell.place))
                return None
            return self._row_needs(needed)
        if outcome is Outcome.NOT_ADDRESSED:
            return expect.HasOutcome(outcome, ())
        if clause is None or not clause.text:
            self.issues.append(issues_of.outcome_without_clause(cell.place, cell.text))
            return None
        return expect.HasOutcome(outcome, self._labels(clause.text, clause.place))

    def _row_needs(self, cell: Cell) -> Expectation | None:
        facts = []
        for words in cell.text.split(";"):
            fact = self.vocabulary.subject_of(words)
            if fact is None:
                near = nearest(normalized(words), self.vocabulary.subjects)
                self.issues.append(issues_of.unknown_sentence(cell.place, words.strip(), near))
                return None
            facts.append(fact)
        return expect.Needs(tuple(facts), True)


def _as_written(end: str, sentence: str) -> str:
    """The end of a sentence as its author wrote it, without a full stop."""
    return " ".join(sentence.split()).removesuffix(".")[-len(end) :]
