"""What is asked as of a day is what is asked of a request of that day, for random policies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from cdispec.determine.determination import determine
from cdispec.model.case import Case
from cdispec.model.criteria import Criterion, Period, holding, parts, walk
from cdispec.model.facts import Day
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, blocks
from cdispec.model.remade import with_blocks
from cdispec.parse.asking import linked
from tests.determine.strategies import PLACE, policies_with_cases
from tests.examples import examples

THEN = Day("then", "", "the day", "it was on {value}", False, PLACE)


def as_of(policy: Policy) -> Policy:
    """The policy with all its dates of service asked on the day of a fact."""
    made = {one.criterion.id: replace(one.criterion, as_of="then") for one in blocks(policy)}
    criteria = {part.id: part for one in made.values() for part in walk(one)}
    asking = replace(with_blocks(policy, made), criteria=criteria, facts={**policy.facts, "then": THEN})
    found, issues = linked(asking, lambda number: None, list)
    assert not issues
    assert not any(one.as_of or one.valid != Period() for one in found.criteria.values())
    return found


def moved(policy: Policy, by: timedelta) -> Policy:
    """The policy with its dates of service so much later."""

    def later(day: date | None) -> date | None:
        return None if day is None else day + by

    def criterion(one: Criterion) -> Criterion:
        held = holding(one, tuple(map(criterion, parts(one))))
        return replace(held, valid=Period(later(one.valid.start), later(one.valid.end)))

    made = {one.criterion.id: criterion(one.criterion) for one in blocks(policy)}
    criteria = {part.id: part for one in made.values() for part in walk(one)}
    return replace(with_blocks(policy, made), criteria=criteria)


@examples(120)
@given(policies_with_cases(complete=None), st.integers(-3, 3))
def test_a_day_that_is_named_stands_for_the_date_of_the_request(drawn: tuple[Policy, Case], days: int) -> None:
    policy, case = drawn
    # The days of codes are those of the request, whatever day a criterion is asked as of.
    assume(not policy.code_sets)
    by = timedelta(days)
    expected = determine(moved(policy, by), case)
    found = determine(as_of(policy), replace(case, facts={**case.facts, "then": case.date - by}))
    if Outcome.NOT_DECIDED not in (expected.outcome, found.outcome):
        assert found.outcome == expected.outcome
        assert found.classifications == expected.classifications
        assert set(found.needed) - set(found.may_matter) <= set(expected.needed)


@examples(60)
@given(policies_with_cases(complete=False), st.integers(-3, 3))
def test_while_the_day_is_unknown_no_day_contradicts_what_is_decided(drawn: tuple[Policy, Case], days: int) -> None:
    policy, case = drawn
    asked = as_of(policy)
    unknown = determine(asked, case).outcome
    known = determine(asked, replace(case, facts={**case.facts, "then": case.date - timedelta(days)})).outcome
    assert unknown in (known, Outcome.MORE_INFORMATION)
