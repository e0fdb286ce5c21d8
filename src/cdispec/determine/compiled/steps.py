"""The search of `settling`, step by step, over numbered formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from cdispec.determine.answers import leaf_truth, representatives
from cdispec.determine.compiled.door import Checked
from cdispec.determine.compiled.numbered import Costs, Numbered, Truths
from cdispec.determine.formula import Decision, Gate, Inverse, Leaf
from cdispec.determine.settling import MOST_STEPS, ways_to_an_outcome, weights
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.facts import Day, SetOf, Value
from cdispec.model.policy import Policy

Goals = tuple[tuple[int, int], ...]
"""Formulas by number, and the truth each must come to."""

Turns = tuple[tuple[int, int], ...]
"""Leaves by number, and the truth that an answer gives them."""

MET, UNKNOWN = int(Truth.TRUE), int(Truth.UNKNOWN)


@dataclass(slots=True)
class _State:
    """Answers tried so far: the truth of each leaf, the facts they answer, and whether one is of a list.

    `truths` and `bounds` of all formulas are found when they are asked for.
    """

    known: Truths
    facts: tuple[str, ...]
    answers: Mapping[str, Value]
    listed: bool
    truths: Truths | None = None
    bounds: tuple[Costs, Costs] | None = None


class Steps:
    """What the searches of all cases of a decision share."""

    def __init__(self, decision: Decision, numbered: Numbered, policy: Policy, any_case: Case) -> None:
        self.policy, self.leaves, self.numbered = policy, numbered.leaves, numbered
        self.weight, self.whole = weights(decision)
        self.truths = numbered.truths_of_leaves()
        self.bounds = numbered.bounds(self.whole * (len(self.weight) + 1))
        self.ways: list[Goals] = [
            tuple((numbered.number(formula), int(want)) for formula, want in goals)
            for goals in ways_to_an_outcome(decision)
        ]
        self.asking: dict[str, list[int]] = {fact: [] for fact in self.weight}
        for number, leaf in enumerate(self.leaves):
            for fact in leaf.facts:
                self.asking[fact].append(number)
        self.costs = tuple(sum(self.weight[fact] for fact in leaf.facts) for leaf in self.leaves)
        self.between_dates = [number for number, leaf in enumerate(self.leaves) if len(leaf.facts) > 1]
        self._choices: dict[str, list[tuple[Value, Turns]]] = {
            fact: self._told_apart(fact, any_case, {})
            for fact in self.asking
            if not isinstance(policy.facts[fact], Day | SetOf)
        }

    def shortest(self, known: Truths, truths: Truths, case: Checked, most: int) -> tuple[str, ...]:
        """`settling.shortest_settling_set`."""
        search = _Search(self, case)
        start = _State(known, (), {}, False, truths)
        for size in range(1, most + 1):
            search.budget = size
            for goals in self.ways:
                found = search.first(goals, start)
                if found is not None:
                    return found.facts
            if search.steps > MOST_STEPS:
                search.steps, search.budget, search.bounded = 0, most, False
                found = next((way for goals in self.ways if (way := search.first(goals, start))), None)
                return found.facts if found else ()
        return ()

    def choices(self, fact: str, case: Checked, answers: Mapping[str, Value]) -> list[tuple[Value, Turns]]:
        """The answers to a fact that can be told apart, beside those given, with the truths they give."""
        if fact in self._choices:
            return self._choices[fact]
        return self._told_apart(fact, case.case(), answers)

    def _told_apart(self, fact: str, case: Case, answers: Mapping[str, Value]) -> list[tuple[Value, Turns]]:
        found = []
        for value in representatives(fact, self.leaves, self.policy, case):
            filled = Case(case.policy, case.request, case.date, {**case.facts, **answers, fact: value})
            turned = [(number, leaf_truth(self.leaves[number], self.policy, filled)) for number in self.asking[fact]]
            found.append((value, tuple((number, int(truth)) for number, truth in turned)))
        return found


class _Search:
    """Depth-first search for answers that reach goals with at most `budget` facts: `settling._Search`."""

    def __init__(self, shared: Steps, case: Checked) -> None:
        self.shared, self.case = shared, case
        self.budget, self.steps, self.bounded = 0, 0, True

    def first(self, goals: Goals, state: _State) -> _State | None:
        """The first state that reaches every goal, or None."""
        self.steps += 1
        if self.bounded and self.steps > MOST_STEPS:
            return None
        if not goals:
            return state
        truths = self._truths(state)
        for number, want in goals:
            truth = truths[number]
            if truth not in (UNKNOWN, want):
                return None
        ahead = [goal for goal in goals if truths[goal[0]] == UNKNOWN]
        if not ahead:
            return state
        spent = len(state.facts)
        if spent >= self.budget and not state.listed:
            return None
        meet, fail = self._bounds(state)
        least = sum([meet[number] if want else fail[number] for number, want in ahead])
        if spent * self.shared.whole + least > self.budget * self.shared.whole:
            return None
        return self._reach(ahead[0], tuple(ahead[1:]), state)

    def _truths(self, state: _State) -> Truths:
        if state.truths is None:
            state.truths = self.shared.truths(state.known)
        return state.truths

    def _bounds(self, state: _State) -> tuple[Costs, Costs]:
        """The least that each formula takes; an answered fact takes nothing."""
        if state.bounds is None:
            shared, costs = self.shared, self.shared.costs
            if state.facts or shared.between_dates:
                less = list(costs)
                for fact in state.facts:
                    for number in shared.asking[fact]:
                        less[number] -= shared.weight[fact]
                for number in shared.between_dates:
                    leaf = shared.leaves[number]
                    less[number] -= sum(shared.weight[fact] for fact in leaf.facts if fact in self.case.case().facts)
                costs = tuple(less)
            state.bounds = shared.bounds(state.known, costs)
        return state.bounds

    def _reach(self, goal: tuple[int, int], rest: Goals, state: _State) -> _State | None:
        number, want = goal
        formula, below = self.shared.numbered.formulas[number], self.shared.numbered.below[number]
        match formula:
            case Inverse():
                return self.first(((below[0], MET - want), *rest), state)
            case Gate(count):
                truths, costs = self._truths(state), self._bounds(state)[0 if want == MET else 1]
                enough = count if want == MET else len(below) - count + 1
                open_children = sorted([child for child in below if truths[child] == UNKNOWN], key=costs.__getitem__)
                missing = enough - sum([truths[child] == want for child in below])
                for chosen in combinations(open_children, missing):
                    found = self.first((*[(child, want) for child in chosen], *rest), state)
                    if found is not None:
                        return found
            case Leaf():
                for answered in self._answers(number, formula, want, state):
                    found = self.first(rest, answered)
                    if found is not None:
                        return found
        return None

    def _answers(self, number: int, leaf: Leaf, want: int, state: _State) -> Iterator[_State]:
        """The states after each answer that brings a leaf to a truth."""
        if leaf.test is None:
            facts = state.facts if leaf.fact in state.facts else (*state.facts, leaf.fact)
            yield _State(_turned(state.known, [(number, want)]), facts, state.answers, True)
            return
        if len(state.facts) >= self.budget:
            return
        fact = leaf.fact if len(leaf.facts) == 1 else self._open_fact(leaf, state)
        for value, turns in self.shared.choices(fact, self.case, state.answers):
            known = _turned(state.known, turns)
            if known[number] not in (want, UNKNOWN):
                continue
            answered = _State(known, (*state.facts, fact), {**state.answers, fact: value}, state.listed)
            if known[number] == want:
                yield answered
            else:
                yield from self._answers(number, leaf, want, answered)

    def _open_fact(self, leaf: Leaf, state: _State) -> str:
        known = self.case.case().facts
        return next(fact for fact in leaf.facts if fact not in known and fact not in state.answers)


def _turned(known: Truths, turns: Iterable[tuple[int, int]]) -> Truths:
    turned = list(known)
    for number, truth in turns:
        turned[number] = truth
    return tuple(turned)
