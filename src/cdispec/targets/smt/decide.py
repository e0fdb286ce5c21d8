"""What a policy says of any case of a kind of request: `determine.determination` over symbols."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

import z3

from cdispec.core.program import Cited, Decision, Gate, Inverse
from cdispec.logic import Truth
from cdispec.model.policy import Outcome
from cdispec.targets.smt.formulas import Formula, conjunction, disjunction, either, negation
from cdispec.targets.smt.truth import Truths


class Decided:
    """What a policy says of any case of a kind of request: for each outcome that can be, that it is.

    Where three-valued logic is not exact, what every answer gives comes first, in a complete record too.
    """

    def __init__(self, request: str, truths: Truths) -> None:
        self._truths, self._decision = truths, truths.program.decisions[request]
        possible = dict.fromkeys([*(rule.outcome for rule in self._decision.rules), self._decision.otherwise])
        ways = [_comes_to(outcome, self._decision, truths) for outcome in possible]
        shown = given = [truths.met(way) for way in ways]
        if not self._decision.exact:
            complete, opened = truths.answers.complete, truths.opened
            given = opened.settled(*((_comes_to(outcome, self._decision, opened), 0) for outcome in possible))
            shown = [either(complete, *pair) for pair in zip(shown, given, strict=True)]
        open_ = negation(disjunction(given))
        self._shown, self._given = dict(zip(possible, shown, strict=True)), dict(zip(possible, given, strict=True))
        self.outcomes = {
            outcome: disjunction([given, conjunction([open_, self._shown[outcome]])])
            for outcome, given in self._given.items()
        }
        if len(possible) > 1:
            self.outcomes[Outcome.MORE_INFORMATION] = negation(disjunction(self.outcomes.values()))

    def is_(self, outcome: Outcome) -> Formula:
        """That the outcome is this one."""
        return self.outcomes.get(outcome, z3.BoolVal(False))

    @cached_property
    def resting(self) -> Mapping[str, Formula]:
        """For each clause, by its label, that a decided outcome rests on it; said only of cases that have one."""
        open_, resting = negation(disjunction(self._given.values())), defaultdict[str, list[Formula]](list)
        for outcome, given in self._given.items():
            shown = self._shown[outcome]
            here = conjunction([shown, disjunction([open_, given])])
            self._rests(outcome, here, self._truths, resting)
            if not self._decision.exact:
                self._rests(outcome, conjunction([given, negation(shown)]), self._truths.opened, resting)
        return {label: disjunction(ways) for label, ways in resting.items()}

    def _rests(self, outcome: Outcome, here: Formula, truths: Truths, resting: Mapping[str, list[Formula]]) -> None:
        decision = self._decision
        rules = [rule for rule in decision.rules if rule.outcome is outcome]
        uncertain = conjunction([here, *(negation(truths.met(rule.node)) for rule in rules)])
        for rule in rules:
            _cited(rule.cited, truths, Truth.TRUE, conjunction([here, truths.met(rule.node)]), resting)
            unknown = conjunction([uncertain, truths.truth(rule.node).is_(Truth.UNKNOWN)])
            _cited(rule.cited, truths, Truth.UNKNOWN, unknown, resting)
        if decision.otherwise is outcome and decision.label:
            resting[decision.label].append(conjunction([uncertain, negation(truths.truth(decision.unmet).false)]))


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
