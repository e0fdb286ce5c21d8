"""What it is for a target to equal the core: the truth of every node, and what a case comes to and still needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cdispec.core import exact
from cdispec.core.evaluate import evaluate
from cdispec.core.exact import remaining
from cdispec.core.known import Known
from cdispec.core.lower import lower
from cdispec.core.program import Program
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.policy import Outcome, Policy


@dataclass(frozen=True)
class Said:
    """What is said of a case; `ways` as outcomes with the facts that lead there."""

    truths: tuple[Truth, ...]
    outcome: Outcome
    needed: tuple[str, ...] = ()
    may_matter: tuple[str, ...] = ()
    ways: tuple[tuple[Outcome, tuple[str, ...]], ...] = ()


class Target(Protocol):
    """Another form of the program of a policy."""

    def load(self, policy: Policy, most_work: int) -> None:
        """Decides by this policy from now on, within this limit of work."""

    def said(self, case: Case) -> Said:
        """What it says of a case."""


def core_says(program: Program, case: Case) -> Said:
    """What the core says of a case."""
    truths = tuple(evaluate(program, case))
    decision = program.decisions[case.request]
    met = next((rule for rule in decision.rules if truths[rule.node] is Truth.TRUE), None)
    before = decision.rules if met is None else decision.rules[: decision.rules.index(met)]
    possible = {rule.outcome for rule in before if truths[rule.node] is Truth.UNKNOWN}
    possible.add(decision.otherwise if met is None else met.outcome)
    if len(possible) == 1:
        return Said(truths, possible.pop())
    if case.complete:
        return Said(truths, Outcome.NOT_DECIDED)
    left = remaining(program, decision, Known(program, case), truths)
    if len(left.outcomes) == 1:
        return Said(truths, *left.outcomes)
    ways = tuple((way.outcome, way.facts) for way in left.ways)
    needed = tuple(dict.fromkeys([*(ways[0][1] if ways else ()), *left.needed]))
    may_matter = tuple(fact for fact in needed if fact in left.may)
    return Said(truths, Outcome.MORE_INFORMATION, needed, may_matter, ways)


def assert_equal(target: Target, policy: Policy, cases: Iterable[Case]) -> None:
    """The target says of each case what the core says, within the limit of work that the core has now."""
    program = lower(policy)
    target.load(policy, exact.MOST_WORK)
    for case in cases:
        assert target.said(case) == core_says(program, case), case
