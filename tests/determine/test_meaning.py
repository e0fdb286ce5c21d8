"""The meaning where knowledge ends: what is settled, what silence shows, and what is needed, on a small policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cdispec.determine.determination import determine
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    Direction,
    Duration,
    IncludesAnyOf,
    IsOneOf,
    Logic,
    Not,
    Range,
    Reference,
    Unit,
)
from cdispec.model.determination import Determination, Explanation
from cdispec.model.facts import Amount, Fact, Number, Option, SetOf, Value, YesNo
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Classification, Policy
from tests.determine.strategies import PLACE, TODAY, asked, criterion, day, small_policy, within, yes_no

MORE, NECESSARY, NOT_NECESSARY = Outcome.MORE_INFORMATION, Outcome.NECESSARY, Outcome.NOT_NECESSARY
SCORE = Number("score", "What score?", "the score", "the score is {value}", "points", None, None, PLACE)
FACTS: list[Fact] = [yes_no("flag"), yes_no("other"), SCORE, day("start"), day("trial-end")]
FIVE_YEARS = Duration(5, Unit.YEARS)
UNDER_A, UNDER_B = criterion("a", asked("flag")), criterion("b", asked("flag", False))


def at_most(edge: Amount) -> Comparison:
    """That the score is at most so many."""
    return Comparison("score", Range(None, Bound(edge, True)))


def of(*members: Logic) -> tuple[Criterion, ...]:
    """Criteria with these logics."""
    return tuple(criterion(f"m{number}-{id(logic)}", logic) for number, logic in enumerate(members))


def both(*members: Logic) -> AllOf:
    """All of these."""
    return AllOf(of(*members))


def either(*members: Logic) -> AnyOf:
    """Any of these."""
    return AnyOf(of(*members), False)


def negated(logic: Logic) -> Not:
    """Not this."""
    return Not(of(logic)[0])


def lab(logic: Logic) -> Policy:
    """A policy of one indication, whose clause is `I.rule`; everything else is not medically necessary under III."""
    return small_policy(FACTS, [(criterion("rule", logic), NECESSARY)])


def decided(policy: Policy, complete: bool = False, **facts: Value) -> Determination:
    """What a policy says of these facts."""
    known = {name.replace("_", "-"): value for name, value in facts.items()}
    return determine(policy, Case("00002", "initial", TODAY, known, complete))


@pytest.mark.parametrize("complete", [False, True])
def test_an_outcome_that_every_answer_gives_is_the_outcome(complete: bool) -> None:
    policy = lab(either(both(asked("other", False), at_most(6)), both(asked("other"), at_most(12))))
    found = decided(policy, complete, score=4)
    assert (found.outcome, found.clauses, found.needed) == (NECESSARY, ("I.rule",), ())
    assert found.explanation.because[0].truth is Truth.TRUE


@pytest.mark.parametrize("complete", [False, True])
def test_alternatives_are_named_where_each_answer_leads_to_another_clause(complete: bool) -> None:
    policy = small_policy(FACTS, [(UNDER_A, NECESSARY), (UNDER_B, NECESSARY)])
    found = decided(policy, complete)
    assert (found.outcome, found.clauses, found.alternatives) == (NECESSARY, ("I.a", "I.b"), True)
    assert decided(policy, flag=True).clauses == ("I.a",)
    assert not decided(policy, flag=True).alternatives


def test_what_every_answer_gives_comes_before_what_a_complete_record_shows() -> None:
    rules = [
        (UNDER_A, Outcome.NOT_INDICATED),
        (UNDER_B, Outcome.NOT_INDICATED),
        (criterion("c", asked("other")), NECESSARY),
    ]
    found = decided(small_policy(FACTS, rules), True, other=True)
    assert (found.outcome, found.clauses, found.alternatives) == (Outcome.NOT_INDICATED, ("I.a", "I.b"), True)


def test_a_clause_that_no_answer_reaches_is_no_alternative() -> None:
    rules = [(UNDER_A, Outcome.NOT_INDICATED), (UNDER_B, Outcome.NOT_INDICATED)]
    found = decided(small_policy(FACTS, rules, Outcome.NOT_INDICATED))
    assert (found.clauses, found.alternatives) == (("I.a", "I.b"), True)


def test_a_rule_that_is_met_in_any_case_is_the_clause_though_others_may_be() -> None:
    policy = small_policy(FACTS, [(UNDER_A, NECESSARY), (criterion("c", asked("other")), NECESSARY)])
    found = decided(policy, other=True)
    assert (found.clauses, found.alternatives) == (("I.c",), False)


@pytest.mark.parametrize("spelled", [asked("flag", False), negated(asked("flag"))])
def test_silence_in_a_complete_record_shows_neither_a_thing_nor_its_opposite(spelled: Logic) -> None:
    assert decided(lab(asked("flag")), True).outcome is NOT_NECESSARY
    assert decided(lab(spelled), True).outcome is NOT_NECESSARY
    assert decided(lab(spelled), True, flag=False).outcome is NECESSARY


def test_a_missing_date_never_shows_that_a_time_has_passed() -> None:
    policy = lab(negated(Comparison("start", within(FIVE_YEARS, Direction.BEFORE, None))))
    assert decided(policy, True).outcome is NOT_NECESSARY
    assert decided(policy, True, start=date(2010, 1, 1)).outcome is NECESSARY
    assert decided(policy).needed == ("start",)


def test_an_incomplete_list_does_not_show_that_an_option_is_absent() -> None:
    dx = SetOf("dx", "?", "dx", "dx {value}", "with {value}", "none", (Option("asthma", "asthma", PLACE),), PLACE)
    absent = negated(Comparison("dx", IncludesAnyOf(frozenset(["asthma"]))))
    policy = small_policy([dx], [(criterion("rule", absent), NECESSARY)])
    assert decided(policy, True).outcome is NOT_NECESSARY
    assert decided(policy, True, dx=frozenset()).outcome is NECESSARY


def test_an_exclusion_and_an_exception_hold_only_where_they_are_shown() -> None:
    excluded = small_policy(FACTS, [(UNDER_A, Outcome.NOT_INDICATED), (criterion("c", asked("other")), NECESSARY)])
    assert decided(excluded, True, other=True).outcome is NECESSARY
    waived = criterion("m", at_most(6), Truth.TRUE, criterion("g", asked("flag")))
    assert decided(lab(AllOf((waived,))), True, score=7).outcome is NOT_NECESSARY
    assert decided(lab(AllOf((waived,))), True, score=7, flag=True).outcome is NECESSARY


def test_criteria_that_are_not_met_are_those_that_are_not_shown() -> None:
    policy = small_policy(
        FACTS,
        [
            (criterion("a", both(asked("flag"), asked("other"))), NECESSARY),
            (criterion("x", Not(criterion("y", Reference("a")))), Outcome.NOT_INDICATED),
        ],
    )
    assert decided(policy, True).clauses == ("I.x",)
    assert decided(policy).outcome is MORE
    assert decided(policy, flag=False).clauses == ("I.x",)


def test_a_classification_that_is_not_shown_is_none_in_a_complete_record() -> None:
    named = (Classification("complex", criterion("k", asked("flag"))),)
    policy = small_policy(FACTS, [(criterion("c", asked("other")), NECESSARY)], classifications=named)
    assert decided(policy).classifications == {"complex": Truth.UNKNOWN}
    assert decided(policy, True).classifications == {"complex": Truth.FALSE}


def test_what_every_possible_answer_passes_is_shown() -> None:
    points = replace(SCORE, minimum=0)
    policy = small_policy([points], [(criterion("r", Comparison("score", Range(Bound(0, True), None))), NECESSARY)])
    assert decided(policy).outcome is NECESSARY


@pytest.mark.parametrize(
    ("edge", "score", "outcome"),
    [
        (Decimal("0.7"), Decimal("0.7"), NECESSARY),
        (Decimal("0.7"), Decimal("0.700000000000001"), NOT_NECESSARY),
        (10, Decimal("9.99999999999999"), NECESSARY),
    ],
)
def test_numbers_are_compared_exactly(edge: Amount, score: Amount, outcome: Outcome) -> None:
    assert decided(lab(at_most(edge)), score=score).outcome is outcome


def test_the_shortest_way_is_given_to_each_outcome_the_granting_one_first() -> None:
    rules = [(UNDER_A, Outcome.NOT_INDICATED), (criterion("c", both(asked("other"), at_most(6))), NECESSARY)]
    found = decided(small_policy(FACTS, rules))
    assert [(way.outcome, way.facts) for way in found.ways] == [
        (NECESSARY, ("flag", "other", "score")),
        (NOT_NECESSARY, ("flag", "other")),
        (Outcome.NOT_INDICATED, ("flag",)),
    ]
    assert found.needed[:3] == ("flag", "other", "score")


def test_a_short_way_that_three_valued_logic_does_not_see_is_found() -> None:
    policy = lab(either(both(asked("flag"), asked("other")), both(asked("flag"), asked("other", False))))
    found = decided(policy)
    assert found.needed == ("flag",)
    assert {way.facts for way in found.ways} == {("flag",)}


def test_any_number_of_dates_may_be_counted_from_one_another() -> None:
    starts = [day(f"d{number}") for number in range(4)]
    month = Duration(30, Unit.DAYS)
    linked = both(*(Comparison(f"d{number}", within(month, Direction.AFTER, "d0")) for number in (1, 2, 3)))
    policy = small_policy(starts, [(criterion("rule", linked), NECESSARY)])
    found = decided(policy)
    assert (found.outcome, set(found.needed), set(found.may_matter)) == (
        MORE,
        {"d0", "d1", "d2", "d3"},
        {*found.needed},
    )
    known: dict[str, Value] = {f"d{number}": TODAY for number in range(4)}
    assert decided(policy, False, **known).outcome is NECESSARY
    assert decided(policy, True).outcome is NOT_NECESSARY
    assert decided(policy, d0=TODAY, d1=date(2020, 1, 1)).outcome is NOT_NECESSARY


def test_dates_that_no_answers_can_bring_together_are_settled() -> None:
    early = Comparison("start", within(Duration(10, Unit.DAYS), Direction.BEFORE, None))
    late = Comparison("trial-end", within(Duration(10, Unit.DAYS), Direction.AFTER, None))
    apart = Comparison("trial-end", within(Duration(1, Unit.MONTHS), Direction.BEFORE, "start"))
    found = decided(lab(both(early, late, apart, negated(Comparison("start", IsOneOf(frozenset([TODAY])))))))
    assert (found.outcome, found.needed) == (NOT_NECESSARY, ())


def test_a_record_that_takes_too_much_work_is_neither_granted_nor_denied() -> None:
    policy = _tangled()
    found = decided(policy, True)
    assert (found.outcome, found.needed) == (Outcome.NOT_DECIDED, ())
    assert found.clauses == ("I.rule",)


def test_what_takes_too_much_work_is_needed_only_perhaps() -> None:
    found = decided(_tangled())
    assert found.outcome is MORE
    assert set(found.needed) == set(found.may_matter) == {f"f{number}" for number in range(60)}


def _tangled() -> Policy:
    """Sixty facts, each asked in both directions beside others far away from it."""
    pairs = [(f"f{n}", f"f{(n * 7 + 13) % 60}", f"f{(n * 11 + 29) % 60}") for n in range(60)]
    odd = [AtLeast(2, of(asked(a), asked(b, False), asked(c))) for a, b, c in pairs]
    facts: list[Fact] = [yes_no(f"f{number}") for number in range(60)]
    return small_policy(facts, [(criterion("rule", AtLeast(31, of(*odd))), NECESSARY)])


def _reason(found: Determination, id: str) -> Explanation:
    stack = list(found.explanation.because)
    while stack:
        part = stack.pop()
        if part.id == id:
            return part
        stack += part.because
    raise LookupError(id)


def test_a_comparison_is_explained_with_what_is_asked_and_reported_beside_its_exception() -> None:
    guard = criterion("g", asked("flag"))
    words = replace(criterion("m", at_most(6), Truth.TRUE, guard), text="A low score")
    found = decided(lab(AllOf((words,))), score=7, flag=False)
    said = _reason(found, "m")
    assert (said.text, said.asked, said.answered) == ("A low score", "the score is at most 6 points", "the score is 7")
    assert [(part.guard, part.text, part.truth) for part in said.because] == [(True, "flag is so", Truth.FALSE)]


@pytest.mark.parametrize(("answer", "text", "answered"), [(False, "flag is not so", "flag is not so")])
def test_a_criterion_without_words_says_what_it_asks(answer: bool, text: str, answered: str) -> None:
    found = decided(lab(asked("flag", False)), flag=answer)
    assert (_reason(found, "rule").text, _reason(found, "rule").answered) == (text, answered)
    assert not _reason(found, "rule").printed


def test_what_a_policy_leaves_open_on_purpose_is_cited() -> None:
    policy = small_policy([YesNo("flag", "?", "so", "not so", PLACE)], [(UNDER_A, NECESSARY)], Outcome.NOT_ADDRESSED)
    found = decided(policy, flag=False)
    assert (found.outcome, found.clauses) == (Outcome.NOT_ADDRESSED, ("III",))
