"""The script says of cases with rows what the core says, and no more rows are taken than it has."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.policy import Policy
from tests.determine.test_rows import policies_with_cases
from tests.examples import examples
from tests.targets.javascript.page import Page, stated

TESTS = read_library(Path(__file__).parents[2] / "determine" / "policies").policies["90051"]


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


def test_a_row_that_was_removed_leaves_the_others_their_numbers(page: Page) -> None:
    page.load(TESTS)
    rows = [None, {"state": "sleep", "day": "2025-06-15"}]
    found = page.determine({"request": "some", "date": "2025-07-01", "facts": {"tests": rows}})
    assert found["needed"] == ["tests#2.value"]


def test_that_there_are_no_rows_is_an_answer(page: Page) -> None:
    page.load(TESTS)
    found = page.determine({"request": "none", "date": "2025-07-01", "facts": {"tests": {"none": True}}})
    assert (found["outcome"], found["clauses"]) == ("medically necessary", ["I.b"])
