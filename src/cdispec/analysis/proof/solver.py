"""The solver (z3): whether there is a case of which something holds, within a limit of time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import z3

LIMIT = 10.0
"""How many seconds a question is given where nothing else is said."""


class UndecidedError(Exception):
    """The solver did not answer a question within its limit of `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"not decided in {seconds:g} s")


class Solver:
    """Asks about the cases of which some `constraints` hold; a question may take `limit` seconds."""

    def __init__(self, constraints: Sequence[z3.BoolRef], limit: float = LIMIT) -> None:
        self.limit = limit
        self._ends = 0.0
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
        self._ends = time.monotonic() + self.limit
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
        self._solver.push()
        try:
            self._solver.add(*formulas)
            answer = self._solver.check()
            if answer == z3.unknown:
                raise UndecidedError(self.limit)
            return self._solver.model() if answer == z3.sat else None
        finally:
            self._solver.pop()

    def ever(self, *formulas: z3.BoolRef) -> bool:
        """Whether there is a case of which these formulas hold; a question of its own."""
        with self.question(*formulas):
            return self.model() is not None
