"""An interpretation answers a disagreement of words and logic, as long as both are what they were."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cdispec.analysis.wording.answers import unanswered
from cdispec.analysis.wording.disagreements import disagreements
from cdispec.model.policy import Answer, Interpretation, Policy
from cdispec.source import Place
from tests.wording.rows import of_a_number

SAYS, OTHERWISE = "65 or older", "at least 60 years"


def answered(policy: Policy, clause: str = "item", says: str = SAYS, otherwise: str = OTHERWISE) -> tuple[int, int]:
    """How many disagreements are left, and how many answers are needless, with one interpretation."""
    answers = (Answer(says, otherwise, Place("policy.md")),)
    entry = Interpretation("why", (clause,), "Why?", "So.", "Because.", False, Place("policy.md"), answers)
    policy = replace(policy, interpretations=(entry,))
    left, needless = unanswered(policy, disagreements(policy))
    return len(left), len(needless)


@pytest.fixture
def policy() -> Policy:
    return of_a_number(["years: at least 60", "caught", "Advanced age of 65 or older"])[1]


def test_a_disagreement_without_an_answer_is_left(policy: Policy) -> None:
    assert len(unanswered(policy, disagreements(policy))[0]) == 1


def test_an_interpretation_answers_the_words_and_what_disagrees_with_them(policy: Policy) -> None:
    assert answered(policy) == (0, 0)


def test_case_and_spacing_of_an_answer_do_not_matter(policy: Policy) -> None:
    assert answered(policy, says="65  OR older") == (0, 0)


def test_an_answer_to_other_words_answers_nothing(policy: Policy) -> None:
    assert answered(policy, says="66 or older") == (1, 1)


def test_an_answer_against_other_logic_answers_nothing(policy: Policy) -> None:
    assert answered(policy, otherwise="at least 18 years") == (1, 1)


def test_an_answer_about_another_clause_answers_nothing(policy: Policy) -> None:
    assert answered(policy, clause="rules") == (1, 1)


def test_an_answer_is_needless_where_words_and_logic_agree() -> None:
    assert answered(of_a_number(["years: at least 65", "fine", "Advanced age of 65 or older"])[1]) == (0, 1)
