"""The shortest way to an outcome: the fewest facts of which some answers would settle a case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import lcm

from cdispec.determine.answers import representatives
from cdispec.determine.formula import Decision, Formula, Gate, Inverse, Leaf, children, evaluate, leaves
from cdispec.determine.truth import compare
from cdispec.logic import Truth, negation
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison
from cdispec.model.facts import Value
from cdispec.model.policy import Policy

Goals = tuple[tuple[Formula, Truth], ...]
"""Formulas and the truth each must come to."""

MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class _State:
    """Answers tried so far: the truth of each leaf they decide, and the facts they answer."""

    known: Mapping[Leaf, Truth]
    facts: tuple[str, ...]
    answers: Mapping[str, Value]


def shortest_settling_set(
    decision: Decision, known: Mapping[Leaf, Truth], policy: Policy, case: Case, most: int
) -> tuple[str, ...]:
    """The fewest facts, of at most `most`, of which some answers settle the case; of equals the first found.

    Empty when the case is settled, or when no answers to so few facts settle it. The search is exact: it tries every
    way to make the rules come out, with a budget of facts that grows by one, and leaves out what a lower bound shows to
    be too long. A decision so tangled that this takes more than `MOST_STEPS` steps gets the answers of the first
    way found without a bound.
    """
    search = _Search(decision, policy, case)
    start = _State(known, (), {})
    for size in range(1, most + 1):
        search.budget = size
        for goals in ways_to_an_outcome(decision):
            found = search.first(goals, start)
            if found is not None:
                return found.facts
        if search.steps > MOST_STEPS:
            search.steps, search.budget, search.bounded = 0, most, False
            found = next((way for goals in ways_to_an_outcome(decision) if (way := search.first(goals, start))), None)
            return found.facts if found else ()
    return ()


def ways_to_an_outcome(decision: Decision) -> Iterator[Goals]:
    """What must come out for each outcome: a rule is met and every rule before it with another outcome is not."""
    for position, (formula, outcome) in enumerate(decision.rules):
        before = tuple((rule, Truth.FALSE) for rule, other in decision.rules[:position] if other is not outcome)
        yield ((formula, Truth.TRUE), *before)
    yield tuple((rule, Truth.FALSE) for rule, other in decision.rules if other is not decision.otherwise)


class _Search:
    """Depth-first search for answers that reach goals with at most `budget` facts."""

    def __init__(self, decision: Decision, policy: Policy, case: Case) -> None:
        self.policy, self.case = policy, case
        self.leaves = list(leaves(decision))
        self.budget, self.steps, self.bounded = 0, 0, True
        self._weight, self._whole = weights(decision)

    def first(self, goals: Goals, state: _State) -> _State | None:
        """The first state that reaches every goal, or None."""
        self.steps += 1
        if self.bounded and self.steps > MOST_STEPS:
            return None
        memo: dict[int, Truth] = {}
        ahead: list[tuple[Formula, Truth]] = []
        for formula, want in goals:
            truth = evaluate(formula, state.known, memo)
            if truth is Truth.UNKNOWN:
                ahead.append((formula, want))
            elif truth is not want:
                return None
        if not ahead:
            return state
        least = sum(self._least(formula, want, state, memo) for formula, want in ahead)
        if len(state.facts) * self._whole + least > self.budget * self._whole:
            return None
        return self._reach(ahead[0], tuple(ahead[1:]), state, memo)

    def _reach(self, goal: tuple[Formula, Truth], rest: Goals, state: _State, memo: dict[int, Truth]) -> _State | None:
        formula, want = goal
        match formula:
            case Inverse(of):
                return self.first(((of, negation(want)), *rest), state)
            case Gate():
                open_children = [child for child in formula.of if evaluate(child, state.known, memo) is Truth.UNKNOWN]
                open_children.sort(key=lambda child: self._least(child, want, state, memo))
                for chosen in combinations(open_children, _missing(formula, want, state, memo)):
                    found = self.first((*((child, want) for child in chosen), *rest), state)
                    if found is not None:
                        return found
            case Leaf():
                for answered in self._answers(formula, want, state):
                    found = self.first(rest, answered)
                    if found is not None:
                        return found
        return None

    def _least(self, formula: Formula, want: Truth, state: _State, memo: dict[int, Truth]) -> int:
        """A lower bound of the facts it takes: a fact asked in several places counts as its share in each."""
        if evaluate(formula, state.known, memo) is not Truth.UNKNOWN:
            return 0
        match formula:
            case Leaf():
                return sum(self._weight[fact] for fact in self._open_facts(formula, state))
            case Inverse(of):
                return self._least(of, negation(want), state, memo)
            case Gate(_, of):
                open_children = [child for child in of if evaluate(child, state.known, memo) is Truth.UNKNOWN]
                each = sorted(self._least(child, want, state, memo) for child in open_children)
                return sum(each[: _missing(formula, want, state, memo)])

    def _open_facts(self, leaf: Leaf, state: _State) -> list[str]:
        if leaf.test is None:
            return [] if leaf.fact in state.facts else [leaf.fact]
        return [fact for fact in leaf.facts if fact not in self.case.facts and fact not in state.answers]

    def _answers(self, leaf: Leaf, want: Truth, state: _State) -> Iterator[_State]:
        """The states after each answer that brings a leaf to a truth."""
        if leaf.test is None:
            facts = state.facts if leaf.fact in state.facts else (*state.facts, leaf.fact)
            yield _State({**state.known, leaf: want}, facts, state.answers)
            return
        fact = self._open_facts(leaf, state)[0]
        if len(state.facts) >= self.budget:
            return
        for value in representatives(fact, self.leaves, self.policy, self.case):
            answered = self._answered(fact, value, state)
            truth = answered.known.get(leaf, Truth.UNKNOWN)
            if truth is want:
                yield answered
            elif truth is Truth.UNKNOWN:
                yield from self._answers(leaf, want, answered)

    def _answered(self, fact: str, value: Value, state: _State) -> _State:
        answers = {**state.answers, fact: value}
        filled = Case(self.case.policy, self.case.request, self.case.date, {**self.case.facts, **answers})
        known = dict(state.known)
        for leaf in self.leaves:
            if leaf.test is not None and fact in leaf.facts:
                known[leaf] = compare(Comparison(leaf.fact, leaf.test), self.policy, filled)
        return _State(known, (*state.facts, fact), answers)


def _missing(gate: Gate, want: Truth, state: _State, memo: dict[int, Truth]) -> int:
    """How many more children must come to the wanted truth for the gate to come to it."""
    enough = gate.count if want is Truth.TRUE else len(gate.of) - gate.count + 1
    return enough - sum(evaluate(child, state.known, memo) is want for child in gate.of)


def weights(decision: Decision) -> tuple[dict[str, int], int]:
    """Each fact's share of one fact on each of the paths on which the decision asks it, in parts of a whole."""
    order: list[Formula] = []
    seen: set[int] = set()

    def visit(formula: Formula) -> None:
        if id(formula) not in seen:
            seen.add(id(formula))
            for child in children(formula):
                visit(child)
            order.append(formula)

    paths: Counter[int] = Counter()
    for formula, _ in decision.rules:
        visit(formula)
        paths[id(formula)] += 1
    asked: Counter[str] = Counter()
    for formula in reversed(order):
        for child in children(formula):
            paths[id(child)] += paths[id(formula)]
        if isinstance(formula, Leaf):
            asked.update({fact: paths[id(formula)] for fact in formula.facts})
    whole = lcm(*asked.values())
    return {fact: whole // count for fact, count in asked.items()}, whole
