"""Members of a list that follow from the others, so that they add nothing to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

import z3

from cdispec.analysis.faults.examination import Examination
from cdispec.analysis.faults.words import listed_criteria, named
from cdispec.issues.logic import implied_clause
from cdispec.model.criteria import AllOf, AnyOf, Criterion
from cdispec.source import Issue


def implied_members(examined: Examination) -> Iterator[Issue]:
    """Each member of an all-of that the others prove, and each of an any-of that proves one of the others.

    Of members that prove each other the first stays.
    """
    for criterion in examined.criteria:
        if isinstance(criterion.logic, AllOf | AnyOf) and criterion.id not in examined.constant:
            if examined.asks_rows(criterion):
                # What is asked of one row, or of further ones, is no member that an author wrote.
                continue
            if examined.settled_by_a_member(criterion):
                continue
            for member in reversed(criterion.logic.of):
                others = [
                    other for other in criterion.logic.of if other is not member and other.id not in examined.implied
                ]
                if by := _proving(member, others, criterion.logic, examined):
                    examined.implied.add(member.id)
                    if len(examined.above[member.id]) == 1:
                        examined.needless.add(member.id)
                    yield implied_clause(member.place, named(member), _why(criterion.logic, by))


def _proving(
    member: Criterion, others: Sequence[Criterion], among: AllOf | AnyOf, examined: Examination
) -> list[Criterion]:
    """The other members of which one settles the list alike wherever a member does; none where it adds something."""
    if member.id in examined.constant or examined.keys.independent([member, *others]):
        return []
    match among:
        case AllOf():
            given = examined.unmet(member)
            parts = [(other, z3.Not(examined.unmet(other))) for other in others]
        case AnyOf():
            given = examined.met(member)
            parts = [(other, z3.Not(examined.met(other))) for other in others]
        case _:
            assert_never(among)
    if examined.ever(given, *(formula for _, formula in parts)):
        return []
    # On a day on which no other member is in force, the list would drop out without this one.
    alone = [z3.Not(examined.stands(other)) for other in others]
    if examined.keys.dated(member) and examined.ever(examined.stands(member), *alone):
        return []
    return examined.proof(parts, given)


def _why(among: AllOf | AnyOf, by: list[Criterion]) -> str:
    match among, len(by):
        case AllOf(), _:
            return f"it is met wherever {listed_criteria(by)} {'is' if len(by) == 1 else 'are'}"
        case AnyOf(), 1:
            return f"wherever it is met, {listed_criteria(by)} is met as well"
        case _:
            return f"wherever it is met, one of {listed_criteria(by)} is met as well"
