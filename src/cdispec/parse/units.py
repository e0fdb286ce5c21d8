"""Units of formulas: whether they fit, and the factors that convert one into another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, reduce
from typing import Any, assert_never

from cdispec.model.formulas import Formula, Intermediate, Literal, Operand, Operation, Power, Rounded

_RATIO = re.compile(r"\s*/\s*|\s+per\s+")
_PRODUCT = re.compile(r"[\s·*-]+")
_SIGNS = str.maketrans("²³µ", "23u")
_RAISED = re.compile(r"(\D+?)\^?([2-9])")
_QUANTITIES = frozenset(["gram", "meter", "second", "mole"])
_MISREAD = frozenset(["point", "hand", "technical_atmosphere"])
"""What a clinical text counts is written like these units of length and pressure, and is none."""


class UnitError(Exception):
    """The units of a formula do not fit; it says which."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how many of its basic units it is, and what these are, each with its power."""

    factor: Fraction
    of: tuple[tuple[str, int], ...]
    words: str

    def times(self, other: Unit, sign: int = 1) -> Unit:
        """The unit of a product, or with sign -1 of a quotient."""
        powers = dict(self.of)
        for name, power in other.of:
            powers[name] = powers.get(name, 0) + sign * power
        of = tuple(sorted((name, power) for name, power in powers.items() if power))
        if not other.of and other.factor == 1:
            words = self.words
        elif sign == 1 and self.words == other.words:
            words = f"{self.words}2"
        elif sign == 1:
            words = f"{self.words} {other.words}".strip()
        else:
            words = f"{self.words or '1'}/{other.words}"
        return Unit(self.factor * other.factor**sign, of, words if of else "")

    def power(self, exponent: int) -> Unit:
        """The unit of a power."""
        words = f"({self.words})" if re.search(r"[\s/]", self.words) else self.words
        of = tuple((name, power * exponent) for name, power in self.of)
        return Unit(self.factor**exponent, of, f"{words}{exponent}" if self.words else "")


ONE = Unit(Fraction(1), (), "")
_Basic = Callable[[str], Unit]


def converted(formula: Formula, unit: str, units: dict[str, str]) -> Formula:
    """A formula with the factors that it takes to come to a number of its unit; `units` are those of its operands.

    A `UnitError` where they do not fit. What is spelled alike cancels, whatever it is; other units are looked up.
    """
    try:
        return _converted(formula, unit, units, _spelled)
    except UnitError:
        return _converted(formula, unit, units, _known)


def _converted(formula: Formula, unit: str, units: dict[str, str], basic: _Basic) -> Formula:
    found, own = _fitted(formula, units, basic)
    wanted = unit_of(unit, basic)
    if own.of != wanted.of:
        raise UnitError(f"it is in {own.words or 'a number without unit'}, and is to be in {unit}")
    return _scaled(found, own.factor / wanted.factor)


def _scaled(formula: Formula, factor: Fraction) -> Formula:
    return formula if factor == 1 else Operation("*", formula, Literal(factor))


def _fitted(formula: Formula, units: dict[str, str], basic: _Basic) -> tuple[Formula, Unit]:
    """A formula with what is added and subtracted in one unit, and its unit."""
    match formula:
        case Literal():
            return formula, ONE
        case Operand(fact) | Intermediate(fact):
            return formula, unit_of(units[fact], basic)
        case Power(of, exponent):
            inner, unit = _fitted(of, units, basic)
            return Power(inner, exponent), unit.power(exponent)
        case Rounded(of, digits):
            inner, unit = _fitted(of, units, basic)
            return Rounded(inner, digits), unit
        case Operation("*" | "/" as sign, left, right):
            (first, one), (second, other) = _fitted(left, units, basic), _fitted(right, units, basic)
            return Operation(sign, first, second), one.times(other, 1 if sign == "*" else -1)
        case Operation(sign, left, right):
            (first, one), (second, other) = _fitted(left, units, basic), _fitted(right, units, basic)
            if isinstance(left, Literal):
                return Operation(sign, first, second), other
            if isinstance(right, Literal):
                return Operation(sign, first, second), one
            if one.of != other.of:
                verb = "added to" if sign == "+" else "subtracted from"
                first_words, second_words = one.words or "a number without unit", other.words or "a number without unit"
                pair = (first_words, second_words) if sign == "+" else (second_words, first_words)
                raise UnitError(f"{pair[0]} cannot be {verb} {pair[1]}")
            return Operation(sign, first, _scaled(second, other.factor / one.factor)), one
        case _:
            assert_never(formula)


def unit_of(text: str, basic: _Basic) -> Unit:
    """The unit that a text such as "kg/m2" names."""
    parts = _RATIO.split(" ".join(text.translate(_SIGNS).split()))
    units = [_raised(part, basic) for part in parts if part != "1"]
    if parts[0] == "1":
        units = [ONE, *units]
    found = reduce(lambda above, below: above.times(below, -1), units)
    return Unit(found.factor, found.of, text)


def _raised(part: str, basic: _Basic) -> Unit:
    """A unit, one that is multiplied by itself, or several that are multiplied: kg, m2, pack-years."""
    whole = basic(part)
    if whole.of and whole.of != _spelled(part).of:
        return whole
    several = _PRODUCT.split(part)
    if len(several) > 1:
        found = reduce(Unit.times, (_raised(each, basic) for each in several))
        return Unit(found.factor, found.of, part)
    match = _RAISED.fullmatch(part)
    return basic(match[1]).power(int(match[2])) if match else basic(part)


def _spelled(name: str) -> Unit:
    """A unit by its spelling alone; percent is a hundredth."""
    if name in ("%", "percent"):
        return Unit(Fraction(1, 100), (), name)
    one = name if len(name) < 4 else re.sub(r"(?<!s)s$", "", name)
    return Unit(Fraction(1), ((one, 1),), name)


@cache
def _known(name: str) -> Unit:
    """A unit as physics knows it; else by its spelling. A calendar month has no fixed number of days."""
    spelled = _spelled(name)
    if not spelled.of:
        return spelled
    registry, undefined = _registry()
    try:
        unit = registry.Unit(name.replace(" ", ""))
    except (undefined, AttributeError, ValueError, TypeError, ArithmeticError):
        return spelled
    if str(unit) in ("year", "month"):
        return Unit(Fraction(12 if str(unit) == "year" else 1), (("month", 1),), name)
    quantity = registry.Quantity(Fraction(1), unit).to_root_units()
    of = tuple(sorted((str(basic), int(power)) for basic, power in quantity.unit_items()))
    if str(unit) in _MISREAD or not of or not {basic for basic, _ in of} <= _QUANTITIES:
        return spelled
    return Unit(Fraction(quantity.magnitude), of, name)


@cache
def _registry() -> tuple[Any, type[Exception]]:
    """What knows units. It is loaded only where a policy converts some."""
    import pint

    return pint.UnitRegistry(non_int_type=Fraction), pint.UndefinedUnitError
