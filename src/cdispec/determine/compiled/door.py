"""The door of the compiled form: cases are checked once, and put into the form that the compiled functions take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import orjson

from cdispec.determine.compiled.codegen import Function, tuple_of
from cdispec.model.case import Case
from cdispec.model.facts import EXACT, Day, Including, Number, OneOf, SetOf, Value, YesNo
from cdispec.model.policy import Policy

Answers = tuple[Any, ...]
"""An answer for each fact of a policy, in order, as `codegen.FromAnswers` takes them."""

_KEYS = frozenset(["policy", "request", "date", "record", "codes", "facts"])
_YES, _NO, _UNKNOWN, _NOT_DOCUMENTED = 3, 0, 1, 2


@dataclass(slots=True)
class Checked:
    """A case of one policy, free of errors. `stated` is the case as the model has it, once that is known."""

    policy: Policy
    request: str
    date: date
    answers: Answers
    complete: bool
    codes: tuple[str, ...]
    stated: Case | None = None

    def case(self) -> Case:
        """The case as the model has it."""
        if self.stated is None:
            self.stated = self._case()
        return self.stated

    def _case(self) -> Case:
        facts: dict[str, Value] = {}
        for fact, answer in zip(self.policy.facts.values(), self.answers, strict=True):
            if isinstance(fact, YesNo):
                if answer in (_YES, _NO):
                    facts[fact.id] = answer == _YES
            elif answer is not None:
                facts[fact.id] = answer
        return Case(self.policy.number, self.request, self.date, facts, self.complete, self.codes)


def read_line(line: bytes) -> dict[str, Any] | None:
    """The object on a line of JSON; None where it is none, or where a key may stand twice, of which JSON keeps one.

    Each key is followed by a colon. A line with more colons than keys may just hold one in a text; it is not read here.
    """
    try:
        read = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if read.__class__ is not dict:
        return None
    facts = read.get("facts")
    if facts.__class__ is not dict:
        return None
    keys = len(read) + len(facts)
    if line.count(b"{") > 2:
        keys += sum(len(answer) for answer in facts.values() if answer.__class__ is dict)
    return read if line.count(b":") == keys else None


class Door:
    """Lets the cases of one policy in."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    @cached_property
    def _take(self) -> Callable[[Mapping[str, Value], int], Answers]:
        return _taking(self.policy)

    @cached_property
    def _read(self) -> Callable[[dict[str, Any], int], Answers | None]:
        return _reading(self.policy)

    def take(self, case: Case) -> Checked:
        """A case that is free of errors already."""
        answers = self._take(case.facts, _NOT_DOCUMENTED if case.complete else _UNKNOWN)
        return Checked(self.policy, case.request, case.date, answers, case.complete, case.codes, case)

    def check(self, raw: object) -> Checked | None:
        """The case that a JSON value states, or None: `parse.case` tells what is wrong with it."""
        if not isinstance(raw, dict) or not _KEYS.issuperset(raw):
            return None
        facts, request, day = raw.get("facts"), raw.get("request"), _day(raw.get("date"))
        if not isinstance(facts, dict) or not isinstance(request, str) or day is None or day < self.policy.effective:
            return None
        record = raw.get("record", "open")
        complete = record == "complete"
        if not (complete or record == "open") or request not in self.policy.requests:
            return None
        answers = self._read(facts, _NOT_DOCUMENTED if complete else _UNKNOWN)
        codes = _codes(raw["codes"]) if "codes" in raw else ()
        if answers is None or codes is None or raw.get("policy") != self.policy.number:
            return None
        return Checked(self.policy, request, day, answers, complete, codes)


def _taking(policy: Policy) -> Callable[[Mapping[str, Value], int], Answers]:
    """A function of the facts of a case, and of what stands for an absent yes-no answer: the answers."""
    function = Function("facts", "absent")
    function.line("get = facts.get")
    answers = []
    for fact in policy.facts.values():
        answer = function.name(f"get({fact.id!r})")
        yes_no = isinstance(fact, YesNo)
        answers.append(function.name(f"absent if {answer} is None else 3 if {answer} else 0") if yes_no else answer)
    return function.returning(tuple_of(answers))


def _reading(policy: Policy) -> Callable[[dict[str, Any], int], Answers | None]:
    """A function of the facts of a JSON case, and of what stands for an absent yes-no answer: the answers.

    None where an answer is of another kind than its fact, or impossible; where it is null, or the fact not known, since
    then there are more facts than were found.
    """
    function = Function("facts", "absent")
    function.line("get = facts.get")
    function.line("absences = 0")
    for number, fact in enumerate(policy.facts.values()):
        answer = f"a{number}"
        function.line(f"{answer} = get({fact.id!r})")
        if isinstance(fact, YesNo):
            function.line(f"if {answer} is True: {answer} = 3")
            function.line(f"elif {answer} is False: {answer} = 0")
            function.line(f"elif {answer} is None: {answer} = absent; absences += 1")
            function.line("else: return None")
        else:
            function.line(f"if {answer} is None: absences += 1")
            function.line("else:")
            for line in _check(function, answer, fact):
                function.line(f"    {line}")
    function.line(f"if len(facts) + absences != {len(policy.facts)}: return None")
    return function.returning(tuple_of(f"a{number}" for number in range(len(policy.facts))))


def _check(function: Function, answer: str, fact: Number | Day | OneOf | SetOf) -> list[str]:
    """Statements that return None where an answer is no answer to the fact, and else put it into the form of a case."""
    match fact:
        case Number(minimum=low, maximum=high):
            least, most = (function.constant(edge) for edge in (_or(low, -EXACT), _or(high, EXACT)))
            kind = f"{answer}.__class__ is not int and {answer}.__class__ is not float"
            return [f"if {kind} or not {least} <= {answer} <= {most}: return None"]
        case Day():
            return [f"{answer} = {function.constant(_day)}({answer})", f"if {answer} is None: return None"]
        case OneOf(options=options):
            known = function.constant(frozenset(option.id for option in options))
            return [f"if {answer}.__class__ is not str or {answer} not in {known}: return None"]
        case SetOf(options=options):
            known = function.constant(frozenset(option.id for option in options))
            return [f"{answer} = {function.constant(_list)}({answer}, {known})", f"if {answer} is None: return None"]


def _or(bound: float | None, otherwise: float) -> float:
    return otherwise if bound is None else bound


def _list(answer: object, options: frozenset[str]) -> frozenset[str] | Including | None:
    """A whole list, or a part of one."""
    if isinstance(answer, dict) and len(answer) == 1:
        part = _list(answer.get("including"), options)
        return Including(part) if isinstance(part, frozenset) else None
    try:
        members = frozenset(answer) if isinstance(answer, list) else None
    except TypeError:
        return None
    return members if members is not None and members <= options else None


def _day(text: object) -> date | None:
    """A date as year-month-day; the other forms of ISO 8601 are not ours."""
    if not isinstance(text, str) or len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _codes(codes: object) -> tuple[str, ...] | None:
    if not isinstance(codes, list) or not all(isinstance(code, str) and code for code in codes):
        return None
    return tuple(code.upper() for code in codes)
