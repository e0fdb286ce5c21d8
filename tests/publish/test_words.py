"""Policy text is data: it cannot run, load, or leave the document unseen."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cdispec.determine.reasons import words
from cdispec.model.inlines import UNMARKED, Link, Text, parser
from cdispec.publish.build import documents
from cdispec.publish.recipe import Recipe
from cdispec.publish.shelf import Shelf
from cdispec.publish.words.document import document_of
from cdispec.publish.words.markdown import Reader
from cdispec.publish.words.tree import Table
from tests.publish.conftest import Write
from tests.publish.paragraphs import of_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=https://evil.example/x.js></script>",
    "<img src=x onerror=alert(1)>",
    '<abbr onmouseover="alert(1)">x</abbr>',
    "<!-- hidden -->",
    "<style>body { display: none }</style>",
    "[press](javascript:alert(1))",
    "[press](java&#115;cript:alert(1))",
    "[press](<javascript:alert(1)>)",
    "[press](data:text/html;base64,PHNjcmlwdD4=)",
    "[press](file:///etc/passwd)",
    "[press](../../secret)",
    "<javascript:alert(1)>",
    "![picture](https://evil.example/x.png)",
    "\\\\<script>alert(1)</script>",
    "\\![picture](https://evil.example/x.png)",
    "[press\\\\](javascript:alert(1))",
    "{{ 7 * 7 }} {% include 'theme.css' %} {# gone #}",
    "{{policy}}",
]
MARKDOWN = parser()
PRINTED = {
    *("article", "header", "section", "h1", "h2", "p", "span", "a", "div", "ul", "li", "abbr"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
BODY = """\
## Hostile {text} {{#hostile}}

{text}

| Name | Text |
|---|---|
| {cell} | {cell} |

~~~criteria
request: initial
outcome: medically necessary
all:
  - fact: pain
    text: {quoted}
    note: {quoted}
~~~
"""


class _Attributes(HTMLParser):
    """Collects the names of all attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update(name for name, _ in attrs)


def attributes(page: str) -> set[str]:
    """The names of all attributes of a page."""
    reader = _Attributes()
    reader.feed(page)
    return reader.found


def built(written: Write, recipe: Recipe, text: str) -> tuple[str, str]:
    quoted = "'" + text.replace("'", "''") + "'"
    policy = written(BODY.format(text=text, cell=text.replace("|", "\\|"), quoted=quoted))
    made = documents([Shelf(policy)], recipe)
    folder = f"cdi/{policy.slug}/{policy.revision}"
    return made[f"{folder}/index.html"].decode(), made[f"{folder}/policy.md"].decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_as_text_on_the_page(written: Write, recipe: Recipe, text: str) -> None:
    page, _ = built(written, recipe, text)
    article = page[page.index("<article>") : page.index("</article>")]
    assert set(re.findall(r"</?([a-zA-Z0-9]+)", article)) <= PRINTED
    assert all(link.startswith(("#", "https://")) for link in re.findall(r'href="([^"]*)"', article))
    assert attributes(article) <= {"id", "class", "href", "scope", "role", "aria-label", "aria-labelledby", "tabindex"}
    *_, heading, paragraph, _, row, item, note = of_html(page)
    assert heading == f"I. Hostile {paragraph}"
    assert row == f"{paragraph}\t{paragraph}"
    assert (item, note) == (f"- {paragraph}", f"  - {paragraph}")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_as_text_in_the_markdown(written: Write, recipe: Recipe, text: str) -> None:
    _, markdown = built(written, recipe, text)
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    html = [token.content for token in (*tokens, *inline) if token.type.startswith("html")]
    assert set(html) <= {"</abbr>"}
    assert not [token for token in inline if token.type == "image"]
    links = [str(token.attrs["href"]) for token in inline if token.type == "link_open"]
    assert all(link.startswith("https://") for link in links)


def test_jinja_syntax_prints_as_it_stands(written: Write, recipe: Recipe) -> None:
    page, markdown = built(written, recipe, "{{ 7 * 7 }} {% raw %} {# gone #}")
    assert "<p>{{ 7 * 7 }} {% raw %} {# gone #}</p>" in page
    assert "\n{{ 7 * 7 }} {% raw %} {# gone #}\n" in markdown


def test_html_on_the_short_list_is_kept(written: Write, recipe: Recipe) -> None:
    text = 'CPT<sup>®</sup>, H<sub>2</sub>O,<br>the <abbr title="Evidence Synthesis Program">ESP</abbr>'
    page, markdown = built(written, recipe, text)
    assert f"<p>{text}</p>" in page
    assert "\nCPT<sup>®</sup>, H<sub>2</sub>O,<br>the ESP\n" in markdown


def test_links_to_the_web_to_mail_and_within_the_document_are_kept(written: Write, recipe: Recipe) -> None:
    text = "[a](https://a.example) [b](mailto:b@b.example) [c](#hostile) <https://d.example>"
    page, markdown = built(written, recipe, text)
    links = ["https://a.example", "mailto:b@b.example", "#hostile", "https://d.example"]
    assert all(f'href="{link}"' in page for link in links)
    assert f"\n{text}\n" in markdown


@pytest.mark.parametrize(
    "text", ["1. one", "2) two", "- dash", "+ plus", "# hash", "> quote", "---", "* * *", "~~~", "```"]
)
def test_an_item_that_looks_like_a_block_prints_as_a_line(written: Write, recipe: Recipe, text: str) -> None:
    item = f"text: '{text}'\n    note: '{text}'"
    policy = written(f"## A {{#a}}\n\n~~~criteria\nall:\n  - fact: pain\n    {item}\n~~~\n")
    made = documents([Shelf(policy)], recipe)
    folder = f"cdi/{policy.slug}/{policy.revision}"
    assert of_html(made[f"{folder}/index.html"].decode())[-2:] == [f"- {text}", f"  - {text}"]
    shown = MarkdownIt("commonmark").render(made[f"{folder}/policy.md"].decode())
    escaped = text.replace(">", "&gt;")
    assert f"<li>I.1 {escaped}\n<ul>\n<li>{escaped}</li>" in shown


def test_front_matter_prints_as_text(written: Write, recipe: Recipe) -> None:
    policy = replace(written("## A {#a}\n\nText.\n"), title="<b>{{ x }}</b> & *more*")
    made = documents([Shelf(policy)], recipe)
    page = made[f"cdi/{policy.slug}/{policy.revision}/index.html"].decode()
    assert "<h1>&lt;b&gt;{{ x }}&lt;/b&gt; &amp; *more*</h1>" in page
    assert "<b>" not in made["index.html"].decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"5 \* 3 \_ **bold** <b>more</b>", "5 * 3 _ bold <b>more</b>"),
        ("an index < 15 and > 5", "an index < 15 and > 5"),
        ("Pain is documented, <A and >B, 5 * 3 = 15", "Pain is documented, <A and >B, 5 * 3 = 15"),
        ("CPT<sup>®</sup> *or* `a*b|{a}`, [see {a}](https://a.example/(b))", "CPT® or a*b|{a}, see I"),
    ],
)
def test_a_determination_explains_in_the_words_that_are_printed(written: Write, text: str, said: str) -> None:
    policy = written(f"## A {{#a}}\n\n~~~criteria\nall:\n  - fact: pain\n    text: '{text}'\n~~~\n")
    assert words(policy.criteria["pain"], policy) == said


@given(
    st.lists(st.sampled_from(["a", " ", "  ", "\n", "\r", "\0", "\t", "\u00a0", *"\\`*_[]<>&{}!#~:.|-$\"'"])).map(
        "".join
    )
)
def test_lines_without_marks_are_read_as_markdown_reads_them(text: str) -> None:
    if UNMARKED.fullmatch(text):
        tokens = MARKDOWN.parseInline(text)[0].children or []
        assert "".join("\n" if token.type == "softbreak" else token.content for token in tokens) == text


@pytest.mark.parametrize("before", ["see-", "x", "(", "_", "1", "a "])
def test_an_address_links_wherever_it_begins(written: Write, before: str) -> None:
    reader = Reader(written("## A {#a}\n\nText.\n"), {})
    found = reader.inlines(f"{before}https://a.example/b.")
    assert found == (Text(before), Link("https://a.example/b", (Text("https://a.example/b"),)), Text("."))


NAMES = ["α-blocker", "β-blocker", "C", "C++", "C#", "C 2", "+", "Ōhashi (term)"]


@pytest.mark.parametrize("section", ["definitions", "codes"])
def test_every_entry_has_an_anchor_of_its_own_that_its_mentions_lead_to(
    written: Write, recipe: Recipe, section: str
) -> None:
    rows = "".join(f"| {name} | Text |\n" for name in NAMES)
    policy = written(f"## A {{#a}}\n\nA β-blocker.\n\n## E {{#{section}}}\n\n| Name | Text |\n|---|---|\n{rows}")
    page = documents([Shelf(policy)], recipe)[f"cdi/{policy.slug}/{policy.revision}/index.html"].decode()
    kind = section.removesuffix("s")
    names = ["α-blocker", "β-blocker", "c", "c-2", "c-3", "c-2-2", "", "ōhashi-term"]
    assert re.findall(rf' id="({kind}\.[^"]*)"', page) == [f"{kind}.{name}" for name in names]
    assert f'<a class="mention" href="#{kind}.β-blocker">β-blocker</a>' in page


def test_entries_of_one_name_have_anchors_of_their_own(written: Write) -> None:
    policy = written("## Codes {#codes}\n\n| Code | Text |\n|---|---|\n| 97110 | Text |\n")
    [section] = policy.sections
    twice = replace(policy, codes=policy.codes * 2, sections=(replace(section, content=section.content * 2),))
    tables = [block for block in document_of(twice).parts[0].content if isinstance(block, Table)]
    assert [row.anchor for table in tables for row in table.rows] == ["code.97110", "code.97110-2"]
