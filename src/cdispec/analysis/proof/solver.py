"""The solver (z3): whether there is a case of which something holds, within a limit of time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import z3

from cdispec.analysis.proof.limit import ALL, LIMIT, UndecidedError

WORK = 2_000_000
"""The solver's own measure of its work, of which it does some two million a second."""


class Solver:
    """Asks about the cases of which some `constraints` hold.

    A question may take `limit` seconds, and all of them together `ALL` times that.
    """

    def __init__(self, constraints: Sequence[z3.BoolRef], limit: float = LIMIT) -> None:
        self.limit = limit
        self._ends = 0.0
        self._all_end = time.monotonic() + ALL * limit
        self._questions = 0
        self._solver = z3.SolverFor("QF_LIRA")
        # The same question has the same answer, on every machine; what need not be stated is tried first as not stated.
        self._solver.set("random_seed", 0)
        self._solver.set("phase_selection", 0)
        self._solver.add(*constraints)

    @contextmanager
    def question(self, *formulas: z3.BoolRef) -> Iterator[None]:
        """What is asked within is asked of the cases of which these formulas hold, and shares one limit."""
        self._solver.push()
        self._solver.add(*formulas)
        self._ends = min(time.monotonic() + self.limit, self._all_end)
        try:
            yield
        finally:
            self._solver.pop()

    def hold(self, *formulas: z3.BoolRef) -> None:
        """Go on with the cases of which these formulas hold as well, until the question ends."""
        self._solver.add(*formulas)

    def model(self, *formulas: z3.BoolRef) -> z3.ModelRef | None:
        """A case of which these formulas hold as well; None where it is proved that there is none.

        Raises UndecidedError where the limit has passed.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise UndecidedError(self.limit)
        self._solver.set("timeout", max(int(left * 1000), 1))
        answer, model = self._asked(formulas)
        if answer == z3.unknown:
            raise UndecidedError(self.limit)
        return model

    def other(self, *formulas: z3.BoolRef, work: int = WORK) -> z3.ModelRef | None:
        """Another case of a question that has one, of which these formulas hold as well; None where none is found.

        The search is given a fixed amount of work and no time, so that what it finds is the same on every machine.
        """
        return self._worked_on(formulas, work)[1]

    def found(self, *formulas: z3.BoolRef) -> z3.ModelRef | None:
        """A case of which these formulas hold as well; None where it is proved that there is none.

        Like `other`, it is given a fixed amount of work. Raises UndecidedError where that is too little.
        """
        answer, model = self._worked_on(formulas, WORK)
        if answer == z3.unknown:
            raise UndecidedError(self.limit)
        return model

    def _worked_on(self, formulas: Sequence[z3.BoolRef], work: int) -> tuple[z3.CheckSatResult, z3.ModelRef | None]:
        if time.monotonic() > self._all_end:
            return z3.unknown, None
        self._solver.set("timeout", 0xFFFFFFFF)
        self._solver.set("rlimit", work)
        try:
            return self._asked(formulas)
        finally:
            self._solver.set("rlimit", 0)

    def _asked(self, formulas: Sequence[z3.BoolRef]) -> tuple[z3.CheckSatResult, z3.ModelRef | None]:
        """Ask by an assumption, so that what the solver has learned stays for the next question."""
        self._questions += 1
        asked = z3.Bool(f"asked|{self._questions}")
        self._solver.add(z3.Implies(asked, z3.And(*formulas)))
        answer = self._solver.check(asked)
        return answer, self._solver.model() if answer == z3.sat else None

    def ever(self, *formulas: z3.BoolRef) -> bool:
        """Whether there is a case of which these formulas hold; a question of its own."""
        with self.question(*formulas):
            return self.model() is not None
