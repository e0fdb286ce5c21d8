"""The document tree as Typst markup, and that as PDF.

Every word of a policy is a Typst string, so that no word of it is markup or runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, assert_never
from unicodedata import name

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
    plain_of,
)
from cdispec.publish.formats.packing import packed
from cdispec.publish.words import tree

if TYPE_CHECKING:
    from typst import Fonts

_SHORT = 20
"""So many letters never need a second line in a column of their own."""

_FUNCTIONS = {
    Mark.STRONG: "strong",
    Mark.EMPHASIS: "emph",
    Mark.RAISED: "super",
    Mark.LOWERED: "sub",
    Mark.INSERTED: "added",
    Mark.DELETED: "removed",
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": " ", "\r": " ", "\t": " "})


_MISSING = re.compile(r'the text `?"(.+)"`? could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


def typst(piece: tree.Block | Inlines) -> str:
    """A block, or the words of a line, as content."""
    return _words(piece) if isinstance(piece, tuple) else _block(piece)


def string(text: str) -> str:
    """A text as a string of Typst code."""
    return f'"{text.translate(_ESCAPES)}"'


def label(anchor: str) -> str:
    """A place that links lead to. The anchor is a permanent id or a label, of letters, digits, dots and hyphens."""
    return f"#mark({string(anchor)})"


class MissingGlyph(ValueError):  # noqa: N818 - it says what is missing
    """A text that the fonts of the PDF cannot print: PDF/UA refuses a box in its place."""

    def __init__(self, text: str) -> None:
        self.text = text
        named = ", ".join(f"{name(sign, 'without a name')}, U+{ord(sign):04X}" for sign in text)
        super().__init__(f"`{text}` ({named}) cannot be printed: the fonts of the PDF have no such character")


def pdf(source: str) -> bytes:
    """The PDF of a Typst document, held to PDF/UA-1: a claim that is not so is refused.

    Raises MissingGlyph for a text that cannot be printed, and ValueError for whatever else is refused.

    Only the fonts that Typst brings are used, so that every machine makes the same bytes.
    """
    import typst as compiler

    try:
        made = compiler.compile(source.encode(), format="pdf", pdf_standards=["ua-1"], font_paths=_own_fonts())
    except compiler.TypstError as error:
        missing = _MISSING.search(str(error))
        raise MissingGlyph(_unescaped(missing[1])) if missing else ValueError(str(error)) from error
    assert isinstance(made, bytes)
    return packed(made)


@cache
def _own_fonts() -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=False)


def _unescaped(text: str) -> str:
    """A text as it was before Typst quoted it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def _words(inlines: Inlines) -> str:
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return f"#{string(text)};"
        case Marked(mark, of):
            spoken = f"({string(tree.SPOKEN[mark])}, {string(tree.END)})" if mark in tree.SPOKEN else ""
            return f"#{_FUNCTIONS[mark]}{spoken}[{_words(of)}];"
        case Code(text):
            return f"#raw({string(text)});"
        case Break():
            return "#linebreak();"
        case Link(href, of):
            if href.startswith("#"):
                return f"#inside({string(href[1:])})[{_words(of)}];"
            return f"#link({string(href)})[{_words(of)}];"
        case CrossReference(text, anchor) | Mention(text, anchor):
            return f"#inside({string(anchor)})[#{string(text)};];" if anchor else f"#{string(text)};"
        case Abbreviation(short, _):
            return f"#{string(short)};"
        case _:
            assert_never(inline)


def _blocks(blocks: tree.Blocks) -> str:
    return "".join(f"{_block(block)}\n\n" for block in blocks)


def _block(block: tree.Block) -> str:
    match block:
        case tree.Paragraph(of):
            return _words(of)
        case tree.Bullets(items, tight):
            return f"#list(tight: {_flag(tight)}, {_items(items)})"
        case tree.Numbers(items, tight, start):
            return f"#enum(tight: {_flag(tight)}, start: {start}, {_items(items)})"
        case tree.Quotation(of):
            return f"#quote(block: true)[{_blocks(of)}]"
        case tree.Preformatted(text):
            lines = "\\n".join(string(line)[1:-1] for line in text.split("\n"))
            return f'#raw(block: true, "{lines}")'
        case tree.Separator():
            return "#line(length: 100%)"
        case tree.Table():
            return _table(block)
        case _:
            assert_never(block)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _items(items: Iterable[tree.Blocks]) -> str:
    return ", ".join(f"[{_blocks(item).strip()}]" for item in items)


def _table(table: tree.Table) -> str:
    head = ", ".join(_cell(cell) for cell in table.header)
    rows = ",\n".join(_row(row) for row in table.rows)
    columns = zip(table.header, *(row.cells for row in table.rows), strict=True)
    widths = ", ".join(_width(cells) for cells in columns)
    return f"#table(columns: ({widths},), table.header({head}),\n{rows})"


def _width(cells: Sequence[tree.Cell]) -> str:
    """A column of short words takes what they need; the others share the rest by what stands in them."""
    longest = max((len(plain_of(line)) for cell in cells for line in cell.lines), default=0)
    least = 2 * _SHORT if any(cell.listed for cell in cells) else 0
    return "auto" if longest <= _SHORT else f"{min(max(longest, least), 8 * _SHORT)}fr"


def _row(row: tree.Row) -> str:
    first, *rest = row.cells
    mark = label(row.anchor) if row.anchor else ""
    return ", ".join([f"[{mark}#strong{_cell(first)}]", *(_cell(cell) for cell in rest)])


def _cell(cell: tree.Cell) -> str:
    if cell.listed:
        return f"[#list({', '.join(f'[{_words(line)}]' for line in cell.lines)})]"
    return f"[{'#linebreak();'.join(_words(line) for line in cell.lines)}]"
