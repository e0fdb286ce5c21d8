"""Markdown of a section as the pieces in which a reader takes it in: paragraphs, list items, rows of tables."""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.analysis.changes.passages import TextPart
from cdispec.model.inlines import Nested, nested, parser


def pieces(markdown: str) -> Iterator[TextPart]:
    """The pieces of some Markdown, in order. A row is told as one, with a bar between its cells."""
    made = parser()
    # Each line is read for its marks later, and only where it is not the same in both states.
    made.core.ruler.disable(["inline", "text_join"])
    yield from _pieces(nested(made.parse(markdown)), "paragraph")


def _pieces(found: list[Nested], part: str) -> Iterator[TextPart]:
    for token, inside in found:
        match token.type:
            case "inline" | "code_block" | "fence":
                yield TextPart(part, token.content)
            case "tr_open":
                cells = (cell.token.content for column in inside for cell in column.inside)
                yield TextPart("table row", " | ".join(cells))
            case "thead_open":
                yield from (piece._replace(part="table heading") for piece in _pieces(inside, part))
            case "list_item_open":
                yield from _pieces(inside, "list item")
            case _:
                yield from _pieces(inside, part)
