"""The site in use, opened from disk: search, codes, as-of, copying a clause, and what is left without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cdispec.library import read_library
from cdispec.publish.build import documents
from cdispec.publish.output.folder import write
from cdispec.publish.recipe import load_recipe
from tests.browser.conftest import LIBRARY, MASSAGE
from tests.publish.shelves import revised

INDEX = "index.html"
SERIES = f"{MASSAGE}/index.html"
NEWEST = f"{MASSAGE}/2100-01-01/index.html"


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """A page on which no script fails and nothing is refused."""
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    yield page
    assert not told


def open_page(page: Page, site: Path, address: str) -> None:
    page.goto(f"file://{site}/{address}")


def search(page: Page, site: Path, query: str) -> list[str]:
    """What the search finds, each as its link and its words in one line."""
    open_page(page, site, INDEX)
    page.fill("#_query", query)
    expect(page.locator("#_told")).to_have_text(re.compile(r"Found|Nothing"))
    return [" ".join(hit.inner_text().split()) for hit in page.locator(".hits li").all()]


def test_a_condition_is_found_and_its_link_leads_to_its_clause(quiet: Page, site: Path) -> None:
    assert search(quiet, site, "fibromyalgia")[0] == "II.a.i.1.3 condition Fibromyalgia"
    quiet.locator(".hits a").first.click()
    expect(quiet).to_have_url(re.compile(f"{NEWEST}#fibromyalgia$"))
    expect(quiet.locator("#fibromyalgia")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("97124", "97124 code"),
        ("plantar fasc", "II.a.i.1.6 condition Plantar fasciitis"),
        ("PLANTAR-FASCIITIS", "II.a.i.1.6 condition Plantar fasciitis"),
        ("pruritus", "Pruritus definition A medical term that means itching"),
        ("postoperative", "II.a.i.1.7 condition Post-operative pain"),
        ("post operative", "II.a.i.1.7 condition Post-operative pain"),
        ("fïbromyalgia", "II.a.i.1.3 condition Fibromyalgia"),
        ("expectation fibromyalgia", "II.a.i.1.3 condition Fibromyalgia"),
        ("massage lymphedema", "II.a.ii.1 condition Lymphedema"),
        ("II.a.iii.1", "II.a.iii.1 clause More than one anatomic area is to be treated"),
        ("limitations/exclusions", "II.b Limitations/Exclusions section"),
    ],
)
def test_the_best_answer_comes_first(quiet: Page, site: Path, query: str, first: str) -> None:
    assert search(quiet, site, query)[0].startswith(first)


def test_words_are_found_by_how_they_begin_and_not_within(quiet: Page, site: Path) -> None:
    assert search(quiet, site, "myalgia") == []
    assert quiet.inner_text("#_told") == "Nothing found for “myalgia”."


def test_every_word_must_be_found(quiet: Page, site: Path) -> None:
    assert search(quiet, site, "fibromyalgia zebra") == []


def test_what_is_found_is_marked(quiet: Page, site: Path) -> None:
    search(quiet, site, "plantar fasc")
    assert quiet.locator(".hits li").first.locator("mark").all_inner_texts() == ["Plantar", "fasciitis"]


def test_only_the_best_fifty_are_shown_and_the_rest_are_counted(quiet: Page, site: Path) -> None:
    assert len(search(quiet, site, "m")) == 50
    total = int(re.findall(r"\d+", quiet.inner_text("#_told"))[0])
    expect(quiet.locator("#_found > p")).to_have_text(f"{total - 50} more. Add a word to find fewer.")


def test_the_number_found_is_announced(quiet: Page, site: Path) -> None:
    search(quiet, site, "effleurage")
    expect(quiet.get_by_role("status")).to_have_text("Found 1 place in 1 policy.")


def test_an_address_can_ask(quiet: Page, site: Path) -> None:
    open_page(quiet, site, f"{INDEX}?q=97124")
    expect(quiet.locator("#_query")).to_have_value("97124")
    expect(quiet.locator(".hits a").first).to_have_text("97124")


def test_without_a_query_the_index_is_back(quiet: Page, site: Path) -> None:
    search(quiet, site, "fibromyalgia")
    expect(quiet.locator("#_policies")).to_be_hidden()
    quiet.fill("#_query", "  ")
    expect(quiet.locator("#_policies")).to_be_visible()
    expect(quiet.locator("#_found")).to_be_empty()


def test_the_search_needs_only_a_keyboard(quiet: Page, site: Path) -> None:
    quiet.clock.set_fixed_time("2100-06-01T12:00:00")  # when no other revision is led to
    open_page(quiet, site, INDEX)
    for _ in range(10):
        quiet.keyboard.press("Tab")
        if quiet.evaluate("document.activeElement.id") == "_query":
            break
    quiet.keyboard.type("pruritus")
    expect(quiet.locator(".hits a").first).to_have_text("Pruritus")
    quiet.keyboard.press("Enter")
    quiet.keyboard.press("Tab")
    quiet.keyboard.press("Tab")
    quiet.keyboard.press("Enter")
    expect(quiet).to_have_url(re.compile("#definition.pruritus$"))


def test_the_data_is_loaded_when_the_search_is_first_used(quiet: Page, site: Path) -> None:
    asked: list[str] = []
    quiet.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    open_page(quiet, site, INDEX)
    assert "search-data.js" not in asked
    quiet.focus("#_query")
    quiet.fill("#_query", "pain")
    expect(quiet.locator("#_told")).to_have_text(re.compile("Found"))
    assert asked.count("search-data.js") == 1


def test_a_search_without_its_data_says_so(page: Page, site: Path, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in (INDEX, *(str(path.relative_to(site)) for path in site.glob("assets/*.js"))):
        (tmp_path / name).write_bytes((site / name).read_bytes())
    open_page(page, tmp_path, INDEX)
    page.fill("#_query", "pain")
    expect(page.locator("#_told")).to_contain_text("cannot be loaded")


def test_without_javascript_the_index_and_the_codes_are_complete(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_page(page, site, INDEX)
    expect(page.get_by_role("link", name="Medical Massage Therapy", exact=True)).to_be_visible()
    expect(page.locator("noscript")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)
    open_page(page, site, "codes.html")
    expect(page.locator("tbody[data-code]")).to_have_count(9)
    expect(page.locator("#_filter")).to_be_hidden()
    open_page(page, site, SERIES)
    expect(page.locator("#_as-of")).to_be_hidden()
    expect(page.get_by_role("link", name="Read the newest revision")).to_be_visible()
    open_page(page, site, f"{NEWEST}#continuation")
    expect(page.locator("#continuation + .citation")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("typed", "shown"), [("97", 5), ("97124", 1), ("0552t", 1), ("zz", 0), ("", 9)])
def test_codes_are_found_by_how_they_begin(quiet: Page, site: Path, typed: str, shown: int) -> None:
    open_page(quiet, site, "codes.html")
    quiet.fill("#_code", typed)
    expect(quiet.locator("tbody[data-code]:visible")).to_have_count(shown)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2020-01-01", "No revision was in effect on January 1, 2020."),
        ("2025-05-31", "No revision was in effect on May 31, 2025."),
        ("2025-06-01", "On June 1, 2025 the revision of June 1, 2025 is in effect (draft)."),
        ("2026-01-14", "On January 14, 2026 the revision of June 1, 2025 is in effect (draft)."),
        ("2026-01-15", "On January 15, 2026 the revision of January 15, 2026 is in effect (draft)."),
        ("2099-12-31", "On December 31, 2099 the revision of January 1, 2099 is in effect (draft)."),
        ("2150-01-01", "On January 1, 2150 the revision of January 1, 2100 is in effect (retired)."),
    ],
)
def test_the_revision_in_effect_on_a_day_is_told(quiet: Page, site: Path, day: str, answer: str) -> None:
    open_page(quiet, site, SERIES)
    quiet.fill("#_day", day)
    quiet.get_by_role("button", name="Show").click()
    expect(quiet.locator("#_answer")).to_have_text(answer)


def test_the_answer_leads_to_the_revision(quiet: Page, site: Path) -> None:
    open_page(quiet, site, SERIES)
    quiet.fill("#_day", "2025-07-01")
    quiet.get_by_role("button", name="Show").click()
    quiet.locator("#_answer a").click()
    expect(quiet).to_have_url(re.compile("/2025-06-01/index.html$"))


@pytest.mark.parametrize(("day", "revision"), [("2025-07-01", "2025-06-01"), ("2026-01-15", "2026-01-15")])
def test_an_address_leads_to_the_clause_as_of_a_day(quiet: Page, site: Path, day: str, revision: str) -> None:
    open_page(quiet, site, f"{SERIES}?as-of={day}#continuation")
    expect(quiet).to_have_url(re.compile(f"{MASSAGE}/{revision}/index.html#continuation$"))


@pytest.mark.parametrize(
    ("today", "place", "leads"),
    [
        ("2025-05-31", "II.a.iv", "2100-01-01/index.html"),
        ("2026-11-23", "II.a.iv", "2026-01-15/index.html"),
        ("2100-06-01", "II.a.iv", "2100-01-01/index.html"),
        ("2026-11-23", "_revisions", "index.html"),
    ],
)
def test_the_address_of_a_policy_leads_to_the_clause_as_it_is_today(
    quiet: Page, site: Path, today: str, place: str, leads: str
) -> None:
    quiet.clock.set_fixed_time(f"{today}T12:00:00")
    open_page(quiet, site, f"{SERIES}#{place}")
    expect(quiet).to_have_url(re.compile(f"{MASSAGE}/{leads}#{place}$"))
    expect(quiet.locator(f'[id="{place}"]')).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("2020-01-01", "No revision was in effect on January 1, 2020."),
        ("2025-02-30", "“2025-02-30” is not a date such as 2025-07-01."),
        ("<b>", "“<b>” is not a date such as 2025-07-01."),
        ("", "“” is not a date such as 2025-07-01."),
    ],
)
def test_an_address_that_cannot_be_answered_says_so(quiet: Page, site: Path, asked: str, answer: str) -> None:
    open_page(quiet, site, f"{SERIES}?as-of={asked}")
    expect(quiet.locator("#_answer")).to_have_text(answer)


@pytest.mark.parametrize("place", ["continuation", "II.a.iv", "fibromyalgia", "II.a.i.1.3"])
def test_a_clause_offers_to_be_copied_where_the_address_leads_to_it(quiet: Page, site: Path, place: str) -> None:
    open_page(quiet, site, f"{NEWEST}#{place}")
    expect(quiet.get_by_role("button", name="Copy link")).to_have_count(1)
    expect(quiet.get_by_role("button", name="Copy citation")).to_be_visible()


def test_no_clause_offers_to_be_copied_before_one_is_chosen(quiet: Page, site: Path) -> None:
    open_page(quiet, site, NEWEST)
    expect(quiet.get_by_role("button", name="Copy link")).to_have_count(0)
    quiet.locator('a.label[href="#limitations"]').press("Enter")
    expect(quiet.get_by_role("button", name="Copy link")).to_have_count(1)


def test_a_link_and_a_citation_can_be_copied(browser: Browser, site: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_page(page, site, f"{NEWEST}#II.a.iv")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#continuation + .citation [role=status]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"file://{site}/{MASSAGE}/2100-01-01/index.html#continuation"
    page.get_by_role("button", name="Copy citation").click()
    page.wait_for_timeout(100)
    assert page.evaluate("navigator.clipboard.readText()") == "CDI 00036, II.a.iv, revision of January 1, 2100"
    context.close()


def test_without_a_clipboard_what_is_to_be_copied_is_selected(quiet: Page, site: Path) -> None:
    quiet.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    open_page(quiet, site, f"{MASSAGE}/2025-06-01/index.html#continuation")
    status = quiet.locator("#continuation + .citation [role=status]")
    quiet.get_by_role("button", name="Copy link").click()
    expect(status).to_contain_text("Selected")
    assert quiet.evaluate("getSelection().toString()") == f"file://{site}/{MASSAGE}/2025-06-01/index.html#continuation"
    quiet.get_by_role("button", name="Copy citation").click()
    expect(status).to_have_text("Selected: copy it with your keyboard or menu.")
    assert quiet.evaluate("getSelection().toString()") == "CDI 00036, II.a.iv, revision of June 1, 2025"


@pytest.mark.parametrize(
    ("today", "revision", "told"),
    [
        ("2025-05-31", "2025-06-01", "Not yet in effect today. No revision is in effect today. Superseded"),
        ("2025-07-01", "2025-06-01", "Still in effect today. Superseded"),
        ("2026-01-14", "2025-06-01", "Still in effect today. Superseded"),
        (
            "2026-01-15",
            "2025-06-01",
            "No longer in effect today. In effect today: the revision of January 15, 2026. Superseded",
        ),
        (
            "2100-01-01",
            "2025-06-01",
            "No longer in effect today. Retired today, by the revision of January 1, 2100. Superseded",
        ),
        ("2026-01-15", "2026-01-15", "Still in effect today."),
        (
            "2099-06-01",
            "2100-01-01",
            "Not yet in effect today. In effect today: the revision of January 1, 2099. Retired from",
        ),
        ("2100-06-01", "2100-01-01", "Retired from"),
    ],
)
def test_a_banner_says_what_it_means_today(quiet: Page, site: Path, today: str, revision: str, told: str) -> None:
    quiet.clock.set_fixed_time(f"{today}T12:00:00")
    open_page(quiet, site, f"{MASSAGE}/{revision}/index.html")
    expect(quiet.locator(".banner[data-since]")).to_have_text(re.compile(f"^{re.escape(told)}"))


NOT_YET = "Not yet in effect today."
TODAY = [
    ("2025-05-31", "No revision is in effect today.", ""),
    ("2026-11-23", "In effect today: the revision of January 15, 2026.", "2026-01-15"),
    ("2099-12-31", "In effect today: the revision of January 1, 2099.", "2099-01-01"),
]
"""Days before the newest revision, with what a page says of each and the revision that it leads to."""


@pytest.mark.parametrize("address", [INDEX, "codes.html", f"{INDEX}?q=fibromyalgia"])
@pytest.mark.parametrize(("today", "told", "revision"), TODAY)
def test_a_list_tells_the_revision_of_today_while_the_newest_is_not_yet_in_effect(
    quiet: Page, site: Path, address: str, today: str, told: str, revision: str
) -> None:
    quiet.clock.set_fixed_time(f"{today}T12:00:00")
    open_page(quiet, site, address)
    dates = quiet.locator("[data-revisions]:visible").first
    expect(dates).to_have_text(re.compile(f"^Retired from January 1, 2100; .* {re.escape(f'{NOT_YET} {told}')}$"))
    if revision:
        dates.get_by_role("link").click()
        expect(quiet).to_have_url(re.compile(f"{MASSAGE}/{revision}/index.html$"))


@pytest.mark.parametrize("address", [INDEX, "codes.html", f"{INDEX}?q=fibromyalgia"])
@pytest.mark.parametrize("today", ["2100-01-01", "2150-01-01"])
def test_a_list_adds_nothing_once_the_newest_revision_is_in_effect(
    quiet: Page, site: Path, address: str, today: str
) -> None:
    quiet.clock.set_fixed_time(f"{today}T12:00:00")
    open_page(quiet, site, address)
    expect(quiet.locator("[data-revisions]:visible").first).to_have_text(re.compile("2099 decides.$"))
    expect(quiet.locator(".today")).to_have_count(0)


@pytest.mark.parametrize(("today", "told", "revision"), TODAY)
def test_the_page_of_a_policy_leads_to_the_revision_of_today(
    quiet: Page, site: Path, today: str, told: str, revision: str
) -> None:
    quiet.clock.set_fixed_time(f"{today}T12:00:00")
    open_page(quiet, site, SERIES)
    banner = quiet.locator(".banner[data-since]")
    expect(banner).to_have_text(re.compile(f"^{re.escape(f'{NOT_YET} {told}')} Retired from January 1, 2100 on"))
    if revision:
        banner.get_by_role("link").first.click()
        expect(quiet).to_have_url(re.compile(f"{MASSAGE}/{revision}/index.html$"))


@pytest.mark.parametrize(
    ("today", "answer"),
    [
        ("2025-05-31", "No revision was in effect on May 31, 2025."),
        ("2026-11-23", "On November 23, 2026 the revision of January 15, 2026 is in effect (draft)."),
        ("2100-01-01", "On January 1, 2100 the revision of January 1, 2100 is in effect (retired)."),
    ],
)
def test_the_day_asked_for_is_today_until_another_is_chosen(quiet: Page, site: Path, today: str, answer: str) -> None:
    quiet.clock.set_fixed_time(f"{today}T12:00:00")
    open_page(quiet, site, SERIES)
    expect(quiet.locator("#_day")).to_have_value(today)
    expect(quiet.locator("#_answer")).to_have_text(answer)


@pytest.mark.parametrize("address", [INDEX, "codes.html", SERIES])
def test_without_scripts_the_dates_of_a_retirement_are_told_and_nothing_of_today(
    browser: Browser, site: Path, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_page(page, site, address)
    told = page.locator("[data-revisions]").first.inner_text()
    assert told.startswith("Retired from January 1, 2100")
    assert "January 1, 2099 to December 31, 2099" in told
    assert "today" not in told
    context.close()


def test_the_working_state_says_nothing_of_today(quiet: Page, site: Path) -> None:
    open_page(quiet, site, f"{MASSAGE}/working/index.html")
    assert "today" not in " ".join(quiet.locator(".banner").all_inner_texts())


@pytest.mark.parametrize("address", [INDEX, "codes.html", SERIES, NEWEST])
@pytest.mark.parametrize("width", [320, 360])
def test_no_page_scrolls_sideways_while_it_is_used(quiet: Page, site: Path, address: str, width: int) -> None:
    quiet.set_viewport_size({"width": width, "height": 700})
    if address == INDEX:
        search(quiet, site, "massage")
    else:
        open_page(quiet, site, address)
    assert quiet.evaluate("document.documentElement.scrollWidth") <= width


def test_no_word_of_a_policy_becomes_markup_in_what_is_found(quiet: Page, tmp_path: Path) -> None:
    hostile = '<img src=x onerror="document.title=1"> & </script>'
    [policy, *_] = read_library(LIBRARY).policies.values()
    renamed = {"title": f"Therapy {hostile}", "issuer": hostile, "document": hostile}
    recipe = load_recipe(LIBRARY / "build")
    quick = {**recipe.outputs, "revision": {"index.html": "templates/revision.html"}, "request": {}, "author": {}}
    shelf = revised(replace(policy, **renamed))  # type: ignore[arg-type]
    write(documents([shelf], replace(recipe, outputs=quick)), tmp_path)
    search(quiet, tmp_path, "therapy onerror")
    expect(quiet.locator("#_found h2")).to_have_text(f"Therapy {hostile}")
    assert quiet.locator("img").count() == 0
    assert quiet.title() == "Clinical coverage policies"


def test_paper_says_nothing_of_today(quiet: Page, site: Path) -> None:
    open_page(quiet, site, f"{MASSAGE}/2099-01-01/index.html")
    expect(quiet.locator(".today:visible")).to_have_count(2)
    quiet.emulate_media(media="print")
    expect(quiet.locator(".today:visible")).to_have_count(0)
