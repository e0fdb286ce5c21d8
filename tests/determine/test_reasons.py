"""Explanations mirror the criteria, with the truth of each in the case."""

from __future__ import annotations

from hypothesis import given, settings

from cdispec.core.evaluate import evaluate
from cdispec.core.lower import lower
from cdispec.determine.determination import determine
from cdispec.determine.reasons import words
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Criterion, Reference, members
from cdispec.model.determination import Explanation
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from tests.determine.strategies import policies_with_cases

LAW = settings(max_examples=60)
ANY_RECORD = policies_with_cases(complete=None)


def in_force(criterion: Criterion, policy: Policy, case: Case) -> bool:
    """Whether a criterion is in force on the day of a case."""
    program = lower(policy)
    return evaluate(program, case)[program.criteria[criterion.id].in_force] is Truth.TRUE


Pairs = list[tuple[Explanation, Criterion]]


def _below(criterion: Criterion, policy: Policy, case: Case) -> tuple[Criterion, ...]:
    """The criteria that stand below one in an explanation."""
    if not in_force(criterion, policy, case):
        return ()
    logic, guard = criterion.logic, criterion.unless
    parts = (policy.criteria[logic.to],) if isinstance(logic, Reference) else members(logic)
    return parts if guard is None or not in_force(guard, policy, case) else (*parts, guard)


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
    program = lower(policy)
    truths = evaluate(program, case)
    for said, criterion in _pairs(policy, case):
        lowered = program.criteria[criterion.id]
        if truths[lowered.in_force] is Truth.TRUE:
            nodes = [lowered.truth] if lowered.met is None else [lowered.truth, lowered.met]
            assert said.truth in [truths[node] for node in nodes]


@LAW
@given(ANY_RECORD)
def test_a_rule_is_explained_with_the_truth_that_decides(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    program = lower(policy)
    truths, rules = evaluate(program, case), policy.rules_for(case.request)
    top = determine(policy, case).explanation.because[: len(rules)]
    for said, rule, decided in zip(top, rules, program.decisions[case.request].rules, strict=True):
        if in_force(rule.criterion, policy, case):
            assert said.truth is truths[decided.node]


@LAW
@given(ANY_RECORD)
def test_a_criterion_out_of_its_dates_is_explained_as_set_aside(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    for said, criterion in _pairs(policy, case):
        if not in_force(criterion, policy, case):
            assert (said.truth, said.set_aside) == (criterion.set_aside, f"not in force on {case.date}")


@LAW
@given(ANY_RECORD)
def test_an_exception_is_shown_as_one_and_named_where_it_sets_aside(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    for said, criterion in _pairs(policy, case):
        guard = criterion.unless
        assert not any(part.guard for part in said.because[:-1])
        if not in_force(criterion, policy, case) or guard is None or not in_force(guard, policy, case):
            continue
        assert said.because[-1].guard
        met = said.because[-1].truth is Truth.TRUE
        assert said.set_aside == (f"set aside: {words(guard, policy)}" if met else "")


@LAW
@given(ANY_RECORD)
def test_a_comparison_says_what_is_asked_and_what_is_reported(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    for said, criterion in _pairs(policy, case):
        if in_force(criterion, policy, case):
            facts = criterion.logic.facts if isinstance(criterion.logic, Comparison) else ()
            assert bool(said.asked) is bool(facts)
            assert bool(said.answered) is any(fact in case.facts for fact in facts)


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
    program = lower(policy)
    truths = {evaluate(program, case)[rule.node] for rule in program.decisions[case.request].rules}
    reached = Truth.FALSE if Truth.TRUE in truths else Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE
    said = determine(policy, case).explanation.because[len(policy.rules_for(case.request)) :]
    # Rules of which each is unknown may be so that one of them is met in any case.
    assert all(last.truth in (reached, Truth.FALSE) for last in said)


@LAW
@given(ANY_RECORD)
def test_the_whole_explanation_is_unknown_while_more_information_is_needed(drawn: tuple[Policy, Case]) -> None:
    found = determine(*drawn)
    assert (found.explanation.truth is Truth.UNKNOWN) is (found.outcome is Outcome.MORE_INFORMATION)
