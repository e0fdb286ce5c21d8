"""The form of a checklist in a real browser: what it asks, tells and leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from cdispec.library import read_library
from tests.browser.conftest import LIBRARY, MASSAGE

POLICY = read_library(LIBRARY).policies["00036"]
SERVICE = date(2025, 9, 1)
MET = {
    **dict.fromkeys(
        [
            "diagnosis-confirmed",
            "initial-condition-assessed",
            "expectation-of-benefit",
            "attainable-goals-specified",
            "returned-to-work",
            "individualized-goals-set",
            "goals-include-self-management",
            "clinical-appropriateness-documented",
            "follow-up-plan-documented",
            "further-progress-expected",
        ],
        "yes",
    ),
    "initial-goals": "partially-met",
    "able-to-maintain-progress": "no",
    "veteran-request-alone": "no",
}

Open = Callable[..., "Form"]


class Form:
    """A form as its reader sees it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.outcome = page.get_by_role("status")
        self.needed = page.locator("[data-needed] li a")

    def question(self, fact: str) -> Locator:
        return self.page.locator(f'[data-fact="{fact}"]')

    def choose(self, fact: str, answer: str) -> None:
        """Answer a question of which one answer is chosen."""
        self.question(fact).locator(f'input[value="{answer}"]').check()

    def asked(self) -> list[str]:
        """The facts that are still needed, as the panel lists them."""
        links = self.needed.evaluate_all("links => links.map((link) => link.getAttribute('href'))")
        return [str(link).removeprefix("#question-") for link in links]

    def mark(self, fact: str) -> str:
        return self.question(fact).locator(".mark").inner_text()


@pytest.fixture
def opened(page: Page, site: Path) -> Open:
    """Opens the form of a kind of request of CDI 00036."""

    def open_form(request: str, revision: str = "working", day: date = SERVICE) -> Form:
        page.goto((site / MASSAGE / revision / request / "index.html").as_uri())
        page.locator('input[name="date"]').fill(day.isoformat())
        return Form(page)

    return open_form


def test_a_listed_condition_with_expected_benefit_is_medically_necessary(opened: Open) -> None:
    form = opened("initial")
    expect(form.outcome).to_have_text("More information needed")
    form.choose("expectation-of-benefit", "yes")
    form.choose("diagnosis", "plantar-fasciitis")
    expect(form.outcome).to_have_text("Medically necessary, under II.a.i")
    expect(form.outcome.get_by_role("link")).to_have_attribute("href", "../index.html#II.a.i")
    expect(form.page.locator("[data-needed]")).to_be_hidden()


def test_an_incomplete_list_leaves_room_and_a_complete_one_does_not(opened: Open) -> None:
    form = opened("initial")
    form.choose("expectation-of-benefit", "yes")
    expect(form.outcome).to_have_text("More information needed")
    form.question("diagnosis").locator("[data-whole]").check()
    expect(form.outcome).to_have_text("Not medically necessary, under II.b")
    form.question("diagnosis").get_by_role("button", name="Not known").click()
    expect(form.outcome).to_have_text("More information needed")
    assert form.asked() == ["diagnosis"]


def test_a_continuation_that_meets_all_criteria_is_medically_necessary(opened: Open) -> None:
    form = opened("continuation")
    for fact, answer in MET.items():
        form.choose(fact, answer)
    expect(form.outcome).to_have_text("More information needed")
    form.choose("diagnosis", "lymphedema")
    expect(form.outcome).to_have_text("Medically necessary, under II.a.iv")


def test_an_exclusion_overrides_whatever_else_is_met(opened: Open) -> None:
    form = opened("continuation")
    form.choose("further-progress-expected", "no")
    expect(form.outcome).to_have_text("Not indicated, under II.b.2")
    for fact in ("diagnosis-confirmed", "returned-to-work"):
        assert form.mark(fact) == "no longer matters"
    assert form.mark("further-progress-expected") == ""


def test_what_is_needed_shrinks_with_each_answer(opened: Open) -> None:
    form = opened("continuation")
    before = form.asked()
    for fact, answer in MET.items():
        form.choose(fact, answer)
        after = form.asked()
        assert set(after) < set(before)
        assert fact not in after
        before = after
    assert before == ["diagnosis"]


def test_each_question_says_whether_it_still_matters(opened: Open) -> None:
    form = opened("continuation")
    form.choose("returned-to-work", "yes")
    assert form.mark("durable-improvement") == "no longer matters"
    way = "it is on the shortest way to “medically necessary”"
    assert form.mark("attainable-goals-specified") == f"could still change the outcome; {way}"
    assert form.mark("age") == ""


def test_a_link_to_what_is_needed_moves_to_its_question(opened: Open) -> None:
    form = opened("initial")
    for fact in form.asked():
        form.page.locator(f'[data-needed] a[href="#question-{fact}"]').press("Enter")
        expect(form.question(fact).locator("input:focus")).to_have_count(1)


def test_the_form_is_filled_by_keyboard_alone(opened: Open) -> None:
    form = opened("initial")
    keyboard = form.page.keyboard
    form.page.locator('input[name="complete"]').focus()
    keyboard.press("Tab")  # the radio buttons of the first question, on "not known"
    keyboard.press("ArrowDown")  # "yes", since they turn round
    keyboard.press("Tab")
    keyboard.press("Space")
    expect(form.outcome).to_have_text("Medically necessary, under II.a.i")
    for _ in range(len(POLICY.facts) * 20):
        if form.page.evaluate("document.activeElement.matches('[data-reset]')"):
            break
        keyboard.press("Tab")
    keyboard.press("Enter")
    expect(form.outcome).to_have_text("More information needed")


def test_a_complete_record_settles_what_is_not_answered(opened: Open) -> None:
    form = opened("initial")
    form.page.get_by_label("The record is complete").check()
    expect(form.outcome).to_have_text("Not medically necessary, under II.b")
    assert form.mark("diagnosis") == "is not shown"


def test_the_classification_is_told_and_decides_nothing(opened: Open) -> None:
    form = opened("initial")
    told = form.page.locator("[data-classes]")
    expect(told).to_have_text("Classified as complex condition: not known")
    form.choose("complexity-determined-by-professional", "yes")
    form.question("age").locator("input").fill("65")
    expect(told).to_have_text("Classified as complex condition: yes")
    expect(form.outcome).to_have_text("More information needed")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("131", "at most 130 years"), ("-1", "at least 0 years"), ("64.9999999999999999", "more digits than")],
)
def test_a_number_that_can_be_no_answer_is_told_and_not_used(opened: Open, text: str, problem: str) -> None:
    form = opened("initial")
    form.choose("complexity-determined-by-professional", "yes")
    age = form.question("age").locator("input")
    age.fill(text)
    expect(form.question("age").locator(".problem")).to_contain_text(problem)
    expect(age).to_have_attribute("aria-invalid", "true")
    expect(form.page.locator("[data-classes]")).to_contain_text("not known")
    age.fill("70")
    expect(form.question("age").locator(".problem")).to_be_empty()


def test_one_of_a_unit_is_told_in_the_singular(opened: Open) -> None:
    form = opened("initial")
    form.question("anatomic-areas").locator("input").fill("0")
    expect(form.question("anatomic-areas").locator(".problem")).to_contain_text("at least 1 area;")


def test_words_in_the_place_of_a_number_are_told(opened: Open) -> None:
    form = opened("initial")
    form.question("age").locator("input").press_sequentially("e")
    expect(form.question("age").locator(".problem")).to_contain_text("This is not a number")


def test_before_the_original_effective_date_there_is_a_sentence_and_no_outcome(opened: Open) -> None:
    form = opened("initial", day=date(2025, 5, 31))
    form.choose("expectation-of-benefit", "yes")
    expect(form.outcome).to_have_text("No determination on this date")
    expect(form.page.locator(".panel")).to_contain_text("CDI 00036 decides no request dated before June 1, 2025.")
    expect(form.page.locator("[data-found]")).to_be_hidden()
    assert form.mark("diagnosis") == ""


@pytest.mark.parametrize(
    ("day", "sentence"), [("2026-01-14", "An earlier revision"), ("2099-01-01", "A later revision")]
)
def test_on_a_date_of_another_revision_the_form_leads_there(opened: Open, day: str, sentence: str) -> None:
    form = opened("initial", revision="2026-01-15", day=date.fromisoformat(day))
    expect(form.outcome).to_have_text("No determination on this date")
    shown = form.page.locator("[data-when]:visible")
    expect(shown).to_contain_text(sentence)
    expect(shown.get_by_role("link")).to_have_count(1)


def test_without_a_date_the_form_asks_for_it(opened: Open) -> None:
    form = opened("initial")
    form.page.locator('input[name="date"]').fill("")
    expect(form.outcome).to_have_text("Give the date of the request.")


def test_a_date_beyond_the_calendar_is_told_and_not_used(opened: Open) -> None:
    form = opened("initial")
    form.page.locator('input[name="date"]').evaluate(
        "(input) => { input.value = '12025-01-01'; input.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    problem = form.page.locator('[id="problem.date"]')
    expect(problem).to_have_text("The answer is at most 9999-12-31; this entry counts as not known.")
    expect(form.outcome).to_have_text("Give the date of the request.")


def test_the_date_begins_as_today_by_the_clock_of_the_reader(page: Page, site: Path) -> None:
    page.clock.set_fixed_time("2031-02-03T12:00:00")
    page.goto((site / MASSAGE / "working" / "initial" / "index.html").as_uri())
    expect(page.locator('input[name="date"]')).to_have_value("2031-02-03")


def test_starting_again_forgets_every_answer(opened: Open) -> None:
    form = opened("initial")
    form.choose("expectation-of-benefit", "yes")
    form.choose("diagnosis", "neck-pain")
    form.page.get_by_role("button", name="Start again").click()
    expect(form.outcome).to_have_text("More information needed")
    assert form.asked() == ["expectation-of-benefit", "diagnosis"]


def test_nothing_is_stored_and_the_address_stays(opened: Open) -> None:
    form = opened("initial")
    address = form.page.url
    form.choose("expectation-of-benefit", "yes")
    form.page.locator('input[name="date"]').press("Enter")
    assert form.page.url == address
    assert form.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_an_outcome_that_stays_is_not_announced_again(opened: Open) -> None:
    form = opened("initial")
    form.page.evaluate("""() => {
        window.told = 0;
        new MutationObserver(() => { window.told += 1; })
            .observe(document.querySelector("[role=status]"), { childList: true, characterData: true, subtree: true });
    }""")
    form.choose("expectation-of-benefit", "yes")
    form.choose("enrolled-in-hospice", "yes")
    assert form.page.evaluate("window.told") == 0
    form.choose("diagnosis", "neck-pain")
    assert form.page.evaluate("window.told") == 1


def test_the_form_is_not_printed_and_the_list_is(opened: Open) -> None:
    form = opened("initial")
    form.page.emulate_media(media="print")
    expect(form.page.locator("form")).to_be_hidden()
    expect(form.page.locator(".lists")).to_be_visible()


@pytest.mark.parametrize("request_id", list(POLICY.requests))
def test_the_list_is_printed_on_one_page(opened: Open, request_id: str) -> None:
    form = opened(request_id)
    assert len(PdfReader(BytesIO(form.page.pdf(prefer_css_page_size=True))).pages) == 1


def test_without_script_the_list_stays_and_a_sentence_says_so(opened: Open, site: Path) -> None:
    browser = opened("initial").page.context.browser
    assert browser is not None
    plain = browser.new_page(java_script_enabled=False)
    plain.goto((site / MASSAGE / "working" / "initial" / "index.html").as_uri())
    expect(plain.get_by_text("The form needs JavaScript")).to_be_visible()
    expect(plain.locator("form")).to_be_hidden()
    expect(plain.locator(".lists")).to_be_visible()
    plain.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_is_no_wider_than_the_screen(opened: Open, width: int) -> None:
    form = opened("continuation")
    form.page.set_viewport_size({"width": width, "height": 800})
    assert form.page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_has_the_focus_is_not_hidden_below_the_determination(opened: Open) -> None:
    form = opened("continuation")
    form.page.set_viewport_size({"width": 390, "height": 844})
    form.page.locator('input[name="complete"]').focus()
    for _ in range(40):
        form.page.keyboard.press("Tab")
        covered = form.page.evaluate("""() => {
            const focused = document.activeElement, panel = document.querySelector(".panel");
            if (panel.contains(focused) || !focused.closest("form")) return false;
            return focused.getBoundingClientRect().bottom > panel.getBoundingClientRect().top;
        }""")
        assert not covered
