"""Stories: scenarios read in a policy's vocabulary, as cases and what is expected of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from cdispec.issues import scenarios as issues_of
from cdispec.model.facts import as_day
from cdispec.model.outcomes import Outcome
from cdispec.model.row_phrases import subject_of
from cdispec.scenario import expectations as expect
from cdispec.scenario.draft import Draft, Telling
from cdispec.scenario.expectations import Expectation
from cdispec.scenario.feature import Scenario, Step
from cdispec.scenario.samples import expected_of
from cdispec.scenario.tables import read_lines, read_list, read_rows, row_subjects_of, tellings_of_lines
from cdispec.scenario.vocabulary import (
    LINES,
    CompleteRecord,
    Given,
    NamesCode,
    StatedAnswer,
    StatedRows,
    Vocabulary,
    no_answer,
    normalized,
    unknown_words,
)
from cdispec.source import Issue, Place


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario as one telling, or as one for each row of its table of cases.

    `replaced` gives for a sentence that answers a fact otherwise than the background where the background answers it.
    """

    scenario: Scenario
    tellings: tuple[Telling, ...]
    replaced: Mapping[Place, Place] = field(default_factory=dict)


def read_story(scenario: Scenario, vocabulary: Vocabulary) -> tuple[Story, list[Issue]]:
    """What a scenario states, with an issue for each sentence that states nothing."""
    reader = _Reader(scenario, vocabulary)
    reader.read()
    return Story(scenario, tuple(reader.tellings), reader.replaced), reader.issues


class _Reader:
    """Reads the sentences of one scenario in order."""

    def __init__(self, scenario: Scenario, vocabulary: Vocabulary) -> None:
        self.scenario, self.vocabulary, self.policy = scenario, vocabulary, vocabulary.policy
        self.issues: list[Issue] = []
        self.tellings: list[Telling] = []
        self._rows: list[Telling] = []
        self._draft = Draft(self.policy, self.issues)
        self._expected: dict[str, list[tuple[int, Expectation]]] = {}
        self._needed: dict[str, list[str]] = {}
        self._lines: dict[str, tuple[Draft, Place]] = {}
        self._of_lines, self._whole, self._line = False, True, ""
        self._reached = "given"

    def read(self) -> None:
        """Read every sentence, then check that the scenario says enough to test something."""
        read = {"given": self._given, "when": self._when, "then": self._then}
        own = next((step for step in self.scenario.steps if not self.scenario.inherits(step)), None)
        for step in self.scenario.steps:
            if step is own:
                self._draft.inherit()
            self._in_order(step)
            read[step.kind](step)
        known = [recorded.id for recorded in self.policy.interpretations]
        for tag in self.scenario.named:
            if tag.text not in known:
                self.issues.append(issues_of.unknown_interpretation(tag.place, tag.text, known))
        if not self.scenario.steps:
            return
        every = [expected for of_line in self._expected.values() for _, expected in of_line]
        stated = any(isinstance(expected, expect.HasOutcome | expect.Needs) for expected in every)
        if not self._rows and not stated and not self.issues:
            self.issues.append(issues_of.scenario_without_outcome(self.scenario.place, self.scenario.name))
        if self.issues:
            return
        expected = {name: (*of_line,) for name, of_line in self._expected.items()}
        if self._rows:
            # Each row of a table of cases is a case of its own, of which the other Then sentences speak too.
            self.tellings = [replace(row, expected=(*row.expected, *expected.get("", ()))) for row in self._rows]
        elif self._lines:
            self.tellings = tellings_of_lines(self._lines, self._whole, expected)
        elif self._draft.day is None:
            self.issues.append(issues_of.scenario_without_request(self.scenario.place, self.scenario.name))
        else:
            self.tellings.append(self._draft.telling(expected.get("", ()), self.scenario.place))

    @property
    def replaced(self) -> Mapping[Place, Place]:
        """Which sentences stand for one of the background."""
        return self._draft.replaced

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
        meanings = self.vocabulary.given(step.text)
        if len(meanings) > 1:
            told = [f"`{self._meant(meaning)}`" for meaning in meanings]
            self.issues.append(issues_of.ambiguous_sentence(step.place, step.text, told))
        if not isinstance(next(iter(meanings), None), StatedRows):
            self._no_table(step)
        match meanings[:1]:
            case [StatedRows(id, whole)]:
                rows = read_list(step, self.policy.lists[id], whole, self.issues)
                if rows is not None:
                    self._draft.answer(id, rows, step.place)
            case [StatedAnswer(fact, value)]:
                self._draft.answer(fact, value, step.place)
            case [CompleteRecord()]:
                self._draft.complete = True
            case [NamesCode(code)]:
                self._draft.codes.append(code)
            case _ if misvalued := self.vocabulary.misvalued(step.text):
                self.issues.append(no_answer(*misvalued, step.place))
            case _:
                self.issues.append(unknown_words(step.text, step.place, self.vocabulary.sentences("given")))

    def _meant(self, meaning: Given) -> str:
        match meaning:
            case StatedAnswer(fact):
                return subject_of(fact, self.policy, {})
            case StatedRows(id):
                return self.policy.lists[id].name
            case CompleteRecord() | NamesCode():
                return "a fixed sentence"
            case _:
                assert_never(meaning)

    def _subject(self, words: str) -> str | None:
        """The fact of this subject, or the field of a row that was stated."""
        return self.vocabulary.subject_of(words) or row_subjects_of(self._draft).get(normalized(words))

    def _when(self, step: Step) -> None:
        of_lines = LINES.fullmatch(normalized(step.text))
        day = as_day(of_lines["day"]) if of_lines else None
        begun = normalized(step.text).startswith("these lines are requested")
        if not begun:
            self._no_table(step)
        request = ("", day) if day else self.vocabulary.request(step.text)
        if request is None:
            # What is said of its lines cannot be read without them, and is not wrong for that.
            self._of_lines = begun
            self.issues.append(unknown_words(step.text, step.place, self.vocabulary.sentences("when")))
            return
        if self._draft.line:
            self.issues.append(issues_of.second_request(step.place, self._draft.line))
        self._draft.request, day = request
        self._draft.line = step.place.line
        self._draft.on(day, step.place)
        if of_lines is not None:
            self._of_lines = True
            self._whole, self._lines = not of_lines["more"], read_lines(step, self._draft, self.vocabulary)

    def _then(self, step: Step) -> None:
        words = normalized(step.text)
        if self._of_lines:
            opening = {f"{expect.FOR_LINE}{normalized(name)}, ": name for name in self._lines}
            begun = max((one for one in opening if words.startswith(one)), key=len, default="")
            if not begun and self._lines:
                self.issues.append(issues_of.unnamed_line(step.place, step.text, self._lines))
            if not begun:
                return
            self._line, words = opening[begun], words.removeprefix(begun)
        elif words.startswith(expect.FOR_LINE) and self._draft.request:
            self.issues.append(issues_of.unnamed_line(step.place, step.text, ()))
            return
        if words == expect.EACH_CASE and not self._of_lines:
            self._rows += read_rows(step, self._draft, self.vocabulary)
        elif expected := self._expectation(step, words):
            self._expected.setdefault(self._line, []).append((step.place.line, expected))

    def _expectation(self, step: Step, words: str) -> Expectation | None:
        for opening in (expect.NEEDED_ON, expect.SETTLED_BY):
            if words == opening:
                return self._listed(step, opening)
        self._no_table(step)
        if words == expect.NOTHING_ELSE:
            return expect.Needs(tuple(self._needed.get(self._line, ())), True)
        if words == expect.NOT_ADDRESSED:
            return expect.HasOutcome(Outcome.NOT_ADDRESSED, ())
        outcomes = expect.outcome_sentences(self.policy)
        if words in outcomes:
            self.issues.append(issues_of.outcome_without_clause(step.place, step.text))
            return None
        for sentence, clauses in _parted(words, expect.UNDER):
            if sentence not in outcomes:
                continue
            named = _as_written(clauses, step.text)
            return expect.has_outcome(outcomes[sentence], named, self.policy, step.place, self.issues)
        if match := expect.CODE_LISTED.fullmatch(words):
            label = expect.labels(match[2], self.policy, step.place, self.issues)[0] if match[2] else None
            return expect.Lists(match[1].upper(), label)
        for opening, truth in expect.CLASSIFIED.items():
            if words.startswith(opening) and (name := words.removeprefix(opening)) in self.vocabulary.classifications:
                return expect.Classified(self.vocabulary.classifications[name], truth)
        for opening, truth in expect.RESTRICTED.items():
            if words.startswith(opening) and (form := words.removeprefix(opening)) in self.vocabulary.restrictions:
                return expect.Restricted(self.vocabulary.restrictions[form], truth)
        if match := expect.GRANTED_ON.fullmatch(words):
            return expect.GrantedOn(match[1] == "until", as_day(match[2]))
        if match := expect.IN_PART.fullmatch(words):
            return expect.InPart(match[1])
        for opening in (*expect.DEPENDS, expect.NEEDED_ON + " ", expect.SETTLED_BY + " "):
            fact = self._subject(words.removeprefix(opening)) if words.startswith(opening) else None
            if fact is not None:
                return self._of_fact(opening, fact)
        subjects = [opening + name for opening in expect.DEPENDS for name in self.vocabulary.subjects]
        subjects += [f"{expect.NEEDED_ON} {name}" for name in self.vocabulary.subjects]
        self.issues.append(unknown_words(step.text, step.place, [*expected_of(self.policy), *subjects]))
        return None

    def _of_fact(self, opening: str, fact: str) -> Expectation:
        if opening in expect.DEPENDS:
            return expect.Depends(fact, expect.DEPENDS[opening])
        if opening.strip() == expect.SETTLED_BY:
            return expect.SettledBy((fact,))
        self._needed.setdefault(self._line, []).append(fact)
        return expect.Needs((fact,), False)

    def _listed(self, step: Step, opening: str) -> Expectation | None:
        if not step.table:
            self.issues.append(issues_of.missing_table_of_cases(step.place, f"`{step.text}` has no table of subjects"))
            return None
        facts = []
        for cell in (cell for row in step.table for cell in row):
            fact = self._subject(cell.text)
            if fact is None:
                self.issues.append(unknown_words(cell.text, cell.place, self.vocabulary.subjects))
            else:
                facts.append(fact)
        self._needed.setdefault(self._line, []).extend(facts)
        return expect.Needs(tuple(facts), True) if opening == expect.NEEDED_ON else expect.SettledBy(tuple(facts))


def _parted(words: str, by: str) -> Iterator[tuple[str, str]]:
    """Every way to part a sentence, the last first: what it names may hold the word that parts it."""
    pieces = words.split(by)
    return ((by.join(pieces[:at]), by.join(pieces[at:])) for at in range(len(pieces) - 1, 0, -1))


def _as_written(end: str, sentence: str) -> str:
    """The end of a sentence as its author wrote it, without a full stop."""
    return " ".join(sentence.split()).removesuffix(".")[-len(end) :]
