"""Which scenario notices a slip: the first that fails where it is made."""

from __future__ import annotations

from collections.abc import Sequence

from cdispec.analysis.mutation.slip import Edit, Misread, Slip
from cdispec.analysis.replay.replay import Replay
from cdispec.analysis.replay.view import Saying, Side
from cdispec.logic import Truth
from cdispec.scenario.expectations import holds
from cdispec.scenario.story import Telling
from cdispec.targets.columns import Column, bits


class Run:
    """The cases of scenarios that hold, with what they expect."""

    def __init__(self, replay: Replay, tellings: Sequence[Telling]) -> None:
        self._replay, self._tellings = replay, tellings

    def side(self, slip: Slip) -> Side:
        """The policy with a slip."""
        for edit in slip.edits:
            if isinstance(edit, Misread):
                self._replay.stand_in(slip.standing_in, self._misread(edit))
        return self._replay.edit(slip.edited)

    def noticed(self, slip: Slip, side: Side) -> int | None:
        """The number of the first case that no longer comes to what is expected; None where all still do."""
        differing = self._replay.differing(side, slip.edited.changed, self._within(slip.edits))
        for cases in differing:
            for number in bits(cases):
                said = Saying(side.view(number))
                if not all(holds(expected, said) for _, expected in self._tellings[number].expected):
                    return number
        return None

    def _within(self, edits: Sequence[Edit]) -> int:
        """Of what is misread only the cases in which it is; the others stay as they are."""
        for edit in edits:
            if isinstance(edit, Misread):
                unknown = self._replay.columns.unknown(self._replay.logic(edit.criterion))
                return unknown & self._replay.complete if edit.silent else unknown
        return -1

    def _misread(self, edit: Misread) -> Column:
        columns = self._replay.columns
        known = columns.column(self._replay.logic(edit.criterion))
        read = self._within((edit,))
        if edit.read_as is Truth.TRUE:
            return Column(known.true | read, known.false)
        return Column(known.true, known.false | read)
