"""What the script makes of answers that a policy cannot use, and of those on the edge of what it can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cdispec.model.criteria import AllOf, Bound, Comparison, IncludesAnyOf, IsOneOf, Range
from cdispec.model.facts import Fact, Number, OneOf, Option, SetOf
from cdispec.model.formulas import Measure, Operand, Rounded
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, ProcedureCode
from tests.determine.strategies import PLACE, asked, criterion, day, small_policy, yes_no
from tests.targets.javascript.page import Page

GRADES = tuple(Option(id, id.upper(), PLACE) for id in ("z", "y", "x"))
NUMBER = Number("number", "?", "the number", "it is {value}", "years", 0, Decimal("10.5"), PLACE)
GRADE = OneOf("grade", "?", "the grade", "it is {value}", GRADES, True, PLACE)
LIST = SetOf("list", "?", "the list", "it is {value}", "it includes {value}", "none", GRADES, PLACE)


def _policy(fact: Fact, logic: Comparison) -> Policy:
    return small_policy([fact], [(criterion("rule", logic), Outcome.NECESSARY)])


NUMBERS = _policy(NUMBER, Comparison("number", Range(Bound(3, True), Bound(Decimal("10.5"), False))))


def _truth(page: Page, policy: Policy, answer: object) -> str:
    page.load(policy)
    [fact] = policy.facts
    found = page.determine({"request": "initial", "date": "2025-07-01", "facts": {fact: answer}})
    return str(found["criteria"]["rule"])


@pytest.mark.parametrize(("answer", "truth"), [(3.1, "true"), (2.9, "false"), (3.96, "unknown"), (2.999, "unknown")])
def test_a_number_that_is_rounded_has_no_further_digits(page: Page, answer: float, truth: str) -> None:
    other = replace(NUMBER, id="other")
    rounded = replace(NUMBER, measure=Measure(Operand("other"), 1, PLACE, Rounded(Operand("other"), 1)))
    [rule] = NUMBERS.rules
    policy = small_policy([rounded, other], [(rule.criterion, Outcome.NECESSARY)])
    page.load(policy)
    found = page.determine({"request": "initial", "date": "2025-07-01", "facts": {"number": answer}})
    assert found["criteria"]["rule"] == truth


@pytest.mark.parametrize(
    ("answer", "truth"),
    [(2.999, "false"), (3, "true"), (3.0, "true"), (10.499, "true"), (10.5, "false"), (0, "false")],
)
def test_an_edge_counts_where_it_is_included(page: Page, answer: float, truth: str) -> None:
    assert _truth(page, NUMBERS, answer) == truth


@pytest.mark.parametrize("answer", [-0.1, 11, "3", True, None, [3], 3.000000000000001])
def test_what_cannot_be_the_number_leaves_it_unknown(page: Page, answer: object) -> None:
    assert _truth(page, NUMBERS, answer) == "unknown"


@pytest.mark.parametrize(("answer", "truth"), [("z", "false"), ("y", "true"), ("x", "true"), ("w", "unknown")])
def test_grades_stand_in_the_order_of_their_options(page: Page, answer: str, truth: str) -> None:
    policy = _policy(GRADE, Comparison("grade", Range(Bound("y", True), None)))
    assert _truth(page, policy, answer) == truth


@pytest.mark.parametrize(
    ("answer", "truth"),
    [
        (["x"], "true"),
        (["x", "z"], "true"),
        (["z"], "false"),
        ([], "false"),
        ({"including": ["x"]}, "true"),
        ({"including": ["z"]}, "unknown"),
        ({"including": []}, "unknown"),
        (["w"], "unknown"),
        ({}, "unknown"),
        ("x", "unknown"),
        (None, "unknown"),
    ],
)
def test_only_a_whole_list_lacks_a_member(page: Page, answer: object, truth: str) -> None:
    policy = _policy(LIST, Comparison("list", IncludesAnyOf(frozenset(["x", "y"]))))
    assert _truth(page, policy, answer) == truth


@pytest.mark.parametrize(("none", "truth"), [("no number", "false"), ("", "unknown")])
def test_only_a_fact_that_may_have_none_has_no_value(page: Page, none: str, truth: str) -> None:
    policy = _policy(replace(NUMBER, none=none), Comparison("number", Range(Bound(3, True), None)))
    assert _truth(page, policy, {"none": True}) == truth
    assert _truth(page, policy, {"none": False}) == "unknown"


@pytest.mark.parametrize(
    "answer", ["2025-02-29", "2025-13-01", "0000-01-01", "2025-1-1", "2025-01-01\n", " 2025-01-01", "", 20250101, None]
)
def test_what_is_no_day_of_the_calendar_leaves_the_date_unknown(page: Page, answer: object) -> None:
    policy = _policy(day("first"), Comparison("first", IsOneOf(frozenset([date(2025, 1, 1)]))))
    assert _truth(page, policy, answer) == "unknown"


@pytest.mark.parametrize(
    ("answer", "truth"),
    [
        ("2024-03", "true"),
        ("2024-02", "unknown"),
        ("2024-01", "false"),
        ("2025-07", "true"),
        ("2025-08", "unknown"),
        ("2024-13", "unknown"),
        ("2024-1", "unknown"),
    ],
)
def test_a_month_says_what_all_its_possible_days_say(page: Page, answer: str, truth: str) -> None:
    edge = Bound(date(2024, 2, 29), True)
    policy = _policy(day("first", latest_request=True), Comparison("first", Range(edge, None)))
    assert _truth(page, policy, answer) == truth


@pytest.mark.parametrize(("answer", "truth"), [("2025-07-01", "true"), ("2025-07-02", "unknown")])
def test_a_date_that_cannot_lie_after_the_request_is_unknown_there(page: Page, answer: str, truth: str) -> None:
    policy = _policy(day("first", latest_request=True), Comparison("first", Range(Bound(date(2025, 1, 1), True), None)))
    assert _truth(page, policy, answer) == truth


def _initial(facts: dict[str, object], **rest: object) -> dict[str, object]:
    return {"request": "initial", "date": "2025-07-01", "facts": facts, **rest}


def test_a_fact_that_the_policy_does_not_have_changes_nothing(page: Page) -> None:
    page.load(_policy(yes_no("first"), asked("first")))
    told = page.determine(_initial({"first": True}))
    assert page.determine(_initial({"first": True, "second": True, "toString": 1})) == told


def test_a_fact_named_like_a_part_of_an_object_is_unknown_without_an_answer(page: Page) -> None:
    assert _truth(page, _policy(yes_no("constructor"), asked("constructor")), None) == "unknown"
    assert page.determine(_initial({}))["needed"] == ["constructor"]


def test_facts_named_like_numbers_stay_in_the_order_of_the_document(page: Page) -> None:
    members = tuple(criterion(f"c{id}", asked(id)) for id in ("2", "10", "1"))
    rule = criterion("rule", AllOf(members))
    page.load(small_policy([yes_no(id) for id in ("1", "10", "2")], [(rule, Outcome.NECESSARY)]))
    assert page.determine(_initial({}))["needed"] == ["2", "10", "1"]


def test_a_record_is_open_unless_it_is_said_to_be_complete(page: Page) -> None:
    page.load(_policy(yes_no("first"), asked("first")))
    found = [page.determine(_initial({}, record=record))["outcome"] for record in ("open", "complete")]
    assert found == ["more information needed", "not medically necessary"]


def test_codes_are_found_in_either_case(page: Page) -> None:
    policy = _policy(yes_no("first"), asked("first"))
    page.load(replace(policy, codes=(ProcedureCode("A1234", "a code", "III.d", PLACE),)))
    codes = page.determine(_initial({}, codes=["a1234", "X", "__proto__"]))["codes"]
    assert codes == {"A1234": "III.d", "X": None, "__PROTO__": None}


@pytest.mark.parametrize(
    "wrong", [{"date": "2025-02-30"}, {"date": ""}, {"date": None}, {"request": "other"}, {"request": None}]
)
def test_a_case_without_a_request_is_refused(page: Page, wrong: dict[str, object]) -> None:
    page.load(_policy(yes_no("first"), asked("first")))
    assert page.determine({**_initial({}), **wrong})["error"].startswith("RangeError: ")
