"""Every scenario of every feature of the library, and of its released revisions."""

from pathlib import Path

from pytest_bdd import scenarios

from cdispec.runner.features import readable_features

for feature in readable_features(Path(__file__).parents[1]):
    scenarios(feature)
