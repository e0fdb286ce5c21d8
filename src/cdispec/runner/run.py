"""The run of one scenario: its cases, their determinations, and where they differ from what it expects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdispec.determine.contract import case_json, summary_json
from cdispec.library import ScenarioReading, source_lines
from cdispec.library.sources import state_folder
from cdispec.model.determination import Determination
from cdispec.report.issues import issues_text
from cdispec.report.terminal import Style
from cdispec.scenario.draft import Telling
from cdispec.scenario.expectations import unmet
from cdispec.scenario.feature import Scenario
from cdispec.source import has_errors
from cdispec.targets.python import Compiled


class Run:
    """Plays a scenario sentence by sentence. `line` is that of the sentence being played."""

    def __init__(self, reading: ScenarioReading, compiled: Compiled, root: Path) -> None:
        self.policy, self.story, self.issues = reading.policy, reading.story, list(reading.issues)
        self.compiled = compiled
        self.scenario = reading.story.scenario
        self.root = root
        self.line = 0
        self._found: list[tuple[Telling, Determination]] = []
        self._played: set[int] = set()

    def require_sense(self) -> None:
        """Fail with every sentence that means nothing, all at once."""
        if has_errors(self.issues):
            text = issues_text(self.issues, lambda path: source_lines(self.root, path), Style(False))
            pytest.fail(text, pytrace=False)

    @property
    def missed(self) -> list[int]:
        """The lines of the sentences that were not compared with the policy."""
        return sorted({step.place.line for step in self.scenario.steps} - self._played)

    def require_played(self) -> None:
        """Fail when a sentence was played by a step definition that does not compare it with the policy."""
        if self.missed:
            said = f"{self.scenario.place.path}: the sentences on lines {self.missed} were not compared"
            pytest.fail(said, pytrace=False)

    def give(self) -> None:
        """A sentence of what is given counts once; the case is read whole so that sentences can add up."""
        self._played.add(self.line)

    def determine(self) -> None:
        """Determine every case of the scenario."""
        self._played.add(self.line)
        if not self._found:
            decided = [(telling, self.compiled.decide(telling.case)) for telling in self.story.tellings]
            self._found = [(telling, decision.determination()) for telling, decision in decided]

    def expect(self) -> None:
        """Compare what the sentence expects with the determination of each case; tell every difference."""
        self.determine()
        rows = {telling.place.line for telling, _ in self._found}
        checked, differences = 0, []
        for telling, found in self._found:
            for line, expectation in telling.expected:
                if line == self.line or (line in rows and self._is_table()):
                    checked += 1
                    if why := unmet(expectation, found, self.policy):
                        differences.append(f"{telling.place.path}:{line}: {why}")
        if not checked:
            pytest.fail(f"{self.scenario.place.path}:{self.line}: this sentence expects nothing", pytrace=False)
        if differences:
            pytest.fail("\n".join([title(self.scenario), *differences]), pytrace=False)

    def _is_table(self) -> bool:
        return any(step.place.line == self.line and len(step.table) > 1 for step in self.scenario.steps)

    def result(self) -> dict[str, Any]:
        """What the run's record keeps of this scenario, as JSON."""
        cases = [_case_result(telling, found) for telling, found in self._found]
        return scenario_result(self.scenario, self.policy.number, cases)


def title(scenario: Scenario) -> str:
    """The name of a scenario, with the released revision that it was frozen with."""
    revision = state_folder(scenario.place.path).rpartition("/")[2]
    return f"{scenario.name} (revision {revision})" if revision else scenario.name


def scenario_result(scenario: Scenario, policy: str, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """What the record keeps of a scenario, also of one that could not be played."""
    return {
        "id": scenario.key,
        "name": scenario.name,
        "path": scenario.place.path,
        "line": scenario.place.line,
        "policy": policy,
        "interpretations": list(scenario.interpretations),
        "cases": cases,
    }


def _case_result(telling: Telling, found: Determination) -> dict[str, Any]:
    return {"line": telling.place.line, "case": case_json(telling.case), "determination": summary_json(found)}
