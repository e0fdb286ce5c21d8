"""Every scenario of every feature of the library, and of its released revisions."""

from contextlib import suppress
from pathlib import Path

from pytest_bdd import scenarios
from pytest_bdd.exceptions import GherkinParseError, NoScenariosFound

from cdispec.library.sources import feature_paths, revision_folders

ROOT = Path(__file__).parents[1]

for state in ("", *revision_folders(ROOT)):
    for feature in feature_paths(ROOT, state):
        # A feature that cannot be read fails the run with its issues; the others run all the same.
        with suppress(GherkinParseError, NoScenariosFound, UnicodeDecodeError):
            scenarios(str(ROOT / feature))
