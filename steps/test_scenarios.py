"""Every scenario of every feature of the library."""

from contextlib import suppress
from pathlib import Path

from pytest_bdd import scenarios
from pytest_bdd.exceptions import GherkinParseError, NoScenariosFound

for feature in sorted((Path(__file__).parents[1] / "features").rglob("*.feature")):
    # A feature that cannot be read fails the run with its issues; the others run all the same.
    with suppress(GherkinParseError, NoScenariosFound, UnicodeDecodeError):
        scenarios(str(feature))
