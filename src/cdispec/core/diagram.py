"""Decision diagrams: a function of finitely many answers, in a form in which equal functions are one object.

These are reduced ordered decision diagrams (R. E. Bryant, "Graph-based algorithms for Boolean function manipulation",
1986), with more than two branches where a variable has more than two answers and any value as a leaf. A function
depends on a variable if and only if the variable stands in its diagram.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from cdispec.core.work import Work


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A question, by the rank of its variable, and the function that remains for each answer."""

    variable: int
    branches: tuple[Function, ...]


Function = Question | Hashable


class Diagrams:
    """Makes diagrams; those of one maker can be compared by identity. `work` is how many steps it may still take."""

    def __init__(self, work: int) -> None:
        self.spend = Work(work).spend
        self._questions: dict[tuple[int, tuple[object, ...]], Question] = {}
        self._choices: dict[tuple[object, object, object], Function] = {}

    def question(self, variable: int, branches: tuple[Function, ...]) -> Function:
        """The function that asks a variable and goes on with the branch of the answer."""
        first = branches[0]
        if all(branch is first for branch in branches):
            return first
        key = (variable, tuple(map(_identity, branches)))
        found = self._questions.get(key)
        if found is None:
            self.spend(len(branches))
            found = self._questions[key] = Question(variable, branches)
        return found

    def choose(self, condition: Function, then: Function, otherwise: Function) -> Function:
        """`then` where the condition (a function to True or False) holds, else `otherwise`."""
        made: list[Function] = []
        stack: list[tuple[int, Function, Function, Function]] = [(-1, condition, then, otherwise)]
        while stack:
            size, condition, then, otherwise = stack.pop()
            if size >= 0:
                # Its branches are made: they are the last so many.
                branches = tuple(made[len(made) - size :])
                del made[len(made) - size :]
                variable = min(part.variable for part in (condition, then, otherwise) if isinstance(part, Question))
                function = self.question(variable, branches)
                self._choices[_identity(condition), _identity(then), _identity(otherwise)] = function
                made.append(function)
                continue
            if not isinstance(condition, Question):
                made.append(then if condition else otherwise)
                continue
            if then is otherwise:
                made.append(then)
                continue
            key = (_identity(condition), _identity(then), _identity(otherwise))
            if key in self._choices:
                made.append(self._choices[key])
                continue
            self.spend(1)
            first = min(
                (part for part in (condition, then, otherwise) if isinstance(part, Question)),
                key=lambda part: part.variable,
            )
            variable, size = first.variable, len(first.branches)
            stack.append((size, condition, then, otherwise))
            stack.extend(
                (-1, _branch(condition, variable, n), _branch(then, variable, n), _branch(otherwise, variable, n))
                for n in range(size - 1, -1, -1)
            )
        return made[0]

    def negation(self, function: Function) -> Function:
        """Not this."""
        return self.choose(function, False, True)

    def at_least(self, count: int, functions: Sequence[Function]) -> Function:
        """Whether at least `count` of the functions are True."""
        # reached[k]: whether at least k of the functions from here to the end are True, as far as that still matters.
        reached: dict[int, Function] = {0: True}
        for left in range(len(functions) - 1, -1, -1):
            wanted = range(max(count - left, 0), min(count, len(functions) - left) + 1)
            function = functions[left]
            reached = {
                k: self.choose(function, reached[k - 1], reached.get(k, False)) if k else True for k in wanted
            } | ({0: True} if count > left else {})
        return reached.get(count, False)


def questions(function: Function) -> Iterator[Question]:
    """Every question of a diagram once."""
    seen: set[int] = set()
    stack = [function]
    while stack:
        part = stack.pop()
        if isinstance(part, Question) and id(part) not in seen:
            seen.add(id(part))
            yield part
            stack.extend(reversed(part.branches))


def values(function: Function) -> set[Hashable]:
    """Every value that a function can come to."""
    if not isinstance(function, Question):
        return {function}
    return {
        branch for question in questions(function) for branch in question.branches if not isinstance(branch, Question)
    }


def _identity(function: Function) -> object:
    return id(function) if isinstance(function, Question) else ("value", function)


def _branch(function: Function, variable: int, answer: int) -> Function:
    if isinstance(function, Question) and function.variable == variable:
        return function.branches[answer]
    return function
