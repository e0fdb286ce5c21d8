"""The scenarios of a library, read in the vocabularies of its policies."""

from __future__ import annotations

import ast
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cdispec.issues import scenarios as issues_of
from cdispec.issues.files import byte_order_mark
from cdispec.library.files import decode_words, folders, read_bytes, read_text
from cdispec.library.policies import Library, Reader
from cdispec.library.sources import feature_paths, step_paths
from cdispec.model.policy import Policy
from cdispec.scenario.feature import Feature, Scenario, folder_of
from cdispec.scenario.story import Story, read_story
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.source import Issue, Place, has_errors


@dataclass(frozen=True, slots=True)
class Reading:
    """A scenario read in its policy's vocabulary: its story, to be trusted only where it has no errors."""

    policy: Policy
    story: Story
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class Suite:
    """The scenarios of a library: its features, and how each scenario of a usable policy reads."""

    features: list[Feature] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def read_suite(library: Library, reader: Reader | None = None) -> Suite:
    """Every feature of a library, read in the vocabulary of the policy that owns its folder."""
    suite, reader = Suite(), reader or Reader()
    by_slug = {policy.slug: policy for policy in library.policies.values()}
    vocabularies = {policy.slug: Vocabulary(policy) for policy in library.usable().values()}
    ids: dict[str, Place] = {}
    damaged: set[str] = set()
    for file in sorted((library.root / "features").rglob("*")):
        if file.is_file() and file.suffix != ".feature" and not file.name.startswith("."):
            path = file.relative_to(library.root).as_posix()
            suite.issues.append(issues_of.unread_feature(Place(path), file.name))
    for path in feature_paths(library.root):
        data, issues = read_bytes(library.root, path)
        text, found = (None, []) if data is None else decode_words(data, path)
        suite.issues += issues + found
        if data is None or text is None:
            damaged.add(folder_of(path))
            continue
        if data.startswith(BOM_UTF8):
            suite.issues.append(byte_order_mark(Place(path)))
        feature, issues = reader.feature(text, path)
        suite.features.append(feature)
        suite.issues += issues
        if has_errors(issues):
            damaged.add(feature.folder)
        if feature.folder not in by_slug and feature.folder not in folders(library.root / "policy"):
            suite.issues.append(issues_of.feature_without_policy(Place(path), feature.folder, by_slug))
            continue
        _check_ids(feature, ids, suite.issues)
        if feature.folder in vocabularies:
            read_stories(feature, vocabularies[feature.folder], suite)
    _check_named(library, suite, damaged)
    suite.issues += async_steps(library.root)
    return suite


def _check_ids(feature: Feature, ids: dict[str, Place], issues: list[Issue]) -> None:
    seen: set[str] = set()
    for scenario in feature.scenarios:
        if scenario.id and scenario.row and scenario.id in seen:
            continue
        if scenario.id in ids:
            first = ids[scenario.id]
            issues.append(issues_of.repeated_id(scenario.place, scenario.id, f"{first.path}:{first.line}"))
        elif scenario.id:
            ids[scenario.id] = scenario.place
        seen.add(scenario.id)


def read_stories(feature: Feature, vocabulary: Vocabulary, suite: Suite) -> None:
    """Add to a suite how each scenario of a feature reads in a vocabulary, with what is wrong with it."""
    told: set[Issue] = set()
    for scenario in feature.scenarios:
        if not scenario.filled:
            continue
        story, issues = read_story(scenario, vocabulary)
        # A sentence of a background or outline is read once for each scenario, and told once.
        suite.issues += [issue for issue in issues if issue not in told]
        told.update(issues)
        suite.readings.append(Reading(vocabulary.policy, story, tuple(issues)))


def _check_named(library: Library, suite: Suite, damaged: set[str]) -> None:
    """Policies without scenarios, and interpretations that no scenario names.

    Where features of a policy are damaged, what they do not hold may only not have been read.
    """
    scenarios: dict[str, list[Scenario]] = {}
    for feature in suite.features:
        scenarios.setdefault(feature.folder, []).extend(feature.scenarios)
    for policy in library.policies.values():
        if policy.slug in damaged:
            continue
        if not scenarios.get(policy.slug):
            suite.issues.append(issues_of.policy_without_scenarios(Place(policy.path), policy.number, policy.slug))
            continue
        named = {id for scenario in scenarios[policy.slug] for id in scenario.interpretations}
        for interpretation in policy.interpretations:
            if interpretation.shown and interpretation.id not in named:
                found = issues_of.interpretation_without_scenario(interpretation.place, interpretation.id)
                suite.issues.append(found)


def async_steps(root: Path) -> Iterator[Issue]:
    """Step definitions that pytest-bdd would never await."""
    for path in step_paths(root):
        text, _ = read_text(root, path)
        try:
            tree = ast.parse(text or "")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            # What Python cannot read, pytest will tell of.
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.AsyncFunctionDef) and any(_is_step(mark) for mark in node.decorator_list):
                yield issues_of.async_step(Place(path, node.lineno, node.col_offset + 1), node.name)


def _is_step(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name in ("given", "when", "then", "step")
