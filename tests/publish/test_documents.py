"""The documents of a library."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from tests.publish.conftest import SLUG, Write
from tests.publish.paragraphs import of_html

CRITERIA = """\
## Indications {#indications}

Therapy is necessary when:

~~~criteria
request: initial
outcome: medically necessary
all:
  - id: signs
    any:
      open: other-sign
      of:
        - {fact: pain, text: Pain, note: Of any kind}
        - {fact: swelling}
    unless: {id: none-needed, fact: swelling, is: no, text: Except without swelling}
~~~

See {indications}, {pain}, {swelling} and \\{pain}.
"""


def html_of(policy: Policy, recipe: Recipe) -> str:
    return documents([Shelf(policy)], recipe)[f"cdi/{policy.slug}/{policy.revision}/index.html"].decode()


def markdown_of(policy: Policy, recipe: Recipe) -> str:
    return documents([Shelf(policy)], recipe)[f"cdi/{policy.slug}/{policy.revision}/policy.md"].decode()


def test_each_state_of_a_policy_has_a_page_a_pdf_its_markdown_and_its_data(built: dict[str, bytes]) -> None:
    names = {"index.html", "policy.pdf", "policy.md", "policy.json"}
    assert {f"cdi/{SLUG}/working/{name}" for name in names} <= set(built)


def test_each_policy_has_a_page_whatever_its_revision(built: dict[str, bytes]) -> None:
    assert f"cdi/{SLUG}/index.html" in built


def test_two_builds_give_the_same_bytes(policy: Policy, whole_recipe: Recipe, built: dict[str, bytes]) -> None:
    assert documents([Shelf(policy)], whole_recipe) == built


def test_no_document_holds_a_path_of_the_machine(built: dict[str, bytes]) -> None:
    here = str(Path(__file__).parents[2]).encode()
    assert not [path for path, content in built.items() if here in content]


def test_no_document_of_a_policy_tells_where_in_its_source_a_word_stands(built: dict[str, bytes]) -> None:
    assert not [path for path, content in built.items() if path.startswith("cdi/") and b"policy.md:" in content]


def test_an_empty_library_has_an_index(recipe: Recipe) -> None:
    assert "index.html" in documents([], recipe)


def test_the_banner_is_no_part_of_the_document(page: str) -> None:
    assert page.index("<strong>Draft.") < page.index("<article>")
    assert not any("Draft." in paragraph for paragraph in of_html(page))


def test_criteria_without_words_print_nothing_and_pass_their_items_through(written: Write, recipe: Recipe) -> None:
    policy = written(CRITERIA)
    printed = ["- Except without swelling", "- Pain", "  - Of any kind"]
    assert of_html(html_of(policy, recipe))[-4:-1] == printed
    assert "\n".join(["- I.1 Except without swelling", "- I.2 Pain", "  - Of any kind"]) in markdown_of(policy, recipe)


def test_words_of_a_whole_block_take_no_anchor_that_the_section_has(written: Write, recipe: Recipe) -> None:
    blocks = "".join(
        f"~~~criteria\n{id}text: {text}\nfact: pain\n~~~\n\n" for id, text in (("", "One"), ("id: two\n", "Two"))
    )
    page = html_of(written(f"## A {{#a}}\n\n{blocks}See {{a}} and {{two}}.\n"), recipe)
    assert of_html(page)[-3:] == ["- One", "- Two", "See I and I."]
    anchors = re.findall(r' id="([^"]+)"', page)
    assert sorted(anchors) == ["I", "_main", "a", "two"]
    assert 'href="#two">I</a>' in page


def test_items_stand_in_the_order_of_their_labels(page: str) -> None:
    labels = [tuple(label.split(".")) for label in re.findall(r'<li id="[^"]+" data-label="([^"]+)"', page)]
    for before, after in pairwise(labels):
        if before[:-1] == after[:-1]:
            assert int(after[-1]) == int(before[-1]) + 1


def test_a_cross_reference_prints_the_label_and_leads_to_its_clause(written: Write, recipe: Recipe) -> None:
    policy = written(CRITERIA)
    page = html_of(policy, recipe)
    assert of_html(page)[-1] == "See I, I.2, I and {pain}."
    assert '<a class="clause" href="#pain">I.2</a>' in page
    assert '<a class="clause" href="#I">I</a>' in page, "what prints nothing itself leads to its nearest printed clause"
    assert "See I, I.2, I and {pain}." in markdown_of(policy, recipe)


def test_every_anchor_is_unique_and_every_link_within_the_page_arrives(page: str) -> None:
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)


def test_every_printed_clause_is_found_by_its_id_and_by_its_label(policy: Policy, page: str) -> None:
    anchors = set(re.findall(r' id="([^"]+)"', page))
    assert set(policy.clauses.values()) <= anchors
    assert {"continuation", "back-pain", "codes", "history", "veteran-request-alone"} <= anchors


def test_the_page_can_be_read_by_everyone(page: str) -> None:
    assert page.count("<h1>") == 1
    assert '<html lang="en-US">' in page
    assert "<title>Medical Massage Therapy" in page
    assert page.count("<main") == page.count("<nav") == page.count("<article>") == 1
    assert '<a class="skip" href="#_main">' in page
    assert page.count('<th scope="col">') == 6
    assert page.count('<th scope="row">') == len(re.findall("<tr[ >]", page)) - 3
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_interpretations_are_not_printed(policy: Policy, page: str, recipe: Recipe) -> None:
    markdown = markdown_of(policy, recipe)
    for decision in policy.interpretations:
        assert decision.id not in page
        assert decision.id not in markdown
    assert "~~~" not in markdown


def test_the_data_tells_the_whole_policy(policy: Policy, built: dict[str, bytes]) -> None:
    data = json.loads(built[f"cdi/{SLUG}/working/policy.json"])
    assert {clause["id"]: clause["label"] for clause in data["clauses"]} == dict(policy.clauses)
    assert [fact["id"] for fact in data["facts"]] == list(policy.facts)
    assert len(data["interpretations"]) == len(policy.interpretations)
    assert [rule["clause"] for rule in data["rules"]] == [rule.criterion.id for rule in policy.rules]
    assert [len(data[of]) for of in ("definitions", "codes", "citations")] == [14, 9, 4]


def test_an_interpretation_more_or_less_leaves_the_page_as_it_was(policy: Policy, recipe: Recipe) -> None:
    fewer = replace(policy, interpretations=policy.interpretations[1:])
    assert html_of(fewer, recipe) == html_of(policy, recipe)
