"""The formulas say of any case what the core says, node by node, and nothing that a case leaves open decides them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal
from pathlib import Path

import pytest
import z3
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cdispec.core.evaluate import evaluate
from cdispec.core.work import SECOND, Work
from cdispec.determine.determination import determine
from cdispec.determine.reading import as_read_by
from cdispec.library import read_library
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import AtLeast, Bound, Comparison, IsOneOf, Range
from cdispec.model.facts import Amount, Number
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.targets.smt import Answers, Decided, Solver, Truths, decided
from tests.determine.strategies import PLACE, criterion, policies_of_two_dates, small_policy
from tests.effects.mutation import mutated
from tests.strategies import cases, complete_facts, partial_facts, policies
from tests.targets.smt.holding import held_to, without_empty_lists

ROOT = Path(__file__).parents[3]
STATED = (ROOT, ROOT / "tests" / "determine" / "policies")
STEPS = 500 * SECOND

thoroughly = settings(deadline=None, suppress_health_check=list(HealthCheck))

WIDE = Context(prec=20)

Claim = tuple[str, z3.BoolRef]


def _claims(policy: Policy, case: Case, truths: Truths, said: Decided) -> Iterator[Claim]:
    """What the core says of the case, each thing as a formula that must then hold, with what it is about."""
    for number, found in enumerate(evaluate(truths.program, case)):
        node = truths.truth(number)
        yield f"{number} {found!r} {truths.nodes[number]}", node.is_(found)
        yield (
            f"{number} nothing but {found!r}",
            z3.Not(z3.Or([node.is_(other) for other in Truth if other is not found])),
        )
    determined = determine(policy, case)
    for outcome in said.outcomes:
        yield f"{determined.outcome}, and of {outcome}", said.is_(outcome) == (outcome is determined.outcome)
    if determined.outcome is not Outcome.MORE_INFORMATION:
        yield f"alternatives: {determined.alternatives}", said.alternatives == determined.alternatives
        for label in {*policy.clauses.values(), *determined.clauses}:
            about = f"{determined.clauses}, and of {label}"
            yield about, said.rests_on(label) == (label in determined.clauses)


def _assert_equal(policy: Policy, asked: list[Case]) -> None:
    answers = Answers([policy], Work(STEPS))
    truths = Truths(policy, answers)
    for case in asked:
        claims = list(_claims(policy, case, truths, decided(case.request, truths)))
        _assert_claims(answers, held_to(answers, policy, case), claims)


def _assert_claims(answers: Answers, held: list[z3.BoolRef], claims: list[Claim]) -> z3.ModelRef:
    """There is such a case, and in none is a claim wrong, whatever the answers are that it does not state."""
    model = _model(answers, held)
    assert model is not None
    if _model(answers, [*held, z3.Not(z3.And([formula for _, formula in claims]))]) is not None:
        wrong = [about for about, formula in claims if _model(answers, [*held, z3.Not(formula)]) is not None]
        raise AssertionError(f"the core says otherwise: {wrong}")
    return model


def _model(answers: Answers, formulas: list[z3.BoolRef]) -> z3.ModelRef | None:
    return Solver(answers, steps=STEPS).model(*formulas)


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
@settings(thoroughly, max_examples=4)
@given(data=st.data())
def test_equal_on_stated_policies(policy: Policy, data: st.DataObject) -> None:
    _assert_equal(policy, data.draw(st.lists(cases(policy), min_size=1, max_size=2)))


EDGES = ("0.1", "0.300000000000004", "0.333333333333333", "9007199254740990", "-9007199254740990", "1E-300", "65")


@pytest.mark.parametrize("edge", [Decimal(edge) for edge in EDGES], ids=str)
def test_numbers_are_compared_without_rounding(edge: Decimal) -> None:
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
    near: list[Amount] = [edge, edge.next_plus(WIDE), edge.next_minus(WIDE)]
    _assert_equal(policy, [Case(policy.number, "initial", date(2025, 6, 1), {"n": number}) for number in near])


@settings(thoroughly, max_examples=50)
@given(st.data())
def test_a_case_is_read_back_from_the_answers(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=1))
    case = replace(data.draw(cases(policy)), codes=())
    answers = Answers([policy], Work(STEPS))
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
    answers = Answers([before, after], Work(STEPS))
    held, truths = held_to(answers, before, case), Truths(after, answers)
    claims = list(_claims(after, read, truths, decided(read.request, truths)))
    model = _assert_claims(answers, held, claims)
    assert answers.case(after, case.request, model).facts == without_empty_lists(read)
    assert answers.case(before, case.request, model).facts == without_empty_lists(case)


@settings(thoroughly, max_examples=30)
@given(st.data())
def test_what_is_really_so_is_what_a_record_of_all_of_it_says(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=2))
    day = data.draw(st.dates(date(2025, 6, 1), date(2025, 6, 30)))
    case = Case(policy.number, "initial", day, data.draw(complete_facts(policy, day)), complete=True)
    answers = Answers([policy], Work(STEPS), only_complete=True)
    truths = Truths(policy, answers)
    found = enumerate(evaluate(truths.program, case))
    claims = [(str(number), truths.really(number) == (truth is Truth.TRUE)) for number, truth in found]
    _assert_claims(answers, held_to(answers, policy, case), claims)
