"""The script as a file: what stands in it, and what it leaves in a page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from cdispec.library import read_library
from cdispec.model.policy import Policy
from cdispec.targets import javascript
from cdispec.targets.javascript import data_script
from cdispec.targets.javascript.assemble import ENGINE
from tests.targets.javascript.page import Page, script

ROOT = Path(__file__).parent.parent.parent.parent
NAMES = "Object.getOwnPropertyNames(globalThis)"
TRICKY = "</script><!--<script> \u2028 \u2029 \\ \"'`${title}` é 𝒳"


@pytest.fixture(scope="module")
def policy() -> Policy:
    """CDI 00036."""
    return read_library(ROOT).policies["00036"]


def test_the_same_policy_gives_the_same_bytes(policy: Policy) -> None:
    assert script(policy) == script(read_library(ROOT).policies["00036"])


def test_it_leaves_the_engine_and_the_data(page: Page, policy: Policy) -> None:
    page.run("")
    before = page.evaluate(NAMES)
    page.run(script(policy))
    assert set(page.evaluate(NAMES)) - set(before) == {"cdispec", "cdispecPolicy"}
    assert page.evaluate("Object.keys(cdispec)") == ["load", "policy", "determine"]


@pytest.mark.parametrize(("facts", "settled"), [({"weight": 80}, False), ({"weight": 300}, True)])
def test_a_measure_is_settled_only_where_no_unknown_number_could_make_a_difference(
    page: Page, facts: dict[str, float], settled: bool
) -> None:
    """With a height of at most 2.5 m, an index of at least 12.8 can be on both sides of 35; one of 48 cannot."""
    measures = read_library(ROOT / "tests" / "determine" / "policies").policies["90031"]
    page.run(script(measures))
    case = {"request": "surgery", "date": "2025-07-01", "facts": facts}
    assert page.evaluate(f"cdispec.determine({json.dumps(case)}).measures.bmi.settled") is settled


@pytest.mark.parametrize("name", ["factsById", "determine", "Diagrams", "MOST_WORK"])
def test_no_name_of_the_engine_is_seen_in_the_page(page: Page, policy: Policy, name: str) -> None:
    page.run("var before = typeof determine;" + script(policy))
    assert page.evaluate(f"{NAMES}.includes({name!r})") is False


@pytest.mark.parametrize(
    "name",
    [
        "eval",
        "Function",
        "fetch",
        "XMLHttpRequest",
        "import",
        "Date",
        "Intl",
        "document",
        "window",
        "random",
        "require",
    ],
)
def test_the_engine_asks_nothing_of_the_page(name: str) -> None:
    folder = Path(javascript.__file__).parent
    code = "".join(re.sub(r"//.*", "", (folder / f"{part}.js").read_text("utf-8")) for part in ENGINE)
    assert not re.search(rf"\b{name}\b", code)


def test_every_part_of_the_engine_stands_in_the_script() -> None:
    folder = Path(javascript.__file__).parent
    assert sorted(path.stem for path in folder.glob("*.js")) == sorted(ENGINE)


def test_no_text_of_a_policy_ends_its_element(policy: Policy) -> None:
    text = data_script(replace(policy, title=TRICKY))
    assert text.isascii()
    assert not [mark for mark in ("</", "<!--", "<script") if mark in text]


def test_every_text_of_a_policy_survives(page: Page, policy: Policy) -> None:
    page.run(script(replace(policy, title=TRICKY)))
    assert page.evaluate("cdispec.policy.title") == TRICKY


def test_the_data_names_the_policy(page: Page, policy: Policy) -> None:
    page.run(script(policy))
    found = page.evaluate("cdispec.policy")
    assert [found[key] for key in ("number", "revision", "title")] == ["00036", "working", "Medical Massage Therapy"]


def test_the_facts_stand_as_they_are_declared(page: Page, policy: Policy) -> None:
    page.run(script(policy))
    assert page.evaluate("cdispec.policy.facts.map(({id}) => id)") == list(policy.facts)


def test_a_fact_tells_its_question_and_which_answers_it_can_have(page: Page, policy: Policy) -> None:
    page.run(script(policy))
    assert page.evaluate('cdispec.policy.facts.find(({id}) => id === "age")') == {
        "id": "age",
        "kind": "number",
        "question": "How old is the Veteran on the date of the request?",
        "unit": "years",
        "low": 0,
        "high": 130,
        "whole": False,
    }
