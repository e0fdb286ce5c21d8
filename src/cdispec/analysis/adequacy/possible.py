"""Which aspects any case could show, which a solver proves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import assert_never

import z3

from cdispec.analysis.adequacy.aspects import (
    Aspect,
    Borders,
    Comes,
    Counts,
    Falls,
    Lacks,
    Leaves,
    Reads,
    Requested,
    Rests,
    Seen,
    Turns,
    copies,
)
from cdispec.analysis.adequacy.forcing import Forcing
from cdispec.analysis.mutation.equivalence import lost
from cdispec.analysis.replay.proving import Proving
from cdispec.determine.limits import left_of
from cdispec.logic import Truth
from cdispec.model.limits import Between, Quota
from cdispec.model.outcomes import Outcome

Formulas = list[z3.BoolRef]


def possible(aspect: Aspect, forcing: Forcing, proving: Proving) -> bool:
    """Whether a case of some kind of request shows an aspect. Raises TooMuchWorkError where work does not tell.

    Each row can be as any other, so that one of them tells.
    """
    aspect, *_ = copies(aspect, forcing.replay.state)
    if isinstance(aspect, Turns | Counts | Borders | Falls) and not proving.ever(*_where(aspect, proving)):
        return False
    if isinstance(aspect, Lacks):
        where, sides = [*_where(aspect, proving)], forcing.sides(aspect)
        limited = any(True for side in sides for _ in proving.limited(side))
        if not limited and all(lost({aspect.criterion}, side, where, proving, False) for side in sides):
            return False
    return any(proving.ever(*found) for found in showing(aspect, forcing, proving).values())


def showing(aspect: Aspect, forcing: Forcing, proving: Proving) -> dict[str, Formulas]:
    """For each kind of request what holds of a case that shows an aspect; nothing where none can."""
    aspect, *_ = copies(aspect, forcing.replay.state)
    requests = forcing.replay.policy.requests
    match aspect:
        case Rests(label):
            return {request: _rests(label, request, proving) for request in requests}
        case Comes(request, outcome):
            return {request: [proving.decided(proving.replay.base, request).is_(outcome)]}
        case Leaves(id, requested):
            rules = (rule for rule in forcing.replay.policy.rules if rule.criterion.id == id)
            return {
                request: [proving.decided(proving.replay.base, request).is_(rule.outcome)]
                for rule in rules
                if rule.grant is not None and _can_leave(rule.grant.quotas, requested, proving)
                for request in rule.requests
            }
        case Reads():
            return {request: [] for request in requests}
        case Turns() | Counts() | Borders() | Lacks() | Falls():
            where, sides = list(_where(aspect, proving)), forcing.sides(aspect)
            return {
                request: [*where, z3.Or([proving.otherwise(side, request) for side in sides])] for request in requests
            }
        case _:
            assert_never(aspect)


def _can_leave(quotas: Sequence[Quota], requested: Requested, proving: Proving) -> bool:
    """Whether the bounds of what is counted let a request be so near to what is left; nothing else is looked at."""
    measures = proving.replay.base.measures
    asked = measures.known(quotas[0].requested, {})
    left = reduce(Between.up_to, (left_of(quota, measures, {}) for quota in quotas))
    below = left.most is None or asked.least < left.most
    above = asked.most is None or asked.most > left.least
    match requested:
        case Requested.BELOW:
            return below
        case Requested.AT:
            return (below or asked.least == left.most) and (above or asked.most == left.least)
        case Requested.ABOVE:
            return above
        case _:
            assert_never(requested)


def _rests(label: str, request: str, proving: Proving) -> Formulas:
    decided = proving.decided(proving.replay.base, request)
    return [decided.rests_on(label), z3.Not(decided.is_(Outcome.MORE_INFORMATION))]


def _where(aspect: Turns | Counts | Borders | Lacks | Falls, proving: Proving) -> Iterator[z3.BoolRef]:
    """What holds of a case beside that an edit determines it otherwise."""
    truths, answers, replay = proving.truths, proving.answers, proving.replay
    match aspect:
        case Falls(_, day):
            yield answers.day == day.toordinal()
            return
        case Borders(_, atom):
            yield truths.met(truths.add(atom))
        case Lacks(id):
            yield proving.lacking(id)
        case Counts(id):
            yield truths.met(replay.logic(id))
        case Turns(id, seen):
            known = truths.truth(replay.logic(id))
            match seen:
                case Seen.TRUE | Seen.FALSE:
                    yield known.is_(Truth.TRUE if seen is Seen.TRUE else Truth.FALSE)
                case Seen.UNKNOWN | Seen.SILENT:
                    yield known.is_(Truth.UNKNOWN)
                    yield answers.complete == (seen is Seen.SILENT)
                case _:
                    assert_never(seen)
        case _:
            assert_never(aspect)
    yield truths.met(replay.base.rooted.criteria[aspect.criterion].in_force)
