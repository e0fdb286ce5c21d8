"""Which disagreements an interpretation answers, and which answers nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.analysis.wording.disagreement import Disagreement
from cdispec.issues.catalogue import is_answerable
from cdispec.model.policy import Answer, Interpretation, Policy


def unanswered(
    policy: Policy, found: Iterable[Disagreement]
) -> tuple[list[Disagreement], list[tuple[Interpretation, Answer]]]:
    """The disagreements that no interpretation of their clauses answers, and the answers to none."""
    given = ((entry, answer) for entry in policy.interpretations for answer in entry.answers)
    answers = [(entry, answer) for entry, answer in given if not is_answerable(answer.says)]
    needed: list[tuple[Interpretation, Answer]] = []
    left = []
    for one in found:
        fitting = [pair for pair in answers if _answers(*pair, one)]
        needed += fitting
        if not fitting:
            left.append(one)
    return left, [pair for pair in answers if pair not in needed]


def _answers(entry: Interpretation, answer: Answer, one: Disagreement) -> bool:
    about = any(clause in one.clauses for clause in entry.clauses)
    return about and _same(answer.says, one.says) and _same(answer.otherwise, one.otherwise)


def _same(text: str, other: str) -> bool:
    return " ".join(text.split()).casefold() == " ".join(other.split()).casefold()
