"""What a part of a program can still come to depends on little: cases that have that in common share what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from cdispec.core.program import Lies, Program, facts_of
from cdispec.logic import Truth
from cdispec.model.facts import Day
from cdispec.model.policy import Policy
from cdispec.targets.python.door import in_order

Truths = Sequence[int]


class Dates:
    """The dates that count, beside the truths of some atoms, in what these can come to.

    Where a date is unknown, it depends on all that this is compared with; where none is, on the truths alone.
    """

    def __init__(self, policy: Policy, program: Program, atoms: Sequence[int]) -> None:
        facts = in_order(policy)
        days = {fact.id for fact in facts if isinstance(fact, Day)}
        self._days = [number for number, fact in enumerate(facts) if fact.id in days]
        self._dated = [
            number for number in atoms if isinstance(atom := program.nodes[number], Lies) and days & {*facts_of(atom)}
        ]

    def of(self, truths: Truths, answers: Sequence[Any], day: int) -> tuple[object, ...]:
        """The dates of a case that count."""
        if any(truths[number] == Truth.UNKNOWN for number in self._dated):
            return day, *(answers[number] for number in self._days)
        return ()


def getter(numbers: Sequence[int]) -> Callable[[Truths], object]:
    """A function that takes the truths of these nodes from those of all."""
    return itemgetter(*numbers) if numbers else lambda _: ()
