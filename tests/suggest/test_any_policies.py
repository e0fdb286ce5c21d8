"""Scenarios that are suggested for any policy hold as they are written, and do what they are suggested for."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, assume, given, settings
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
from cdispec.scenario.feature import read_feature
from cdispec.scenario.story import read_story
from cdispec.scenario.vocabulary import Vocabulary, collisions
from cdispec.targets.python import compile_policy
from tests.adequacy.telling import reading
from tests.strategies import cases, policies


def read_back(policy: Policy, text: str) -> list[ScenarioReading]:
    """A feature in the vocabulary of a policy."""
    feature, issues = read_feature(text, f"features/{policy.slug}/01-suggested.feature")
    vocabulary = Vocabulary(policy)
    assert not issues or not feature.scenarios
    read = [read_story(scenario, vocabulary) for scenario in feature.scenarios]
    return [ScenarioReading(policy, story, tuple(more)) for story, more in read]


SHORT, NONE = 0.02, 0.001
"""Seconds for a proof: few, as what is not decided is suggested for, too; and none where no proof is asked for."""


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


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.data())
def test_what_is_suggested_holds_and_closes_what_it_is_for(data: st.DataObject) -> None:
    policy = data.draw(policies(depth=1, most_facts=3, most_rules=2))
    assume(not collisions(policy))
    _holds_and_closes(policy, reading(policy, data.draw(st.lists(cases(policy), max_size=3))))


def _holds_and_closes(policy: Policy, own: Sequence[ScenarioReading]) -> None:
    found = suggest(adequacy_of(policy, own, SHORT), own, Known(), SHORT)
    written = read_back(policy, feature_text("Suggested scenarios", found.scenarios))
    assert not [issue for one in written for issue in one.issues]
    compiled = compile_policy(policy)
    assert [failure for one in written for failure in failures(one, compiled)] == []
    closed = {_name(target) for one in found.scenarios for target in one.closes}
    assert not closed & _missing(policy, [*own, *written])
