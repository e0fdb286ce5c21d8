"""The parts of the engine do what those of the reference do, where whole determinations would seldom show it."""

from __future__ import annotations

import json
from datetime import date
from itertools import product

from cdispec.determine.answers import representatives
from cdispec.determine.formula import decision, leaves
from cdispec.determine.settling import weights
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdispec.model.case import Case
from cdispec.model.criteria import Duration, Unit, shifted
from cdispec.model.facts import OneOf, SetOf, Value
from cdispec.model.policy import Policy
from tests.determine.strategies import policies_of_two_dates
from tests.strategies import cases, policies
from tests.targets.javascript.drawing import tangled
from tests.targets.javascript.page import Page, script, stated

EXPORTED = "{ policy, determine }"
PARTS = "{ policy, determine, readCase, decision, representatives, shifted, weights }"

often = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=30)


def _load(page: Page, policy: Policy, case: Case) -> None:
    """The script with its parts told, and the case and its decision beside it."""
    written = script(policy)
    assert EXPORTED in written
    page.load(
        f"{written.replace(EXPORTED, PARTS)}\n"
        f"const given = cdispec.readCase({json.dumps(stated(case))});\n"
        "const decided = cdispec.decision(given.request, given.day);"
    )


def _position(answer: Value, policy: Policy, fact: str) -> object:
    declared = policy.facts[fact]
    if isinstance(declared, OneOf):
        return [option.id for option in declared.options].index(str(answer))
    return answer.toordinal() if isinstance(answer, date) else answer


def _assert_equal_answers(page: Page, policy: Policy, case: Case) -> None:
    _load(page, policy, case)
    found = list(leaves(decision(policy, case.request, case.date)))
    asked = dict.fromkeys(fact for leaf in found for fact in leaf.facts if fact not in case.facts)
    for fact in asked:
        if not isinstance(policy.facts[fact], SetOf):
            answers = [_position(answer, policy, fact) for answer in representatives(fact, found, policy, case)]
            assert page.evaluate(f"cdispec.representatives('{fact}', decided.leaves, given)") == answers


@often
@given(st.data())
def test_answers_are_told_apart_as_in_the_reference(page: Page, data: st.DataObject) -> None:
    policy = data.draw(policies())
    _assert_equal_answers(page, policy, data.draw(cases(policy, complete=False)))


@often
@given(st.data())
def test_days_are_told_apart_as_in_the_reference(page: Page, data: st.DataObject) -> None:
    policy = data.draw(policies_of_two_dates())
    _assert_equal_answers(page, policy, data.draw(cases(policy, complete=False)))


@often
@given(st.data())
def test_leaves_are_those_of_the_reference_in_their_order(page: Page, data: st.DataObject) -> None:
    policy = data.draw(st.one_of(policies(), policies_of_two_dates()))
    case = data.draw(cases(policy, complete=False))
    _load(page, policy, case)
    found = leaves(decision(policy, case.request, case.date))
    told = page.evaluate("decided.leaves.map(({facts, option}) => [facts, option])")
    assert told == [[list(leaf.facts), leaf.option] for leaf in found]


def test_days_shift_as_in_the_reference_and_stay_within_the_calendar(page: Page) -> None:
    _load(page, tangled(0), Case("00002", "initial", date(2025, 7, 1), {}))
    days = [date.min, date(1, 2, 28), date(1900, 3, 1), date(2000, 2, 29), date(2025, 3, 31), date.max]
    lengths = [Duration(count, unit) for count in (0, 1, 11, 12, 13, 99_999_999) for unit in Unit]
    asked = list(product(days, lengths, (-1, 1)))
    stated = [
        [day.toordinal(), {"count": length.count, "unit": length.unit.value}, sign] for day, length, sign in asked
    ]
    found = page.evaluate(f"{json.dumps(stated)}.map((one) => cdispec.shifted(...one))")
    assert found == [shifted(*one).toordinal() for one in asked]


def test_a_fact_has_the_share_of_the_reference(page: Page) -> None:
    for seed in range(10):
        policy = tangled(seed)
        case = Case(policy.number, "initial", date(2025, 7, 1), {})
        _load(page, policy, case)
        of, whole = weights(decision(policy, "initial", case.date))
        told = page.evaluate("cdispec.weights(decided).whole + ' ' + [...cdispec.weights(decided).of].join(' ')")
        assert told == " ".join([str(whole), *(f"{fact},{share}" for fact, share in of.items())])
