"""The feature files whose scenarios pytest-bdd can collect."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pytest_bdd.feature import get_feature

from cdispec.library.sources import feature_paths, revision_folders


def readable_features(root: Path) -> Iterator[str]:
    """Those of a library and of its released revisions.

    One that cannot be read fails the run with its issues and by the census; the others run all the same.
    """
    for state in ("", *revision_folders(root)):
        for path in feature_paths(root, state):
            file = root / path
            # pytest-bdd raises a KeyError, among others, for a file without a feature.
            with suppress(Exception):
                if get_feature(str(file.parent), file.name).scenarios:
                    yield str(file)
