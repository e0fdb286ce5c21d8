"""Where scenarios of CDI 00036 are taken away, those that are suggested do again what they did."""

from __future__ import annotations

from pathlib import Path

from cdispec.analysis.adequacy.adequacy import Cell
from cdispec.analysis.adequacy.aspects import Reads
from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.analysis.suggest.suggest import suggest
from cdispec.analysis.suggest.suggestion import feature_text
from cdispec.analysis.suggest.telling import Known
from cdispec.check import scenario_cases
from tests.suggest.reading import read_back

LIBRARY = Path(__file__).parents[2]
TAKEN = ("09-massage-for-well-being", "10-procedure-codes", "07-continuation-next-series")


def test_what_is_missing_without_some_scenarios_is_suggested() -> None:
    policy, readings = scenario_cases.tested(LIBRARY, "00036")
    kept = [one for one in readings if not any(name in one.story.scenario.place.path for name in TAKEN)]
    before = adequacy_of(policy, kept)
    found = suggest(before, kept, Known())
    assert before.score.percent < 100
    assert all(isinstance(one, Cell) and isinstance(one.aspect, Reads) for one in found.left)
    after = adequacy_of(policy, [*kept, *read_back(policy, feature_text("Suggested scenarios", found.scenarios))])
    assert not after.failing
    assert not after.survivors
    assert {cell.aspect for cell in after.open_cells} <= {one.aspect for one in found.left if isinstance(one, Cell)}
