"""The questions that are asked of the logic of a policy, in order: each may rest on what those before it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cdispec.analysis.faults.constant import constant_criteria
from cdispec.analysis.faults.examination import Examination
from cdispec.analysis.faults.implied import implied_members
from cdispec.analysis.faults.redundant import redundant_criteria
from cdispec.analysis.faults.shadowed import shadowed_rules
from cdispec.analysis.faults.unaddressed import unaddressed_cases
from cdispec.analysis.proof.limit import LIMIT, UndecidedError
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
    """What is wrong with the logic of a policy that is free of errors; each question may take `limit` seconds."""
    examined = Examination(policy, limit)
    found: list[Issue] = []
    for question, words in _OF_ALL_CASES:
        with examined.solver.question():
            _ask(question(examined), words, Place(policy.path), found)
    for request in policy.requests:
        words = f"whether some request of kind `{request}` is addressed by no clause"
        _ask(unaddressed_cases(examined, request), words, Place(policy.path), found)
    return found


def _ask(answers: Iterable[Issue], words: str, place: Place, found: list[Issue]) -> None:
    """Gather the answers to a question as far as they come; where the solver gives up, that is told as well."""
    try:
        found.extend(answers)
    except UndecidedError as undecided:
        found.append(undecided_question(place, words, undecided.seconds))
