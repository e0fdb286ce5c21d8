"""The table of cases of a scenario: each of its rows is a case, with the outcome that is expected of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cdispec.issues import scenarios as issues_of
from cdispec.issues.catalogue import quoted
from cdispec.issues.files import duplicate_id
from cdispec.issues.lines import answered_by_lines
from cdispec.issues.policies import unknown_outcome, unknown_request
from cdispec.issues.records import too_many_rows, unknown_field
from cdispec.model.case import MOST_LINES, Line, Lines
from cdispec.model.facts import Fact, Including, NoValue, Rows, SetOf, Value, answerable, as_day, may_be_none
from cdispec.model.outcomes import Outcome
from cdispec.model.phrases import NONE
from cdispec.model.records import MOST_ROWS, RecordList
from cdispec.model.row_phrases import row_subjects
from cdispec.scenario import expectations as expect
from cdispec.scenario.draft import Draft, Telling
from cdispec.scenario.expectations import Expectation
from cdispec.scenario.feature import FeatureCell, Step
from cdispec.scenario.vocabulary import INCLUDING, Vocabulary, no_answer, normalized, read_value, unknown_words
from cdispec.source import Issue, Place

_COLUMNS = ("request", "date", "record", "code", "outcome", "clause", "needed")
_OF_A_LINE = ("line", "request")


def read_rows(step: Step, given: Draft, vocabulary: Vocabulary) -> list[Telling]:
    """The rows of the table below a sentence; each adds to what is `given`, where the issues go, too."""
    if len(step.table) < 2:
        problem = "`Then each of these cases is determined as stated` has no rows"
        given.issues.append(issues_of.missing_table_of_cases(step.place, problem))
        return []
    table, (header, *rows) = _Table(given, vocabulary), step.table
    columns = table.columns(header, _COLUMNS)
    if "outcome" not in columns:
        given.issues.append(issues_of.scenario_without_outcome(header[0].place, "the table of cases"))
        return []
    return [told for row in rows if (told := table.row(dict(zip(columns, row, strict=True))))]


def read_lines(step: Step, given: Draft, vocabulary: Vocabulary) -> dict[str, tuple[Draft, Place]]:
    """The lines of a request in the table below a sentence, by their names, and where each stands."""
    if len(step.table) < 2:
        given.issues.append(issues_of.missing_table_of_cases(step.place, f"`{step.text}` has no table of lines"))
        return {}
    table, (header, *rows), issues = _Table(given, vocabulary), step.table, given.issues
    columns = table.columns(header, _OF_A_LINE)
    if len(rows) > MOST_LINES:
        issues.append(too_many_rows(step.place, "lines", len(rows), MOST_LINES))
        return {}
    for id in given.facts.keys() & given.policy.asked_lines.keys():
        issues.append(answered_by_lines(given.places[id], id, given.policy.asked_lines[id].named))
    lines: dict[str, tuple[Draft, Place]] = {}
    for number, row in enumerate(rows, 1):
        cells, place = dict(zip(columns, row, strict=True)), row[0].place
        name = cells["line"].text if "line" in cells and cells["line"].text else str(number)
        if normalized(name) in map(normalized, lines):
            taken = duplicate_id(place, name, "a line of this table")
            issues.append(replace(taken, hint="give each line a name of its own in the column `line`"))
        draft = table.line(cells)
        if not draft.request:
            issues.append(issues_of.scenario_without_request(place, "the line"))
        lines[name] = draft, place
    return lines


def tellings_of_lines(
    lines: Mapping[str, tuple[Draft, Place]], whole: bool, expected: Mapping[str, tuple[tuple[int, Expectation], ...]]
) -> list[Telling]:
    """Each line of a request with what is expected of it."""
    tellings = {name: draft.telling(expected.get(name, ()), place) for name, (draft, place) in lines.items()}
    stated = tuple(Line(name, told.case.request, told.case.facts) for name, told in tellings.items())
    return [replace(told, case=replace(told.case, lines=Lines(name, stated, whole))) for name, told in tellings.items()]


def read_list(step: Step, of: RecordList, whole: bool, issues: list[Issue]) -> Rows | None:
    """The rows of a list in the table below a sentence: a column a field, an empty cell for what is not known."""
    if len(step.table) < 2:
        issues.append(issues_of.missing_table_of_cases(step.place, f"`{step.text}` has no table of rows"))
        return None
    header, *rows = step.table
    known = {name.replace("-", " "): name for name in of.fields}
    names = [normalized(cell.text) for cell in header]
    for cell, name in zip(header, names, strict=True):
        if name not in known:
            unknown = unknown_field(cell.place, cell.text, of.id, known)
            issues.append(replace(unknown, hint=f"use one of {quoted(known)}"))
        elif names.count(name) > 1:
            issues.append(issues_of.contradicted_fact(cell.place, name, cell.place.line))
    if len(rows) > MOST_ROWS:
        issues.append(too_many_rows(step.place, of.id, len(rows), MOST_ROWS))
        return None
    return Rows(tuple(_list_row(of, known, dict(zip(names, row, strict=True)), issues) for row in rows), whole)


def row_subjects_of(draft: Draft) -> dict[str, str]:
    """The fields of the rows that were stated by their subjects."""
    return {normalized(words): id for words, id in row_subjects(draft.facts, draft.policy).items()}


def _list_row(
    of: RecordList, known: Mapping[str, str], cells: Mapping[str, FeatureCell], issues: list[Issue]
) -> tuple[tuple[str, Value], ...]:
    answers: dict[str, Value] = {}
    for column, cell in cells.items():
        if not cell.text or column not in known:
            continue
        field = of.fields[known[column]]
        value = _cell_value(field, cell)
        if value is None:
            issues.append(no_answer(field, cell.text, cell.place))
        else:
            answers[known[column]] = value
    return tuple((name, answers[name]) for name in of.fields if name in answers)


def _cell_value(fact: Fact, cell: FeatureCell) -> Value | None:
    """What a cell answers to a fact; None where it is no answer to it."""
    words = normalized(cell.text)
    if words == NONE and (isinstance(fact, SetOf) or may_be_none(fact)):
        return frozenset() if isinstance(fact, SetOf) else NoValue()
    value = read_value(fact, words.removeprefix(INCLUDING) if isinstance(fact, SetOf) else words)
    return Including(value) if isinstance(value, frozenset) and words.startswith(INCLUDING) else value


class _Table:
    """Reads a table of cases row by row."""

    def __init__(self, given: Draft, vocabulary: Vocabulary) -> None:
        self.given, self.vocabulary = given, vocabulary
        self.policy, self.issues = given.policy, given.issues
        named = (*self.policy.stated_outcomes, Outcome.MORE_INFORMATION)
        self.outcomes = {outcome.value: outcome for outcome in named}

    def columns(self, header: tuple[FeatureCell, ...], fixed: Sequence[str]) -> list[str]:
        known = [*fixed, *(fact.replace("-", " ") for fact in answerable(self.policy.facts))]
        worked_out = [id.replace("-", " ") for id in self.policy.asked_lines if fixed is _OF_A_LINE]
        choice = [name for name in known if name not in worked_out]
        columns = []
        for cell in header:
            name = normalized(cell.text)
            if name not in known:
                self.issues.append(issues_of.unknown_column(cell.place, cell.text, choice))
            elif name in columns:
                self.issues.append(issues_of.contradicted_fact(cell.place, name, cell.place.line))
            columns.append(name)
        return columns

    def row(self, cells: Mapping[str, FeatureCell]) -> Telling | None:
        draft, place = self.given.copy(), next(iter(cells.values())).place
        said = {name: cell for name, cell in cells.items() if cell.text}
        for name, cell in said.items():
            self._cell(draft, name, cell)
        if draft.day is None or not draft.request:
            self.issues.append(issues_of.scenario_without_request(place, "the row"))
            return None
        expected = self._outcome(cells["outcome"], said.get("clause"), said.get("needed"))
        return draft.telling(((place.line, expected),), place) if expected else None

    def line(self, cells: Mapping[str, FeatureCell]) -> Draft:
        """What is known of a line: what is given for all, and what its own cells say in the place of that."""
        draft = self.given.copy()
        draft.inherit()
        for name, cell in cells.items():
            if cell.text and name != "line":
                self._cell(draft, name, cell)
        return draft

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
                    self._no_value(cell, "date", "a date such as 2025-06-01")
                else:
                    draft.on(draft.day, cell.place)
            case "record":
                if words not in ("open", "complete"):
                    self._no_value(cell, "record", "open or complete")
                draft.complete = words == "complete"
            case "code":
                draft.codes += [code.strip().upper() for code in words.split(",")]
            case "outcome" | "clause" | "needed":
                pass
            case _ if name.replace(" ", "-") in answerable(self.policy.facts):
                self._fact_cell(draft, name.replace(" ", "-"), cell)

    def _no_value(self, cell: FeatureCell, column: str, expected: str) -> None:
        self.issues.append(issues_of.unknown_value(cell.place, cell.text, column, expected, ()))

    def _fact_cell(self, draft: Draft, id: str, cell: FeatureCell) -> None:
        fact = self.policy.facts[id]
        value = _cell_value(fact, cell)
        if value is None:
            self.issues.append(no_answer(fact, cell.text, cell.place))
        else:
            draft.answer(id, value, cell.place)

    def _outcome(self, cell: FeatureCell, clause: FeatureCell | None, needed: FeatureCell | None) -> Expectation | None:
        text = normalized(cell.text)
        outcome = self.outcomes.get(text)
        if outcome is None:
            self.issues.append(unknown_outcome(cell.place, cell.text, self.outcomes))
            return None
        if needed and outcome is not Outcome.MORE_INFORMATION:
            self._no_value(needed, "needed", f"nothing beside `{outcome}`")
        if clause and outcome.is_open:
            self._no_value(clause, "clause", f"nothing beside `{outcome}`")
        if outcome is Outcome.NOT_ADDRESSED and not clause:
            return expect.HasOutcome(outcome, ())
        if outcome is Outcome.MORE_INFORMATION and needed:
            return self._needs(needed)
        if outcome is Outcome.MORE_INFORMATION:
            self.issues.append(issues_of.outcome_without_needed(cell.place))
        elif clause:
            return expect.has_outcome(outcome, clause.text, self.policy, clause.place, self.issues)
        else:
            self.issues.append(issues_of.outcome_without_clause(cell.place, cell.text))
        return None

    def _needs(self, cell: FeatureCell) -> Expectation | None:
        subjects = cell.text.split(";")
        of_rows = row_subjects_of(self.given)
        named = {words: self.vocabulary.subject_of(words) or of_rows.get(normalized(words)) for words in subjects}
        facts = [fact for fact in named.values() if fact]
        if len(facts) == len(subjects):
            return expect.Needs(tuple(facts), True)
        unknown = next(words for words, fact in named.items() if not fact)
        self.issues.append(unknown_words(unknown.strip(), cell.place, self.vocabulary.subjects))
        return None
