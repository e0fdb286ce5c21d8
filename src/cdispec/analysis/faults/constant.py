"""Criteria that no case meets, or that every case does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

import z3

from cdispec.analysis.faults.examination import Examination
from cdispec.analysis.faults.words import listed_criteria, named
from cdispec.determine.specification import quantified
from cdispec.issues.logic import always_met, conflicting_clauses, never_met
from cdispec.logic import Truth, conjunction, disjunction, negation
from cdispec.model.criteria import AllOf, AnyOf, AtLeast, Comparison, Criterion, ListOf, Not, OfRows, Reference, members
from cdispec.model.policy import decided_by
from cdispec.source import Issue


def constant_criteria(examined: Examination) -> Iterator[Issue]:
    """Each criterion that is met in no case or in every case, unless parts that are told already show it."""
    for criterion in examined.inside_out:
        if examined.is_of_further_rows(criterion):
            examined.constant[criterion.id] = Truth.FALSE
            continue
        shown = _shown_by_parts(criterion, examined)
        found = shown if _parts_tell_all(criterion, examined) else _asked(criterion, examined)
        if found is not Truth.UNKNOWN:
            examined.constant[criterion.id] = found
        # Of what is asked of each row nothing is told, so that it is told of what asks for the rows.
        if examined.is_stated(criterion) and (found is not shown or examined.asks_rows(criterion)):
            yield from _told(criterion, found, examined)


def _parts_tell_all(criterion: Criterion, examined: Examination) -> bool:
    """Whether no question is needed: parts that are decided by different answers can be met in any combination."""
    if isinstance(criterion.logic, Comparison):
        return criterion.unless is None and examined.keys.free(criterion)
    keys, parts = examined.keys, decided_by(criterion, examined.policy)
    return not keys.dated(criterion) and not keys.shows(criterion) and keys.independent(parts)


def _shown_by_parts(criterion: Criterion, examined: Examination) -> Truth:
    """What three-valued logic sees when all that is known is which parts are never or always met."""
    logic, guard = criterion.logic, criterion.unless
    known = [examined.constant.get(member.id, Truth.UNKNOWN) for member in members(logic)]
    match logic:
        case ListOf():
            found = quantified(logic, known)
        case Not():
            found = negation(known[0])
        case Reference(to):
            found = examined.constant.get(to, Truth.UNKNOWN)
        case Comparison() | OfRows():
            found = Truth.UNKNOWN
        case _:
            assert_never(logic)
    if guard is None:
        return found
    waived = examined.constant.get(guard.id, Truth.UNKNOWN)
    if criterion.set_aside is Truth.TRUE:
        return disjunction((found, waived))
    return conjunction((found, negation(waived)))


def _asked(criterion: Criterion, examined: Examination) -> Truth:
    """What the solver proves; unknown where some cases meet it and others do not, or it is never in force."""
    if not examined.ever(examined.met(criterion)) or not examined.ever_shown(criterion):
        return Truth.FALSE if examined.ever(examined.stands(criterion)) else Truth.UNKNOWN
    return Truth.UNKNOWN if examined.ever(examined.unmet(criterion)) else Truth.TRUE


def _told(criterion: Criterion, found: Truth, examined: Examination) -> Iterator[Issue]:
    place, name = criterion.place, named(criterion)
    match found, criterion.logic:
        case (Truth.FALSE, AllOf()) if together := _cannot_be_met_together(criterion, examined):
            yield conflicting_clauses(place, name, listed_criteria(together))
        case Truth.FALSE, _:
            yield never_met(place, name, _why_never(criterion, examined))
        case Truth.TRUE, _:
            yield always_met(place, name, _why_always(criterion, examined))
        case _:
            pass


def _cannot_be_met_together(criterion: Criterion, examined: Examination) -> list[Criterion]:
    """Members of an all-of of which one is always unmet, as few as prove it; none where its guard is the cause."""
    parts = [(member, z3.Not(examined.unmet(member))) for member in members(criterion.logic)]
    stands = examined.stands(criterion)
    if examined.ever(stands, *(formula for _, formula in parts)):
        return []
    return examined.proof(parts, stands)


def _why_never(criterion: Criterion, examined: Examination) -> str:
    match criterion.logic:
        case AtLeast(count, of) if not examined.ever(z3.AtLeast(*map(examined.met, of), count)):
            return f"no {count} of its members can be met together"
        case Comparison() if criterion.unless is None:
            return "no answer passes it"
        case _ if criterion.unless is None:
            return "no record can show it"
        case _:
            return "wherever it would be met, its `unless` is met as well"


def _why_always(criterion: Criterion, examined: Examination) -> str:
    stands = examined.stands(criterion)
    match criterion.logic:
        case AnyOf(of, _) if not examined.ever(stands, *(z3.Not(examined.met(member)) for member in of)):
            parts = [(member, z3.Not(examined.met(member))) for member in of]
            return f"one of {listed_criteria(examined.proof(parts, stands))} always is"
        case AtLeast(count, of) if not examined.ever(stands, z3.Not(z3.AtLeast(*map(examined.met, of), count))):
            return f"{count} of its members always are"
        case _ if criterion.unless is None:
            return "every record shows it"
        case _:
            return "wherever it is not met itself, its `unless` is"
