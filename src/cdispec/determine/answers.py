"""Answers to facts, as far as a decision can tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import assert_never

from cdispec.determine.formula import Leaf
from cdispec.determine.truth import compare, position
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Direction, IncludesAnyOf, IsOneOf, Range, Within, shifted
from cdispec.model.facts import Day, Number, OneOf, SetOf, Value, YesNo
from cdispec.model.policy import Policy


def leaf_truth(leaf: Leaf, policy: Policy, case: Case) -> Truth:
    """The truth of a leaf in a case."""
    test = leaf.test or IncludesAnyOf(frozenset([leaf.option]))
    return compare(Comparison(leaf.fact, test), policy, case)


def representatives(fact: str, leaves: Iterable[Leaf], policy: Policy, case: Case) -> Sequence[Value]:
    """Answers to a fact, one at least of each kind that these leaves can tell apart, the plainest first.

    Numbers and dates are told apart by their edges, so an edge, its neighbours and what lies between are enough.
    """
    declared = policy.facts[fact]
    asked = list(leaves)
    match declared:
        case YesNo():
            return [True, False]
        case OneOf(options=options):
            return [option.id for option in options]
        case SetOf():
            raise ValueError("the members of a list are told apart one by one")
        case Number(minimum=minimum, maximum=maximum):
            edges = sorted({edge for leaf in asked if leaf.fact == fact for edge in _edges(leaf, policy)})
            points = {edges[0] - 1, *edges, edges[-1] + 1, *(low + (high - low) / 2 for low, high in pairwise(edges))}
            points |= {bound for bound in (minimum, maximum) if bound is not None}
            return sorted(
                point
                for point in points
                if (minimum is None or point >= minimum) and (maximum is None or point <= maximum)
            )
        case Day():
            return [date.fromordinal(day) for day in sorted(_days(fact, asked, policy, case))]
        case _:
            assert_never(declared)


def _edges(leaf: Leaf, policy: Policy) -> list[float]:
    match leaf.test:
        case IsOneOf(values):
            return [position(value, leaf.fact, policy) for value in values]
        case Range(low, high):
            return [position(bound.value, leaf.fact, policy) for bound in (low, high) if bound is not None]
        case _:
            return []


def _days(fact: str, leaves: list[Leaf], policy: Policy, case: Case) -> set[int]:
    """Days (ordinals) around every edge that a fact's comparisons can reach from the request and the known dates.

    A date that counts from another unknown date has its edges at a distance from the other's; so many steps as there
    are date facts reach every combination (the bounds of a system of differences lie on paths without repetition).
    Each step may pass its edge by a day, and the way back over a month end is inexact by up to three days.
    """
    related = _related(fact, leaves)
    edges: dict[str, set[int]] = {name: {case.date.toordinal()} for name in related}
    for name in related:
        value = case.facts.get(name)
        if isinstance(value, date):
            edges[name] = {value.toordinal()}
    for leaf in leaves:
        if leaf.fact in related and leaf.fact not in case.facts and not isinstance(leaf.test, Within):
            edges[leaf.fact] |= {int(edge) for edge in _edges(leaf, policy)}
    for _ in related:
        for leaf in leaves:
            if isinstance(leaf.test, Within) and leaf.fact in related:
                _spread(leaf.fact, leaf.test, edges, case)
    around = 1 if len(related) == 1 else len(related) + 3
    return {_in_calendar(day) for edge in edges[fact] for day in range(edge - around, edge + around + 1)}


def _spread(fact: str, test: Within, edges: dict[str, set[int]], case: Case) -> None:
    """Add the days at which a comparison between two dates turns, as seen from each of them."""
    anchors = {case.date.toordinal()} if test.anchor is None else set(edges[test.anchor])
    own = set(edges[fact])
    sign = -1 if test.direction is Direction.BEFORE else 1
    if fact not in case.facts:
        edges[fact] |= anchors | {_turn(day, test, sign) for day in anchors}
    if test.anchor is not None and test.anchor not in case.facts:
        edges[test.anchor] |= own | {_turn(day, test, -sign) for day in own}


def _turn(day: int, test: Within, sign: int) -> int:
    return shifted(date.fromordinal(_in_calendar(day)), test.duration, sign).toordinal()


def _in_calendar(day: int) -> int:
    return min(max(day, 1), date.max.toordinal())


def _related(fact: str, leaves: list[Leaf]) -> list[str]:
    """The date facts that a fact's comparisons lead to, itself included."""
    found = [fact]
    for name in found:
        for leaf in leaves:
            if name in leaf.facts:
                found += [other for other in leaf.facts if other not in found]
    return found


def truths(case_leaves: Iterable[Leaf], policy: Policy, case: Case) -> dict[Leaf, Truth]:
    """The truth of each leaf in a case."""
    return {leaf: leaf_truth(leaf, policy, case) for leaf in case_leaves}
