"""The scenarios of CDI 00036 show all of it that can be shown, and notice every slip that changes something."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.analysis.adequacy.adequacy import Adequacy, State
from cdispec.analysis.adequacy.aspects import Turns
from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.analysis.adequacy.wording import gaps
from cdispec.analysis.mutation.in_source import in_source
from cdispec.library import ScenarioReading, read_library, read_suite, source_lines
from cdispec.model.policy import Policy

ROOT = Path(__file__).parents[2]
PLAN = "follow-up-plan-documented"


@pytest.fixture(scope="module")
def massage() -> tuple[Policy, list[ScenarioReading]]:
    """The policy with its scenarios."""
    library = read_library(ROOT)
    return library.policies["00036"], read_suite(library).readings


@pytest.fixture(scope="module")
def found(massage: tuple[Policy, list[ScenarioReading]]) -> Adequacy:
    """Its adequacy."""
    return adequacy_of(*massage)


def test_nothing_is_left_that_a_case_could_show(found: Adequacy) -> None:
    assert gaps(found) == []


def test_no_slip_passes_unnoticed_that_changes_something(found: Adequacy) -> None:
    assert [in_source(one.mutant.slip, _lines) for one in found.survivors] == []


def test_what_is_met_where_it_is_shown_is_never_silent(found: Adequacy) -> None:
    proved = {cell.aspect for cell in found.cells if cell.state is State.IMPOSSIBLE and isinstance(cell.aspect, Turns)}
    assert {(aspect.criterion, aspect.seen.value) for aspect in proved if isinstance(aspect, Turns)} == {
        ("additional-care-meets-criteria", "silent"),
        ("pain-conditions.meets", "silent"),
        ("non-pain-conditions.meets", "silent"),
        ("continuation-criteria-not-met", "silent"),
        ("continuation-criteria-met", "silent"),
    }


def test_an_end_of_the_follow_up_plan_is_noticed(found: Adequacy) -> None:
    dated = [one for one in found.mutants if (one.mutant.of, one.mutant.operator.name) == (PLAN, "date added")]
    assert [one.by.scenario.partition("[")[0] for one in dated if one.by] == [
        "later-one-criterion-not-met",
        "continuation-one-criterion-not-met",
    ]


@pytest.mark.parametrize(
    ("scenario", "gap"),
    [
        ("continuation-complete-record-one-criterion-silent", PLAN),
        ("continuation-benefit-not-known", "non-pain-conditions.meets"),
        ("complex-caution-complete-record-silent", "more-caution-required"),
    ],
)
def test_without_the_scenario_that_shows_it_there_is_a_gap(
    massage: tuple[Policy, list[ScenarioReading]], scenario: str, gap: str
) -> None:
    policy, readings = massage
    rest = [reading for reading in readings if reading.story.scenario.id != scenario]
    assert gap in [one.of for one in gaps(adequacy_of(policy, rest))]


def _lines(path: str) -> list[str]:
    return source_lines(ROOT, path)
