"""Cases and determinations as the sentences of a scenario: what `story` reads, written back."""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.model.case import Case
from cdispec.model.determination import Determination
from cdispec.model.facts import Including, subject
from cdispec.model.phrases import sentence_of
from cdispec.model.policy import Outcome, Policy
from cdispec.scenario.expectations import NEEDED_ON, NOTHING_ELSE, outcome_words
from cdispec.scenario.vocabulary import COMPLETE, NAMES_CODE, ON

MOST_NEEDED = 3
"""So many needed facts are named; more would hide the rest of a scenario."""


def scenario_lines(policy: Policy, case: Case, then: list[str], title: str) -> list[str]:
    """A scenario in a policy's own phrases: the case, and the sentences of what `then` is expected of it."""
    return [
        f"Scenario: {title}",
        *_step("Given", given_sentences(policy, case)),
        *_step("When", [request_sentence(policy, case)]),
        *_step("Then", then),
    ]


def _step(keyword: str, sentences: list[str]) -> Iterator[str]:
    for position, sentence in enumerate(sentences):
        yield f"  {'And' if position else keyword} {sentence}"


def given_sentences(policy: Policy, case: Case) -> list[str]:
    """What a case states, in the order in which the policy declares its facts."""
    stated = [(fact, case.facts[fact.id]) for fact in policy.facts.values() if fact.id in case.facts]
    # Part of a list with nothing in it says nothing.
    answered = [sentence_of(fact, value) for fact, value in stated if value != Including(frozenset())]
    named = [f"{NAMES_CODE}{code}" for code in case.codes]
    return [*answered, *named, *([COMPLETE] if case.complete else [])]


def request_sentence(policy: Policy, case: Case) -> str:
    """The request that a case makes."""
    return f"{policy.requests[case.request].phrase}{ON}{case.date.isoformat()}"


def then_sentences(policy: Policy, found: Determination) -> list[str]:
    """The outcome with the clauses it rests on, or what is needed: of much, what is asked first."""
    if found.outcome is Outcome.MORE_INFORMATION:
        needed = [f"{NEEDED_ON} {subject(policy.facts[fact])}" for fact in found.needed]
        return needed[:MOST_NEEDED] if len(needed) > MOST_NEEDED else [*needed, NOTHING_ELSE]
    return [f"it is {outcome_words(found.outcome, found.clauses, found.alternatives)}"]
