"""The solver (z3): whether there is a case of which something holds, within a limit of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

import z3

from cdispec.core.work import SECOND, TooMuchWorkError
from cdispec.targets.smt.agreements import Agreement
from cdispec.targets.smt.answers import Answers

_ASKING = 2_000
"""What asking it once takes beside."""
_LAST_STOP = 20
"""A question ends after so many times as long as its steps should take: of some work the solver counts too little."""


class Solver:
    """Asks about the cases that some answers can make, those of which `given` holds.

    A question may take so many `steps`, and all of them together what the answers have left. Where that is too little
    to know, TooMuchWorkError is raised.
    """

    def __init__(self, answers: Answers, *given: z3.BoolRef, steps: int) -> None:
        self.answers, self.steps = answers, steps
        self._names = self._learned = 0
        self._agreed: dict[Agreement, int] = {}
        self._within: list[tuple[z3.BoolRef, list[z3.BoolRef]]] = []
        self._solver = z3.SolverFor("QF_LIRA")
        # The same question has the same answer, on every machine; what need not be stated is tried first as not stated.
        self._solver.set("random_seed", 0)
        self._solver.add(*given)

    @contextmanager
    def question(self, *formulas: z3.BoolRef) -> Iterator[None]:
        """What is asked within is asked of the cases of which these formulas hold, and shares the work of one.

        What the next question does not ask again is forgotten with it.
        """
        self._learn()
        learned, agreed = self._learned, dict(self._agreed)
        self._solver.push()
        self._within.append((self._named(formulas), [*formulas]))
        try:
            with self.answers.work.part(self.steps):
                yield
        finally:
            self._within.pop()
            self._solver.pop()
            self._learned, self._agreed = learned, agreed

    def hold(self, *formulas: z3.BoolRef) -> None:
        """Go on with the cases of which these formulas hold as well, until the question ends."""
        name, held = self._within[-1]
        self._solver.add(z3.Implies(name, z3.And(formulas)))
        held += formulas

    def model(self, *formulas: z3.BoolRef) -> z3.ModelRef | None:
        """A case of which these formulas hold as well; None where it is proved that there is none."""
        asked = [*(name for name, _ in self._within), self._named(formulas)]
        meant = [*chain.from_iterable(held for _, held in self._within), *formulas]
        while True:
            used = self.answers.agreements.of(meant)
            for agreement in used:
                self._solver.add(*agreement.true[self._agreed.get(agreement, 0) :])
                self._agreed[agreement] = len(agreement.true)
            model = self._within_calendar(asked)
            if model is None or not self._refuted(model, used):
                return model

    def other(self, *formulas: z3.BoolRef, steps: int) -> z3.ModelRef | None:
        """The same, but that None may also mean that it was not found within so many steps."""
        try:
            with self.answers.work.part(steps):
                return self.model(*formulas)
        except TooMuchWorkError:
            return None

    def ever(self, *formulas: z3.BoolRef) -> bool:
        """Whether there is a case of which these formulas hold; a question of its own."""
        with self.question(*formulas):
            return self.model() is not None

    def _refuted(self, model: z3.ModelRef, used: Sequence[Agreement]) -> bool:
        """Whether a model takes something as agreed on that some answers deny; these become a constraint.

        What an agreement rests on comes before it. It is tried with these as the model has them, which is right once
        they are not refuted: were they free, what denies it could take something else as agreed on, for ever.
        """
        agreements = self.answers.agreements
        refuted: list[Agreement] = []
        pinned: z3.BoolRef | None = None
        for agreement in used:
            below = agreements.below(agreement)
            if not agreement.claimed(model) or any(other in refuted for other in below):
                continue
            if pinned is None:
                pinned = self._named(self.answers.pinned(model))
            symbols = [*agreement.beside, *(symbol for other in below for symbol in (other.so, *other.beside))]
            fixed = self._named([symbol == model.eval(symbol, model_completion=True) for symbol in symbols])
            denial = self._within_calendar([pinned, fixed, agreement.denied])
            if denial is not None:
                agreements.require(agreement, denial)
                refuted.append(agreement)
        return bool(refuted)

    def _within_calendar(self, asked: Sequence[z3.BoolRef]) -> z3.ModelRef | None:
        """A model in which dates are moved as the calendar does; None where there is none."""
        days = self.answers.days
        while (model := self._asked(asked)) is not None and not days.keep(model):
            # What was asked may hold on the very same days, moved rightly.
            pinned = self._named(days.pinned(model))
            kept = self._asked([*asked, pinned])
            if kept is not None:
                return kept
        return model

    def _asked(self, assumed: Sequence[z3.BoolRef]) -> z3.ModelRef | None:
        """A model; None where there is none."""
        work = self.answers.work
        work.spend(_ASKING)
        self._learn()
        self._solver.set("rlimit", min(work.left, 2**32 - 1) or 1)
        self._solver.set("timeout", min(1000 * _LAST_STOP * (work.left // SECOND + 1), 2**32 - 1))
        before = self._counted()
        answer = self._solver.check(*assumed)
        work.spend(self._counted() - before)
        if answer == z3.unknown:
            raise TooMuchWorkError
        return self._solver.model() if answer == z3.sat else None

    def _learn(self) -> None:
        """Know what has come to be true of every case."""
        self._solver.add(*self.answers.constraints[self._learned :])
        self._learned = len(self.answers.constraints)

    def _counted(self) -> int:
        """The steps that the solver has taken so far."""
        statistics = self._solver.statistics()
        return int(statistics.get_key_value("rlimit count"))

    def _named(self, formulas: Sequence[z3.BoolRef]) -> z3.BoolRef:
        """A name that implies formulas: to assume it keeps for the next question what was learned of them."""
        self._names += 1
        name = z3.Bool(f"asked|{self._names}")
        self._solver.add(z3.Implies(name, z3.And(formulas)))
        return name
