"""Formulas: how a measure is worked out from other numbers, exactly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from cdispec.source import Place


@dataclass(frozen=True, slots=True)
class Literal:
    """A number that the policy states, or the factor by which one unit is converted into another."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Operand:
    """The answer to a number fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts that are added (+), subtracted (-), multiplied (*) or divided (/)."""

    sign: str
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Power:
    """A part, multiplied by itself."""

    of: Formula
    exponent: int


@dataclass(frozen=True, slots=True)
class Rounded:
    """A part, rounded to so many digits after the point, a half away from 0."""

    of: Formula
    digits: int


@dataclass(frozen=True, slots=True)
class Intermediate:
    """A measure that a formula names, with how it is worked out; where it is only given, it is what is given."""

    fact: str
    of: Formula


Formula = Literal | Operand | Operation | Power | Rounded | Intermediate


@dataclass(frozen=True, slots=True)
class Measure:
    """How a number is worked out.

    `stated` is what the policy says, `formula` the same down to numbers that are no measures, with units converted;
    None where that cannot be said. `digits` are those after the point to which the result is rounded, None where it is
    not. `beside` says that a criterion states it, of a number that it compares with a formula: it is the one less the
    other.
    """

    stated: Formula
    digits: int | None
    place: Place = field(compare=False)
    formula: Formula | None = None
    beside: bool = False


class DivisionByNothingError(ArithmeticError):
    """A part by which a formula divides is 0."""

    def __init__(self, divisor: Formula) -> None:
        super().__init__()
        self.divisor = divisor


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    """The parts directly below a formula."""
    match formula:
        case Literal() | Operand():
            return ()
        case Operation(_, left, right):
            return (left, right)
        case Power(of) | Rounded(of) | Intermediate(_, of):
            return (of,)
        case _:
            assert_never(formula)


def walk_formula(formula: Formula) -> Iterator[Formula]:
    """A formula and all its parts, from left to right."""
    yield formula
    for part in parts_of(formula):
        yield from walk_formula(part)


def operands_of(formula: Formula) -> tuple[str, ...]:
    """The facts that a formula is worked out from, each once, in the order in which it names them."""
    return tuple(dict.fromkeys(part.fact for part in walk_formula(formula) if isinstance(part, Operand)))


def operands_beside(given: Collection[str], formula: Formula) -> tuple[str, ...]:
    """The facts that a formula is worked out from where measures that it names are only given: these among them."""
    return tuple(dict.fromkeys(_beside(given, formula)))


def _beside(given: Collection[str], formula: Formula) -> Iterator[str]:
    match formula:
        case Operand(fact):
            yield fact
        case Intermediate(fact) if fact in given:
            yield fact
        case Literal() | Operation() | Power() | Rounded() | Intermediate():
            for part in parts_of(formula):
                yield from _beside(given, part)
        case _:
            assert_never(formula)


def degree(formula: Formula) -> int:
    """How many numbers are multiplied with each other, at most."""
    match formula:
        case Literal() | Operand():
            return 1
        case Operation("+" | "-", left, right):
            return max(degree(left), degree(right))
        case Operation(_, left, right):
            return degree(left) + degree(right)
        case Power(of, exponent):
            return degree(of) * exponent
        case Rounded(of) | Intermediate(_, of):
            return degree(of)
        case _:
            assert_never(formula)


def result_of(formula: Formula, answers: Mapping[str, Fraction]) -> Fraction:
    """What a formula comes to, exactly; `DivisionByNothingError` where it divides by 0."""
    match formula:
        case Literal(value):
            return value
        case Operand(fact):
            return answers[fact]
        case Operation("/", left, right):
            divisor = result_of(right, answers)
            if not divisor:
                raise DivisionByNothingError(right)
            return result_of(left, answers) / divisor
        case Operation(sign, left, right):
            first, second = result_of(left, answers), result_of(right, answers)
            return first + second if sign == "+" else first - second if sign == "-" else first * second
        case Power(of, exponent):
            return result_of(of, answers) ** exponent
        case Rounded(of, digits):
            return rounded(result_of(of, answers), digits)
        case Intermediate(fact, of):
            return answers[fact] if fact in answers else result_of(of, answers)
        case _:
            assert_never(formula)


def rounded(number: Fraction, digits: int) -> Fraction:
    """A number, rounded to so many digits after the point, a half away from 0: 2.5 is 3, and -2.5 is -3."""
    size = int(abs(number) * 10**digits + Fraction(1, 2))
    return Fraction(size if number >= 0 else -size, 10**digits)


_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2}


def written_formula(formula: Formula, said: Callable[[str], str]) -> str:
    """A formula as it is stated, with what is `said` of each operand."""
    return _written(formula, said, 0)


def _written(formula: Formula, said: Callable[[str], str], binding: int) -> str:
    match formula:
        case Literal(value):
            return literal_words(value)
        case Operand(fact) | Intermediate(fact):
            return said(fact)
        case Operation(sign, left, right):
            own = _BINDING[sign]
            text = f"{_written(left, said, own)} {sign} {_written(right, said, own + 1)}"
            return f"({text})" if own < binding else text
        case Power(of, exponent):
            text = f"{_written(of, said, 4)} ^ {exponent}"
            return f"({text})" if binding > 3 else text
        case Rounded(of):
            return _written(of, said, binding)
        case _:
            assert_never(formula)


_SPOKEN = {"+": "plus", "-": "less", "*": "times", "/": "divided by"}


def spoken_formula(formula: Formula, said: Callable[[str], str]) -> str:
    """A formula in words: "1.1 times the laboratory's lower limit"."""
    return " ".join(_SPOKEN.get(word, word) for word in written_formula(formula, said).split(" "))


def literal_words(value: Fraction) -> str:
    """A stated number as its author wrote it."""
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")
