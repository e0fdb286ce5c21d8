"""Laws of determination that hold for every policy and case."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from cdispec.determine.determine import decide, determine, standing
from cdispec.determine.truth import truth
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Criterion, Period
from cdispec.model.policy import Outcome, Policy
from tests.determine.strategies import further_answers, policies_with_cases, reordered
from tests.strategies import complete_facts

LAW = settings(max_examples=50, deadline=None)
ANY_RECORD = policies_with_cases(complete=None)
MORE = Outcome.MORE_INFORMATION


@LAW
@given(policies_with_cases(), st.data())
def test_knowing_more_never_flips_a_settled_outcome(drawn: tuple[Policy, Case], data: st.DataObject) -> None:
    policy, case = drawn
    before, after = decide(policy, case), decide(policy, data.draw(further_answers(policy, case)))
    assert before in (MORE, after)


@LAW
@given(policies_with_cases(), st.data())
def test_knowing_more_never_flips_the_truth_of_a_criterion(drawn: tuple[Policy, Case], data: st.DataObject) -> None:
    policy, case = drawn
    knowing = data.draw(further_answers(policy, case))
    for criterion in policy.criteria.values():
        assert truth(criterion, policy, case) in (Truth.UNKNOWN, truth(criterion, policy, knowing))


@LAW
@given(ANY_RECORD)
def test_nothing_is_needed_once_the_outcome_is_settled(drawn: tuple[Policy, Case]) -> None:
    found = determine(*drawn)
    assert found.outcome is MORE or not found.needed


@LAW
@given(ANY_RECORD)
def test_only_what_is_unknown_is_needed(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    known = {fact for fact, answer in case.facts.items() if not hasattr(answer, "members")}
    assert not known & set(determine(policy, case).needed)


@LAW
@given(policies_with_cases(complete=True))
def test_a_complete_record_needs_no_more_information(drawn: tuple[Policy, Case]) -> None:
    assert decide(*drawn) is not MORE


@LAW
@given(ANY_RECORD, st.data())
def test_a_complete_record_with_every_answer_is_determined_as_an_open_one(
    drawn: tuple[Policy, Case], data: st.DataObject
) -> None:
    policy, case = drawn
    answered = replace(case, facts=data.draw(complete_facts(policy)))
    assert determine(policy, replace(answered, complete=True)) == determine(policy, replace(answered, complete=False))


@LAW
@given(ANY_RECORD)
def test_an_exclusion_that_is_met_is_never_medically_necessary(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    met = [rule for rule in standing(policy, case) if truth(rule.criterion, policy, case) is Truth.TRUE]
    assert not any(rule.excludes for rule in met) or decide(policy, case) is not Outcome.NECESSARY


@LAW
@given(ANY_RECORD)
def test_an_exclusion_that_is_unknown_is_never_medically_necessary(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    unknown = [rule for rule in standing(policy, case) if truth(rule.criterion, policy, case) is Truth.UNKNOWN]
    assert not any(rule.excludes for rule in unknown) or decide(policy, case) is not Outcome.NECESSARY


@LAW
@given(ANY_RECORD)
def test_the_first_rule_that_is_met_decides_where_none_before_it_is_unknown(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    stands = standing(policy, case)
    truths = [truth(rule.criterion, policy, case) for rule in stands]
    first = next((n for n, met in enumerate(truths) if met is not Truth.FALSE), None)
    rest = policy.otherwise_for(case.request)
    if first is None:
        assert decide(policy, case) is (rest.outcome if rest else Outcome.NOT_ADDRESSED)
    elif truths[first] is Truth.TRUE:
        assert decide(policy, case) is stands[first].outcome


@LAW
@given(ANY_RECORD)
def test_every_outcome_but_not_addressed_rests_on_a_clause(drawn: tuple[Policy, Case]) -> None:
    found = determine(*drawn)
    assert bool(found.clauses) is not (found.outcome is Outcome.NOT_ADDRESSED)


@LAW
@given(ANY_RECORD, st.data())
def test_the_order_of_the_members_of_a_list_changes_nothing_but_the_order(
    drawn: tuple[Policy, Case], data: st.DataObject
) -> None:
    policy, case = drawn
    found, turned = determine(policy, case), determine(data.draw(reordered(policy)), case)
    assert turned.outcome is found.outcome
    assert set(turned.clauses) == set(found.clauses)
    assert set(turned.needed) == set(found.needed)
    assert len(turned.settled_by) == len(found.settled_by)
    assert turned.classifications == found.classifications


@LAW
@given(ANY_RECORD, st.data())
def test_the_order_of_the_facts_of_a_case_changes_nothing(drawn: tuple[Policy, Case], data: st.DataObject) -> None:
    policy, case = drawn
    turned = replace(case, facts=dict(data.draw(st.permutations(list(case.facts.items())))))
    assert determine(policy, turned) == determine(policy, case)


@LAW
@given(ANY_RECORD)
def test_a_classification_decides_nothing(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    found, without = determine(policy, case), determine(replace(policy, classifications=()), case)
    assert without == replace(found, classifications={})


@LAW
@given(ANY_RECORD)
def test_codes_decide_nothing(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    found = determine(policy, case)
    assert determine(policy, replace(case, codes=())) == replace(found, codes={})


@LAW
@given(ANY_RECORD)
def test_a_policy_out_of_force_approves_nothing_of_its_own(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    never = Period(end=policy.effective)

    def ended(criterion: Criterion) -> Criterion:
        return replace(criterion, valid=never)

    rules = tuple(replace(rule, criterion=ended(rule.criterion)) for rule in policy.rules)
    found = determine(replace(policy, rules=rules), case)
    rest = policy.otherwise_for(case.request)
    assert found.outcome is (rest.outcome if rest else Outcome.NOT_ADDRESSED)
