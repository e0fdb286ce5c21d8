"""The formulas say of any case what the reference says, and nothing that a case leaves open decides them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from math import inf, nextafter
from pathlib import Path

import pytest
import z3
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cdispec.determine.determine import decide, resting_on
from cdispec.determine.reading import as_read_by
from cdispec.determine.truth import in_force, truth
from cdispec.library import read_library
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import AtLeast, Bound, Comparison, IsOneOf, Range
from cdispec.model.facts import Number
from cdispec.model.policy import Outcome, Policy, all_criteria
from cdispec.targets.smt import Answers, Truths, decided
from tests.determine.strategies import PLACE, criterion, policies_of_two_dates, small_policy
from tests.effects.mutation import mutated
from tests.strategies import cases, partial_facts, policies
from tests.targets.smt.holding import held_to, without_empty_lists

ROOT = Path(__file__).parents[3]
STATED = (ROOT, ROOT / "tests" / "determine" / "policies")
thoroughly = settings(deadline=None, suppress_health_check=list(HealthCheck))

Claim = tuple[str, z3.BoolRef]


def _claims(policy: Policy, case: Case, truths: Truths) -> Iterator[Claim]:
    """What the reference says of the case, each thing as a formula that must then hold, with what it is about."""
    for node in all_criteria(policy):
        stands = in_force(node, policy, case.date)
        yield f"{node.id} in force", truths.in_force(node) == stands
        found = truth(node, policy, case)
        yield f"{node.id} {found!r}", truths.truth(node).is_(found)
        others = [truths.truth(node).is_(other) for other in Truth if other is not found]
        yield f"{node.id} nothing but {found!r}", z3.Not(z3.Or(others))
    outcome = decide(policy, case)
    said = decided(policy, case.request, truths)
    for other in Outcome:
        yield f"{outcome}, and of {other}", said.is_(other) == (other is outcome)
    if outcome is not Outcome.MORE_INFORMATION:
        cited = resting_on(policy, case, outcome)
        for label in {*policy.clauses.values(), *cited}:
            yield f"{cited}, and of {label}", said.rests_on(label) == (label in cited)


def _assert_equal(policy: Policy, asked: list[Case]) -> None:
    answers = Answers([policy])
    truths = Truths(policy, answers)
    for case in asked:
        _assert_claims(answers, held_to(answers, policy, case), list(_claims(policy, case, truths)))


def _assert_claims(answers: Answers, held: list[z3.BoolRef], claims: list[Claim]) -> z3.ModelRef:
    """There is such a case, and in none is a claim wrong, whatever the answers are that it does not state."""
    known = [*answers.constraints, *held]
    model = _model(known)
    assert model is not None
    if _model([*known, z3.Not(z3.And([formula for _, formula in claims]))]) is not None:
        wrong = [about for about, formula in claims if _model([*known, z3.Not(formula)]) is not None]
        raise AssertionError(f"the reference says otherwise: {wrong}")
    return model


def _model(formulas: list[z3.BoolRef]) -> z3.ModelRef | None:
    # A solver of its own is quicker with the calendar than one that is asked twice.
    solver = z3.SolverFor("QF_LIRA")
    solver.add(*formulas)
    answer = solver.check()
    assert answer != z3.unknown
    return solver.model() if answer == z3.sat else None


@settings(thoroughly, max_examples=70)
@given(st.data())
def test_equal_on_small_policies(data: st.DataObject) -> None:
    policy = data.draw(policies())
    _assert_equal(policy, data.draw(st.lists(cases(policy), min_size=1, max_size=4)))


@settings(thoroughly, max_examples=25)
@given(st.data())
def test_equal_on_larger_policies(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=4, most_facts=9, most_rules=5))
    _assert_equal(policy, data.draw(st.lists(cases(policy), min_size=1, max_size=4)))


@settings(thoroughly, max_examples=30)
@given(st.data())
def test_equal_where_dates_are_counted_from_one_another(data: st.DataObject) -> None:
    policy = data.draw(policies_of_two_dates())
    facts = data.draw(st.lists(partial_facts(policy), min_size=1, max_size=3))
    day = data.draw(st.dates(date(2025, 6, 10), date(2025, 6, 20)))
    _assert_equal(policy, [Case(policy.number, "initial", day, known, data.draw(st.booleans())) for known in facts])


@pytest.mark.parametrize(
    "policy", [p for root in STATED for p in read_library(root).policies.values()], ids=lambda policy: policy.slug
)
@settings(thoroughly, max_examples=6)
@given(data=st.data())
def test_equal_on_stated_policies(policy: Policy, data: st.DataObject) -> None:
    _assert_equal(policy, data.draw(st.lists(cases(policy), min_size=2, max_size=5)))


EDGES = (0.1, 0.30000000000000004, 1 / 3, 2.0**53 - 2, 2 - 2.0**53, 5e-324, 1e-7, 65, 64.99999999999999)


@pytest.mark.parametrize("edge", EDGES)
def test_numbers_are_compared_without_rounding(edge: float) -> None:
    fact = Number("n", "How many?", "the number", "there are {value}", "units", None, None, PLACE)
    tests: dict[str, Range | IsOneOf] = {
        "above": Range(Bound(edge, False), None),
        "from": Range(Bound(edge, True), None),
        "below": Range(None, Bound(edge, False)),
        "up-to": Range(None, Bound(edge, True)),
        "is": IsOneOf(frozenset([edge])),
    }
    rule = criterion("rule", AtLeast(3, tuple(criterion(id, Comparison("n", test)) for id, test in tests.items())))
    policy = small_policy([fact], [(rule, Outcome.NECESSARY)])
    near = [edge, nextafter(edge, inf), nextafter(edge, -inf), edge + 1e-9, edge - 1e-9]
    _assert_equal(policy, [Case(policy.number, "initial", date(2025, 6, 1), {"n": number}) for number in near])


@settings(thoroughly, max_examples=50)
@given(st.data())
def test_a_case_is_read_back_from_the_answers(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=1))
    case = replace(data.draw(cases(policy)), codes=())
    answers = Answers([policy])
    model = _assert_claims(answers, held_to(answers, policy, case), [])
    found = answers.case(policy, case.request, model)
    assert found == replace(case, facts=without_empty_lists(case))


@settings(thoroughly, max_examples=50)
@given(st.data())
def test_a_case_of_one_state_is_what_another_state_reads_in_it(data: st.DataObject) -> None:
    before = data.draw(policies(depth=2))
    after = data.draw(mutated(before))
    case = replace(data.draw(cases(before)), codes=())
    read = as_read_by(case, before, after)
    assume(read is not None)
    assert read is not None
    answers = Answers([before, after])
    held, truths = held_to(answers, before, case), Truths(after, answers)
    model = _assert_claims(answers, held, list(_claims(after, read, truths)))
    assert answers.case(after, case.request, model).facts == without_empty_lists(read)
    assert answers.case(before, case.request, model).facts == without_empty_lists(case)


@settings(thoroughly, max_examples=30)
@given(st.data())
def test_classifications_are_those_of_the_reference(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=2))
    case = data.draw(cases(policy))
    answers = Answers([policy])
    truths = Truths(policy, answers)
    for named in policy.classifications:
        stands = in_force(named.criterion, policy, case.date)
        expected = truth(named.criterion, policy, case) if stands else Truth.FALSE
        applies = z3.And(truths.in_force(named.criterion), truths.truth(named.criterion).true)
        never = z3.Or(z3.Not(truths.in_force(named.criterion)), truths.truth(named.criterion).false)
        said = [(named.name, applies == (expected is Truth.TRUE)), (named.name, never == (expected is Truth.FALSE))]
        _assert_claims(answers, held_to(answers, policy, case), said)
