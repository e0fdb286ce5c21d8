"""Smallest cases: the fewest things stated, and of those the plainest, whatever case the solver found first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Context
from itertools import pairwise
from typing import assert_never

import z3

from cdispec.core.lower import lower
from cdispec.core.program import Constant, Lies, edges_of, facts_of
from cdispec.core.work import SECOND
from cdispec.model.facts import DIGITS, Amount, Day, Fact, Number, OneOf, SetOf, YesNo
from cdispec.model.policy import Policy
from cdispec.targets.smt.answers import Answers, Key, exact, is_true, key_of
from cdispec.targets.smt.solver import Solver

_WIDE = Context(prec=DIGITS)
_NEAR, _FAR = (31, 366, 3_660), date.max.toordinal()
_REACHES = (*((-1, days) for days in _NEAR), *((1, days) for days in _NEAR), (-1, _FAR), (1, _FAR))
"""Before and after another day, and within so many days of it, a day is looked for: near ones take less work."""


class Witnesses:
    """Finds the smallest case of which something holds, by a solver over the answers of some policies.

    `rows` are formulas each of which says that there is one more row of a list.
    The order of what is tried is fixed, so that the case depends on the policies alone and not on the solver.
    """

    def __init__(
        self,
        solver: Solver,
        answers: Answers,
        policies: Iterable[Policy],
        first: date,
        rows: Iterable[z3.BoolRef] = (),
    ) -> None:
        self.solver, self.answers, self.first, self._rows = solver, answers, first, [*rows]
        self._numbers = _turning_numbers(policies)

    def smallest(self, *formulas: z3.BoolRef) -> z3.ModelRef | None:
        """The smallest case of which these formulas hold; None where it is proved that there is none.

        Raises TooMuchWorkError where that is not known within the limit. Making the case smaller is apart from that:
        where it takes too much work to prove that there is no smaller one, it is one of which nothing can be left out.
        """
        with self.solver.question(*formulas):
            model = self.solver.model()
            return None if model is None else self._made_small(model)

    def _other(self, *formulas: z3.BoolRef, steps: int = SECOND) -> z3.ModelRef | None:
        """Another case, where one is found."""
        return self.solver.other(*formulas, steps=steps)

    def _made_small(self, model: z3.ModelRef) -> z3.ModelRef:
        # What an open record states says more than what is absent from a complete one.
        model = self._other(z3.Not(self.answers.complete)) or model
        return self._plainest(self._fewest(model))

    def _fewest(self, model: z3.ModelRef) -> z3.ModelRef:
        """A case with as little stated as can be; the solver is held to it."""
        stated = [*self._rows, *self.answers.stated.values()]
        self.solver.hold(self.answers.complete == is_true(model, self.answers.complete))
        while stated:
            most = sum(is_true(model, one) for one in stated)
            # Proving that no fewer will do is the hardest question, and matters least for a long case.
            fewer = self._other(z3.AtMost(*stated, most - 1), steps=SECOND // 4) if most else None
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
        answer, none = self.answers.value(fact), self.answers.none(fact)
        model = self._preferring([z3.Not(none)], model)
        if is_true(model, none):
            return model
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
                while most and (fewer := self._other(z3.AtMost(*members, most - 1))) is not None:
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
            found = model if is_true(model, formula) else self._other(formula)
            if found is not None:
                self.solver.hold(formula)
                return found
        return model

    def _nearest(self, day: z3.ArithRef, to: int, model: z3.ModelRef) -> z3.ModelRef:
        """Bring a day as near to another as can be, to one before it rather than to one after."""
        the_day = day == to
        found = model if is_true(model, the_day) else self._other(the_day)
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
            nearer = self._other(at_most(distance))
            if nearer is None:
                if found is None:
                    return None
                low = distance + 1
            else:
                found, high = nearer, sign * (nearer.eval(day, model_completion=True).as_long() - to) - 1
        self.solver.hold(day == to + sign * (high + 1))
        return found


def _turning_numbers(policies: Iterable[Policy]) -> dict[Key, list[Amount]]:
    """For each number fact an answer of every kind that the criteria tell apart, whole numbers first."""
    edges: dict[Key, set[Amount]] = {}
    bounds: dict[Key, set[Amount]] = {}
    for policy in policies:
        for fact in policy.facts.values():
            if isinstance(fact, Number):
                edges.setdefault(key_of(fact), set())
                bounds.setdefault(key_of(fact), set()).update(
                    bound for bound in (fact.minimum, fact.maximum) if bound is not None
                )
        for node in lower(policy).nodes:
            if isinstance(node, Lies):
                asked = [policy.facts[fact] for fact in facts_of(node)]
                for fact in asked:
                    if isinstance(fact, Number):
                        edges[key_of(fact)].update(_stated(node))
    # A number at an edge says more than the least or greatest that there can be, or one in between.
    return {
        key: [*sorted(_around(found), key=_plainness), *sorted(bounds[key]), *_between(found | bounds[key])]
        for key, found in edges.items()
    }


def _stated(atom: Lies) -> Iterator[Amount]:
    return (edge.value for edge in edges_of(atom.spans) if isinstance(edge, Constant))


def _between(turning: set[Amount]) -> list[Amount]:
    return [_WIDE.divide(_WIDE.add(low, high), 2) for low, high in pairwise(sorted(turning))]


def _around(edges: set[Amount]) -> set[Amount]:
    return {near for edge in edges for near in (edge, edge - 1, edge + 1)} or {1}


def _plainness(number: Amount) -> tuple[bool, Amount]:
    return number % 1 != 0, number
