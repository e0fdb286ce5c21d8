"""The redline: the printed words of two states as one document, in which what was removed and added is marked.

A piece that stands in one state alone is held against an empty one of its kind, so that all of its words are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar, assert_never

from cdispec.analysis.changes.alignment import aligned
from cdispec.analysis.changes.words import tokens_of
from cdispec.model.inlines import Break, Code, Inlines, Text, plain_of, words_of
from cdispec.publish.words import tree
from cdispec.publish.words.rewording import reworded

_Piece = tree.Block | tree.Criteria
_Worded = _Piece | tree.Item | tree.Row | tree.Cell
_Block = TypeVar("_Block", bound=tree.Block)


def redlined(before: tree.Document, after: tree.Document) -> tree.Document:
    """The document of the state after, with what the state before had otherwise.

    Sections and items are matched by their permanent ids within the section or item that holds them, rows of tables by
    their first cell, all else by its words. What was removed stands where it stood.
    """
    return tree.Document(_content(before.preamble, after.preamble), _parts(before.parts, after.parts))


def _parts(before: Sequence[tree.Chapter], after: Sequence[tree.Chapter]) -> tuple[tree.Chapter, ...]:
    pairs = aligned(before, after, lambda part: part.anchor, lambda part: _words_of(part.title))
    return tuple(_part(was, now) for was, now in pairs)


def _part(was: tree.Chapter | None, now: tree.Chapter | None) -> tree.Chapter:
    shown = now or was
    assert shown is not None
    return tree.Chapter(
        anchor=shown.anchor if now else _removed(shown.anchor),
        label=now.label if now else "",
        number=now.number if now else "",
        former_number=was.number if was else "",
        title=reworded(was.title if was else (), now.title if now else ()),
        level=shown.level,
        content=_content(was.content if was else (), now.content if now else ()),
        parts=_parts(was.parts if was else (), now.parts if now else ()),
        former=was.label if was else "",
        unchanged=bool(was and now and now.content and was.content == now.content),
    )


def _items(before: Sequence[tree.Item], after: Sequence[tree.Item]) -> tuple[tree.Item, ...]:
    pairs = aligned(before, after, lambda item: item.anchor, lambda item: _words_of(item.of))
    return tuple(_item(was, now) for was, now in pairs)


def _item(was: tree.Item | None, now: tree.Item | None) -> tree.Item:
    shown = now or was
    assert shown is not None
    return tree.Item(
        anchor=shown.anchor if now else _removed(shown.anchor),
        label=now.label if now else "",
        number=now.number if now else "",
        of=reworded(was.of if was else (), now.of if now else ()),
        items=_items(was.items if was else (), now.items if now else ()),
        former=was.number if was else "",
    )


def _removed(anchor: str) -> str:
    """A place of what was removed; what stands in the document has its id, and no permanent id holds a dot."""
    return f"removed.{anchor}" if anchor else ""


def _content(before: Sequence[_Piece], after: Sequence[_Piece]) -> tuple[_Piece, ...]:
    return tuple(_piece(was, now) for was, now in aligned(before, after, _kind, _said))


def _blocks(before: tree.Blocks, after: tree.Blocks) -> tree.Blocks:
    return tuple(_block(was, now) for was, now in aligned(before, after, _kind, _said))


def _kind(piece: _Piece) -> str:
    """What can be matched; of lines whose breaks and spaces count only the same are."""
    return f"{type(piece).__name__} {piece.text if isinstance(piece, tree.Preformatted) else ''}"


def _piece(was: _Piece | None, now: _Piece | None) -> _Piece:
    if isinstance(was, tree.Criteria) or isinstance(now, tree.Criteria):
        former, later = (piece.items if isinstance(piece, tree.Criteria) else () for piece in (was, now))
        return tree.Criteria(_items(former, later))
    return _block(was, now)


def _block(was: tree.Block | None, now: tree.Block | None) -> tree.Block:
    """Two blocks of one kind as one."""
    shown = now or was
    assert shown is not None
    match shown:
        case tree.Paragraph():
            paragraphs = _both(was, now, tree.Paragraph(()))
            return tree.Paragraph(reworded(paragraphs[0].of, paragraphs[1].of))
        case tree.Bullets(_, tight):
            lists = _both(was, now, tree.Bullets((), tight))
            entries = aligned(lists[0].items, lists[1].items, lambda _: "", _said_in)
            return tree.Bullets(tuple(_blocks(old or (), new or ()) for old, new in entries), lists[1].tight)
        case tree.Numbers(_, tight, start):
            return _numbers(*_both(was, now, tree.Numbers((), tight, start)))
        case tree.Quotation():
            quoted = _both(was, now, tree.Quotation(()))
            return tree.Quotation(_blocks(quoted[0].of, quoted[1].of))
        case tree.Preformatted():
            return shown if was and now else _lines(*_both(was, now, tree.Preformatted("")))
        case tree.Table(caption):
            return _table(*_both(was, now, tree.Table(caption, (), ())))
        case tree.Separator():
            return shown
        case _:
            assert_never(shown)


def _both(was: tree.Block | None, now: tree.Block | None, empty: _Block) -> tuple[_Block, _Block]:
    """Both blocks, with an empty one for that which is not there."""
    kind = type(empty)
    return (was if isinstance(was, kind) else empty, now if isinstance(now, kind) else empty)


def _lines(was: tree.Preformatted, now: tree.Preformatted) -> tree.Paragraph:
    """Lines that were removed or added, each as words of a paragraph, where they can be marked."""
    of = [
        tuple(piece for line in block.text.splitlines() for piece in (Code(line), Break()))[:-1] for block in (was, now)
    ]
    return tree.Paragraph(reworded(of[0], of[1]))


def _numbers(was: tree.Numbers, now: tree.Numbers) -> tree.Numbers | tree.Bullets:
    """A numbered list counts for itself; where numbers have changed they are words, so that both can be read."""
    pairs = [*aligned(_counted(was), _counted(now), lambda _: "", lambda entry: _said_in(entry.blocks))]
    entries = [_blocks(old.blocks if old else (), new.blocks if new else ()) for old, new in pairs]
    if not now.items or all(new and (not old or old.number == new.number) for old, new in pairs):
        return tree.Numbers(tuple(entries), now.tight, (now if now.items else was).start)
    numbers = [tree.relabelled(old.number if old else "", new.number if new else "") for old, new in pairs]
    return tree.Bullets(
        tuple(_headed(number, entry) for number, entry in zip(numbers, entries, strict=True)), now.tight
    )


class _Counted(NamedTuple):
    """An entry of a numbered list."""

    number: str
    blocks: tree.Blocks


def _counted(numbers: tree.Numbers) -> list[_Counted]:
    return [_Counted(f"{number}.", blocks) for number, blocks in enumerate(numbers.items, numbers.start)]


def _headed(number: Inlines, entry: tree.Blocks) -> tree.Blocks:
    if entry and isinstance(entry[0], tree.Paragraph):
        return (tree.Paragraph((*number, Text(" "), *entry[0].of)), *entry[1:])
    return (tree.Paragraph(number), *entry)


class _Column(NamedTuple):
    """A column of a table: where it stands there, its head, and all that it says."""

    place: int
    head: str
    words: list[str]


def _columns(table: tree.Table) -> list[_Column]:
    columns = zip(table.header, *(row.cells for row in table.rows), strict=True)
    return [_Column(place, _line_of(cells[0]), _said_in(cells)) for place, cells in enumerate(columns)]


def _table(was: tree.Table, now: tree.Table) -> tree.Table:
    """Columns are matched by their heads; those whose head is in one state alone, by what stands in them."""
    former, later = _columns(was), _columns(now)
    heads = {column.head for column in former} & {column.head for column in later}
    columns = [*aligned(former, later, lambda col: col.head if col.head in heads else "", lambda col: col.words)]

    def cells(old: Sequence[tree.Cell], new: Sequence[tree.Cell]) -> tuple[tree.Cell, ...]:
        return tuple(
            _cell(old[before.place] if old and before else _EMPTY, new[after.place] if new and after else _EMPTY)
            for before, after in columns
        )

    return tree.Table(
        now.caption,
        cells(was.header, now.header),
        tuple(
            tree.Row(
                new.anchor if new else _removed(old.anchor if old else ""),
                cells(old.cells if old else (), new.cells if new else ()),
            )
            for old, new in aligned(was.rows, now.rows, lambda row: _line_of(row.cells[0]), _said)
        ),
    )


_EMPTY = tree.Cell(())


def _cell(was: tree.Cell, now: tree.Cell) -> tree.Cell:
    """The lines of a cell, each matched by its words."""
    lines = aligned(was.lines, now.lines, lambda _: "", _words_of)
    listed = now.listed if now.lines else was.listed
    return tree.Cell(tuple(reworded(old or (), new or ()) for old, new in lines), listed)


def _line_of(cell: tree.Cell) -> str:
    return " ".join(plain_of(line) for line in cell.lines)


def _said_in(pieces: Iterable[_Worded]) -> list[str]:
    return [word for piece in pieces for word in _said(piece)]


def _said(piece: _Worded) -> list[str]:
    """The words of a piece, to tell by them which one it is."""
    match piece:
        case tree.Paragraph(of):
            return _words_of(of)
        case tree.Bullets(items) | tree.Numbers(items):
            return [word for item in items for word in _said_in(item)]
        case tree.Quotation(of):
            return _said_in(of)
        case tree.Preformatted(text):
            return text.split()
        case tree.Separator():
            return []
        case tree.Table(_, header, rows):
            return [*_said_in(header), *_said_in(rows)]
        case tree.Row(_, cells):
            return _said_in(cells)
        case tree.Cell(lines):
            return [word for line in lines for word in _words_of(line)]
        case tree.Criteria(below):
            return _said_in(below)
        case tree.Item(of=of, items=below):
            return [*_words_of(of), *_said_in(below)]
        case _:
            assert_never(piece)


def _words_of(of: Inlines) -> list[str]:
    return [word for word in tokens_of(words_of(of)) if word[0].isalnum()]
