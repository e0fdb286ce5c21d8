"""What the search looks through is every policy's current words, each where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.model.criteria import Comparison, IncludesAnyOf
from cdispec.model.facts import SetOf
from cdispec.model.inlines import Abbreviation, Break, Code, CrossReference, Link, Marked, Mention, Text
from cdispec.model.policy import Policy, all_criteria, all_sections
from cdispec.publish.build import documents
from cdispec.publish.pages.search import Entry, entries_of
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from cdispec.publish.words.document import anchors, document_of
from cdispec.publish.words.markdown import Reader, prose_words
from cdispec.publish.words.tree import Preformatted
from tests.publish.conftest import Write
from tests.publish.shelves import revised, row

SCRIPT = "search-data.js"


@pytest.fixture(scope="module")
def entries(policy: Policy) -> list[Entry]:
    return list(entries_of(policy))


def data(made: dict[str, bytes]) -> dict[str, Any]:
    """The data of the search, as a browser reads it."""
    script = made[SCRIPT].decode()
    assert script.startswith("globalThis.cdispecSearch = ")
    assert script.endswith(";\n")
    read: dict[str, Any] = json.loads(script.removeprefix("globalThis.cdispecSearch = ")[:-2])
    return read


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def test_every_section_and_printed_clause_is_found(policy: Policy, entries: list[Entry]) -> None:
    found = {entry.anchor for entry in entries}
    assert {section.id for section in all_sections(policy.sections)} <= found
    assert {criterion.id for criterion in all_criteria(policy) if criterion.text is not None} <= found


def test_a_clause_is_found_with_its_label_and_its_words(entries: list[Entry]) -> None:
    [entry] = [entry for entry in entries if entry.anchor == "anatomic-areas"]
    assert entry == ("clause", "II.a.iii.1", "anatomic-areas", "More than one anatomic area is to be treated")


def test_every_condition_that_criteria_ask_for_is_found(policy: Policy, entries: list[Entry]) -> None:
    conditions = {entry.text.lower() for entry in entries if entry.kind == "condition"}
    diagnosis = policy.facts["diagnosis"]
    assert isinstance(diagnosis, SetOf)
    assert {option.name for option in diagnosis.options} <= conditions


def test_a_condition_is_found_by_its_own_name_where_other_words_are_printed(policy: Policy) -> None:
    diagnosis = policy.facts["diagnosis"]
    assert isinstance(diagnosis, SetOf)
    renamed = tuple(replace(option, name=f"{option.name} (chronic)") for option in diagnosis.options)
    other = replace(policy, facts={**policy.facts, "diagnosis": replace(diagnosis, options=renamed)})
    texts = [entry.text for entry in entries_of(other) if entry.kind == "condition"]
    assert "Fibromyalgia; fibromyalgia (chronic)" in texts


def test_every_definition_and_every_code_is_found(policy: Policy, entries: list[Entry]) -> None:
    labels = {(entry.kind, entry.label) for entry in entries}
    assert {("definition", entry.term) for entry in policy.definitions} <= labels
    assert {("code", entry.code) for entry in policy.codes} <= labels


def test_every_printed_word_is_found(policy: Policy, entries: list[Entry]) -> None:
    found = words("\n".join(f"{entry.label} {entry.text}" for entry in entries))
    heads_of_tables = words("Term Definition Description CPT Code")
    assert words("".join(printed_words(document_of(policy)))) - found <= heads_of_tables


def test_every_address_arrives(policy: Policy, recipe: Recipe) -> None:
    made = documents([Shelf(policy)], recipe)
    found = data(made)
    for of, _, _, anchor, _ in found["entries"]:
        page = made[found["policies"][of][4]].decode()
        assert f' id="{anchor}"' in page


def test_only_the_newest_revision_is_found(policy: Policy, written: Write, recipe: Recipe) -> None:
    shelf = revised(written("## Old {#old}\n\nFormerly this.\n"))
    newest = replace(written("## New {#new}\n\nAt present that.\n"), in_effect=shelf.current.in_effect)
    found = data(documents([Shelf(shelf.working, (*shelf.revisions[:2], newest))], recipe))
    assert [entry[4] for entry in found["entries"]] == ["New\nAt present that."]


@pytest.mark.parametrize(("published", "state"), [(True, "Draft"), (False, "Draft, not published")])
def test_a_policy_tells_what_state_is_searched(policy: Policy, recipe: Recipe, published: bool, state: str) -> None:
    shelf = Shelf(policy, (replace(policy, in_effect=policy.effective),) if published else ())
    assert data(documents([shelf], recipe))["policies"][0][3] == state


def test_the_history_is_found_as_it_is_printed(written: Write) -> None:
    policy = written("## History {#history}\n\n| Review Date | Update |\n|---|---|\n| MM/DD/YYYY | • |\n")
    [entry] = entries_of(replace(policy, history=(row("2026-01-15", "Added *scars*", reason="New trials"),)))
    assert "Added scars New trials" in entry.text


def test_the_placeholder_of_the_history_is_found_only_where_it_is_printed(written: Write) -> None:
    policy = written("## History {#history}\n\nAll.\n\n| Review Date | Update |\n|---|---|\n| MM/DD/YYYY | • |\n")
    rows = (row("2026-01", "First"), row("2026-02-15", "Second", revision="2026-03-01", corrects="2026-01"))
    [empty], [filled] = entries_of(policy), entries_of(replace(policy, history=rows))
    assert empty.text == "History\nAll. Review Date Update MM/DD/YYYY •"
    assert filled.text == "History\nAll. 02/15/2026 03/01/2026 Corrects the entry of 01/2026 Second 01/2026 First"


def test_what_stands_before_the_first_heading_is_found(written: Write) -> None:
    assert Entry("section", "", "", "Before all.") in list(entries_of(written("Before all.\n\n## A {#a}\n\nText.\n")))


def test_an_unprinted_criterion_leads_to_what_is_printed_nearest(policy: Policy) -> None:
    place = anchors(policy)
    for criterion in all_criteria(policy):
        match criterion.logic:
            case Comparison(_, IncludesAnyOf()):
                assert place[criterion.id] in {entry.anchor for entry in entries_of(policy)}
            case _:
                pass


def test_no_word_of_a_policy_ends_the_script(written: Write, recipe: Recipe) -> None:
    policy = replace(written("## A {#a}\n\n</script><img src=x>\n"), title="</script><script>alert(1)</script>")
    made = documents([Shelf(policy)], recipe)
    assert b"<" not in made[SCRIPT]
    assert data(made)["policies"][0][0] == policy.title


@pytest.mark.parametrize(
    "markdown",
    [
        "**Bold** and *leaning* words, CPT<sup>®</sup>/HCPCS",
        "A [link **inside**](https://example.org/a_b) and [no link]",
        "An \\*escaped\\* star, a \\{brace}, Fish &amp; Chips, 1 < 2",
        "<b>not let through</b> and <script>alert(1)</script>",
        '<abbr title="Centers">CMS</abbr> one<br>two',
        "See {a} and {nowhere}.",
        "`code` within",
        "- one\n- two\n  - three",
        "1. one\n2. two",
        "| Head | Other |\n|---|:-:|\n| a | b |",
        "| Head | Other |\n| --- | --- |\n| a |  |",
        "> quoted\n> twice",
        "A line - with dashes -- and 3. numbers",
        "2023. The first\n\n> 5 visits; 3 * 4 = 12",
        "a | b, `a*b|c`, [link](https://e.x/(a))",
        "One paragraph\nof two lines\n\nAnother, <A and >B",
        "Words\n~~~\n**as** they {a} stand\n~~~\n| A | B |\n|---|---|\n| `x\\|y` | z |",
        "[a]: https://e.x\n[a]",
    ],
)
def test_the_words_are_those_that_documents_print(written: Write, markdown: str) -> None:
    policy = written("## A {#a}\n\nText.\n")
    blocks = Reader(policy, anchors(policy)).blocks(markdown, "")
    assert prose_words(policy, markdown).split() == "".join(printed_words(blocks)).split()


LINES = st.sampled_from(
    ["word *a*", "A | b", "|---|---|", "- c", "  d", "1. e", "> f", "~~~", "---", "[g]: h", "", "", "\u00e9"]
)


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_the_words_of_any_prose_are_those_that_documents_print(write: Write, markdown: str) -> None:
    policy = write("## A {#a}\n\nText.\n")
    blocks = Reader(policy, anchors(policy)).blocks(markdown, "")
    assert prose_words(policy, markdown).split() == "".join(printed_words(blocks)).split()


def test_rows_that_are_entries_of_their_own_are_found_once(write: Write) -> None:
    policy = write("## Codes {#codes}\n\nBefore.\n\n| Code | Text |\n|---|---|\n| C+ | One |\n| C# | Two |\n\nAfter.\n")
    assert [tuple(entry) for entry in entries_of(policy)] == [
        ("section", "I", "codes", "Codes\nBefore. After."),
        ("code", "C+", "code.c", "One"),
        ("code", "C#", "code.c-2", "Two"),
    ]


def printed_words(piece: object) -> Iterator[str]:
    """The words of a piece of the document tree, whatever it is."""
    match piece:
        case Text(word) | Code(word) | Mention(word, _) | Abbreviation(word, _) | CrossReference(word, _):
            yield word
        case Preformatted(word):
            yield f" {word} "
        case Break():
            yield " "
        case Marked(_, of) | Link(_, of):
            yield from printed_words(of)
        case tuple():
            for inner in piece:
                yield from printed_words(inner)
        case _ if is_dataclass(piece):
            yield " "
            for field in fields(piece):
                yield from printed_words(getattr(piece, field.name))
            yield " "
        case _:
            pass
