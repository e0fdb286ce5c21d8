"""Every target says what the core says, node by node, of any policy and case."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cdispec.core import exact
from cdispec.determine.determination import Prepared
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.criteria import AllOf, Comparison, Direction, Duration, Not, Unit, Within
from cdispec.model.facts import Including
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.targets.python import compile_policy
from tests.determine.strategies import criterion, small_policy
from tests.strategies import cases, policies
from tests.targets.drawing import Drawing, day, half_of, linked_dates, long_list, numbers, tangled
from tests.targets.equality import Said, Target, assert_equal, said
from tests.targets.javascript.page import Page

ROOT = Path(__file__).parent.parent.parent
LIBRARIES = (ROOT, ROOT / "tests" / "determine" / "policies")
STATED = [policy for root in LIBRARIES for policy in read_library(root).policies.values()]


class Python:
    """The Python source as a target."""

    def load(self, policy: Policy, most_work: int) -> None:
        """It asks the core where three-valued logic leaves a case open, and so has its limit."""
        self._compiled = compile_policy(policy)

    def said(self, case: Case) -> Said:
        """What the compiled policy says of a case."""
        return said(self._compiled.decide(case))


TARGETS: dict[str, Callable[[], AbstractContextManager[Target]]] = {
    "javascript": Page.open,
    "python": lambda: nullcontext(Python()),
}

EXAMPLES = settings().max_examples
"""How much is compared: by the profile, a hundred or, to explore, more."""

often = settings(max_examples=EXAMPLES // 2)
seldom = settings(max_examples=EXAMPLES // 4)


@pytest.fixture(scope="module", params=TARGETS)
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """Each target, opened once for the tests of this module."""
    with TARGETS[request.param]() as opened:
        yield opened


@pytest.mark.parametrize("policy", STATED, ids=lambda policy: policy.slug)
def test_a_stated_policy(target: Target, policy: Policy) -> None:
    assert_equal(target, policy, Drawing(policy, seed=1).cases(EXAMPLES // 2))


@pytest.mark.parametrize("policy", STATED, ids=lambda policy: policy.slug)
def test_a_stated_policy_while_a_form_is_filled_in(target: Target, policy: Policy) -> None:
    drawn, kinds = Drawing(policy, seed=2), EXAMPLES // 40 * list(policy.requests)
    assert_equal(target, policy, [case for kind in kinds for case in drawn.filling(kind)])


@often
@given(st.data())
def test_small_policies(target: Target, data: st.DataObject) -> None:
    policy = data.draw(policies())
    assert_equal(target, policy, data.draw(st.lists(cases(policy), min_size=1, max_size=6)))


@seldom
@given(st.data())
def test_deep_policies(target: Target, data: st.DataObject) -> None:
    policy = data.draw(policies(depth=5, most_facts=10, most_rules=5))
    assert_equal(target, policy, data.draw(st.lists(cases(policy), min_size=2, max_size=6)))


@often
@given(st.data())
def test_three_dates_that_are_counted_from_one_another(target: Target, data: st.DataObject) -> None:
    policy = data.draw(linked_dates())
    assert_equal(target, policy, data.draw(st.lists(cases(policy), min_size=1, max_size=4)))


@seldom
@given(st.data())
def test_numbers_with_and_without_bounds(target: Target, data: st.DataObject) -> None:
    policy = data.draw(numbers())
    assert_equal(target, policy, data.draw(st.lists(cases(policy), min_size=1, max_size=4)))


@pytest.mark.parametrize("seed", range(EXAMPLES // 4))
def test_where_it_takes_several_facts_to_settle_a_case(target: Target, seed: int) -> None:
    policy = tangled(seed)
    assert_equal(target, policy, Drawing(policy, seed).cases(5))


@pytest.mark.parametrize("seed", range(5))
def test_a_list_of_hundreds_of_options(target: Target, seed: int) -> None:
    policy = long_list(400, seed)
    empty = Case(policy.number, "initial", date(2025, 7, 1), {})
    some = Case(policy.number, "initial", date(2025, 7, 1), {"list": Including(frozenset(["o1", "o200"]))})
    assert_equal(target, policy, [empty, some, *Drawing(policy, seed).cases(2)])


@pytest.mark.parametrize("size", [4, 15, 60, 150, 300])
def test_at_least_half_of_many_facts(target: Target, size: int) -> None:
    policy = half_of(size)
    assert_equal(target, policy, Drawing(policy, seed=size).cases(3))


@pytest.mark.parametrize("days", [27, 29, 31])
def test_dates_that_are_possible_or_not_by_the_length_of_a_month(target: Target, days: int) -> None:
    lengths = Duration(1, Unit.MONTHS), Duration(days, Unit.DAYS)
    month, short = (criterion(f"{n}", Comparison("first", Within(n, Direction.BEFORE, "second"))) for n in lengths)
    between = criterion("between", AllOf((month, criterion("longer", Not(short)))))
    rules = [(criterion("rule", Not(between)), Outcome.NECESSARY)]
    policy = small_policy([day("first"), day("second")], rules)
    assert_equal(target, policy, [Case(policy.number, "initial", date(2025, 7, 1), {}, so) for so in (False, True)])


@seldom
@given(st.data())
def test_the_limit_of_work_strikes_at_the_same_step(target: Target, data: st.DataObject) -> None:
    drawn = [policies(depth=4, most_facts=8), linked_dates(), numbers(), st.builds(tangled, st.integers(0, 99))]
    policy = data.draw(st.one_of(drawn))
    case = data.draw(cases(policy))

    with pytest.MonkeyPatch.context() as patched:

        def within(most: int) -> Said:
            patched.setattr(exact, "MOST_WORK", most)
            return said(Prepared(policy).decide(case))

        whole = within(exact.MOST_WORK)
        enough = bisect_left(range(exact.MOST_WORK), True, key=lambda most: within(most) == whole)
        for most in (enough // 2, enough - 1, enough):
            patched.setattr(exact, "MOST_WORK", most)
            assert_equal(target, policy, [case])
