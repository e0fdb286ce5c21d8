"""What all tests of the tool share."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The same examples each time, so that a run fails for a change and not by chance; `explore` looks for new ones.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Expected outputs stand in files, which one flag writes anew."""
    parser.addoption("--rewrite", action="store_true", help="write the expected outputs and reference pages anew")


@pytest.fixture(scope="session")
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are written anew instead of compared."""
    return bool(request.config.getoption("--rewrite"))
