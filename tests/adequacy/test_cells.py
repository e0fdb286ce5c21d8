"""What small policies could show, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cdispec.analysis.adequacy.adequacy import Adequacy, State
from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.analysis.adequacy.wording import aspect_words, subject_of
from cdispec.model.case import Case
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    Bound,
    Comparison,
    Direction,
    Duration,
    IncludesAnyOf,
    Period,
    Range,
    Reference,
    Unit,
)
from cdispec.model.facts import Number, Value
from cdispec.model.policy import Classification, Policy
from tests.adequacy.telling import reading
from tests.adequacy.test_operators import DAY, FACTS, NECESSARY, every, part, ruled, some
from tests.determine.strategies import asked, criterion, small_policy, within


def found(policy: Policy, *facts: dict[str, Value], complete: bool = False, day: date = DAY) -> Adequacy:
    """The adequacy of a policy with these cases."""
    return adequacy_of(policy, reading(policy, [Case(policy.number, "initial", day, one, complete) for one in facts]))


def cells(adequacy: Adequacy, of: str, state: State = State.SHOWN) -> list[str]:
    """What of one thing is in a state."""
    own = (cell for cell in adequacy.cells if subject_of(cell.aspect) == of and cell.state is state)
    return [aspect_words(cell.aspect, adequacy.policy) for cell in own]


BOTH = ruled(every("a", "b"))


def test_a_criterion_is_shown_only_where_it_alone_turns_the_determination() -> None:
    assert cells(found(BOTH, {"a": True, "b": True}), "a") == ["met"]
    assert cells(found(BOTH, {"a": False, "b": True}), "a") == ["not met"]
    assert cells(found(BOTH, {"a": False, "b": False}), "a") == []


def test_what_is_not_known_is_shown_in_an_open_record_and_silence_in_a_complete_one() -> None:
    assert cells(found(BOTH, {"b": True}), "a") == ["not known"]
    assert cells(found(BOTH, {"b": True}, complete=True), "a") == ["not mentioned in a complete record"]


def test_a_list_is_shown_like_its_members() -> None:
    policy = ruled(AllOf((criterion("list", some("a", "b")), part("c"))))
    assert cells(found(policy, {"a": True, "b": False, "c": True}), "list") == ["met"]
    assert cells(found(policy, {"a": True, "b": True, "c": True}), "a") == []


def test_what_no_case_could_show_does_not_count() -> None:
    never = criterion("never", AllOf((part("a"), criterion("no-a", asked("a", False)))))
    policy = ruled(AnyOf((never, part("b")), False))
    assert "met" in cells(found(policy), "never", State.IMPOSSIBLE)


def test_what_every_answer_to_the_unknown_agrees_on_is_shown() -> None:
    never = criterion("never", AllOf((part("a"), criterion("no-a", asked("a", False)))))
    rule = criterion("rule", AllOf((criterion("reference", Reference("never")), part("b"))))
    policy = small_policy(FACTS, [(rule, NECESSARY)], classifications=(Classification("contradiction", never),))
    assert cells(found(policy, {"b": True}), "reference") == ["not met"]


def test_a_number_is_shown_at_its_edge_and_right_beside_it() -> None:
    policy = ruled(Comparison("score", Range(Bound(65, True), None)))
    shown = [cells(found(policy, {"score": score}), "rule")[1:] for score in (64, 65, 66, 90)]
    assert shown == [["just below 65"], ["at 65"], ["just above 65"], []]


def test_below_the_least_answer_there_is_no_edge_to_show() -> None:
    least = Number("areas", "", "the areas", "{value} areas", "areas", 1, None, FACTS[0].place)
    rule = criterion("rule", Comparison("areas", Range(Bound(1, False), None)))
    assert cells(found(small_policy([least], [(rule, NECESSARY)])), "rule", State.IMPOSSIBLE) == ["just below 1"]


@pytest.mark.parametrize(
    ("days", "shown"),
    [(15, "just before 2 weeks before the request"), (14, "at 2 weeks before the request"), (0, "at the request")],
)
def test_a_length_of_time_is_shown_on_its_days(days: int, shown: str) -> None:
    policy = ruled(Comparison("start", within(Duration(2, Unit.WEEKS), Direction.BEFORE, None)))
    assert shown in cells(found(policy, {"start": DAY - timedelta(days)}), "rule")


def test_each_of_several_listed_values_must_be_the_one_that_counts() -> None:
    policy = ruled(Comparison("list", IncludesAnyOf(frozenset({"low", "high"}))))
    assert "`low` as the answer that counts" in cells(found(policy, {"list": frozenset({"low"})}), "rule")
    assert "`low` as the answer that counts" not in cells(found(policy, {"list": frozenset({"low", "high"})}), "rule")


def test_the_first_and_the_last_day_of_a_criterion_are_shown_where_its_dates_decide() -> None:
    first, second = every("a", "b").of
    policy = ruled(AllOf((replace(first, valid=Period(None, DAY)), second)))
    waived: dict[str, Value] = {"a": False, "b": True}
    assert "on the last day of its dates" in cells(found(policy, waived), "a")
    assert "on the day after its last one" in cells(found(policy, waived, day=DAY + timedelta(1)), "a")
    assert "on the last day of its dates" not in cells(found(policy, {"a": True, "b": True}), "a")


def test_a_scenario_that_fails_shows_nothing() -> None:
    other = ruled(some("a", "b"))
    case = Case(BOTH.number, "initial", DAY, {"a": True, "b": False})
    adequacy = adequacy_of(other, [replace(one, policy=other) for one in reading(BOTH, [case])])
    assert len(adequacy.failing) == 1
    assert cells(adequacy, "a") == []
