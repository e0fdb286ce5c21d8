"""Slips in what is asked of a fact: its values, its edges, its lengths of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.slip import Slip
from cdispec.core.calendar import days_beside, days_in
from cdispec.core.lower import span_of
from cdispec.model.criteria import (
    Bound,
    Comparison,
    Criterion,
    Direction,
    Duration,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    Length,
    Range,
    Test,
    Unit,
)
from cdispec.model.facts import (
    REQUEST,
    Amount,
    Day,
    Fact,
    Number,
    OneOf,
    SetOf,
    YesNo,
    list_of,
    may_be_none,
    out_of_bounds,
)

_UNITS = list(Unit)
Stated = bool | Amount | date | str


def value_dropped(criterion: Criterion, test: IsOneOf | IncludesAnyOf, ground: Ground) -> Iterator[Slip]:
    """One of several listed values does not count."""
    values = values_of(test)
    for value in values if len(values) > 1 else ():
        yield _asking(criterion, listing(test, frozenset(values) - {value}), ground)


def value_turned(criterion: Criterion, test: IsOneOf | IncludesAnyOf, ground: Ground) -> Iterator[Slip]:
    """The value next to a listed one counts in its place."""
    fact = ground.policy.facts[_fact(criterion)]
    values = values_of(test)
    for value in values:
        for other in next_to(value, fact):
            if other not in values:
                yield _asking(criterion, listing(test, (frozenset(values) - {value}) | {other}), ground)


def values_crossed(criterion: Criterion, test: IsOneOf | IncludesAnyOf, ground: Ground) -> Iterator[Slip]:
    """A listed value and one that stands in another list have changed places."""
    fact = ground.policy.facts[_fact(criterion)]
    if isinstance(fact, YesNo):
        return
    places = [one.id for one in ground.criteria]
    for other in ground.criteria[places.index(criterion.id) + 1 :]:
        if not isinstance(other.logic, Comparison) or other.logic.fact != fact.id:
            continue
        there = other.logic.test
        if not isinstance(there, IsOneOf | IncludesAnyOf):
            continue
        if ground.tree.holder(other.id) == ground.tree.holder(criterion.id) is not None:
            continue
        mine, its = values_of(test)[-1], values_of(there)[0]
        if its in values_of(test) or mine in values_of(there):
            continue
        swaps = {
            criterion.id: (criterion, listing(test, (frozenset(values_of(test)) - {mine}) | {its})),
            other.id: (other, listing(there, (frozenset(values_of(there)) - {its}) | {mine})),
        }
        yield ground.several({id: asking(one, new) for id, (one, new) in swaps.items()})
        return


def edge_moved(criterion: Criterion, test: Range, ground: Ground) -> Iterator[Slip]:
    """An edge lies a step farther, or a step nearer."""
    fact = ground.policy.facts[_fact(criterion)]
    for low in (True, False):
        bound = test.low if low else test.high
        for value in () if bound is None else next_to(bound.value, fact):
            assert bound is not None
            assert not isinstance(value, bool)
            yield _edge(criterion, test, low, Bound(value, bound.included), ground)


def edge_turned(criterion: Criterion, test: Range, ground: Ground) -> Iterator[Slip]:
    """An edge is included that is not, or is not included that is."""
    for low in (True, False):
        bound = test.low if low else test.high
        if bound is not None:
            yield _edge(criterion, test, low, replace(bound, included=not bound.included), ground)


def edge_dropped(criterion: Criterion, test: Range, ground: Ground) -> Iterator[Slip]:
    """One of two edges does not limit."""
    if test.low is not None and test.high is not None:
        yield _edge(criterion, test, True, None, ground)
        yield _edge(criterion, test, False, None, ground)


def _edge(criterion: Criterion, test: Range, low: bool, bound: Bound | None, ground: Ground) -> Slip:
    return _asking(criterion, replace(test, low=bound) if low else replace(test, high=bound), ground)


def duration_moved(criterion: Criterion, test: Elapsed, ground: Ground) -> Iterator[Slip]:
    """A length of time is one longer or one shorter."""
    for length in test.lengths:
        for count in (length.duration.count - 1, length.duration.count + 1):
            if count >= 0:
                duration = replace(length.duration, count=count)
                yield from _counting(criterion, test, length, replace(length, duration=duration), ground)


def unit_turned(criterion: Criterion, test: Elapsed, ground: Ground) -> Iterator[Slip]:
    """A length of time is counted in the unit next to its own: in weeks in place of days or months."""
    for length in test.lengths:
        for unit in units_beside(length.duration.unit):
            if length.duration.count:
                duration = replace(length.duration, unit=unit)
                yield from _counting(criterion, test, length, replace(length, duration=duration), ground)


def length_turned(criterion: Criterion, test: Elapsed, ground: Ground) -> Iterator[Slip]:
    """The last day of a length of time counts that does not, or does not count that does."""
    for length in test.lengths:
        if length.duration.count:
            yield from _counting(criterion, test, length, replace(length, included=not length.included), ground)


def first_day_turned(criterion: Criterion, test: Elapsed, ground: Ground) -> Iterator[Slip]:
    """The day itself from which a time is counted does not count, or counts and should not."""
    if test.low is None:
        yield from _asking_time(criterion, replace(test, low=_NOT_THE_DAY), ground)
    elif not test.low.duration.count:
        yield from _asking_time(criterion, replace(test, low=None), ground)


def length_dropped(criterion: Criterion, test: Elapsed, ground: Ground) -> Iterator[Slip]:
    """One of two lengths of time does not limit."""
    if test.low is not None and test.high is not None:
        yield from _asking_time(criterion, replace(test, low=None), ground)
        yield from _asking_time(criterion, replace(test, high=None), ground)


def direction_turned(criterion: Criterion, test: Elapsed, ground: Ground) -> Iterator[Slip]:
    """A date lies after what it must lie before, or before what it must lie after."""
    other = Direction.AFTER if test.direction is Direction.BEFORE else Direction.BEFORE
    yield from _asking_time(criterion, replace(test, direction=other), ground)


def anchor_turned(criterion: Criterion, test: Elapsed, ground: Ground) -> Iterator[Slip]:
    """A time is counted from another date: from the request in place of the date of a fact, or the reverse."""
    lists = ("", list_of(_fact(criterion)))
    days = [fact.id for fact in ground.policy.facts.values() if isinstance(fact, Day) and list_of(fact.id) in lists]
    others = [None, *days] if test.anchor is not None else days
    compared = None if _fact(criterion) == REQUEST else _fact(criterion)
    for anchor in [other for other in others if other not in (test.anchor, compared)][:1]:
        yield from _asking_time(criterion, replace(test, anchor=anchor), ground)


def none_turned(criterion: Criterion, test: HasNone, ground: Ground) -> Iterator[Slip]:
    """It is asked of another fact of its kind whether there is none."""
    fact = ground.policy.facts[_fact(criterion)]
    same = (one for one in ground.policy.facts.values() if type(one) is type(fact) and one.id != fact.id)
    for other in [one.id for one in same if isinstance(one, SetOf) or may_be_none(one)][:1]:
        yield ground.slip(criterion, replace(criterion, logic=Comparison(other, test)))


_NOT_THE_DAY = Length(Duration(0, Unit.DAYS), False)


def _counting(criterion: Criterion, test: Elapsed, old: Length, new: Length, ground: Ground) -> Iterator[Slip]:
    low, high = (new if length is old else length for length in (test.low, test.high))
    yield from _asking_time(criterion, replace(test, low=low, high=high), ground)


def _asking_time(criterion: Criterion, test: Elapsed, ground: Ground) -> Iterator[Slip]:
    """A slip in a time, unless it leaves no day at all, which nobody could overlook."""
    if test.high is None or days_in(span_of(test))[1] > 0:
        yield _asking(criterion, test, ground)


def values_of(test: IsOneOf | IncludesAnyOf) -> list[Stated]:
    """The listed values of a comparison, in an order of their own."""
    values: frozenset[Stated] = frozenset(test.values if isinstance(test, IsOneOf) else test.options)
    return sorted(values, key=str)


def listing(test: IsOneOf | IncludesAnyOf, values: frozenset[Stated]) -> IsOneOf | IncludesAnyOf:
    """A comparison of the same kind with other values."""
    if isinstance(test, IsOneOf):
        return IsOneOf(values)
    return IncludesAnyOf(frozenset(value for value in values if isinstance(value, str)), test.sets)


def asking(criterion: Criterion, test: Test) -> Criterion:
    """A comparison that asks something else of its fact."""
    return replace(criterion, logic=Comparison(_fact(criterion), test))


def _asking(criterion: Criterion, test: Test, ground: Ground) -> Slip:
    return ground.slip(criterion, asking(criterion, test))


def _fact(criterion: Criterion) -> str:
    assert isinstance(criterion.logic, Comparison)
    return criterion.logic.fact


def next_to(value: Stated, fact: Fact) -> Iterator[Stated]:
    """The answers beside one: of options those declared beside it, of numbers those that are a last digit away."""
    match fact, value:
        case Number(), int() | Decimal():
            for other in (value - step_of(value), value + step_of(value)):
                if not out_of_bounds(other, fact):
                    yield other
        case Day(), date():
            yield from days_beside(value)
        case OneOf(options=options), str():
            ids = [option.id for option in options]
            place = ids.index(value)
            yield from (ids[near] for near in (place - 1, place + 1) if 0 <= near < len(ids))
        case SetOf(options=options), str():
            ids = [option.id for option in options]
            yield from ids[ids.index(value) + 1 :][:1] or ids[:-1][-1:]
        case _:
            return


def units_beside(unit: Unit) -> Iterator[Unit]:
    """The units of time next to one: weeks are next to days and months."""
    place = _UNITS.index(unit)
    return (other for other in _UNITS[max(place - 1, 0) : place + 2] if other is not unit)


def step_of(number: Amount) -> Amount:
    """One of the last digit in which a number is written: 1 of 65, 0.1 of 0.5."""
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent) if exponent < 0 else 1
