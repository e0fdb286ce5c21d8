"""Each fault of a policy's logic: where it is told, in which words, and where it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cdispec.analysis.faults.examination import Examination
from cdispec.analysis.faults.policy import faults_of
from cdispec.analysis.faults.redundant import redundant_criteria
from cdispec.core.work import TooMuchWorkError
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    Direction,
    Duration,
    Elapsed,
    IncludesAnyOf,
    IsOneOf,
    Length,
    Logic,
    Not,
    Period,
    Range,
    Reference,
    Unit,
)
from cdispec.model.facts import Fact, Number, OneOf, Option, SetOf
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Classification, Otherwise, Policy
from cdispec.source import Issue
from tests.determine.strategies import PLACE, asked, criterion, day, small_policy, within, yes_no

A, B, C = yes_no("a"), yes_no("b"), yes_no("c")
AGE = Number("age", "What age?", "the age", "the age is {value}", "years", 0, None, PLACE)
STAGE = OneOf(
    "stage",
    "Which stage?",
    "the stage",
    "the stage is {value}",
    (Option("i", "stage I", PLACE), Option("ii", "stage II", PLACE)),
    True,
    PLACE,
)
FINDINGS = SetOf(
    "findings",
    "Which findings?",
    "the findings",
    "the findings are {value}",
    "the findings include {value}",
    "there are no findings",
    (Option("pain", "pain", PLACE), Option("scar", "scar", PLACE)),
    PLACE,
)
FACTS: list[Fact] = [A, B, C, AGE, STAGE, FINDINGS, day("measured")]
NEVER, ALWAYS, CONFLICT = "never-met", "always-met", "conflicting-clauses"
IMPLIED, SHADOWED, OPEN, REDUNDANT = "implied-clause", "shadowed-clause", "unaddressed-case", "redundant-criterion"


def _age(low: int | None = None, high: int | None = None) -> Comparison:
    return Comparison("age", Range(*(None if edge is None else Bound(edge, True) for edge in (low, high))))


def _all(*members: Criterion) -> AllOf:
    return AllOf(tuple(replace(member, set_aside=Truth.TRUE) for member in members))


def _any(*members: Criterion) -> AnyOf:
    return AnyOf(members, False)


def _not(id: str, logic: Logic) -> Criterion:
    return criterion(id, Not(criterion(f"{id}-asked", logic)))


def _is_stage(id: str) -> Comparison:
    return Comparison("stage", IsOneOf(frozenset([id])))


def _has(option: str) -> Comparison:
    return Comparison("findings", IncludesAnyOf(frozenset([option])))


def _policy(*rules: tuple[Criterion, Outcome], otherwise: Outcome | None = Outcome.NOT_NECESSARY) -> Policy:
    return small_policy(FACTS, list(rules), otherwise)


def _of(logic: Logic) -> list[Issue]:
    """What is told of a policy with this one indication."""
    return faults_of(_policy((criterion("rule", logic), Outcome.NECESSARY)))


def _told(logic: Logic) -> list[tuple[str, str]]:
    """The code and the clause of each."""
    return [(issue.code, _clause(issue)) for issue in _of(logic)]


def _clause(issue: Issue) -> str:
    return issue.message.split("`")[3 if issue.code == SHADOWED else 1]


def test_a_policy_whose_criteria_all_matter_has_no_faults() -> None:
    logic = _all(
        criterion("old", _age(65)),
        criterion("one", _any(criterion("pain", _has("pain")), criterion("scar", _has("scar")))),
        criterion(
            "two", AtLeast(2, (criterion("a", asked("a")), criterion("b", asked("b")), criterion("c", asked("c"))))
        ),
        criterion("high", Comparison("stage", Range(Bound("ii", True), None))),
    )
    assert _told(logic) == []


def test_members_that_cannot_be_met_together_are_told_with_no_more_than_prove_it() -> None:
    [issue] = _of(_all(criterion("a", asked("a")), criterion("old", _age(65)), criterion("young", _age(None, 64))))
    assert issue.code == CONFLICT
    assert issue.message == (
        "no case meets `rule` (I.rule): `old` (I.old, line 1) and `young` (I.young, line 1) cannot be met together"
    )


def test_members_of_which_each_two_can_be_met_together_but_not_three_are_all_named() -> None:
    [issue] = _of(
        _all(
            criterion("a-or-b", _any(criterion("a", asked("a")), criterion("b", asked("b")))),
            criterion("no-a", asked("a", False)),
            criterion("no-b", asked("b", False)),
        )
    )
    assert issue.code == CONFLICT
    assert all(f"`{id}`" in issue.message for id in ("a-or-b", "no-a", "no-b"))


def test_dates_that_no_day_of_the_policy_brings_together_conflict() -> None:
    recent = Comparison("measured", within(Duration(2, Unit.MONTHS), Direction.BEFORE, None))
    early = Comparison("measured", Range(None, Bound(date(2019, 10, 31), True)))
    assert _told(_all(criterion("recent", recent), criterion("early", early))) == [(CONFLICT, "rule")]
    just = Comparison("measured", Range(None, Bound(date(2019, 11, 1), True)))
    assert _told(_all(criterion("recent", recent), criterion("early", just))) == []


_LATER = Length(Duration(0, Unit.DAYS), False)


def test_dates_of_which_each_is_before_the_next_in_a_circle_conflict() -> None:
    circle = [("measured", "start"), ("start", "end"), ("end", "measured")]
    orders = [criterion(one, Comparison(one, Elapsed(Direction.BEFORE, other, _LATER))) for one, other in circle]
    policy = small_policy([day(one) for one, _ in circle], [(criterion("rule", _all(*orders)), Outcome.NECESSARY)])
    assert [issue.code for issue in faults_of(policy) if issue.code != OPEN] == [CONFLICT]
    policy = small_policy([day(one) for one, _ in circle], [(criterion("rule", _all(*orders[:2])), Outcome.NECESSARY)])
    assert [issue.code for issue in faults_of(policy) if issue.code != OPEN] == []


def test_silence_does_not_meet_the_opposites_of_all_answers() -> None:
    answers = [_not(f"not-{stage}", _is_stage(stage)) for stage in ("i", "ii")]
    assert _told(_all(criterion("a", asked("a")), *answers)) == [(CONFLICT, "rule")]


def test_a_criterion_that_every_answer_meets_is_always_met() -> None:
    either = _any(criterion("b", asked("b")), criterion("no-b", asked("b", False)))
    assert _told(_all(criterion("a", asked("a")), criterion("answered", either))) == [(ALWAYS, "answered")]
    every_age = _any(criterion("old", _age(60)), criterion("young", _age(0, 65)))
    assert _told(_all(criterion("a", asked("a")), criterion("measured", every_age))) == [(ALWAYS, "measured")]
    assert _told(_all(criterion("a", asked("a")), criterion("known", _age(0)))) == [(ALWAYS, "known")]


def test_answers_that_exclude_each_other_conflict_in_a_complete_record_as_well() -> None:
    answers = [criterion(f"is-{stage}", _is_stage(stage)) for stage in ("i", "ii")]
    assert _told(_all(criterion("a", asked("a")), *answers)) == [(CONFLICT, "rule")]


def test_only_the_innermost_of_what_is_never_met_is_told() -> None:
    conflict = criterion("conflict", _all(criterion("a", asked("a")), criterion("no-a", asked("a", False))))
    assert _told(_all(criterion("b", asked("b")), criterion("list", _any(conflict)))) == [(CONFLICT, "conflict")]


def test_a_choice_of_which_one_is_always_met_is_told_with_these() -> None:
    logic = _all(
        criterion("a", asked("a")),
        criterion(
            "any-age",
            _any(criterion("b", asked("b")), criterion("adult", _age(18)), _not("not-old", _age(65))),
        ),
    )
    [issue, *redundant] = _of(logic)
    assert (issue.code, _clause(issue)) == (ALWAYS, "any-age")
    assert issue.message.endswith("one of `adult` (I.adult, line 1) and `not-old` (I.not-old, line 1) always is")
    assert redundant == []


def test_so_many_of_a_list_as_exclude_each_other_are_never_met() -> None:
    stages = (criterion(f"is-{id}", _is_stage(id)) for id in ("i", "ii"))
    assert _told(_any(criterion("two", AtLeast(2, tuple(stages))), criterion("a", asked("a")))) == [(NEVER, "two")]


def test_a_criterion_that_is_set_aside_wherever_it_is_met_is_never_met() -> None:
    guarded = criterion("guarded", asked("a"), Truth.FALSE, criterion("guard", asked("a")))
    [issue] = _of(_any(guarded, criterion("b", asked("b"))))
    assert issue.message == "no case meets `guarded` (I.guarded): wherever it would be met, its `unless` is met as well"


def test_a_criterion_that_is_waived_wherever_it_is_not_met_is_always_met() -> None:
    first = criterion("first", asked("a"))
    guarded = criterion("guarded", asked("a"), Truth.TRUE, _not("guard", Reference("first")))
    rule = criterion("rule", _all(guarded, criterion("b", asked("b"))))
    [issue] = faults_of(_policy((first, Outcome.NOT_INDICATED), (rule, Outcome.NECESSARY)))
    assert issue.message == "every case meets `guarded` (I.guarded): wherever it is not met itself, its `unless` is"


def test_a_member_of_an_all_of_that_follows_from_another_adds_nothing() -> None:
    [issue] = _of(_all(criterion("adult", _age(18)), criterion("a", asked("a")), criterion("old", _age(65))))
    assert issue.code == IMPLIED
    assert issue.message == ("`adult` (I.adult) adds nothing to its list: it is met wherever `old` (I.old, line 1) is")


def test_a_member_that_follows_from_two_others_names_both() -> None:
    either = criterion("either", _any(criterion("a-too", asked("a")), _not("no-b", asked("b"))))
    logic = _all(
        either,
        criterion(
            "not-both", Not(criterion("both", _all(criterion("b", asked("b")), criterion("no-c", asked("c", False)))))
        ),
        criterion("no-c-2", asked("c", False)),
    )
    [issue] = [issue for issue in _of(logic) if issue.code == IMPLIED]
    assert "`not-both` (I.not-both, line 1) and `no-c-2` (I.no-c-2, line 1) are" in issue.message


def test_an_answer_adds_nothing_to_the_opposite_of_the_other_one() -> None:
    logic = _all(criterion("a", asked("a")), _not("not-low", _is_stage("i")), criterion("high", _is_stage("ii")))
    assert _told(logic) == [(IMPLIED, "high")]


def test_a_member_of_an_any_of_that_comes_with_another_adds_nothing() -> None:
    assert _told(_any(criterion("old", _age(65)), criterion("adult", _age(18)))) == [(IMPLIED, "old")]


def test_of_members_that_prove_each_other_the_first_stays() -> None:
    either = [Comparison("stage", test) for test in (IsOneOf(frozenset(["ii"])), Range(Bound("ii", True), None))]
    assert _told(_all(*map(criterion, ("is-high", "high"), either))) == [(IMPLIED, "high")]


def test_an_indication_that_an_exclusion_swallows_is_told_with_the_exclusion() -> None:
    adult, old = criterion("adult", _age(18)), criterion("old", _age(65))
    other = criterion("other", asked("b"))
    policy = _policy(
        (other, Outcome.NOT_INDICATED), (adult, Outcome.NOT_INDICATED), (old, Outcome.NECESSARY), otherwise=None
    )
    [issue] = [issue for issue in faults_of(policy) if issue.code != OPEN]
    assert issue.code == SHADOWED
    assert issue.message == (
        "no request of kind `initial` is medically necessary under `old` (I.old): each that meets it is decided first "
        "by `adult` (I.adult, line 1)"
    )


def test_an_indication_that_two_exclusions_shadow_together_names_both() -> None:
    young, old = criterion("young", _age(None, 65)), _not("old", _age(None, 64))
    exclusions = (young, Outcome.NOT_INDICATED), (old, Outcome.NOT_NECESSARY)
    found = faults_of(_policy(*exclusions, (criterion("a", _age(40, 90)), Outcome.NECESSARY)))
    [issue] = [issue for issue in found if _clause(issue) == "a"]
    assert issue.code == SHADOWED
    assert issue.message.endswith("`young` (I.young, line 1) and `old` (I.old, line 1)")


def test_an_indication_that_some_case_meets_beside_the_exclusion_is_not_shadowed() -> None:
    rules = (criterion("old", _age(65)), Outcome.NOT_INDICATED), (criterion("adult", _age(18)), Outcome.NECESSARY)
    assert faults_of(_policy(*rules)) == []


def test_a_request_that_no_clause_addresses_is_told_with_a_smallest_case() -> None:
    policy = _policy(
        (criterion("a-and-old", _all(criterion("old", _age(65)), criterion("a", asked("a")))), Outcome.NECESSARY),
        otherwise=None,
    )
    [issue] = faults_of(policy)
    assert issue.code == OPEN
    assert issue.message == (
        "no clause addresses this request of kind `initial`: Given a is not so; When it is requested on 2020-01-01"
    )


def test_what_the_clauses_settle_together_is_no_gap() -> None:
    rules = (_not("no-a", Reference("a")), Outcome.NOT_INDICATED), (criterion("a", asked("a")), Outcome.NECESSARY)
    assert faults_of(_policy(*rules, otherwise=None)) == []


def test_what_two_exclusions_would_settle_is_not_settled_where_no_answer_is_shown() -> None:
    young, old = criterion("young", _age(None, 65)), _not("old", _age(None, 64))
    exclusions = (young, Outcome.NOT_INDICATED), (old, Outcome.NOT_NECESSARY)
    assert faults_of(_policy(*exclusions, (criterion("a", asked("a")), Outcome.NECESSARY))) == []


def test_a_gap_that_only_a_complete_record_has_is_told_with_it() -> None:
    rules = (
        (criterion("no-a", asked("a", False)), Outcome.NOT_INDICATED),
        (criterion("a", asked("a")), Outcome.NECESSARY),
    )
    [issue] = faults_of(_policy(*rules, otherwise=None))
    assert issue.message.endswith("Given the record is complete; When it is requested on 2020-01-01")


def test_a_gap_that_is_left_open_on_purpose_is_not_told() -> None:
    policy = _policy((criterion("a", asked("a")), Outcome.NECESSARY), otherwise=Outcome.NOT_ADDRESSED)
    assert faults_of(policy) == []


def test_a_criterion_that_another_list_asks_anyway_is_redundant() -> None:
    inner = criterion("inner", _all(criterion("b", asked("b")), criterion("adult", _age(18))))
    [issue] = _of(_all(criterion("old", _age(65)), inner))
    assert issue.code == REDUNDANT
    assert issue.message == (
        "`adult` (I.adult) never changes an outcome beside `old` (I.old, line 1): "
        "every case is decided alike without it"
    )


def test_only_the_outermost_of_what_is_redundant_is_told() -> None:
    part = criterion("part", _all(_not("no-a", asked("a")), criterion("b", asked("b"))))
    logic = _any(criterion("a", asked("a")), criterion("list", _any(part, criterion("c", asked("c")))))
    assert _told(logic) == [(REDUNDANT, "no-a")]


def test_an_indication_that_a_later_one_contains_is_redundant() -> None:
    rules = (criterion("old", _age(65)), Outcome.NECESSARY), (criterion("adult", _age(18)), Outcome.NECESSARY)
    assert [(issue.code, _clause(issue)) for issue in faults_of(_policy(*rules))] == [(REDUNDANT, "old")]


def test_a_criterion_that_only_a_classification_needs_is_not_redundant() -> None:
    named = (
        Classification("complex", criterion("complex", _all(criterion("c", asked("c")), criterion("b", asked("b"))))),
    )
    rules = [(criterion("rule", asked("a")), Outcome.NECESSARY)]
    assert faults_of(small_policy(FACTS, rules, classifications=named)) == []


def test_a_criterion_that_matters_only_where_another_refers_to_it_is_not_redundant() -> None:
    first = criterion("first", asked("a"))
    rules = [
        (first, Outcome.NOT_INDICATED),
        (
            criterion("second", _any(criterion("as-first", Reference("first")), criterion("b", asked("b")))),
            Outcome.NECESSARY,
        ),
    ]
    assert [(issue.code, _clause(issue)) for issue in faults_of(_policy(*rules))] == [(REDUNDANT, "as-first")]


def test_a_criterion_that_matters_on_some_days_only_is_not_redundant() -> None:
    adult = replace(criterion("adult", _age(18)), valid=Period(start=date(2026, 1, 1)))
    assert _told(_all(criterion("a", asked("a")), adult)) == []
    old = replace(criterion("old", _age(65)), valid=Period(end=date(2025, 12, 31)))
    assert _told(_all(old, criterion("a", asked("a")), criterion("adult", _age(18)))) == []


def test_of_two_kinds_of_request_only_the_one_left_open_is_told() -> None:
    policy = _policy((criterion("a", asked("a")), Outcome.NECESSARY))
    kinds = {
        id: replace(policy.requests["initial"], id=id, phrase=f"the {id} is requested") for id in ("initial", "next")
    }
    rules = tuple(replace(rule, requests=("initial", "next")) for rule in policy.rules)
    rest = (Otherwise("rest", "III", ("initial",), Outcome.NOT_NECESSARY, PLACE),)
    [issue] = faults_of(replace(policy, requests=kinds, rules=rules, otherwise=rest))
    assert issue.message.startswith("no clause addresses this request of kind `next`")


def test_windows_between_two_dates_are_analysed() -> None:
    windows = [
        within(Duration(count, unit), direction, anchor)
        for count, unit, direction, anchor in (
            *((days, Unit.DAYS, Direction.AFTER, "start") for days in (30, 91, 119)),
            (100, Unit.YEARS, Direction.AFTER, "start"),
            (100, Unit.YEARS, Direction.BEFORE, None),
        )
    ]
    members = [criterion(f"window-{n}", Comparison("measured", window)) for n, window in enumerate(windows)]
    policy = small_policy([day("measured"), day("start")], [(criterion("rule", _any(*members)), Outcome.NECESSARY)])
    assert [(issue.code, _clause(issue)) for issue in faults_of(policy)] == [
        (IMPLIED, f"window-{n}") for n in (2, 1, 0)
    ]


def at_least_half_and_not_two_less() -> Policy:
    """Many criteria of which so many decide one thing, and almost as many another."""
    facts: list[Fact] = [yes_no(f"f{n}") for n in range(26)]
    many, most = (
        AtLeast(count, tuple(criterion(f"{name}{n}", asked(f"f{n}")) for n in range(26)))
        for name, count in (("a", 13), ("b", 11))
    )
    rules = [(criterion("many", many), Outcome.NECESSARY), (_not("few", most), Outcome.NOT_INDICATED)]
    return small_policy(facts, rules)


def test_a_limit_that_is_too_small_is_said_and_a_larger_one_proves() -> None:
    policy = at_least_half_and_not_two_less()
    assert {issue.code for issue in faults_of(policy, 0.01)} == {"undecided-question"}
    assert faults_of(policy) == []


def test_the_same_limit_ends_at_the_same_step() -> None:
    policy = at_least_half_and_not_two_less()
    left = []
    for _ in range(2):
        examined = Examination(policy, 0.05)
        with pytest.raises(TooMuchWorkError), examined.answers.work.part(examined.steps):
            list(redundant_criteria(examined))
        left.append(examined.answers.work.left)
    assert left[0] == left[1]


def test_what_is_not_decided_is_told_and_nothing_is_guessed() -> None:
    policy = _policy(
        (criterion("rule", _all(criterion("a", asked("a")), criterion("old", _age(65)))), Outcome.NECESSARY)
    )
    found = faults_of(policy, 0.000001)
    assert {issue.code for issue in found} == {"undecided-question"}
    assert all(issue.message.startswith("not decided within the limit: ") for issue in found)


def _windows(*windows: tuple[str, int, Unit, Direction, str | None]) -> list[Criterion]:
    return [
        criterion(f"window-{n}", Comparison(fact, within(Duration(count, unit), direction, anchor)))
        for n, (fact, count, unit, direction, anchor) in enumerate(windows)
    ]


MONTHS = {
    "months-add-up": (
        ("measured", 6, Unit.MONTHS, "start"),
        ("start", 6, Unit.MONTHS, "end"),
        ("measured", 1, Unit.YEARS, "end"),
    ),
    "months-in-days": (("measured", 1, Unit.MONTHS, "start"), ("measured", 31, Unit.DAYS, "start")),
    "three-months-in-92-days": (
        *(("measured", 1, Unit.MONTHS, "start"), ("start", 1, Unit.MONTHS, "end")),
        *(("end", 1, Unit.MONTHS, None), ("measured", 92, Unit.DAYS, None)),
    ),
}
"""Windows of which the last follows from those before it, after each of which something is counted."""


@pytest.mark.parametrize("windows", MONTHS.values(), ids=MONTHS)
def test_windows_in_months_between_several_dates_are_decided(
    windows: tuple[tuple[str, int, Unit, str | None], ...],
) -> None:
    members = _windows(*((fact, count, unit, Direction.AFTER, anchor) for fact, count, unit, anchor in windows))
    dates = [day(fact) for fact in ("measured", "start", "end")]
    policy = small_policy(dates, [(criterion("rule", _all(*members)), Outcome.NECESSARY)])
    last = f"window-{len(windows) - 1}"
    assert [(issue.code, _clause(issue)) for issue in faults_of(policy)] == [(IMPLIED, last)]


@pytest.mark.parametrize("days", [183, 184, 1825, 1826], ids=lambda days: f"{days}-days")
def test_a_window_in_months_is_implied_by_one_in_days_only_if_months_are_never_longer(days: int) -> None:
    count, unit, longest = (6, Unit.MONTHS, 184) if days < 365 else (5, Unit.YEARS, 1827)
    before = Direction.BEFORE
    members = _windows(("measured", count, unit, before, None), ("measured", days, Unit.DAYS, before, None))
    policy = small_policy([day("measured")], [(criterion("rule", _all(*members)), Outcome.NECESSARY)])
    told = [(issue.code, _clause(issue)) for issue in faults_of(policy)]
    shortest = 181 if unit is Unit.MONTHS else 1825
    expected = [(IMPLIED, "window-1")] if days >= longest else [(IMPLIED, "window-0")] if days <= shortest else []
    assert told == expected
