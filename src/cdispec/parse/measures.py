"""Measures: how numbers of a policy are worked out from others of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from cdispec.issues.files import wrong_kind
from cdispec.issues.measures import formula_circle, malformed_formula, unfitting_units, unknown_operand
from cdispec.model.facts import DIGITS, Fact, Number
from cdispec.model.formulas import (
    DivisionByNothingError,
    Formula,
    Intermediate,
    Literal,
    Measure,
    Operand,
    Operation,
    Power,
    Rounded,
    degree,
    operands_of,
    result_of,
    walk_formula,
    written_formula,
)
from cdispec.model.records import Declared
from cdispec.parse.fields import Fields, of_kind
from cdispec.parse.formulas import HIGHEST_DEGREE, read_formula
from cdispec.parse.units import UnitError, converted
from cdispec.parse.yamltree import Scalar, described
from cdispec.source import Issue

MOST_FILLED = 300
"""So many parts a formula may have with those of the measures that it names."""


def read_measure(fields: Fields) -> Measure | None:
    """How a number is worked out, where `is:` says it."""
    digits = _digits(fields)
    if "is" not in fields:
        if "round to" in fields:
            fields.issues.append(wrong_kind(fields.key_place("round to"), "`is:` with a formula beside it", "none"))
        return None
    node = of_kind(Scalar, fields["is"], "a formula", fields.issues)
    formula = None if node is None else read_formula(node, fields.issues)
    if node is None or formula is None:
        return None
    if problem := _never(formula):
        fields.issues.append(malformed_formula(node.place, node.text, problem))
        return None
    return Measure(formula, digits, node.place)


def _digits(fields: Fields) -> int | None:
    """To how many digits after the point a measure is rounded."""
    number, node = fields.number("round to"), fields.get("round to")
    if node is None or number is None:
        return None
    if not isinstance(number, int) or not 0 <= number < DIGITS:
        fields.issues.append(wrong_kind(node.place, f"a whole number from 0 to {DIGITS - 1}", described(node)))
        return None
    return number


def _never(formula: Formula) -> str:
    """Why nothing can be worked out by a formula, or ""."""
    if not operands_of(formula):
        return "names no fact"
    for part in walk_formula(formula):
        if isinstance(part, Operation) and part.sign == "/" and not operands_of(part.right):
            try:
                nothing = not result_of(part.right, {})
            except DivisionByNothingError:
                nothing = True
            if nothing:
                return "divides by 0"
    return ""


_Declared = TypeVar("_Declared", Fact, Declared)


def worked(facts: Mapping[str, _Declared]) -> tuple[dict[str, _Declared], list[Issue]]:
    """The facts of a policy, each measure with its formula down to numbers that are none, in its own unit."""
    working = _Working(facts)
    found: dict[str, _Declared] = {}
    for id, fact in facts.items():
        measure = working.measure(fact) if isinstance(fact, Number) else None
        found[id] = replace(fact, measure=measure) if isinstance(fact, Number) and measure is not None else fact
    return found, working.issues


class _Working:
    """Follows formulas down to numbers that are no measures; `path` are the measures on the way there."""

    def __init__(self, facts: Mapping[str, Declared]) -> None:
        self.facts, self.issues = facts, list[Issue]()
        self._found: dict[str, Measure] = {}
        self._path: list[str] = []

    def measure(self, fact: Number) -> Measure | None:
        """How a number is worked out; without a formula where that cannot be."""
        stated = fact.measure
        if stated is None:
            return None
        if fact.id in self._path:
            circle = [*self._path[self._path.index(fact.id) :], fact.id]
            self.issues.append(formula_circle(stated.place, circle))
            return stated
        if fact.id not in self._found:
            self._path.append(fact.id)
            self._found[fact.id] = replace(stated, formula=self._formula(fact, stated))
            self._path.pop()
        return self._found[fact.id]

    def _formula(self, fact: Number, measure: Measure) -> Formula | None:
        numbers = [id for id, other in self.facts.items() if isinstance(other, Number) and id != fact.id]
        units: dict[str, str] = {}
        given: dict[str, Formula] = {}
        for id in operands_of(measure.stated):
            operand = self.facts.get(id)
            if not isinstance(operand, Number):
                self.issues.append(unknown_operand(measure.place, id, numbers))
                continue
            units[id] = operand.unit
            below = self.measure(operand)
            if below is None:
                given[id] = Operand(id)
            elif below.formula is not None:
                given[id] = Intermediate(id, below.formula)
        if len(given) < len(operands_of(measure.stated)):
            return None
        try:
            own = converted(measure.stated, fact.unit, units)
        except UnitError as error:
            words = written_formula(measure.stated, lambda id: f"{id} [{units[id]}]")
            self.issues.append(unfitting_units(measure.place, fact.id, words, str(error)))
            return None
        formula = _filled(own, given)
        if sum(1 for _ in walk_formula(formula)) > MOST_FILLED:
            problem = f"comes to more than {MOST_FILLED} numbers and signs, with the measures that it names"
            self.issues.append(malformed_formula(measure.place, written_formula(measure.stated, str), problem))
            return None
        if degree(formula) > HIGHEST_DEGREE:
            problem = f"multiplies more than {HIGHEST_DEGREE} numbers with each other"
            self.issues.append(malformed_formula(measure.place, written_formula(measure.stated, str), problem))
            return None
        return formula if measure.digits is None else Rounded(formula, measure.digits)


def _filled(formula: Formula, given: Mapping[str, Formula]) -> Formula:
    """A formula with those of its operands in their place."""
    match formula:
        case Literal():
            return formula
        case Operand(fact):
            return given[fact]
        case Operation(sign, left, right):
            return Operation(sign, _filled(left, given), _filled(right, given))
        case Power(of, exponent):
            return Power(_filled(of, given), exponent)
        case Rounded(of, digits):
            return Rounded(_filled(of, given), digits)
        case Intermediate(fact, of):
            return Intermediate(fact, _filled(of, given))
