"""Every target says what the core says, node by node, of any policy and case."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.core import exact
from cdispec.determine.contract import determination_json
from cdispec.determine.determination import Prepared
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.criteria import AllOf, Comparison, Direction, Duration, Not, Unit
from cdispec.model.facts import Including
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.targets.python import compile_policy
from tests.choices import Choices, chosen
from tests.determine.strategies import criterion, day, small_policy, within
from tests.examples import examples
from tests.strategies import cases, policy_by
from tests.targets.drawing import Drawing, by_seed, half_of, linked_dates, long_list, numbers, tangled
from tests.targets.equality import Said, Target, said
from tests.targets.javascript.page import Page
from tests.targets.smt.target import Formulas, decided_within_limits

ROOT = Path(__file__).parent.parent.parent
LIBRARIES = (ROOT, ROOT / "tests" / "determine" / "policies")
OFTEN = examples(50).max_examples
# Lists of rows end before a target: `javascript/test_rows.py` and `tests/core` hold what is made of them.
STATED = [policy for root in LIBRARIES for policy in read_library(root).policies.values() if not policy.lists]


class Python:
    """The Python source as a target: its determinations are those of the core, as JSON too.

    It asks the core where three-valued logic leaves a case open, and so has its limit of work.
    """

    is_quick = True

    def some(self, cases: Iterable[Case]) -> Iterable[Case]:
        """Each of many cases."""
        return cases

    def assert_equal(self, policy: Policy, cases: Iterable[Case]) -> None:
        """It says of each case what the core says."""
        core, compiled = Prepared(policy), compile_policy(policy)
        for case in cases:
            found, decided = compiled.decide(case), core.decide(case)
            expected = decided.determination()
            assert list(found.truths) == list(decided.truths), case
            assert found.determination() == expected, case
            assert found.json() == orjson.dumps(determination_json(expected)), case


TARGETS: dict[str, Callable[[], AbstractContextManager[Target]]] = {
    "javascript": Page.open,
    "python": lambda: nullcontext(Python()),
    "smt": lambda: nullcontext(Formulas()),
}


@dataclass(frozen=True)
class Kind:
    """A kind of random policies: how one is made, by how many choices, and how many of them a target is compared on.

    Of targets that are not quick these are few.
    """

    make: Callable[[Choices], Policy]
    choices: int
    many: int
    few: int


KINDS = {
    "small": Kind(policy_by, 768, 50, 10),
    "deep": Kind(partial(policy_by, depth=5, most_facts=10, most_rules=5), 3072, 15, 2),
    "dates that are counted from one another": Kind(linked_dates, 64, 50, 4),
    "numbers with and without bounds": Kind(numbers, 64, 25, 4),
    "several facts to settle a case": Kind(tangled, 128, 25, 3),
}


@pytest.fixture(scope="module", params=TARGETS)
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    """Each target, opened once for the tests of this module."""
    with TARGETS[request.param]() as opened:
        yield opened


@pytest.mark.parametrize("policy", STATED, ids=lambda policy: policy.slug)
def test_a_stated_policy(target: Target, policy: Policy) -> None:
    target.assert_equal(policy, target.some(Drawing(policy, by_seed(1)).cases(OFTEN)))


@pytest.mark.parametrize("policy", STATED, ids=lambda policy: policy.slug)
def test_a_stated_policy_while_a_form_is_filled_in(target: Target, policy: Policy) -> None:
    drawn, kinds = Drawing(policy, by_seed(2)), OFTEN // 20 * list(policy.requests)
    target.assert_equal(policy, target.some(case for kind in kinds for case in drawn.filling(kind)))


@pytest.mark.parametrize("kind", KINDS)
def test_random_policies(target: Target, kind: str) -> None:
    drawn = KINDS[kind]

    @examples(drawn.many if target.is_quick else drawn.few)
    @given(st.data())
    def compared(data: st.DataObject) -> None:
        policy = data.draw(chosen(drawn.make, drawn.choices))
        asked = data.draw(st.lists(cases(policy), min_size=1, max_size=6))
        with decided_within_limits():
            target.assert_equal(policy, target.some(asked))

    compared()


@pytest.mark.parametrize("seed", range(5))
def test_a_list_of_many_options(target: Target, seed: int) -> None:
    policy = long_list(by_seed(seed), 400 if target.is_quick else 40)
    empty = Case(policy.number, "initial", date(2025, 7, 1), {})
    some = Case(policy.number, "initial", date(2025, 7, 1), {"list": Including(frozenset(["o1", "o20"]))})
    target.assert_equal(policy, [empty, some, *Drawing(policy, by_seed(seed)).cases(2)])


@pytest.mark.parametrize("size", [4, 15, 60, 150, 300])
def test_at_least_half_of_many_facts(target: Target, size: int) -> None:
    policy = half_of(size)
    target.assert_equal(policy, Drawing(policy, by_seed(size)).cases(3))


# No formula says that a complete record is not decided.
@pytest.mark.parametrize("target", ["javascript", "python"], indirect=True)
@pytest.mark.parametrize("days", [27, 29, 31])
def test_dates_that_are_possible_or_not_by_the_length_of_a_month(target: Target, days: int) -> None:
    lengths = Duration(1, Unit.MONTHS), Duration(days, Unit.DAYS)
    month, short = (criterion(f"{n}", Comparison("first", within(n, Direction.BEFORE, "second"))) for n in lengths)
    between = criterion("between", AllOf((month, criterion("longer", Not(short)))))
    rules = [(criterion("rule", Not(between)), Outcome.NECESSARY)]
    policy = small_policy([day("first"), day("second")], rules)
    target.assert_equal(policy, [Case(policy.number, "initial", date(2025, 7, 1), {}, so) for so in (False, True)])


@pytest.mark.parametrize("target", ["javascript", "python"], indirect=True)
@pytest.mark.parametrize("kind", ["deep", *list(KINDS)[2:]])
def test_the_limit_of_work_strikes_at_the_same_step(target: Target, kind: str) -> None:
    drawn = KINDS[kind]

    @examples(6)
    @given(st.data())
    def compared(data: st.DataObject) -> None:
        policy = data.draw(chosen(drawn.make, drawn.choices))
        case = data.draw(cases(policy))

        with pytest.MonkeyPatch.context() as patched:

            def within(most: int) -> Said:
                patched.setattr(exact, "MOST_WORK", most)
                return said(Prepared(policy).decide(case))

            whole = within(exact.MOST_WORK)
            enough = bisect_left(range(exact.MOST_WORK), True, key=lambda most: within(most) == whole)
            for most in (enough // 2, enough - 1, enough):
                patched.setattr(exact, "MOST_WORK", most)
                target.assert_equal(policy, [case])

    compared()
