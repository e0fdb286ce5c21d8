"""What a formula can come to, where its numbers lie between bounds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import assert_never

from cdispec.model.formulas import Formula, Intermediate, Literal, Operand, Operation, Power, Rounded, rounded

End = Fraction | float
"""An end of what is possible: a number, or infinity."""

Ends = tuple[End, End]

_ALL: Ends = (-math.inf, math.inf)


def reach_of(formula: Formula, bounds: Mapping[str, Ends]) -> Ends:
    """The least and the greatest number that a formula can come to; perhaps not quite, where it names a number twice.

    By 0 nothing is divided, so that what is divided by a number of at least 0 has no end.
    """
    match formula:
        case Literal(value):
            return value, value
        case Operand(fact):
            return bounds[fact]
        case Rounded(of, digits):
            low, high = reach_of(of, bounds)
            return _rounded(low, digits), _rounded(high, digits)
        case Power(of, exponent):
            low, high = reach_of(of, bounds)
            ends = [_power(low, exponent), _power(high, exponent)]
            if exponent % 2 == 0 and low < 0 < high:
                ends.append(Fraction(0))
            return min(ends), max(ends)
        case Operation(sign, left, right):
            return _combined(sign, reach_of(left, bounds), reach_of(right, bounds))
        case Intermediate(fact, of):
            return bounds[fact] if fact in bounds else reach_of(of, bounds)
        case _:
            assert_never(formula)


def _combined(sign: str, left: Ends, right: Ends) -> Ends:
    match sign:
        case "+":
            return left[0] + right[0], left[1] + right[1]
        case "-":
            return left[0] - right[1], left[1] - right[0]
        case "*":
            return _around(_times(one, other) for one in left for other in right)
        case _:
            if right[0] < 0 < right[1] or right[0] == right[1] == 0:
                return _ALL
            ends = _inverse(right[0], 1), _inverse(right[1], -1)
            return _around(_times(one, other) for one in left for other in ends)


def _around(ends: Iterable[End]) -> Ends:
    found = [*ends]
    return min(found), max(found)


def _times(one: End, other: End) -> End:
    return Fraction(0) if one == 0 or other == 0 else one * other


def _inverse(end: End, side: int) -> End:
    if end == 0:
        return side * math.inf
    return Fraction(0) if isinstance(end, float) else 1 / end


def _power(end: End, exponent: int) -> End:
    return end**exponent


def _rounded(end: End, digits: int) -> End:
    return end if isinstance(end, float) else rounded(end, digits)
