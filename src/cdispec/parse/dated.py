"""Dates of service that are asked on another day than that of the request: `as of: dispensed`.

A criterion out of its dates drops out of its list. On the date of the request the core knows that; on the day of a fact
it is said with the list itself, so that it is unknown where that day is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from cdispec.issues.others import two_days
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AS_OF,
    DATED,
    PERIOD,
    AllOf,
    AnyOf,
    Comparison,
    Criterion,
    ListOf,
    Logic,
    Not,
    OfRows,
    Period,
    Reference,
    holding,
    members,
)
from cdispec.model.others import between
from cdispec.source import Issue

Force = Criterion | None
"""That a criterion is in force on the day of a fact; None where it always is."""

Refer = Callable[[Criterion, str], tuple[Reference, Force]]
"""What a criterion refers to where dates of service are asked on the day of a fact, "" for that of the request."""


class Dating:
    """Says with lists when criteria are in force; `refer` knows what references lead to."""

    def __init__(self, refer: Refer, lapses: Callable[[str], bool], issues: list[Issue]) -> None:
        self.refer, self._lapsing, self.issues = refer, lapses, issues

    def block(self, criterion: Criterion, day: str = "") -> Criterion:
        """A block, which is met where it is in force and what it says is met."""
        made, force = self.dated(criterion, day)
        if force is None:
            return made
        self._require_one_day(made)
        return replace(made, logic=AllOf((_in(force, Truth.TRUE), _inner(made))), unless=None)

    def dated(self, criterion: Criterion, day: str = "") -> tuple[Criterion, Force]:
        """A criterion as it is where it is in force, and when it is."""
        day = criterion.as_of or day
        logic, guard = criterion.logic, criterion.unless
        force: Force = None
        match logic:
            case Reference():
                logic, force = self.refer(criterion, day)
            case ListOf() | Not():
                found = [self.dated(member, day) for member in members(logic)]
                logic = _held(criterion, logic, [self._listed(logic, *one) for one in found])
                forces = [one for _, one in found]
                force = _any(criterion, [one for one in forces if one is not None]) if None not in forces else None
            case Comparison() | OfRows():
                # What is asked of rows has no dates of service.
                pass
            case _:
                assert_never(logic)
        made = replace(criterion, logic=logic, unless=None if guard is None else self.block(guard, day), as_of="")
        if not day or criterion.valid == Period():
            return made, force
        own = _within(criterion, day)
        return replace(made, valid=Period()), own if force is None else _both(criterion, own, force)

    def _listed(self, logic: Logic, member: Criterion, force: Force) -> Criterion:
        """A member of a list, which drops out where it is not in force.

        It keeps its id and words: whatever else refers to it says itself when that is in force.
        """
        if force is None or isinstance(logic, Not):
            # What is denied drops out with the denial.
            return member
        self._require_one_day(member)
        if isinstance(logic, AllOf):
            out = _part(member, "undated", Not(_in(force, Truth.FALSE)), Truth.FALSE)
            return replace(member, logic=AnyOf((out, _inner(member)), False), unless=None)
        return replace(member, logic=AllOf((_in(force, Truth.TRUE), _inner(member))), unless=None)

    def _require_one_day(self, criterion: Criterion) -> None:
        """Report a criterion that depends on the date of the request and on that of a fact at once."""
        if self.lapses(criterion):
            self.issues.append(two_days(criterion.place))

    def lapses(self, criterion: Criterion, day: str = "") -> bool:
        """Whether a criterion may be out of force on the date of a request, where its dates are asked on that."""
        logic, day = criterion.logic, criterion.as_of or day
        if criterion.valid != Period() and not day:
            return True
        if isinstance(logic, Reference):
            return self._lapsing(logic.to)
        if isinstance(logic, OfRows):
            return False
        return bool(members(logic)) and all(self.lapses(member, day) for member in members(logic))


def _within(criterion: Criterion, day: str) -> Criterion:
    plain = _part(criterion, PERIOD, criterion.logic, Truth.FALSE)
    return between(plain, day, criterion.valid)


def _held(criterion: Criterion, logic: Logic, held: list[Criterion]) -> Logic:
    return holding(replace(criterion, logic=logic, unless=None), tuple(held)).logic


def _any(criterion: Criterion, forces: list[Criterion]) -> Criterion:
    of = tuple(_in(force, Truth.FALSE) for force in forces)
    return of[0] if len(of) == 1 else _part(criterion, "some-dated", AnyOf(of, False), Truth.FALSE)


def _both(criterion: Criterion, one: Criterion, other: Criterion) -> Criterion:
    return _part(criterion, "all-dated", AllOf((_in(one, Truth.TRUE), _in(other, Truth.TRUE))), Truth.FALSE)


def _inner(criterion: Criterion) -> Criterion:
    """What a criterion asks on the days on which it is in force, with the exception to it."""
    return replace(criterion, id=f"{criterion.id}{AS_OF}{DATED}", text=None, notes=())


def _in(force: Criterion, set_aside: Truth) -> Criterion:
    return replace(force, set_aside=set_aside)


def _part(criterion: Criterion, name: str, logic: Logic, set_aside: Truth) -> Criterion:
    id, valid = f"{criterion.id}{AS_OF}{name}", Period()
    return Criterion(id, criterion.label, None, (), logic, None, valid, set_aside, criterion.place)
