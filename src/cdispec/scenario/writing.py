"""Cases and determinations as the sentences of a scenario: what `story` reads, written back."""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.determination import Determination
from cdispec.model.facts import Fact, Including, Rows, Value
from cdispec.model.outcomes import Outcome
from cdispec.model.phrases import NONE, sentence_of, value_words
from cdispec.model.policy import Policy
from cdispec.model.records import RecordList
from cdispec.model.row_phrases import subject_of
from cdispec.scenario.expectations import CLASSIFIED, NEEDED_ON, NOTHING_ELSE, Said, granted_sentences, resting_words
from cdispec.scenario.vocabulary import COMPLETE, INCLUDING, NAMES_CODE, ON

MOST_NEEDED = 3
"""So many needed facts are named; more would hide the rest of a scenario."""


def scenario_lines(policy: Policy, case: Case, then: list[str], title: str) -> list[str]:
    """A scenario in a policy's own phrases: the case, and the sentences of what `then` is expected of it."""
    return [f"Scenario: {title}", *steps(given_sentences(policy, case), request_sentence(policy, case), then)]


def steps(given: list[str], when: str, then: list[str]) -> list[str]:
    """Sentences as the lines below the heading of a scenario; the rows of a table stand below their sentence."""
    return [*_step("Given", given), *_step("When", [when]), *_step("Then", then)]


def outline_steps(given: list[str], column: str, rows: list[str], when: str, then: list[str]) -> list[str]:
    """The same for an outline, whose cases have besides what is given one sentence of their own."""
    cells = table([column, *rows])
    return [*steps([*given, f"<{column}>"], when, then), "", "  Examples:", *(f"    {cell}" for cell in cells)]


def _step(keyword: str, sentences: list[str]) -> Iterator[str]:
    for position, sentence in enumerate(sentences):
        yield f"    {sentence}" if sentence.startswith("|") else f"  {'And' if position else keyword} {sentence}"


def table(cells: list[str]) -> list[str]:
    """The rows of a table of one column."""
    return _table([[cell] for cell in cells])


def _table(rows: list[list[str]]) -> list[str]:
    written = [[cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*written, strict=True)]
    padded = ([f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)] for row in written)
    return [f"| {' | '.join(row)} |" for row in padded]


def _rows(of: RecordList, rows: Value | None) -> list[str]:
    """The rows of a list as a sentence with a table, a column for each field that one of them answers."""
    if not isinstance(rows, Rows) or (not rows.rows and not rows.whole):
        return []
    if not rows.rows:
        return [of.none]
    answers = [dict(row) for row in rows.rows]
    names = [name for name in of.fields if any(name in row for row in answers)] or [next(iter(of.fields))]
    cells = [[_cell(of.fields[name], row.get(name)) for name in names] for row in answers]
    sentence = of.phrase if rows.whole else of.including
    return [sentence, *_table([[name.replace("-", " ") for name in names], *cells])]


def _cell(field: Fact, value: Value | None) -> str:
    if value is None:
        return ""
    words = value_words(field, value)
    return f"{INCLUDING}{words}" if isinstance(value, Including) else words or NONE


def given_sentences(policy: Policy, case: Case) -> list[str]:
    """What a case states, in the order in which the policy declares its facts."""
    stated = [(fact, case.facts[fact.id]) for fact in policy.facts.values() if fact.id in case.facts]
    # Part of a list with nothing in it says nothing.
    answered = [sentence_of(fact, value) for fact, value in stated if value != Including(frozenset())]
    for of in policy.lists.values():
        answered += _rows(of, case.facts.get(of.id))
    named = [f"{NAMES_CODE}{code}" for code in case.codes]
    return [*answered, *named, *([COMPLETE] if case.complete else [])]


def request_sentence(policy: Policy, case: Case) -> str:
    """The request that a case makes."""
    return f"{policy.requests[case.request].phrase}{ON}{case.date.isoformat()}"


def then_sentences(policy: Policy, found: Determination) -> list[str]:
    """The outcome with the clauses it rests on, or what is needed: of much, what is asked first."""
    if found.outcome is Outcome.MORE_INFORMATION:
        needed = [f"{NEEDED_ON} {subject_of(fact, policy, found.rows)}" for fact in found.needed]
        return needed[:MOST_NEEDED] if len(needed) > MOST_NEEDED else [*needed, NOTHING_ELSE]
    return [outcome_sentence(policy, found)]


def whole_then(policy: Policy, said: Said) -> list[str]:
    """The outcome with the clauses it rests on and its limits, or all that is needed: several facts as a table."""
    if said.outcome is not Outcome.MORE_INFORMATION:
        granting = (rule for rule in policy.rules if rule.grant is not None and rule.criterion.label in _granting(said))
        forms = [one.words for rule in granting if rule.grant for one in rule.grant.restrictions]
        return [outcome_sentence(policy, said), *granted_sentences(said, dict.fromkeys(forms))]
    needed = [subject_of(fact, policy, said.rows) for fact in said.needed]
    return [NEEDED_ON, *table(needed)] if len(needed) > 1 else [f"{NEEDED_ON} {needed[0]}", NOTHING_ELSE]


def _granting(said: Said) -> set[str]:
    """The labels of the clauses that grant something."""
    return {one.clause for one in said.granted}


def outcome_sentence(policy: Policy, said: Said) -> str:
    """The outcome with the clauses it rests on."""
    named = {own.outcome: own.phrase for own in policy.outcomes if own.phrase}
    sentence = named.get(said.outcome, f"it is {said.outcome}")
    return sentence + resting_words(said.clauses, said.alternatives)


def classified_sentence(name: str, truth: Truth) -> str:
    """How a case is classified."""
    return next(words for words, known in CLASSIFIED.items() if known is truth) + name
