"""Cases that stay "more information needed" although nothing is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from cdispec.determine.determine import determine
from cdispec.determine.gaps import undecidable_cases
from cdispec.model.case import Case
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    Bound,
    Comparison,
    Direction,
    Duration,
    Logic,
    Not,
    Period,
    Range,
    Unit,
    Within,
)
from cdispec.model.facts import Number
from cdispec.model.policy import Outcome, Policy
from tests.determine.strategies import PLACE, asked, criterion, day, policies_with_cases, small_policy, yes_no

A, B, C = yes_no("a"), yes_no("b"), yes_no("c")
AGE = Number("age", "What age?", "the age", "the age is {value}", "years", 0, None, PLACE)
A_OR_NOT_A = AnyOf((criterion("c1", asked("a")), criterion("c2", Not(criterion("c3", asked("a"))))), False)
MONTH = Duration(1, Unit.MONTHS)
ENDED = Period(end=date(2023, 4, 5))


def _age(low: float | None, high: float | None) -> Comparison:
    edges = [None if edge is None else Bound(edge, True) for edge in (low, high)]
    return Comparison("age", Range(*edges))


def _said(logic: Logic) -> list[str | None]:
    """The cases found in a policy with this one rule."""
    policy = small_policy([A, B, C, AGE, day("first"), day("second")], [(criterion("rule", logic), Outcome.NECESSARY)])
    return [case for _, case in undecidable_cases(policy)]


def test_a_or_not_a_is_found() -> None:
    assert _said(A_OR_NOT_A) == ["initial, with nothing known"]


def test_a_and_not_a_is_found() -> None:
    assert _said(AllOf(A_OR_NOT_A.of)) == ["initial, with nothing known"]


def test_a_yes_beside_a_no_of_one_fact_is_found() -> None:
    assert _said(AnyOf((criterion("c1", asked("a")), criterion("c2", asked("a", False))), False))


def test_ranges_that_leave_no_number_out_are_found() -> None:
    assert _said(AnyOf((criterion("c1", _age(None, 65)), criterion("c2", _age(60, None))), False))


def test_ranges_that_leave_a_number_out_are_not() -> None:
    assert not _said(AnyOf((criterion("c1", _age(None, 60)), criterion("c2", _age(65, None))), False))


def test_a_gap_that_opens_only_once_another_fact_is_known_is_found_with_that_fact() -> None:
    logic = AllOf((criterion("c0", asked("b")), criterion("inner", A_OR_NOT_A)))
    assert _said(logic) == ["initial, with whether b is so met"]


def test_a_gap_between_a_rule_and_the_exclusion_before_it_is_found() -> None:
    rules = [(criterion("c1", asked("a")), Outcome.NOT_NECESSARY), (criterion("c2", asked("a")), Outcome.NECESSARY)]
    assert not list(undecidable_cases(small_policy([A], rules, Outcome.NOT_INDICATED)))
    rules = [(rules[0][0], Outcome.NOT_NECESSARY), (criterion("c3", asked("a", False)), Outcome.NECESSARY)]
    assert not list(undecidable_cases(small_policy([A], rules, Outcome.NOT_INDICATED)))
    rules = [(rules[0][0], Outcome.NOT_INDICATED), (criterion("c4", asked("a", False)), Outcome.NOT_INDICATED)]
    assert list(undecidable_cases(small_policy([A], rules, Outcome.NOT_NECESSARY)))


def test_a_gap_that_opens_once_one_of_two_dates_is_known_is_found() -> None:
    apart = Comparison("first", Within(MONTH, Direction.BEFORE, "second"))
    early = Comparison("first", Range(None, Bound(date(2024, 12, 31), True)))
    assert _said(AllOf((criterion("c1", apart), criterion("c2", early))))


def test_a_gap_that_opens_on_a_later_day_is_found_with_that_day() -> None:
    late = replace(criterion("inner", A_OR_NOT_A), valid=Period(start=date(2023, 4, 5)))
    assert _said(AllOf((criterion("c0", asked("b")), late))) == ["initial on 2023-04-05, with whether b is so met"]


def test_a_gap_that_opens_after_the_last_day_of_a_criterion_is_found_with_the_day_after() -> None:
    ended = replace(criterion("c0", AllOf((criterion("b1", asked("b")), criterion("c4", asked("c"))))), valid=ENDED)
    not_a = replace(A_OR_NOT_A.of[1], valid=Period(start=date(2023, 4, 6)))
    parts = (A_OR_NOT_A.of[0], not_a, ended)
    assert _said(AnyOf(parts, False)) == ["initial on 2023-04-06, with nothing known"]


def test_a_gap_that_opens_once_the_request_is_too_late_for_a_stated_day_is_found() -> None:
    recent = Comparison("first", Within(MONTH, Direction.BEFORE, None))
    early = Comparison("first", Range(None, Bound(date(2024, 12, 31), True)))
    logic = AllOf((criterion("c1", recent), criterion("c2", early)))
    assert _said(logic) == ["initial on 2025-02-01, with nothing known"]


def test_facts_that_are_asked_twice_but_not_against_themselves_are_no_gap() -> None:
    one = AllOf((criterion("c1", asked("a")), criterion("c2", asked("b"))))
    other = AllOf((criterion("c3", asked("a")), criterion("c4", asked("c"))))
    assert not _said(AnyOf((criterion("one", one), criterion("other", other)), False))


@settings(max_examples=80, deadline=None)
@given(policies_with_cases())
def test_a_policy_without_such_a_case_says_what_it_needs_of_every_case(drawn: tuple[Policy, Case]) -> None:
    policy, case = drawn
    found = determine(policy, case)
    assert found.outcome is not Outcome.MORE_INFORMATION or found.needed or list(undecidable_cases(policy))


@pytest.mark.parametrize("logic", [asked("a"), AllOf((criterion("c1", asked("a")), criterion("c2", asked("b"))))])
def test_plain_logic_has_no_gap(logic: Logic) -> None:
    assert not _said(logic)
