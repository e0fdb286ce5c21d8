"""The truths of criteria as formulas; each function repeats the one of its name in `determine.truth`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, assert_never

import z3

from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    IncludesAnyOf,
    IsOneOf,
    Not,
    Range,
    Reference,
    Test,
    Within,
    members,
)
from cdispec.model.facts import Fact, OneOf, SetOf
from cdispec.model.policy import Policy
from cdispec.targets.smt.answers import Answers, exact


class Kleene(NamedTuple):
    """A truth: that it is true, and that it is false. Where neither holds it is unknown."""

    true: z3.BoolRef
    false: z3.BoolRef

    def is_(self, truth: Truth) -> z3.BoolRef:
        """That it is a certain truth."""
        match truth:
            case Truth.TRUE:
                return self.true
            case Truth.FALSE:
                return self.false
            case Truth.UNKNOWN:
                return z3.And(z3.Not(self.true), z3.Not(self.false))


def negation(truth: Kleene) -> Kleene:
    """Not: unknown stays unknown."""
    return Kleene(truth.false, truth.true)


def conjunction(truths: Sequence[Kleene]) -> Kleene:
    """All of."""
    return Kleene(z3.And([truth.true for truth in truths]), z3.Or([truth.false for truth in truths]))


def disjunction(truths: Sequence[Kleene]) -> Kleene:
    """Any of."""
    return Kleene(z3.Or([truth.true for truth in truths]), z3.And([truth.false for truth in truths]))


class Truths:
    """The truths of a policy's criteria in any case of these answers."""

    def __init__(self, policy: Policy, answers: Answers) -> None:
        self.policy, self.answers = policy, answers
        self._truths: dict[int, Kleene] = {}
        self._in_force: dict[int, z3.BoolRef] = {}

    def truth(self, criterion: Criterion) -> Kleene:
        """Whether the case meets a criterion that is in force."""
        if id(criterion) not in self._truths:
            self._truths[id(criterion)] = self._guarded(criterion)
        return self._truths[id(criterion)]

    def _guarded(self, criterion: Criterion) -> Kleene:
        guard, logic = criterion.unless, self._logic_truth(criterion)
        if guard is None:
            return logic
        stands, met = self.in_force(guard), self.truth(guard)
        if criterion.set_aside is Truth.TRUE:
            guarded = disjunction((logic, met))
        else:
            guarded = conjunction((logic, negation(met)))
        return Kleene(z3.If(stands, guarded.true, logic.true), z3.If(stands, guarded.false, logic.false))

    def _logic_truth(self, criterion: Criterion) -> Kleene:
        logic = criterion.logic
        found = [(self.in_force(member), self.truth(member)) for member in members(logic)]
        match logic:
            case AllOf():
                return conjunction([Kleene(_unless(stands, t.true), z3.And(stands, t.false)) for stands, t in found])
            case AnyOf():
                return disjunction([Kleene(z3.And(stands, t.true), _unless(stands, t.false)) for stands, t in found])
            case AtLeast(count):
                met = [z3.And(stands, truth.true) for stands, truth in found]
                open_ = [z3.And(stands, z3.Not(truth.false)) for stands, truth in found]
                return Kleene(z3.AtLeast(*met, count), z3.Not(z3.AtLeast(*open_, count)))
            case Not():
                return negation(found[0][1])
            case Reference(to):
                return self.truth(self.policy.criteria[to])
            case Comparison():
                return self.compare(logic)
            case _:
                assert_never(logic)

    def in_force(self, criterion: Criterion) -> z3.BoolRef:
        """Whether a criterion stands on the day of the request."""
        if id(criterion) not in self._in_force:
            self._in_force[id(criterion)] = z3.simplify(z3.And(self._valid(criterion), self._stands(criterion)))
        return self._in_force[id(criterion)]

    def _valid(self, criterion: Criterion) -> z3.BoolRef:
        start, end = criterion.valid.start, criterion.valid.end
        after = [] if start is None else [self.answers.day >= start.toordinal()]
        before = [] if end is None else [self.answers.day <= end.toordinal()]
        return z3.And(*after, *before)

    def _stands(self, criterion: Criterion) -> z3.BoolRef:
        match criterion.logic:
            case Reference(to):
                return self.in_force(self.policy.criteria[to])
            case Comparison():
                return z3.BoolVal(True)
            case AllOf() | AnyOf() | AtLeast() | Not():
                return z3.Or([self.in_force(member) for member in members(criterion.logic)])
            case _:
                assert_never(criterion.logic)

    def compare(self, comparison: Comparison) -> Kleene:
        """Whether the answer compares; where it is absent, only a complete record makes that false."""
        fact = self.policy.facts[comparison.fact]
        test, complete = comparison.test, self.answers.complete
        if isinstance(test, IncludesAnyOf):
            assert isinstance(fact, SetOf)
            # The options that a list is known to have decide, also where its rest is not known.
            has = z3.Or([self.answers.has(fact, option) for option in sorted(test.options)])
            return Kleene(has, z3.And(z3.Not(has), z3.Or(self.answers.known(fact), complete)))
        known = self.answers.known(fact)
        if isinstance(test, Within) and test.anchor is not None:
            known = z3.And(known, self.answers.known(self.policy.facts[test.anchor]))
        holds = self.holds(test, fact)
        return Kleene(z3.And(known, holds), z3.Or(z3.And(known, z3.Not(holds)), z3.And(z3.Not(known), complete)))

    def holds(self, test: Test, fact: Fact) -> z3.BoolRef:
        """Whether a known answer passes a test."""
        match test:
            case IsOneOf(values):
                return z3.Or([self._is(value, fact) for value in sorted(values, key=str)])
            case IncludesAnyOf():
                raise ValueError("the members of a list are compared one by one")
            case Range() if isinstance(fact, OneOf):
                passing = [option.id for option in fact.options if _in_order(option.id, test, fact)]
                return z3.Or([self._is(option, fact) for option in passing])
            case Range(low, high):
                return z3.And(self._above(low, fact), self._below(high, fact))
            case Within(duration, direction, anchor):
                counted = self.answers.day if anchor is None else self.answers.value(self.policy.facts[anchor])
                return self.answers.days.within(self.answers.value(fact), duration, direction, counted)
            case _:
                assert_never(test)

    def _is(self, value: object, fact: Fact) -> z3.BoolRef:
        answer = self.answers.value(fact)
        if isinstance(fact, OneOf):
            return answer == self.answers.place(fact, str(value))
        return answer == _constant(value)

    def _above(self, low: Bound | None, fact: Fact) -> z3.BoolRef:
        if low is None:
            return z3.BoolVal(True)
        answer, edge = self.answers.value(fact), _constant(low.value)
        return answer >= edge if low.included else answer > edge

    def _below(self, high: Bound | None, fact: Fact) -> z3.BoolRef:
        if high is None:
            return z3.BoolVal(True)
        answer, edge = self.answers.value(fact), _constant(high.value)
        return answer <= edge if high.included else answer < edge


def _unless(stands: z3.BoolRef, truth: z3.BoolRef) -> z3.BoolRef:
    return z3.Or(z3.Not(stands), truth)


def _constant(value: object) -> object:
    if isinstance(value, bool):
        return z3.BoolVal(value)
    if isinstance(value, int | float):
        return exact(value)
    return value.toordinal()  # type: ignore[attr-defined]


def _in_order(option: str, test: Range, fact: OneOf) -> bool:
    order = [known.id for known in fact.options]
    rank = order.index(option)
    low = -1 if test.low is None else order.index(str(test.low.value)) - test.low.included
    high = len(order) if test.high is None else order.index(str(test.high.value)) + test.high.included
    return low < rank < high
