"""What a part of a program can still come to depends on little: cases that have that in common share what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from cdispec.core.program import Lies, Program, facts_of, nodes_below
from cdispec.logic import Truth
from cdispec.model.facts import Day
from cdispec.model.policy import Policy
from cdispec.targets.python.door import in_order

Truths = Sequence[int]


class Pattern:
    """What some nodes of a program can still come to depends on: their truths, and where a date is unknown, all dates.

    `getter` alone serves where no date can be unknown.
    """

    def __init__(self, policy: Policy, program: Program, numbers: Sequence[int]) -> None:
        facts, nodes = in_order(policy), program.nodes
        days = {fact.id for fact in facts if isinstance(fact, Day)}
        self._days = [number for number, fact in enumerate(facts) if fact.id in days]
        self._dated = [
            number
            for number in nodes_below(nodes, numbers)
            if isinstance(node := nodes[number], Lies) and days & {*facts_of(node)}
        ]
        self._truths = getter(numbers)

    def of(self, truths: Truths, answers: Sequence[Any], day: int) -> tuple[object, ...]:
        """The pattern of a case: the truths, then the dates that count."""
        if any(truths[number] == Truth.UNKNOWN for number in self._dated):
            return self._truths(truths), day, *(answers[number] for number in self._days)
        return (self._truths(truths),)


def getter(numbers: Sequence[int]) -> Callable[[Truths], object]:
    """A function that takes the truths of these nodes from those of all."""
    return itemgetter(*numbers) if numbers else lambda _: ()
