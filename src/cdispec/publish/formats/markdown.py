"""The document tree as Markdown that reads well raw and on any forge; words of a policy stay words there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest
from typing import assert_never

from cdispec.model.inlines import (
    Abbreviation,
    Break,
    Code,
    CrossReference,
    Inline,
    Inlines,
    Link,
    Mark,
    Marked,
    Mention,
    Text,
)
from cdispec.publish.words import tree

_MARKS = re.compile(
    r"[\\`|]"
    r"|(?<! )\*|\*(?! )"  # a star between spaces stresses nothing
    r"|(?<![^\W_])_|_(?![^\W_])"  # nor does a low line within a word
    r"|\[|!(?=\[|$)"  # a link may follow the end of a text
    r"|<(?=[A-Za-z/!?]|$)"
    r"|&(?=#?\w*(?:;|$))"
    r"|~(?=~)"
    r"|\$"  # forges set what stands between two of them as mathematics
    r"|(?<=\s)#(?=#*\s*$)"  # those at the end of a heading are no part of it
)
_OPENS_A_BLOCK = re.compile(
    r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[-+*](?:\s|$)|#{1,6}(?:\s|$)|>|~~~|=+\s*$|:?-+:?\s*$|(?:-[ \t]*)+$))",
    re.MULTILINE,
)
_AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*")
_BESIDE_A_MARK = frozenset(" \n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""Beside any of these a mark may open before every letter and close after it, whatever the words begin or end with."""


def markdown(piece: tree.Block | Inlines) -> str:
    """A block, or the words of a line."""
    return line(piece) if isinstance(piece, tuple) else _block(piece)


def line(inlines: Inlines) -> str:
    """The words of a line or paragraph; what would open a block there stays text."""
    rows = [row for row in (row.strip(" \t") for row in _Line().words(inlines).split("\n")) if row]
    # A tag with a line of its own at the start of a paragraph would be a block.
    between = " " if rows and re.fullmatch(r"(?:</?[a-z]+>)+", rows[0]) else "\n"
    return _OPENS_A_BLOCK.sub(lambda match: f"{match[1] or ''}\\", between.join(rows))


class _Line:
    """Writes what stands in a line. `bar` is what a bar is written as: in a cell a bare one would end it.

    `marks` are those that nothing around them uses; without them HTML marks what is stressed. Where text is `linked`, a
    bracket in it would end the link.
    """

    def __init__(self, bar: str = "|", marks: str = "*_", linked: bool = False) -> None:
        self._bar, self._marks, self._linked = bar, marks, linked

    def words(self, inlines: Inlines) -> str:
        """The words in their form."""
        written = ""
        for inline, next in zip_longest(inlines, inlines[1:]):
            if isinstance(inline, Marked) and inline.mark in (Mark.STRONG, Mark.EMPHASIS):
                written += self._stressed(inline, written[-1:] or " ", self._first(next))
            elif isinstance(inline, Code) and written.endswith("`"):
                written += f"<code>{self._text(inline.text)}</code>"
            else:
                written += self._inline(inline)
        return written

    def _first(self, inline: Inline | None) -> str:
        """The character that follows a mark, where the rest of the line begins with this."""
        match inline:
            case Text(text) | CrossReference(text, _) | Mention(text, _) | Abbreviation(text, _):
                return self._text(text)[:1]
            case None | Marked() | Code() | Break() | Link():
                return " "  # what these begin with may stand beside a mark as well
            case _:
                assert_never(inline)

    def _stressed(self, marked: Marked, before: str, after: str) -> str:
        """Words with a mark that is read as one beside what stands `before` and `after`."""
        for sign in self._marks:
            words = _Line(self._bar, self._marks.replace(sign, ""), self._linked).words(marked.of)
            at_edges = before in _BESIDE_A_MARK and after in _BESIDE_A_MARK
            within = sign == "*" and words[:1].isalnum() and words[-1:].isalnum()
            if words.strip() == words != "" and before != sign and (at_edges or within):
                signs = sign * 2 if marked.mark is Mark.STRONG else sign
                return f"{signs}{words}{signs}"
        return self._inline(marked)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text) | CrossReference(text, _) | Mention(text, _) | Abbreviation(text, _):
                return self._text(text)
            case Marked(mark, of):
                return f"<{mark}>{self.words(of)}</{mark}>"
            case Code(text):
                return self._code(text)
            case Break():
                return "<br>"
            case Link(href, of):
                return self._link(href, of)
            case _:
                assert_never(inline)

    def _text(self, text: str) -> str:
        # Spaces count no more here than on a page; several at the start of a line would open a block.
        spaced = re.sub(r"[ \t]*\n[ \t\n]*", "\n", re.sub(r"[ \t]+", " ", text))
        written = _MARKS.sub(lambda mark: "\\" + mark[0], spaced)
        return written.replace("]", "\\]") if self._linked else written

    def _code(self, text: str) -> str:
        fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        edges = text[:1] + text[-1:]
        space = " " if "`" in edges or (edges == "  " and text.strip()) else ""
        return f"{fence}{space}{text}{space}{fence}".replace("|", self._bar)

    def _link(self, href: str, of: Inlines) -> str:
        if of == (Text(href),) and _AUTOLINK.fullmatch(href):
            return f"<{href}>".replace("|", self._bar)
        target = re.sub(r"[\\<>]|&(?=#?\w+;)", r"\\\g<0>", href)
        if re.search(r"[\s()<>\\]", target):
            target = f"<{target}>"
        target = target.replace("|", self._bar)
        return f"[{_Line(self._bar, self._marks, linked=True).words(of)}]({target})"


def _blocks(blocks: tree.Blocks, tight: bool) -> str:
    return ("\n" if tight else "\n\n").join(_block(block) for block in blocks)


def _block(block: tree.Block) -> str:
    match block:
        case tree.Paragraph(of):
            return line(of)
        case tree.Bullets(items, tight):
            return _items(items, tight, ["-"] * len(items))
        case tree.Numbers(items, tight, start):
            return _items(items, tight, [f"{number}." for number in range(start, start + len(items))])
        case tree.Quotation(of):
            return "\n".join(f"> {row}".rstrip() for row in _blocks(of, tight=False).split("\n"))
        case tree.Preformatted(text):
            fence = "~" * max(3, *(len(run) + 1 for run in [*re.findall("~+", text), ""]))
            return f"{fence}\n{text.removesuffix(chr(10))}\n{fence}"
        case tree.Separator():
            return "* * *"
        case tree.Table():
            return _table(block)
        case _:
            assert_never(block)


def _items(items: Iterable[tree.Blocks], tight: bool, marks: list[str]) -> str:
    written = []
    for mark, item in zip(marks, items, strict=True):
        margin = " " * (len(mark) + 1)
        text = _blocks(item, tight).replace("\n", f"\n{margin}")
        written.append(re.sub(r"(?m)[ \t]+$", "", f"{mark} {text}"))
    return ("\n" if tight else "\n\n").join(written)


def _table(table: tree.Table) -> str:
    head = _row(table.header)
    rows = [_row(row.cells) for row in table.rows]
    return "\n".join([head, "|" + "---|" * len(table.header), *rows])


def _row(cells: tuple[tree.Cell, ...]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(cell: tree.Cell) -> str:
    mark = "• " if cell.listed else ""
    words = _Line(bar="\\|").words
    return "<br>".join(mark + words(line).replace("\n", " ") for line in cell.lines)
