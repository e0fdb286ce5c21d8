"""A library of one document of another family, with labels such as `B.1.a(i)` and sections without a number."""

from __future__ import annotations

from pathlib import Path

from cdispec.library import read_library
from cdispec.model.policy import Policy

LIBRARY = Path(__file__).parent / "library"
NUMBER = "240.4"
FOLDER = "240.4-airway-pressure"
PAGES = "ncd/240.4-airway-pressure"


def other_family() -> Policy:
    """The working state of that document."""
    library = read_library(LIBRARY)
    assert not library.issues
    return library.policies[NUMBER]
