"""What a policy says of any case of a kind of request: `determine.determination` over symbols."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

import z3

from cdispec.core.program import Cited, Decision, Gate, Inverse
from cdispec.logic import Truth
from cdispec.model.outcomes import Outcome
from cdispec.targets.smt.formulas import Formula, at_least, conjunction, disjunction, either, negation
from cdispec.targets.smt.truth import Truths


class Decided:
    """What rules say of any case: for each outcome that can be, that it is.

    `exact` says that three-valued logic is exact for the outcome. Where it is not, what every answer gives comes first,
    in a complete record too. On which clauses a decided outcome rests is said only of cases that have one.
    """

    def __init__(self, decision: Decision, exact: bool, truths: Truths) -> None:
        self._truths, self._decision, self._exact = truths, decision, exact
        possible = decision.outcomes
        ways = [_comes_to(outcome, decision, truths) for outcome in possible]
        shown = given = [truths.met(way) for way in ways]
        if not exact:
            given = truths.opened.settled(*((way, 0) for way in ways))
            shown = [either(truths.answers.complete, *pair) for pair in zip(shown, given, strict=True)]
        self._ways = {outcome: pair for outcome, *pair in zip(possible, shown, given, strict=True)}
        self._open = negation(disjunction(given))
        self.outcomes = {
            outcome: disjunction([given, conjunction([self._open, shown])])
            for outcome, (shown, given) in self._ways.items()
        }
        if len(possible) > 1:
            self.outcomes[Outcome.MORE_INFORMATION] = negation(disjunction(self.outcomes.values()))

    def is_(self, outcome: Outcome) -> Formula:
        """That the outcome is this one."""
        return self.outcomes.get(outcome, z3.BoolVal(False))

    def rests_on(self, label: str) -> Formula:
        """That a decided outcome rests on a clause."""
        return self.resting.get(label, z3.BoolVal(False))

    @property
    def resting(self) -> Mapping[str, Formula]:
        """For each clause, by its label, that a decided outcome rests on it."""
        return self._rests[0]

    @property
    def alternatives(self) -> Formula:
        """That a decided outcome rests on one or another of several clauses, as no rule of it is certainly met."""
        resting, uncertain = self._rests
        return conjunction([uncertain, at_least(2, list(resting.values()))])

    @cached_property
    def _rests(self) -> tuple[Mapping[str, Formula], Formula]:
        resting, uncertain = defaultdict[str, list[Formula]](list), []
        for outcome, (shown, given) in self._ways.items():
            here = conjunction([shown, disjunction([self._open, given])])
            uncertain.append(self._rest(outcome, here, self._truths, resting))
            if not self._exact:
                here = conjunction([given, negation(shown)])
                uncertain.append(self._rest(outcome, here, self._truths.opened, resting))
        return {label: disjunction(ways) for label, ways in resting.items()}, disjunction(uncertain)

    def _rest(self, outcome: Outcome, here: Formula, truths: Truths, resting: Mapping[str, list[Formula]]) -> Formula:
        """Gather on which clauses an outcome rests; whether it is given there and no rule of it is certainly met."""
        decision = self._decision
        rules = [rule for rule in decision.rules if rule.outcome is outcome]
        uncertain = conjunction([here, *(negation(truths.met(rule.node)) for rule in rules)])
        for rule in rules:
            _cited(rule.cited, truths, Truth.TRUE, conjunction([here, truths.met(rule.node)]), resting)
            unknown = conjunction([uncertain, truths.truth(rule.node).is_(Truth.UNKNOWN)])
            _cited(rule.cited, truths, Truth.UNKNOWN, unknown, resting)
        if decision.otherwise is outcome and decision.label:
            resting[decision.label].append(conjunction([uncertain, negation(truths.truth(decision.unmet).false)]))
        return uncertain


def decided(request: str, truths: Truths) -> Decided:
    """What a policy says of any case of a kind of request that it has."""
    program = truths.program
    return Decided(program.decisions[request], request in program.exact_requests, truths)


def settled_alike(one: Decided, other: Decided) -> Formula:
    """That both have the same outcome, and that it is a decided one."""
    settled = [outcome for outcome in one.outcomes if outcome is not Outcome.MORE_INFORMATION]
    return z3.Or([z3.And(one.is_(outcome), other.is_(outcome)) for outcome in settled])


def _comes_to(outcome: Outcome, decision: Decision, truths: Truths) -> int:
    """The node that the first rule that is met has an outcome, or what is said otherwise is it."""
    node = truths.add(Gate(0 if decision.otherwise is outcome else 1, ()))
    for rule in reversed(decision.rules):
        if rule.outcome is outcome:
            node = truths.add(Gate(1, (rule.node, node)))
        else:
            node = truths.add(Gate(2, (truths.add(Inverse(rule.node)), node)))
    return node


def _cited(rule: Cited, truths: Truths, wanted: Truth, where: Formula, resting: Mapping[str, list[Formula]]) -> None:
    """Cite a rule's printed alternatives of the wanted truth, or itself where none is."""
    found = []
    for part in rule.below:
        so = truths.truth(part.node).is_(wanted)
        found.append(negation(so))
        _cited(part, truths, wanted, conjunction([where, so]), resting)
    resting[rule.label].append(conjunction([where, *found]))
