"""The form of a checklist shows what the reference determines, whatever is filled in."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from cdispec.determine.determination import determine
from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.determination import Determination
from cdispec.model.facts import (
    Day,
    Fact,
    Including,
    Month,
    NoValue,
    Number,
    OneOf,
    SetOf,
    Value,
    YesNo,
    is_stated,
    may_be_none,
    too_late,
)
from cdispec.model.measures import Measures
from cdispec.model.outcomes import Outcome
from cdispec.model.phrases import month_words
from cdispec.model.policy import Policy
from cdispec.model.records import RecordList
from cdispec.model.sentences import listed
from cdispec.publish.build import documents
from cdispec.publish.output.folder import write
from cdispec.publish.pages.checklist import checklist_of
from cdispec.publish.recipe import load_recipe
from cdispec.publish.shelf import Shelf
from tests.browser.conftest import LIBRARY, MASSAGE
from tests.strategies import members_of, month_of

POLICY = read_library(LIBRARY).policies["00036"]
SMALL = LIBRARY / "tests" / "determine" / "policies"

FILL = """(stated) => {
    const form = document.querySelector("form[data-request]");
    form.reset();
    form.elements.date.value = stated.date;
    form.elements.complete.checked = stated.complete;
    for (const [fact, answer] of Object.entries(stated.facts)) {
        const question = form.querySelector(`[data-fact="${fact}"]`);
        if (question === null) continue;
        const none = question.querySelector("[data-none]");
        if (none !== null) none.checked = answer.none === true;
        if (answer.none) continue;
        const chosen = Array.isArray(answer.chosen) ? answer.chosen : [answer.chosen];
        for (const input of question.querySelectorAll("input[value]")) input.checked = chosen.includes(input.value);
        const written = question.querySelector("input[type=number], input[type=date]");
        if (written !== null) written.value = answer.chosen ?? "";
        const month = question.querySelector("[data-month]");
        if (month !== null) month.value = answer.month ?? "";
        const whole = question.querySelector("[data-whole]");
        if (whole !== null) whole.checked = answer.whole;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    const text = (selector) => [...form.querySelectorAll(selector)].map((element) => element.textContent);
    const fact = (item) => item.querySelector("a").getAttribute("href").slice("#question-".length);
    const links = (items) => [...items].map(fact);
    const needed = [...form.querySelectorAll("[data-needed] li")];
    return {
        outcome: text("[data-outcome]")[0],
        open: text("[data-open] a"),
        classes: text("[data-classes] li"),
        certain: links(form.querySelectorAll("[data-certain] li")),
        uncertain: links(form.querySelectorAll("[data-uncertain] li")),
        ways: Object.fromEntries(needed.map((item) => [fact(item), item.querySelector("span")?.textContent ?? ""])),
    };
}"""


def answer(fact: Fact, chance: random.Random) -> Value:
    if may_be_none(fact) and chance.random() < 0.2:
        return NoValue()
    match fact:
        case YesNo():
            return chance.random() < 0.6
        case Number(minimum=low, maximum=high):
            numbers = [n for n in (0, 1, 2, 3, 5, 12, 15, 20, 40, 65, 100, 300) if n >= (low or 0) and n <= (high or n)]
            return chance.choice(numbers)
        case Day():
            day = date(2025, 6, 1) + timedelta(chance.randrange(-400, 100))
            return month_of(day) if chance.random() < 0.3 else day
        case OneOf(options=options):
            return chance.choice(options).id
        case SetOf():
            members = frozenset(chance.sample(members_of(fact), chance.randrange(3)))
            return Including(members) if members and chance.random() < 0.5 else members


def chosen(value: Value) -> dict[str, Any]:
    """An answer as it is filled in."""
    match value:
        case NoValue():
            return {"none": True}
        case Month():
            return {"month": month_words(value)}
        case bool():
            return {"chosen": "yes" if value else "no"}
        case Including(members):
            return {"chosen": sorted(members), "whole": False}
        case frozenset():
            return {"chosen": sorted(value), "whole": True}
        case date():
            return {"chosen": value.isoformat()}
        case _:
            return {"chosen": str(value)}


def shown(policy: Policy, case: Case) -> dict[str, Any]:
    """What the form must show of a case."""
    found = determine(policy, case)
    is_open = found.outcome is Outcome.MORE_INFORMATION
    clauses = listed(found.clauses, "or" if found.alternatives else "and")
    under = f", under {clauses}" if found.clauses and not is_open else ""
    words = {"true": "yes", "false": "no", "unknown": "not known"}
    return {
        "outcome": f"{found.outcome.capitalize()}{under}",
        "open": list(found.clauses) if is_open else [],
        "classes": [f"Classified as {name}: {words[truth.word]}" for name, truth in found.classifications.items()],
        "certain": [fact for fact in found.needed if fact not in found.may_matter],
        "uncertain": list(found.may_matter),
        "ways": {fact: on_ways(fact, found) for fact in found.needed},
    }


def on_ways(fact: str, found: Determination) -> str:
    """What the form says beside a fact that is on shortest ways, or ""."""
    outcomes = [f"“{way.outcome}”" for way in found.ways if fact in way.facts]
    return f" (on the shortest way to {listed(outcomes)})" if outcomes else ""


def assert_agrees(page: Page, policy: Policy, request: str, count: int, days: list[date]) -> None:
    """The open form shows what the reference says, of so many random cases."""
    chance = random.Random(f"{policy.number} {request}")
    checklist = checklist_of(policy, policy.requests[request])
    facts = [fact for fact in (*checklist.questions, *checklist.classifying) if not isinstance(fact, RecordList)]
    for _ in range(count):
        share = chance.random()
        known = {fact.id: answer(fact, chance) for fact in facts if chance.random() < share}
        day = chance.choice(days)
        # A date later than its fact allows is an error of the case, which the form shows at its field.
        known = {id: value for id, value in known.items() if not too_late(value, policy.facts[id], day)}
        # What is only compared is not asked, and measures that cannot be are told at their fields, too.
        problems = Measures(policy).worked_out(known).problems
        known = {id: value for id, value in known.items() if not is_stated(policy.facts[id]) and id not in problems}
        case = Case(policy.number, request, day, known, complete=chance.random() < 0.2)
        stated = {
            "date": case.date.isoformat(),
            "complete": case.complete,
            "facts": {id: chosen(value) for id, value in known.items()},
        }
        assert page.evaluate(FILL, stated) == shown(policy, case), stated


def without_later_dates(policy: Policy) -> Policy:
    """A policy whose dates cannot lie after the request."""
    facts = {
        id: replace(fact, latest_request=True) if isinstance(fact, Day) else fact for id, fact in policy.facts.items()
    }
    return replace(policy, facts=facts)


@pytest.mark.parametrize("request_id", list(POLICY.requests))
def test_the_form_says_what_the_reference_says(page: Page, site: Path, request_id: str) -> None:
    page.goto((site / MASSAGE / "working" / request_id / "index.html").as_uri())
    assert_agrees(page, POLICY, request_id, 50, [date(2025, 9, 1)])


def of_single_answers() -> dict[str, Policy]:
    """The small policies without lists of rows and codes: `test_rows.py` and `test_codes.py` fill in forms of those."""
    small = read_library(SMALL).policies
    return {number: policy for number, policy in small.items() if not policy.lists and not policy.code_sets}


def test_the_form_asks_every_kind_of_fact_as_the_reference_does(page: Page, tmp_path: Path) -> None:
    small = of_single_answers()
    small["90002"] = without_later_dates(small["90002"])
    recipe = load_recipe(LIBRARY / "build")
    write(documents([Shelf(policy) for policy in small.values()], recipe), tmp_path)
    days = [date(2021, 6, 1), date(2022, 3, 1), date(2023, 6, 1), date(2025, 6, 1)]
    for policy in small.values():
        for request in policy.requests:
            page.goto((tmp_path / "cdi" / policy.slug / "working" / request / "index.html").as_uri())
            assert_agrees(page, policy, request, 8, days)


def test_words_of_a_fact_are_shown_as_text_whatever_they_are(page: Page, tmp_path: Path) -> None:
    hostile = '"><img src=x onerror=alert(1)>{{ 7 * 7 }}'
    small = [named_so(policy, hostile) for policy in of_single_answers().values()]
    write(documents([Shelf(policy) for policy in small], load_recipe(LIBRARY / "build")), tmp_path)
    for policy in small:
        request = next(iter(policy.requests))
        page.goto((tmp_path / "cdi" / policy.slug / "working" / request / "index.html").as_uri())
        for fact in checklist_of(policy, policy.requests[request]).questions:
            asked = page.locator(f'[data-fact="{fact.id}"]')
            assert asked.locator("legend").inner_text() == hostile
            if isinstance(fact, OneOf | SetOf | Number):
                assert hostile in asked.locator("label").first.inner_text()
        assert page.locator("img").count() == 0


def named_so(policy: Policy, words: str) -> Policy:
    """A policy whose facts ask in these words, take answers of these names, and count in these units."""
    facts: dict[str, Fact] = {}
    for id, fact in policy.facts.items():
        asked = replace(fact, question=words)
        if isinstance(asked, OneOf | SetOf):
            asked = replace(asked, options=tuple(replace(option, name=words) for option in asked.options))
        facts[id] = replace(asked, unit=words) if isinstance(asked, Number) else asked
    return replace(policy, facts=facts)
