"""Scenarios that are suggested for any policy hold as they are written, and do what they are suggested for."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from cdispec.analysis.adequacy.adequacy import Cell
from cdispec.analysis.adequacy.assess import adequacy_of
from cdispec.analysis.scenarios import failures
from cdispec.analysis.suggest.closing import Target
from cdispec.analysis.suggest.suggest import suggest
from cdispec.analysis.suggest.suggestion import feature_text
from cdispec.analysis.suggest.telling import Known
from cdispec.library import ScenarioReading
from cdispec.model.policy import Policy
from cdispec.scenario.vocabulary import collisions
from cdispec.targets.python import compile_policy
from tests.adequacy.telling import reading
from tests.examples import examples
from tests.strategies import cases, policies
from tests.suggest.reading import read_back

NONE = 0.001
"""Work for proofs: none, as what is not decided is suggested for, too. `test_massage` leaves the solver its own."""


def _missing(policy: Policy, readings: Sequence[ScenarioReading]) -> set[object]:
    """What the scenarios do not show and do not notice; that no proof is tried makes it no less."""
    found = adequacy_of(policy, readings, NONE)
    assert not found.failing
    return {*map(_name, found.open_cells), *map(_name, found.survivors)}


def _name(target: Target) -> object:
    """What a gap is, whatever scenarios there are."""
    if isinstance(target, Cell):
        return target.aspect
    return target.mutant.operator.name, target.mutant.of, target.mutant.slip.edits


@examples(5)
@given(st.data())
def test_what_is_suggested_holds_and_closes_what_it_is_for(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=1, most_facts=3, most_rules=2))
    assume(not collisions(policy))
    _holds_and_closes(policy, reading(policy, data.draw(st.lists(cases(policy), max_size=3))))


def _holds_and_closes(policy: Policy, own: Sequence[ScenarioReading]) -> None:
    found = suggest(adequacy_of(policy, own, NONE), own, Known(), NONE)
    written = read_back(policy, feature_text("Suggested scenarios", found.scenarios))
    assert not [issue for one in written for issue in one.issues]
    compiled = compile_policy(policy)
    assert [failure for one in written for failure in failures(one, compiled)] == []
    closed = {_name(target) for one in found.scenarios for target in one.closes}
    assert not closed & _missing(policy, [*own, *written])
