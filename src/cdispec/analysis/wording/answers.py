"""Which disagreements an interpretation answers, and which answers nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.analysis.wording.disagreement import Disagreement
from cdispec.model.policy import Answer, Interpretation, Policy


def unanswered(
    policy: Policy, found: Iterable[Disagreement]
) -> tuple[list[Disagreement], list[tuple[Interpretation, Answer]]]:
    """The disagreements that no interpretation of their clauses answers, and the answers to none."""
    answers = [(entry, answer) for entry in policy.interpretations for answer in entry.answers]
    needed: list[tuple[Interpretation, Answer]] = []
    left = []
    for one in found:
        given = [pair for pair in answers if _answers(*pair, one)]
        needed += given
        if not given:
            left.append(one)
    return left, [pair for pair in answers if pair not in needed]


def _answers(entry: Interpretation, answer: Answer, one: Disagreement) -> bool:
    about = any(clause in one.clauses for clause in entry.clauses)
    return about and _same(answer.says, one.says) and _same(answer.otherwise, one.otherwise)


def _same(text: str, other: str) -> bool:
    return " ".join(text.split()).casefold() == " ".join(other.split()).casefold()
