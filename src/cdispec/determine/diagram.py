"""Decision diagrams: a function of finitely many answers, in a form in which equal functions are one object.

These are reduced ordered decision diagrams (R. E. Bryant, "Graph-based algorithms for Boolean function manipulation",
1986), with more than two branches where a variable has more than two answers and any value as a leaf. A function
depends on a variable if and only if the variable stands in its diagram.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A question, by the rank of its variable, and the function that remains for each answer."""

    variable: int
    branches: tuple[Function, ...]


Function = Node | Hashable


class Diagrams:
    """Makes diagrams; those of one maker can be compared by identity."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[int, tuple[object, ...]], Node] = {}
        self._choices: dict[tuple[object, object, object], Function] = {}

    def node(self, variable: int, branches: tuple[Function, ...]) -> Function:
        """The function that asks a variable and goes on with the branch of the answer."""
        if all(branch is branches[0] for branch in branches):
            return branches[0]
        key = (variable, tuple(map(_identity, branches)))
        if key not in self._nodes:
            self._nodes[key] = Node(variable, branches)
        return self._nodes[key]

    def choose(self, condition: Function, then: Function, otherwise: Function) -> Function:
        """`then` where the condition (a function to True or False) holds, else `otherwise`."""
        if not isinstance(condition, Node):
            return then if condition else otherwise
        if then is otherwise:
            return then
        key = (_identity(condition), _identity(then), _identity(otherwise))
        if key not in self._choices:
            parts = [part for part in (condition, then, otherwise) if isinstance(part, Node)]
            first = min(parts, key=lambda part: part.variable)
            branches = tuple(
                self.choose(*(_branch(part, first.variable, n) for part in (condition, then, otherwise)))
                for n in range(len(first.branches))
            )
            self._choices[key] = self.node(first.variable, branches)
        return self._choices[key]

    def at_least(self, count: int, functions: list[Function]) -> Function:
        """Whether at least `count` of the functions are True."""
        # reached[k]: whether at least k of the functions from here to the end are True.
        reached: list[Function] = [True, *([False] * count)]
        for function in reversed(functions):
            reached[1:] = [self.choose(function, reached[k - 1], reached[k]) for k in range(1, count + 1)]
        return reached[count]


def nodes(function: Function) -> Iterator[Node]:
    """Every node of a diagram once."""
    seen: set[int] = set()
    stack = [function]
    while stack:
        part = stack.pop()
        if isinstance(part, Node) and id(part) not in seen:
            seen.add(id(part))
            yield part
            stack.extend(part.branches)


def _identity(function: Function) -> object:
    return id(function) if isinstance(function, Node) else ("value", function)


def _branch(function: Function, variable: int, answer: int) -> Function:
    if isinstance(function, Node) and function.variable == variable:
        return function.branches[answer]
    return function
