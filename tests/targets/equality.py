"""What it is for a target to equal the core: the truth of every node, and what a case comes to and still needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cdispec.determine.determination import Decided
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

    @property
    def is_quick(self) -> bool:
        """Whether there is time to compare it on many policies."""

    def some(self, cases: Iterable[Case]) -> Iterable[Case]:
        """As many of many cases as there is time for."""

    def assert_equal(self, policy: Policy, cases: Iterable[Case]) -> None:
        """It says of each case what the core says."""


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
