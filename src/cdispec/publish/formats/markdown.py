"""The document tree as Markdown that reads well raw and on any forge; words of a policy stay words there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

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
    Mention,
    Numbers,
    Paragraph,
    Preformatted,
    Quotation,
    Raised,
    Separator,
    Strong,
    Table,
    Text,
)

_MARKS = re.compile(
    r"[\\`|]"
    r"|(?<!\s)\*|\*(?!\s)"  # a star between spaces stresses nothing
    r"|(?<![^\W_])_|_(?![^\W_])"  # nor does a low line within a word
    r"|\[|!(?=\[|$)"  # a link may follow the end of a text
    r"|<(?=[A-Za-z/!?]|$)"
    r"|&(?=#?\w*(?:;|$))"
    r"|~(?=~)"
    r"|\$"  # forges set what stands between two of them as mathematics
)
_OPENS_A_BLOCK = re.compile(
    r"^(\s*)(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[-+](?:\s|$)|#{1,6}(?:\s|$)|>|~~~|=+\s*$|-{2,}\s*$))", re.MULTILINE
)


def markdown(piece: Block | Inlines) -> str:
    """A block, or the words of a line."""
    return line(piece) if isinstance(piece, tuple) else _block(piece)


def line(inlines: Inlines) -> str:
    """The words of a line or paragraph; what would open a block there stays text."""
    return _OPENS_A_BLOCK.sub(lambda match: f"{match[1]}{match[2] or ''}\\", _words(inlines))


def _words(inlines: Inlines) -> str:
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return _MARKS.sub(lambda mark: "\\" + mark[0], text)
        case Strong(of):
            return f"**{_words(of)}**"
        case Emphasis(of):
            return f"*{_words(of)}*"
        case Raised(of):
            return f"<sup>{_words(of)}</sup>"
        case Lowered(of):
            return f"<sub>{_words(of)}</sub>"
        case Code(text):
            fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
            space = " " if text.startswith("`") or text.endswith("`") else ""
            return f"{fence}{space}{text}{space}{fence}"
        case Break():
            return "<br>"
        case Link(href, of):
            if of == (Text(href),):
                return f"<{href}>"
            target = f"<{href}>" if re.search(r"[\s()]", href) else href
            return f"[{_words(of)}]({target})"
        case CrossReference(text, _) | Mention(text, _):
            return _inline(Text(text))
        case Abbreviation(short, _):
            return _inline(Text(short))
        case _:
            assert_never(inline)


def _blocks(blocks: Blocks, tight: bool) -> str:
    return ("\n" if tight else "\n\n").join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph(of):
            return line(of)
        case Bullets(items, tight):
            return _items(items, tight, ["-"] * len(items))
        case Numbers(items, tight, start):
            return _items(items, tight, [f"{number}." for number in range(start, start + len(items))])
        case Quotation(of):
            return "\n".join(f"> {row}".rstrip() for row in _blocks(of, tight=False).split("\n"))
        case Preformatted(text):
            fence = "~" * max(3, *(len(run) + 1 for run in [*re.findall("~+", text), ""]))
            return f"{fence}\n{text.removesuffix(chr(10))}\n{fence}"
        case Separator():
            return "* * *"
        case Table():
            return _table(block)
        case _:
            assert_never(block)


def _items(items: Iterable[Blocks], tight: bool, marks: list[str]) -> str:
    written = []
    for mark, item in zip(marks, items, strict=True):
        margin = " " * (len(mark) + 1)
        text = _blocks(item, tight).replace("\n", f"\n{margin}")
        written.append(re.sub(r"(?m)[ \t]+$", "", f"{mark} {text}"))
    return ("\n" if tight else "\n\n").join(written)


def _table(table: Table) -> str:
    head = _row(table.header)
    rows = [_row(row.cells) for row in table.rows]
    return "\n".join([head, "|" + "---|" * len(table.header), *rows])


def _row(cells: tuple[Cell, ...]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(cell: Cell) -> str:
    mark = "• " if cell.listed else ""
    return "<br>".join(mark + _words(line).replace("\n", " ") for line in cell.lines)
