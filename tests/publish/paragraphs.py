"""The words of a document, paragraph by paragraph, from its HTML and from the text that was extracted.

A paragraph is one line in both: a list item with its depth, a table row with tabs between its cells, `**` and `*`
around what is stressed. Headings are compared by their words alone, for the extracted text lost their levels.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_MARKS = {"strong": "**", "em": "*"}
_TEXT = {"p", "h1", "h2", "h3", "h4", "li"}
_ASIDE = {"label", "citation"}
"""What the page adds to the words: the labels of items, which the published text has not, and how to cite a clause."""


def of_html(page: str) -> list[str]:
    """The paragraphs of the article of a page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.paragraphs


def of_extraction(text: str) -> list[str]:
    """The paragraphs of the text as it was extracted."""
    found = []
    for line in text.split("\n"):
        heading = re.sub(r"^#+ ", "", line.rstrip())
        if heading != line.rstrip() or re.fullmatch(r"\*\*[^*]+\*\*", heading):
            heading = heading.replace("**", "")
        if heading.strip():
            found.append(re.sub(r"<(https?:[^>]+)>", r"\1", heading))
    return found


class _Reader(HTMLParser):
    """Collects the paragraphs of what stands in `<article>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self._inside = False
        self._depth = 0
        self._start = ""
        self._text: str | None = None
        self._row: list[str] | None = None
        self._aside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._aside or tag == "caption" or dict(attrs).get("class") in _ASIDE:
            self._aside.append(tag)
            return
        match tag:
            case "article":
                self._inside = True
            case "li" if self._row is not None:
                self._add(" • ")
            case "ul" if self._row is None:
                self._end()
                self._depth += 1
            case "tr":
                self._row = []
            case "th" | "td":
                self._text = ""
            case "sup" | "sub":
                self._add(f"<{tag}>")
            case "br":
                self._add("\n")
            case _ if tag in _MARKS:
                self._add(_MARKS[tag])
            case _ if tag in _TEXT and self._inside:
                self._start = "  " * (self._depth - 1) + "- " if tag == "li" else ""
                self._text = ""

    def handle_endtag(self, tag: str) -> None:
        if self._aside:
            assert self._aside.pop() == tag
            return
        match tag:
            case "article":
                self._inside = False
            case "li" if self._row is not None:
                pass
            case "ul" if self._row is None:
                self._depth -= 1
            case "tr":
                assert self._row is not None
                self.paragraphs.append("\t".join(self._row))
                self._row = None
            case "th" | "td":
                assert self._row is not None
                self._row.append(" ".join((self._text or "").split()))
                self._text = None
            case "sup" | "sub":
                self._add(f"</{tag}>")
            case _ if tag in _MARKS:
                self._add(_MARKS[tag])
            case _ if tag in _TEXT:
                self._end()

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        if self._aside:
            return
        if self._text is not None:
            self._text += text
        else:
            assert not self._inside or not text.strip(), f"words outside a paragraph: {text!r}"

    def _end(self) -> None:
        if self._text is not None and self._text.strip():
            self.paragraphs.append(self._start + " ".join(self._text.split()))
        self._text = None
