"""The printed document of a policy: its words in their own order."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from cdispec.model.criteria import Criterion, members
from cdispec.model.inlines import plain_of
from cdispec.model.labels import anchor_of
from cdispec.model.policy import (
    Classification,
    Content,
    Interpretation,
    Otherwise,
    Policy,
    Prose,
    Rule,
    Section,
    Shared,
    all_sections,
)
from cdispec.publish.words.history import with_rows
from cdispec.publish.words.markdown import Reader
from cdispec.publish.words.mentions import Anchored
from cdispec.publish.words.tree import Block, Chapter, Criteria, Document, Item, Table

Entries = defaultdict[str, deque[str]]


_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def document_of(policy: Policy, effects: Mapping[str, tuple[str, ...]] = _NONE) -> Document:
    """The printed document of a policy, in its own order; `effects` says by revision what it does, for the history."""
    return _Printer(policy, effects).document()


def anchors(policy: Policy) -> dict[str, str]:
    """For each permanent id the anchor a cross reference leads to: itself if it is printed, else that of its label."""
    printed = {section.id for section in all_sections(policy.sections)}
    printed |= {id for id, criterion in policy.criteria.items() if criterion.text is not None}
    return {id: id if id in printed else anchor_of(label) for id, label in policy.clauses.items()}


class _Printer:
    def __init__(self, policy: Policy, effects: Mapping[str, tuple[str, ...]]) -> None:
        self.policy, self.effects = policy, effects
        self.reader = Reader(policy, anchors(policy))
        mentions = self.reader.mentions
        self.entries = {"definitions": _by_name(mentions.definitions), "codes": _by_name(mentions.codes)}

    def document(self) -> Document:
        return Document(
            tuple(self._content(self.policy.preamble, "", "", "")),
            tuple(self._part(section) for section in self.policy.sections),
        )

    def _part(self, section: Section) -> Chapter:
        title = self.reader.inlines(section.title, marked=False)
        return Chapter(
            anchor=section.id,
            label=section.label,
            number=section.number,
            title=title,
            level=section.level,
            content=tuple(self._content(section.content, section.id, section.label, plain_of(title))),
            parts=tuple(self._part(below) for below in section.sections),
        )

    def _content(
        self, content: tuple[Content, ...], section: str, label: str, title: str
    ) -> Iterator[Block | Criteria]:
        for piece in content:
            match piece:
                case Prose(markdown):
                    for block in self.reader.blocks(markdown, title):
                        yield self._table(block, section) if isinstance(block, Table) else block
                case Rule() | Classification() | Shared():
                    if items := tuple(self._items(piece.criterion, section, label)):
                        yield Criteria(items)
                case Otherwise() | Interpretation():
                    continue
                case _:
                    assert_never(piece)

    def _table(self, table: Table, section: str) -> Table:
        """A table of a section that is read as data: its rows can be led to, and the history has its own."""
        match section:
            case "definitions" | "codes":
                return _anchored(table, self.entries[section])
            case "history" if self.policy.rows:
                return with_rows(table, self.policy, self.reader, self.effects)
            case _:
                return table

    def _items(self, criterion: Criterion, section: str, label: str) -> Iterator[Item]:
        """The item of a criterion in a section of this id and label; without words of its own, those below it.

        The order is that of the numbers the items have: a guard stands before the members.
        """
        below = [Item("", "", "", self.reader.inlines(note), ()) for note in criterion.notes]
        for child in (*([criterion.unless] if criterion.unless else []), *members(criterion.logic)):
            below += self._items(child, section, label)
        if criterion.text is None:
            yield from below
        else:
            anchor = criterion.id if criterion.id != section else ""
            own = criterion.label if criterion.label != label else ""
            number = own.removeprefix(f"{label} ")
            yield Item(anchor, own, number, self.reader.inlines(criterion.text), tuple(below))


def _by_name(entries: Sequence[Anchored]) -> Entries:
    """The anchors of the entries of each name, in the order of their rows."""
    found: Entries = defaultdict(deque)
    for name, anchor in entries:
        found[name].append(anchor)
    return found


def _anchored(table: Table, entries: Entries) -> Table:
    """The table with the anchor of each entry at its row, which takes it from the entries."""
    rows = []
    for row in table.rows:
        own = entries[plain_of(row.cells[0].lines[0])]
        rows.append(replace(row, anchor=own.popleft() if own else ""))
    return replace(table, rows=tuple(rows))
