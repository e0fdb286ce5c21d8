"""The table of cases of a scenario: each of its rows is a case, with the outcome that is expected of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cdispec.issues import scenarios as issues_of
from cdispec.issues.catalogue import nearest
from cdispec.issues.policies import unknown_outcome, unknown_request
from cdispec.model.facts import Including, SetOf, Value, as_day
from cdispec.model.policy import Outcome
from cdispec.scenario import expectations as expect
from cdispec.scenario.draft import Draft
from cdispec.scenario.expectations import Expectation
from cdispec.scenario.feature import FeatureCell, Step
from cdispec.scenario.vocabulary import Vocabulary, no_answer, normalized, read_value
from cdispec.source import Place

_COLUMNS = ("request", "date", "record", "code", "outcome", "clause", "needed")
_WITH_CLAUSE = (Outcome.NECESSARY, Outcome.NOT_NECESSARY, Outcome.NOT_INDICATED)
_INCLUDING = "including "


class TableRow(NamedTuple):
    """A row: a case, what is expected of it, and where it stands."""

    draft: Draft
    expected: Expectation
    place: Place


def read_rows(step: Step, given: Draft, vocabulary: Vocabulary) -> list[TableRow]:
    """The rows of the table below a sentence; each adds to what is `given`, where the issues go, too."""
    table = _Table(given, vocabulary)
    table.read(step)
    return table.rows


class _Table:
    """Reads a table of cases row by row."""

    def __init__(self, given: Draft, vocabulary: Vocabulary) -> None:
        self.given, self.vocabulary = given, vocabulary
        self.policy, self.issues = given.policy, given.issues
        self.rows: list[TableRow] = []

    def read(self, step: Step) -> None:
        """Read every row."""
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

    def _columns(self, header: tuple[FeatureCell, ...]) -> list[str]:
        known = [*_COLUMNS, *(fact.replace("-", " ") for fact in self.policy.facts)]
        columns = []
        for cell in header:
            name = normalized(cell.text)
            if name not in known:
                self.issues.append(issues_of.unknown_column(cell.place, cell.text, known))
            elif name in columns:
                self.issues.append(issues_of.contradicted_fact(cell.place, name, cell.place.line))
            columns.append(name)
        return columns

    def _row(self, cells: Mapping[str, FeatureCell]) -> None:
        draft = self.given.copy()
        for name, cell in cells.items():
            if cell.text:
                self._cell(draft, name, cell)
        first = next(iter(cells.values()))
        if draft.day is None or not draft.request:
            self.issues.append(issues_of.scenario_without_request(first.place, "the row"))
            return
        expected = self._row_outcome(cells)
        if expected is not None:
            self.rows.append(TableRow(draft, expected, first.place))

    def _cell(self, draft: Draft, name: str, cell: FeatureCell) -> None:
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
                    draft.on(draft.day, cell.place)
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

    def _fact_cell(self, draft: Draft, id: str, cell: FeatureCell) -> None:
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
            self.issues.append(no_answer(fact, cell.text, cell.place))
        else:
            draft.answer(id, value, cell.place)

    def _row_outcome(self, cells: Mapping[str, FeatureCell]) -> Expectation | None:
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
        return expect.has_outcome(outcome, clause.text, self.policy, clause.place, self.issues)

    def _row_needs(self, cell: FeatureCell) -> Expectation | None:
        facts = []
        for words in cell.text.split(";"):
            fact = self.vocabulary.subject_of(words)
            if fact is None:
                near = nearest(normalized(words), self.vocabulary.subjects)
                self.issues.append(issues_of.unknown_sentence(cell.place, words.strip(), near))
                return None
            facts.append(fact)
        return expect.Needs(tuple(facts), True)
