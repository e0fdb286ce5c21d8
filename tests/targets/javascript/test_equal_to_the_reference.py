"""The script says what the reference says, of any policy and case."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdispec.determine import settling
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.criteria import AllOf, AnyOf, Comparison, Direction, Duration, IsOneOf, Not, Unit, Within
from cdispec.model.policy import Outcome, Policy
from tests.determine.strategies import asked, criterion, day, policies_of_two_dates, small_policy, yes_no
from tests.strategies import cases, policies
from tests.targets.javascript.drawing import Drawing, tangled
from tests.targets.javascript.page import Page, assert_equal, expected, script, stated

ROOT = Path(__file__).parent.parent.parent.parent
LIBRARIES = (ROOT, ROOT / "tests" / "determine" / "policies")
STATED = [policy for root in LIBRARIES for policy in read_library(root).policies.values()]
SLOW = {"90002": 15}
"""How many cases are enough of a policy whose dates the reference takes long to combine."""

EXCLUSIONS = (Outcome.NOT_INDICATED, Outcome.NOT_NECESSARY, Outcome.NOT_INDICATED)

thoroughly = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("policy", STATED, ids=lambda policy: policy.slug)
def test_equal_on_a_stated_policy(page: Page, policy: Policy) -> None:
    assert_equal(page, policy, [*Drawing(policy, seed=1).cases(SLOW.get(policy.number, 200))])


@pytest.mark.parametrize("policy", [p for p in STATED if p.number not in SLOW], ids=lambda policy: policy.slug)
def test_equal_while_a_form_is_filled_in(page: Page, policy: Policy) -> None:
    drawn = Drawing(policy, seed=2)
    assert_equal(page, policy, [case for kind in 5 * list(policy.requests) for case in drawn.filling(kind)])


@settings(thoroughly, max_examples=60)
@given(st.data())
def test_equal_on_small_policies(page: Page, data: st.DataObject) -> None:
    policy = data.draw(policies())
    assert_equal(page, policy, data.draw(st.lists(cases(policy), min_size=1, max_size=6)))


@settings(thoroughly, max_examples=20)
@given(st.data())
def test_equal_on_larger_policies_with_open_records(page: Page, data: st.DataObject) -> None:
    policy = data.draw(policies(depth=4, most_facts=9, most_rules=5))
    assert_equal(page, policy, data.draw(st.lists(cases(policy, complete=False), min_size=2, max_size=6)))


@settings(thoroughly, max_examples=20)
@given(st.data())
def test_equal_on_dates_that_count_from_one_another(page: Page, data: st.DataObject) -> None:
    policy = data.draw(policies_of_two_dates())
    assert_equal(page, policy, data.draw(st.lists(cases(policy, complete=False), min_size=1, max_size=3)))


def _tangled_cases(policy: Policy, seed: int) -> list[Case]:
    known = random.Random(seed).choices(list(policy.facts), k=2)
    return [Case(policy.number, "initial", date(2025, 7, 1), facts) for facts in ({}, dict.fromkeys(known, True))]


@pytest.mark.parametrize("seed", range(25))
def test_equal_where_it_takes_several_facts_to_settle_a_case(page: Page, seed: int) -> None:
    policy = tangled(seed)
    assert_equal(page, policy, _tangled_cases(policy, seed))


@pytest.mark.parametrize("seed", range(25))
def test_equal_where_the_search_for_the_fewest_facts_gives_up(page: Page, seed: int) -> None:
    policy, most = tangled(seed), seed + 4
    page.load(script(policy).replace("MOST_STEPS = 20000", f"MOST_STEPS = {most}"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settling, "MOST_STEPS", most)
        for case in _tangled_cases(policy, seed):
            assert page.determine(stated(case)) == expected(policy, case)


def test_the_search_gives_up_where_the_reference_does() -> None:
    assert f"const MOST_STEPS = {settling.MOST_STEPS};" in script(STATED[0])


def test_dates_that_exclude_one_another_are_not_needed(page: Page) -> None:
    same_day = IsOneOf(frozenset([date(2025, 6, 1)]))
    together = Within(Duration(0, Unit.DAYS), Direction.BEFORE, "second")
    apart = criterion("apart", Not(criterion("together", Comparison("first", together))))
    days = [criterion(f"on-{id}", Comparison(id, same_day)) for id in ("first", "second")]
    rule = criterion("rule", AllOf((*days, apart)))
    page.load(script(small_policy([day("first"), day("second")], [(rule, Outcome.NECESSARY)])))
    found = page.determine({"request": "initial", "date": "2025-07-01", "facts": {}})
    assert (found["outcome"], found["needed"]) == ("more information needed", [])


def test_an_open_rule_after_the_one_that_is_met_is_not_cited(page: Page) -> None:
    rules = [(criterion(id, asked(id)), outcome) for id, outcome in zip("abc", EXCLUSIONS, strict=True)]
    page.load(script(small_policy([yes_no(id) for id in "abc"], rules)))
    found = page.determine({"request": "initial", "date": "2025-07-01", "facts": {"b": True}})
    assert (found["outcome"], found["clauses"]) == ("more information needed", ["I.a"])


def test_a_guarded_list_is_cited_as_a_whole(page: Page) -> None:
    printed = replace(criterion("printed", asked("a")), text="Printed")
    rule = criterion("rule", AnyOf((printed,), False), unless=criterion("guard", asked("b")))
    page.load(script(small_policy([yes_no("a"), yes_no("b")], [(rule, Outcome.NECESSARY)])))
    found = page.determine({"request": "initial", "date": "2025-07-01", "facts": {"a": True, "b": False}})
    assert (found["outcome"], found["clauses"]) == ("medically necessary", ["I.rule"])
