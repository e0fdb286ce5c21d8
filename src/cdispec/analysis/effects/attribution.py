"""To which of several changed criteria a difference is due: a case is asked for in which the others make none."""

from __future__ import annotations

from collections.abc import Collection, Hashable

import z3

from cdispec.analysis.effects.logic import answers_of
from cdispec.logic import negation
from cdispec.model.criteria import Criterion, members
from cdispec.model.facts import Fact, SetOf
from cdispec.model.policy import Policy, all_criteria
from cdispec.targets.smt import Truths


def attributable(before: Policy, after: Policy, changed: Collection[str]) -> bool:
    """Whether two states differ in these criteria and in nothing else that decides.

    Members have their places, rules their order and outcomes, and what the rest is told and what can be answered is the
    same. Otherwise a difference could come from any of that, and no clause can be named for it.
    """
    return _frame(before, after, changed) == _frame(after, before, changed)


def _frame(policy: Policy, other: Policy, changed: Collection[str]) -> Hashable:
    """All of a policy that decides, but for the own logic of changed criteria and for what only one state has."""
    rules = [rule for rule in policy.rules if rule.criterion.id in other.criteria]
    return (
        tuple((rule.criterion.id, frozenset(rule.requests), rule.outcome) for rule in rules),
        tuple((frozenset(rest.requests), rest.outcome) for rest in policy.otherwise),
        frozenset(
            (criterion.id, tuple(member.id for member in members(criterion.logic) if member.id in other.criteria))
            for criterion in all_criteria(policy)
            if criterion.id in other.criteria
        ),
        frozenset(_answers(fact) for fact in policy.facts.values() if fact.id in other.facts),
    )


def _answers(fact: Fact) -> Hashable:
    """What can be answered, but for the options of a list: one that a state lacks is not in the list there."""
    return fact.id if isinstance(fact, SetOf) else answers_of(fact)


def neutral(id: str, before: Truths, after: Truths) -> z3.BoolRef:
    """That a changed criterion does not make the difference between two decided outcomes.

    Where both states have it, it is not met in one and failed in the other; where one has it, it is not what could
    change its list. Where it is unknown, the outcome was decided without it.
    """
    one, other = (truths.policy.criteria.get(id) for truths in (before, after))
    if one is not None and other is not None:
        former, later = before.truth(one), after.truth(other)
        opposite = z3.Or(z3.And(former.true, later.false), z3.And(former.false, later.true))
        return z3.And(before.in_force(one) == after.in_force(other), z3.Not(opposite))
    alone: list[tuple[Truths, Criterion]] = [
        (truths, criterion) for truths, criterion in ((before, one), (after, other)) if criterion is not None
    ]
    return z3.And([z3.Not(truths.truth(criterion).is_(negation(criterion.set_aside))) for truths, criterion in alone])
