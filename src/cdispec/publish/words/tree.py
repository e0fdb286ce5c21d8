"""The printed document as a tree: which words stand where, before they take a form.

Every format is written from this tree, so that all say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from cdispec.model.inlines import Inlines, Mark, Marked, Text

SPOKEN = {Mark.INSERTED: "[added: ", Mark.DELETED: "[removed: "}
END = "]"
"""What stands around inserted and deleted words for those who cannot see how they are marked."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that run on."""

    of: Inlines


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order. In a `tight` list an item's paragraphs stand without space between them."""

    items: tuple[Blocks, ...]
    tight: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """A numbered list, counted from `start`."""

    items: tuple[Blocks, ...]
    tight: bool
    start: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of somebody else."""

    of: Blocks


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines whose breaks and spaces count."""

    text: str


@dataclass(frozen=True, slots=True)
class Separator:
    """A line between two parts."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: lines, each a bullet where they are `listed`."""

    lines: tuple[Inlines, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the first cell heads it. `anchor` is "" where nothing leads to it."""

    anchor: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header names each column. `caption` tells those who cannot see where it stands what it shows."""

    caption: str
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]


Block = Paragraph | Bullets | Numbers | Quotation | Preformatted | Separator | Table
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A printed item of a criteria list.

    `anchor` and `label` are those under which the item is found. They are "" for a note, which is no clause, and
    where the section above already has them, for a block of criteria that has words of its own. `number` is what is
    printed: the label, without the title of a section that is cited by it. In a redline `former` is what was printed of
    the state before, "" where that had none.
    """

    anchor: str
    label: str
    number: str
    of: Inlines
    items: tuple[Item, ...]
    former: str | None = None

    @property
    def labelled(self) -> Inlines:
        """Its number as it is printed."""
        return relabelled(self.former, self.number)


@dataclass(frozen=True, slots=True)
class Criteria:
    """The printed items of one block of criteria."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section as it is printed. `number` is the last piece of its label, "iv" of "II.a.iv"; one without is cited by
    its title, which is its `label`.

    In a redline `former` and `former_number` are those of the state before, "" where it had none, and what an
    `unchanged` one says stood so before: its content, which is not the parts below.
    """

    anchor: str
    label: str
    number: str
    title: Inlines
    level: int
    content: tuple[Block | Criteria, ...]
    parts: tuple[Chapter, ...]
    former: str | None = None
    former_number: str = ""
    unchanged: bool = False

    @property
    def labelled(self) -> Inlines:
        """Its label as it is printed beside the title; () where the title is what it is cited by."""
        former = self.former if self.former_number or self.former is None else ""
        return relabelled(former, self.label if self.number else "")

    @property
    def marker(self) -> str:
        """What is printed before its title: "II." or "(i)"; "" where it has no number."""
        return _marker(self.number)

    @property
    def numbered(self) -> Inlines:
        """What is printed before its title, with what was in the state before."""
        return relabelled(None if self.former is None else _marker(self.former_number), self.marker)


@dataclass(frozen=True, slots=True)
class Document:
    """All that is printed of a policy below its title."""

    preamble: tuple[Block | Criteria, ...]
    parts: tuple[Chapter, ...]


def _marker(number: str) -> str:
    return number if not number or number.endswith(")") else f"{number}."


def relabelled(former: str | None, label: str) -> Inlines:
    """A label, with the one that it had before where that is told and is another one."""
    if former is None or former == label:
        return (Text(label),) if label else ()
    removed: Inlines = (Marked(Mark.DELETED, (Text(former),)),) if former else ()
    added: Inlines = (Marked(Mark.INSERTED, (Text(label),)),) if label else ()
    return (*removed, Text(" "), *added) if removed and added else removed + added
