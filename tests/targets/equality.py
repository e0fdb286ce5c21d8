"""What it is for a target to equal the core: the truth of every node, and what a case comes to and still needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cdispec.core import exact
from cdispec.determine.determination import Decided, Prepared
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.determination import Way
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy


@dataclass(frozen=True)
class Said:
    """What is said of a case: the truth of every node, and a determination without its explanation."""

    truths: Sequence[Truth]
    outcome: Outcome
    clauses: Sequence[str]
    alternatives: bool
    classifications: Mapping[str, Truth]
    needed: Sequence[str]
    may_matter: Sequence[str]
    ways: Sequence[Way]
    codes: Mapping[str, str | None]


class Target(Protocol):
    """Another form of the program of a policy."""

    def load(self, policy: Policy, most_work: int) -> None:
        """Decides by this policy from now on, within this limit of work."""

    def said(self, case: Case) -> Said:
        """What it says of a case."""


def said(decided: Decided) -> Said:
    """What a decided case says."""
    found = decided.determination()
    return Said(
        truths=[Truth(truth) for truth in decided.truths],
        outcome=found.outcome,
        clauses=found.clauses,
        alternatives=found.alternatives,
        classifications=found.classifications,
        needed=found.needed,
        may_matter=found.may_matter,
        ways=found.ways,
        codes=found.codes,
    )


def assert_equal(target: Target, policy: Policy, cases: Iterable[Case]) -> None:
    """The target says of each case what the core says, within the limit of work that the core has now."""
    core = Prepared(policy)
    target.load(policy, exact.MOST_WORK)
    for case in cases:
        assert target.said(case) == said(core.decide(case)), case
