"""The questions that are asked of the logic of a policy, in order: each may rest on what those before it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cdispec.analysis.faults.constant import constant_criteria
from cdispec.analysis.faults.examination import Examination
from cdispec.analysis.faults.implied import implied_members
from cdispec.analysis.faults.redundant import redundant_criteria
from cdispec.analysis.faults.shadowed import shadowed_rules
from cdispec.analysis.faults.unaddressed import unaddressed_cases
from cdispec.analysis.proof.bounded import MOST
from cdispec.analysis.proof.limit import LIMIT
from cdispec.core.work import TooMuchWorkError
from cdispec.issues.logic import undecided_question
from cdispec.model.policy import Policy
from cdispec.source import Issue, Place

_OF_ALL_CASES: tuple[tuple[Callable[[Examination], Iterator[Issue]], str], ...] = (
    (constant_criteria, "whether some criterion is met in no case or in every case"),
    (implied_members, "whether some member of a list adds nothing to it"),
    (shadowed_rules, "whether some clause never decides, because those before it do"),
    (redundant_criteria, "whether some criterion never changes an outcome"),
)


def faults_of(policy: Policy, limit: float = LIMIT) -> list[Issue]:
    """What is wrong with the logic of a policy that is free of errors; `limit` is the work of a question in seconds."""
    examined = Examination(policy, limit)
    found: list[Issue] = []
    if not examined.bounded.enough:
        words = f"what is wrong with its logic: its criteria ask for more than {MOST} rows of a list together"
        return [undecided_question(Place(policy.path), words)]
    for question, words in _OF_ALL_CASES:
        _ask(examined, question(examined), words, found)
    for request in policy.requests:
        words = f"whether some request of kind `{request}` is addressed by no clause"
        _ask(examined, unaddressed_cases(examined, request), words, found)
    return found


def _ask(examined: Examination, answers: Iterable[Issue], words: str, found: list[Issue]) -> None:
    """Gather the answers to a question as far as they come; where that takes too much work, that is told as well."""
    try:
        with examined.answers.work.part(examined.steps):
            found.extend(answers)
    except TooMuchWorkError:
        found.append(undecided_question(Place(examined.policy.path), words))
