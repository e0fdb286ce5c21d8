"""What a changed formula does: a case shows it, with the numbers that lead there, or it is not decided."""

from __future__ import annotations

import pytest

from cdispec.analysis.effects.compare import effect_of
from cdispec.model.criteria import Bound, Comparison, Range
from cdispec.model.facts import Fact, Number
from cdispec.model.formulas import Measure
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.parse.beside import read_beside
from cdispec.parse.fields import Fields
from cdispec.parse.formulas import read_formula
from cdispec.parse.measures import worked
from cdispec.parse.yamltree import Mapping, Scalar
from tests.determine.strategies import PLACE, criterion, small_policy


def number(id: str, unit: str, measure: Measure | None = None) -> Number:
    """A number fact."""
    return Number(id, "?", f"the {id}", f"the {id} is {{value}}", unit, 0, 1000, PLACE, measure=measure)


def losing(formula: str) -> Policy:
    """A policy that asks for a loss of 5 % at least, worked out so, or given where there is no formula."""
    stated = read_formula(Scalar(formula, True, PLACE), [])
    measure = None if stated is None else Measure(stated, None, PLACE)
    facts: list[Fact] = [number("first", "kg"), number("weight", "kg"), number("loss", "%", measure)]
    found, issues = worked({fact.id: fact for fact in facts})
    assert not issues
    rule = criterion("rule", Comparison("loss", Range(Bound(5, True), None)))
    return small_policy([*found.values()], [(rule, Outcome.NECESSARY)])


LOSS = "(first - weight) / first"


def test_the_same_formula_decides_every_case_alike() -> None:
    assert effect_of(losing(LOSS), losing(LOSS)).same_logic


@pytest.mark.parametrize("formula", ["(first - weight) / weight", "weight / first"])
def test_another_formula_is_shown_by_numbers_that_it_decides_otherwise(formula: str) -> None:
    [request] = effect_of(losing(LOSS), losing(formula)).requests
    assert request.witnesses
    for witness in request.witnesses:
        assert {*witness.after_case.facts} == {"first", "weight"}
        assert witness.before.outcome is not witness.after.outcome


def test_of_another_formula_that_comes_to_the_same_nothing_is_said_to_be_decided_otherwise() -> None:
    [request] = effect_of(losing(LOSS), losing("1 - weight / first")).requests
    assert not request.witnesses
    assert not request.decided


def beside(edge: str) -> Policy:
    """A policy that asks for a score of at most what a formula of the limit comes to."""
    facts: dict[str, Fact] = {one.id: one for one in (number("score", "points"), number("limit", "points"))}
    node = Mapping(((Scalar("at most", True, PLACE), Scalar(edge, True, PLACE)),), PLACE)
    score = facts["score"]
    assert isinstance(score, Number)
    comparison = read_beside("at most", Fields(node, "a criterion", []), score, facts)
    assert comparison is not None
    return small_policy([*facts.values()], [(criterion("rule", comparison), Outcome.NECESSARY)])


def test_another_formula_at_an_edge_is_shown_by_numbers_that_can_be() -> None:
    [request] = effect_of(beside("1.1 * limit"), beside("1.2 * limit")).requests
    assert Outcome.NECESSARY in {one.after.outcome for one in request.witnesses}
    for witness in request.witnesses:
        assert {*witness.after_case.facts} <= {"score", "limit"}
        assert witness.after.outcome is not Outcome.NOT_NECESSARY


@pytest.mark.parametrize("edge", ["limit * 1.1", "1.1 * limit + 0"])
def test_of_an_edge_that_comes_to_the_same_nothing_is_said_to_be_decided_otherwise(edge: str) -> None:
    [request] = effect_of(beside("1.1 * limit"), beside(edge)).requests
    assert not request.witnesses
    assert not request.decided


def test_a_number_that_is_now_worked_out_as_well_is_decided_from_its_numbers() -> None:
    [request] = effect_of(losing(""), losing(LOSS)).requests
    assert {(one.before.outcome, one.after.outcome) for one in request.witnesses} == {
        (Outcome.MORE_INFORMATION, Outcome.NECESSARY),
        (Outcome.MORE_INFORMATION, Outcome.NOT_NECESSARY),
        # A complete record in which the loss itself is not shown.
        (Outcome.NOT_NECESSARY, Outcome.NECESSARY),
    }
