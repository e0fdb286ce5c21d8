"""When two criteria ask the same of a row, however they say it: "each is at most 88" and "none is above 88".

What further rows would be is then one question to both.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import assert_never

from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    IsOneOf,
    Not,
    OfRows,
    Quantity,
    Range,
    Reference,
    asked_facts,
    walk,
)
from cdispec.model.facts import Fact, YesNo, is_field, may_be_none

Alike = Hashable
"""What is asked, in a form that is the same where the same is asked; not everywhere."""


def alike(criterion: Criterion, facts: Mapping[str, Fact], denied: bool = False) -> Alike:
    """What a criterion asks of a row, or that it is `denied`: denials stand with single comparisons alone."""
    logic = criterion.logic
    match logic:
        case Comparison():
            return _compared(logic, facts[logic.fact], denied)
        case Not(of):
            return alike(of, facts, not denied)
        case AllOf(of) | AnyOf(of):
            found = [alike(member, facts, denied) for member in of]
            return conjunction_of(found) if isinstance(logic, AllOf) is not denied else ("any", frozenset(found))
        case AtLeast(count, of):
            found = [alike(member, facts, denied) for member in of]
            return len(of) - count + 1 if denied else count, tuple(found)
        case Reference() | OfRows():
            raise AssertionError("a row is asked for no other clause and no other list")
        case _:
            assert_never(logic)


def conjuncts(criterion: Criterion, denied: bool = False) -> Iterator[tuple[Criterion, bool]]:
    """What must all be so for a criterion to be met, or where it is `denied` not to be; and what of it is denied."""
    match criterion.logic:
        case Not(of):
            yield from conjuncts(of, not denied)
        case AllOf(of) if not denied:
            yield from (one for member in of for one in conjuncts(member))
        case AnyOf(of) if denied:
            yield from (one for member in of for one in conjuncts(member, denied=True))
        case AllOf() | AnyOf() | AtLeast() | Comparison() | Reference() | OfRows():
            yield criterion, denied
        case _:
            assert_never(criterion.logic)


def conjuncts_of_rows(asked: OfRows) -> list[tuple[Criterion, bool]]:
    """What must be so of a row that a criterion asks for: of "each", for one that is not as is asked."""
    where = [] if asked.where is None else [*conjuncts(asked.where)]
    return where if asked.such is None else [*where, *conjuncts(asked.such, asked.quantity is Quantity.EACH)]


def is_beside(asked: Criterion, facts: Mapping[str, Fact]) -> bool:
    """Whether something that is asked of a row asks none of its fields, so that it is so of every row or of none."""
    return not any(is_field(facts[fact]) for fact in asked_facts(walk(asked)))


def conjunction_of(asked: Iterable[Alike]) -> Alike:
    """That all of these are so."""
    found: set[Alike] = set()
    for one in asked:
        found |= one if isinstance(one, frozenset) else {one}
    return found.pop() if len(found) == 1 else frozenset(found)


def _compared(asked: Comparison, fact: Fact, denied: bool) -> Alike:
    test = asked.test
    if isinstance(fact, YesNo) and test == IsOneOf(frozenset([False])):
        test, denied = IsOneOf(frozenset([True])), not denied
    if denied and isinstance(test, Range) and not may_be_none(fact) and (test.low is None) != (test.high is None):
        # What is not below an edge is at it or above; what has no value is neither.
        test, denied = Range(_beyond(test.high), _beyond(test.low)), False
    return asked.fact, test, denied


def _beyond(edge: Bound | None) -> Bound | None:
    return None if edge is None else Bound(edge.value, not edge.included)
