"""Numbers of rows, asked of the rows themselves where other criteria ask for such rows: both are known together."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import assert_never

from cdispec.core.unroll import unrolled
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    Comparison,
    Criterion,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    Logic,
    Not,
    OfRows,
    Period,
    Quantity,
    Range,
    holding,
    parts,
    walk,
)
from cdispec.model.facts import Number
from cdispec.model.policy import Policy, all_criteria, blocks
from cdispec.model.records import MOST_ROWS, RecordList, Tally
from cdispec.model.remade import with_logic

Counts = tuple[int, int | None]
"""From how many rows, and from how many on no longer."""


def joined_numbers(policy: Policy) -> frozenset[str]:
    """The numbers that criteria compare, of such rows as others ask for."""
    if not any(of.tallies for of in policy.lists.values()):
        return frozenset()
    counted = unrolled(policy, dict.fromkeys(policy.lists, 1)).counted
    asked = {id: [*_compared(policy, id)] for id in counted}
    return frozenset(id for id, of in asked.items() if of and all(_counts(one, policy) for one in of))


def asked_of_rows(policy: Policy, numbers: Set[str]) -> Policy:
    """The policy with what compares these numbers asked of the rows that they count."""
    if not numbers:
        return policy
    tallies = {id: (of, tally) for of in policy.lists.values() for id, tally in of.tallies.items() if id in numbers}

    def asked(criterion: Criterion) -> Criterion:
        held = holding(criterion, tuple(map(asked, parts(criterion))))
        if not isinstance(held.logic, Comparison) or held.logic.fact not in tallies:
            return held
        return replace(held, logic=_logic(held, _counts(held, policy), *tallies[held.logic.fact]))

    made = {block.criterion.id: asked(block.criterion) for block in blocks(policy)}
    brought = {id: asked(one) for id, one in policy.brought.items()}
    criteria = {part.id: part for one in (*made.values(), *brought.values()) for part in walk(one)}
    return replace(with_logic(policy, made), criteria=criteria, brought=brought)


def _compared(policy: Policy, fact: str) -> Iterator[Criterion]:
    for criterion in (*all_criteria(policy), *policy.brought.values()):
        if isinstance(criterion.logic, Comparison) and criterion.logic.fact == fact:
            yield criterion


def _counts(criterion: Criterion, policy: Policy) -> list[Counts]:
    """The numbers of rows with which a comparison of their number is met; none where rows do not tell."""
    asked = criterion.logic
    assert isinstance(asked, Comparison)
    fact = policy.facts[asked.fact]
    assert isinstance(fact, Number)
    # What bounds the number as well is known of the number alone.
    if not fact.whole or fact.none or fact.maximum is not None or (fact.minimum or 0) > 0:
        return []
    found: list[Counts] = []
    match asked.test:
        case Range(low, high):
            least = 0 if low is None else int(str(low.value)) + (not low.included)
            found = [(least, None if high is None else int(str(high.value)) + high.included)]
        case IsOneOf(values):
            found = [(value, value + 1) for value in sorted(map(int, map(str, values)))]
        case Elapsed() | HasNone() | IncludesAnyOf():
            return []
        case _:
            assert_never(asked.test)
    possible = all(0 <= least <= MOST_ROWS and (most is None or 0 < most <= MOST_ROWS) for least, most in found)
    return found if possible else []


def _logic(criterion: Criterion, counts: list[Counts], of: RecordList, tally: Tally) -> Logic:
    def part(named: str, logic: Logic) -> Criterion:
        id, place = f"{criterion.id}#{named}", criterion.place
        return Criterion(id, criterion.label, None, (), logic, None, Period(), Truth.FALSE, place)

    def at_least(count: int) -> OfRows:
        return OfRows(Quantity.AT_LEAST, of.id, tally.where, None, count)

    ways: list[Logic] = []
    for least, most in counts:
        # With none of them it is met from the beginning on.
        low = [part(f"from-{least}", at_least(least))] if least else []
        high = [] if most is None else [part(f"not-{most}", Not(part(f"below-{most}", at_least(most))))]
        ways.append(AllOf((*low, *high)))
    if len(ways) > 1:
        return AnyOf(tuple(part(f"way-{number}", way) for number, way in enumerate(ways, 1)), False)
    [only] = ways
    assert isinstance(only, AllOf)
    return only.of[0].logic if len(only.of) == 1 else only
