"""The form of a checklist asks a list row by row: rows are added, filled in and removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from cdispec.library import read_library
from cdispec.publish.build import documents
from cdispec.publish.output.folder import write
from cdispec.publish.recipe import load_recipe
from cdispec.publish.shelf import Shelf
from tests.browser.conftest import LIBRARY

TESTS = read_library(LIBRARY / "tests" / "determine" / "policies").policies["90051"]


@pytest.fixture
def some(page: Page, tmp_path: Path) -> Page:
    """The form of a request that asks for some test."""
    write(documents([Shelf(TESTS)], load_recipe(LIBRARY / "build")), tmp_path)
    page.goto((tmp_path / "cdi" / TESTS.slug / "working" / "some" / "index.html").as_uri())
    page.locator('input[name="date"]').fill("2025-07-01")
    return page


def add(page: Page) -> Locator:
    """A row more."""
    page.get_by_role("button", name="Add a row").click()
    return page.locator("[data-row]").last


def fill(row: Locator, state: str, value: str, day: str) -> None:
    """Fill in a row."""
    row.get_by_label(state, exact=True).check()
    row.locator("[type=number]").fill(value)
    row.locator("[type=date]").fill(day)


def outcome(page: Page) -> Locator:
    """What is determined."""
    return page.locator("[data-outcome]")


def test_a_row_that_shows_it_is_enough_whatever_others_there_are(some: Page) -> None:
    expect(outcome(some)).to_have_text("More information needed")
    fill(add(some), "sleep", "88", "2025-06-15")
    expect(outcome(some)).to_have_text("Medically necessary, under I.a")


def test_rows_that_do_not_show_it_leave_it_open_until_they_are_all(some: Page) -> None:
    fill(add(some), "rest", "80", "2025-06-15")
    expect(outcome(some)).to_have_text("More information needed")
    some.get_by_label("These are all: there are no others").check()
    expect(outcome(some)).to_have_text("Not medically necessary, under II")


def test_what_is_needed_is_a_field_of_a_row_or_the_list(some: Page) -> None:
    row = add(some)
    row.get_by_label("sleep", exact=True).check()
    row.locator("[type=date]").fill("2025-06-15")
    needed = some.locator("[data-certain] li a")
    expect(needed).to_have_text(["Number 1: What is the saturation?", "Which oxygen tests were done?"])
    needed.first.click()
    expect(row.locator("[type=number]")).to_be_focused()
    needed.last.click()
    expect(some.get_by_role("button", name="Add a row")).to_be_focused()


def test_a_row_that_is_removed_shows_nothing_and_the_others_keep_their_numbers(some: Page) -> None:
    fill(add(some), "sleep", "88", "2025-06-15")
    second = add(some)
    second.get_by_label("sleep", exact=True).check()
    second.locator("[type=date]").fill("2025-06-15")
    some.get_by_role("button", name="Remove number 1").click()
    expect(outcome(some)).to_have_text("More information needed")
    expect(some.locator("[data-certain] li a").first).to_have_text("Number 2: What is the saturation?")
    expect(some.get_by_role("button", name="Add a row")).to_be_focused()


def test_no_rows_that_are_all_is_that_there_are_none(some: Page) -> None:
    some.get_by_label("These are all: there are no others").check()
    expect(outcome(some)).to_have_text("Not medically necessary, under II")
    some.get_by_role("button", name="Start again").click()
    some.locator('input[name="date"]').fill("2025-07-01")
    expect(outcome(some)).to_have_text("More information needed")


def test_a_form_takes_eight_rows_and_says_so(some: Page) -> None:
    for _ in range(9):
        some.get_by_role("button", name="Add a row").click()
    expect(some.locator("[data-row]")).to_have_count(8)
    expect(some.locator("#problem-tests")).to_have_text("This form takes 8 rows.")
