"""Cases that a solver finds for what no case near those of scenarios would do."""

from __future__ import annotations

import z3

from cdispec.analysis.adequacy.adequacy import Cell
from cdispec.analysis.adequacy.possible import Formulas, showing
from cdispec.analysis.mutation.equivalence import misread
from cdispec.analysis.proof.limit import UndecidedError
from cdispec.analysis.proof.witness import Witnesses
from cdispec.analysis.replay.proving import Proving
from cdispec.analysis.suggest.closing import Target, Trial
from cdispec.model.case import Case


class Asked:
    """The smallest cases that would show a cell or notice a mutant."""

    def __init__(self, trial: Trial, limit: float) -> None:
        self._trial, self._policy = trial, trial.replay.policy
        self._proving = Proving(trial.replay, limit)
        self._witnesses = Witnesses(self._proving.solver, self._proving.answers, [self._policy], self._policy.since)

    def case(self, target: Target) -> Case | None:
        """Such a case; None where none is found."""
        for request, formulas in self._formulas(target).items():
            try:
                model = self._witnesses.found(*formulas)
            except UndecidedError:
                continue
            if model is not None:
                return self._proving.answers.case(self._policy, request, model)
        return None

    def _formulas(self, target: Target) -> dict[str, Formulas]:
        """For each kind of request what holds of such a case."""
        if isinstance(target, Cell):
            return showing(target.aspect, self._trial.forcing, self._proving)
        side = self._trial.side(target)
        where = list(misread(target.mutant.slip, self._proving))
        return {
            request: [*where, z3.Or(self._proving.otherwise(side, request))]
            for request in self._policy.requests
            if request in side.rooted.decisions
        }
