"""The policy on which slips are made, and what stands next to what in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cdispec.analysis.changes.stated import of_criterion, settings
from cdispec.analysis.faults.deciding import deciding_or_limiting
from cdispec.analysis.mutation.slip import Edit, Inserted, Rewritten, Slip
from cdispec.analysis.replay.edited import Edited, Tree
from cdispec.logic import Truth
from cdispec.model.criteria import AllOf, Comparison, Criterion, ListOf, Reference, parts_of_rows, walk
from cdispec.model.policy import Policy, all_criteria, blocks, deciding


class Ground:
    """A policy with the criteria of it that decide or classify, in the order of the document."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.tree = policy, Tree(policy)
        self.criteria = tuple(deciding_or_limiting(policy))
        logics = (criterion.logic for criterion in all_criteria(policy))
        self._referred = {logic.to for logic in logics if isinstance(logic, Reference)}
        self.of_rows = {part.id: criterion.id for criterion in self.criteria for part in parts_of_rows(criterion)}
        """The criteria that are asked of each row, with those that ask for the rows."""
        self._places = {criterion.id: place for place, criterion in enumerate(self.criteria)}

    def slip(self, criterion: Criterion, new: Criterion, *edits: Edit) -> Slip:
        """One criterion replaced by another; where no edits are named, those of what is stated of it itself."""
        return Slip(edits or tuple(self._settings(criterion, new)), self.tree.with_criteria({criterion.id: new}))

    def several(self, swaps: Mapping[str, Criterion], *edits: Edit) -> Slip:
        """Several criteria replaced."""
        known = self.policy.criteria
        own = tuple(edit for id, new in swaps.items() for edit in self._settings(known[id], new))
        return Slip(edits or own, self.tree.with_criteria(swaps))

    def elsewhere(self, policy: Policy, *edits: Edit) -> Slip:
        """Something replaced that is not a criterion."""
        return Slip(edits, Edited(policy, frozenset()))

    def _settings(self, before: Criterion, after: Criterion) -> Iterator[Edit]:
        for setting in settings(of_criterion(before, self.policy), of_criterion(after, self.policy)):
            old, new = (_as_key(text) for text in (setting.before, setting.after))
            yield Rewritten(before.place, old, new) if old else Inserted(before.place, new)

    def droppable(self, criterion: Criterion) -> bool:
        """Whether nothing refers to a criterion or to a part of it."""
        return not any(part.id in self._referred for part in walk(criterion))

    def neighbour(self, list_: Criterion) -> Criterion | None:
        """The comparison that stands nearest to a list and outside of it: the next one, or else the last before it."""
        assert isinstance(list_.logic, ListOf)
        own = {member.logic for member in list_.logic.of if isinstance(member.logic, Comparison)}
        inside = {part.id for part in walk(list_)}
        place = self._places[list_.id]
        outside = [*self.criteria[place:], *reversed(self.criteria[:place])]
        rows = (None, self.of_rows.get(list_.id))
        asked = (one for one in outside if self.of_rows.get(one.id) in rows)
        free = (one for one in asked if isinstance(one.logic, Comparison) and one.id not in inside)
        return next((one for one in free if one.logic not in own), None)

    def next_block(self, reference: Criterion) -> Criterion | None:
        """The block next to the one that is referred to, which does not ask the reference itself."""
        assert isinstance(reference.logic, Reference)
        tops = [block.criterion for block in blocks(self.policy)]
        tops.sort(key=lambda one: one.place)
        ids = [one.id for one in tops]
        at = ids.index(reference.logic.to) if reference.logic.to in ids else 0
        for one in [*tops[at + 1 :], *reversed(tops[:at])]:
            if reference.id not in {part.id for part in deciding([one], self.policy)}:
                return one
        return None


def set_aside(members: tuple[Criterion, ...], truth: Truth) -> tuple[Criterion, ...]:
    """Members that leave the rest of their list to decide where they drop out of it."""
    return tuple(member if member.set_aside is truth else replace(member, set_aside=truth) for member in members)


def _as_key(text: str) -> str:
    """What is stated as it stands in the source: a key without a value has a colon, too."""
    return text if not text or ":" in text else f"{text}:"


def aside_of(logic: ListOf) -> Truth:
    """The truth that leaves the rest of a list to decide."""
    return Truth.TRUE if isinstance(logic, AllOf) else Truth.FALSE
