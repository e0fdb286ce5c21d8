"""A disagreement between words and what they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cdispec.analysis.wording.claims import Found
from cdispec.analysis.wording.english import quoted
from cdispec.analysis.wording.statements import Statement
from cdispec.source import Place


class Topic(StrEnum):
    """What words and logic disagree about."""

    QUANTIFIER = "quantifier"
    NUMBER = "number"
    NEGATION = "negation"
    LIST = "list"
    DUTY = "duty"
    OUTCOME = "outcome"
    REFERENCE = "reference"
    FACT = "fact"
    DRIFTED = "drifted"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """That some words say one thing, and what they stand for says another.

    `name` is what a reader knows the words by, `says` what of them is meant; `other` is what disagrees with them, and
    `otherwise` what that says. An interpretation of one of the `clauses` can say why both are right. `words` are all of
    the words, which stand from `place` on, and `at` is where in them what is meant begins.
    """

    topic: Topic
    name: str
    says: str
    other: str
    otherwise: str
    clauses: tuple[str, ...]
    place: Place
    words: str
    at: int


def disagreement(
    topic: Topic, statement: Statement, words: str, found: Found | None, other: str, otherwise: str
) -> Disagreement:
    """A disagreement about what some words of a statement say there; about all of them where it is nowhere."""
    start, end = (0, len(words)) if found is None else found
    clauses = tuple(dict.fromkeys((statement.id, *(stood.criterion.id for stood in statement.logic))))
    # A block has the words of a paragraph that stands in front of it.
    place = statement.section.place if words == statement.lead else statement.place
    says = quoted(words, start, end)
    return Disagreement(topic, statement.label, says, other, otherwise, clauses, place, words, start)
