"""The formulas of a decision by number, and the source of flat functions over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from cdispec.determine.compiled.codegen import FromAnswers, Function, tuple_of
from cdispec.determine.formula import Decision, Formula, Gate, Inverse, children, leaves
from cdispec.model.criteria import IncludesAnyOf

Truths = tuple[int, ...]
"""The truth of each formula, or of each leaf."""

Costs = tuple[int, ...]
"""What each leaf, or formula, takes to come to a truth."""


class Numbered:
    """The formulas of a decision, leaves first in document order, then children before what asks them."""

    def __init__(self, decision: Decision) -> None:
        self.leaves = list(leaves(decision))
        self.formulas: list[Formula] = list(self.leaves)
        self._number = {id(leaf): number for number, leaf in enumerate(self.leaves)}
        for formula, _ in decision.rules:
            self._add(formula)
        self.below = [tuple(map(self.number, children(formula))) for formula in self.formulas]
        self.asked = Counter(child for below in self.below for child in below)
        self.asked.update(self.number(formula) for formula, _ in decision.rules)

    def _add(self, formula: Formula) -> None:
        if id(formula) not in self._number:
            for child in children(formula):
                self._add(child)
            self._number[id(formula)] = len(self.formulas)
            self.formulas.append(formula)

    def number(self, formula: Formula) -> int:
        """The number of a formula."""
        return self._number[id(formula)]

    def leaves_below(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """The leaves that formulas ask, themselves if they are such."""
        found = set[int]()
        stack = list(numbers)
        while stack:
            number = stack.pop()
            if number not in found:
                found.add(number)
                stack += self.below[number]
        return tuple(sorted(number for number in found if number < len(self.leaves)))

    def leaf_truths(self, function: FromAnswers) -> list[str]:
        """Variables that hold the truth of each leaf."""
        tests = [(leaf.fact, leaf.test or IncludesAnyOf(frozenset([leaf.option]))) for leaf in self.leaves]
        return [function.comparison(fact, test) for fact, test in tests]

    def truths(self, function: Function, of_leaves: list[str]) -> list[str]:
        """Variables that hold the truth of each formula."""
        truths = list(of_leaves)
        for formula, below in list(zip(self.formulas, self.below, strict=True))[len(self.leaves) :]:
            if isinstance(formula, Gate):
                truths.append(function.at_least(formula.count, [truths[child] for child in below]))
            else:
                truths.append(function.negation(truths[below[0]]))
        return truths

    def truths_of_leaves(self) -> Callable[[Truths], Truths]:
        """A function of the truth of each leaf: the truth of each formula."""
        function = Function("known")
        names = [f"t{number}" for number in range(len(self.leaves))]
        function.line(f"{tuple_of(names)} = known")
        return function.returning(tuple_of(self.truths(function, names)))

    def bounds(self, beyond: int) -> Callable[[Truths, Costs], tuple[Costs, Costs]]:
        """A function of each leaf's truth and what it takes to know it: the least it takes to meet or fail a formula.

        `beyond` is more than anything can take.
        """
        function = Function("known", "costs")
        size = range(len(self.leaves))
        meet, fail = [f"m{number}" for number in size], [f"f{number}" for number in size]
        function.line(f"{tuple_of(f't{number}' for number in size)} = known")
        function.line(f"{tuple_of(f'k{number}' for number in size)} = costs")
        for n in size:
            function.line(f"m{n} = k{n} if t{n} == 1 else 0 if t{n} else {beyond}")
            function.line(f"f{n} = k{n} if t{n} == 1 else {beyond} if t{n} else 0")
        for formula, below in list(zip(self.formulas, self.below, strict=True))[len(self.leaves) :]:
            match formula:
                case Inverse():
                    meet.append(fail[below[0]])
                    fail.append(meet[below[0]])
                case Gate(count, of):
                    meet.append(_cheapest(function, count, [meet[child] for child in below], beyond))
                    fail.append(_cheapest(function, len(of) - count + 1, [fail[child] for child in below], beyond))
        return function.returning(tuple_of([tuple_of(meet), tuple_of(fail)]))


def _cheapest(function: Function, count: int, costs: list[str], beyond: int) -> str:
    """A variable that holds what the cheapest so many of these take."""
    if count > len(costs):
        return str(beyond)
    if count <= 0:
        return "0"
    if count == len(costs):
        return function.joined("+", costs)
    if count == 1:
        return function.name(f"min({', '.join(costs)})")
    return function.name(f"sum(sorted(({', '.join(costs)}))[:{count}])")
