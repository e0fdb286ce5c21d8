"""Whether a slip changes nothing: no case is determined otherwise, which a solver proves."""

from __future__ import annotations

from collections.abc import Iterator, Set

import z3

from cdispec.analysis.mutation.slip import Misread, Slip
from cdispec.analysis.replay.proving import Proving
from cdispec.analysis.replay.replay import same_frame
from cdispec.analysis.replay.view import Side
from cdispec.core.program import cited_nodes
from cdispec.logic import Truth
from cdispec.targets.smt.formulas import Kleene

LEVELS = 3
"""So far above what a slip changes is looked whether it is lost there: less is to be proved there than of all."""


def equivalent(slip: Slip, side: Side, proving: Proving) -> bool:
    """Whether no case is determined otherwise. Raises TooMuchWorkError where a fixed amount of work does not tell."""
    where = list(misread(slip, proving))
    base, limited = proving.replay.base.rooted, list(proving.limited(side))
    if (side.rooted.decisions, side.rooted.classifications) == (base.decisions, base.classifications):
        return not limited or not proving.ever(z3.Or(limited))
    # Where something is misread and three-valued logic is not exact, what every answer agrees on can differ though no
    # truth does. What is not misread has one truth for each of these answers, and so agrees on the same.
    # A truth that is known is the same for each of them.
    exact = not where or (side.exact and proving.replay.base.exact)
    changed = proving.replay.of_surface(slip.edited).changed
    if not limited and lost(changed, side, where, proving, exact):
        return True
    return not _ever_otherwise(side, where, proving)


def _ever_otherwise(side: Side, where: list[z3.BoolRef], proving: Proving) -> bool:
    return any(proving.ever(*where, proving.otherwise(side, request)) for request in side.rooted.decisions)


def lost(changed: Set[str], side: Side, where: list[z3.BoolRef], proving: Proving, exact: bool) -> bool:
    """Whether an edit of some criteria makes no difference to what stands a little above them, nor to what is cited.

    Where three-valued logic is not `exact`, what stands there must be known, and not only alike.
    """
    base, reached = proving.replay.base.rooted, {*changed}
    if not all(same_frame(one, side.rooted.decisions[request]) for request, one in base.decisions.items()):
        return False
    policy = proving.replay.policy
    deciding = {rule.criterion.id for rule in policy.rules} | {one.criterion.id for one in policy.classifications}
    for _ in range(LEVELS):
        reached = (reached & deciding).union(*map(proving.replay.holders, reached))
        if not reached <= side.rooted.criteria.keys():
            return False
        unlike = [formula for id in reached for formula in _unlike(id, side, proving, exact)]
        unlike += [formula for pair in _cited(side, proving) for formula in proving.unlike(*pair)]
        if not reached:
            return False
        if not proving.ever(*where, z3.Or(unlike)):
            return True
    return False


def _cited(side: Side, proving: Proving) -> Iterator[tuple[int, int]]:
    """The nodes of what is cited of the rules without a slip and with it."""
    for request, decision in proving.replay.base.rooted.decisions.items():
        for before, after in zip(decision.rules, side.rooted.decisions[request].rules, strict=True):
            yield from list(zip(cited_nodes(before.cited), cited_nodes(after.cited), strict=True))[1:]


def _unlike(id: str, side: Side, proving: Proving, exact: bool) -> Iterator[z3.BoolRef]:
    before, after = proving.replay.base.rooted.criteria[id], side.rooted.criteria[id]
    for pair in ((before.truth, after.truth), (before.in_force, after.in_force)):
        yield from proving.unlike(*pair) if exact else proving.not_known_alike(*pair)


def misread(slip: Slip, proving: Proving) -> Iterator[z3.BoolRef]:
    """What holds of the cases in which something is misread; the fact that stands in for it is answered so."""
    for edit in slip.edits:
        if isinstance(edit, Misread):
            known = proving.truths.truth(proving.replay.logic(edit.criterion))
            if edit.read_as is Truth.UNKNOWN:
                read = proving.lacking(edit.criterion)
                kept = [z3.And(truth, z3.Not(read)) for truth in known]
                proving.given[slip.standing_in] = Kleene(*kept)
                yield read
                continue
            read = known.is_(Truth.UNKNOWN)
            if edit.silent:
                read = z3.And(read, proving.answers.complete)
            met = edit.read_as is Truth.TRUE
            true, false = (z3.Or(known.true, read), known.false) if met else (known.true, z3.Or(known.false, read))
            proving.given[slip.standing_in] = Kleene(true, false)
            yield read
