"""The door: cases are checked once, and put into the form that the compiled functions take."""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import IntEnum, auto
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, assert_never

import orjson

from cdispec.model.case import Case, Lines, StatedCase, with_answers
from cdispec.model.cells import Coded, read_code
from cdispec.model.codes import CodeLists
from cdispec.model.facts import (
    EXACT,
    Amount,
    Day,
    Fact,
    Including,
    Month,
    NoValue,
    Number,
    OneOf,
    Ranged,
    SetOf,
    Value,
    YesNo,
    amount,
    as_day,
    is_stated,
    is_unrounded,
    may_be_none,
)
from cdispec.model.lines import contradicted
from cdispec.model.measures import Measures
from cdispec.model.policy import Policy
from cdispec.targets.python.source import Function

Answers = tuple[Any, ...]
"""An answer for each fact of a policy, in the order of `in_order`, as `truths` takes them."""

_KEYS = frozenset(["id", "policy", "request", "date", "record", "codes", "facts"])
YES, NO, UNKNOWN = 3, 0, 1
"""The answers to a yes-no fact."""
NO_VALUE = NoValue()
"""That a fact has no value, which compiled functions know as this very one."""


class RecordKind(IntEnum):
    """How much is known of a case: its truths are worked out in other ways.

    ANSWERED: every fact is answered, and each list whole, so that a node is true or false. OPEN, COMPLETE: facts may be
    unknown, and the record says that it is the one or the other. RANGED: a date is known to a month only, or a number
    within ends, and what is compiled, which knows it wholly or not at all, does not serve.
    """

    ANSWERED = auto()
    OPEN = auto()
    COMPLETE = auto()
    RANGED = auto()


class Checked(NamedTuple):
    """A case of one policy, free of errors.

    `known` are its answers as a case has them, where it was made of one, and `stated` those without its measures.
    """

    policy: Policy
    request: str
    date: date
    day: int
    answers: Answers
    complete: bool
    codes: tuple[str, ...]
    id: str
    record: RecordKind
    known: Mapping[str, Value] | None = None
    stated: Mapping[str, Value] | None = None
    lines: Lines | None = None

    @property
    def facts(self) -> Mapping[str, Value]:
        """The answers as the facts of a case."""
        return facts_of_answers(self.policy, self.answers) if self.known is None else self.known

    def opened(self) -> Checked:
        """The same case with an open record."""
        if self.record is RecordKind.RANGED:
            return self._replace(complete=False)
        return self._replace(complete=False, record=_record(self.record is RecordKind.ANSWERED, False))

    def case(self) -> Case:
        """The case as the model has it, as it was stated: another state works out its own measures."""
        facts = self.facts if self.stated is None else self.stated
        return replace(with_answers(self, self.policy.number, facts), lines=self.lines)


def _record(answered: bool, complete: bool) -> RecordKind:
    return RecordKind.ANSWERED if answered else RecordKind.COMPLETE if complete else RecordKind.OPEN


def in_order(policy: Policy) -> list[Fact]:
    """The facts of a policy in the order of its answers: yes-no facts first, which are read together."""
    return sorted(policy.facts.values(), key=lambda fact: not isinstance(fact, YesNo))


def facts_of_answers(policy: Policy, answers: Sequence[Any]) -> dict[str, Value]:
    """Answers as the facts of a case."""
    given = zip(in_order(policy), answers, strict=True)
    return {fact.id: _value(fact, answer) for fact, answer in given if answer is not None and not _open(fact, answer)}


def _open(fact: Fact, answer: Any) -> bool:
    return isinstance(fact, YesNo) and answer == UNKNOWN


def _value(fact: Fact, answer: Any) -> Value:
    if isinstance(answer, NoValue | Ranged):
        return answer
    match fact:
        case YesNo():
            return bool(answer == YES)
        case Number():
            return answer if isinstance(answer, int) else amount(repr(answer)) or 0
        case Day():
            return date.fromordinal(answer)
        case OneOf(options=options):
            return str(options[answer].id)
        case SetOf():
            assert isinstance(answer, frozenset | Including)
            return answer
        case _:
            assert_never(fact)


_LONG = re.compile(rb"[0-9][0-9.]{15}")
"""A number that may have more digits than a float tells apart."""


def read_line(line: bytes) -> dict[str, Any] | None:
    """The object on a line of JSON; None where it is none, or where a key may stand twice, of which JSON keeps one.

    Each key is followed by a colon. A line with more colons than keys may just hold one in a text; it is not read here,
    nor is one with a number of many digits, which must not be rounded.
    """
    try:
        read = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if read.__class__ is not dict:
        return None
    facts = read.get("facts")
    if facts.__class__ is not dict or (float in map(type, facts.values()) and _LONG.search(line)):
        return None
    colons, keys = line.count(b":"), len(read) + len(facts)
    if colons != keys:
        keys += sum(len(answer) for answer in facts.values() if answer.__class__ is dict)
    return read if colons == keys else None


class Door:
    """Lets the cases of one policy in."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self._measures, self._coded = policy, Measures(policy), Coded(policy)
        self._lists = [place for place, fact in enumerate(in_order(policy)) if isinstance(fact, SetOf)]

    @cached_property
    def _read(self) -> Callable[[dict[str, Any], int], tuple[Answers, bool] | None]:
        return _reading(self.policy)

    @cached_property
    def _taking(self) -> list[tuple[str, Callable[[Any], Any]]]:
        return [(fact.id, _taken(fact)) for fact in in_order(self.policy)]

    def take(self, case: StatedCase) -> Checked:
        """A case that is free of errors already."""
        facts = self._measures.worked_out(case.facts).facts if self._measures else case.facts
        facts = self._coded.facts(facts, case.date) if self._coded else facts
        given = facts.get
        answers = tuple([taken(given(fact)) for fact, taken in self._taking])
        answered = len(facts) == len(answers) and not any(
            isinstance(answers[place], Including) for place in self._lists
        )
        ranged = any(isinstance(answer, Ranged) for answer in answers)
        record = RecordKind.RANGED if ranged else _record(answered, case.complete)
        day = case.date.toordinal()
        head = (self.policy, case.request, case.date, day, answers, case.complete, case.codes, case.id)
        return Checked(*head, record, facts, case.facts, case.lines)

    def check(self, raw: object) -> Checked | None:
        """The case that a JSON value states, or None: `parse.case` tells what is wrong with it."""
        if not isinstance(raw, dict) or not _KEYS.issuperset(raw):
            return None
        facts, request = raw.get("facts"), raw.get("request")
        day, number = _day(raw.get("date"))
        if not isinstance(facts, dict) or not isinstance(request, str) or day is None or day < self.policy.effective:
            return None
        record = raw.get("record", "open")
        complete = record == "complete"
        if not (complete or record == "open") or request not in self.policy.requests:
            return None
        read = self._read(facts, number)
        codes = _codes(raw["codes"]) if "codes" in raw else ()
        id = _id(raw["id"]) if "id" in raw else ""
        if read is None or codes is None or id is None or raw.get("policy") != self.policy.number:
            return None
        answers, answered = read
        if self.policy.asked_lines and any(contradicted(facts, self.policy.asked_lines)):
            return None
        found = Checked(self.policy, request, day, number, answers, complete, codes, id, _record(answered, complete))
        if not self._measures and not self._coded:
            return found
        # Worked out from decimals, as they were written.
        return None if self._measures.worked_out(found.facts).problems else self.take(found)


def _taken(fact: Fact) -> Callable[[Any], Any]:
    """A function of an answer of a case, or of None: the answer as the compiled functions take it."""
    taken = _taken_value(fact)
    return (lambda value: NO_VALUE if isinstance(value, NoValue) else taken(value)) if may_be_none(fact) else taken


def _taken_value(fact: Fact) -> Callable[[Any], Any]:
    match fact:
        case YesNo():
            return {None: UNKNOWN, True: YES, False: NO}.__getitem__
        case Number():
            return lambda value: float(value) if isinstance(value, Decimal) else value
        case Day():
            return lambda value: value if value is None or isinstance(value, Month) else value.toordinal()
        case OneOf(options=options):
            ranks: dict[str | None, int | None] = {option.id: rank for rank, option in enumerate(options)}
            return {**ranks, None: None}.__getitem__
        case SetOf():
            return lambda value: value
        case _:
            assert_never(fact)


def _reading(policy: Policy) -> Callable[[dict[str, Any], int], tuple[Answers, bool] | None]:
    """A function of the facts of a JSON case and the number of its day: the answers, and whether there are all of them.

    An answer to a list is one where it is whole. None where an answer is of another kind than its fact, or impossible;
    where it is null, or the fact not known, since then there are more facts than were found.
    """
    function = Function("facts", "day")
    facts = in_order(policy)
    keys = _as_parsed([fact.id for fact in facts])
    yes_no = [key for key, fact in zip(keys, facts, strict=True) if isinstance(fact, YesNo)]
    function.line("get = facts.get")
    function.line(f"yes_no = {function.constant(_yes_no(yes_no, len(facts)))}(facts)")
    function.line("if yes_no is None: return None")
    function.line(f"absences = yes_no.count({UNKNOWN})")
    for number, fact in enumerate(facts):
        if is_stated(fact):
            function.line(f"a{number} = None")
            function.line("absences += 1")
        elif not isinstance(fact, YesNo):
            answer = f"a{number}"
            function.line(f"{answer} = get({function.object(keys[number])})")
            function.line(f"if {answer} is None: absences += 1")
            function.line("else:")
            lines = _check(function, answer, fact)
            if may_be_none(fact):
                none = f"if {answer}.__class__ is dict and len({answer}) == 1 and {answer}.get('none') is True: "
                none += f"{answer} = {function.constant(NO_VALUE)}"
                lines = [none, "else:", *(f"    {line}" for line in lines)]
            for line in lines:
                function.line(f"    {line}")
    # What is null is absent as well.
    function.line(f"if len(facts) + absences != {len(facts)} + [*facts.values()].count(None): return None")
    others = "".join(f"a{number}, " for number in range(len(yes_no), len(facts)))
    whole = "".join(
        f" and a{number}.__class__ is frozenset" for number, fact in enumerate(facts) if isinstance(fact, SetOf)
    )
    return function.returning(f"(*yes_no, {others}), not absences{whole}")


_SPELLED = bytes.maketrans(b"TFN", bytes([YES, NO, UNKNOWN]))
_BEFORE = len(marshal.dumps((), 2))


def _yes_no(keys: Sequence[str], most: int) -> Callable[[dict[str, Any]], bytes | None]:
    """A function of the facts of a JSON case, `most` of which there are: the answers to those that are yes-no.

    `marshal` writes yes, no and none as a letter each and tells them from all else, 1 and 0 included, which are equal
    to them: nothing tells as quickly that all answers are of the right kind.
    """
    every = itemgetter(*keys) if len(keys) > 1 else None

    def read(facts: dict[str, Any]) -> bytes | None:
        try:
            given = every(facts) if every and len(facts) == most else (*map(facts.get, keys),)
            spelled = marshal.dumps(given, 2)[_BEFORE:]
        except (KeyError, ValueError):
            return None
        return None if spelled.translate(None, b"TFN") else spelled.translate(_SPELLED)

    return read


def _as_parsed(keys: list[str]) -> list[str]:
    """The keys as the JSON reader makes them: it keeps those that it has read, and a same object is found soonest."""
    return list(orjson.loads(orjson.dumps(dict.fromkeys(keys))))


def _check(function: Function, answer: str, fact: Number | Day | OneOf | SetOf) -> list[str]:
    """Statements that return None where an answer is no answer to the fact, and else put it into the form of a case."""
    match fact:
        case Number(minimum=low, maximum=high):
            least, most = (function.constant(edge) for edge in (_or(low, -EXACT), _or(high, EXACT)))
            kind = f"{answer}.__class__ is not int and {answer}.__class__ is not float"
            part = f" or {answer} % 1" if fact.whole else ""
            if fact.measure is not None and fact.measure.digits is not None:
                part += f" or {function.constant(lambda number: _is_unrounded(number, fact))}({answer})"
            return [f"if {kind} or not {least} <= {answer} <= {most}{part}: return None"]
        case Day():
            latest = f" or {answer} > day" if fact.latest_request else ""
            read = f"{answer} = {function.constant(_day_number)}({answer})"
            return [read, f"if {answer} is None{latest}: return None"]
        case OneOf(options=options):
            ranks = function.constant({option.id: rank for rank, option in enumerate(options)})
            return [
                f"{answer} = {ranks}.get({answer}) if {answer}.__class__ is str else None",
                f"if {answer} is None: return None",
            ]
        case SetOf(codes=CodeLists()):
            read = function.constant(lambda answer: _listed_codes(answer, fact))
            return [f"{answer} = {read}({answer})", f"if {answer} is None: return None"]
        case SetOf(options=options):
            known = function.constant(frozenset(option.id for option in options))
            return [f"{answer} = {function.constant(_list)}({answer}, {known})", f"if {answer} is None: return None"]


def _is_unrounded(number: int | float, fact: Number) -> bool:
    """Whether a number of JSON, as it was written, has more digits than its measure is rounded to."""
    written = amount(repr(number))
    return written is None or is_unrounded(written, fact)


def _or(bound: Amount | None, otherwise: int) -> Amount:
    return otherwise if bound is None else bound


def _list(answer: Any, options: frozenset[str]) -> frozenset[str] | Including | None:
    """A whole list, or a part of one."""
    if answer.__class__ is list:
        try:
            members = frozenset(answer)
        except TypeError:
            return None
        return members if members <= options else None
    if answer.__class__ is dict and len(answer) == 1:
        part = _list(answer.get("including"), options)
        return Including(part) if isinstance(part, frozenset) else None
    return None


def _listed_codes(answer: Any, fact: SetOf) -> frozenset[str] | Including | None:
    """A whole list of codes, or a part of one."""
    if answer.__class__ is list and all(one.__class__ is str for one in answer):
        codes = [read_code(one, fact)[0] for one in answer]
        return frozenset(codes) if all(codes) else None
    if answer.__class__ is dict and len(answer) == 1:
        part = _listed_codes(answer.get("including"), fact)
        return Including(part) if isinstance(part, frozenset) else None
    return None


@lru_cache(maxsize=10_000)
def _read_day(text: str) -> tuple[date | None, int]:
    day = as_day(text)
    return day, 0 if day is None else day.toordinal()


def _day(text: object) -> tuple[date | None, int]:
    """A date as year-month-day with its number; the other forms of ISO 8601 are not ours."""
    return _read_day(text) if isinstance(text, str) else (None, 0)


def _day_number(text: object) -> int | None:
    return _day(text)[1] or None


def _id(id: object) -> str | None:
    """The own name of a case, a text on one line or a whole number; one that is written otherwise is read with care."""
    if id.__class__ is int:
        return str(id)
    return id if isinstance(id, str) and id and id == " ".join(id.split()) else None


def _codes(codes: object) -> tuple[str, ...] | None:
    if not isinstance(codes, list) or not all(isinstance(code, str) and code for code in codes):
        return None
    return tuple(code.upper() for code in codes)
