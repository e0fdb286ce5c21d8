"""The printed document: which words of a policy stand where, before they take a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdispec.model.criteria import Criterion, members
from cdispec.model.policy import (
    Classification,
    Content,
    HistoryRow,
    Interpretation,
    Otherwise,
    Policy,
    Prose,
    Rule,
    Section,
    Shared,
    all_sections,
)
from cdispec.publish.history import newest_first, with_rows


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Markdown of the document as its author wrote it."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Item:
    """A printed item of a criteria list.

    `anchor` and `label` are those under which the item is found. They are "" for a note, which is no clause, and
    where the section above already has them, for a block of criteria that has words of its own.
    """

    anchor: str
    label: str
    text: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """The printed items of one block of criteria."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is printed. `number` is the last piece of its label: "iv" of "II.a.iv"."""

    anchor: str
    label: str
    number: str
    title: str
    level: int
    content: tuple[Paragraphs | Criteria, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """All that is printed of a policy below its title."""

    preamble: tuple[Paragraphs | Criteria, ...]
    parts: tuple[Part, ...]


def outline(policy: Policy) -> Outline:
    """The printed document of a policy, in its own order."""
    history = newest_first(policy.history)
    return Outline(
        tuple(_content(policy.preamble, "", "", ())),
        tuple(_part(section, history) for section in policy.sections),
    )


def targets(policy: Policy) -> dict[str, str]:
    """For each permanent id the anchor a cross reference leads to: itself where it is printed, else its label."""
    printed = {section.id for section in all_sections(policy.sections)}
    printed |= {id for id, criterion in policy.criteria.items() if criterion.text is not None}
    return {id: id if id in printed else label for id, label in policy.clauses.items()}


def _part(section: Section, history: tuple[HistoryRow, ...]) -> Part:
    rows = history if section.id == "history" else ()
    return Part(
        anchor=section.id,
        label=section.label,
        number=section.label.rpartition(".")[2],
        title=section.title,
        level=section.level,
        content=tuple(_content(section.content, section.id, section.label, rows)),
        parts=tuple(_part(below, history) for below in section.sections),
    )


def _content(
    content: tuple[Content, ...], section: str, label: str, history: tuple[HistoryRow, ...]
) -> Iterator[Paragraphs | Criteria]:
    for piece in content:
        match piece:
            case Prose(markdown):
                yield Paragraphs(with_rows(markdown, history) if history else markdown)
            case Rule() | Classification() | Shared():
                if items := tuple(_items(piece.criterion, section, label)):
                    yield Criteria(items)
            case Otherwise() | Interpretation():
                continue


def _items(criterion: Criterion, section: str, label: str) -> Iterator[Item]:
    """The item of a criterion in a section of this id and label; where it has no words of its own, those below it.

    The order is that of the numbers the items have: a guard stands before the members.
    """
    below = [Item("", "", note, ()) for note in criterion.notes]
    for child in (*([criterion.unless] if criterion.unless else []), *members(criterion.logic)):
        below += _items(child, section, label)
    if criterion.text is None:
        yield from below
    else:
        anchor = criterion.id if criterion.id != section else ""
        yield Item(anchor, criterion.label if criterion.label != label else "", criterion.text, tuple(below))
