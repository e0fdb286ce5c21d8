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


def html(piece: tree.Block | Inlines) -> Markup:
    """A block, or the words of a line."""
    return Markup(_words(piece) if isinstance(piece, tuple) else _block(piece, tight=False))


def _words(inlines: Inlines) -> str:
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return escape(text, quote=False)
        case Marked(mark, of) if mark in tree.SPOKEN:
            return f"<{mark}>{_HIDDEN}{tree.SPOKEN[mark]}</span>{_words(of)}{_HIDDEN}{tree.END}</span></{mark}>"
        case Marked(mark, of):
            return f"<{mark}>{_words(of)}</{mark}>"
        case Code(text):
            return f"<code>{escape(text, quote=False)}</code>"
        case Break():
            return "<br>"
        case Link(href, of):
            return f'<a href="{escape(href)}">{_words(of)}</a>'
        case CrossReference(label, anchor):
            return f'<a class="clause" href="#{escape(anchor)}">{label}</a>' if anchor else label
        case Mention(text, anchor):
            return f'<a class="mention" href="#{escape(anchor)}">{escape(text, quote=False)}</a>'
        case Abbreviation(short, long):
            title = f' title="{escape(long)}"' if long else ""
            return f"<abbr{title}>{escape(short, quote=False)}</abbr>"
        case _:
            assert_never(inline)


def _blocks(blocks: tree.Blocks, tight: bool) -> str:
    return "\n".join(_block(block, tight) for block in blocks)


def _block(block: tree.Block, tight: bool) -> str:
    match block:
        case tree.Paragraph(of):
            return _words(of) if tight else f"<p>{_words(of)}</p>"
        case tree.Bullets(items, is_tight):
            return f"<ul>\n{_items(items, is_tight)}\n</ul>"
        case tree.Numbers(items, is_tight, start):
            first = f' start="{start}"' if start != 1 else ""
            return f"<ol{first}>\n{_items(items, is_tight)}\n</ol>"
        case tree.Quotation(of):
            return f"<blockquote>\n{_blocks(of, tight=False)}\n</blockquote>"
        case tree.Preformatted(text):
            return f'<pre tabindex="0"><code>{escape(text, quote=False)}</code></pre>'
        case tree.Separator():
            return "<hr>"
        case tree.Table():
            return _table(block)
        case _:
            assert_never(block)


def _items(items: Iterable[tree.Blocks], tight: bool) -> str:
    return "\n".join(f"<li>{_blocks(item, tight)}</li>" for item in items)


def _table(table: tree.Table) -> str:
    """On a narrow screen the box around a table scrolls, and a keyboard reaches it; the page does not."""
    caption = escape(table.caption)
    head = "".join(f'<th scope="col">{_cell(cell)}</th>' for cell in table.header)
    rows = "\n".join(_row(row) for row in table.rows)
    return (
        f'<div class="table" role="region" aria-label="{caption}" tabindex="0"><table>\n'
        f"<caption>{caption}</caption>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _row(row: tree.Row) -> str:
    anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
    first, *rest = row.cells
    return (
        f'<tr{anchor}><th scope="row">{_cell(first)}</th>'
        + "".join(f"<td>{_cell(cell)}</td>" for cell in rest)
        + "</tr>"
    )


def _cell(cell: tree.Cell) -> str:
    if cell.listed:
        return "<ul>" + "".join(f"<li>{_words(line)}</li>" for line in cell.lines) + "</ul>"
    return "<br>".join(_words(line) for line in cell.lines)
