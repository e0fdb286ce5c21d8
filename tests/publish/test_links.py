"""Every link within the site arrives: at a document, and where it names a place in it, at that place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from tests.publish.shelves import revised

HERE = "file:///docs/"


class Page(HTMLParser):
    """The places of a page and what it links to or loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"href", "src", "data-index"}:
                self.links.append(value or "")


@pytest.fixture(scope="module")
def made(policy: Policy, whole_recipe: Recipe) -> dict[str, bytes]:
    shelf = revised(policy)
    other = Shelf(shelf.working, shelf.revisions[1:])
    return documents([other], whole_recipe)


@pytest.fixture(scope="module")
def pages(made: dict[str, bytes]) -> dict[str, Page]:
    return {path: Page(content.decode()) for path, content in made.items() if path.endswith(".html")}


def broken(pages: dict[str, Page], made: dict[str, bytes]) -> Iterator[str]:
    for path, page in pages.items():
        for link in page.links:
            target = urlsplit(urljoin(f"{HERE}{path}", link))
            if target.scheme != "file":
                continue
            document = unquote(target.path).removeprefix("/docs/")
            place = unquote(target.fragment)
            if document not in made or (place and place not in pages[document].ids):
                yield f"{path}: {link}"


def test_every_link_within_the_site_arrives(pages: dict[str, Page], made: dict[str, bytes]) -> None:
    assert list(broken(pages, made)) == []


def test_a_link_that_leads_nowhere_is_seen() -> None:
    pages = {"a.html": Page('<p id="x"><a href="#x"></a><a href="#y"></a><a href="b.html"></a>')}
    assert list(broken(pages, {"a.html": b""})) == ["a.html: #y", "a.html: b.html"]


def test_no_place_is_named_twice_on_a_page(pages: dict[str, Page]) -> None:
    twice = {path: [id for id in page.ids if page.ids.count(id) > 1] for path, page in pages.items()}
    assert not any(twice.values()), twice


def test_pages_load_files_of_the_site_alone_and_hold_no_style_or_script(made: dict[str, bytes]) -> None:
    loaded = r'<script src="[\w./-]+\.js" defer></script>|<link rel="stylesheet" href="[\w./-]+\.css">'
    other = r"<(script|style|img|iframe|object|embed)\b|rel=.stylesheet|<[^>]*\s(src|style|on\w+)="
    for path in (path for path in made if path.endswith(".html")):
        text = made[path].decode()
        assert 'http-equiv="Content-Security-Policy" content="default-src \'none\';' in text
        assert not re.search(other, re.sub(loaded, "", text)), path
