"""Cases that a solver finds for what no case near those of scenarios would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TypeGuard

from cdispec.analysis.adequacy.adequacy import Cell, MutantResult
from cdispec.analysis.adequacy.possible import Formulas, showing
from cdispec.analysis.mutation.equivalence import misread
from cdispec.analysis.proof.bounded import with_rows
from cdispec.analysis.proof.operands import worked_from
from cdispec.analysis.proof.rows import rows_of
from cdispec.analysis.proof.witness import Witnesses
from cdispec.analysis.replay.proving import Proving
from cdispec.analysis.suggest.closing import Target, Trial
from cdispec.core.work import SECOND, TooMuchWorkError
from cdispec.model.case import Case
from cdispec.model.facts import is_stated
from cdispec.model.formulas import Measure
from cdispec.model.measures import Measures
from cdispec.targets.columns import bits

MOST_TRIED = 400
"""So many numbers are tried for a slip in a formula."""


def _of_a_formula(target: Target) -> TypeGuard[MutantResult]:
    return isinstance(target, MutantResult) and target.mutant.operator.of is Measure


class Asked:
    """The smallest cases that would show a cell or notice a mutant."""

    def __init__(self, trial: Trial, limit: float) -> None:
        self._trial, self._policy = trial, trial.replay.policy
        self._proving, state = Proving(trial.replay, limit), trial.replay.state
        answers, since = self._proving.answers, self._policy.since
        rows = rows_of([state], answers)
        self._witnesses = Witnesses(self._proving.solver, answers, [self._policy], since, rows)

    def case(self, target: Target) -> Case | None:
        """Such a case; None where none is found within the limit of work."""
        try:
            return next(self._cases(target), None)
        except TooMuchWorkError:
            return None

    def _cases(self, target: Target) -> Iterator[Case]:
        """Such a case of each kind of request, as far as that is found out."""
        for request, formulas in self._formulas(target).items():
            with suppress(TooMuchWorkError), self._proving.answers.work.part(SECOND):
                if (model := self._witnesses.smallest(*formulas)) is not None:
                    case = self._proving.answers.case(self._policy, request, model)
                    asked = [target.mutant.of] if _of_a_formula(target) else []
                    asked += [id for id in case.facts if is_stated(self._policy.facts[id])]
                    found = self._worked_from(case, target, asked) if asked else [case]
                    yield from (with_rows(self._trial.replay.state, one) for one in found)

    def _worked_from(self, case: Case, target: Target, asked: Sequence[str]) -> Iterator[Case]:
        """A case that gives the numbers of some measures; found by trying.

        By them alone a formula is noticed, and what only a criterion states is given.
        """
        measures = Measures(self._policy)
        alike = [one for id in asked for one in measures.alike(id)]
        tried = worked_from(case, alike, self._policy, MOST_TRIED) if alike else []
        state = self._trial.replay.state
        closing = Trial(state.surface, [with_rows(state, one) for one in tried]).closing(target) if tried else 0
        yield from (tried[number] for number in islice(bits(closing), 1))

    def _formulas(self, target: Target) -> dict[str, Formulas]:
        """For each kind of request what holds of such a case."""
        if isinstance(target, Cell):
            return showing(target.aspect, self._trial.forcing, self._proving)
        side = self._trial.side(target)
        where = list(misread(target.mutant.slip, self._proving))
        return {
            request: [*where, self._proving.otherwise(side, request)]
            for request in self._policy.requests
            if request in side.rooted.decisions
        }
