"""The document tree as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import assert_never

from markupsafe import Markup

from cdispec.model.inlines import (
    Abbreviation,
    Break,
    Code,
    CrossReference,
    Inline,
    Inlines,
    Link,
    Marked,
    Mention,
    Text,
)
from cdispec.publish.words import tree

_HIDDEN = '<span class="hidden">'


def html(piece: tree.Block | Inlines, page: str = "") -> Markup:
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
            case Marked(mark, of) if mark in tree.SPOKEN:
                return f"<{mark}>{_HIDDEN}{tree.SPOKEN[mark]}</span>{self.words(of)}{_HIDDEN}{tree.END}</span></{mark}>"
            case Marked(mark, of):
                return f"<{mark}>{self.words(of)}</{mark}>"
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
            case _:
                assert_never(inline)

    def blocks(self, blocks: tree.Blocks, tight: bool) -> str:
        return "\n".join(self.block(block, tight) for block in blocks)

    def block(self, block: tree.Block, tight: bool) -> str:
        match block:
            case tree.Paragraph(of):
                return self.words(of) if tight else f"<p>{self.words(of)}</p>"
            case tree.Bullets(items, is_tight):
                return f"<ul>\n{self.items(items, is_tight)}\n</ul>"
            case tree.Numbers(items, is_tight, start):
                first = f' start="{start}"' if start != 1 else ""
                return f"<ol{first}>\n{self.items(items, is_tight)}\n</ol>"
            case tree.Quotation(of):
                return f"<blockquote>\n{self.blocks(of, tight=False)}\n</blockquote>"
            case tree.Preformatted(text):
                return f'<pre tabindex="0"><code>{escape(text, quote=False)}</code></pre>'
            case tree.Separator():
                return "<hr>"
            case tree.Table():
                return self.table(block)
            case _:
                assert_never(block)

    def items(self, items: Iterable[tree.Blocks], tight: bool) -> str:
        return "\n".join(f"<li>{self.blocks(item, tight)}</li>" for item in items)

    def table(self, table: tree.Table) -> str:
        """On a narrow screen the box around a table scrolls, and a keyboard reaches it; the page does not."""
        caption = escape(table.caption)
        head = "".join(f'<th scope="col">{self.cell(cell)}</th>' for cell in table.header)
        rows = "\n".join(self.row(row) for row in table.rows)
        return (
            f'<div class="table" role="region" aria-label="{caption}" tabindex="0"><table>\n'
            f"<caption>{caption}</caption>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
        )

    def row(self, row: tree.Row) -> str:
        anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
        first, *rest = row.cells
        return (
            f'<tr{anchor}><th scope="row">{self.cell(first)}</th>'
            + "".join(f"<td>{self.cell(cell)}</td>" for cell in rest)
            + "</tr>"
        )

    def cell(self, cell: tree.Cell) -> str:
        if cell.listed:
            return "<ul>" + "".join(f"<li>{self.words(line)}</li>" for line in cell.lines) + "</ul>"
        return "<br>".join(self.words(line) for line in cell.lines)
