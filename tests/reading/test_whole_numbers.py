"""Whole numbers: what is refused of them, what is the same, and which ranges leave a gap between them or overlap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cdispec.check.ranges import near_ranges
from cdispec.core.lower import lower
from cdispec.model.criteria import AllOf, AnyOf, Bound, Comparison, Criterion, IsOneOf, Not, Period, Range
from cdispec.model.facts import Amount, Number
from cdispec.model.policy import Outcome, Policy
from tests.determine.strategies import PLACE, asked, criterion, small_policy, yes_no
from tests.issues.examples import FEATURE, POLICY
from tests.reading.libraries import FACTS, changed, checked

SCORE = Number("score", "What score?", "the score", "the score is {value}", "points", None, None, PLACE)
WHOLE = replace(SCORE, whole=True)
OTHERS = (Outcome.NECESSARY, Outcome.NOT_INDICATED)


def at_most(edge: Amount, included: bool = True) -> Range:
    """At most, or less than."""
    return Range(None, Bound(edge, included))


def at_least(edge: Amount, included: bool = True) -> Range:
    """At least, or more than."""
    return Range(Bound(edge, included), None)


def told(
    low: Range, high: Range, fact: Number, *also: Criterion, outcomes: tuple[Outcome, Outcome] = OTHERS
) -> list[str]:
    """What is reported of a policy that has one range under one outcome and one under another."""
    rules = [criterion("low", Comparison("score", low)), criterion("high", Comparison("score", high)), *also]
    ruled = list(zip(rules, [*outcomes, *[Outcome.NECESSARY] * len(also)], strict=True))
    return [f"{issue.code} {issue.message}" for issue in near_ranges(small_policy([fact, yes_no("a")], ruled))]


@pytest.mark.parametrize(
    ("low", "high", "fact", "left"),
    [
        (at_most(88), at_least(90), WHOLE, "89"),
        (at_most(88), at_least(89, False), WHOLE, "89"),
        (at_most(88), at_least(89), SCORE, "what lies between 88 and 89"),
        (at_most(Decimal("34.9")), at_least(35), SCORE, "what lies between 34.9 and 35"),
        (at_most(88, False), at_least(88, False), SCORE, "88"),
        (at_most(88, False), at_least(88, False), WHOLE, "88"),
    ],
)
def test_a_gap_between_ranges_that_nearly_meet_is_shown(low: Range, high: Range, fact: Number, left: str) -> None:
    [message] = told(low, high, fact)
    assert message.startswith("range-gap")
    assert message.endswith(f"leave out {left}")


@pytest.mark.parametrize(
    ("low", "high", "fact"),
    [
        (at_most(88), at_least(89), WHOLE),
        (at_most(88), at_least(88, False), SCORE),
        (at_most(17), at_least(65), WHOLE),
        (at_most(88), at_least(90), SCORE),
        (at_most(95), at_least(90), SCORE),
    ],
)
def test_ranges_that_meet_or_are_far_apart_are_not(low: Range, high: Range, fact: Number) -> None:
    assert told(low, high, fact) == []


def test_what_another_range_has_is_no_gap() -> None:
    between = criterion("between", Comparison("score", IsOneOf(frozenset([89]))))
    assert told(at_most(88), at_least(90), WHOLE, between) == []


def test_a_range_that_holds_all_three_closes_no_gap() -> None:
    around = criterion("around", Comparison("score", at_least(5)))
    assert len(told(at_most(88), at_least(90), WHOLE, around)) == 1


@pytest.mark.parametrize(
    ("low", "high", "fact", "shared"),
    [
        (at_most(90), at_least(90), SCORE, "90"),
        (at_most(90), at_least(90), WHOLE, "90"),
        (at_most(90), at_least(89), WHOLE, "what lies from 89 to 90"),
        (at_most(90), at_least(89), SCORE, "what lies from 89 to 90"),
    ],
)
def test_what_ranges_of_two_outcomes_share_is_shown(low: Range, high: Range, fact: Number, shared: str) -> None:
    [message] = told(low, high, fact)
    assert message.startswith("range-overlap")
    assert message.endswith(f"share {shared}")


def test_what_ranges_of_one_outcome_share_decides_nothing() -> None:
    assert told(at_most(90), at_least(90), SCORE, outcomes=(Outcome.NECESSARY, Outcome.NECESSARY)) == []


def test_ranges_that_are_never_in_force_together_are_not_compared() -> None:
    day = date(2025, 1, 1)
    members = (
        replace(criterion("old", Comparison("score", at_most(88))), valid=Period(None, day)),
        replace(criterion("new", Comparison("score", at_least(90))), valid=Period(day.replace(day=2), None)),
    )
    policy = small_policy([WHOLE], [(criterion("rule", AnyOf(members, False)), Outcome.NECESSARY)])
    assert [*near_ranges(policy)] == []


def test_a_range_under_not_is_asked_the_other_way_round_and_begins_no_gap() -> None:
    members = (
        criterion("low", Comparison("score", at_most(88))),
        criterion("not", Not(criterion("high", Comparison("score", at_least(90))))),
    )
    policy = small_policy([WHOLE], [(criterion("rule", AllOf(members)), Outcome.NECESSARY)])
    assert [*near_ranges(policy)] == []


def lab(test: Range | IsOneOf, fact: Number) -> Policy:
    """A policy that asks one comparison."""
    rules = [criterion("rule", AnyOf((criterion("c", Comparison("score", test)), criterion("a", asked("a"))), False))]
    return small_policy([fact, yes_no("a")], [(rule, Outcome.NECESSARY) for rule in rules])


SAME = [
    (at_least(1, False), at_least(2)),
    (at_most(3, False), at_most(2)),
    (Range(Bound(0, False), Bound(3, False)), IsOneOf(frozenset([1, 2]))),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_of_a_whole_number_they_are_the_same(one: Range, other: Range | IsOneOf) -> None:
    assert lower(lab(one, WHOLE)).nodes == lower(lab(other, WHOLE)).nodes
    assert lower(lab(one, SCORE)).nodes != lower(lab(other, SCORE)).nodes


UNIT = "  unit: percent\n"
OF_WHOLE = changed(FACTS, UNIT, f"{UNIT}  whole: yes\n")


def codes(root: Path, files: Mapping[str, str]) -> list[str]:
    """What is reported of a library."""
    return [issue.code for issue in checked(root, {**files})]


def test_a_part_of_a_whole_number_is_refused_in_a_criterion(tmp_path: Path) -> None:
    files = {FACTS: OF_WHOLE, POLICY: changed(POLICY, "at most: 88", "at most: 88.5")}
    assert "impossible-value" in codes(tmp_path, files)


def test_it_is_refused_as_a_bound(tmp_path: Path) -> None:
    assert "impossible-value" in codes(tmp_path, {FACTS: OF_WHOLE.replace("minimum: 0", "minimum: 0.5")})


def test_it_is_refused_in_a_scenario(tmp_path: Path) -> None:
    files = {FACTS: OF_WHOLE, FEATURE: changed(FEATURE, "is 85 percent", "is 85.5 percent")}
    assert "impossible-value" in codes(tmp_path, files)


def test_a_whole_one_is_read(tmp_path: Path) -> None:
    assert codes(tmp_path, {FACTS: OF_WHOLE}) == []
