"""A difference is put down to a clause only where it is due to it, and what is shown depends on nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cdispec.analysis.effects.compare import effect_of
from cdispec.analysis.effects.effect import Relation
from cdispec.analysis.effects.wording import effect_lines
from cdispec.model.criteria import Bound, Comparison, Range
from cdispec.model.facts import Fact, Number, OneOf
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from tests.determine.strategies import PLACE, asked, criterion, small_policy, yes_no
from tests.effects.massage import edited

BASE = edited()

AGE = Number("age", "What age?", "the age", "the age is {value}", "years", 0, None, PLACE)
OLDER = ("        at least: 65\n", "        at least: 66\n")
LISTED = "- {fact: diagnosis, includes: neck-pain, text: Neck pain}\n"
GOALS = ("        at least: partially-met\n", "        at least: fully-met\n")


def due_to(after: Policy) -> set[str]:
    """The clauses to which the differences of an edit are put down."""
    effect = effect_of(BASE, after)
    decided = [
        witness
        for request in effect.requests
        for witness in request.witnesses
        if Outcome.MORE_INFORMATION not in (witness.before.outcome, witness.after.outcome)
    ]
    assert decided
    return {witness.due_to for witness in decided}


def test_of_two_changes_each_is_told_with_its_own_case() -> None:
    assert due_to(edited((f"      {LISTED}", ""), GOALS)) == {"neck-pain", "initial-goals"}


def test_a_change_that_decides_nothing_is_not_blamed_for_one_that_does() -> None:
    assert due_to(edited(OLDER, (f"      {LISTED}", ""))) == {"neck-pain"}


@pytest.mark.parametrize("outcome", [Outcome.NOT_INDICATED])
def test_what_the_rest_is_told_is_put_down_to_no_clause(outcome: Outcome) -> None:
    rest = tuple(replace(said, outcome=outcome) if "initial" in said.requests else said for said in BASE.otherwise)
    assert due_to(replace(edited(OLDER), otherwise=rest)) == {""}


def test_another_order_of_the_exclusions_is_put_down_to_no_clause() -> None:
    rules = [
        (criterion("first", asked("a")), Outcome.NOT_INDICATED),
        (criterion("second", asked("b")), Outcome.NOT_NECESSARY),
    ]
    older = [
        (criterion("older", Comparison("age", Range(Bound(edge, True), None))), Outcome.NECESSARY) for edge in (65, 66)
    ]
    facts: list[Fact] = [yes_no("a"), yes_no("b"), AGE]
    before = small_policy(facts, [*rules, older[0]])
    after = small_policy(facts, [*reversed(rules), older[1]])
    found = [witness.due_to for request in effect_of(before, after).requests for witness in request.witnesses]
    assert set(found) == {""}


def test_the_answers_of_a_fact_in_another_order_are_put_down_to_no_clause() -> None:
    goals = BASE.facts["initial-goals"]
    assert isinstance(goals, OneOf)
    turned = replace(goals, options=tuple(reversed(goals.options)))
    assert due_to(replace(edited(OLDER), facts={**BASE.facts, goals.id: turned})) == {""}


def test_a_case_is_the_same_whatever_was_proved_before_it() -> None:
    after = edited(OLDER, GOALS)
    alone = effect_of(BASE, after).requests
    effect_of(BASE, edited((f"      {LISTED}", "")))
    effect_of(after, BASE)
    assert effect_of(BASE, after).requests == alone


def test_a_policy_that_asks_nothing_can_be_compared() -> None:
    asked = replace(BASE, facts={}, rules=(), classifications=(), shared=(), criteria={})
    rest = tuple(replace(said, outcome=Outcome.NOT_INDICATED) for said in asked.otherwise)
    effect = effect_of(asked, replace(asked, otherwise=rest))
    [request] = [request for request in effect.requests if request.request.id == "initial"]
    assert request.outcomes[Outcome.NOT_INDICATED] is Relation.WIDER


def test_a_change_after_the_last_day_of_a_revision_is_none_of_its_effect() -> None:
    later = edited((f"      {LISTED}", f"      {LISTED.replace('}', ', until: 2027-12-31}')}"))
    assert any(request.witnesses for request in effect_of(BASE, later).requests)
    assert effect_of(BASE, later, last=date(2027, 12, 31)).equivalent


def test_a_day_is_told_where_a_criterion_stands_for_some_dates_only() -> None:
    later = edited((f"      {LISTED}", f"      {LISTED.replace('}', ', until: 2027-12-31}')}"))
    assert "requested on 2028-01-01" in effect_lines(effect_of(BASE, later))[0]


def test_a_classification_that_is_gone_or_new_is_told() -> None:
    [named] = BASE.classifications
    renamed = effect_of(BASE, replace(BASE, classifications=(replace(named, name="hard condition"),)))
    assert effect_lines(renamed) == (
        "new: requests are classified as hard condition",
        "gone: no request is classified as complex condition any more",
    )


def test_a_question_in_other_words_is_told_as_no_part_of_the_proof() -> None:
    age = replace(BASE.facts["age"], question="How old will the Veteran be?")
    effect = effect_of(BASE, replace(BASE, facts={**BASE.facts, "age": age}))
    assert effect.equivalent
    assert effect_lines(effect)[-1] == (
        "reworded; no part of the proof: the fact age, "
        '"How old is the Veteran on the date of the request?" is now "How old will the Veteran be?"'
    )
