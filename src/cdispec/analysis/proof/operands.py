"""Numbers from which a measure is worked out near the edges that policies compare it with, found by trying.

A solver takes a measure for a number by itself. What it finds of one is shown with the numbers that lead there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product

from cdispec.model.case import Case
from cdispec.model.facts import Amount, Number, amount
from cdispec.model.formulas import DivisionByNothingError, result_of, rounded
from cdispec.model.measures import Worked
from cdispec.model.policy import Policy

_PLAIN = tuple(map(Fraction, ("2", "10", "100", "1", "50", "1.5", "5", "20", "3", "200", "0.5", "0")))
"""Answers that are tried of a number, the likeliest first."""

_STEPS = tuple(
    sorted(
        {Fraction(sign * of * ten) for of in (1, 2, 5) for ten in (1, 10, 100, 1000) for sign in (-1, 1)}
        | {Fraction(0)}
    )
)
"""Between these of the last number it is looked for an edge."""

MOST, HALVINGS = 60, 24
"""So many answers to the other numbers are tried, and so often the way to an edge is halved."""


def leading_to(measures: Sequence[Worked], policy: Policy) -> Iterator[dict[str, Amount]]:
    """Numbers from which some measures, which have the same ones, are worked out just on each side of an edge."""
    names = list(dict.fromkeys(id for one in measures for id in one.operands))
    edges = sorted({Fraction(edge) for one in measures for edge in one.edges} or {Fraction(1)})
    choices = [[number for number in _PLAIN if _allowed(number, id, policy)] for id in names[:-1]]
    for others in islice(product(*choices), MOST):
        known = dict(zip(names, others, strict=False))
        for one, edge in product(measures, edges):
            for last in _crossings(one, edge, known, names[-1]):
                if _allowed(last, names[-1], policy):
                    yield {id: _amount(number) for id, number in {**known, names[-1]: last}.items()}


def _crossings(one: Worked, edge: Fraction, known: dict[str, Fraction], last: str) -> Iterator[Fraction]:
    """Answers to the last number between which a measure passes an edge, as plain as they can be."""
    previous: tuple[Fraction, Fraction] | None = None
    for step in _STEPS:
        value = _value(one, {**known, last: step})
        if value is None:
            previous = None
            continue
        if previous is not None and (previous[1] < edge) != (value < edge):
            yield from _narrowed(one, edge, known, last, previous[0], step)
        previous = step, value


def _narrowed(
    one: Worked, edge: Fraction, known: dict[str, Fraction], last: str, low: Fraction, high: Fraction
) -> Iterator[Fraction]:
    below = (_value(one, {**known, last: low}) or edge) < edge
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        value = _value(one, {**known, last: middle})
        if value is None:
            return
        low, high = (middle, high) if (value < edge) == below else (low, middle)
    for digits in (0, 1, 2, 3):
        step = Fraction(1, 10**digits)
        near = rounded((low + high) / 2, digits)
        yield from (near, near - step, near + step)


def _value(one: Worked, numbers: dict[str, Fraction]) -> Fraction | None:
    try:
        return result_of(one.formula, numbers)
    except DivisionByNothingError:
        return None


def _allowed(number: Fraction, id: str, policy: Policy) -> bool:
    fact = policy.facts[id]
    assert isinstance(fact, Number)
    low, high = fact.minimum, fact.maximum
    return (low is None or number >= low) and (high is None or number <= high)


def _amount(number: Fraction) -> Amount:
    found = amount(str(float(number)))
    assert found is not None
    return found


def worked_from(case: Case, measures: Sequence[Worked], policy: Policy, most: int) -> list[Case]:
    """A case with the numbers of some measures in place of these, near every edge; at most so many."""
    rest = {id: value for id, value in case.facts.items() if id not in {one.fact.id for one in measures}}
    found = (replace(case, facts={**rest, **numbers}) for numbers in leading_to(measures, policy))
    return list(islice(found, most))
