"""Checks of the scenarios of a library against its policies."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from cdispec.issues import scenarios as issues_of
from cdispec.library import PolicyLibrary, Suite, read_text
from cdispec.library.files import folders
from cdispec.library.sources import REVISIONS, policy_slugs, step_paths
from cdispec.model.policy import Policy
from cdispec.scenario.feature import Scenario
from cdispec.source import Issue, Place


def unread_features(library: PolicyLibrary, _: Suite) -> Iterator[Issue]:
    """Files beside the features that are no features."""
    for file in sorted((library.root / "features").rglob("*")):
        if file.is_file() and file.suffix != ".feature" and not file.name.startswith("."):
            yield issues_of.unread_feature(Place(file.relative_to(library.root).as_posix()), file.name)
    for folder in _beside(library.root):
        for file in sorted(folder.rglob("*.feature")):
            path = file.relative_to(library.root)
            if REVISIONS not in path.parts:
                yield issues_of.unread_feature(Place(path.as_posix()), file.name, elsewhere=True)


def _beside(root: Path) -> Iterator[Path]:
    """The folders where features are put by mistake: one with nearly the name, and those of other parts."""
    for name in folders(root):
        named_alike = name != "features" and name.casefold() in ("feature", "features", "scenarios")
        if named_alike or name in ("policy", "docs", "steps"):
            yield root / name


def features_without_policy(library: PolicyLibrary, suite: Suite) -> Iterator[Issue]:
    """Features in a folder that is named after none of the policies."""
    known = policy_slugs(library.root)
    slugs = [policy.slug for policy in library.policies.values()]
    for feature in suite.features:
        if feature.folder not in known:
            yield issues_of.feature_without_policy(Place(feature.path), feature.folder, slugs)


def repeated_ids(library: PolicyLibrary, suite: Suite) -> Iterator[Issue]:
    """Scenarios whose permanent id another one has; the rows of an outline share theirs."""
    known = policy_slugs(library.root)
    first: dict[str, Place] = {}
    for feature in suite.features:
        seen: set[str] = set()
        for scenario in feature.scenarios if feature.folder in known else ():
            if not scenario.id or (scenario.row and scenario.id in seen):
                continue
            if scenario.id in first:
                place = first[scenario.id]
                yield issues_of.repeated_id(scenario.place, scenario.id, f"{place.path}:{place.line}")
            first.setdefault(scenario.id, scenario.place)
            seen.add(scenario.id)


def untested(library: PolicyLibrary, suite: Suite) -> Iterator[Issue]:
    """Policies without scenarios, and interpretations that no scenario names.

    Where features of a policy are damaged, what they do not hold may only not have been read.
    """
    scenarios: dict[str, list[Scenario]] = {}
    for feature in suite.features:
        scenarios.setdefault(feature.folder, []).extend(feature.scenarios)
    for policy in library.policies.values():
        if policy.slug in suite.damaged:
            continue
        if not scenarios.get(policy.slug):
            yield issues_of.policy_without_scenarios(Place(policy.path), policy.number, policy.slug)
            continue
        named = {id for scenario in scenarios[policy.slug] for id in scenario.interpretations}
        for interpretation in policy.interpretations:
            if interpretation.shown and interpretation.id not in named:
                yield issues_of.interpretation_without_scenario(interpretation.place, interpretation.id)


def unconfirmed(library: PolicyLibrary, suite: Suite) -> Iterator[Issue]:
    """Scenarios of which nobody has said that the policy ought to do what they state, those of one policy together."""
    for policy in library.policies.values():
        if own := to_confirm(suite, policy):
            yield issues_of.unconfirmed_scenarios(own[0].heading, len(own))


def to_confirm(suite: Suite, policy: Policy) -> list[Scenario]:
    """The scenarios of a policy that are still to be confirmed, of an outline one."""
    own = [scenario for feature in suite.features if feature.folder == policy.slug for scenario in feature.scenarios]
    return list({one.heading: one for one in own if one.to_confirm}.values())


def async_steps(library: PolicyLibrary, _: Suite) -> Iterator[Issue]:
    """Step definitions that pytest-bdd would never await."""
    for path in step_paths(library.root):
        text, _issues = read_text(library.root, path)
        try:
            tree = ast.parse(text or "")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            # What Python cannot read, pytest will report.
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.AsyncFunctionDef) and any(_is_step(mark) for mark in node.decorator_list):
                yield issues_of.async_step(Place(path, node.lineno, node.col_offset + 1), node.name)


def _is_step(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name in ("given", "when", "then", "step")
