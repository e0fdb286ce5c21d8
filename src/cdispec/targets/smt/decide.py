"""What a policy says of any case of a kind of request: `decide` and `resting_on` of `determine.determine`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import z3

from cdispec.logic import Truth
from cdispec.model.criteria import AnyOf, Criterion
from cdispec.model.policy import Outcome, Policy
from cdispec.targets.smt.truth import Truths

Cited = dict[str, list[z3.BoolRef]]
"""For each clause, by its label, where a determination rests on it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """For each outcome that can be, that it is; and for each clause, by its label, that the outcome rests on it.

    What a decided outcome rests on is told only of cases that have one.
    """

    outcomes: Mapping[Outcome, z3.BoolRef]
    resting: Mapping[str, z3.BoolRef]

    def is_(self, outcome: Outcome) -> z3.BoolRef:
        """That the outcome is this one."""
        return self.outcomes.get(outcome, z3.BoolVal(False))

    def rests_on(self, label: str) -> z3.BoolRef:
        """That a decided outcome rests on a clause."""
        return self.resting.get(label, z3.BoolVal(False))


def decided(policy: Policy, request: str, truths: Truths) -> Decided:
    """What a policy says of any case of a kind of request that it has."""
    outcomes = _outcomes(policy, request, truths)
    return Decided(outcomes, _resting_on(policy, request, truths, outcomes))


def _outcomes(policy: Policy, request: str, truths: Truths) -> dict[Outcome, z3.BoolRef]:
    possible: dict[Outcome, list[z3.BoolRef]] = defaultdict(list)
    reached = z3.BoolVal(True)
    for rule in policy.rules_for(request):
        stands, met = truths.in_force(rule.criterion), truths.truth(rule.criterion)
        possible[rule.outcome].append(z3.And(reached, stands, z3.Not(met.false)))
        reached = z3.And(reached, z3.Not(z3.And(stands, met.true)))
    rest = policy.otherwise_for(request)
    possible[rest.outcome if rest else Outcome.NOT_ADDRESSED].append(reached)
    each = {outcome: z3.Or(ways) for outcome, ways in possible.items()}
    found = {
        outcome: z3.And(way, *(z3.Not(other) for name, other in each.items() if name is not outcome))
        for outcome, way in each.items()
    }
    if len(each) > 1:
        found[Outcome.MORE_INFORMATION] = z3.Not(z3.Or(list(found.values())))
    return found


def _resting_on(
    policy: Policy, request: str, truths: Truths, outcomes: Mapping[Outcome, z3.BoolRef]
) -> dict[str, z3.BoolRef]:
    cited: Cited = defaultdict(list)
    rules = policy.rules_for(request)
    rest = policy.otherwise_for(request)
    for outcome, here in outcomes.items():
        if outcome is Outcome.MORE_INFORMATION:
            continue
        met: Cited = defaultdict(list)
        unknown: Cited = defaultdict(list)
        found = []
        for rule in rules:
            if rule.outcome is not outcome:
                continue
            stands, truth = truths.in_force(rule.criterion), truths.truth(rule.criterion)
            found.append(z3.And(stands, truth.true))
            _alternatives(rule.criterion, truths, Truth.TRUE, z3.And(stands, truth.true), met)
            _alternatives(rule.criterion, truths, Truth.UNKNOWN, z3.And(stands, truth.is_(Truth.UNKNOWN)), unknown)
        if rest is not None:
            unknown[rest.label].append(z3.BoolVal(True))
        settled = z3.Or(found)
        for ways, where in ((met, here), (unknown, z3.And(here, z3.Not(settled)))):
            for label, conditions in ways.items():
                cited[label].append(z3.And(where, z3.Or(conditions)))
    return {label: z3.Or(ways) for label, ways in cited.items()}


def _alternatives(criterion: Criterion, truths: Truths, wanted: Truth, where: z3.BoolRef, cited: Cited) -> None:
    """Cite a criterion's printed alternatives of the wanted truth, or itself where none is."""
    found = []
    if isinstance(criterion.logic, AnyOf) and criterion.unless is None:
        for member in criterion.logic.of:
            if member.text is not None:
                so = z3.And(truths.in_force(member), truths.truth(member).is_(wanted))
                found.append(so)
                _alternatives(member, truths, wanted, z3.And(where, so), cited)
    cited[criterion.label].append(z3.And(where, z3.Not(z3.Or(found))))
