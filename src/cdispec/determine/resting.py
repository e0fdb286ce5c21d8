"""The outcome of decided rules, the clauses it rests on, and its explanation."""

from __future__ import annotations

from collections.abc import Sequence

from cdispec.core.program import Cited, Decision
from cdispec.logic import Truth
from cdispec.model.determination import Explanation
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy

TRUE, UNKNOWN = int(Truth.TRUE), int(Truth.UNKNOWN)


def settled(decision: Decision, truths: Sequence[int]) -> Outcome | None:
    """The outcome of the first rule that is met, where no unknown rule before it could decide otherwise."""
    possible = None
    for rule in decision.rules:
        met = truths[rule.node]
        if met:
            if possible is not None and possible is not rule.outcome:
                return None
            possible = rule.outcome
            if met == TRUE:
                return possible
    return decision.otherwise if possible is None or possible is decision.otherwise else None


def cited(rule: Cited, truths: Sequence[int], wanted: int) -> list[str]:
    """The labels of a rule's printed alternatives of the wanted truth, or its own where it has none."""
    found: list[str] = []
    for part in rule.below:
        if truths[part.node] == wanted:
            found += cited(part, truths, wanted)
    return found or [rule.label]


def root(
    policy: Policy, request: str, outcome: Outcome, clauses: Sequence[str], because: tuple[Explanation, ...]
) -> Explanation:
    """The explanation of an outcome, over those of the rules."""
    text = f"{policy.requests[request].phrase}: {outcome}"
    truth = Truth.UNKNOWN if outcome.is_open else Truth.TRUE
    return Explanation(clauses[0] if clauses else "", "", text, True, truth, "", "", False, "", because)
