"""Limits in scenarios: requests beside what is left are shown, and an edit that no sentence tells is reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cdispec.analysis.adequacy.adequacy import State
from cdispec.analysis.adequacy.aspects import Leaves, Requested
from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.analysis.suggest.suggest import suggest
from cdispec.analysis.suggest.telling import Known
from cdispec.library import ScenarioReading, read_library
from cdispec.model.case import Case
from cdispec.model.facts import Value
from cdispec.scenario.draft import Telling
from cdispec.scenario.expectations import Expectation, HasOutcome, InPart
from cdispec.scenario.feature import Scenario
from cdispec.scenario.story import Story
from tests.adequacy.telling import PLACE, reading

POLICIES = read_library(Path(__file__).parents[1] / "determine" / "policies").policies
POLICY, LIMITS = POLICIES["90044"], POLICIES["90043"]
NECESSARY = POLICY.rules[0].outcome


def requesting(count: int) -> Case:
    """A request of so many bottles, of which two are left."""
    facts: dict[str, Value] = {"prescribed": True, "requested-bottles": count, "supplied-bottles": 0}
    return Case("90044", "bottles", date(2025, 7, 1), facts)


@pytest.mark.parametrize("requested", list(Requested))
def test_a_request_beside_what_is_left_is_shown_by_a_case_that_makes_it(requested: Requested) -> None:
    cases = [requesting(1 + list(Requested).index(requested))]
    shown = {cell.aspect: cell.state for cell in adequacy_of(POLICY, reading(POLICY, cases)).cells if cell.label == "I"}
    for other in Requested:
        state = State.SHOWN if other is requested else State.OPEN
        assert shown[Leaves("bottles", other)] is state


def survivors(*expected: Expectation) -> set[str]:
    """The operators whose slips in the limits of bottles a scenario of three bottles does not notice."""
    told = Telling(requesting(3), tuple((1, one) for one in expected), PLACE)
    story = Story(Scenario("any", "", "any", "any", "", (), (), PLACE, PLACE), (told,))
    found = adequacy_of(POLICY, [ScenarioReading(POLICY, story, ())]).survivors
    return {one.mutant.operator.name for one in found if one.mutant.of == "bottles"}


def test_a_moved_amount_is_noticed_only_by_a_scenario_that_says_how_much_is_granted() -> None:
    outcome = HasOutcome(NECESSARY, ("I",), False)
    assert {"amount moved", "amount dropped"} <= survivors(outcome)
    assert not {"amount moved", "amount dropped"} & survivors(outcome, InPart("2 of 3"))


def test_scenarios_that_say_how_much_is_granted_are_suggested() -> None:
    found = suggest(adequacy_of(POLICY, []), [], Known())
    lines = {line.strip() for scenario in found.scenarios for line in scenario.lines}
    assert {"And 1 of 1 is granted", "And 1 of 2 is granted"} <= lines
    assert not found.left


def test_a_criterion_that_only_a_form_asks_is_tested_as_well() -> None:
    found = adequacy_of(LIMITS, [])
    assert {one.mutant.operator.name for one in found.survivors if one.mutant.of == "mild"} >= {"edge moved"}
    suggested = suggest(found, [], Known())
    assert not suggested.left
    lines = {line.strip() for scenario in suggested.scenarios for line in scenario.lines}
    assert {"And there are 5 events an hour", "And it is limited to use at night only"} <= lines
