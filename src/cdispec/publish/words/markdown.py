"""Markdown of a policy as a tree, and what it lets through.

Raw HTML is text unless it is on a short list; links lead to the web, to mail or into the document; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from cdispec.model.policy import REFERENCE, Policy
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
    plain_of,
)

_ALLOWED_LINK = re.compile(r"https?://|mailto:|#", re.IGNORECASE)
_PLAIN = re.compile(r"(?!\s)[^\\`*_\[\]<>&{}!\n]*(?<!\s)(?:\n(?!\s)[^\\`*_\[\]<>&{}!\n]+(?<!\s))*")
"""Lines in which Markdown has nothing to mark, as most are; reading them as Markdown takes most of the time."""

_BREAK = re.compile(r"<br ?/?>")
_TAG = re.compile(r"<(sup|sub|abbr)(?: title=\"([^\"<>]*)\")?>")

Nested = tuple[Token, list["Nested"]]
"""A token with those between it and the token that closes it."""


class Reader:
    """Reads the texts of a policy. `anchors` gives for each permanent id where a cross reference leads to."""

    def __init__(self, policy: Policy, anchors: dict[str, str]) -> None:
        self._labels, self._anchors = policy.clauses, anchors
        self._mentions = Mentions(policy)

    def blocks(self, markdown: str, caption: str) -> Blocks:
        """Paragraphs, lists and tables; `caption` says what a table among them shows."""
        return tuple(self._blocks(_nested(_BLOCKS.parse(markdown)), caption))

    def inlines(self, text: str, marked: bool = True) -> Inlines:
        """A text within a line. In a title, which stands in tables of contents too, nothing is `marked`."""
        seen: set[str] | None = set() if marked else None
        if _PLAIN.fullmatch(text):
            return tuple(self._text(text, seen))
        children = _WORDS.parseInline(text)[0].children or []
        return tuple(self._inlines(_nested(children), seen, linked=False))

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

    def _inlines(self, nodes: Sequence[Nested], seen: set[str] | None, linked: bool) -> Iterator[Inline]:
        """`seen` is what has been marked so far, or None where nothing is; within a link nothing links."""
        at, words = 0, ""
        while at < len(nodes):
            token, inside = nodes[at]
            at += 1
            if token.type in ("text", "softbreak"):
                words += token.content or ("\n" if token.type == "softbreak" else "")
                continue
            yield from self._text(words, seen)
            words = ""
            match token.type:
                case "hardbreak":
                    yield Break()
                case "code_inline":
                    yield Code(token.content)
                case "strong_open":
                    yield Strong(tuple(self._inlines(inside, seen, linked)))
                case "em_open":
                    yield Emphasis(tuple(self._inlines(inside, seen, linked)))
                case "link_open":
                    yield Link(str(token.attrGet("href")), tuple(self._inlines(inside, None, linked=True)))
                case "html_inline":
                    end = _end_of(nodes, at)
                    if _BREAK.fullmatch(token.content):
                        yield Break()
                    elif end is None:
                        yield Text(token.content)
                    else:
                        yield self._tagged(token.content, nodes[at:end], seen, linked)
                        at = end + 1
                case "clause":
                    yield from self._reference(token.content, linked)
                case _:
                    raise AssertionError(token.type)
        yield from self._text(words, seen)

    def _text(self, text: str, seen: set[str] | None) -> Iterator[Inline]:
        if seen is not None:
            yield from self._mentions.marked(text, seen)
        elif text:
            yield Text(text)

    def _tagged(self, tag: str, nodes: Sequence[Nested], seen: set[str] | None, linked: bool) -> Inline:
        match = _TAG.fullmatch(tag)
        assert match is not None
        if match[1] == "abbr":
            return Abbreviation(plain_of(tuple(self._inlines(nodes, None, linked))), match[2] or "")
        inside = tuple(self._inlines(nodes, seen, linked))
        return Raised(inside) if match[1] == "sup" else Lowered(inside)

    def _reference(self, id: str, linked: bool) -> Iterator[Inline]:
        """`{id}` is a cross reference where there is such a clause, and text where there is none."""
        if id in self._labels:
            yield CrossReference(self._labels[id], "" if linked else self._anchors[id])
        else:
            yield Text(f"{{{id}}}")


def table_body(markdown: str) -> bool:
    """Whether a text holds a table."""
    return any(token.type == "table_open" for token in _BLOCKS.parse(markdown))


def _nested(tokens: Sequence[Token]) -> list[Nested]:
    top: list[Nested] = []
    levels = [top]
    for token in tokens:
        if token.nesting == -1:
            levels.pop()
            continue
        node: Nested = (token, [])
        levels[-1].append(node)
        if token.nesting == 1:
            levels.append(node[1])
    return top


def _is_tight(items: Sequence[Nested]) -> bool:
    """Markdown hides the paragraphs of a tight list."""
    return any(token.hidden for _, inside in items for token, _ in inside)


def _end_of(nodes: Sequence[Nested], after: int) -> int | None:
    """Where the allowed tag just before `after` is closed among its siblings; None where it is not, or not allowed."""
    opening = _TAG.fullmatch(nodes[after - 1][0].content)
    if opening is None or (opening[2] is not None and opening[1] != "abbr"):
        return None
    closing = f"</{opening[1]}>"
    return next((n for n in range(after, len(nodes)) if nodes[n][0].content == closing), None)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 (the name is markdown-it-py's)
        return _ALLOWED_LINK.match(url) is not None


def _clause(state: StateInline, silent: bool) -> bool:
    match = REFERENCE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("clause", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable("table")
    # A heading is a section; what stands within a list or a quotation cannot be one. An image would be fetched.
    parser.disable(["heading", "lheading", "html_block", "image"])
    parser.inline.ruler.before("link", "clause", _clause)
    return parser


_WORDS = _parser()
_BLOCKS = _parser()
# What stands in a block is read by `Reader.inlines`, and as Markdown only where it must be.
_BLOCKS.core.ruler.disable(["inline", "text_join"])
