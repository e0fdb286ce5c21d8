"""What all tests of the tool share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.examples import NIGHT, USUAL

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples each time, so that a run fails for a change and not by chance; at night new ones, and many. No test
# depends on how busy the machine is.
steadily = settings(deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("usual", steadily, derandomize=True, max_examples=USUAL)
settings.register_profile("night", steadily, max_examples=NIGHT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Expected outputs stand in files, which one flag writes anew."""
    parser.addoption("--rewrite", action="store_true", help="write the expected outputs and reference pages anew")


@pytest.fixture(scope="session")
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are written anew instead of compared."""
    return bool(request.config.getoption("--rewrite"))


_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_NO_BROWSER = "needs Chromium (Debian and Ubuntu: apt-get install chromium)"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for all tests of a process.

    It is the one thing that only root can install. CI installs it and fails without it; elsewhere these tests are left
    out, and the summary of the run says so.
    """
    path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(_NO_BROWSER, pytrace=False)
        pytest.skip(_NO_BROWSER)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()
