"""Markdown of a policy as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from cdispec.model.inlines import UNMARKED, Nested, Node, nested, nodes_of, parser, plain_words
from cdispec.model.policy import Policy
from cdispec.publish.words.mentions import Mentions
from cdispec.publish.words.tree import (
    Abbreviation,
    Block,
    Blocks,
    Break,
    Bullets,
    Cell,
    Code,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Lowered,
    Numbers,
    Paragraph,
    Preformatted,
    Quotation,
    Raised,
    Row,
    Separator,
    Strong,
    Table,
    Text,
    words_of,
)

_PARAGRAPHS = re.compile(r"(?:[^\W\d_][^\n\r\0]*\S(?:\n{1,2}(?=\S)|$))+")
"""Lines that all begin with a letter, so that nothing stands there but paragraphs. Most prose is so."""


class Reader:
    """Reads the texts of a policy. `anchors` gives for each permanent id where a cross reference leads to."""

    def __init__(self, policy: Policy, anchors: Mapping[str, str]) -> None:
        self._labels, self._anchors = policy.clauses, anchors
        self.mentions = Mentions(policy)

    def blocks(self, markdown: str, caption: str) -> Blocks:
        """Paragraphs, lists and tables; `caption` says what a table among them shows."""
        if _PARAGRAPHS.fullmatch(markdown):
            return tuple(Paragraph(self.inlines(text)) for text in markdown.split("\n\n"))
        return tuple(self._blocks(nested(_BLOCKS.parse(markdown)), caption))

    def inlines(self, text: str, marked: bool = True) -> Inlines:
        """A text within a line. In a title, which stands in tables of contents too, nothing is `marked`."""
        seen: set[str] | None = set() if marked else None
        if UNMARKED.fullmatch(text):
            return tuple(self._text(text, seen))
        return tuple(self._inlines(nodes_of(text), seen, linked=False))

    def _blocks(self, nodes: Sequence[Nested], caption: str) -> Iterator[Block]:
        for token, inside in nodes:
            match token.type:
                case "paragraph_open":
                    yield Paragraph(self.inlines(inside[0][0].content))
                case "bullet_list_open":
                    yield Bullets(self._items(inside, caption), _is_tight(inside))
                case "ordered_list_open":
                    yield Numbers(self._items(inside, caption), _is_tight(inside), int(token.attrGet("start") or 1))
                case "blockquote_open":
                    yield Quotation(tuple(self._blocks(inside, caption)))
                case "table_open":
                    yield self._table(inside, caption)
                case "fence" | "code_block":
                    yield Preformatted(token.content)
                case "hr":
                    yield Separator()
                case _:
                    raise AssertionError(token.type)

    def _items(self, nodes: Sequence[Nested], caption: str) -> tuple[Blocks, ...]:
        return tuple(tuple(self._blocks(inside, caption)) for _, inside in nodes)

    def _table(self, parts: Sequence[Nested], caption: str) -> Table:
        rows = [self._cells(cells) for _, group in parts for _, cells in group]
        return Table(caption, rows[0], tuple(Row("", cells) for cells in rows[1:]))

    def _cells(self, nodes: Sequence[Nested]) -> tuple[Cell, ...]:
        # The first cell names the row: it may be the very term or code that others lead to.
        return tuple(Cell((self.inlines(inside[0][0].content, marked=n > 0),)) for n, (_, inside) in enumerate(nodes))

    def _inlines(self, nodes: Sequence[Node], seen: set[str] | None, linked: bool) -> Iterator[Inline]:
        """`seen` is what has been marked so far, or None where nothing is; within a link nothing links."""
        words = ""
        for kind, text, inside in nodes:
            if kind == "text":
                words += text
                continue
            yield from self._text(words, seen)
            words = ""
            match kind:
                case "break":
                    yield Break()
                case "code":
                    yield Code(text)
                case "strong":
                    yield Strong(tuple(self._inlines(inside, seen, linked)))
                case "em":
                    yield Emphasis(tuple(self._inlines(inside, seen, linked)))
                case "sup":
                    yield Raised(tuple(self._inlines(inside, seen, linked)))
                case "sub":
                    yield Lowered(tuple(self._inlines(inside, seen, linked)))
                case "abbr":
                    yield Abbreviation(words_of(tuple(self._inlines(inside, None, linked))), text)
                case "link" if linked:
                    yield from self._inlines(inside, None, linked)
                case "link":
                    yield Link(text, tuple(self._inlines(inside, None, linked=True)))
                case "clause":
                    yield from self._reference(text, linked)
                case _:
                    assert_never(kind)
        yield from self._text(words, seen)

    def _text(self, text: str, seen: set[str] | None) -> Iterator[Inline]:
        if seen is not None:
            yield from self.mentions.marked(text, seen)
        elif text:
            yield Text(text)

    def _reference(self, id: str, linked: bool) -> Iterator[Inline]:
        """`{id}` is a cross reference where there is such a clause, and text where there is none."""
        if id in self._labels:
            yield CrossReference(self._labels[id], "" if linked else self._anchors[id])
        else:
            yield Text(f"{{{id}}}")


def prose_words(policy: Policy, markdown: str, tables: bool = True) -> str:
    """The words of paragraphs, lists and, if asked for, `tables`, in one line: what is searched, not printed."""
    if _PARAGRAPHS.fullmatch(markdown):
        return " ".join(plain_words(policy, text) for text in markdown.split("\n\n"))
    said = []
    within = 0
    for token in _BLOCKS.parse(markdown):
        if token.type in ("table_open", "table_close"):
            within += token.nesting
        elif within and not tables:
            continue
        elif token.type == "inline":
            said.append(plain_words(policy, token.content))
        elif token.type in ("fence", "code_block"):
            said += token.content.split()
    return " ".join(words for words in said if words)


def _is_tight(items: Sequence[Nested]) -> bool:
    """Markdown hides the paragraphs of a tight list."""
    return any(token.hidden for _, inside in items for token, _ in inside)


_BLOCKS = parser()
# What stands in a block is read by `Reader.inlines`, and as Markdown only where it must be.
_BLOCKS.core.ruler.disable(["inline", "text_join"])
