"""The redline: the printed words of two states as one document, with what was removed and added marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cdispec.model.inlines import Abbreviation, Break, Code, CrossReference, Mark, Marked, Mention, Text
from cdispec.model.policy import Policy
from cdispec.publish.build import documents
from cdispec.publish.formats.html import html
from cdispec.publish.formats.markdown import markdown
from cdispec.publish.recipe import Recipe
from cdispec.publish.words.document import anchors, document_of
from cdispec.publish.words.markdown import Reader
from cdispec.publish.words.redline import redlined
from cdispec.publish.words.rewording import reworded
from cdispec.publish.words.tree import Document, Preformatted
from tests.publish.conftest import Write
from tests.publish.shelves import rewritten
from tests.publish.test_parity import EVERY_KIND, MARKDOWN, words_of_markdown, words_shown

ITEMS = """\
## Indications {{#indications}}

~~~criteria
request: initial
outcome: medically necessary
any:
{items}
~~~

See {{pain}}.
"""
PAIN = "  - {fact: pain, text: Pain of any kind}"
SWELLING = "  - {fact: swelling, text: Swelling}"
OTHER = "  - {fact: other-sign, text: Another sign}"


@pytest.fixture(scope="module")
def reader(write: Write) -> Reader:
    """Reads the texts of a policy with a term, a code and clauses that they can mention."""
    policy = write(EVERY_KIND)
    return Reader(policy, anchors(policy))


def seen(page: object) -> str:
    """HTML as it is seen: without the words for those who cannot see the marks."""
    return re.sub('<span class="hidden">.*?</span>', "", str(page))


def between(before: Policy, after: Policy, recipe: Recipe) -> str:
    """The printed words of the redline of two states."""
    return "\n".join(printed(redlined(document_of(before), document_of(after)), recipe))


def printed(document: Document, recipe: Recipe) -> list[str]:
    """A line for each piece that is printed, with its labels."""
    template = recipe.templates.from_string(
        '{% import "templates/document.html" as print with context %}{{ print.sections(redline.parts) }}'
    )
    page = template.render(redline=document, policy=None, standing=None)
    shown = re.sub(
        r"</?(?:section|ul|table|thead|tbody|div|caption)\b[^>]*>|<a[^>]*>|</a>|</?span[^>]*>", "", seen(page)
    )
    lines = (re.sub(r"</?(?:li|p|h\d|tr|t[dh])\b[^>]*>", " ", line) for line in shown.split("\n"))
    return [" ".join(line.split()) for line in lines if line.strip()]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("at least 6 weeks", "at least 8 weeks", "at least <del>6</del> <ins>8</ins> weeks"),
        ("some words", "some more words", "some <ins>more</ins> words"),
        ("some more words", "some words", "some <del>more</del> words"),
        ("(one)", "(two)", "(<del>one</del> <ins>two</ins>)"),
        ("one\ntwo", "one two", "one two"),
        ("ALL of these", "**ALL** of these", "<strong>ALL</strong> of these"),
        (
            "**ALL** of these",
            "**ANY** of these",
            "<del><strong>ALL</strong></del> <ins><strong>ANY</strong></ins> of these",
        ),
        ("one *two three*", "one *two four*", "one <em>two </em><del><em>three</em></del> <ins><em>four</em></ins>"),
        ("see [this](https://a.example)", "see", 'see <del><a href="https://a.example">this</a></del>'),
        (
            "[this](https://a.example)",
            "[this](https://b.example)",
            '<del><a href="https://a.example">this</a></del> <ins><a href="https://b.example">this</a></ins>',
        ),
        ("see {kinds}", "see nothing", "see <del>I</del> <ins>nothing</ins>"),
        ("a defined term", "a term", "a <del>defined</del> term"),
        ("12345 it is", "code it is", "<del>12345</del> <ins>code</ins> it is"),
        ("one<br>two", "one two", "one two"),
        ("", "all new", "<ins>all new</ins>"),
    ],
)
def test_words_are_marked_in_the_form_that_they_have(reader: Reader, before: str, after: str, shown: str) -> None:
    page = seen(html(reworded(reader.inlines(before), reader.inlines(after))))
    assert " ".join(re.sub(r'<a class="mention"[^>]*>(.*?)</a>', r"\1", page).split()) == shown


def test_those_who_cannot_see_the_marks_are_told_where_they_begin_and_end() -> None:
    page = str(html(reworded((Text("six weeks"),), (Text("eight weeks"),))))
    assert re.sub("<[^>]+>", "", page) == "[removed: six] [added: eight] weeks"


@example(before="*", after="*> *")
@given(before=MARKDOWN, after=MARKDOWN)
def test_a_line_holds_the_words_of_both_states(reader: Reader, before: str, after: str) -> None:
    was, now = reader.inlines(before), reader.inlines(after)
    merged = reworded(was, now)
    assert "".join(words(merged, Mark.INSERTED)) == "".join(words(was))
    assert "".join(words(merged, Mark.DELETED)) == "".join(words(now))


@given(before=MARKDOWN, after=MARKDOWN)
def test_a_line_says_the_same_in_every_format(reader: Reader, before: str, after: str) -> None:
    merged = reworded(reader.inlines(before), reader.inlines(after))
    shown = words_shown(f"<p>{seen(html(merged))}</p>")
    assert words_of_markdown(markdown(merged)) == shown == "".join(_spaced(merged)).split()


@given(text=MARKDOWN)
def test_a_line_that_did_not_change_has_no_marks(reader: Reader, text: str) -> None:
    assert not re.search("<(ins|del)>", str(html(reworded(reader.inlines(text), reader.inlines(text)))))


def test_nothing_that_was_removed_leads_into_the_document(reader: Reader) -> None:
    before = reader.inlines("**see {kinds}, a *defined term* and [kinds](#kinds)**, 12345")
    assert "href" not in html(reworded(before, ()))


def test_an_item_that_was_removed_stands_where_it_stood(write: Write, recipe: Recipe) -> None:
    before = write(ITEMS.format(items="\n".join([PAIN, SWELLING, OTHER])))
    after = write(ITEMS.format(items="\n".join([PAIN, OTHER])))
    assert between(before, after, recipe).split("\n")[1:] == [
        "I.1 Pain of any kind",
        "<del>I.2</del> <del>Swelling</del>",
        "<del>I.3</del> <ins>I.2</ins> Another sign",
        "See I.1.",
    ]


def test_an_item_that_moved_in_its_list_keeps_its_words_and_shows_both_labels(write: Write, recipe: Recipe) -> None:
    before = write(ITEMS.format(items="\n".join([PAIN, SWELLING])))
    after = write(ITEMS.format(items="\n".join([SWELLING, PAIN.replace("any", "each")])))
    assert between(before, after, recipe).split("\n")[1:] == [
        "<del>I.2</del> <ins>I.1</ins> Swelling",
        "<del>I.1</del> <ins>I.2</ins> Pain of <del>any</del> <ins>each</ins> kind",
        "See <del>I.1</del> <ins>I.2</ins>.",
    ]


def test_an_item_of_another_id_is_another_item_whatever_it_says(write: Write, recipe: Recipe) -> None:
    before = write(ITEMS.format(items="  - {id: one, fact: pain, text: Pain of any kind}\n" + OTHER))
    after = write(ITEMS.format(items="  - {id: two, fact: pain, text: Pain of any kind}\n" + OTHER))
    assert between(before, after, recipe).split("\n")[1:3] == [
        "<del>I.1</del> <del>Pain of any kind</del>",
        "<ins>I.1</ins> <ins>Pain of any kind</ins>",
    ]


def test_a_section_is_found_by_its_id_though_it_was_renumbered_and_renamed(write: Write, recipe: Recipe) -> None:
    before = write("## Gone {#gone}\n\nOld text.\n\n## Some title {#kept}\n\nText.\n")
    after = write("## Other title {#kept}\n\nText.\n\n## New {#new}\n\nNew text.\n")
    assert between(before, after, recipe).split("\n") == [
        "<del>I.</del> <del>Gone</del>",
        "<del>Old text.</del>",
        "<del>II.</del> <ins>I.</ins> <del>Some</del> <ins>Other</ins> title <del>II</del> <ins>I</ins>",
        "Unchanged",
        "<ins>II.</ins> <ins>New</ins> <ins>II</ins>",
        "<ins>New text.</ins>",
    ]


def test_rows_are_found_by_their_first_cell_and_columns_by_their_head(write: Write, recipe: Recipe) -> None:
    before = write("## Codes {#codes}\n\n| Code | Text |\n|---|---|\n| A | one thing |\n| B | two |\n| C | three |\n")
    after = write(
        "## Codes {#codes}\n\n| Code | Since | Text |\n|---|---|---|\n| C | 2026 | three |\n| A | 2025 | one |\n"
    )
    assert between(before, after, recipe).split("\n")[2:] == [
        "Code <ins>Since</ins> Text",
        "C <ins>2026</ins> three",
        "A <ins>2025</ins> one <del>thing</del>",
        "<del>B</del> <del>two</del>",
    ]


def test_where_numbers_of_a_list_have_changed_both_can_be_read(write: Write, recipe: Recipe) -> None:
    before = write("## A {#a}\n\n1. one thing\n2. another matter\n3. something else\n")
    after = write("## A {#a}\n\n1. one thing\n2. something else\n3. quite new\n")
    assert between(before, after, recipe).split("\n")[1:] == [
        "1. one thing",
        "<del>2.</del> <del>another matter</del>",
        "<del>3.</del> <ins>2.</ins> something else",
        "<ins>3.</ins> <ins>quite new</ins>",
    ]


def test_a_numbered_list_that_only_grew_counts_for_itself(write: Write) -> None:
    before, after = (write(f"## A {{#a}}\n\n1. one thing\n{more}") for more in ("", "2. another matter\n"))
    merged = redlined(document_of(before), document_of(after)).parts[0].content[0]
    assert seen(html(merged)) == "<ol>\n<li>one thing</li>\n<li><ins>another matter</ins></li>\n</ol>"  # type: ignore[arg-type]


def test_a_paragraph_that_was_rewritten_is_another_one(write: Write, recipe: Recipe) -> None:
    before = write("## A {#a}\n\nFirst words.\n\nWhat nobody needs to know any more.\n\nLast words.\n")
    after = write("## A {#a}\n\nFirst words.\n\nThis replaces all of it, entirely.\n\nLast words indeed.\n")
    assert between(before, after, recipe).split("\n")[1:] == [
        "First words.",
        "<del>What nobody needs to know any more.</del>",
        "<ins>This replaces all of it, entirely.</ins>",
        "Last words <ins>indeed</ins>.",
    ]


PIECES = [
    "One paragraph with **words**.",
    "Another one, quite different, see {a}.",
    "- a point\n- a second point",
    "1. first\n2. second",
    "> Quoted words",
    "    lines\n      as they stand",
    "| Head | Text |\n|---|---|\n| Row | of a table |\n| Other | row |",
    "One paragraph with more **words** and a defined term.",
    "* * *",
]
CHOSEN = st.lists(st.booleans(), min_size=len(PIECES), max_size=len(PIECES))


@given(before=CHOSEN, after=CHOSEN)
def test_a_document_holds_the_words_of_both_states(write: Write, before: list[bool], after: list[bool]) -> None:
    states = []
    for chosen in (before, after):
        body = "\n\n".join(piece for piece, stands in zip(PIECES, chosen, strict=True) if stands)
        states.append(document_of(write(f"## A {{#a}}\n\n{body}\n\n## B {{#b}}\n\n{PIECES[0]}\n")))
    merged = redlined(*states)
    for state, mark in zip(states, (Mark.INSERTED, Mark.DELETED), strict=True):
        # Numbers of a list that changed are words of the redline.
        held = re.sub(r"\d\.", "", "".join(words([part.content for part in merged.parts], mark)))
        assert Counter(held) == Counter("".join(words([part.content for part in state.parts])))


def test_a_document_against_itself_has_no_marks(policy: Policy) -> None:
    document = document_of(policy)
    merged = redlined(document, document)
    assert list(words(merged)) == list(words(document))
    assert "INSERTED" not in repr(merged)
    assert "DELETED" not in repr(merged)


def test_a_page_has_no_place_twice_and_every_link_within_it_arrives(recipe: Recipe) -> None:
    page = documents([rewritten()], recipe)["cdi/00099-sample-therapy/2026-01-15/redline.html"].decode()
    places = re.findall(r' id="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)
    assert {"removed.weeks", "removed.old-words", "removed.definition.rest"} <= set(places)


def test_a_page_tells_what_changed_of_the_head_too(recipe: Recipe) -> None:
    page = seen(documents([rewritten()], recipe)["cdi/00099-sample-therapy/2026-01-15/redline.html"].decode())
    assert '<p class="title">Sample Therapy<ins>, Revised</ins></p>' in page
    assert "Last Review Date: <del>June 1, 2025</del> <ins>January 15, 2026</ins>" in page


def words(piece: object, without: Mark | None = None) -> Iterator[str]:
    """The words of a piece of the tree, without the spaces around them and those of a mark."""
    match piece:
        case Marked(mark, _) if mark is without:
            pass
        case Text(word) | Code(word) | Mention(word, _) | Abbreviation(word, _) | CrossReference(word, _):
            yield "".join(word.split())
        case Preformatted(word):
            yield "".join(word.split())
        case tuple() | list():
            for inner in piece:
                yield from words(inner, without)
        case _ if is_dataclass(piece):
            for field in fields(piece):
                yield from words(getattr(piece, field.name), without)
        case _:
            pass


def _spaced(inlines: object) -> Iterator[str]:
    match inlines:
        case Text(word) | Code(word) | Mention(word, _) | Abbreviation(word, _) | CrossReference(word, _):
            yield word
        case Break():
            yield " "
        case tuple():
            for inner in inlines:
                yield from _spaced(inner)
        case _ if is_dataclass(inlines):
            yield from _spaced(getattr(inlines, "of"))  # noqa: B009 - every mark around words has them
