"""A policy library: the only reader of its files.

Reading is total: every function returns what it could read and every issue it found, and never raises on bad input.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cdispec.check.policy import check_policy
from cdispec.determine.gaps import undecidable_cases
from cdispec.issues import scenarios as issues_of
from cdispec.issues.facts import shadowed_fact
from cdispec.issues.files import (
    file_too_large,
    line_too_long,
    not_utf8,
    outside_library,
    unknown_file,
    unreadable_file,
)
from cdispec.issues.policies import duplicate_policy, folder_name, undecidable_case
from cdispec.model.facts import Fact
from cdispec.model.policy import HistoryRow, Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.parse.tables import read_history
from cdispec.scenario.feature import Feature, Scenario, folder_of, read_feature
from cdispec.scenario.story import Story, read_story
from cdispec.scenario.vocabulary import Vocabulary, collisions
from cdispec.source import Issue, Place, Severity, has_errors

LARGEST_FILE = 20_000_000
LONGEST_LINE = 200_000
POLICY_FILES = ("policy.md", "facts.yaml", "history.yaml", "revisions")


@dataclass(slots=True)
class Library:
    """The policies of a library, those with errors among them, and the issues of each file."""

    root: Path
    policies: dict[str, Policy] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def usable(self) -> dict[str, Policy]:
        """The policies that can decide: those without an error, by number."""
        return {number: policy for number, policy in self.policies.items() if number not in self.broken}


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


def find_library(start: Path) -> Path | None:
    """The library that a folder stands in: the nearest folder upward that holds `policy/`."""
    return next((folder for folder in (start, *start.parents) if (folder / "policy").is_dir()), None)


def source_lines(root: Path, path: str) -> list[str]:
    """The lines of a file of the library, to show beside an issue; none where it cannot be read."""
    data, _ = _read_bytes(root, path)
    return _with_plain_line_ends((data or b"").decode("utf-8-sig", errors="replace")).split("\n")


def read_text(root: Path, path: str) -> tuple[str | None, list[Issue]]:
    """The text of a file of the library with `\\n` line ends, or None with the issue that hinders."""
    data, issues = _read_bytes(root, path)
    return (None, issues) if data is None else decode(data, path)


def _read_bytes(root: Path, path: str) -> tuple[bytes | None, list[Issue]]:
    file = root / path
    place = Place(path)
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            return None, [outside_library(place, os.readlink(file) if file.is_symlink() else "another folder")]
        if file.stat().st_size > LARGEST_FILE:
            return None, [file_too_large(place, file.stat().st_size, LARGEST_FILE)]
        if not file.is_file():
            return None, [unreadable_file(place, "it is a folder" if file.is_dir() else "it is no file")]
        return file.read_bytes(), []
    except OSError as error:
        return None, [unreadable_file(place, (error.strerror or "it cannot be opened").lower())]
    except RuntimeError:
        # Python before 3.13 says so of a symbolic link that leads to itself.
        return None, [unreadable_file(place, "the link leads to itself")]


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes, path: str) -> tuple[str | None, list[Issue]]:
    """Bytes as text with `\\n` line ends and no byte order mark, or None with the issue that hinders."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind a byte order mark.
        before = _with_plain_line_ends(error.object[: error.start].decode("utf-8", "replace")).split("\n")
        return None, [not_utf8(Place(path, len(before), len(before[-1]) + 1), error.object[error.start])]
    text = _with_plain_line_ends(text)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            return None, [line_too_long(Place(path, number), len(line), LONGEST_LINE)]
    return text, []


def read_library(root: Path) -> Library:
    """Every policy of a library, with all issues of its policies and facts."""
    library = Library(root)
    shared = _shared_facts(root, library.issues)
    for folder in _folders(root / "policy"):
        policy, issues = _read_policy(root, folder, shared)
        library.issues += issues
        if policy is None:
            continue
        if policy.number in library.policies:
            first = library.policies[policy.number].slug
            library.issues.append(duplicate_policy(_number_place(root, policy.path), policy.number, first))
            library.broken.add(policy.number)
            continue
        library.policies[policy.number] = policy
        if has_errors(issues):
            library.broken.add(policy.number)
    return library


def _number_place(root: Path, path: str) -> Place:
    lines = enumerate(source_lines(root, path), 1)
    return Place(path, next((number for number, line in lines if line.startswith("number:")), 1))


def _folders(folder: Path) -> list[str]:
    return [name for name in _names(folder) if (folder / name).is_dir()]


def _names(folder: Path) -> list[str]:
    """What a folder holds; nothing where it cannot be read."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []


def _shared_facts(root: Path, issues: list[Issue]) -> dict[str, Fact]:
    if not os.path.lexists(root / "policy" / "facts.yaml"):
        return {}
    text, found = read_text(root, "policy/facts.yaml")
    issues += found
    if text is None:
        return {}
    facts, found = read_facts(text, "policy/facts.yaml")
    issues += found
    return facts


def _read_policy(root: Path, slug: str, shared: dict[str, Fact]) -> tuple[Policy | None, list[Issue]]:
    folder = f"policy/{slug}"
    issues: list[Issue] = []
    facts = _policy_facts(root, folder, shared, issues)
    facts_damaged = has_errors(issues)
    history: tuple[HistoryRow, ...] = ()
    if os.path.lexists(root / folder / "history.yaml"):
        text, found = read_text(root, f"{folder}/history.yaml")
        issues += found
        if text is not None:
            history, found = read_history(text, f"{folder}/history.yaml")
            issues += found
    for name in _names(root / folder):
        if name not in POLICY_FILES:
            issues.append(unknown_file(Place(f"{folder}/{name}"), name, POLICY_FILES))
    text, found = read_text(root, f"{folder}/policy.md")
    issues += found
    if text is None:
        return None, issues
    policy, found = read_policy(text, f"{folder}/policy.md", slug, facts, history)
    # A fact that could not be read is declared all the same.
    issues += [issue for issue in found if not (facts_damaged and issue.code == "unknown-fact")]
    if policy is None:
        return None, issues
    if policy.number and not (slug == policy.number or slug.startswith(policy.number + "-")):
        issues.append(folder_name(_number_place(root, policy.path), policy.number, slug))
    issues += collisions(policy)
    issues += check_policy(policy, read_whole=not has_errors(issues))
    return policy, issues


def undecidable(library: Library) -> list[Issue]:
    """Cases that no answer settles, of every usable policy. The search takes its time, so only the checker asks."""
    return [
        undecidable_case(place, case)
        for policy in library.usable().values()
        for place, case in undecidable_cases(policy)
    ]


def _policy_facts(root: Path, folder: str, shared: dict[str, Fact], issues: list[Issue]) -> dict[str, Fact]:
    if not os.path.lexists(root / folder / "facts.yaml"):
        return dict(shared)
    text, found = read_text(root, f"{folder}/facts.yaml")
    issues += found
    if text is None:
        return dict(shared)
    own, found = read_facts(text, f"{folder}/facts.yaml")
    issues += found
    for id, fact in own.items():
        if id in shared:
            issues.append(shadowed_fact(fact.place, id, str(shared[id].place)))
    return {**shared, **own}


def read_suite(library: Library) -> Suite:
    """Every feature of a library, read in the vocabulary of the policy that owns its folder."""
    suite = Suite()
    by_slug = {policy.slug: policy for policy in library.policies.values()}
    vocabularies = {policy.slug: Vocabulary(policy) for policy in library.usable().values()}
    ids: dict[str, Place] = {}
    damaged: set[str] = set()
    for file in sorted((library.root / "features").rglob("*")):
        if file.is_file() and file.suffix != ".feature" and not file.name.startswith("."):
            path = file.relative_to(library.root).as_posix()
            suite.issues.append(issues_of.unread_feature(Place(path), file.name))
    for path in feature_paths(library.root):
        text, issues = read_text(library.root, path)
        suite.issues += issues
        if text is None:
            damaged.add(folder_of(path))
            continue
        feature, issues = read_feature(text, path)
        suite.features.append(feature)
        suite.issues += issues
        if has_errors(issues):
            damaged.add(feature.folder)
        if feature.folder not in by_slug and feature.folder not in _folders(library.root / "policy"):
            suite.issues.append(issues_of.feature_without_policy(Place(path), feature.folder, by_slug))
            continue
        _check_ids(feature, ids, suite.issues)
        if feature.folder in vocabularies:
            _read_stories(feature, vocabularies[feature.folder], suite)
    _check_named(library, suite, damaged)
    suite.issues += async_steps(library.root)
    return suite


def feature_paths(root: Path) -> list[str]:
    """Every feature file of a library, relative to it."""
    return sorted(path.relative_to(root).as_posix() for path in (root / "features").rglob("*.feature"))


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


def _read_stories(feature: Feature, vocabulary: Vocabulary, suite: Suite) -> None:
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
            suite.issues.append(issues_of.policy_without_scenarios(Place(policy.path), policy.number))
            continue
        named = {id for scenario in scenarios[policy.slug] for id in scenario.interpretations}
        for interpretation in policy.interpretations:
            if interpretation.shown and interpretation.id not in named:
                found = issues_of.interpretation_without_scenario(interpretation.place, interpretation.id)
                suite.issues.append(found)


def async_steps(root: Path) -> Iterator[Issue]:
    """Step definitions that pytest-bdd would never await."""
    for file in sorted((root / "steps").rglob("*.py")):
        path = file.relative_to(root).as_posix()
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


def sorted_issues(issues: list[Issue]) -> list[Issue]:
    """Issues in the order of files and lines, each once, errors before warnings at one place."""
    return sorted(
        dict.fromkeys(issues), key=lambda issue: (issue.place, issue.severity is not Severity.ERROR, issue.code)
    )
