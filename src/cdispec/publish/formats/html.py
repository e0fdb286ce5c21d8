"""The document tree as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import assert_never

from markupsafe import Markup

from cdispec.publish.words.tree import (
    ADDED,
    END,
    REMOVED,
    Abbreviation,
    Block,
    Blocks,
    Break,
    Bullets,
    Cell,
    Code,
    CrossReference,
    Deleted,
    Emphasis,
    Inline,
    Inlines,
    Inserted,
    Link,
    Lowered,
    Mention,
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
)

_HIDDEN = '<span class="hidden">'


def html(piece: Block | Inlines, page: str = "") -> Markup:
    """A block, or the words of a line; what leads into the document leads to `page`, where it is not this one."""
    writer = _Writer(page)
    return Markup(writer.words(piece) if isinstance(piece, tuple) else writer.block(piece, tight=False))


class _Writer:
    def __init__(self, page: str) -> None:
        self.page = page

    def words(self, inlines: Inlines) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return escape(text, quote=False)
            case Strong(of):
                return f"<strong>{self.words(of)}</strong>"
            case Emphasis(of):
                return f"<em>{self.words(of)}</em>"
            case Raised(of):
                return f"<sup>{self.words(of)}</sup>"
            case Lowered(of):
                return f"<sub>{self.words(of)}</sub>"
            case Code(text):
                return f"<code>{escape(text, quote=False)}</code>"
            case Break():
                return "<br>"
            case Link(href, of):
                href = f"{self.page}{href}" if href.startswith("#") else href
                return f'<a href="{escape(href)}">{self.words(of)}</a>'
            case CrossReference(label, anchor):
                return f'<a class="clause" href="{self.page}#{escape(anchor)}">{label}</a>' if anchor else label
            case Mention(text, anchor):
                return f'<a class="mention" href="{self.page}#{escape(anchor)}">{escape(text, quote=False)}</a>'
            case Abbreviation(short, long):
                title = f' title="{escape(long)}"' if long else ""
                return f"<abbr{title}>{escape(short, quote=False)}</abbr>"
            case Inserted(of):
                return f"<ins>{_HIDDEN}{ADDED}</span>{self.words(of)}{_HIDDEN}{END}</span></ins>"
            case Deleted(of):
                return f"<del>{_HIDDEN}{REMOVED}</span>{self.words(of)}{_HIDDEN}{END}</span></del>"
            case _:
                assert_never(inline)

    def blocks(self, blocks: Blocks, tight: bool) -> str:
        return "\n".join(self.block(block, tight) for block in blocks)

    def block(self, block: Block, tight: bool) -> str:
        match block:
            case Paragraph(of):
                return self.words(of) if tight else f"<p>{self.words(of)}</p>"
            case Bullets(items, is_tight):
                return f"<ul>\n{self.items(items, is_tight)}\n</ul>"
            case Numbers(items, is_tight, start):
                first = f' start="{start}"' if start != 1 else ""
                return f"<ol{first}>\n{self.items(items, is_tight)}\n</ol>"
            case Quotation(of):
                return f"<blockquote>\n{self.blocks(of, tight=False)}\n</blockquote>"
            case Preformatted(text):
                return f'<pre tabindex="0"><code>{escape(text, quote=False)}</code></pre>'
            case Separator():
                return "<hr>"
            case Table():
                return self.table(block)
            case _:
                assert_never(block)

    def items(self, items: Iterable[Blocks], tight: bool) -> str:
        return "\n".join(f"<li>{self.blocks(item, tight)}</li>" for item in items)

    def table(self, table: Table) -> str:
        """On a narrow screen the box around a table scrolls, and a keyboard reaches it; the page does not."""
        caption = escape(table.caption)
        head = "".join(f'<th scope="col">{self.cell(cell)}</th>' for cell in table.header)
        rows = "\n".join(self.row(row) for row in table.rows)
        return (
            f'<div class="table" role="region" aria-label="{caption}" tabindex="0"><table>\n'
            f"<caption>{caption}</caption>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
        )

    def row(self, row: Row) -> str:
        anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
        first, *rest = row.cells
        return (
            f'<tr{anchor}><th scope="row">{self.cell(first)}</th>'
            + "".join(f"<td>{self.cell(cell)}</td>" for cell in rest)
            + "</tr>"
        )

    def cell(self, cell: Cell) -> str:
        if cell.listed:
            return "<ul>" + "".join(f"<li>{self.words(line)}</li>" for line in cell.lines) + "</ul>"
        return "<br>".join(self.words(line) for line in cell.lines)
