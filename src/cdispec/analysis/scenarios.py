"""Whether scenarios hold: what they expect, compared with what their policy determines."""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.library import ScenarioReading
from cdispec.scenario.expectations import unmet
from cdispec.source import Place
from cdispec.targets.python import Compiled


def failures(reading: ScenarioReading, compiled: Compiled) -> Iterator[tuple[Place, str]]:
    """Where a scenario that has no errors fails, and why; nothing where it holds."""
    for telling in reading.story.tellings:
        found = compiled.decide(telling.case).determination()
        for line, expectation in telling.expected:
            if why := unmet(expectation, found, reading.policy):
                yield Place(telling.place.path, line), why
