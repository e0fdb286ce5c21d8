"""To which of several changed criteria a difference is due: a case is asked for in which the others make none."""

from __future__ import annotations

from collections.abc import Collection, Hashable

import z3

from cdispec.analysis.effects.logic import answers_of
from cdispec.logic import Truth
from cdispec.model.criteria import members
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
    """What can be answered, but for the options of a list: one that a state lacks is not in the list there.

    Which codes are in a set is asked by the criteria that name it.
    """
    if isinstance(fact, SetOf) and fact.codes is not None:
        return fact.id, fact.codes.system
    return fact.id if isinstance(fact, SetOf) else answers_of(fact)


def neutral(id: str, before: Truths, after: Truths) -> z3.BoolRef:
    """That a changed criterion does not make the difference between two decided outcomes.

    Where both states have it, it is not met in one and failed in the other; where one has it, it is not what could
    change its list. Where it is unknown, the outcome was decided without it.
    """
    having = [(truths, truths.program.criteria[id]) for truths in (before, after) if id in truths.program.criteria]
    complete = before.answers.complete
    if len(having) == 2:
        former, later = (truths.truth(nodes.truth) for truths, nodes in having)
        one, other = (truths.met(nodes.in_force) for truths, nodes in having)
        opposite = z3.Or(z3.And(former.true, later.false), z3.And(former.false, later.true))
        # In a complete record what is not shown is not met.
        return z3.And(one == other, z3.Not(opposite), z3.Implies(complete, former.true == later.true))
    [(truths, nodes)] = having
    truth, aside = truths.truth(nodes.truth), truths.policy.criteria[id].set_aside
    changing = z3.Or(truth.false, z3.And(complete, z3.Not(truth.true))) if aside is Truth.TRUE else truth.true
    return z3.Not(changing)
