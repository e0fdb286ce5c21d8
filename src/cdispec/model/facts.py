"""Facts: what a reviewer can answer from the record, each declared once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeGuard

from cdispec.model.codes import CodeLists
from cdispec.model.formulas import Formula, Measure
from cdispec.source import Place

Amount = int | Decimal
"""A number, exact; a whole one is an int."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a one-of or set-of fact: its permanent id and its printed name."""

    id: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """What decides a fact outside this library: a rule or another document, and where it can be read, or ""."""

    name: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class YesNo:
    """A fact answered yes or no, with a sentence for each answer.

    `derived` are the keys, of `question` and `negative`, that its author did not write: they follow from the phrase.
    `decided_by` is what a fact of any kind is decided by elsewhere; None where the record answers it.
    """

    id: str
    question: str
    phrase: str
    negative: str
    place: Place
    derived: tuple[str, ...] = field(default=(), compare=False)
    decided_by: Document | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a stated unit, between optional bounds that no true answer can pass.

    `none` states that there is no such number; "" where there always is one. `whole` says that it counts whole things.
    `measure` says how it is worked out from others; None where it can only be given.
    """

    id: str
    question: str
    name: str
    phrase: str
    unit: str
    minimum: Amount | None
    maximum: Amount | None
    place: Place
    none: str = ""
    whole: bool = False
    measure: Measure | None = None
    decided_by: Document | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date; `latest_request` says that it cannot lie after the date of the request.

    `none` states that there is no such date; "" where there always is one. `birth_of` is the person who was born on it,
    where it is a birth date.
    """

    id: str
    question: str
    name: str
    phrase: str
    latest_request: bool
    place: Place
    none: str = ""
    birth_of: str = ""
    decided_by: Document | None = None


REQUEST = "request"
"""Stands for the date of the request where a date is named."""

REQUEST_DATE = Day(REQUEST, "", "the date of the request", "the date of the request is {value}", True, Place(""))
"""The date of the request as a date that is compared. No record answers it: a request has it."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """Exactly one of the options; `ordered` when the options stand from lowest to highest.

    `none` states that there is none of them; "" where there always is one. `names` are the printed names of the options
    by their ids.
    """

    id: str
    question: str
    name: str
    phrase: str
    options: tuple[Option, ...]
    ordered: bool
    place: Place
    none: str = ""
    decided_by: Document | None = None
    names: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", {option.id: option.name for option in self.options})


@dataclass(frozen=True, slots=True)
class SetOf:
    """Any number of the options.

    `phrase` states the whole list, `including` states members of a list whose rest is unknown,
    `none` states the empty list. `names` are the printed names of the options by their ids. `codes` are the sets of
    codes of which it is asked whether the list holds one: then these are its options, and a case answers with codes.
    """

    id: str
    question: str
    name: str
    phrase: str
    including: str
    none: str
    options: tuple[Option, ...]
    place: Place
    decided_by: Document | None = None
    codes: CodeLists | None = None
    names: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", {option.id: option.name for option in self.options})


Fact = YesNo | Number | Day | OneOf | SetOf


@dataclass(frozen=True, slots=True)
class Including:
    """A list that is known to hold these options and may hold more: an incomplete list."""

    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoValue:
    """It is known that a number, date or one-of fact has no value: every comparison of it fails."""


@dataclass(frozen=True, slots=True)
class Month:
    """A date is known to lie in this month of a year; which of its days it is, is not known."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day, which has no next one in the calendar at its end."""
        if self.first.replace(day=28) > date.max - timedelta(4):
            return date.max
        return (self.first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list, each the answers to its fields; `whole` says that there are no others.

    A field that a row does not answer is unknown in that row.
    """

    rows: tuple[tuple[tuple[str, Value], ...], ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Within:
    """A number is known to lie between two ends, both included; None where there is none.

    Only what is worked out is known so, while some of what it is worked out from is not; no case states it.
    """

    low: Amount | None
    high: Amount | None


Value = bool | Amount | date | Month | Within | str | frozenset[str] | Including | NoValue | Rows
"""An answer to a fact: yes-no, number, date, month of a date, option id, whole or part of a set of these, or none.

Of a list it is its rows.
"""

Ranged = Month | Within
"""An answer of which only the ends are known: a date in a month, or a number that is worked out in part."""

Partial = Including | Ranged
"""An answer that leaves something open: which other options there are, or where between its ends it lies."""


def is_whole(value: Value | None) -> bool:
    """Whether a fact is answered, and its answer leaves nothing open."""
    return value is not None and not isinstance(value, Partial)


def has_options(fact: Fact) -> TypeGuard[OneOf | SetOf]:
    """Whether it is answered with options that have printed names; codes have none."""
    return isinstance(fact, OneOf) or (isinstance(fact, SetOf) and fact.codes is None)


def may_be_none(fact: Fact) -> TypeGuard[Number | Day | OneOf]:
    """Whether it can be answered that a number, date or one-of fact has no value."""
    return isinstance(fact, Number | Day | OneOf) and bool(fact.none)


def formula_of(fact: Fact) -> Formula | None:
    """How a fact is worked out from numbers that are given; None where it can only be given itself."""
    return fact.measure.formula if isinstance(fact, Number) and fact.measure is not None else None


def is_stated(fact: Fact) -> bool:
    """Whether only a criterion states a number, so that no case answers it: one beside a formula."""
    return isinstance(fact, Number) and fact.measure is not None and fact.measure.beside


def is_field(fact: Fact) -> bool:
    """Whether it is asked of each row of a list, `tests.value`, and of no case by itself."""
    return bool(list_of(fact.id))


def list_of(fact: str) -> str:
    """The list of which a fact is a field; "" of any other."""
    # A fact that stands in for a criterion of a derived id has spaces beside the point.
    return fact.partition(".")[0] if "." in fact and " " not in fact else ""


def field_name(fact: str) -> str:
    """What the rows of its list call a field."""
    return fact.partition(".")[2]


def answerable(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts that a case can answer by themselves."""
    return {id: fact for id, fact in facts.items() if not is_stated(fact) and not is_field(fact)}


def subject(fact: Fact) -> str:
    """The fact as the object of a sentence: "whether the Veteran returned to work", "the Veteran's age"."""
    return f"whether {fact.phrase}" if isinstance(fact, YesNo) else fact.name


def as_decided(fact: Fact) -> str:
    """What a question that is decided elsewhere adds to its words; "" of what the record answers."""
    return "" if fact.decided_by is None else f", as decided under {fact.decided_by.name}"


def kind_name(fact: Fact) -> str:
    """The fact's kind as an author spells it in `facts.yaml`."""
    match fact:
        case YesNo():
            return "yes-no"
        case Number():
            return "number"
        case Day():
            return "date"
        case OneOf():
            return "one of"
        case SetOf(codes=codes):
            return "set of" if codes is None else "codes"


EXACT = 2**53
"""Up to here every program that decides, a page in a browser among them, tells whole numbers apart."""


DIGITS = 15
"""So many significant digits of a number every program that decides tells apart."""


def amount(text: str) -> Amount | None:
    """The number that a text writes, exactly; None where it writes none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() and number.adjusted() < 20 else number


def written(number: Amount) -> str:
    """A number as a reader writes it: 1000000 and not 1e+06."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


def inexact(number: Amount) -> str:
    """Why a number cannot be decided by, or ""."""
    if not -EXACT <= number <= EXACT:
        return f"beyond {EXACT:,} a browser does not tell whole numbers apart, and a page could decide otherwise"
    if number and abs(Decimal(number)).adjusted() < -300:
        return "so small a number a browser does not tell from 0, and a page could decide otherwise"
    digits = str(Decimal(number).normalize()).lstrip("-0.").replace(".", "").partition("E")[0]
    if len(digits) > max(DIGITS, len(str(abs(int(number))))):
        return f"of more than {DIGITS} digits a browser does not tell all apart, and a page could decide otherwise"
    return ""


def out_of_bounds(number: Amount, fact: Number) -> str:
    """Why a number can be no answer to its fact and nothing that it is compared with, or ""."""
    if reason := inexact(number):
        return reason
    if fact.whole and number % 1:
        return f"`{fact.id}` is a whole number"
    return beyond_bounds(number, fact)


def beyond_bounds(number: Amount, fact: Number) -> str:
    """Which bound of a fact a number passes, or ""."""
    if fact.minimum is not None and number < fact.minimum:
        return f"`{fact.id}` is at least {written(fact.minimum)}"
    if fact.maximum is not None and number > fact.maximum:
        return f"`{fact.id}` is at most {written(fact.maximum)}"
    return ""


def impossible_answer(number: Amount, fact: Number) -> str:
    """Why a number can be no answer to its fact, or ""."""
    if reason := out_of_bounds(number, fact):
        return reason
    if is_unrounded(number, fact):
        assert fact.measure is not None
        digits = fact.measure.digits
        places = f"{digits} digit{'' if digits == 1 else 's'} after the point" if digits else "a whole number"
        return f"`{fact.id}` is rounded to {places}"
    return ""


def is_unrounded(number: Amount, fact: Number) -> bool:
    """Whether a number has more digits after the point than those to which its measure is rounded."""
    digits = None if fact.measure is None else fact.measure.digits
    return digits is not None and bool(Fraction(number) * 10**digits % 1)


def too_late(value: Value, fact: Fact, request: date) -> str:
    """Why a date can be no answer to its fact in a request of that date, or ""."""
    earliest = value.first if isinstance(value, Month) else value
    if isinstance(fact, Day) and fact.latest_request and isinstance(earliest, date) and earliest > request:
        return f"`{fact.id}` cannot lie after the request, which is of {request.isoformat()}"
    return ""


ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""A permanent id: lower-case words and digits joined by hyphens."""

VALUE = "{value}"
"""Stands in a phrase for the answer."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def as_day(text: str) -> date | None:
    """A date of the calendar written as year-month-day, or None."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def as_month(text: str) -> Month | None:
    """A month of the calendar written as year-month, or None."""
    if not _MONTH.fullmatch(text) or text < "0001":
        return None
    return Month(int(text[:4]), int(text[5:]))
