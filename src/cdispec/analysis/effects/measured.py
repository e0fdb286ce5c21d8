"""Measures that two states of a policy work out otherwise: to a solver, two numbers that have nothing in common.

So it finds every case that is decided otherwise, and cases that cannot be: the one value is worked out from the same
numbers as the other. What it finds is therefore shown only with numbers that lead there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import z3

from cdispec.analysis.proof.operands import worked_from
from cdispec.determine.reading import as_read_by
from cdispec.model.case import Case
from cdispec.model.facts import Number, formula_of, is_stated
from cdispec.model.formulas import operands_of
from cdispec.model.measures import Measures, Worked
from cdispec.model.policy import Policy
from cdispec.targets.smt import Answers
from cdispec.targets.smt.answers import key_of

MOST = 300
"""So many numbers are tried for a case."""


class Measured:
    """The measures that two states work out otherwise."""

    def __init__(self, before: Policy, after: Policy) -> None:
        self.before, self.after = before, after
        self._both = replace(after, facts={**before.facts, **after.facts})
        self.any = bool(Measures(before)) or bool(Measures(after))
        self._measures = Measures(before), Measures(after)
        self._facts = {
            id: (was, now)
            for id, was in before.facts.items()
            if isinstance(was, Number) and isinstance(now := after.facts.get(id), Number)
            if was.unit == now.unit and key_of(was) != key_of(now)
        }

    def given_alike(self, answers: Answers) -> Iterator[z3.BoolRef]:
        """What is true of such a measure all the same: where it cannot be worked out, it is given to both states."""
        for was, now in self._facts.values():
            one, other = (answers.stated[key_of(fact)] for fact in (was, now))
            formulas = [formula for fact in (was, now) if (formula := formula_of(fact)) is not None]
            if len(formulas) == 2 and {*operands_of(formulas[0])} == {*operands_of(formulas[1])}:
                yield one == other
            elif len(formulas) == 1:
                plain, worked = (one, other) if was.measure is None else (other, one)
                yield z3.Implies(plain, z3.And(worked, answers.value(was) == answers.value(now)))

    def differ(self, before: Case, after: Case) -> bool:
        """Whether a case has another value of such a measure in one state than in the other, or what nobody gives."""
        return bool(self._doubtful(before, after))

    def _doubtful(self, before: Case, after: Case) -> list[str]:
        """The measures of which a case must give the numbers to be shown."""
        differ = [id for id in self._facts if before.facts.get(id) != after.facts.get(id)]
        known = {**before.facts, **after.facts}
        return [*differ, *(id for id, fact in self._both.facts.items() if id in known and is_stated(fact))]

    def tried(self, before: Case, after: Case) -> Iterator[tuple[Case, Case]]:
        """A case with numbers in the place of the measures that differ, as each of the states reads it."""
        ids = self._doubtful(before, after)
        given = {id: value for id, value in {**before.facts, **after.facts}.items() if id not in ids}
        both = Case(after.policy, after.request, after.date, given, after.complete)
        for worked in self._alike(ids):
            for case in worked_from(both, worked, self._both, MOST):
                one, other = (as_read_by(case, self._both, state) for state in (self.before, self.after))
                if one is not None and other is not None:
                    yield one, other

    def _alike(self, ids: list[str]) -> Iterator[list[Worked]]:
        """The measures of both states that are worked out from the same numbers, these together."""
        found = [worked for id in ids for one in self._measures if (worked := one.of(id)) is not None]
        for operands in dict.fromkeys(frozenset(one.operands) for one in found):
            yield [one for one in found if frozenset(one.operands) == operands]
