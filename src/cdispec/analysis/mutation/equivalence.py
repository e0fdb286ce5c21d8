"""Whether a slip changes nothing: no case is determined otherwise, which a solver proves."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from cdispec.analysis.mutation.slip import Misread, Slip
from cdispec.analysis.replay.proving import Proving
from cdispec.analysis.replay.view import Side
from cdispec.logic import Truth
from cdispec.targets.smt.formulas import Kleene

LEVELS = 3
"""So far above what a slip changes is looked whether it is lost there: less is to be proved there than of all."""


def equivalent(slip: Slip, side: Side, proving: Proving) -> bool:
    """Whether no case is determined otherwise. Raises UndecidedError where a fixed amount of work does not tell."""
    base = proving.replay.base.rooted
    if (side.rooted.decisions, side.rooted.classifications) == (base.decisions, base.classifications):
        return True
    where = list(misread(slip, proving))
    return _lost(slip, side, where, proving) or not _ever_otherwise(side, where, proving)


def _ever_otherwise(side: Side, where: list[z3.BoolRef], proving: Proving) -> bool:
    unlike = [formula for request in side.rooted.decisions for formula in proving.otherwise(side, request)]
    return proving.ever(*where, z3.Or(unlike))


def _lost(slip: Slip, side: Side, where: list[z3.BoolRef], proving: Proving) -> bool:
    """Whether what a slip changes makes no difference already to what stands a little above it."""
    reached = set(slip.edited.changed)
    for _ in range(LEVELS):
        reached = {holder for id in reached for holder in proving.replay.holders(id)} if reached else set()
        unlike = [formula for id in reached for formula in _unlike(id, side, proving)]
        if not reached or any(not proving.replay.holders(id) for id in reached):
            return False
        if not proving.ever(*where, z3.Or(unlike)):
            return True
    return False


def _unlike(id: str, side: Side, proving: Proving) -> Iterator[z3.BoolRef]:
    before, after = proving.replay.base.rooted.criteria[id], side.rooted.criteria[id]
    yield from proving.unlike(before.truth, after.truth)
    yield from proving.unlike(before.in_force, after.in_force)


def misread(slip: Slip, proving: Proving) -> Iterator[z3.BoolRef]:
    """What holds of the cases in which something is misread; the fact that stands in for it is answered so."""
    for edit in slip.edits:
        if isinstance(edit, Misread):
            known = proving.truths.truth(proving.replay.logic(edit.criterion))
            read = known.is_(Truth.UNKNOWN)
            if edit.silent:
                read = z3.And(read, proving.answers.complete)
            met = edit.read_as is Truth.TRUE
            true, false = (z3.Or(known.true, read), known.false) if met else (known.true, z3.Or(known.false, read))
            proving.given[slip.standing_in] = Kleene(true, false)
            yield read
