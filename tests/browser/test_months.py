"""The form of a checklist takes the month of a date of which no more is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cdispec.library import read_library
from cdispec.publish.build import documents
from cdispec.publish.output.folder import write
from cdispec.publish.recipe import load_recipe
from cdispec.publish.shelf import Shelf
from tests.browser.conftest import LIBRARY

MONTHS = read_library(LIBRARY / "tests" / "determine" / "policies").policies["90024"]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checklists of the policy."""
    folder = tmp_path_factory.mktemp("months")
    write(documents([Shelf(MONTHS)], load_recipe(LIBRARY / "build")), folder)
    return folder / "cdi" / MONTHS.slug / "working"


class Form:
    """The form of a request of 31 August 2025, and what it asks of one date."""

    def __init__(self, page: Page, fact: str) -> None:
        question = page.locator(f'[data-fact="{fact}"]')
        self.day, self.month = question.locator('[type="date"]'), question.locator("[data-month]")
        self.none, self.problem = question.locator("[data-none]"), question.locator(".problem")
        self.outcome, self.needed = page.locator("[data-outcome]"), page.locator("[data-needed] li")


@pytest.fixture
def scan(page: Page, printed: Path) -> Form:
    """The date of a scan, which cannot lie after the request."""
    page.goto((printed / "recent" / "index.html").as_uri())
    page.locator('input[name="date"]').fill("2025-08-31")
    return Form(page, "scan")


@pytest.fixture
def visit(page: Page, printed: Path) -> Form:
    """The date of a visit, of which there may be none."""
    page.goto((printed / "follow-up" / "index.html").as_uri())
    page.locator('input[name="date"]').fill("2025-08-31")
    return Form(page, "visit")


@pytest.mark.parametrize(
    ("month", "outcome"),
    [
        ("March 2025", "Medically necessary, under I.a"),
        (" march  2025 ", "Medically necessary, under I.a"),
        ("February 2025", "More information needed"),
        ("January 2025", "Not medically necessary, under III"),
    ],
)
def test_a_month_decides_where_all_its_days_do(scan: Form, month: str, outcome: str) -> None:
    scan.month.fill(month)
    expect(scan.outcome).to_have_text(outcome)


def test_what_is_needed_of_a_month_is_its_day(scan: Form) -> None:
    scan.month.fill("February 2025")
    expect(scan.needed).to_contain_text("When was the scan made? The day in February 2025")


@pytest.mark.parametrize(
    ("month", "problem"),
    [("2025-03", "This is not a month such as June 2024"), ("September 2025", "The answer is at most 2025-08-31")],
)
def test_what_can_be_no_month_is_told_and_not_used(scan: Form, month: str, problem: str) -> None:
    scan.month.fill(month)
    expect(scan.problem).to_have_text(f"{problem}; this entry counts as not known.")
    expect(scan.month).to_have_attribute("aria-invalid", "true")
    expect(scan.outcome).to_have_text("More information needed")


def test_a_day_takes_the_place_of_a_month_and_a_month_that_of_a_day(scan: Form) -> None:
    scan.month.fill("January 2025")
    scan.day.fill("2025-03-01")
    expect(scan.month).to_have_value("")
    expect(scan.outcome).to_have_text("Medically necessary, under I.a")
    scan.month.fill("January 2025")
    expect(scan.day).to_have_value("")
    expect(scan.outcome).to_have_text("Not medically necessary, under III")


def test_that_there_is_none_takes_the_place_of_a_month(visit: Form) -> None:
    visit.month.fill("September 2025")
    expect(visit.outcome).to_have_text("Medically necessary, under I.c")
    visit.none.check()
    expect(visit.month).to_have_value("")
    expect(visit.outcome).to_have_text("Not medically necessary, under III")
    visit.month.fill("September 2025")
    expect(visit.none).not_to_be_checked()
