"""Criteria that make no difference to any outcome or classification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

import z3

from cdispec.analysis.faults.examination import Examination, listed, named
from cdispec.issues.logic import idle_criterion
from cdispec.model.criteria import Criterion, members, walk
from cdispec.model.policy import Outcome, Policy
from cdispec.source import Issue
from cdispec.targets.smt import Truths
from cdispec.targets.smt.truth import Kleene

Outcomes = Mapping[Outcome, z3.BoolRef]
"""For each outcome of a request kind, that a case which answers every fact has it."""


def idle_criteria(examined: Examination) -> Iterator[Issue]:
    """Each outermost criterion without which everything is decided alike, unless something else is told of it."""
    whole = _Decisions(examined.policy, examined.truths)
    if examined.needless:
        whole = whole.without(examined.needless, examined)
    left_out: set[str] = set()
    for criterion in examined.criteria:
        if criterion.id in left_out:
            continue
        if criterion.id in examined.constant or criterion.id in examined.implied:
            left_out |= _inside(criterion)
            continue
        if examined.settled_by_a_member(criterion):
            left_out |= {part for member in members(criterion.logic) for part in _inside(member)}
        without = whole.without({criterion.id}, examined)
        if examined.ever(without.differs_from(whole)):
            left_out |= _inside(criterion) if examined.stands_alone(criterion) else set()
        else:
            left_out |= _inside(criterion)
            if criterion.id not in examined.swallowed:
                other = _made_needless_by(criterion, whole, examined)
                yield idle_criterion(criterion.place, named(criterion), listed([other]) if other else "")
                whole = without


def _made_needless_by(criterion: Criterion, whole: _Decisions, examined: Examination) -> Criterion | None:
    """Another criterion without which an idle one would make a difference; the innermost, where there is one."""
    keys, inside = examined.keys(criterion), _inside(criterion)
    for other in examined.inside_out:
        apart = other.id not in inside and criterion.id not in examined.touched([other.id])
        if apart and criterion.id not in _inside(other) and keys & examined.keys(other):
            rest = whole.without({other.id}, examined)
            if examined.ever(rest.without({criterion.id}, examined).differs_from(rest)):
                return other
    return None


class _Decisions:
    """What is decided and classified by a policy, whole or without some of its criteria."""

    def __init__(
        self, policy: Policy, truths: Truths, known: _Decisions | None = None, touched: Set[str] = frozenset()
    ):
        self.policy, self.truths = policy, truths
        self.outcomes: dict[str, Outcomes] = {
            request: known.outcomes[request]
            if known and not any(rule.criterion.id in touched for rule in policy.rules_for(request))
            else outcomes(policy, request, truths)
            for request in policy.requests
        }
        self.classified: dict[str, z3.BoolRef] = {
            criterion.id: known.classified[criterion.id]
            if known and criterion.id not in touched
            else met(criterion, truths)
            for criterion in (named.criterion for named in policy.classifications)
        }

    def without(self, dropped: Set[str], examined: Examination) -> _Decisions:
        """What is decided where these criteria are dropped as well."""
        touched = examined.touched(dropped)
        return _Decisions(self.policy, Without(self.truths, dropped, touched), self, touched)

    def differs_from(self, other: _Decisions) -> z3.BoolRef:
        """That a case is decided or classified otherwise."""
        differ = [
            now[outcome] != before[outcome]
            for now, before in zip(self.outcomes.values(), other.outcomes.values(), strict=True)
            if now is not before
            for outcome in now
        ]
        differ += [
            now != before
            for now, before in zip(self.classified.values(), other.classified.values(), strict=True)
            if now is not before
        ]
        return z3.Or(differ)


class Without(Truths):
    """The truths of a policy of which some criteria are dropped, as if they were out of their dates.

    What that does not touch has the formulas that it has in the whole policy.
    """

    def __init__(self, whole: Truths, dropped: Set[str], touched: Set[str]) -> None:
        super().__init__(whole.policy, whole.answers)
        self.whole, self.touched = whole, touched
        # What refers to something that is dropped later stays dropped itself.
        self.dropped: Set[str] = whole.dropped | dropped if isinstance(whole, Without) else dropped

    def truth(self, criterion: Criterion) -> Kleene:
        """Whether the case meets a criterion that is in force."""
        return super().truth(criterion) if criterion.id in self.touched else self.whole.truth(criterion)

    def in_force(self, criterion: Criterion) -> z3.BoolRef:
        """That a criterion is in force, which one that is dropped never is."""
        if criterion.id in self.dropped:
            return z3.BoolVal(False)
        return super().in_force(criterion) if criterion.id in self.touched else self.whole.in_force(criterion)


def outcomes(policy: Policy, request: str, truths: Truths) -> Outcomes:
    """The outcomes of a request kind: that of the first rule that is met, or what is said of the rest."""
    ways: dict[Outcome, list[z3.BoolRef]] = {}
    reached = z3.BoolVal(True)
    for rule in policy.rules_for(request):
        decides = met(rule.criterion, truths)
        ways.setdefault(rule.outcome, []).append(z3.And(reached, decides))
        reached = z3.And(reached, z3.Not(decides))
    rest = policy.otherwise_for(request)
    ways.setdefault(rest.outcome if rest else Outcome.NOT_ADDRESSED, []).append(reached)
    return {outcome: z3.Or(found) for outcome, found in ways.items()}


def met(criterion: Criterion, truths: Truths) -> z3.BoolRef:
    """That a criterion is in force and met."""
    return z3.And(truths.in_force(criterion), truths.truth(criterion).true)


def _inside(criterion: Criterion) -> set[str]:
    return {part.id for part in walk(criterion)}
