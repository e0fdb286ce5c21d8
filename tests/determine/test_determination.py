"""Laws of determination that hold for every policy and case."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from cdispec.core.evaluate import evaluate
from cdispec.core.lower import lower
from cdispec.core.program import Inverse, Program, Shown, children, nodes_below
from cdispec.determine.determination import determine
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Criterion, IsOneOf, ListOf, Logic, Not, Period, Reference
from cdispec.model.facts import YesNo
from cdispec.model.outcomes import Outcome, in_order
from cdispec.model.policy import Policy
from tests.determine.strategies import further_answers, of_blocks, policies_with_cases, reordered
from tests.examples import examples
from tests.strategies import complete_facts

LAW = examples(40)
ANY_RECORD = policies_with_cases(complete=None)
MORE = Outcome.MORE_INFORMATION


def decide(policy: Policy, case: Case) -> Outcome:
    """The outcome of a case."""
    return determine(policy, case).outcome


def rules_met(policy: Policy, case: Case) -> list[tuple[Outcome, Truth]]:
    """The outcome of each rule, in order of precedence, and whether it is met."""
    program = lower(policy)
    truths = evaluate(program, case)
    return [(rule.outcome, truths[rule.node]) for rule in program.decisions[case.request].rules]


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
    program = lower(policy)
    before, after = evaluate(program, case), evaluate(program, data.draw(further_answers(policy, case)))
    assert all(one in (Truth.UNKNOWN, other) for one, other in zip(before, after, strict=True))


@LAW
@given(ANY_RECORD)
def test_a_case_is_settled_if_and_only_if_nothing_is_needed(drawn: tuple[Policy, Case]) -> None:
    found = determine(*drawn)
    assert (found.outcome is MORE) is bool(found.needed)


@LAW
@given(policies_with_cases())
def test_the_shortest_way_is_given_to_each_possible_outcome_the_granting_one_first(drawn: tuple[Policy, Case]) -> None:
    found = determine(*drawn)
    outcomes = [way.outcome for way in found.ways]
    assert outcomes == in_order(outcomes)
    assert (len(outcomes) > 1) is bool(found.needed)
    assert found.needed[: len(found.ways[0].facts) if found.ways else 0] == (found.ways[0].facts if found.ways else ())
    assert all(set(way.facts) <= set(found.needed) for way in found.ways)


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
    answered = replace(case, facts=data.draw(complete_facts(policy, case.date)))
    assert determine(policy, replace(answered, complete=True)) == determine(policy, replace(answered, complete=False))


@LAW
@given(ANY_RECORD)
def test_an_exclusion_that_is_met_is_never_medically_necessary(drawn: tuple[Policy, Case]) -> None:
    excluded = any(outcome is not Outcome.NECESSARY and met is Truth.TRUE for outcome, met in rules_met(*drawn))
    assert not excluded or decide(*drawn) is not Outcome.NECESSARY


@LAW
@given(ANY_RECORD)
def test_the_first_rule_that_is_met_decides_where_none_before_it_is_unknown(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    first = next((rule for rule in rules_met(policy, case) if rule[1] is not Truth.FALSE), None)
    rest = policy.otherwise_for(case.request)
    if first is None:
        assert decide(policy, case) is (rest.outcome if rest else Outcome.NOT_ADDRESSED)
    elif first[1] is Truth.TRUE:
        assert decide(policy, case) is first[0]


@LAW
@given(policies_with_cases(complete=True), st.data())
def test_in_a_complete_record_taking_an_answer_away_makes_nothing_met_that_was_not(
    drawn: tuple[Policy, Case], data: st.DataObject
) -> None:
    policy, case = drawn
    program = lower(policy)
    # Where something is said not to be met, or an exception takes a criterion out, silence shows just that.
    assume(not any(isinstance(program.nodes[number], Inverse) for number in _above_what_is_asked(program)))
    kept = {fact: answer for fact, answer in case.facts.items() if data.draw(st.booleans())}
    before, after = evaluate(program, case), evaluate(program, replace(case, facts=kept))
    for lowered in program.criteria.values():
        if lowered.met is not None:
            assert after[lowered.met] is not Truth.TRUE or before[lowered.met] is Truth.TRUE


def _above_what_is_asked(program: Program) -> set[int]:
    """The nodes above a rule, an exception or a reference."""
    reached: set[int] = set()
    for number, node in enumerate(program.nodes):
        if isinstance(node, Shown) or reached.intersection(children(node)):
            reached.add(number)
    tops = [node for one in program.criteria.values() for node in (one.truth, one.met) if node is not None]
    return reached.intersection(nodes_below(program.nodes, tops))


@LAW
@given(ANY_RECORD)
def test_is_no_says_what_not_says(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    assert determine(_spelled_with_not(policy), case).outcome is determine(policy, case).outcome


def _spelled_with_not(policy: Policy) -> Policy:
    """The policy with every `is: no` written as a `not:`."""

    def spelled(criterion: Criterion) -> Criterion:
        guard = spelled(criterion.unless) if criterion.unless else None
        match criterion.logic:
            case Comparison(fact, IsOneOf(values)) if isinstance(policy.facts[fact], YesNo) and values == {False}:
                yes = Comparison(fact, IsOneOf(frozenset([True])))
                inner = replace(criterion, id=f"{criterion.id}-inner", logic=yes, unless=None, valid=Period())
                logic: Logic = Not(inner)
            case ListOf(of=of):
                logic = replace(criterion.logic, of=tuple(map(spelled, of)))
            case Not(member):
                logic = Not(spelled(member))
            case Comparison() | Reference():
                logic = criterion.logic
        return replace(criterion, logic=logic, unless=guard)

    return of_blocks(policy, spelled)


@LAW
@given(ANY_RECORD)
def test_every_outcome_rests_on_a_clause_but_what_no_clause_addresses(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    found = determine(policy, case)
    silent = found.outcome is Outcome.NOT_ADDRESSED and policy.otherwise_for(case.request) is None
    assert found.clauses or silent
    assert not found.alternatives or len(found.clauses) > 1


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
    assert [(way.outcome, len(way.facts)) for way in turned.ways] == [(w.outcome, len(w.facts)) for w in found.ways]
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
    criteria = {**policy.criteria, **{rule.criterion.id: rule.criterion for rule in rules}}
    found = determine(replace(policy, rules=rules, criteria=criteria), case)
    rest = policy.otherwise_for(case.request)
    assert found.outcome is (rest.outcome if rest else Outcome.NOT_ADDRESSED)
