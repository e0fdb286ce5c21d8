"""Everyone can read the site: WCAG 2.2 AA as far as axe-core can tell, each page, light and dark, wide and narrow."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from cdispec.publish.build import documents
from cdispec.publish.output.folder import write
from cdispec.publish.recipe import load_recipe
from tests.browser.conftest import LIBRARY, MASSAGE
from tests.publish.shelves import rewritten

Scheme = Literal["light", "dark"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a policy whose revisions change its criteria and its words."""
    folder = tmp_path_factory.mktemp("revised")
    write(documents([rewritten()], load_recipe(LIBRARY / "build")), folder)
    return folder


def addresses(site: Path) -> list[str]:
    """Every page of the site; of superseded revisions, whose pages differ by their dates alone, those of the first."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [page for page in pages if "/2026-01-15/" not in page]


def is_repeated(address: str) -> bool:
    """Whether the words and the form of a page are those of the working state, or of the first redline."""
    return re.search(r"/\d{4}-\d\d-\d\d/", address) is not None and not address.endswith("/2099-01-01/redline.html")


def problems(page: Page, rules: list[str] = RULES, around: bool = False) -> list[str]:
    """What axe-core finds, on the whole page or around its words and its form, each with where."""
    context = {"exclude": [["article"], ["form"]]} if around else None
    found = Axe().run(page, context, {"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [f"{page.url}: {v['id']} ({v['help']}): {node['html'][:200]}" for v in found for node in v["nodes"]]


def found_on(
    pages: list[str], browser: Browser, site: Path, width: int, scheme: Scheme, rules: list[str] = RULES
) -> list[str]:
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        bypass_csp=True,  # the policy of the pages would keep axe itself out
    )
    page = context.new_page()
    found = []
    for address in pages:
        page.goto(f"file://{site}/{address}")
        found += problems(page, rules, is_repeated(address))
    context.close()
    return found


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_any_page(browser: Browser, site: Path, width: int) -> None:
    assert not found_on(addresses(site), browser, site, width, "light")


def test_axe_finds_enough_contrast_on_every_page_in_the_dark(browser: Browser, site: Path) -> None:
    assert not found_on(addresses(site), browser, site, 1280, "dark", ["color-contrast"])


BETWEEN = [
    f"cdi/00099-sample-therapy/{page}"
    for page in ("2026-01-15/redline.html", "2026-07-01/redline.html", "working/index.html")
]
"""The pages that mark what was changed, and that say that nothing was."""


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")])
def test_axe_finds_nothing_on_a_page_that_tells_of_changes(
    browser: Browser, revised: Path, width: int, scheme: Scheme
) -> None:
    assert not found_on(BETWEEN, browser, revised, width, scheme)


def test_what_was_changed_can_be_seen_without_colour(page: Page, revised: Path) -> None:
    page.goto(f"file://{revised}/{BETWEEN[0]}")
    drawn = "e => getComputedStyle(e).textDecorationLine + ' ' + getComputedStyle(e).textDecorationStyle"
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.locator("article ins").first.evaluate(drawn) == "underline double"
        assert page.locator("article del").first.evaluate(drawn) == "line-through solid"


def test_a_page_that_marks_changes_does_not_scroll_sideways_on_a_phone(page: Page, revised: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"file://{revised}/{BETWEEN[0]}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x'><p style='color: #999; background: #aaa'>grey</p></body></html>")
    assert {"image-alt", "color-contrast"} <= {line.split(": ")[1].split(" ")[0] for line in problems(page)}
    page.close()


def test_no_page_scrolls_sideways_on_a_phone(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    wide = []
    for address in addresses(site):
        page.goto(f"file://{site}/{address}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append(f"{address}: {width}")
    assert not wide


def test_headings_descend_without_a_gap_on_every_page(page: Page, site: Path) -> None:
    gaps = []
    for address in addresses(site):
        page.goto(f"file://{site}/{address}")
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
        if levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
            gaps.append(f"{address}: {levels}")
    assert not gaps


def test_the_keyboard_reaches_the_document_first(page: Page, site: Path) -> None:
    page.goto(f"file://{site}/{MASSAGE}/2025-06-01/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "_main"


def test_the_keyboard_reaches_wide_tables(page: Page, site: Path) -> None:
    page.goto(f"file://{site}/{MASSAGE}/2025-06-01/index.html")
    boxes = page.locator("div.table")
    for number in range(boxes.count()):
        boxes.nth(number).focus()
        assert boxes.nth(number).evaluate("box => box === document.activeElement")


def test_focus_can_be_seen(page: Page, site: Path) -> None:
    page.goto(f"file://{site}/{MASSAGE}/2025-06-01/index.html")
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_without_scripts_the_document_is_whole(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{site}/{MASSAGE}/2025-06-01/index.html")
    assert page.locator("article").inner_text().count("Fibromyalgia") >= 1
    context.close()


def test_a_policy_runs_no_script_of_its_own(page: Page, site: Path) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(f"file://{site}/{MASSAGE}/2025-06-01/index.html")
    assert not refused
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    assert page.evaluate("window.ran") is None
