"""Criteria: the logic of a policy, each node a clause that can be cited."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from cdispec.logic import Truth
from cdispec.model.facts import REQUEST, Amount
from cdispec.source import Place


class Unit(StrEnum):
    """A calendar unit of a duration."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of calendar time. A month that lacks the day ends on its last day."""

    count: int
    unit: Unit


def shifted(day: date, duration: Duration, sign: int) -> date:
    """The day so long after (`sign` 1) or before (-1) a day, held within the calendar.

    Weeks are seven days, years twelve months; a month that lacks the day ends on its last day.
    """
    count = sign * duration.count
    match duration.unit:
        case Unit.DAYS | Unit.WEEKS:
            days = count * (7 if duration.unit is Unit.WEEKS else 1)
            return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
        case Unit.MONTHS | Unit.YEARS:
            months = day.year * 12 + day.month - 1 + count * (12 if duration.unit is Unit.YEARS else 1)
            year, month = divmod(months, 12)
            if year < date.min.year:
                return date.min
            if year > date.max.year:
                return date.max
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        case _:
            assert_never(duration.unit)


class Direction(StrEnum):
    """On which side of its anchor a date must lie."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Bound:
    """One edge of a range: a number, a date or an option of an ordered fact, included or not."""

    value: Amount | date | str
    included: bool


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """The answer is one of these: yes or no, a number, a date, or options of a one-of fact."""

    values: frozenset[bool | Amount | date | str]


@dataclass(frozen=True, slots=True)
class IncludesAnyOf:
    """The list of a set-of fact includes at least one of these options; of one of codes, `sets` or single patterns."""

    options: frozenset[str]
    sets: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """The answer lies between the bounds; an absent bound does not limit."""

    low: Bound | None
    high: Bound | None


@dataclass(frozen=True, slots=True)
class Length:
    """One edge of an elapsed time, included or not."""

    duration: Duration
    included: bool


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A date lies before or after the anchor, between two lengths of time from it.

    `anchor` is the id of another date fact, or None for the date of the request. An absent `low` edge is the day of
    the anchor itself, included; an absent `high` one does not limit.
    """

    direction: Direction
    anchor: str | None
    low: Length | None = None
    high: Length | None = None

    @property
    def lengths(self) -> tuple[Length, ...]:
        """The edges that are stated, the nearer one first."""
        return tuple(length for length in (self.low, self.high) if length is not None)


@dataclass(frozen=True, slots=True)
class HasNone:
    """It is known of a number, a date or a one-of fact that it has no value, or of a list that it is empty."""


Test = IsOneOf | IncludesAnyOf | Range | Elapsed | HasNone


def named_options(test: Test) -> frozenset[str]:
    """The options that a test asks for one by one."""
    match test:
        case IncludesAnyOf(options):
            return options
        case IsOneOf(values):
            return frozenset(value for value in values if isinstance(value, str))
        case Range() | Elapsed() | HasNone():
            return frozenset()
        case _:
            assert_never(test)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A test of one fact, or of the date of the request (`REQUEST`), of which only elapsed time is asked."""

    fact: str
    test: Test

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it takes to know it: its own, and the date that it counts from; the request is always known."""
        anchor = self.test.anchor if isinstance(self.test, Elapsed) else None
        return tuple(fact for fact in (self.fact, anchor) if fact not in (REQUEST, None))


class ListOf:
    """A list of criteria of which so many are to be met, as its kind says: what all kinds of list share."""

    __slots__ = ()

    of: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class AllOf(ListOf):
    """Every member is met."""

    of: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(ListOf):
    """At least one member is met.

    An open list ("may include, but is not limited to") ends with a member of its own for what is
    not listed, so that the listed ones alone never prove "not met".
    """

    of: tuple[Criterion, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class AtLeast(ListOf):
    """At least `count` of the members are met."""

    count: int
    of: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The member is not met."""

    of: Criterion


@dataclass(frozen=True, slots=True)
class Reference:
    """Whatever the criterion of this id says, or a clause of another policy, which is named at a `place`."""

    to: str
    place: Place | None = field(default=None, compare=False, repr=False)


class Quantity(StrEnum):
    """Which of the rows of a list are to be as a criterion says."""

    SOME = "some of"
    NONE = "none of"
    EACH = "each of"
    AT_LEAST = "at least"
    LATEST = "latest of"


@dataclass(frozen=True, slots=True)
class OfRows:
    """So many of the rows of a list, of those that are as `where` says, are as `such` says; None asks nothing.

    `count` is how many are asked where the quantity is "at least", else 1. `by` is the date field, with its list, that
    says which row is the latest; "" for other quantities.
    """

    quantity: Quantity
    list: str
    where: Criterion | None
    such: Criterion | None
    count: int = 1
    by: str = ""


Quantified = AllOf | AnyOf | AtLeast
Logic = Quantified | Not | Comparison | Reference | OfRows


@dataclass(frozen=True, slots=True)
class Period:
    """Dates of service from `start` until `end`, both included; None is unlimited."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A node of logic with the words it stands for.

    `text` holds the printed words, or None where the logic has no list item of its own; then `label` is that of
    the nearest printed clause. `unless` guards it. Where it is guarded or out of `valid`, it drops out of its
    list: `set_aside` is the truth that leaves the rest of the list to decide (true in an all-of, false elsewhere).
    `as_of` is the date fact on whose day the dates in it are asked, as its author wrote it; a state that decides has
    none, for there they are said with lists.
    """

    id: str
    label: str
    text: str | None
    notes: tuple[str, ...]
    logic: Logic
    unless: Criterion | None
    valid: Period
    set_aside: Truth
    place: Place
    as_of: str = ""


AS_OF = ".as-of."
"""Stands in the ids of criteria that say when another one is in force as of the day of a fact."""

DATED, PERIOD = "dated", "period"
"""What is asked while it is in force, and that it is."""


def dated_part(id: str) -> tuple[str, str] | None:
    """The id of the criterion that one was made for, to say when it is in force, and as which part; None of others."""
    of, joined, part = id.rpartition(AS_OF)
    return (of, part) if joined else None


def dated_within(criterion: Criterion) -> Criterion | None:
    """What a criterion asks while it is in force as of the day of a fact; None of one that is so for all days."""
    id = f"{criterion.id}{AS_OF}{DATED}"
    return next((member for member in members(criterion.logic) if member.id == id), None)


def members(logic: Logic) -> tuple[Criterion, ...]:
    """The criteria directly below a node, in printed order; none below a comparison or a reference."""
    match logic:
        case ListOf(of=of):
            return of
        case Not(of):
            return (of,)
        case OfRows(where=where, such=such):
            return tuple(part for part in (where, such) if part is not None)
        case Comparison() | Reference():
            return ()
        case _:
            assert_never(logic)


def own_logic(logic: Logic) -> Hashable:
    """What a node asks for itself, without the criteria below it: where it is the same, only they can differ."""
    if isinstance(logic, OfRows):
        stated = (part is not None for part in (logic.where, logic.such))
        return (logic.quantity, logic.list, logic.count, logic.by, *stated)
    return logic if isinstance(logic, Comparison | Reference) else key_of(logic)


def key_of(logic: Logic) -> str:
    """The key under which an author states a node."""
    match logic:
        case AllOf():
            return "all"
        case AnyOf():
            return "any"
        case AtLeast(count):
            return f"at least {count} of"
        case Not():
            return "not"
        case Reference():
            return "meets"
        case Comparison():
            return "fact"
        case OfRows(Quantity.AT_LEAST, count=count):
            return f"at least {count} of"
        case OfRows(quantity):
            return quantity.value
        case _:
            assert_never(logic)


def of_these(logic: Quantified) -> tuple[str, str]:
    """How many of a list are to be met, in words, and the verb that goes with them."""
    match logic:
        case AllOf():
            return "all of these", "are"
        case AnyOf():
            return "any one of these", "is"
        case AtLeast(count):
            return f"at least {count} of these", "is" if count == 1 else "are"
        case _:
            assert_never(logic)


def parts(criterion: Criterion) -> tuple[Criterion, ...]:
    """The criteria directly below one, in document order, its guard last; a reference is not followed."""
    guard = () if criterion.unless is None else (criterion.unless,)
    return (*members(criterion.logic), *guard)


def holding(criterion: Criterion, held: tuple[Criterion, ...]) -> Criterion:
    """A criterion with other parts, as many as it has."""
    logic, guard = criterion.logic, criterion.unless
    if guard is not None:
        held, guard = held[:-1], held[-1]
    if isinstance(logic, ListOf):
        logic = replace(logic, of=held)
    elif isinstance(logic, Not):
        logic = Not(*held)
    elif isinstance(logic, OfRows):
        left = iter(held)
        where = None if logic.where is None else next(left)
        logic = replace(logic, where=where, such=next(left, None))
    return replace(criterion, logic=logic, unless=guard)


def walk(criterion: Criterion) -> Iterator[Criterion]:
    """The criterion and all below it, guards included, in document order; references are not followed."""
    stack = [criterion]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(parts(node)))


def parts_of_rows(criterion: Criterion) -> Iterator[Criterion]:
    """What a criterion asks of each row of a list, and all below it; nothing where it asks for no rows itself."""
    if isinstance(criterion.logic, OfRows):
        for part in members(criterion.logic):
            yield from walk(part)


def asked_facts(criteria: Iterable[Criterion]) -> set[str]:
    """The ids of the facts that these criteria themselves compare."""
    found: set[str] = set()
    for criterion in criteria:
        match criterion.logic:
            case Comparison() as compared:
                found.update(compared.facts)
            case OfRows(by=by):
                found |= {by} - {""}
            case ListOf() | Not() | Reference():
                pass
            case _:
                assert_never(criterion.logic)
    return found


def asked_lists(criteria: Iterable[Criterion]) -> set[str]:
    """The ids of the lists of which these criteria themselves ask rows."""
    return {criterion.logic.list for criterion in criteria if isinstance(criterion.logic, OfRows)}
