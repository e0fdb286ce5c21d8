"""What a request of one kind on one day depends on, as a formula over yes-or-no leaves.

Criteria out of their dates are gone and references are followed, so that questions about a decision (what is needed,
what would settle it, how to compute it fast) see one small language: leaves, "at least n of", and "not".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from cdispec.determine.truth import in_force
from cdispec.logic import Truth, at_least, negation
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    IncludesAnyOf,
    Not,
    Reference,
    Test,
    members,
)
from cdispec.model.policy import Outcome, Policy


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing that is so or not: a fact compares by `test`, or, without one, its list includes `option`."""

    fact: str
    option: str
    test: Test | None

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it takes to know it: its own, and the date it counts from."""
        return (self.fact,) if self.test is None else Comparison(self.fact, self.test).facts


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """At least `count` of these: all of them, or any of them, are the extremes."""

    count: int
    of: tuple[Formula, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Inverse:
    """Not this."""

    of: Formula


Formula = Leaf | Gate | Inverse


@dataclass(frozen=True, slots=True)
class Decision:
    """Rules in order of precedence, each a formula with its outcome, and the outcome of all the rest."""

    rules: tuple[tuple[Formula, Outcome], ...]
    otherwise: Outcome


def decision(policy: Policy, request: str, day: date) -> Decision:
    """The decision of a request kind on a day."""
    builder = Formulas(policy, day)
    rules = tuple(
        (builder.formula(rule.criterion), rule.outcome)
        for rule in policy.rules_for(request)
        if in_force(rule.criterion, policy, day)
    )
    rest = policy.otherwise_for(request)
    return Decision(rules, rest.outcome if rest else Outcome.NOT_ADDRESSED)


class Formulas:
    """Builds the formulas of criteria in force on a day; a criterion that is referred to twice is one formula."""

    def __init__(self, policy: Policy, day: date) -> None:
        self.policy, self.day = policy, day
        self.by_id: dict[str, Formula] = {}
        self._leaves: dict[Leaf, Leaf] = {}

    def formula(self, criterion: Criterion) -> Formula:
        """The formula of a criterion in force."""
        if criterion.id not in self.by_id:
            self.by_id[criterion.id] = self._guarded(criterion)
        return self.by_id[criterion.id]

    def _guarded(self, criterion: Criterion) -> Formula:
        logic = self._logic(criterion)
        if criterion.unless is None or not in_force(criterion.unless, self.policy, self.day):
            return logic
        guard = self.formula(criterion.unless)
        if criterion.set_aside is Truth.TRUE:
            return Gate(1, (logic, guard))
        return Gate(2, (logic, Inverse(guard)))

    def _logic(self, criterion: Criterion) -> Formula:
        logic = criterion.logic
        standing = [member for member in members(logic) if in_force(member, self.policy, self.day)]
        of = tuple(self.formula(member) for member in standing)
        match logic:
            case AllOf():
                return gate(len(of), of)
            case AnyOf():
                return gate(1, of)
            case AtLeast(count):
                return gate(count, of)
            case Not():
                return Inverse(of[0])
            case Reference(to):
                return self.formula(self.policy.criteria[to])
            case Comparison(fact, IncludesAnyOf(options)):
                return gate(1, tuple(self._leaf(Leaf(fact, option, None)) for option in sorted(options)))
            case Comparison(fact, test):
                return self._leaf(Leaf(fact, "", test))
            case _:
                assert_never(logic)

    def _leaf(self, leaf: Leaf) -> Leaf:
        return self._leaves.setdefault(leaf, leaf)


def gate(count: int, of: tuple[Formula, ...]) -> Formula:
    """At least `count` of these; of a single one, itself."""
    return of[0] if len(of) == 1 and count == 1 else Gate(count, of)


def children(formula: Formula) -> tuple[Formula, ...]:
    """The formulas directly below."""
    match formula:
        case Leaf():
            return ()
        case Gate(_, of):
            return of
        case Inverse(of):
            return (of,)
        case _:
            assert_never(formula)


def leaves(decision: Decision) -> Iterator[Leaf]:
    """Every leaf that a decision depends on, once, in document order."""
    seen: set[int] = set()
    stack = [formula for formula, _ in reversed(decision.rules)]
    while stack:
        formula = stack.pop()
        if id(formula) in seen:
            continue
        seen.add(id(formula))
        if isinstance(formula, Leaf):
            yield formula
        stack.extend(reversed(children(formula)))


def evaluate(formula: Formula, known: Mapping[Leaf, Truth], memo: dict[int, Truth]) -> Truth:
    """The truth of a formula from those of its leaves; an absent leaf is unknown. `memo` serves one set of truths."""
    if isinstance(formula, Leaf):
        return known.get(formula, Truth.UNKNOWN)
    if id(formula) not in memo:
        if isinstance(formula, Inverse):
            memo[id(formula)] = negation(evaluate(formula.of, known, memo))
        else:
            memo[id(formula)] = at_least(formula.count, [evaluate(child, known, memo) for child in formula.of])
    return memo[id(formula)]


def settled(decision: Decision, known: Mapping[Leaf, Truth], memo: dict[int, Truth]) -> Outcome | None:
    """The outcome that these truths settle, or None."""
    possible: set[Outcome] = set()
    for formula, outcome in decision.rules:
        truth = evaluate(formula, known, memo)
        if truth is not Truth.FALSE:
            possible.add(outcome)
        if truth is Truth.TRUE:
            break
    else:
        possible.add(decision.otherwise)
    return possible.pop() if len(possible) == 1 else None
