"""The clauses of one state of a policy, in the order of the document, with what each of them says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from cdispec.analysis.changes.change import ClauseKind, ClauseState
from cdispec.analysis.changes.passages import TextPart
from cdispec.analysis.changes.prose import pieces
from cdispec.analysis.changes.stated import Stated, of_block, of_criterion
from cdispec.determine.reasons import otherwise_words, words
from cdispec.model.criteria import Criterion, parts
from cdispec.model.inlines import plain_words
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
)
from cdispec.source import Place

READ_AS_DATA = {"definitions": "table row", "codes": "table row", "references": "paragraph", "history": "table row"}
"""What of a section is read as data, and is told of as such."""


@dataclass(frozen=True, slots=True)
class OutlinedClause:
    """A clause with what it says.

    `above` is the id of the criterion or section directly above it, printed or not. `ranked` says that its place
    among its siblings means something: the place of an unprinted member of a list does not.
    """

    id: str
    clause: ClauseState
    above: str
    ranked: bool
    pieces: tuple[TextPart, ...]
    stated: Stated


def outline(policy: Policy) -> dict[str, OutlinedClause]:
    """Every clause by its permanent id."""
    entries = [*_blocks(policy.preamble, "", policy)]
    for section in policy.sections:
        entries += _section(section, "", policy)
    return {entry.id: entry for entry in entries}


def _shared(policy: Policy, place: Place) -> str:
    """The shared clause that something stands in, by where it is written; "" where it is the policy's own."""
    return next((id for id, path in policy.included.items() if path == place.path), "")


def prose_of(content: tuple[Content, ...], omitted: str = "") -> Iterator[TextPart]:
    """The prose that stands in some content, piece by piece, without the part that is read as data."""
    for piece in content:
        if isinstance(piece, Prose):
            yield from (found for found in pieces(piece.markdown) if found.part != omitted)


def _section(section: Section, parent: str, policy: Policy) -> Iterator[OutlinedClause]:
    said = [TextPart("title", section.title), *prose_of(section.content, READ_AS_DATA.get(section.id, ""))]
    stated: Stated = {}
    for block in section.content:
        if isinstance(block, Otherwise) and block.id == section.id:
            stated = of_block(block)
        elif isinstance(block, Rule | Classification | Shared) and block.criterion.id == section.id:
            stated = {**of_block(block), **of_criterion(block.criterion, policy)}
            said += _printed(block.criterion)
    shared = section.id if section.id in policy.included else ""
    clause = ClauseState(ClauseKind.SECTION, section.label, parent, plain_words(policy, section.title), shared)
    yield OutlinedClause(section.id, clause, parent, True, tuple(said), stated)
    yield from _blocks(section.content, section.id, policy)
    for below in section.sections:
        yield from _section(below, section.id, policy)


def _blocks(content: tuple[Content, ...], section: str, policy: Policy) -> Iterator[OutlinedClause]:
    """The clauses of the blocks in a section; a block that has the section's id is told with the section itself."""
    for block in content:
        match block:
            case Rule() | Classification() | Shared():
                if block.criterion.id == section:
                    yield from _below(block.criterion, section, policy)
                else:
                    yield from _criterion(block.criterion, section, section, policy, of_block(block))
            case Otherwise():
                if block.id != section:
                    said, shared = otherwise_words(block, policy), _shared(policy, block.place)
                    clause = ClauseState(ClauseKind.OTHERWISE, block.label, section, said, shared)
                    yield OutlinedClause(block.id, clause, section, True, (), of_block(block))
            case Prose() | Interpretation():
                continue
            case _:
                assert_never(block)


def _below(criterion: Criterion, printed: str, policy: Policy) -> Iterator[OutlinedClause]:
    for below in parts(criterion):
        yield from _criterion(below, criterion.id, printed, policy)


def _criterion(
    criterion: Criterion, above: str, printed: str, policy: Policy, role: Stated | None = None
) -> Iterator[OutlinedClause]:
    """A criterion and those below it. `printed` is the nearest printed clause above, `role` what its block is for."""
    is_printed = criterion.text is not None
    kind = ClauseKind.CRITERION if is_printed else ClauseKind.UNPRINTED
    shared = _shared(policy, criterion.place)
    clause = ClauseState(kind, criterion.label, printed, words(criterion, policy), shared)
    stated = {**(role or {}), **of_criterion(criterion, policy)}
    yield OutlinedClause(
        criterion.id, clause, above, is_printed or role is not None, tuple(_printed(criterion)), stated
    )
    yield from _below(criterion, criterion.id if is_printed else printed, policy)


def _printed(criterion: Criterion) -> Iterator[TextPart]:
    if criterion.text is not None:
        yield TextPart("text", criterion.text)
    yield from (TextPart("note", note) for note in criterion.notes)
