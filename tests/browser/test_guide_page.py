"""The page of the guide in a real browser: what is to be typed or saved is copied at a press."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cdispec.publish.build import documents
from cdispec.publish.output.folder import write
from cdispec.publish.recipe import load_recipe

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the guide in a library without policies."""
    folder = tmp_path_factory.mktemp("site")
    write(documents([], load_recipe(ROOT / "build")), folder)
    return f"file://{folder}/guide.html"


def test_a_press_copies_a_command_without_what_stands_around_it(browser: Browser, guide: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(guide)
    page.get_by_role("button", name="Copy cdispec new my-library").click()
    page.locator("[data-copy]", has_text="cdispec new my-library").get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "cdispec new my-library"
    context.close()


def test_where_nothing_can_be_copied_the_block_is_selected(page: Page, guide: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(guide)
    page.get_by_role("button", name="Copy cdispec new my-library").press("Enter")
    page.get_by_text("Selected: copy it").wait_for()
    assert page.evaluate("getSelection().toString()") == "cdispec new my-library"


def test_without_scripts_the_guide_is_whole_and_promises_no_button(browser: Browser, guide: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(guide)
    assert page.locator("button").count() == 0
    assert page.locator("pre").count() > 50
    context.close()
