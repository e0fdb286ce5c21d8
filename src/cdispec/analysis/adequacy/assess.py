"""Assessing the scenarios of a policy: what they show, what nothing could show, and what no scenario notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from cdispec.analysis.adequacy.adequacy import Adequacy, Cell, Fate, MutantResult, ScenarioCase, State
from cdispec.analysis.adequacy.aspects import Aspect, Comes, Reads, Rests, aspects
from cdispec.analysis.adequacy.forcing import Forcing
from cdispec.analysis.adequacy.shown import Showing
from cdispec.analysis.faults.deciding import deciding_or_limiting
from cdispec.analysis.mutation.run import Run, Tried
from cdispec.analysis.proof.limit import LIMIT, can_prove
from cdispec.analysis.replay.replay import Replay
from cdispec.core.work import TooMuchWorkError
from cdispec.determine.determination import Prepared
from cdispec.library import ScenarioReading
from cdispec.model.policy import Policy
from cdispec.scenario.expectations import holds
from cdispec.source import Place, has_errors
from cdispec.targets.columns import bits

if TYPE_CHECKING:
    from cdispec.analysis.replay.proving import Proving


def adequacy_of(policy: Policy, readings: Sequence[ScenarioReading], limit: float = LIMIT) -> Adequacy:
    """How well the scenarios of a policy that is free of errors test it; each proof may take `limit` seconds."""
    return _Assessment(policy, readings, limit).adequacy()


class _Assessment:
    def __init__(self, policy: Policy, readings: Sequence[ScenarioReading], limit: float) -> None:
        self.policy, self._limit = policy, limit
        own = [one for one in readings if one.policy is policy and not has_errors([*one.issues])]
        told = [(one.story.scenario, telling) for one in own for telling in one.story.tellings]
        self._witnesses = [ScenarioCase(scenario.key, telling.place) for scenario, telling in told]
        self._named = {id: scenario for scenario, _ in reversed(told) for id in scenario.interpretations}
        self._replay = Replay(policy, [telling.case for _, telling in told])
        self._told = [telling for _, telling in told]
        self._prepared = Prepared(policy)
        self._run = Run(self._replay, self._told)
        self._forcing = Forcing(self._replay)

    def adequacy(self) -> Adequacy:
        """All of it. What cases show comes first: the solver is asked of the rest alone."""
        showing = Showing(self._forcing)
        every = aspects(self.policy, list(deciding_or_limiting(self.policy)), self._replay.base.rooted)
        shown = [(aspect, showing.cases(aspect) & self._run.hold) for aspect in every]
        tried = list(self._run.tried())
        return Adequacy(
            policy=self.policy,
            cells=tuple(self._cell(aspect, cases) for aspect, cases in shown),
            mutants=tuple(map(self._result, tried)),
            cases=self._replay.size,
            failing=tuple(
                self._witnesses[number] for number in bits(self._replay.all & ~self._run.hold) if self._fails(number)
            ),
        )

    def _fails(self, number: int) -> bool:
        """Whether a case fails that does not hold where it is asked with all others.

        What other lines can only come to together, or a number and the rows that it counts, is not known there: such a
        case shows nothing, and need not fail.
        """
        told = self._told[number]
        found = self._prepared.decide(told.case).determination()
        return not all(holds(expected, found) for _, expected in told.expected)

    def _cell(self, aspect: Aspect, cases: int) -> Cell:
        by = tuple(self._witnesses[number] for number in bits(cases))
        if isinstance(aspect, Reads) and (scenario := self._named.get(aspect.interpretation)):
            by = (ScenarioCase(scenario.key, scenario.place),)
        state = State.SHOWN if by else self._unshown(aspect)
        return Cell(aspect, *self._where(aspect), state, by)

    def _unshown(self, aspect: Aspect) -> State:
        from cdispec.analysis.adequacy.possible import possible

        if isinstance(aspect, Reads):
            return State.OPEN
        can = self._asked(lambda: possible(aspect, self._forcing, self._proving))
        return State.NOT_DECIDED if can is None else State.OPEN if can else State.IMPOSSIBLE

    def _result(self, tried: Tried) -> MutantResult:
        mutant = tried.mutant
        label = "" if mutant.in_fact else self.policy.clauses.get(mutant.of, "")
        if tried.noticed_by is not None:
            return MutantResult(mutant, label, Fate.NOTICED, self._witnesses[tried.noticed_by])
        return MutantResult(mutant, label, self._unnoticed(tried), None)

    def _unnoticed(self, tried: Tried) -> Fate:
        from cdispec.analysis.mutation.equivalence import equivalent

        same = self._asked(lambda: equivalent(tried.mutant.slip, tried.side, self._proving))
        return Fate.NOT_DECIDED if same is None else Fate.EQUIVALENT if same else Fate.UNNOTICED

    def _asked(self, question: Callable[[], bool]) -> bool | None:
        """What is proved; None where nothing is."""
        if not can_prove():
            return None
        try:
            return question()
        except TooMuchWorkError:
            return None

    @cached_property
    def _proving(self) -> Proving:
        from cdispec.analysis.replay.proving import Proving

        return Proving(self._replay, self._limit)

    def _where(self, aspect: Aspect) -> tuple[str, Place]:
        """The label and the place of what an aspect is of."""
        policy = self.policy
        match aspect:
            case Comes(request):
                return "", policy.requests[request].place
            case Reads(id):
                recorded = next(one for one in policy.interpretations if one.id == id)
                return policy.clauses.get(recorded.clauses[0], ""), recorded.place
            case Rests(label):
                stated = [(one.label, one.place) for one in policy.criteria.values()]
                stated += [(rest.label, rest.place) for rest in policy.otherwise]
                return label, min(place for own, place in stated if own == label)
            case _:
                criterion = policy.criteria[aspect.criterion]
                return criterion.label, criterion.place
