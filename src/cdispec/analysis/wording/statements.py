"""The printed words of a policy, each with the logic that they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from cdispec.model.criteria import Criterion, Not, OfRows, Quantity, members
from cdispec.model.policy import Classification, LogicBlock, Otherwise, Policy, Rule, Section, Shared, all_sections
from cdispec.source import Place


class Stood(NamedTuple):
    """A criterion that some words stand for: in which one it stands, whether `not` or `unless` is above it there."""

    criterion: Criterion
    above: str
    denied: bool
    guard: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """Printed words, with the logic down to the next printed words, which stand for the rest.

    `lead` are those in front of a block, `text` those of a criterion. `block` is the block that they begin, None for a
    criterion inside one. `logic` holds the criteria that they stand for, the topmost first, `members` the next printed
    ones. `within` are the statements that it stands in, the nearest first.
    """

    id: str
    label: str
    place: Place
    section: Section
    block: LogicBlock | None
    lead: str
    text: str
    notes: tuple[str, ...]
    logic: tuple[Stood, ...]
    members: tuple[Stood, ...]
    within: tuple[Statement, ...]

    @property
    def led(self) -> bool:
        """Whether a paragraph of its own stands in front of it, and not only a heading."""
        return self.lead not in ("", self.section.title)

    @property
    def words(self) -> str:
        """The words that are printed first."""
        return self.text or self.lead


def statements(policy: Policy) -> Iterator[Statement]:
    """All that the document states of its logic, in its order."""
    for section in all_sections(policy.sections):
        yield from statements_of(section, policy)


def statements_of(section: Section, policy: Policy) -> Iterator[Statement]:
    """What a section states itself, without those below it."""
    for block in section.content:
        if isinstance(block, LogicBlock):
            yield from _of_block(block, section, policy)


def _of_block(block: LogicBlock, section: Section, policy: Policy) -> Iterator[Statement]:
    match block:
        case Otherwise(id=id, label=label, place=place):
            yield Statement(id, label, place, section, block, policy.leads.get(id, ""), "", (), (), (), ())
        case Rule(criterion=criterion) | Classification(criterion=criterion) | Shared(criterion=criterion):
            yield from _of_criterion(criterion, section, block, policy.leads.get(criterion.id, ""), ())
        case _:
            assert_never(block)


def _of_criterion(
    criterion: Criterion, section: Section, block: LogicBlock | None, lead: str, within: tuple[Statement, ...]
) -> Iterator[Statement]:
    logic = [Stood(criterion, "", False, False)]
    printed: list[Stood] = []
    for stood in logic:
        for part, denied, guard in _below(stood):
            below = Stood(part, stood.criterion.id, denied, guard)
            (logic if part.text is None else printed).append(below)
    notes = tuple(note for stood in logic for note in stood.criterion.notes)
    id, label, text = criterion.id, criterion.label, criterion.text or ""
    place = criterion.place
    own = Statement(id, label, place, section, block, lead, text, notes, tuple(logic), tuple(printed), within)
    yield own
    for stood in printed:
        yield from _of_criterion(stood.criterion, section, None, "", (own, *within))


def _below(stood: Stood) -> Iterator[tuple[Criterion, bool, bool]]:
    """The criteria directly below one, and whether they are denied or guard it."""
    criterion = stood.criterion
    logic = criterion.logic
    # "No visit within 30 days" asks that none is within 30 days.
    denies = isinstance(logic, Not) or (isinstance(logic, OfRows) and logic.quantity is Quantity.NONE)
    for part in members(criterion.logic):
        yield part, stood.denied != denies, stood.guard
    if criterion.unless is not None:
        yield criterion.unless, stood.denied, True
