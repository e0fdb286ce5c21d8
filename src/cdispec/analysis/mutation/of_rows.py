"""Slips in what is asked of the rows of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.slip import Removed, Rewritten, Slip
from cdispec.model.criteria import Criterion, OfRows, Quantity, key_of
from cdispec.model.records import MOST_ROWS

_OTHERWISE = {Quantity.SOME: Quantity.NONE, Quantity.NONE: Quantity.SOME, Quantity.LATEST: Quantity.EACH}


def quantity_turned(criterion: Criterion, logic: OfRows, ground: Ground) -> Iterator[Slip]:
    """No row may be so where one must be, or the reverse; each row is asked where the latest one is."""
    other = _OTHERWISE.get(logic.quantity)
    if other is not None:
        yield _asking(criterion, logic, replace(logic, quantity=other, by=""), ground)


def rows_counted(criterion: Criterion, logic: OfRows, ground: Ground) -> Iterator[Slip]:
    """One row more or one less is asked."""
    if logic.quantity in (Quantity.SOME, Quantity.AT_LEAST):
        for count in (logic.count - 1, logic.count + 1):
            if 1 <= count <= MOST_ROWS:
                yield _asking(criterion, logic, replace(logic, quantity=Quantity.AT_LEAST, count=count), ground)


def condition_dropped(criterion: Criterion, logic: OfRows, ground: Ground) -> Iterator[Slip]:
    """Every row counts, whatever is asked of those that do."""
    if logic.where is not None:
        new = replace(criterion, logic=replace(logic, where=None))
        yield ground.slip(criterion, new, Removed(criterion.place, "where"))


def _asking(criterion: Criterion, logic: OfRows, other: OfRows, ground: Ground) -> Slip:
    edit = Rewritten(criterion.place, f"{key_of(logic)}:", f"{key_of(other)}:")
    return ground.slip(criterion, replace(criterion, logic=other), edit)
