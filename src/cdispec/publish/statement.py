"""A comparison in plain words, for where a policy prints none: what a record states when it is met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import assert_never

from cdispec.model.criteria import Bound, Comparison, Direction, Duration, IncludesAnyOf, IsOneOf, Range, Within
from cdispec.model.facts import VALUE, Day, Fact, Number, OneOf, SetOf, YesNo, subject
from cdispec.model.policy import Policy
from cdispec.publish.recipe import long_date


def statement(comparison: Comparison, policy: Policy, met: bool = True) -> str:
    """What is so where the comparison is met, or, with `met` false, where it is not."""
    fact, test = policy.facts[comparison.fact], comparison.test
    if isinstance(fact, YesNo):
        assert isinstance(test, IsOneOf)
        return fact.phrase if (True in test.values) is met else fact.negative
    if isinstance(test, IncludesAnyOf):
        assert isinstance(fact, SetOf)
        names = _either(option.name for option in fact.options if option.id in test.options)
        included = fact.including.replace(VALUE, names)
        return included if met else f"it is not so that {included}"
    compared = _compared(fact, test, policy)
    negation = "not both" if isinstance(test, Range) and test.low and test.high else "not"
    return f"{subject(fact)}: {compared if met else f'{negation} {compared}'}"


def facts_of(comparison: Comparison) -> tuple[str, ...]:
    """The facts it takes to know it: its own, and the date it counts from."""
    anchor = comparison.test.anchor if isinstance(comparison.test, Within) else None
    return (comparison.fact,) if anchor in (None, comparison.fact) else (comparison.fact, anchor)


def _compared(fact: Fact, test: IsOneOf | Range | Within, policy: Policy) -> str:
    match test:
        case IsOneOf(values):
            return _either(_value(value, fact) for value in _ordered(values, fact))
        case Range(low, high):
            return " and ".join(_edge(bound, fact, is_low) for bound, is_low in ((low, True), (high, False)) if bound)
        case Within(duration, direction, anchor):
            side = "before" if direction is Direction.BEFORE else "after"
            since = subject(policy.facts[anchor]) if anchor else "the date of the request"
            return f"within {_length(duration)} {side} {since}"
        case _:
            assert_never(test)


def _ordered(values: Iterable[bool | float | date | str], fact: Fact) -> list[bool | float | date | str]:
    """The values as their fact lists or counts them: a set has no order of its own."""
    if isinstance(fact, OneOf):
        return [option.id for option in fact.options if option.id in set(values)]
    return sorted(values, key=lambda value: value.toordinal() if isinstance(value, date) else float(value))


def _edge(bound: Bound, fact: Fact, is_low: bool) -> str:
    if isinstance(bound.value, date):
        word = ("on or after" if is_low else "on or before") if bound.included else ("after" if is_low else "before")
    else:
        word = ("at least" if is_low else "at most") if bound.included else ("more than" if is_low else "less than")
    return f"{word} {_value(bound.value, fact)}"


def _value(value: bool | float | date | str, fact: Fact) -> str:
    if isinstance(value, date):
        return long_date(value)
    match fact:
        case OneOf(options=options):
            return next(option.name for option in options if option.id == value)
        case Number(unit=unit):
            return f"{written(float(value))} {unit}"
        case YesNo() | Day() | SetOf():
            raise AssertionError(f"{fact.id} is not compared with {value}")
        case _:
            assert_never(fact)


def written(number: float) -> str:
    """A number as a reader writes it: 40 and not 40.0."""
    return str(int(number)) if float(number).is_integer() else str(number)


def _length(duration: Duration) -> str:
    unit = duration.unit.value
    return f"{duration.count} {unit.removesuffix('s') if duration.count == 1 else unit}"


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
