"""The scenarios of a library, each read in the vocabulary of its policy, or of the revision that it was frozen with."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, field

from cdispec.issues.files import byte_order_mark
from cdispec.library.files import decode_words, read_bytes, read_text
from cdispec.library.memory import Memory
from cdispec.library.policies import PolicyLibrary
from cdispec.library.sources import feature_paths, revision_folders, state_folder
from cdispec.model.policy import Policy
from cdispec.scenario.feature import Feature, feature_folder, read_feature
from cdispec.scenario.story import Story, read_story
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.source import Issue, Place, errors_of, has_errors


@dataclass(frozen=True, slots=True)
class ScenarioReading:
    """A scenario read in its policy's vocabulary: its story, to be trusted only where it has no errors."""

    policy: Policy
    story: Story
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class Suite:
    """The scenarios of a library: its features, and how each scenario of a policy without errors reads.

    `issues` are those of reading the features; `damaged` are the folders of features that could not be read whole.
    """

    features: list[Feature] = field(default_factory=list)
    readings: list[ScenarioReading] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)


def read_suite(library: PolicyLibrary, memory: Memory | None = None) -> Suite:
    """Every feature of a library, read in the vocabulary of the policy that owns its folder."""
    suite, memory = Suite(), memory or Memory()
    read = [folder for folder in library.folders if folder.working and not has_errors(folder.issues)]
    vocabularies = {folder.slug: Vocabulary(folder.working) for folder in read if folder.working}
    for path in feature_paths(library.root):
        data, issues = read_bytes(library.root, path)
        text, found = (None, []) if data is None else decode_words(data, path)
        suite.issues += issues + found
        if data is None or text is None:
            suite.damaged.add(feature_folder(path))
            continue
        if data.startswith(BOM_UTF8):
            suite.issues.append(byte_order_mark(Place(path)))
        feature, issues = memory.feature(text, path)
        suite.features.append(feature)
        suite.issues += issues
        if has_errors(issues):
            suite.damaged.add(feature.folder)
        if feature.folder in vocabularies:
            suite.readings += _read_in(feature, vocabularies[feature.folder])
    return suite


def read_frozen(library: PolicyLibrary) -> Suite:
    """Every feature of every released revision, and every error in them.

    Warnings are for authors, and nobody edits a released revision. The features of one that has errors itself, as one
    that was altered has, are there without a reading: that it has errors is reported of it already.
    """
    suite = Suite()
    damaged = {state_folder(issue.place.path) for issue in errors_of(library.issues)}
    released = {state_folder(policy.path): policy for folder in library.folders for policy in folder.revisions}
    for folder in revision_folders(library.root):
        sound = folder in released and folder not in damaged
        paths = feature_paths(library.root, folder)
        vocabulary = Vocabulary(released[folder]) if sound and paths else None
        for path in paths:
            text, issues = read_text(library.root, path)
            if text is None:
                continue
            feature, found = read_feature(text, path)
            suite.features.append(feature)
            if vocabulary is not None:
                suite.issues += errors_of(issues + found)
                suite.readings += _read_in(feature, vocabulary)
    return suite


def _read_in(feature: Feature, vocabulary: Vocabulary) -> Iterator[ScenarioReading]:
    for scenario in feature.scenarios:
        if scenario.filled:
            story, issues = read_story(scenario, vocabulary)
            yield ScenarioReading(vocabulary.policy, story, tuple(issues))
