"""The words of a document are the same in every format."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PageObject, PdfReader
from pypdf.generic import DecodedStreamObject, NameObject

from cdispec.model.history import HistoryRow
from cdispec.model.inlines import Text, plain_of, plain_words
from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.formats.html import html
from cdispec.publish.formats.markdown import markdown
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from cdispec.publish.words.document import anchors
from cdispec.publish.words.markdown import Reader
from cdispec.publish.words.tree import Cell, Row, Table
from cdispec.source import Place
from tests.family.libraries import other_family
from tests.publish.conftest import Write
from tests.publish.shelves import rewritten

EVERY_KIND = """\
Before the first section: 3 * 4 * 5, a_b_c, [x], 5 < 6 & 7 > 6, "quoted" 'text' -- and --- so on... $5 to $6,
#1 @you ~~no~~.

## All *kinds* of words {#kinds}

**Strong**, *stressed*, `code with *stars*`, CPT<sup>®</sup>, H<sub>2</sub>O, <abbr title="Example">EX</abbr>,
a line<br>break, [a link](https://a.example/(x)), <https://b.example>, bare https://c.example/d, doi:10.1000/xyz,
{kinds}, \\{kinds}, 12345 and a defined term.

- one
- two

  with a paragraph
  1. nested
  2. list

3. three
4. four

> Quoted words
> of somebody

~~~criteria
request: initial
outcome: medically necessary
all:
  - fact: pain
    text: 'Pain, "severe" (see {kinds}); 1. not a list; #"; [x]'
    note: ["- a note", "# another"]
  - any: [{fact: swelling, text: Swelling}, {fact: other-sign, text: "Another | sign \\\\ here"}]
~~~

## Definitions {#definitions}

| Term | Definition |
|---|---|
| Defined term (DT) | A term \\| with a bar |

## Codes {#codes}

| Code | Description |
|---|---|
| 12345 | Something, [linked](#kinds) |

## History {#history}

| Review Date | Summary |
|---|---|
| MM/DD/YYYY | • |
"""


class _Words(HTMLParser):
    """The words of a page: without what it adds for finding and citing clauses."""

    def __init__(self, aside: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._aside_names, self._aside = aside, 0
        self._numbers: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._numbers.append(int(dict(attrs).get("start") or 1) if tag == "ol" else None)
        if tag in ("p", "li", "td", "th", "br", "h1", "h2", "h3", "h4", "h5", "h6", "pre"):
            self.text.append(" ")
        if tag == "li" and (number := self._numbers[-1]) is not None:
            self.text.append(f"{number}. ")
            self._numbers[-1] = number + 1
        if tag != "br" and (self._aside or tag in self._aside_names or dict(attrs).get("class") in self._aside_names):
            self._aside += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._numbers.pop()
        self._aside = max(self._aside - 1, 0)

    def handle_data(self, data: str) -> None:
        if not self._aside:
            self.text.append(data)


def words_of_html(page: str) -> list[str]:
    """The words of the article, with the labels of its items."""
    article = page[page.index("<article>") : page.index("</article>")]
    headings = re.sub(r'<a class="label".*?</a></h', "</h", article)
    reader = _Words({"citation", "caption"})
    reader.feed(headings)
    return _plain("".join(reader.text))


def words_of_markdown(markdown: str) -> list[str]:
    """The words below the banners, as a reader of Markdown shows them."""
    return words_shown(re.sub(r"^(<blockquote>.*?</blockquote>\s*)+", "", rendered(markdown), flags=re.DOTALL))


def rendered(markdown: str) -> str:
    """Markdown as a forge shows it."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


def words_shown(page: str) -> list[str]:
    """The words of a piece of HTML, with the numbers of its lists."""
    reader = _Words({"aside"})
    reader.feed(page)
    return _plain("".join(reader.text))


def text_of_pdf(pdf: bytes, first: str) -> str:
    """The words of every page without spaces, for lines may break within an address.

    What the file marks as an artifact of the pages, such as running headers and repeated heads of tables, is left out.
    So are the notes before the document, which say what state of the policy it is.
    """
    pages = PdfReader(BytesIO(pdf)).pages
    text = "".join(_plain(" ".join(_without_artifacts(page).extract_text() for page in pages)))
    return text[text.index("".join(first.split())) :]


def _without_artifacts(page: PageObject) -> PageObject:
    contents = page.get_contents()
    assert contents is not None
    stream = DecodedStreamObject()
    stream.set_data(re.sub(rb"/Artifact\b[^\n]*\bB[DM]C\n.*?\sEMC\b", b"", contents.get_data(), flags=re.DOTALL))
    page[NameObject("/Contents")] = stream
    return page


def _plain(text: str) -> list[str]:
    return text.replace("•", " ").split()


def formats(policy: Policy, recipe: Recipe) -> tuple[list[str], list[str], str]:
    made = documents([Shelf(policy)], recipe)
    folder = f"{policy.pages}working"
    return (
        words_of_html(made[f"{folder}/index.html"].decode()),
        words_of_markdown(made[f"{folder}/policy.md"].decode()),
        text_of_pdf(made[f"{folder}/policy.pdf"], policy.issuer),
    )


@pytest.fixture(scope="module", params=["00036", "every kind of words", "another family"])
def printed(
    request: pytest.FixtureRequest, policy: Policy, whole_recipe: Recipe, write: Write
) -> tuple[list[str], list[str], str]:
    """The words of HTML, Markdown and PDF."""
    if request.param == "00036":
        return formats(policy, whole_recipe)
    if request.param == "another family":
        return formats(other_family(), whole_recipe)
    rows = (HistoryRow("2026-01", ("A | row", "and *more*"), "2026-01-15", "A reason", "", Place("history.yaml")),)
    return formats(write(EVERY_KIND, history=rows), whole_recipe)


def test_markdown_says_what_html_says(printed: tuple[list[str], list[str], str]) -> None:
    html, markdown, _ = printed
    assert markdown == html


def test_pdf_says_what_html_says(printed: tuple[list[str], list[str], str]) -> None:
    html, _, pdf = printed
    assert pdf == "".join(html)


def test_the_words_of_a_redline_are_the_same_in_html_and_pdf(whole_recipe: Recipe) -> None:
    made = documents([rewritten()], whole_recipe)
    for revision in ("2026-01-15", "2026-07-01"):
        folder = f"cdi/00099-sample-therapy/{revision}"
        html = words_of_html(made[f"{folder}/redline.html"].decode())
        pdf = text_of_pdf(made[f"{folder}/redline.pdf"], "An Office")
        assert "[added:" in html
        assert pdf == "".join(html)


def test_what_a_redline_tells_beside_the_words_is_the_same_in_html_and_pdf(whole_recipe: Recipe) -> None:
    made = documents([rewritten()], whole_recipe)
    folder = "cdi/00099-sample-therapy/2026-01-15"
    page = made[f"{folder}/redline.html"].decode()
    told = page[page.index('<section aria-labelledby="_said">') : page.index('<section aria-labelledby="_words">')]
    html = "".join(words_shown(re.sub("<caption>.*?</caption>", "", told)))
    first = "What its authors say"
    pdf = text_of_pdf(made[f"{folder}/redline.pdf"], first)
    assert pdf[: pdf.index("Thewords")] == html


MARKS = st.sampled_from(
    [
        *(
            "*",
            "**",
            "***",
            "_",
            "__",
            "`",
            "``",
            "[",
            "]",
            "](https://a.example/b|c)",
            "](#kinds)",
            "|",
            "\\",
            "!",
            "<",
            ">",
            "&",
        ),
        *(
            "<sup>",
            "</sup>",
            "<sub>",
            "</sub>",
            "<abbr>",
            '<abbr title="Long">',
            "</abbr>",
            "<br>",
            "<b>",
            "</b>",
            "<!--",
        ),
        *(
            "{",
            "}",
            "{kinds}",
            "{nowhere}",
            "https://b.example/x_y*z|",
            "<https://c.example>",
            "doi:10.1000/(a)|b",
            "~",
            "~~",
        ),
        *("&amp;", "&lt;b>", "&#32;", "&#9;", "&#10;", "&copy;", "#", "$", "=", "-", "+", "12345", "defined term", "."),
        *("a", "b", "word", " ", " ", "\n", "—", "é", "α", "(", ")", '"'),
    ]
)
STARTS = st.sampled_from(
    ["", "> ", "1. ", "23) ", "# ", "- ", "+ ", "* ", "~~~", "```", "---", "===", ":-:", "|---|", "    "]
)
MARKDOWN = st.builds(lambda start, marks: start + "".join(marks), STARTS, st.lists(MARKS | STARTS, max_size=14))
"""What Markdown of a policy may mark, and what only looks as if it did."""

SAMPLES = [
    "`a|b`",
    "[a \\] b](https://a.example)",
    "_a_*b*__c__",
    "**a _b_ *c***",
    "a*https://b.example*c",
    "*&#32;a*",
    "[<https://a.example>](https://b.example)",
    "[#a](#a)",
    "<br>\n**a**",
    "a | b\n:-:",
    "x\n&#32;* a",
    "`a`<abbr></abbr>`b`",
    "[a](https://a.example/?x=&amp;copy;)",
    "a<abbr> b</abbr>",
]


@pytest.fixture(scope="module")
def reader(write: Write) -> Reader:
    """Reads the texts of a policy with a term, a code and clauses that they can mention."""
    policy = write(EVERY_KIND)
    return Reader(policy, anchors(policy))


@pytest.fixture(scope="module")
def plain(write: Write) -> Callable[[str], str]:
    """The plain words of that policy's texts."""
    policy = write(EVERY_KIND)
    return lambda text: plain_words(policy, text)


def of_samples(test: Callable[..., None]) -> Callable[..., None]:
    """The test with each sample, and with whatever else Markdown may hold."""
    for sample in SAMPLES:
        test = example(text=sample)(test)
    return given(text=MARKDOWN)(test)


@of_samples
def test_plain_words_are_those_that_documents_print(reader: Reader, plain: Callable[[str], str], text: str) -> None:
    assert plain(text) == plain_of(reader.inlines(text)) == plain_of(reader.inlines(text, False))


@of_samples
def test_a_paragraph_says_the_same_in_every_format(reader: Reader, text: str) -> None:
    inlines = reader.inlines(text)
    printed = plain_of(inlines).split()
    assert words_shown(f"<p>{html(inlines)}</p>") == printed
    assert words_of_markdown(markdown(inlines)) == printed
    assert "<blockquote>" not in rendered(markdown(inlines))


@of_samples
def test_a_cell_says_the_same_in_every_format(reader: Reader, text: str) -> None:
    inlines = reader.inlines(text)
    name, last = Cell(((Text("name"),),)), Cell(((Text("last"),),))
    table = Table("", (name, name, last), (Row("", (name, Cell((inlines, inlines), listed=True), last)),))
    words = ["name", "name", "last", "name", *plain_of(inlines).split() * 2, "last"]
    assert words_shown(re.sub("<caption>.*?</caption>", "", str(html(table)))) == words
    assert words_of_markdown(markdown(table)) == words
