"""The smallest case that would close a gap: that shows an open cell, or that is determined otherwise with a mutant."""

from __future__ import annotations

from cdispec.analysis.adequacy.adequacy import Cell, MutantResult
from cdispec.analysis.adequacy.forcing import Forcing
from cdispec.analysis.adequacy.possible import Formulas, showing
from cdispec.analysis.adequacy.shown import Showing
from cdispec.analysis.mutation.equivalence import misread
from cdispec.analysis.mutation.run import Run
from cdispec.analysis.proof.limit import LIMIT, UndecidedError
from cdispec.analysis.proof.witness import Witnesses
from cdispec.analysis.replay.proving import Proving
from cdispec.analysis.replay.replay import Replay
from cdispec.model.case import Case
from cdispec.model.policy import Policy

Gap = Cell | MutantResult


def smallest_case(policy: Policy, gap: Gap, limit: float = LIMIT) -> Case | None:
    """The case with the fewest answers that would close a gap, of the first kind of request that has one.

    None where it is proved that there is none. Raises UndecidedError where that is not known within the limit.
    """
    proving, asked = _asked(policy, gap, limit)
    witnesses = Witnesses(proving.solver, proving.answers, [policy], policy.since)
    for request, formulas in asked.items():
        model = witnesses.smallest(*formulas)
        if model is not None:
            case = proving.answers.case(policy, request, model)
            if not closes(case, policy, gap):
                if proving.answers.vague:
                    raise UndecidedError(limit)
                raise AssertionError(f"the solver found that {case} closes {gap}, and it does not")
            return case
    return None


def closes(case: Case, policy: Policy, gap: Gap) -> bool:
    """Whether a scenario with this case, and with what is determined of it, would close a gap."""
    replay = Replay(policy, [case])
    if isinstance(gap, Cell):
        return Showing(Forcing(replay)).cases(gap.aspect) & replay.all != 0
    run, slip = Run(replay, []), gap.mutant.slip
    return replay.differing(run.side(slip), slip.edited.changed, run.within(slip.edits)).determined != 0


def _asked(policy: Policy, gap: Gap, limit: float) -> tuple[Proving, dict[str, Formulas]]:
    """For each kind of request what holds of the cases that would close a gap."""
    replay = Replay(policy, [])
    if isinstance(gap, Cell):
        forcing = Forcing(replay)
        proving = Proving(replay, limit)
        return proving, showing(gap.aspect, forcing, proving)
    slip = gap.mutant.slip
    side = Run(replay, []).side(slip)
    proving = Proving(replay, limit)
    where = list(misread(slip, proving))
    return proving, {request: [*where, proving.otherwise(side, request)] for request in policy.requests}
