"""The script says of cases with rows what the core says, and no more rows are taken than it has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cdispec.determine.determination import determine
from cdispec.model.case import Case
from cdispec.model.policy import Policy
from tests.determine.test_rows import policies_with_cases
from tests.examples import examples
from tests.targets.javascript.page import Page, stated


def assert_says_the_same(page: Page, policy: Policy, case: Case) -> None:
    """The outcome, what it rests on, what is needed and the shortest ways."""
    found, core = page.determine(stated(case)), determine(policy, case)
    assert found["outcome"] == core.outcome.value
    assert found["clauses"] == list(core.clauses)
    assert found["needed"] == list(core.needed)
    assert found["may_matter"] == list(core.may_matter)
    ways = [(way["outcome"], tuple(way["facts"])) for way in found["ways"]]
    assert ways == [(way.outcome.value, way.facts) for way in core.ways]


@examples(60)
@given(drawn=st.one_of(policies_with_cases(complete=False), policies_with_cases(complete=True)))
def test_a_case_with_rows_is_determined_as_by_the_core(page: Page, drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    page.load(policy)
    assert_says_the_same(page, policy, case)
