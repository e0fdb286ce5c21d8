"""Formulas say what the semantics of criteria say."""

from __future__ import annotations

from hypothesis import given, settings

from cdispec.determine.answers import leaf_truth
from cdispec.determine.determine import decide
from cdispec.determine.formula import Decision, Formulas, decision, evaluate, leaves, settled
from cdispec.determine.truth import in_force, truth
from cdispec.model.case import Case
from cdispec.model.policy import Outcome, Policy
from tests.determine.strategies import policies_with_cases

LAW = settings(max_examples=50, deadline=None)
ANY_RECORD = policies_with_cases(complete=None)


@LAW
@given(ANY_RECORD)
def test_a_formula_is_as_true_as_its_criterion(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    formulas = Formulas(policy, case.date)
    for criterion in policy.criteria.values():
        if in_force(criterion, policy, case.date):
            formula = formulas.formula(criterion)
            asked = leaves(Decision(((formula, Outcome.NECESSARY),), Outcome.NOT_NECESSARY))
            known = {leaf: leaf_truth(leaf, policy, case) for leaf in asked}
            assert evaluate(formula, known, {}) is truth(criterion, policy, case)


@LAW
@given(ANY_RECORD)
def test_a_decision_settles_the_outcome_that_the_rules_decide(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    decided = decision(policy, case.request, case.date)
    known = {leaf: leaf_truth(leaf, policy, case) for leaf in leaves(decided)}
    assert (settled(decided, known, {}) or Outcome.MORE_INFORMATION) is decide(policy, case)
