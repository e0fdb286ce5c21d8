"""Explanations mirror the criteria, with the truth of each in the case."""

from __future__ import annotations

from hypothesis import given, settings

from cdispec.determine.determine import determine, standing
from cdispec.determine.explain import words
from cdispec.determine.truth import in_force, truth
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Criterion, Reference, members
from cdispec.model.determination import Explanation
from cdispec.model.policy import Outcome, Policy
from tests.determine.strategies import policies_with_cases

LAW = settings(max_examples=40, deadline=None)
ANY_RECORD = policies_with_cases(complete=None)

Pairs = list[tuple[Explanation, Criterion]]


def _below(criterion: Criterion, policy: Policy, case: Case) -> tuple[Criterion, ...]:
    """The criteria that stand below one in an explanation."""
    if not in_force(criterion, policy, case.date):
        return ()
    logic, guard = criterion.logic, criterion.unless
    parts = (policy.criteria[logic.to],) if isinstance(logic, Reference) else members(logic)
    return parts if guard is None or not in_force(guard, policy, case.date) else (*parts, guard)


def _pairs(policy: Policy, case: Case) -> Pairs:
    """Every explanation of a criterion with that criterion; those that have no partner stop the walk."""
    rules = policy.rules_for(case.request)
    top = determine(policy, case).explanation.because[: len(rules)]
    found: Pairs = []
    stack: Pairs = [(said, rule.criterion) for said, rule in zip(top, rules, strict=True)]
    while stack:
        said, criterion = stack.pop()
        found.append((said, criterion))
        stack += zip(said.because, _below(criterion, policy, case), strict=True)
    return found


@LAW
@given(ANY_RECORD)
def test_an_explanation_has_the_ids_and_labels_of_the_criteria(drawn: tuple[Policy, Case]) -> None:
    for said, criterion in _pairs(*drawn):
        assert (said.id, said.clause) == (criterion.id, criterion.label)


@LAW
@given(ANY_RECORD)
def test_an_explanation_has_the_truth_of_each_criterion_that_is_in_force(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    for said, criterion in _pairs(policy, case):
        if in_force(criterion, policy, case.date):
            assert said.truth is truth(criterion, policy, case)


@LAW
@given(ANY_RECORD)
def test_a_criterion_out_of_its_dates_is_explained_as_set_aside(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    for said, criterion in _pairs(policy, case):
        if not in_force(criterion, policy, case.date):
            assert (said.truth, said.set_aside) == (criterion.set_aside, f"not in force on {case.date}")


@LAW
@given(ANY_RECORD)
def test_a_guard_that_is_met_is_named_where_it_sets_aside(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    for said, criterion in _pairs(policy, case):
        guard = criterion.unless
        if not in_force(criterion, policy, case.date) or guard is None or not in_force(guard, policy, case.date):
            continue
        met = truth(guard, policy, case) is Truth.TRUE
        assert said.set_aside == (f"set aside: {words(guard, policy)}" if met else "")


@LAW
@given(ANY_RECORD)
def test_an_explanation_ends_with_what_the_policy_says_otherwise(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    said = determine(policy, case).explanation.because[len(policy.rules_for(case.request)) :]
    rest = policy.otherwise_for(case.request)
    assert [(last.id, last.clause) for last in said] == ([(rest.id, rest.label)] if rest else [])


@LAW
@given(ANY_RECORD)
def test_otherwise_is_reached_where_no_rule_is_met(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    truths = {truth(rule.criterion, policy, case) for rule in standing(policy, case)}
    reached = Truth.FALSE if Truth.TRUE in truths else Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE
    said = determine(policy, case).explanation.because[len(policy.rules_for(case.request)) :]
    assert all(last.truth is reached for last in said)


@LAW
@given(ANY_RECORD)
def test_the_whole_explanation_is_unknown_while_more_information_is_needed(drawn: tuple[Policy, Case]) -> None:
    found = determine(*drawn)
    assert (found.explanation.truth is Truth.UNKNOWN) is (found.outcome is Outcome.MORE_INFORMATION)
