"""What all tests of the tool share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Expected outputs stand in files, which one flag writes anew."""
    parser.addoption("--rewrite", action="store_true", help="write the expected outputs and reference pages anew")


@pytest.fixture(scope="session")
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are written anew instead of compared."""
    return bool(request.config.getoption("--rewrite"))
