"""The script says what the reference says, of any policy and case."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdispec.determine import settling
from cdispec.library import read_library
from cdispec.model.policy import Policy
from cdispec.targets.javascript import script
from tests.determine.strategies import policies_of_two_dates
from tests.strategies import cases, policies
from tests.targets.javascript.drawing import Drawing
from tests.targets.javascript.page import Page, assert_equal, expected, stated

ROOT = Path(__file__).parent.parent.parent.parent
LIBRARIES = (ROOT, ROOT / "tests" / "determine" / "policies")
STATED = [policy for root in LIBRARIES for policy in read_library(root).policies.values()]
SLOW = {"90002": 15}
"""How many cases are enough of a policy whose dates the reference takes long to combine."""

thoroughly = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("policy", STATED, ids=lambda policy: policy.slug)
def test_equal_on_a_stated_policy(page: Page, policy: Policy) -> None:
    assert_equal(page, policy, [*Drawing(policy, seed=1).cases(SLOW.get(policy.number, 200))])


@pytest.mark.parametrize("policy", STATED, ids=lambda policy: policy.slug)
def test_equal_while_a_form_is_filled_in(page: Page, policy: Policy) -> None:
    drawn = Drawing(policy, seed=2)
    times = 1 if policy.number in SLOW else 5
    assert_equal(page, policy, [case for _ in range(times) for kind in policy.requests for case in drawn.filling(kind)])


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


@settings(thoroughly, max_examples=20)
@given(st.data())
def test_equal_where_the_search_for_the_shortest_set_gives_up(page: Page, data: st.DataObject) -> None:
    policy = data.draw(policies(depth=4, most_facts=9))
    written = script(policy)
    impatient = written.replace("MOST_STEPS = 20000", "MOST_STEPS = 4")
    assert impatient != written
    page.load(impatient)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settling, "MOST_STEPS", 4)
        for case in data.draw(st.lists(cases(policy, complete=False), min_size=1, max_size=4)):
            assert page.determine(stated(case)) == expected(policy, case)


def test_the_search_gives_up_where_the_reference_does() -> None:
    assert f"const MOST_STEPS = {settling.MOST_STEPS};" in script(STATED[0])
