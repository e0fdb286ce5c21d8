"""The form of a checklist works measures out as their numbers are filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cdispec.library import read_library
from cdispec.model.facts import is_stated
from cdispec.publish.build import documents
from cdispec.publish.output.folder import write
from cdispec.publish.recipe import load_recipe
from cdispec.publish.shelf import Shelf
from tests.browser.conftest import LIBRARY

MEASURES = read_library(LIBRARY / "tests" / "determine" / "policies").policies["90031"]
[BESIDE] = [fact.id for fact in MEASURES.facts.values() if is_stated(fact)]


@pytest.fixture
def pump(page: Page, tmp_path: Path) -> Page:
    """The form of a request that compares a number with a formula."""
    write(documents([Shelf(MEASURES)], load_recipe(LIBRARY / "build")), tmp_path)
    page.goto((tmp_path / "cdi" / MEASURES.slug / "working" / "pump" / "index.html").as_uri())
    page.locator('input[name="date"]').fill("2025-07-01")
    return page


def test_what_nobody_gives_is_not_said_to_matter_no_longer(pump: Page) -> None:
    expect(pump.locator("[data-outcome]")).to_have_text("More information needed")
    expect(pump.locator(f'[data-fact="{BESIDE}"] .mark')).to_be_empty()
