"""Scenarios that are suggested, read as any others."""

from __future__ import annotations

from cdispec.library import ScenarioReading
from cdispec.model.policy import Policy
from cdispec.scenario.feature import read_feature
from cdispec.scenario.story import read_story
from cdispec.scenario.vocabulary import Vocabulary


def read_back(policy: Policy, text: str) -> list[ScenarioReading]:
    """A feature in the vocabulary of a policy."""
    feature, issues = read_feature(text, f"features/{policy.slug}/01-suggested.feature")
    vocabulary = Vocabulary(policy)
    assert not issues or not feature.scenarios
    read = [read_story(scenario, vocabulary) for scenario in feature.scenarios]
    return [ScenarioReading(policy, story, tuple(more)) for story, more in read]
