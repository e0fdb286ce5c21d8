"""The cases that a scenario states, for whatever decides them by the policy that it tests."""

from __future__ import annotations

from pathlib import Path

from cdispec.check.judgements import judge_policies
from cdispec.check.states import no_policy
from cdispec.issues.catalogue import did_you_mean
from cdispec.library import ScenarioReading, read_suite, read_working_states
from cdispec.model.policy import Policy
from cdispec.scenario.draft import Telling
from cdispec.source import Refused, errors_of


def tested(root: Path, number: str) -> tuple[Policy, list[ScenarioReading]]:
    """The working state of the policy of a number, and the scenarios that test it. What cannot be given is refused."""
    judged = judge_policies(read_working_states(root, number))
    policy = judged.library.policies.get(number)
    if policy is None or number in judged.broken:
        errors = errors_of(judged.issues) if judged.library.folders else []
        raise Refused(root=root, issues=errors) if errors else no_policy(root, number)
    suite = read_suite(judged.library)
    own = [reading for reading in suite.readings if reading.policy is policy]
    if errors := errors_of(suite.issues + [issue for reading in own for issue in reading.issues]):
        raise Refused(root=root, issues=errors)
    return policy, own


def cases_of_scenario(root: Path, id: str, number: str | None = None) -> tuple[Policy, list[Telling]]:
    """The working state that a scenario tests, and its cases: one for each row of its tables and of an outline.

    A policy's `number` says where to look. What cannot be given is refused.
    """
    judged = judge_policies(read_working_states(root, number))
    suite = read_suite(judged.library)
    known = [scenario.id for feature in suite.features for scenario in feature.scenarios]
    found = [reading for reading in suite.readings if id in _names(reading)]
    if not found and id not in known:
        raise Refused(f"there is no scenario `{id}`", did_you_mean(id, known, "name a scenario by its permanent id"))
    policy = found[0].policy if found else None
    if policy is None or policy.number in judged.broken:
        raise Refused(root=root, issues=errors_of(judged.issues))
    if errors := errors_of([issue for reading in found for issue in reading.issues]):
        raise Refused(root=root, issues=errors)
    return policy, [telling for reading in found for telling in reading.story.tellings]


def _names(reading: ScenarioReading) -> tuple[str, str]:
    """How a scenario is named: its id, and of a row of an outline that with the row."""
    return reading.story.scenario.id, reading.story.scenario.key
