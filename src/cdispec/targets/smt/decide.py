"""What a policy says of any case of a kind of request: `determine.determination` over symbols."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import z3

from cdispec.core.program import Cited, Decision, Gate, Inverse, Shown
from cdispec.logic import Truth
from cdispec.model.policy import Outcome
from cdispec.targets.smt.formulas import Formula, at_least, conjunction, disjunction, negation
from cdispec.targets.smt.truth import Truths

Resting = dict[str, list[Formula]]
"""For each clause, by its label, where a determination rests on it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """For each outcome that can be, that it is; and for each clause, by its label, that the outcome rests on it.

    What a decided outcome rests on is said only of cases that have one, as that no rule of it is certainly met
    (`uncertain`), so that several clauses are alternatives.
    """

    outcomes: Mapping[Outcome, Formula]
    resting: Mapping[str, Formula]
    uncertain: Formula

    def is_(self, outcome: Outcome) -> Formula:
        """That the outcome is this one."""
        return self.outcomes.get(outcome, z3.BoolVal(False))

    def rests_on(self, label: str) -> Formula:
        """That a decided outcome rests on a clause."""
        return self.resting.get(label, z3.BoolVal(False))

    @property
    def alternatives(self) -> Formula:
        """That a decided outcome rests on one or another of several clauses."""
        return conjunction([self.uncertain, at_least(2, list(self.resting.values()))])


def decided(request: str, truths: Truths) -> Decided:
    """What a policy says of any case of a kind of request that it has."""
    return decided_by(truths.program.decisions[request], request in truths.program.exact_requests, truths)


def decided_by(decision: Decision, exact: bool, truths: Truths) -> Decided:
    """What rules say of any case; `exact` says that three-valued logic is exact for the outcome."""
    if exact:
        settled = {outcome: truths.met(_comes_to(outcome, decision, truths)) for outcome in _possible(decision)}
        return _resting(decision, truths, _or_open(settled))
    shown = _outcomes(decision, truths)
    # What every answer gives comes first, in a complete record too.
    never = z3.BoolVal(False)
    opened = truths.opened
    given = {outcome: so for outcome, so in _outcomes(decision, opened).items() if outcome in _possible(decision)}
    undecided = negation(disjunction(given.values()))
    besides = {outcome: conjunction([undecided, so]) for outcome, so in shown.items()}
    alike = {outcome: conjunction([so, shown[outcome]]) for outcome, so in given.items()}
    other = {outcome: conjunction([so, negation(shown[outcome])]) for outcome, so in given.items()}
    by_what_is_shown = {outcome: disjunction([so, alike.get(outcome, never)]) for outcome, so in besides.items()}
    outcomes = {outcome: disjunction([so, given.get(outcome, never)]) for outcome, so in besides.items()}
    both = [_resting(decision, truths, by_what_is_shown), _resting(decision, opened, other)]
    labels = dict.fromkeys(label for found in both for label in found.resting)
    resting = {label: disjunction(found.rests_on(label) for found in both) for label in labels}
    return Decided(outcomes, resting, disjunction(found.uncertain for found in both))


def _possible(decision: Decision) -> dict[Outcome, None]:
    return dict.fromkeys([*(rule.outcome for rule in decision.rules), decision.otherwise])


def _outcomes(decision: Decision, truths: Truths) -> dict[Outcome, Formula]:
    return _or_open(
        {
            outcome: truths.met(truths.add(Shown(_comes_to(outcome, decision, truths))))
            for outcome in _possible(decision)
        }
    )


def _or_open(found: dict[Outcome, Formula]) -> dict[Outcome, Formula]:
    """Outcomes, with that of cases that have none of them."""
    more = {Outcome.MORE_INFORMATION: negation(disjunction(found.values()))} if len(found) > 1 else {}
    return found | more


def _comes_to(outcome: Outcome, decision: Decision, truths: Truths) -> int:
    """The node that the first rule that is met has an outcome, or what is said otherwise is it."""
    node = truths.add(Gate(0 if decision.otherwise is outcome else 1, ()))
    for rule in reversed(decision.rules):
        if rule.outcome is outcome:
            node = truths.add(Gate(1, (rule.node, node)))
        else:
            node = truths.add(Gate(2, (truths.add(Inverse(rule.node)), node)))
    return node


def _resting(decision: Decision, truths: Truths, outcomes: Mapping[Outcome, Formula]) -> Decided:
    resting: Resting = defaultdict(list)
    nowhere_certain = []
    for outcome, here in outcomes.items():
        rules = [rule for rule in decision.rules if rule.outcome is outcome]
        certain = disjunction(truths.met(rule.node) for rule in rules)
        uncertain = conjunction([here, negation(certain)])
        if outcome is not Outcome.MORE_INFORMATION:
            nowhere_certain.append(uncertain)
        for rule in rules:
            _cited(rule.cited, truths, Truth.TRUE, conjunction([here, truths.met(rule.node)]), resting)
            unknown = conjunction([uncertain, truths.truth(rule.node).is_(Truth.UNKNOWN)])
            _cited(rule.cited, truths, Truth.UNKNOWN, unknown, resting)
        if decision.otherwise is outcome and decision.label:
            resting[decision.label].append(conjunction([uncertain, negation(truths.truth(decision.unmet).false)]))
    clauses = {label: disjunction(ways) for label, ways in resting.items()}
    return Decided(outcomes, clauses, disjunction(nowhere_certain))


def _cited(rule: Cited, truths: Truths, wanted: Truth, where: Formula, resting: Resting) -> None:
    """Cite a rule's printed alternatives of the wanted truth, or itself where none is."""
    found = []
    for part in rule.below:
        so = truths.truth(part.node).is_(wanted)
        found.append(negation(so))
        _cited(part, truths, wanted, conjunction([where, so]), resting)
    resting[rule.label].append(conjunction([where, *found]))
