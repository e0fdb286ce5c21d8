"""The built site in a real browser.

Chromium is the one thing that only root can install. CI installs it and fails without it; elsewhere these tests are
left out, and the summary of the run says so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from cdispec.library import read_library
from cdispec.model.policy import Status
from cdispec.publish.build import documents
from cdispec.publish.recipe import load_recipe
from cdispec.publish.shelf import Shelf

LIBRARY = Path(__file__).parents[2]
MASSAGE = "cdi/00036-medical-massage-therapy"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_HINT = "needs Chromium (Debian and Ubuntu: apt-get install chromium)"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium without a network."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(_HINT, pytrace=False)
        pytest.skip(_HINT)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page as wide as a desktop's. Whatever a page tries to fetch from elsewhere fails the test."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    outside: list[str] = []
    opened.on("request", lambda request: outside.append(request.url) if not request.url.startswith("file:") else None)
    yield opened
    opened.close()
    assert not outside


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this library, in which the first policy has three revisions more, the last of them retired."""
    library = read_library(LIBRARY)
    shelves = []
    for policy in library.policies.values():
        days = (date(2025, 6, 1), date(2026, 1, 15), date(2099, 1, 1))
        revisions = [replace(policy, in_effect=day) for day in days]
        shelves.append(Shelf(policy, (*revisions, replace(policy, in_effect=date(2100, 1, 1), status=Status.RETIRED))))
    folder = tmp_path_factory.mktemp("site")
    for path, content in documents(shelves, load_recipe(LIBRARY / "build")).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
