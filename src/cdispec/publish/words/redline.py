"""The redline: the printed words of two states as one document, in which what was removed and added is marked.

A piece that stands in one state alone is held against an empty one of its kind, so that all of its words are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar, assert_never

from cdispec.analysis.changes.alignment import aligned
from cdispec.analysis.changes.words import tokens_of
from cdispec.publish.words.rewording import reworded
from cdispec.publish.words.tree import (
    Block,
    Blocks,
    Break,
    Bullets,
    Cell,
    Code,
    Criteria,
    Document,
    Inlines,
    Item,
    Numbers,
    Paragraph,
    Part,
    Preformatted,
    Quotation,
    Row,
    Separator,
    Table,
    Text,
    plain_of,
    relabelled,
    words_of,
)

Piece = Block | Criteria
_Block = TypeVar("_Block", bound=Block)


def redlined(before: Document, after: Document) -> Document:
    """The document of the state after, with what the state before had otherwise.

    Sections and items are matched by their permanent ids within the section or item that holds them, rows of tables by
    their first cell, all else by its words. What was removed stands where it stood.
    """
    return Document(_content(before.preamble, after.preamble), _parts(before.parts, after.parts))


def _parts(before: Sequence[Part], after: Sequence[Part]) -> tuple[Part, ...]:
    pairs = aligned(before, after, lambda part: part.anchor, lambda part: _words_of(part.title))
    return tuple(_part(was, now) for was, now in pairs)


def _part(was: Part | None, now: Part | None) -> Part:
    shown = now or was
    assert shown is not None
    return Part(
        anchor=shown.anchor if now else _removed(shown.anchor),
        label=now.label if now else "",
        number=now.number if now else "",
        title=reworded(was.title if was else (), now.title if now else ()),
        level=shown.level,
        content=_content(was.content if was else (), now.content if now else ()),
        parts=_parts(was.parts if was else (), now.parts if now else ()),
        former=was.label if was else "",
        unchanged=bool(was and now and now.content and was.content == now.content),
    )


def _items(before: Sequence[Item], after: Sequence[Item]) -> tuple[Item, ...]:
    pairs = aligned(before, after, lambda item: item.anchor, lambda item: _words_of(item.of))
    return tuple(_item(was, now) for was, now in pairs)


def _item(was: Item | None, now: Item | None) -> Item:
    shown = now or was
    assert shown is not None
    return Item(
        anchor=shown.anchor if now else _removed(shown.anchor),
        label=now.label if now else "",
        of=reworded(was.of if was else (), now.of if now else ()),
        items=_items(was.items if was else (), now.items if now else ()),
        former=was.label if was else "",
    )


def _removed(anchor: str) -> str:
    """A place of what was removed; what stands in the document has its id, and no permanent id holds a dot."""
    return f"removed.{anchor}" if anchor else ""


def _content(before: Sequence[Piece], after: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(_piece(was, now) for was, now in aligned(before, after, _kind, _said))


def _blocks(before: Blocks, after: Blocks) -> Blocks:
    return tuple(_block(was, now) for was, now in aligned(before, after, _kind, _said))


def _kind(piece: Piece) -> str:
    """What can be matched; of lines whose breaks and spaces count only the same are."""
    return f"{type(piece).__name__} {piece.text if isinstance(piece, Preformatted) else ''}"


def _piece(was: Piece | None, now: Piece | None) -> Piece:
    if isinstance(was, Criteria) or isinstance(now, Criteria):
        former, later = (piece.items if isinstance(piece, Criteria) else () for piece in (was, now))
        return Criteria(_items(former, later))
    return _block(was, now)


def _block(was: Block | None, now: Block | None) -> Block:
    """Two blocks of one kind as one."""
    shown = now or was
    assert shown is not None
    match shown:
        case Paragraph():
            return _paragraph(*_both(was, now, Paragraph(())))
        case Bullets(_, tight):
            return _bullets(*_both(was, now, Bullets((), tight)))
        case Numbers(_, tight, start):
            return _numbers(*_both(was, now, Numbers((), tight, start)))
        case Quotation():
            return _quotation(*_both(was, now, Quotation(())))
        case Preformatted():
            return shown if was and now else _lines(*_both(was, now, Preformatted("")))
        case Table(caption):
            return _table(*_both(was, now, Table(caption, (), ())))
        case Separator():
            return shown
        case _:
            assert_never(shown)


def _both(was: Block | None, now: Block | None, empty: _Block) -> tuple[_Block, _Block]:
    """Both blocks, with an empty one for that which is not there."""
    kind = type(empty)
    return (was if isinstance(was, kind) else empty, now if isinstance(now, kind) else empty)


def _paragraph(was: Paragraph, now: Paragraph) -> Paragraph:
    return Paragraph(reworded(was.of, now.of))


def _quotation(was: Quotation, now: Quotation) -> Quotation:
    return Quotation(_blocks(was.of, now.of))


def _lines(was: Preformatted, now: Preformatted) -> Paragraph:
    """Lines that were removed or added, each as words of a paragraph, where they can be marked."""
    of = [
        tuple(piece for line in block.text.splitlines() for piece in (Code(line), Break()))[:-1] for block in (was, now)
    ]
    return Paragraph(reworded(of[0], of[1]))


def _bullets(was: Bullets, now: Bullets) -> Bullets:
    entries = aligned(was.items, now.items, lambda _: "", _said_in)
    return Bullets(tuple(_blocks(former or (), later or ()) for former, later in entries), now.tight)


def _numbers(was: Numbers, now: Numbers) -> Numbers | Bullets:
    """A numbered list counts for itself; where numbers have changed they are words, so that both can be read."""
    pairs = [*aligned(_counted(was), _counted(now), lambda _: "", lambda entry: _said_in(entry.blocks))]
    entries = [_blocks(old.blocks if old else (), new.blocks if new else ()) for old, new in pairs]
    if not now.items or all(new and (not old or old.number == new.number) for old, new in pairs):
        return Numbers(tuple(entries), now.tight, (now if now.items else was).start)
    numbers = [relabelled(old.number if old else "", new.number if new else "") for old, new in pairs]
    return Bullets(tuple(_headed(number, entry) for number, entry in zip(numbers, entries, strict=True)), now.tight)


class _Counted(NamedTuple):
    """An entry of a numbered list."""

    number: str
    blocks: Blocks


def _counted(numbers: Numbers) -> list[_Counted]:
    return [_Counted(f"{number}.", blocks) for number, blocks in enumerate(numbers.items, numbers.start)]


def _headed(number: Inlines, entry: Blocks) -> Blocks:
    match entry:
        case (Paragraph(of), *rest):
            return (Paragraph((*number, Text(" "), *of)), *rest)
        case _:
            return (Paragraph(number), *entry)


class _Column(NamedTuple):
    """A column of a table: where it stands there, its head, and all that it says."""

    place: int
    head: str
    words: list[str]


def _columns(table: Table) -> list[_Column]:
    columns = zip(table.header, *(row.cells for row in table.rows), strict=True)
    return [
        _Column(place, _line_of(cells[0]), [word for cell in cells for word in _in_cell(cell)])
        for place, cells in enumerate(columns)
    ]


def _table(was: Table, now: Table) -> Table:
    """Columns are matched by their heads; those whose head is in one state alone, by what stands in them."""
    former, later = _columns(was), _columns(now)
    heads = {column.head for column in former} & {column.head for column in later}
    columns = [*aligned(former, later, lambda col: col.head if col.head in heads else "", lambda col: col.words)]

    def cells(old: Sequence[Cell], new: Sequence[Cell]) -> tuple[Cell, ...]:
        return tuple(
            _cell(old[before.place] if old and before else _EMPTY, new[after.place] if new and after else _EMPTY)
            for before, after in columns
        )

    return Table(
        now.caption,
        cells(was.header, now.header),
        tuple(
            Row(
                new.anchor if new else _removed(old.anchor if old else ""),
                cells(old.cells if old else (), new.cells if new else ()),
            )
            for old, new in aligned(was.rows, now.rows, lambda row: _line_of(row.cells[0]), _in_row)
        ),
    )


_EMPTY = Cell(())


def _cell(was: Cell, now: Cell) -> Cell:
    """The lines of a cell, each matched by its words."""
    lines = aligned(was.lines, now.lines, lambda _: "", _words_of)
    listed = now.listed if now.lines else was.listed
    return Cell(tuple(reworded(old or (), new or ()) for old, new in lines), listed)


def _line_of(cell: Cell) -> str:
    return " ".join(plain_of(line) for line in cell.lines)


def _said_in(blocks: Blocks) -> list[str]:
    return [word for block in blocks for word in _said(block)]


def _said(piece: Piece) -> list[str]:
    """The words of a piece, to tell by them which one it is."""
    match piece:
        case Paragraph(of):
            return _words_of(of)
        case Bullets(items) | Numbers(items):
            return [word for item in items for word in _said_in(item)]
        case Quotation(of):
            return _said_in(of)
        case Preformatted(text):
            return text.split()
        case Separator():
            return []
        case Table(_, header, rows):
            return [word for row in (Row("", header), *rows) for word in _in_row(row)]
        case Criteria(items):
            return [word for item in items for word in _in_item(item)]
        case _:
            assert_never(piece)


def _in_item(item: Item) -> list[str]:
    return [*_words_of(item.of), *(word for below in item.items for word in _in_item(below))]


def _in_row(row: Row) -> list[str]:
    return [word for cell in row.cells for word in _in_cell(cell)]


def _in_cell(cell: Cell) -> list[str]:
    return [word for line in cell.lines for word in _words_of(line)]


def _words_of(of: Inlines) -> list[str]:
    return [word for word in tokens_of(words_of(of)) if word[0].isalnum()]
