"""What only formulas say: of numbers as near as can be, of a case read back from its answers, and of how things are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Context, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cdispec.core.evaluate import evaluate
from cdispec.core.work import Work
from cdispec.determine.reading import as_read_by
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import AtLeast, Bound, Comparison, IsOneOf, Range
from cdispec.model.facts import Amount, Number
from cdispec.model.outcomes import Outcome
from cdispec.targets.smt import Answers, Truths, decided
from tests.determine.strategies import PLACE, criterion, small_policy
from tests.effects.mutation import mutated
from tests.examples import examples
from tests.strategies import cases, complete_facts, policies, worked_out
from tests.targets.smt.holding import held_to, told_apart
from tests.targets.smt.target import STEPS, Formulas, assert_claims, claimed, decided_within_limits, without_months

WIDE = Context(prec=20)

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
    day = date(2025, 6, 1)
    Formulas().assert_equal(policy, [Case(policy.number, "initial", day, {"n": number}) for number in near])


@examples(10)
@given(st.data())
@decided_within_limits()
def test_a_case_is_read_back_from_the_answers(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=1))
    case = replace(without_months(data.draw(cases(policy))), codes=())
    answers = Answers([policy], Work(STEPS))
    model = assert_claims(answers, held_to(answers, policy, case), [])
    found = answers.case(policy, case.request, model)
    stated = told_apart(policy, case)
    assert replace(found, facts=told_apart(policy, found)) == replace(case, facts=stated)


@examples(10)
@given(st.data())
@decided_within_limits()
def test_a_case_of_one_state_is_what_another_state_reads_in_it(data: st.DataObject) -> None:
    before = data.draw(policies(depth=1, most_facts=4))
    after = data.draw(mutated(before))
    case = replace(without_months(data.draw(cases(before))), codes=())
    read = as_read_by(case, before, after)
    assume(read is not None)
    assert read is not None
    answers = Answers([before, after], Work(STEPS))
    held, truths = held_to(answers, before, case), Truths(after, answers)
    asked = worked_out(after, read)
    claims = list(claimed(after, asked, truths, decided(read.request, truths), read))
    model = assert_claims(answers, held, claims)
    for policy, stated in ((after, read), (before, case)):
        assert told_apart(policy, answers.case(policy, case.request, model)) == told_apart(policy, stated)


@examples(10)
@given(st.data())
@decided_within_limits()
def test_what_is_really_so_is_what_a_record_of_all_of_it_says(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=2))
    day = data.draw(st.dates(date(2025, 6, 1), date(2025, 6, 30)))
    case = Case(policy.number, "initial", day, data.draw(complete_facts(policy, day)), complete=True)
    case = worked_out(policy, case)
    answers = Answers([policy], Work(STEPS), only_complete=True)
    truths = Truths(policy, answers)
    found = enumerate(evaluate(truths.program, case))
    claims = [(str(number), truths.really(number) == (truth is Truth.TRUE)) for number, truth in found]
    assert_claims(answers, held_to(answers, policy, case), claims)
