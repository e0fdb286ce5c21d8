"""Every rule that compares words with what they stand for, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cdispec.analysis.wording.blocks import outcomes, requests
from cdispec.analysis.wording.disagreement import Disagreement
from cdispec.analysis.wording.drifted import drifted, misspelled
from cdispec.analysis.wording.lists import examples, joins, limiting_notes, openness, quantifiers, universals
from cdispec.analysis.wording.naming import joined_within, names, options, other_facts, questions, references
from cdispec.analysis.wording.numbers import dates, grades, numbers
from cdispec.analysis.wording.of_facts import of_facts
from cdispec.analysis.wording.polarity import duties, exceptions, negations, references_denied, rest_denied
from cdispec.analysis.wording.reading import Reading, read
from cdispec.analysis.wording.sides import dates_beside, numbers_beside
from cdispec.analysis.wording.statements import Statement
from cdispec.model.policy import Policy

OF_A_STATEMENT: tuple[Callable[[Statement, Reading], Iterator[Disagreement]], ...] = (
    quantifiers,
    universals,
    numbers,
    dates,
    dates_beside,
    numbers_beside,
    grades,
    joins,
    openness,
    examples,
    limiting_notes,
    negations,
    references_denied,
    exceptions,
    rest_denied,
    outcomes,
    requests,
    duties,
    names,
    options,
    other_facts,
    joined_within,
    questions,
    references,
)


def disagreements(policy: Policy) -> Iterator[Disagreement]:
    """Where the words of a policy and what they stand for disagree."""
    reading = read(policy)
    for statement in reading.statements:
        for rule in OF_A_STATEMENT:
            yield from rule(statement, reading)
    yield from drifted(reading)
    yield from misspelled(reading)
    yield from of_facts(reading)
