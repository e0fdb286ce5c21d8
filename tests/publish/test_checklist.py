"""What to document: the criteria as a list to tick, and the page and PDF of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from posixpath import normpath

import pytest
from hypothesis import given
from pypdf import PdfReader

from cdispec.core.lower import lower
from cdispec.core.program import Includes, Lies, Yes, facts_of, nodes_below
from cdispec.core.unroll import unrolled
from cdispec.library import read_library
from cdispec.model.criteria import (
    Bound,
    Comparison,
    Criterion,
    IncludesAnyOf,
    IsOneOf,
    Range,
    Reference,
    Test,
    asked_lists,
    walk,
)
from cdispec.model.facts import list_of
from cdispec.model.inlines import plain_of
from cdispec.model.measures import Measures
from cdispec.model.phrases import denial
from cdispec.model.policy import Policy, Status
from cdispec.publish.build import documents
from cdispec.publish.pages.checklist import Checklist, Entry, checklist_of, entries_of
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from cdispec.publish.words.markdown import Reader
from tests.examples import examples
from tests.publish.conftest import SLUG
from tests.strategies import policies

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "expected"
MASSAGE = read_library(ROOT).policies["00036"]
SMALL = read_library(ROOT / "tests" / "determine" / "policies").policies
STATED = [pytest.param(policy, id=policy.slug) for policy in (MASSAGE, *SMALL.values())]
BUILD = ROOT / "build"


def told(checklist: Checklist) -> str:
    """A checklist as text: printed words as they stand, the others in brackets."""
    lines = [f"[where] {checklist.request.phrase}", "", "NECESSARY"]
    if checklist.granting != "medically necessary":
        lines[-1] = f"[to be {checklist.granting}]"
    for rule in checklist.indications:
        lines += _lines(rule.entry, 0)
    lines += ["", "RULED OUT"]
    for rule in checklist.exclusions:
        lines += [f"[{rule.outcome}]", *_lines(rule.entry, 0)]
    if checklist.further:
        lines += ["", "AFTER THAT"]
    for rule in checklist.further:
        lines += [f"[{rule.outcome}]", *_lines(rule.entry, 0)]
    lines += ["", "THE REST"]
    if checklist.rest:
        lines += [f"[{checklist.rest.outcome}] {checklist.rest.label} {plain_of(checklist.rest.words)}"]
    else:
        lines += ["[none]" if checklist.is_exhaustive else "[not addressed]"]
    for named in checklist.classifications:
        lines += ["", f"CLASSIFIED AS [{named.name}]", *_lines(named.entry, 0)]
    return "\n".join(lines) + "\n"


def _lines(entry: Entry, depth: int) -> Iterator[str]:
    elsewhere = (f"decided elsewhere: {document.name}" for document in entry.decided_by)
    added = (f"[{words}]" for words in (entry.asked, entry.dates, *elsewhere) if words)
    said = (entry.label, plain_of(entry.words), *added)
    head = " ".join(words for words in said if words)
    indent = "    " * depth
    if entry.ticked:
        yield f"{indent}_ {head}"
    elif head:
        yield f"{indent}{head}"
    for note in entry.notes:
        yield f"{indent}  * {plain_of(note)}"
    if entry.quantifier:
        yield f"{indent}[{entry.quantifier}:]"
    for below in entry.entries:
        yield from _lines(below, depth + 1)
    if entry.guard:
        yield f"{indent}[{entry.guarded}:]"
        yield from _lines(entry.guard, depth + 1)


def lists(policy: Policy) -> dict[str, Checklist]:
    return {id: checklist_of(policy, kind) for id, kind in policy.requests.items()}


@pytest.mark.parametrize("policy", STATED)
def test_a_checklist_tells_what_its_file_states(policy: Policy, rewrite: bool) -> None:
    text = "\n----\n\n".join(told(checklist) for checklist in lists(policy).values())
    path = EXPECTED / f"checklist-{policy.number}.txt"
    if rewrite:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


def reachable(tops: list[Criterion], policy: Policy) -> list[Criterion]:
    """The criteria, all below them and all that they refer to."""
    found: dict[str, Criterion] = {}
    waiting = list(tops)
    while waiting:
        for criterion in walk(waiting.pop()):
            if criterion.id not in found:
                found[criterion.id] = criterion
                if isinstance(criterion.logic, Reference):
                    waiting.append(policy.criteria[criterion.logic.to])
    return list(found.values())


def asked_by(tops: list[Criterion], policy: Policy) -> set[str]:
    reached = reachable(tops, policy)
    comparisons = [found.logic for found in reached if isinstance(found.logic, Comparison)]
    asked = {*Measures(policy).asked([fact for comparison in comparisons for fact in comparison.facts])}
    # Of a row a list asks.
    return {fact for fact in asked if not list_of(fact)} | asked_lists(reached)


def assert_asks_what_decides(policy: Policy) -> None:
    classifying = asked_by([named.criterion for named in policy.classifications], policy)
    for request, checklist in lists(policy).items():
        deciding = asked_by([rule.criterion for rule in policy.rules_for(request)], policy)
        questions = [fact.id for fact in (*checklist.questions, *checklist.elsewhere)]
        assert len(questions) == len(set(questions))
        assert set(questions) == deciding
        assert {fact.id for fact in checklist.classifying} == classifying - deciding


@pytest.mark.parametrize("policy", STATED)
def test_a_checklist_asks_every_fact_that_its_criteria_do_and_no_other(policy: Policy) -> None:
    assert_asks_what_decides(policy)


@examples(60)
@given(policies())
def test_of_any_policy_a_checklist_asks_the_facts_of_its_criteria(policy: Policy) -> None:
    assert_asks_what_decides(policy)


def _deciding_facts(policy: Policy, request: str) -> set[str]:
    """The facts that the rules of a kind of request ask."""
    state = unrolled(policy, dict.fromkeys(policy.lists, 1))
    program = lower(state.policy)
    below = nodes_below(program.nodes, [rule.node for rule in program.decisions[request].rules])
    atoms = [node for number in below if isinstance(node := program.nodes[number], Yes | Includes | Lies)]
    asked = {fact for atom in atoms for fact in facts_of(atom)}
    return {state.reported.get(fact, fact).partition("#")[0] for fact in asked}


@pytest.mark.parametrize("policy", STATED)
def test_what_an_outcome_depends_on_is_among_the_questions(policy: Policy) -> None:
    for request, checklist in lists(policy).items():
        questions = {fact.id for fact in (*checklist.questions, *checklist.elsewhere)}
        assert _deciding_facts(policy, request) <= questions


@pytest.mark.parametrize("policy", STATED)
def test_every_printed_criterion_stands_on_its_checklist_once(policy: Policy) -> None:
    reader = Reader(policy, dict.fromkeys(policy.clauses, ""))
    for request, checklist in lists(policy).items():
        tops = [rule.entry for rule in (*checklist.indications, *checklist.exclusions, *checklist.further)]
        words = [plain_of(entry.words) for top in tops for entry in entries_of(top) if entry.words]
        criteria = reachable([rule.criterion for rule in policy.rules_for(request)], policy)
        printed = [plain_of(reader.inlines(criterion.text)) for criterion in criteria if criterion.text]
        leads = [plain_of(reader.inlines(lead)) for lead in policy.leads.values()]
        assert sorted(found for found in words if found not in leads) == sorted(printed)


def test_what_is_listed_above_is_not_listed_again() -> None:
    checklist = lists(MASSAGE)["continuation"]
    [exclusions] = checklist.exclusions
    first = exclusions.entry.entries[0]
    assert plain_of(first.words) == "Indications and criteria in section II.a.iv. are not met"
    assert first.ticked


def test_a_checklist_that_leaves_no_request_open_says_nothing_of_the_rest() -> None:
    checklists = lists(MASSAGE)
    assert {id: (found.rest is None, found.is_exhaustive) for id, found in checklists.items()} == {
        "initial": (False, False),
        "continuation": (True, True),
        "well-being": (False, False),
    }


LISTS, SIGNS = SMALL["90007"], SMALL["90003"]


@pytest.mark.parametrize(
    ("policy", "fact", "test", "words"),
    [
        (SIGNS, "ulcer", IsOneOf(frozenset([True])), "there is no ulcer"),
        (SIGNS, "ulcer", IsOneOf(frozenset([False])), "there is an ulcer"),
        (
            SIGNS,
            "circumference",
            Range(Bound(40, True), Bound(50, True)),
            "it is not so that the circumference of the limb is at least 40 and at most 50 cm",
        ),
        (
            LISTS,
            "conditions",
            IncludesAnyOf(frozenset(["back"])),
            "it is not so that the painful conditions include back pain",
        ),
    ],
)
def test_a_comparison_that_must_not_hold_is_denied_in_plain_words(
    policy: Policy, fact: str, test: Test, words: str
) -> None:
    assert denial(policy.facts[fact], test, policy) == words


def page_of(policy: Policy, request: str, recipe: Recipe) -> str:
    made = documents([Shelf(policy)], recipe)
    return made[f"cdi/{policy.slug}/working/{request}/index.html"].decode()


def test_a_checklist_is_one_page_of_paper(built: dict[str, bytes]) -> None:
    pdf = PdfReader(BytesIO(built[f"cdi/{SLUG}/working/checklists.pdf"]))
    assert [page.mediabox[2:] for page in pdf.pages] == [[612, 792]] * len(MASSAGE.requests)
    for page, request in zip(pdf.pages, MASSAGE.requests.values(), strict=True):
        assert f"Where {request.phrase}" in page.extract_text()


def test_the_checklist_of_a_superseded_revision_is_one_page_too(whole_recipe: Recipe) -> None:
    revisions = tuple(replace(MASSAGE, in_effect=day) for day in (date(2025, 6, 1), date(2026, 1, 15)))
    made = documents([Shelf(MASSAGE, revisions)], whole_recipe)
    pages = PdfReader(BytesIO(made[f"cdi/{SLUG}/2025-06-01/checklists.pdf"])).pages
    assert len(pages) == len(MASSAGE.requests)


def test_what_rules_a_request_out_is_asked_for_a_necessary_one_too(built: dict[str, bytes]) -> None:
    page = built[f"cdi/{SLUG}/working/continuation/index.html"].decode()
    assert "And nothing of what rules a request out, below, is so." in page


def test_no_words_on_paper_are_smaller_than_can_be_read(built: dict[str, bytes]) -> None:
    sizes: set[float] = set()
    for page in PdfReader(BytesIO(built[f"cdi/{SLUG}/working/checklists.pdf"])).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.add(size) if text.strip() else None)
    assert min(sizes) >= 8.5


@pytest.mark.parametrize("slug", list(SMALL))
def test_every_kind_of_criterion_can_be_printed(slug: str, whole_recipe: Recipe) -> None:
    policy = SMALL[slug]
    made = documents([Shelf(policy)], whole_recipe)
    folder = f"cdi/{policy.slug}/working"
    assert made[f"{folder}/checklists.pdf"].startswith(b"%PDF")
    for request in policy.requests:
        page = made[f"{folder}/{request}/index.html"].decode()
        asked = checklist_of(policy, policy.requests[request]).questions
        assert re.findall(r'<fieldset class="question" data-(?:fact|list)="([^"]+)"', page)[: len(asked)] == [
            fact.id for fact in asked
        ]


@pytest.mark.parametrize("request_id", list(MASSAGE.requests))
def test_every_link_of_the_page_arrives(request_id: str, built: dict[str, bytes]) -> None:
    folder = f"cdi/{SLUG}/working"
    page = built[f"{folder}/{request_id}/index.html"].decode()
    anchors = {
        "": set(re.findall(r' id="([^"]+)"', page)),
        "../index.html": set(re.findall(r' id="([^"]+)"', built[f"{folder}/index.html"].decode())),
    }
    for target, is_within, anchor in re.findall(r'href="([^"#]*)(#?)([^"]*)"', page):
        if is_within:
            assert anchor in anchors[target], f"{target}#{anchor}"
        else:
            assert normpath(f"{folder}/{request_id}/{target}") in built


def test_the_page_of_a_revision_leads_to_its_checklists(built: dict[str, bytes]) -> None:
    page = built[f"cdi/{SLUG}/working/index.html"].decode()
    assert all(f'href="{request}/index.html"' in page for request in MASSAGE.requests)


def test_the_banner_leads_to_the_disclaimer_of_the_policy(built: dict[str, bytes]) -> None:
    banner = '<p class="banner" role="note"><strong>Draft.</strong> This document is a draft: see its <a href="'
    assert f'{banner}../index.html#disclaimer">' in built[f"cdi/{SLUG}/working/initial/index.html"].decode()
    assert f'{banner}#disclaimer">' in built[f"cdi/{SLUG}/working/index.html"].decode()


def test_the_form_makes_no_page_of_text_and_sends_and_keeps_nothing() -> None:
    script = (BUILD / "assets" / "form.js").read_text("utf-8")
    pages = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\b|Function\(|import\b"
    elsewhere = r"fetch|XMLHttp|Beacon|WebSocket|Storage|cookie|indexedDB"
    assert not re.search(f"{pages}|{elsewhere}", script)


def test_no_words_of_the_page_promise_anything() -> None:
    for name in ("templates/checklist.html", "templates/checklists.typ", "assets/form.js"):
        assert not re.search(
            r"covered|coverage|approv|benefit|pays|paid", (BUILD / name).read_text("utf-8"), re.IGNORECASE
        )


def test_headings_stand_in_order(built: dict[str, bytes]) -> None:
    for request in MASSAGE.requests:
        page = built[f"cdi/{SLUG}/working/{request}/index.html"].decode()
        levels = [int(level) for level in re.findall(r"<h(\d)", page)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_retired_policy_has_no_form(recipe: Recipe) -> None:
    page = page_of(replace(SIGNS, status=Status.RETIRED), "initial", recipe)
    assert "<form" not in page
    assert "form.js" not in page


def test_a_superseded_revision_tells_on_which_dates_it_decides(recipe: Recipe) -> None:
    old, new = replace(SIGNS, in_effect=date(2020, 1, 1)), replace(SIGNS, in_effect=date(2024, 5, 1))
    made = documents([Shelf(SIGNS, (old, new))], recipe)
    page = made[f"cdi/{SIGNS.slug}/2020-01-01/initial/index.html"].decode()
    assert 'data-effective="2020-01-01" data-since="2020-01-01" data-until="2024-04-30"' in page
    assert "<strong>Superseded</strong> from May 1, 2024 on" in page
