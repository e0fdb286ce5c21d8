"""The compiled form says what the reference says, in every field, of any policy and case."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdispec.determine import settling
from cdispec.determine.compiled import compile_policy, steps
from cdispec.determine.contract import as_json
from cdispec.determine.determine import determine
from cdispec.determine.truth import in_force, truth
from cdispec.model.case import Case
from cdispec.model.policy import Policy, all_criteria
from tests.strategies import cases, policies

thoroughly = settings(deadline=None, suppress_health_check=list(HealthCheck))


def _assert_equal(policy: Policy, asked: list[Case]) -> None:
    """Equal for each case; one compiled form decides them all, so that what it remembers of one serves the next."""
    compiled = compile_policy(policy)
    for case in asked:
        expected = determine(policy, case)
        assert compiled.determine(case) == expected
        decided = compiled.decide(compiled.checked(case))
        assert set(decided.missing()) == set(expected.needed)
        assert decided.json() == orjson.dumps(as_json(expected))


@thoroughly
@given(st.data())
def test_equal_on_small_policies(data: st.DataObject) -> None:
    policy = data.draw(policies())
    _assert_equal(policy, data.draw(st.lists(cases(policy), min_size=1, max_size=6)))


@settings(thoroughly, max_examples=40)
@given(st.data())
def test_equal_on_larger_policies_with_open_records(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=4, most_facts=9, most_rules=5))
    _assert_equal(policy, data.draw(st.lists(cases(policy, complete=False), min_size=3, max_size=8)))


@settings(thoroughly, max_examples=40)
@given(st.data())
def test_equal_where_the_search_for_the_shortest_set_gives_up(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=4, most_facts=9))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settling, "MOST_STEPS", 4)
        patched.setattr(steps, "MOST_STEPS", 4)
        _assert_equal(policy, data.draw(st.lists(cases(policy, complete=False), min_size=1, max_size=4)))


@thoroughly
@given(st.data())
def test_truths_are_those_of_every_criterion(data: st.DataObject) -> None:
    policy = data.draw(policies())
    case = data.draw(cases(policy))
    compiled = compile_policy(policy)
    found = dict(zip(compiled.criteria, compiled.truths(compiled.checked(case)), strict=True))
    for criterion in all_criteria(policy):
        stands = in_force(criterion, policy, case.date)
        assert found[criterion.id] == (truth(criterion, policy, case) if stands else criterion.set_aside)


@given(st.data())
def test_a_checked_case_is_the_case(data: st.DataObject) -> None:
    policy = data.draw(policies())
    case = data.draw(cases(policy))
    checked = compile_policy(policy).checked(case)
    assert replace(checked, stated=None).case() == case
