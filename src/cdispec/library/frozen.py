"""The scenarios of released revisions: each is read in the vocabulary of the revision that it was frozen with."""

from __future__ import annotations

from cdispec.library.files import read_text
from cdispec.library.policies import Library
from cdispec.library.sources import feature_paths, revision_folders, state_of
from cdispec.library.suite import Suite, read_stories
from cdispec.scenario.feature import read_feature
from cdispec.scenario.vocabulary import Vocabulary
from cdispec.source import errors_of


def read_frozen(library: Library) -> Suite:
    """Every feature of every released revision, and every error in them.

    Warnings are for authors, and nobody edits a released revision. The features of one that has errors itself, as one
    that was altered has, are there without a reading: that it has errors is told of it already.
    """
    suite = Suite()
    damaged = {state_of(issue.place.path) for issue in errors_of(library.issues)}
    released = {state_of(policy.path): policy for revisions in library.revisions.values() for policy in revisions}
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
                suite.issues += issues + found
                read_stories(feature, vocabulary, suite)
    suite.issues = errors_of(suite.issues)
    return suite
