"""What rules settle in many cases at once, as far as three-valued logic knows: `determine.settled`, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from cdispec.core.program import Decision
from cdispec.model.outcomes import Outcome
from cdispec.targets.columns import Columns


class Settled(NamedTuple):
    """For each outcome the cases that have it; all others of which something was asked are not settled."""

    outcomes: Mapping[Outcome, int]

    @property
    def cases(self) -> int:
        """The cases that are settled."""
        return reduce(or_, self.outcomes.values(), 0)


def settled(decision: Decision, columns: Columns, within: int) -> Settled:
    """What the first rule that is met says, where no unknown rule before it could decide otherwise."""
    waiting, certain, possible = within, dict[Outcome, int](), dict[Outcome, int]()
    for rule in decision.rules:
        column = columns.column(rule.node)
        met = waiting & ~column.false
        clash = met & reduce(or_, (cases for other, cases in possible.items() if other is not rule.outcome), 0)
        met &= ~clash
        certain[rule.outcome] = certain.get(rule.outcome, 0) | (met & column.true)
        possible[rule.outcome] = possible.get(rule.outcome, 0) | (met & ~column.true)
        waiting &= ~(clash | column.true)
    clash = reduce(or_, (cases for other, cases in possible.items() if other is not decision.otherwise), 0)
    certain[decision.otherwise] = certain.get(decision.otherwise, 0) | (waiting & ~clash)
    return Settled(certain)
