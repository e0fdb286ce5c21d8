"""Answers and comparisons in plain words, in the fact's own sentence where it has one that fits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from cdispec.model.codes import codes_in
from cdispec.model.criteria import (
    Bound,
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
    REQUEST_DATE,
    VALUE,
    Amount,
    Day,
    Fact,
    Including,
    Month,
    NoValue,
    Number,
    OneOf,
    SetOf,
    Value,
    Within,
    YesNo,
    as_day,
    as_month,
    written,
)
from cdispec.model.formulas import Measure, parts_of, spoken_formula
from cdispec.model.grid import range_words
from cdispec.model.limits import Grant, Printed, Quota, Term
from cdispec.model.policy import Policy
from cdispec.model.sentences import listed

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def sentence(fact: Fact, test: Test, policy: Policy) -> str:
    """That an answer to a fact passes a test, in the fact's own sentence where it has one that fits."""
    match test:
        case Range(low, high) if isinstance(fact, Number) and fact.measure and fact.measure.beside:
            return _beside(fact.measure, low, high, policy)
        case IsOneOf(values):
            return _is_one_of(fact, values)
        case IncludesAnyOf(options):
            names = _options(fact, options)
            return _fill(fact, f"at least one of {listed(names)}" if len(names) > 1 else names[0])
        case Range(low, high):
            return _range(fact, low, high)
        case Elapsed(anchor=anchor):
            day = REQUEST_DATE if anchor is None else policy.facts[anchor]
            name = named(day)
            on = name if name.startswith(("the day ", "the date ")) else f"the day of {name}"
            return _age(fact, test, on) or f"{named(fact)} is {_elapsed(test, on)}"
        case HasNone():
            return none_of(fact)
        case _:
            assert_never(test)


def none_of(fact: Fact) -> str:
    """That there is no such number, date or option, or that a list is empty, in the fact's own sentence."""
    assert not isinstance(fact, YesNo)
    return fact.none


def _beside(measure: Measure, low: Bound | None, high: Bound | None, policy: Policy) -> str:
    """That a number lies on this side of what a formula comes to."""
    number, formula = parts_of(measure.stated)
    bound, words = (high, _UNTIL) if low is None else (low, _FROM)
    assert bound is not None
    edge = f" and {written(bound.value)}" if isinstance(bound.value, int | Decimal) and bound.value else ""
    one, other = (spoken_formula(part, lambda id: named(policy.facts[id])) for part in (number, formula))
    return f"{one} is {words[not bound.included]} {other}{edge}"


def denial(fact: Fact, test: Test, policy: Policy) -> str:
    """That it does not pass."""
    if isinstance(fact, YesNo) and isinstance(test, IsOneOf) and len(test.values) == 1:
        return sentence(fact, IsOneOf(frozenset({True, False}) - test.values), policy)
    return f"it is not so that {sentence(fact, test, policy)}"


def _is_one_of(fact: Fact, values: frozenset[bool | Amount | date | str]) -> str:
    match fact:
        case YesNo():
            return " or ".join(fact.phrase if value else fact.negative for value in sorted(values, key=str)[::-1])
        case Day():
            days = sorted(value for value in values if isinstance(value, date))
            return f"{fact.name} is {listed([long_date(day) for day in days], 'or')}"
        case Number():
            numbers = sorted(value for value in values if isinstance(value, int | Decimal))
            return _fill(fact, listed([written(number) for number in numbers], "or"))
        case OneOf() | SetOf():
            return _fill(fact, listed(_options(fact, {str(value) for value in values}), "or"))
        case _:
            assert_never(fact)


_FROM, _UNTIL = ("at least", "more than"), ("at most", "less than")
_DAY_FROM, _DAY_UNTIL = ("on or after", "after"), ("on or before", "before")


def _range(fact: Fact, low: Bound | None, high: Bound | None) -> str:
    match fact:
        case Day():
            return f"{fact.name} is {_edges(fact, (low, _DAY_FROM), (high, _DAY_UNTIL))}"
        case OneOf():
            ids = [*fact.names]
            first = 0 if low is None else ids.index(str(low.value)) + (not low.included)
            after = len(ids) if high is None else ids.index(str(high.value)) + high.included
            passing = listed(_options(fact, ids[first:after]), "or") or "no answer"
            return f"{_fill(fact, _edges(fact, (low, _FROM), (high, _UNTIL)))} ({passing})"
        case Number() | YesNo() | SetOf():
            return _fill(fact, _edges(fact, (low, _FROM), (high, _UNTIL)))
        case _:
            assert_never(fact)


_NOT_THE_DAY = Length(Duration(0, Unit.DAYS), False)
"""The nearer edge of a time that does not have the day itself from which it is counted."""


def _elapsed(test: Elapsed, on: str) -> str:
    """How a date lies to another, `on` which day that is."""
    low, high, side = test.low, test.high, test.direction
    if high is None:
        if low is None:
            return f"on or {side} {on}"
        return f"{side} {on}" if low == _NOT_THE_DAY else f"{_edge(low, _FROM)} {side} {on}"
    if low is not None and low != _NOT_THE_DAY:
        return f"{_edge(low, _FROM)} and {_edge(high, _UNTIL)} {side} {on}"
    if low is None and not high.included and side is Direction.AFTER:
        return f"in the {length(high.duration)} that begin on {on}"
    near = f"on {on}, or" if low is None else f"{side} {on}, and"
    return f"{near} {_edge(high, _UNTIL)} {side} it"


def _age(fact: Fact, test: Elapsed, on: str) -> str:
    """How old the person of a birth date is on a day; "" where something else is asked."""
    edges = [_edge(test.low, _FROM)] if test.low is not None else []
    edges += [_edge(test.high, _UNTIL)] if test.high is not None else []
    is_age = isinstance(fact, Day) and fact.birth_of and test.direction is Direction.BEFORE
    if not is_age or not edges or test.low == _NOT_THE_DAY:
        return ""
    assert isinstance(fact, Day)
    return f"{fact.birth_of} is {' and '.join(edges)} old on {on}"


def _edge(edge: Length, words: tuple[str, str]) -> str:
    return f"{words[not edge.included]} {length(edge.duration)}"


def _edges(fact: Fact, *bounds: tuple[Bound | None, tuple[str, str]]) -> str:
    """Edges of a range, each with the word for one that is included or for one that is not."""
    stated = ((bound, words) for bound, words in bounds if bound is not None)
    return " and ".join(f"{words[not bound.included]} {_value(fact, bound)}" for bound, words in stated)


def _value(fact: Fact, bound: Bound) -> str:
    value = bound.value
    if isinstance(value, date):
        return long_date(value)
    return _options(fact, {value})[0] if isinstance(value, str) else written(value)


def _options(fact: Fact, ids: Iterable[str]) -> list[str]:
    """The printed names of options, in the order of their fact."""
    if not isinstance(fact, OneOf | SetOf):
        return []
    wanted = set(ids)
    if len(wanted) == 1:
        return [fact.names[id] for id in wanted]
    return [name for id, name in fact.names.items() if id in wanted]


def _fill(fact: Fact, words: str) -> str:
    """The fact's own sentence with these words for its answer; a list's is that of a list which may hold more."""
    phrase = (fact.including if isinstance(fact, SetOf) else "") or fact.phrase
    if VALUE not in phrase:
        return f"{named(fact)}: {words}"
    unit = f" {fact.unit}" if isinstance(fact, Number) and fact.unit not in phrase else ""
    return phrase.replace(VALUE, f"{words}{unit}")


def named(fact: Fact) -> str:
    """A fact as it is named in a sentence."""
    return fact.phrase if isinstance(fact, YesNo) else fact.name


def grant_words(grant: Grant, policy: Policy) -> list[str]:
    """The limits that an indication states: for how long, and in which forms."""
    words = [] if grant.term is None else [_term_words(grant.term, policy)]
    words += [_quota_words(quota, policy) for quota in grant.quotas]
    for restriction in grant.restrictions:
        where = "" if restriction.when is None else f", where {policy.clauses[restriction.when]} is met"
        words.append(f"limited to {restriction.words}{where}")
    return words


def _term_words(term: Term, policy: Policy) -> str:
    start = _day_words(term.start, policy)
    match term.lasts:
        case None:
            return f"from {start} on"
        case Duration():
            return f"for {length(term.lasts)} from {start} on"
        case date():
            last = long_date(term.lasts)
        case str():
            last = _day_words(term.lasts, policy)
    return f"from {start} until {last}"


def _quota_words(quota: Quota, policy: Policy) -> str:
    requested = policy.facts[quota.requested]
    unit = f" {requested.unit}" if isinstance(requested, Number) and requested.unit else ""
    per = f" per {quota.per}" if quota.per else ""
    used = "" if quota.used is None else f", less {named(policy.facts[quota.used])}"
    match quota.amount:
        case Printed(table, by):
            listed_for = f"{policy.clauses[table]} lists for {named(policy.facts[by])}"
            return f"up to as many{unit}{per} as {listed_for}{used}"
        case str(fact):
            return f"up to {named(policy.facts[fact])}{per}{used}"
        case number:
            return f"up to {written(number)}{unit}{per}{used}"


def _day_words(fact: str | None, policy: Policy) -> str:
    day = policy.facts[fact] if fact is not None else None
    return day.name if isinstance(day, Day) else "the date of the request"


def length(duration: Duration) -> str:
    """A duration in words: 6 months."""
    unit = duration.unit.value
    return f"{duration.count} {unit.removesuffix('s') if duration.count == 1 else unit}"


def sentence_of(fact: Fact, value: Value) -> str:
    """The sentence by which a fact is answered."""
    match fact:
        case YesNo(phrase=phrase, negative=negative):
            return phrase if value else negative
        case Number(none=none) | Day(none=none) | OneOf(none=none):
            return (
                none if isinstance(value, NoValue) else phrase_of(fact, value).replace(VALUE, value_words(fact, value))
            )
        case SetOf(phrase=phrase, including=including, none=none):
            if value == frozenset():
                return none
            return (including if isinstance(value, Including) else phrase).replace(VALUE, value_words(fact, value))
        case _:
            assert_never(fact)


_ON_DAY = re.compile(r"\bon \{value\}")


def phrase_of(fact: Number | Day | OneOf | SetOf, value: Value) -> str:
    """The phrase in which an answer stands: what was made on a day was made in a month."""
    return _ON_DAY.sub("in {value}", fact.phrase) if isinstance(value, Month) else fact.phrase


NONE = "none"
"""That a fact has no value, or its list no option, where a single answer stands."""


def value_words(fact: Fact, value: Value) -> str:
    """An answer as it stands in the sentence of its fact."""
    match fact, value:
        case (OneOf(), str()):
            return fact.names[value]
        case (SetOf(options=options), frozenset() | Including()):
            held = value.members if isinstance(value, Including) else value
            if fact.codes is not None:
                return listed(codes_in(held))
            return listed([option.name for option in options if option.id in held])
        case _, NoValue():
            return NONE
        case _, bool():
            return "yes" if value else "no"
        case _, int() | Decimal():
            return written(value)
        case _, date():
            return value.isoformat()
        case _, Month():
            return month_words(value)
        case _, Within(low, high):
            least, most = (-math.inf if low is None else Fraction(low), math.inf if high is None else Fraction(high))
            return range_words(least, most, ())
        case _:
            raise ValueError(f"{value!r} is no answer to {fact.id}")


def long_date(day: date) -> str:
    """A date in a text: June 1, 2025."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def dated(revision: Policy) -> str:
    """A revision in a text: by the day from which it is in effect, and its number or the day of its publication."""
    if revision.in_effect is None:
        return "working state"
    published = f"published {long_date(revision.published)}" if revision.published else ""
    further = revision.release_number or published
    return long_date(revision.in_effect) + (f" ({further})" if further else "")


def head_words(said: str) -> str:
    """What a further row of the head says: a day is printed as the other days there."""
    day = as_day(said)
    return long_date(day) if day else said


def month_words(month: Month) -> str:
    """A month in a text, and as sentences and tables state it: June 2024."""
    return f"{_MONTHS[month.number - 1]} {month.year:04}"


def read_month(text: str) -> Month | None:
    """The month that a text in lower case states as in June 2024; None where it states none."""
    name, _, year = text.partition(" ")
    return as_month(f"{year}-{month_number(name):02}")


def month_number(name: str) -> int:
    """The number of a month by its name; 0 of what is none."""
    return next((n for n, month in enumerate(_MONTHS, 1) if month.casefold() == name.casefold()), 0)


def short_date(date: str) -> str:
    """A day or a month of the history (2026-01-15, 2026-01) as tables print it: 01/15/2026, 01/2026."""
    year, month, *day = date.split("-")
    return "/".join([month, *day, year])
