"""Python source for what is asked of many cases: flat functions, each value computed once, no recursion.

Truths are the numbers of `cdispec.logic`, so that `&` is "and" and `|` is "or". Source text is made of identifiers of
our own and of constants as `repr` writes them; every other object is handed to the function by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, assert_never

from cdispec.determine.truth import position
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    Direction,
    IncludesAnyOf,
    IsOneOf,
    Not,
    Range,
    Reference,
    Test,
    Within,
    members,
    shifted,
)
from cdispec.model.facts import OneOf, YesNo
from cdispec.model.policy import Policy

LONGEST = 100
"""Operands in one expression: Python's own compiler recurses over longer ones."""


class Function:
    """The source of one function while it grows."""

    def __init__(self, *parameters: str) -> None:
        self.parameters = parameters
        self._lines: list[str] = []
        self._names: dict[str, str] = {}
        self._constants: dict[str, object] = {}

    def name(self, expression: str) -> str:
        """A variable that holds the expression; the same one for the same expression."""
        if expression.isidentifier() or expression.isdigit():
            return expression
        if expression not in self._names:
            self._names[expression] = f"v{len(self._names)}"
            self.line(f"{self._names[expression]} = {expression}")
        return self._names[expression]

    def line(self, statement: str) -> None:
        """Add a statement."""
        self._lines.append(statement)

    def constant(self, value: object) -> str:
        """An expression for a constant."""
        if isinstance(value, float) and value.is_integer():
            return repr(int(value))
        if type(value) in (str, bool, int, float):
            return repr(value)
        name = f"c{len(self._constants)}"
        self._constants[name] = value
        return name

    def joined(self, operator: str, operands: Sequence[str]) -> str:
        """A variable that holds the operands joined by an operator."""
        while len(operands) > LONGEST:
            parts = [operands[start : start + LONGEST] for start in range(0, len(operands), LONGEST)]
            operands = [self.name(f" {operator} ".join(part)) for part in parts]
        return self.name(f" {operator} ".join(operands))

    def negation(self, truth: str) -> str:
        """A variable that holds Kleene's not."""
        return self.name(f"(3, 1, 1, 0)[{truth}]")

    def at_least(self, count: int, truths: Sequence[str]) -> str:
        """Kleene's "at least so many of", in a variable: of a truth, the upper bit says true, the lower not false."""
        if count > len(truths):
            return str(int(Truth.FALSE))
        if count == len(truths):
            return self.joined("&", truths)
        if count == 1:
            return self.joined("|", truths)
        met = self.joined("+", [f"({truth} >> 1)" for truth in truths])
        possible = self.joined("+", [f"({truth} & 1)" for truth in truths])
        return self.name(f"3 if {met} >= {count} else 1 if {possible} >= {count} else 0")

    def returning(self, result: str) -> Callable[..., Any]:
        """The function, made."""
        body = "".join(f"    {line}\n" for line in (*self._lines, f"return {result}"))
        namespace = dict(self._constants)
        source = f"def compiled({', '.join(self.parameters)}):\n{body}"
        exec(compile(source, "<compiled policy>", "exec"), namespace)
        made: Callable[..., Any] = namespace["compiled"]  # type: ignore[assignment]
        return made


def tuple_of(parts: Iterable[str]) -> str:
    """The source of a tuple."""
    return "(" + "".join(f"{part}, " for part in parts) + ")"


class FromAnswers(Function):
    """A function of a checked case's answers, one for each fact of the policy in order, and of its date.

    A yes-no answer is 3 or 0; without one it is 1, or 2 where a complete record says that it is not documented. Every
    other answer is as a case holds it, or None. The functions for open and for complete records are two.
    """

    def __init__(self, policy: Policy, complete: bool) -> None:
        super().__init__("answers", "day")
        self.policy = policy
        self.absent = int(Truth.FALSE if complete else Truth.UNKNOWN)
        self._answers = {fact: f"a{number}" for number, fact in enumerate(policy.facts)}
        self._lists: dict[str, tuple[str, str]] = {}
        self.line(f"{tuple_of(self._answers.values())} = answers")

    def comparison(self, fact: str, test: Test) -> str:
        """A variable that holds whether the answer compares."""
        if isinstance(test, IncludesAnyOf):
            return self._includes(fact, test.options)
        answer = self._answers[fact]
        if isinstance(self.policy.facts[fact], YesNo):
            assert isinstance(test, IsOneOf)
            return self._is(answer, test)
        unknown = f"{answer} is None"
        if isinstance(test, Within) and test.anchor is not None:
            unknown += f" or {self._answers[test.anchor]} is None"
        return self.name(f"{self.absent} if {unknown} else 3 if {self._holds(answer, test, fact)} else 0")

    def _is(self, answer: str, test: IsOneOf) -> str:
        yes, no = (3 if True in test.values else 0), (3 if False in test.values else 0)
        if self.absent == Truth.UNKNOWN and (yes, no) == (3, 0):
            return answer
        return self.name(f"({no}, {self.absent}, {self.absent}, {yes})[{answer}]")

    def _includes(self, fact: str, options: frozenset[str]) -> str:
        if fact not in self._lists:
            answer, listed, rest = self._answers[fact], f"list{len(self._lists)}", f"rest{len(self._lists)}"
            none = self.constant(frozenset())
            self.line(f"if {answer}.__class__ is frozenset: {listed} = {answer}; {rest} = 0")
            self.line(f"else: {listed} = {none} if {answer} is None else {answer}.members; {rest} = {self.absent}")
            self._lists[fact] = listed, rest
        listed, rest = self._lists[fact]
        if len(options) > 2:
            return self.name(f"{rest} if {self.constant(options)}.isdisjoint({listed}) else 3")
        return self.name(f"3 if {' or '.join(f'{option!r} in {listed}' for option in sorted(options))} else {rest}")

    def _holds(self, answer: str, test: IsOneOf | Range | Within, fact: str) -> str:
        match test:
            case IsOneOf(values):
                if len(values) == 1:
                    return f"{answer} == {self.constant(next(iter(values)))}"
                return f"{answer} in {self.constant(values)}"
            case Range(low, high):
                declared = self.policy.facts[fact]
                if isinstance(declared, OneOf):
                    ranks = {option.id: rank for rank, option in enumerate(declared.options)}
                    return self._between(f"{self.constant(ranks)}[{answer}]", low, high, fact)
                return self._between(answer, low, high, "")
            case Within(duration, direction, anchor_fact):
                anchor = "day" if anchor_fact is None else self._answers[anchor_fact]
                sign = -1 if direction is Direction.BEFORE else 1
                edge = f"{self.constant(shifted)}({anchor}, {self.constant(duration)}, {sign})"
                if direction is Direction.BEFORE:
                    return f"{edge} <= {answer} <= {anchor}"
                return f"{anchor} <= {answer} <= {edge}"
            case _:
                assert_never(test)

    def _between(self, answer: str, low: Bound | None, high: Bound | None, ranked: str) -> str:
        """The source of a range; `ranked` is the fact whose options stand for their ranks, or empty."""

        def edge(value: float | date | str) -> str:
            return self.constant(position(value, ranked, self.policy) if ranked else value)

        before = f"{edge(low.value)} {'<=' if low.included else '<'} " if low else ""
        after = f" {'<=' if high.included else '<'} {edge(high.value)}" if high else ""
        return f"{before}{answer}{after}" if before or after else "True"


class FromCriteria(FromAnswers):
    """A function that finds the truth of criteria, each as it stands on one day; those not in force are constants."""

    def __init__(self, policy: Policy, in_force: frozenset[str], complete: bool) -> None:
        super().__init__(policy, complete)
        self.in_force = in_force
        self._truths: dict[str, str] = {}

    def truth(self, criterion: Criterion) -> str:
        """A variable that holds the truth of a criterion; out of force, the truth that leaves the rest to decide."""
        if criterion.id not in self._truths:
            self._truths[criterion.id] = self._truth(criterion)
        return self._truths[criterion.id]

    def _truth(self, criterion: Criterion) -> str:
        if criterion.id not in self.in_force:
            return str(int(criterion.set_aside))
        logic = self._logic(criterion)
        if criterion.unless is None or criterion.unless.id not in self.in_force:
            return logic
        guard = self.truth(criterion.unless)
        if criterion.set_aside is Truth.TRUE:
            return self.joined("|", [logic, guard])
        return self.joined("&", [logic, self.negation(guard)])

    def _logic(self, criterion: Criterion) -> str:
        logic = criterion.logic
        of = [self.truth(member) for member in members(logic) if member.id in self.in_force]
        match logic:
            case AllOf():
                return self.joined("&", of)
            case AnyOf():
                return self.joined("|", of)
            case AtLeast(count):
                return self.at_least(count, of)
            case Not():
                return self.negation(of[0])
            case Reference(to):
                return self.truth(self.policy.criteria[to])
            case Comparison(fact, test):
                return self.comparison(fact, test)
            case _:
                assert_never(logic)
