"""The feeds are Atom as RFC 4287 has it: each publication and review once, under an id that stays."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from cdispec.model.policy import Policy, Status
from cdispec.publish.build import documents, revision_folder
from cdispec.publish.pages.feed import policy_feed
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from tests.publish.conftest import SLUG, Write
from tests.publish.shelves import HISTORY, revised, row

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
REDLINE = "What was changed, and what it does"
SERIES = f"cdi/{SLUG}/feed.xml"
SAMPLE = "cdi/00099-sample-therapy/feed.xml"
DATE = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")


def feed_of(shelf: Shelf, recipe: Recipe, path: str = SAMPLE) -> ElementTree.Element:
    return ElementTree.fromstring(documents([shelf], recipe)[path])


def entries_of(feed: ElementTree.Element) -> list[ElementTree.Element]:
    return feed.findall(f"{ATOM}entry")


def titles(feed: ElementTree.Element) -> list[str]:
    return [(entry.findtext(f"{ATOM}title") or "").partition(": ")[2] for entry in entries_of(feed)]


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture
def sample(written: Write) -> Policy:
    return written("## A {#a}\n\nText.\n", status="published")


@pytest.mark.parametrize("path", [SERIES, "feed.xml"])
@pytest.mark.parametrize("address", ["", "https://policies.example.gov"])
def test_a_feed_holds_what_the_standard_asks_for(policy: Policy, recipe: Recipe, path: str, address: str) -> None:
    feed = feed_of(revised(policy), replace(recipe, address=address), path)
    assert feed.tag == f"{ATOM}feed"
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    for element in (feed, *entries_of(feed)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert (element.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
        assert DATE.fullmatch(element.findtext(f"{ATOM}updated") or "")
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
    for entry in entries_of(feed):
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == policy.issuer
        [content] = entry.findall(f"{ATOM}content")
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == ["{http://www.w3.org/1999/xhtml}div"]


def test_each_id_stands_once(policy: Policy, recipe: Recipe) -> None:
    feed = feed_of(revised(policy), recipe, "feed.xml")
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 7


def test_the_newest_comes_first_and_tells_what_was_changed(sample: Policy, recipe: Recipe) -> None:
    feed = feed_of(revised(sample), recipe)
    assert [(title, words(entry[-1])) for title, entry in zip(titles(feed), entries_of(feed), strict=True)] == [
        ("review of 07/01/2026", "Reviewed once more"),
        ("correction of 07/01/2026", "Corrects the entry of 01/15/2026 The date was wrong"),
        ("revision in effect from July 1, 2026", f"Added code 97140 {REDLINE}"),
        ("review of 03/2026", "Reviewed, no changes"),
        (
            "revision in effect from January 15, 2026",
            f"Added neck pain Added scars Reason: New evidence {REDLINE}",
        ),
        ("revision in effect from June 1, 2025", "Original publication"),
    ]


def test_a_month_stands_for_its_first_day(sample: Policy, recipe: Recipe) -> None:
    entry = entries_of(feed_of(revised(sample), recipe))[3]
    assert entry.findtext(f"{ATOM}updated") == "2026-03-01T00:00:00Z"


def test_a_feed_is_as_new_as_its_newest_entry(sample: Policy, recipe: Recipe) -> None:
    assert feed_of(revised(sample), recipe).findtext(f"{ATOM}updated") == "2026-07-01T00:00:00Z"


def test_a_policy_that_was_never_published_has_no_news(sample: Policy, recipe: Recipe) -> None:
    feed = feed_of(Shelf(replace(sample, history=HISTORY)), recipe)
    assert not entries_of(feed)
    assert feed.findtext(f"{ATOM}updated") == "2025-06-01T00:00:00Z"


def test_the_working_state_never_appears(sample: Policy, recipe: Recipe) -> None:
    shelf = revised(sample)
    planned = replace(shelf.working, history=(*HISTORY, row("2027-01-01", "A secret", revision="2027-01-01")))
    path = SAMPLE
    made = documents([replace(shelf, working=planned)], recipe)[path]
    assert made == documents([shelf], recipe)[path]
    assert b"working" not in made


def test_a_published_entry_keeps_its_words_while_the_policy_is_edited(write: Write, recipe: Recipe) -> None:
    body = "## A {#a}\n\nText.\n\n## B {#b}\n\nText.\n"
    told = (row("2026-01-15", "Changed {b}", revision="2026-01-15"), row("2026-03", "Reviewed {b}"))
    shelf = revised(write(body, status="published"))
    feeds = [
        documents([replace(shelf, working=replace(working, history=told))], recipe)[SAMPLE]
        for working in (shelf.working, write(f"## New {{#new}}\n\nText.\n\n{body}", status="published"))
    ]
    assert b"Changed II" in feeds[0]
    assert feeds[0] == feeds[1]


@pytest.mark.parametrize(
    "update", ["> 5 visits; 3 * 4 = 12", "2025. Reviewed", "2023. The first", "a | b", "<A and >B, <b>c</b>"]
)
def test_an_entry_says_every_word_of_its_row(sample: Policy, recipe: Recipe, update: str) -> None:
    shelf = revised(sample)
    working = replace(shelf.working, history=(row("2026-01-15", update, revision="2026-01-15"),))
    entries = entries_of(feed_of(replace(shelf, working=working), recipe))
    assert f"{update} {REDLINE}" in [words(entry[-1]) for entry in entries]


def test_what_was_told_keeps_its_id_when_more_is_told(sample: Policy, recipe: Recipe) -> None:
    shelf = revised(sample)
    before = replace(shelf.working, history=HISTORY[:4])
    ids = {entry.findtext(f"{ATOM}id") for entry in entries_of(feed_of(Shelf(before, shelf.revisions[:2]), recipe))}
    assert ids < {entry.findtext(f"{ATOM}id") for entry in entries_of(feed_of(shelf, recipe))}


def test_an_entry_has_the_same_id_in_both_feeds(sample: Policy, recipe: Recipe) -> None:
    ids = [
        [entry.findtext(f"{ATOM}id") for entry in entries_of(feed_of(revised(sample), recipe, path))]
        for path in (SAMPLE, "feed.xml")
    ]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("path", [SAMPLE, "feed.xml"])
@pytest.mark.parametrize("address", ["", "https://policies.example.gov/cdi"])
def test_every_link_leads_to_a_document(sample: Policy, recipe: Recipe, path: str, address: str) -> None:
    made = documents([revised(sample)], replace(recipe, address=address))
    here = address or "file:///docs"
    feed = ElementTree.fromstring(made[path])
    links = [link.attrib["href"] for name in (f"{ATOM}link", f"{XHTML}a") for link in feed.iter(name)]
    if address:
        assert all(link.startswith(f"{address}/") for link in links)
    targets = [urljoin(f"{here}/{path}", link).removeprefix(f"{here}/") for link in links]
    assert set(targets) <= set(made)
    assert {path, *(f"cdi/00099-sample-therapy/2026-01-15/{name}.html" for name in ("index", "redline"))} <= set(
        targets
    )


def test_a_review_leads_to_the_revision_that_it_found_in_effect(sample: Policy, recipe: Recipe) -> None:
    review = entries_of(feed_of(revised(sample), recipe))[3]
    link = review.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"].endswith("/2026-01-15/index.html")


def test_the_end_of_a_policy_is_told(sample: Policy, recipe: Recipe) -> None:
    assert "retired from July 1, 2026" in titles(feed_of(revised(sample, newest=Status.RETIRED), recipe))


@pytest.mark.parametrize(
    "hostile", ["</title><script>alert(1)</script>", "]]>&amp;<!--", "{{ 7 * 7 }}", "&nbsp;\x08\x0b\ufffe", "a\ud800b"]
)
def test_no_word_of_a_policy_is_markup(sample: Policy, recipe: Recipe, hostile: str) -> None:
    working = replace(sample, history=(row("2026-01-15", hostile, revision="2026-01-15", reason=hostile),))
    named = [replace(state, title=hostile, issuer=hostile) for state in revised(sample).revisions[:2]]
    site = {"root": "", "address": "", "outputs": recipe.outputs}
    text = recipe.render("templates/feed.xml", {**context(Shelf(working, tuple(named))), **site})
    feed = ElementTree.fromstring(text.encode())
    kept = {element.tag.rpartition("}")[2] for element in feed.iter()}
    assert kept == {
        "feed",
        "id",
        "title",
        "updated",
        "author",
        "name",
        "link",
        "entry",
        "content",
        "div",
        "ul",
        "li",
        "p",
        "a",
    }


def context(shelf: Shelf) -> dict[str, object]:
    return {"feed": lambda: policy_feed(shelf, "", revision_folder)}


def test_a_library_without_policies_has_a_feed(recipe: Recipe) -> None:
    feed = ElementTree.fromstring(documents([], recipe)["feed.xml"])
    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
