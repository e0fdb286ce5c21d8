"""The solver (z3): whether there is a case of which something holds, within a limit of time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import z3

from cdispec.analysis.proof.limit import ALL, LIMIT, UndecidedError
from cdispec.targets.smt import Answers

_Answer: TypeAlias = tuple[z3.CheckSatResult, z3.ModelRef | None]
_Asking = Callable[[Sequence[z3.BoolRef]], _Answer]

WORK = 2_000_000
"""The solver's own measure of its work, of which it does some two million a second."""


class Solver:
    """Asks about the cases that some answers can make, those of which `given` holds.

    A question may take `limit` seconds, and all of them together `ALL` times that, smaller cases included.
    """

    def __init__(self, answers: Answers, *given: z3.BoolRef, limit: float = LIMIT) -> None:
        self.answers, self.limit = answers, limit
        self._ends = 0.0
        self._all_end = time.monotonic() + ALL * limit
        self._questions = self._known = 0
        self._solver = z3.SolverFor("QF_LIRA")
        # The same question has the same answer, on every machine; what need not be stated is tried first as not stated.
        self._solver.set("random_seed", 0)
        self._solver.set("phase_selection", 0)
        self._solver.add(*given)

    @contextmanager
    def question(self, *formulas: z3.BoolRef) -> Iterator[None]:
        """What is asked within is asked of the cases of which these formulas hold, and shares one limit."""
        self._learn()
        known = self._known
        self._solver.push()
        self._solver.add(*formulas)
        self._ends = min(time.monotonic() + self.limit, self._all_end)
        try:
            yield
        finally:
            self._solver.pop()
            self._known = known

    def hold(self, *formulas: z3.BoolRef) -> None:
        """Go on with the cases of which these formulas hold as well, until the question ends."""
        self._solver.add(*formulas)

    def model(self, *formulas: z3.BoolRef) -> z3.ModelRef | None:
        """A case of which these formulas hold as well; None where it is proved that there is none.

        Raises UndecidedError where the limit has passed, or where only cases that are vague could be such.
        """
        return self._sure(self._within_time, formulas)

    def found(self, *formulas: z3.BoolRef) -> z3.ModelRef | None:
        """The same, given a fixed amount of work. Raises UndecidedError where that is too little."""
        return self._sure(self._within_work, formulas)

    def other(self, *formulas: z3.BoolRef, work: int = WORK) -> z3.ModelRef | None:
        """Another case of a question that has one, of which these formulas hold as well; None where none is found.

        The search is given a fixed amount of work: while there is time, what it finds is the same on every machine.
        """
        return self._within_work([*formulas, *self._not_vague()], work)[1]

    def _sure(self, asked: _Asking, formulas: Sequence[z3.BoolRef]) -> z3.ModelRef | None:
        answer, model = asked([*formulas, *self._not_vague()])
        if answer == z3.unsat and self.answers.vague:
            answer, _ = asked(formulas)
            answer = z3.unknown if answer == z3.sat else answer
        if answer == z3.unknown:
            raise UndecidedError(self.limit)
        return model

    def _not_vague(self) -> list[z3.BoolRef]:
        return [z3.Not(vague) for vague in self.answers.vague]

    def _within_time(self, formulas: Sequence[z3.BoolRef]) -> _Answer:
        return self._asked(formulas, self._ends)

    def _within_work(self, formulas: Sequence[z3.BoolRef], work: int = WORK) -> _Answer:
        self._solver.set("rlimit", work)
        try:
            return self._asked(formulas, self._all_end)
        finally:
            self._solver.set("rlimit", 0)

    def _asked(self, formulas: Sequence[z3.BoolRef], ends: float) -> _Answer:
        """Ask by an assumption, so that what the solver has learned stays for the next question."""
        left = ends - time.monotonic()
        if left <= 0:
            return z3.unknown, None
        self._solver.set("timeout", max(int(left * 1000), 1))
        self._questions += 1
        asked = z3.Bool(f"asked|{self._questions}")
        self._learn()
        self._solver.add(z3.Implies(asked, z3.And(*formulas)))
        answer = self._solver.check(asked)
        return answer, self._solver.model() if answer == z3.sat else None

    def _learn(self) -> None:
        """What is true of every case, as far as it was not said before."""
        self._solver.add(*self.answers.constraints[self._known :])
        self._known = len(self.answers.constraints)

    def ever(self, *formulas: z3.BoolRef) -> bool:
        """Whether there is a case of which these formulas hold; a question of its own."""
        with self.question(*formulas):
            return self.model() is not None
