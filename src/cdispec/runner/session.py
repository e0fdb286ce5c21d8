"""A session of pytest over a library's scenarios: it finds the scenario of each test, counts, and writes the record."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from itertools import compress
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.parser import Feature
from pytest_bdd.parser import Scenario as BddScenario
from pytest_bdd.parser import Step as BddStep
from pytest_bdd.scenario import scenario_wrapper_template_registry

from cdispec.check import judge_policies, judge_scenarios
from cdispec.library import find_library, read_frozen, read_library, read_suite, source_lines
from cdispec.library.receipt import POLICY, RECEIPT, Receipt, write_receipt
from cdispec.library.sources import resting, snapshot, state_folder
from cdispec.report.issues import issues_text
from cdispec.report.terminal import Style
from cdispec.runner.record import Census, write_record
from cdispec.runner.run import Run, scenario_result, title
from cdispec.scenario.feature import Scenario
from cdispec.source import errors_of, sorted_issues
from cdispec.targets.python import Compiled, compile_policy

UNTESTED = "policy-without-scenarios"
"""The warning that a run repeats: nothing else that it says would show that a policy is not tested at all."""


class ScenarioSession:
    """What one process knows of the library and of the run; its methods are pytest's hooks."""

    def __init__(self, config: pytest.Config) -> None:
        root = find_library(config.rootpath)
        if root is None:
            raise pytest.UsageError(f"{config.rootpath} stands in no policy library: there is no folder `policy/`")
        self.config = config
        # Before the files are read, so that one that changes in between makes the record stale and never wrong.
        self.sources = resting(snapshot(root))
        self.library = read_library(root)
        suite, frozen = read_suite(self.library), read_frozen(self.library)
        judged = judge_policies(self.library)
        issues = sorted_issues(judged.issues + judge_scenarios(judged, suite, frozen))
        self.errors = errors_of(issues)
        self.told = [issue for issue in issues if issue in self.errors or issue.code == UNTESTED]
        self.runs: dict[str, Run] = {}
        self._compiled: dict[str, Compiled] = {}
        self.results: list[dict[str, Any]] = []
        self._scenarios = {
            (feature.path, scenario.heading.line, scenario.row): scenario
            for feature in (*suite.features, *frozen.features)
            for scenario in feature.scenarios
        }
        readings = (*judged.readings(suite), *judged.readings(frozen))
        self._readings = {_key(reading.story.scenario): reading for reading in readings}
        self.census = Census({_key(scenario) for scenario in self._scenarios.values()})

    def _found(self, item: pytest.Item) -> Scenario | None:
        """The scenario that a test runs; None for other tests."""
        template = scenario_wrapper_template_registry.get(getattr(item, "function", None))  # type: ignore[arg-type]
        if template is None:
            return None
        root = f"{self.library.root}/"
        path = str(template.feature.filename).replace("\\", "/").removeprefix(root.replace("\\", "/"))
        example = getattr(item, "callspec", None)
        cells = example.params["_pytest_bdd_example"].values() if example else ()
        row = " | ".join(cell.replace("|", "\\|") for cell in cells)
        return self._scenarios.get((path, template.line_number, row))

    def pytest_bdd_apply_tag(self) -> bool:
        """Tags are permanent ids and names of interpretations, not marks of pytest."""
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Count what was collected, before options leave any out, and give each test the place of its scenario."""
        cache = getattr(config, "cache", None)
        failed_before = cache.get("cache/lastfailed", {}) if cache else {}
        last_failed = bool(config.getoption("lf", False)) and bool(failed_before)
        named = [argument for argument in config.args if "::" in argument]
        self.census.partial = last_failed or (bool(named) and len(named) == len(config.args))
        for item in items:
            scenario = self._found(item)
            if scenario is not None:
                self.census.collected.add(_key(scenario))
                item.__dict__["location"] = (scenario.place.path, scenario.place.line - 1, title(scenario))
        if asked := os.environ.get(POLICY):
            slugs = {folder.slug for folder in self.library.folders if folder.number == asked}
            own = [not slugs.isdisjoint(Path(item.location[0]).parts) for item in items]
            config.hook.pytest_deselected(items=[item for item, kept in zip(items, own, strict=True) if not kept])
            items[:] = compress(items, own)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Count what the options leave out."""
        self.census.left_out |= {_key(found) for item in items if (found := self._found(item))}

    def pytest_bdd_before_scenario(
        self, request: pytest.FixtureRequest, feature: Feature, scenario: BddScenario
    ) -> None:
        """Read the scenario whole; one with sentences that mean nothing fails with all of them at once."""
        found = self._found(request.node)
        if found is None:
            pytest.fail(f"{feature.filename}: pytest-bdd reads `{scenario.name}` differently", pytrace=False)
        reading = self._readings.get(_key(found))
        if reading is None:
            state = "revision" if state_folder(found.place.path) else "policy"
            pytest.fail(f"{found.place}: the {state} of this scenario has errors; see `cdispec check`", pytrace=False)
        policy = reading.policy
        if policy.path not in self._compiled:
            self._compiled[policy.path] = compile_policy(policy)
        run = Run(reading, self._compiled[policy.path], self.library.root)
        self.runs[request.node.nodeid] = run
        run.require_sense()

    def pytest_bdd_after_scenario(self, request: pytest.FixtureRequest) -> None:
        """Fail a scenario of which a sentence was played by no step definition of this library."""
        run = self.runs.get(request.node.nodeid)
        if run is not None and sys.exc_info()[1] is None:
            run.require_played()

    def pytest_bdd_before_step(self, request: pytest.FixtureRequest, step: BddStep) -> None:
        """Tell the run which sentence is played."""
        self.runs[request.node.nodeid].line = step.line_number

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any]:
        """Hang what was determined on the report, with which it reaches the process that writes the record."""
        outcome = yield
        report = outcome.get_result()
        found = self._found(item) if report.when == "call" else None
        if found is not None:
            played = self.runs.pop(item.nodeid, None)
            # A test can pass though something kept it from being run: what passes was compared to its last sentence.
            passed = report.passed and played is not None and not played.missed
            if passed or report.failed:
                self.census.executed.add(_key(found))
            result = played.result() if played else scenario_result(found, "", [])
            report.cdispec = {"key": _key(found), "result": {**result, "passed": passed}}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the result of a scenario."""
        told = getattr(report, "cdispec", None)
        if told is not None:
            self.census.reported.add(told["key"])
            self.results.append(told["result"])

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a process that shares the work counted."""
        counted = getattr(node, "workeroutput", {}).get("cdispec", {})
        for stage in ("collected", "left_out", "executed"):
            getattr(self.census, stage).update(counted.get(stage, ()))
        self.census.partial = self.census.partial or counted.get("partial", False)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the counts on, or write the record and fail a run whose census does not balance."""
        census = self.census
        output = getattr(self.config, "workeroutput", None)
        if output is not None:
            counted = {stage: sorted(getattr(census, stage)) for stage in ("collected", "left_out", "executed")}
            output["cdispec"] = {**counted, "partial": census.partial}
            return
        if not self.config.option.collectonly:
            interrupted = session.exitstatus == pytest.ExitCode.INTERRUPTED
            census.stopped = interrupted or bool(session.shouldstop or session.shouldfail)
            write_record(self.library.root, self.results, census, self.sources)
            passed = not census.imbalance() and not self.errors and all(result["passed"] for result in self.results)
            if not passed and session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
            if RECEIPT in os.environ:
                write_receipt(Path(os.environ[RECEIPT]), Receipt(passed, census.in_part))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the issues of the library and the census."""
        if self.config.option.collectonly:
            return
        if self.told:
            terminalreporter.section("issues of the library", sep="-")
            text = issues_text(self.told, lambda path: source_lines(self.library.root, path), Style(False))
            terminalreporter.write_line(text)
        for problem in self.census.imbalance():
            terminalreporter.write_line(f"error: {problem}", red=True)
        terminalreporter.write_line(self.census.line())


def _key(scenario: Scenario) -> str:
    return f"{scenario.place.path}:{scenario.place.line}"
