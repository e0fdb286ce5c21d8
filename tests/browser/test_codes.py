"""Codes in a browser: the form takes them as they are typed, and the look-up is at hand on a phone with 20,000 rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cdispec.library import read_library
from cdispec.model.codes import CodeRow, CodeSet
from cdispec.publish.build import documents, revision_folder
from cdispec.publish.output.folder import write
from cdispec.publish.recipe import load_recipe
from cdispec.publish.shelf import Shelf
from cdispec.source import Place
from tests.browser.conftest import LIBRARY

CODES = read_library(LIBRARY / "tests" / "determine" / "policies").policies["90071"]
MANY = 20_000
LARGE = CodeSet.of(
    "lymphedema-codes",
    (
        *CODES.code_sets["lymphedema-codes"].rows,
        *(
            CodeRow(
                f"{'ABCDEFGHJK'[n % 10]}{n // 400:02}.{n // 10 % 40:02}", f"Number {n}", date.min, date.max, Place("")
            )
            for n in range(MANY)
        ),
    ),
    "policy/90071-codes/codes/lymphedema-codes.csv",
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the policy, its set made large where it is only looked up."""
    folder = tmp_path_factory.mktemp("codes")
    policy = replace(CODES, code_sets={**CODES.code_sets, LARGE.id: LARGE})
    write(documents([Shelf(policy)], load_recipe(LIBRARY / "build")), folder)
    return folder


@pytest.fixture
def form(page: Page, printed: Path) -> Page:
    """The form of a request for a pump, on a day after the one on which codes were changed."""
    page.goto((printed / revision_folder(CODES) / "pump" / "index.html").as_uri())
    page.locator('[name="date"]').fill("2025-07-01")
    return page


@pytest.fixture
def phone(page: Page, printed: Path) -> Page:
    """The page of codes on a phone."""
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto((printed / "codes.html").as_uri())
    return page


@pytest.mark.parametrize(
    ("typed", "whole", "outcome"),
    [
        ("I89.0", False, "Medically necessary, under I.a"),
        ("m54.5, i890", False, "Medically necessary, under I.a"),
        ("I97.21 Q82", True, "Medically necessary, under I.a"),
        ("I97.2", False, "More information needed"),
        ("I97.2; Q82", True, "Not medically necessary, under II"),
        ("", False, "More information needed"),
        ("", True, "Not medically necessary, under II"),
    ],
)
def test_the_form_decides_by_the_codes_that_are_typed(form: Page, typed: str, whole: bool, outcome: str) -> None:
    form.locator("[data-codes]").fill(typed)
    form.locator("[data-whole]").set_checked(whole)
    expect(form.locator("[data-outcome]")).to_have_text(outcome)


def test_what_is_no_code_is_told_and_counts_as_not_known(form: Page) -> None:
    form.locator("[data-codes]").fill("I89.0 lymphedema")
    expect(form.locator("[data-outcome]")).to_have_text("More information needed")
    told = "lymphedema is no code that can be looked up; this entry counts as not known."
    expect(form.locator('[data-fact="diagnosis-codes"] .problem')).to_have_text(told)
    form.locator("[data-codes]").fill("I89.0")
    expect(form.locator('[data-fact="diagnosis-codes"] .problem')).to_have_text("")


def test_a_code_is_found_with_the_patterns_that_stand_for_it(phone: Page) -> None:
    phone.locator("#_wanted").fill("q82.1")
    expect(phone.locator("#_matches")).to_have_text("1 row found.")
    expect(phone.locator("#_rows strong")).to_have_text("Q82.*")
    phone.locator("#_wanted").fill("i97.2")
    expect(phone.locator("#_rows strong")).to_have_text(["I97.2", "I89-I97", "I97.21"])
    expect(phone.locator("#_rows li").first).to_contain_text("(until 2024-09-30)")


def test_words_find_what_is_described_with_them(phone: Page) -> None:
    phone.locator("#_wanted").fill("postmastectomy side")
    expect(phone.locator("#_rows strong")).to_have_text(["I97.21"])


def test_of_20000_rows_a_phone_shows_a_few_and_none_before_it_is_asked(phone: Page) -> None:
    assert phone.locator("#_rows li").count() == 0
    phone.locator("#_wanted").fill("A0")
    expect(phone.locator("#_matches")).to_contain_text("the first 50 are shown")
    assert phone.locator("#_rows li").count() == 50
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    # Typing goes on within a few frames.
    spent = phone.evaluate("""() => {
        const field = document.getElementById("_wanted");
        const start = performance.now();
        for (const text of ["A", "A0", "A01", "A01.1", "number k1999"]) {
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
        return (performance.now() - start) / 5;
    }""")
    assert spent < 250, spent
