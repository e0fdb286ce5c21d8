"""The shortest set of facts that would settle a case, held against an oracle that tries every set."""

from __future__ import annotations

from hypothesis import assume, given, settings

from cdispec.determine.determine import determine
from cdispec.model.case import Case
from cdispec.model.policy import Policy
from tests.determine.oracle import Completions
from tests.determine.strategies import MANY, policies_with_cases


@settings(max_examples=50, deadline=None)
@given(policies_with_cases())
def test_what_settles_a_case_is_needed_and_named_first(drawn: tuple[Policy, Case]) -> None:
    found = determine(*drawn)
    assert found.needed[: len(found.settled_by)] == found.settled_by


@settings(max_examples=80, deadline=None)
@given(policies_with_cases())
def test_some_answers_to_the_settling_set_settle_the_case(drawn: tuple[Policy, Case]) -> None:
    found = determine(*drawn)
    completions = Completions(*drawn)
    assume(completions.count() <= MANY)
    assert completions.can_settle(found.settled_by) or not found.settled_by


@settings(max_examples=80, deadline=None)
@given(policies_with_cases())
def test_no_smaller_set_settles_the_case_and_there_is_none_only_where_so_few_facts_settle_nothing(
    drawn: tuple[Policy, Case],
) -> None:
    found = determine(*drawn)
    completions = Completions(*drawn)
    assume(completions.count() <= MANY)
    fewest = completions.fewest_that_settle()
    assert len(found.settled_by) == (fewest if fewest is not None and fewest <= len(found.needed) else 0)
