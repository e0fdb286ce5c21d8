"""Formulas are read with their units, and come to numbers that every program tells apart alike."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.model.facts import DIGITS, Fact, Number, amount
from cdispec.model.formulas import Formula, Measure, result_of, rounded, walk_formula, written_formula
from cdispec.model.grid import approximately, on_grid
from cdispec.model.reach import reach_of
from cdispec.parse.formulas import read_formula
from cdispec.parse.measures import MOST_FILLED, worked
from cdispec.parse.units import UnitError, converted
from cdispec.parse.yamltree import Scalar
from cdispec.source import Issue, Place

PLACE = Place("facts.yaml", 3, 7)
CONVERTED = [
    ("weight / height ^ 2", "kg/m2", {"weight": "kg", "height": "m"}, {"weight": 80, "height": 2}, "20"),
    ("weight / height ^ 2", "kg/m2", {"weight": "kg", "height": "cm"}, {"weight": 80, "height": 200}, "20"),
    ("weight / 2", "kg", {"weight": "lb"}, {"weight": 2}, "0.45359237"),
    ("(first - weight) / first", "%", {"first": "kg", "weight": "kg"}, {"first": 80, "weight": 76}, "5"),
    ("(first - weight) / first", "%", {"first": "points", "weight": "points"}, {"first": 80, "weight": 76}, "5"),
    ("events / sleep", "events per hour", {"events": "events", "sleep": "minutes"}, {"events": 30, "sleep": 120}, "15"),
    ("packs * years", "pack-years", {"packs": "packs", "years": "years"}, {"packs": 2, "years": 10}, "20"),
    ("first + 5", "kg", {"first": "kg"}, {"first": 80}, "85"),
    ("first - second", "months", {"first": "years", "second": "months"}, {"first": 2, "second": 6}, "18"),
    ("1.1 * limit", "ng/ml", {"limit": "ng/ml"}, {"limit": Decimal("0.7")}, "0.77"),
]
UNFITTING = [
    ("weight / height", "kg/m2", {"weight": "kg", "height": "m"}, "it is in kg/m, and is to be in kg/m2"),
    ("first - nights", "kg", {"first": "kg", "nights": "nights"}, "nights cannot be subtracted from kg"),
    ("first - second", "months", {"first": "years", "second": "days"}, "days cannot be subtracted from years"),
    ("units / 2", "kg", {"units": "units"}, "it is in units, and is to be in kg"),
]
MALFORMED = [
    ("first - - weight", 8, "has a `-` where it cannot stand"),
    ("first +", 7, "ends where a number or a fact is expected"),
    ("2 * (first", 4, "has a `(` that is not closed"),
    ("first ^ 1", 8, "needs a whole number from 2 to 9 after `^`"),
    ("2 first", 2, "has `first` where a sign is expected"),
    ("first $ 2", 6, "has a `$`, which is no number, fact or sign"),
]


def read(text: str) -> tuple[Formula | None, list[Issue]]:
    """A formula with the issues of reading it."""
    issues: list[Issue] = []
    return read_formula(Scalar(text, True, PLACE), issues), issues


def formula_of(text: str) -> Formula:
    """A formula that is free of errors."""
    formula, issues = read(text)
    assert formula is not None
    assert not issues
    return formula


@pytest.mark.parametrize(("text", "unit", "units", "numbers", "result"), CONVERTED)
def test_a_formula_comes_to_a_number_of_its_unit(
    text: str, unit: str, units: dict[str, str], numbers: dict[str, int | Decimal], result: str
) -> None:
    exact = result_of(converted(formula_of(text), unit, units), {id: Fraction(of) for id, of in numbers.items()})
    assert exact == Fraction(result)
    assert on_grid(exact) == Decimal(result)


@pytest.mark.parametrize(("text", "unit", "units", "problem"), UNFITTING)
def test_units_that_do_not_fit_are_named(text: str, unit: str, units: dict[str, str], problem: str) -> None:
    with pytest.raises(UnitError, match=problem):
        converted(formula_of(text), unit, units)


def test_units_that_are_spelled_alike_are_looked_up_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pint", None)
    converted(formula_of("weight / height ^ 2"), "kg/m2", {"weight": "kg", "height": "m"})


@pytest.mark.parametrize(("text", "column", "problem"), MALFORMED)
def test_what_is_no_formula_is_told_at_its_place(text: str, column: int, problem: str) -> None:
    _, [issue] = read(text)
    assert issue.message == f"the formula `{text}` {problem}"
    assert issue.place == PLACE._replace(column=PLACE.column + column)


@pytest.mark.parametrize(
    "text", ["a - b - c", "a - (b - c)", "(a + b) * c", "a / (b * c) / d", "(a ^ 2) ^ 3", "-1 * a"]
)
def test_a_formula_is_written_as_it_is_read(text: str) -> None:
    formula, _ = read(text)
    assert formula is None or written_formula(formula, str) == text


numbers = st.decimals(-(10**9), 10**9, places=6).map(Fraction)
stated = st.integers(-(10**DIGITS) + 1, 10**DIGITS - 1)


@given(numbers, numbers.filter(bool), stated, st.integers(-9, 0))
def test_a_result_lies_on_the_same_side_of_every_stated_number_also_in_a_browser(
    above: Fraction, below: Fraction, digits: int, power: int
) -> None:
    exact = above / below
    near = Decimal(str(float(f"{float(exact):.{DIGITS - 1}e}")))
    for edge in (Decimal(digits).scaleb(power), near):
        side = (exact > Fraction(edge)) - (exact < Fraction(edge))
        found = on_grid(exact)
        assert (found > edge) - (found < edge) == side
        assert (float(found) > float(edge)) - (float(found) < float(edge)) == side
        assert amount(str(found)) == found


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=2), st.data())
def test_a_formula_comes_to_nothing_beyond_its_reach(
    ends: list[tuple[Fraction, Fraction]], data: st.DataObject
) -> None:
    bounds = {id: (min(of), max(of)) for id, of in zip("ab", ends, strict=True)}
    inside = {id: data.draw(st.sampled_from([low, high, (low + high) / 2])) for id, (low, high) in bounds.items()}
    for text in ("a + b", "a - b", "a * b", "a ^ 2 - b", "(a - b) ^ 3", "a / (b ^ 2 + 1)"):
        low, high = reach_of(formula_of(text), bounds)
        assert low <= result_of(formula_of(text), inside) <= high


def doubled(times: int) -> list[Fact]:
    """A number, and measures of which each is twice the one before."""

    def twice(id: str, of: str) -> Number:
        return replace(plain, id=id, measure=Measure(formula_of(f"{of} + {of}"), None, PLACE))

    plain = Number("n0", "?", "a number", "a number is {value}", "points", None, None, PLACE)
    return [plain, *(twice(f"n{number}", f"n{number - 1}") for number in range(1, times + 1))]


def test_measures_of_measures_come_to_a_formula_of_limited_length() -> None:
    facts, issues = worked({fact.id: fact for fact in doubled(14)})
    [issue] = issues
    assert issue.message == (
        "the formula `n6 + n6` comes to more than 300 numbers and signs, with the measures that it names"
    )
    lengths = [len([*walk_formula(of)]) for one in facts.values() if (of := formula_in(one)) is not None]
    assert max(lengths) <= MOST_FILLED


def formula_in(fact: Fact) -> Formula | None:
    """The formula by which a measure is worked out, where it is one that can be."""
    assert isinstance(fact, Number)
    return None if fact.measure is None else fact.measure.formula


@pytest.mark.parametrize(("number", "whole"), [("2.5", 3), ("-2.5", -3), ("2.4", 2), ("-2.4", -2), ("-0.5", -1)])
def test_a_half_is_rounded_away_from_nothing(number: str, whole: int) -> None:
    assert rounded(Fraction(number), 0) == whole


@pytest.mark.parametrize(
    ("number", "edges", "words"),
    [
        ("26.1224489", [], "about 26.1"),
        ("25", [30], "25"),
        ("29.9912", [30], "about 29.99"),
        ("0.00333333", [], "about 0.00333"),
        ("-2.5", [], "-2.5"),
        ("0", [], "0"),
    ],
)
def test_a_number_is_shown_short_and_on_its_own_side_of_an_edge(number: str, edges: list[int], words: str) -> None:
    assert approximately(Fraction(number), edges) == words
