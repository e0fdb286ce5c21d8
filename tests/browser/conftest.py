"""The built site in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cdispec.library import read_library, read_suite, source_lines
from cdispec.library.record import read_record
from cdispec.model.policy import Status
from cdispec.publish.build import documents
from cdispec.publish.output.folder import write
from cdispec.publish.pages.evidence import evidence_of
from cdispec.publish.recipe import load_recipe
from cdispec.publish.shelf import Shelf

LIBRARY = Path(__file__).parents[2]
MASSAGE = "cdi/00036-medical-massage-therapy"


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
    # Some scenarios make an author's edition with all that it can hold; axe-core takes minutes for all of them.
    record, some = read_record(LIBRARY), read_suite(library).readings[::10]
    shelves, evidence = [], {}
    for policy in library.policies.values():
        revisions = [replace(policy, in_effect=day) for day in (date(2025, 6, 1), date(2026, 1, 15), date(2099, 1, 1))]
        retired = replace(policy, in_effect=date(2100, 1, 1), status=Status.RETIRED)
        shelves.append(Shelf(policy, (*revisions, retired)))
        evidence[policy.number] = evidence_of(policy, some, record, partial(source_lines, LIBRARY))
    folder = tmp_path_factory.mktemp("site")
    write(documents(shelves, load_recipe(LIBRARY / "build"), evidence), folder)
    return folder
