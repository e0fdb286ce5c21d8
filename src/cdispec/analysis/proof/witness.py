"""Smallest cases: the fewest things stated, and of those the plainest, whatever case the solver found first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import assert_never

import z3

from cdispec.analysis.proof.solver import WORK, Solver
from cdispec.model.criteria import Comparison, IsOneOf, Range
from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, YesNo
from cdispec.model.policy import Policy, all_criteria
from cdispec.targets.smt.answers import Answers, Key, exact, is_true, key_of

_NEAR, _FAR = (31, 366, 3_660), date.max.toordinal()
_REACHES = (*((-1, days) for days in _NEAR), *((1, days) for days in _NEAR), (-1, _FAR), (1, _FAR))
"""Before and after another day, and within so many days of it, a day is looked for: near ones take less work."""


class Witnesses:
    """Finds the smallest case of which something holds, by a solver over the answers of some policies.

    The order of what is tried is fixed, so that the case depends on the policies alone and not on the solver.
    """

    def __init__(self, solver: Solver, answers: Answers, policies: Iterable[Policy], first: date) -> None:
        self.solver, self.answers, self.first = solver, answers, first
        self._numbers = _turning_numbers(policies)

    def smallest(self, *formulas: z3.BoolRef) -> z3.ModelRef | None:
        """The smallest case of which these formulas hold; None where it is proved that there is none.

        Raises UndecidedError where that is not known within the limit. Making the case smaller is apart from that:
        where it takes too much work to prove that there is no smaller one, it is one of which nothing can be left out.
        """
        with self.solver.question(*formulas):
            # What an open record states says more than what is absent from a complete one.
            model = self.solver.model(z3.Not(self.answers.complete))
            model = self.solver.model() if model is None else model
            return None if model is None else self._plainest(self._fewest(model))

    def found(self, *formulas: z3.BoolRef) -> z3.ModelRef | None:
        """The same, within a fixed amount of work. Raises UndecidedError where that is too little to know."""
        with self.solver.question(*formulas):
            model = self.solver.other(z3.Not(self.answers.complete))
            model = self.solver.found() if model is None else model
            return None if model is None else self._plainest(self._fewest(model))

    def _fewest(self, model: z3.ModelRef) -> z3.ModelRef:
        """A case with as little stated as can be; the solver is held to it."""
        stated = list(self.answers.stated.values())
        self.solver.hold(self.answers.complete == is_true(model, self.answers.complete))
        while stated:
            most = sum(is_true(model, one) for one in stated)
            # Proving that no fewer will do is the hardest question, and matters least for a long case.
            fewer = self.solver.other(z3.AtMost(*stated, most - 1), work=WORK // 4) if most else None
            if fewer is None:
                break
            model = fewer
        if stated:
            self.solver.hold(z3.AtMost(*stated, most))
        # What stands first in the policy is stated rather than what stands below it.
        for one in reversed(stated):
            model = self._preferring([z3.Not(one), one], model)
        return model

    def _plainest(self, model: z3.ModelRef) -> z3.ModelRef:
        model = self._nearest(self.answers.day, self.first.toordinal(), model)
        for key, facts in self.answers.facts.items():
            if is_true(model, self.answers.stated[key]):
                model = self._plain(key, facts[-1], model)
        return model

    def _plain(self, key: Key, fact: Fact, model: z3.ModelRef) -> z3.ModelRef:
        """Settle the answer to a fact that is stated."""
        answer = self.answers.value(fact)
        match fact:
            case YesNo():
                return self._preferring([answer, z3.Not(answer)], model)
            case OneOf():
                places = range(len(self.answers.options(key)))
                return self._preferring([answer == place for place in places], model)
            case Number():
                return self._preferring([answer == exact(number) for number in self._numbers[key]], model)
            case Day():
                requested = model.eval(self.answers.day, model_completion=True).as_long()
                return self._nearest(answer, requested, model)
            case SetOf():
                model = self._preferring([z3.Not(answer), answer], model)
                members = self.answers.members(key)
                most = sum(is_true(model, member) for member in members)
                while most and (fewer := self.solver.other(z3.AtMost(*members, most - 1))) is not None:
                    model, most = fewer, sum(is_true(fewer, member) for member in members)
                self.solver.hold(z3.AtMost(*members, most))
                for member in reversed(members):
                    model = self._preferring([z3.Not(member), member], model)
                return model
            case _:
                assert_never(fact)

    def _preferring(self, wanted: Iterable[z3.BoolRef], model: z3.ModelRef) -> z3.ModelRef:
        """Hold the first of the formulas that can be; where none can, the case stays as it is."""
        for formula in wanted:
            found = model if is_true(model, formula) else self.solver.other(formula)
            if found is not None:
                self.solver.hold(formula)
                return found
        return model

    def _nearest(self, day: z3.ArithRef, to: int, model: z3.ModelRef) -> z3.ModelRef:
        """Bring a day as near to another as can be, to one before it rather than to one after."""
        the_day = day == to
        found = model if is_true(model, the_day) else self.solver.other(the_day)
        if found is not None:
            self.solver.hold(the_day)
            return found
        for sign, reach in _REACHES:
            found = self._closest(day, to, sign, reach)
            if found is not None:
                return found
        return model

    def _closest(self, day: z3.ArithRef, to: int, sign: int, reach: int) -> z3.ModelRef | None:
        """The nearest day on one side of another and within a reach of it; None where none is found."""

        def at_most(distance: int) -> z3.BoolRef:
            return z3.And(sign * (day - to) >= 0, sign * (day - to) <= distance)

        found, low, high = None, 1, reach
        while low <= high:
            distance = (low + high) // 2 if found is not None else high
            nearer = self.solver.other(at_most(distance))
            if nearer is None:
                if found is None:
                    return None
                low = distance + 1
            else:
                found, high = nearer, sign * (nearer.eval(day, model_completion=True).as_long() - to) - 1
        self.solver.hold(day == to + sign * (high + 1))
        return found


def _turning_numbers(policies: Iterable[Policy]) -> dict[Key, list[float]]:
    """For each number fact an answer of every kind that the criteria tell apart, whole numbers first."""
    edges: dict[Key, set[float]] = {}
    bounds: dict[Key, set[float]] = {}
    for policy in policies:
        for fact in policy.facts.values():
            if isinstance(fact, Number):
                edges.setdefault(key_of(fact), set())
                bounds.setdefault(key_of(fact), set()).update(
                    bound for bound in (fact.minimum, fact.maximum) if bound is not None
                )
        for criterion in all_criteria(policy):
            if isinstance(criterion.logic, Comparison):
                asked = policy.facts[criterion.logic.fact]
                if isinstance(asked, Number):
                    edges[key_of(asked)].update(_edges(criterion.logic))
    # A number at an edge says more than the least or greatest that there can be, or one in between.
    return {
        key: [*sorted(_around(found), key=_plainness), *sorted(bounds[key]), *_between(found | bounds[key])]
        for key, found in edges.items()
    }


def _between(turning: set[float]) -> list[float]:
    return [low + (high - low) / 2 for low, high in pairwise(sorted(turning))]


def _edges(comparison: Comparison) -> Iterator[float]:
    match comparison.test:
        case IsOneOf(values):
            yield from (value for value in values if isinstance(value, int | float))
        case Range(low, high):
            yield from (
                bound.value for bound in (low, high) if bound is not None and isinstance(bound.value, int | float)
            )
        case _:
            pass


def _around(edges: set[float]) -> set[float]:
    return {near for edge in edges for near in (edge, edge - 1, edge + 1)} or {1.0}


def _plainness(number: float) -> tuple[bool, float]:
    return number % 1 != 0, number
