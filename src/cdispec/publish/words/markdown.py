"""Markdown of a policy as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cdispec.model.inlines import Inlines, Nested, inlines_of, nested, parser, plain_words
from cdispec.model.policy import Policy
from cdispec.publish.words import tree
from cdispec.publish.words.mentions import Mentions

_PARAGRAPHS = re.compile(r"(?:[^\W\d_][^\n\r\0]*\S(?:\n{1,2}(?=\S)|$))+")
"""Lines that all begin with a letter, so that nothing stands there but paragraphs. Most prose is so."""


class Reader:
    """Reads the texts of a policy. `anchors` gives for each permanent id where a cross reference leads to."""

    def __init__(self, policy: Policy, anchors: Mapping[str, str]) -> None:
        self._labels, self._anchors = policy.clauses, anchors
        self.mentions = Mentions(policy)

    def blocks(self, markdown: str, caption: str) -> tree.Blocks:
        """Paragraphs, lists and tables; `caption` says what a table among them shows."""
        if _PARAGRAPHS.fullmatch(markdown):
            return tuple(tree.Paragraph(self.inlines(text)) for text in markdown.split("\n\n"))
        return tuple(self._blocks(nested(_BLOCKS.parse(markdown)), caption))

    def inlines(self, text: str, marked: bool = True) -> Inlines:
        """A text within a line. In a title, which stands in tables of contents too, nothing is `marked`."""
        if not marked:
            return inlines_of(text, self._labels, self._anchors)
        seen: set[str] = set()
        return inlines_of(text, self._labels, self._anchors, lambda words: self.mentions.marked(words, seen))

    def _blocks(self, nodes: Sequence[Nested], caption: str) -> Iterator[tree.Block]:
        for token, inside in nodes:
            match token.type:
                case "paragraph_open":
                    yield tree.Paragraph(self.inlines(inside[0][0].content))
                case "bullet_list_open":
                    yield tree.Bullets(self._items(inside, caption), _is_tight(inside))
                case "ordered_list_open":
                    yield tree.Numbers(
                        self._items(inside, caption), _is_tight(inside), int(token.attrGet("start") or 1)
                    )
                case "blockquote_open":
                    yield tree.Quotation(tuple(self._blocks(inside, caption)))
                case "table_open":
                    yield self._table(inside, caption)
                case "fence" | "code_block":
                    yield tree.Preformatted(token.content)
                case "hr":
                    yield tree.Separator()
                case _:
                    raise AssertionError(token.type)

    def _items(self, nodes: Sequence[Nested], caption: str) -> tuple[tree.Blocks, ...]:
        return tuple(tuple(self._blocks(inside, caption)) for _, inside in nodes)

    def _table(self, parts: Sequence[Nested], caption: str) -> tree.Table:
        rows = [self._cells(cells) for _, group in parts for _, cells in group]
        return tree.Table(caption, rows[0], tuple(tree.Row("", cells) for cells in rows[1:]))

    def _cells(self, nodes: Sequence[Nested]) -> tuple[tree.Cell, ...]:
        # The first cell names the row: it may be the very term or code that others lead to.
        return tuple(
            tree.Cell((self.inlines(inside[0][0].content, marked=n > 0),)) for n, (_, inside) in enumerate(nodes)
        )


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
