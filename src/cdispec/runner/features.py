"""The feature files whose scenarios pytest-bdd can collect."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pytest_bdd.exceptions import GherkinParseError
from pytest_bdd.feature import get_feature

from cdispec.library.sources import feature_paths, revision_folders


def readable_features(root: Path) -> Iterator[str]:
    """Those of a library and of its released revisions.

    One that cannot be read fails the run with its issues; the others run all the same.
    """
    for state in ("", *revision_folders(root)):
        for path in feature_paths(root, state):
            file = root / path
            with suppress(GherkinParseError, OSError, UnicodeDecodeError):
                if get_feature(str(file.parent), file.name).scenarios:
                    yield str(file)
