"""Which scenario notices a mutant: the first that fails where the slip is made."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.operators import Mutant, mutants
from cdispec.analysis.mutation.slip import Edit, Misread, Slip
from cdispec.analysis.replay.replay import Differing, Replay
from cdispec.analysis.replay.view import Saying, Side
from cdispec.logic import Truth
from cdispec.scenario.draft import Telling
from cdispec.scenario.expectations import holds
from cdispec.targets.columns import Column, bits, mask


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant with the number of the first case that fails with it; None where none does."""

    mutant: Mutant
    side: Side
    noticed_by: int | None


class Run:
    """The cases of scenarios with what they expect; only those of scenarios that `hold` can notice anything."""

    def __init__(self, replay: Replay, tellings: Sequence[Telling]) -> None:
        self.replay, self._tellings = replay, tellings
        self.hold = sum(1 << number for number in range(len(tellings)) if self._holds(number, replay.base))

    def tried(self) -> Iterator[Tried]:
        """Every mutant of the policy; of several that come to the same program and limits only the first."""
        seen: set[Hashable] = set()
        for mutant in mutants(Ground(self.replay.surface)):
            side = self.side(mutant.slip)
            limits = tuple(rule.grant for rule in side.policy.rules)
            forms = tuple(side.rooted.criteria[id] for grant in limits if grant is not None for id in grant.asks)
            came_to = tuple(side.rooted.decisions.items()), tuple(side.rooted.classifications.items()), limits, forms
            if came_to not in seen:
                seen.add(came_to)
                yield Tried(mutant, side, next(self._noticing(mutant.slip, side), None))

    def side(self, slip: Slip) -> Side:
        """The policy with a slip."""
        for edit in slip.edits:
            if isinstance(edit, Misread):
                self.replay.stand_in(slip.standing_in, self._misread(edit))
        return self.replay.edit(self.replay.of_surface(slip.edited))

    def differing(self, slip: Slip, side: Side) -> Differing:
        """Where a slip makes a difference."""
        return self.replay.differing(side, self._changed(slip), self._within(slip.edits) & self.hold)

    def _changed(self, slip: Slip) -> frozenset[str]:
        return self.replay.of_surface(slip.edited).changed

    def noticing(self, slip: Slip, side: Side) -> int:
        """All cases that fail with a slip."""
        return mask(self._noticing(slip, side))

    def _noticing(self, slip: Slip, side: Side) -> Iterator[int]:
        found = self.replay.candidates(side, self._changed(slip), self._within(slip.edits) & self.hold)
        numbers = (number for cases in (found.determined, found.doubtful, found.needed) for number in bits(cases))
        return (number for number in numbers if not self._holds(number, side))

    def _holds(self, number: int, side: Side) -> bool:
        said = Saying(side.view(number))
        return all(holds(expected, said) for _, expected in self._tellings[number].expected)

    def _within(self, edits: Sequence[Edit]) -> int:
        """Of what is misread only the cases in which it is; the others stay as they are."""
        for edit in edits:
            if isinstance(edit, Misread):
                if edit.read_as is Truth.UNKNOWN:
                    return self.replay.lacking(edit.criterion)
                unknown = self.replay.columns.unknown(self.replay.logic(edit.criterion))
                return unknown & self.replay.complete if edit.silent else unknown
        return -1

    def _misread(self, edit: Misread) -> Column:
        known = self.replay.columns.column(self.replay.logic(edit.criterion))
        read = self._within((edit,))
        match edit.read_as:
            case Truth.TRUE:
                return Column(known.true | read, known.false)
            case Truth.FALSE:
                return Column(known.true, known.false | read)
            case Truth.UNKNOWN:
                return Column(known.true & ~read, known.false & ~read)
