"""A case that was stated for one state of a policy, as another state of it reads that case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import assert_never

from cdispec.model.case import Case
from cdispec.model.codes import CodeLists, codes_in
from cdispec.model.facts import (
    Day,
    Fact,
    Including,
    NoValue,
    Number,
    OneOf,
    Rows,
    SetOf,
    Value,
    YesNo,
    impossible_answer,
    kind_name,
    may_be_none,
    too_late,
)
from cdispec.model.policy import Policy
from cdispec.model.records import RecordList


def as_read_by(case: Case, of: Policy, by: Policy) -> Case | None:
    """The case of one state with what another can be told of it; None where that has no such kind of request.

    An answer that the other cannot be told is left out, so that it is unknown there: to a fact that it lacks, or has of
    another kind or in another unit, an option that it lacks, a number out of its bounds, a date after the request where
    it excludes that, that there is none where it always has one. Of a list only the options that it lacks are left out.
    A record is complete only to who asks nothing that could not be stated in it.
    """
    if case.request not in by.requests:
        return None
    facts, whole = _read(case.facts, case, of, by)
    lines = case.lines
    if lines is not None:
        known = [line for line in lines.all if line.request in by.requests]
        read = [_read(line.facts, case, of, by) for line in known]
        whole = whole and all(of_line for _, of_line in read)
        lines = replace(
            lines, all=tuple(replace(line, facts=said) for line, (said, _) in zip(known, read, strict=True))
        )
    return replace(case, facts=facts, complete=case.complete and whole, lines=lines)


def _read(given: Mapping[str, Value], case: Case, of: Policy, by: Policy) -> tuple[dict[str, Value], bool]:
    """What one state can be told of the answers of another, and whether it can be told all that it asks."""
    facts: dict[str, Value] = {}
    whole = True
    for id, asked in by.facts.items():
        if id in by.asked_lines and case.lines is not None:
            # It is worked out from the lines.
            continue
        stated = of.facts.get(id)
        whole = whole and stated is not None and _alike(stated, asked)
        if stated is not None and id in given:
            answer = _answer(given[id], stated, asked, case.date)
            if answer is not None:
                facts[id] = answer
            whole = whole and answer is not None
    for id, of_rows in by.lists.items():
        declared, rows = of.lists.get(id), given.get(id)
        whole = whole and declared is not None
        if declared is not None and isinstance(rows, Rows):
            read = tuple(_row(row, declared, of_rows, case.date) for row in rows.rows)
            whole = whole and read == rows.rows
            facts[id] = Rows(read, rows.whole)
    return facts, whole


def _row(
    row: Iterable[tuple[str, Value]], stated: RecordList, asked: RecordList, request: date
) -> tuple[tuple[str, Value], ...]:
    """What a row answers to the fields that both states have."""
    both = ((name, value) for name, value in row if name in stated.fields and name in asked.fields)
    read = ((name, _answer(value, stated.fields[name], asked.fields[name], request)) for name, value in both)
    return tuple((name, answer) for name, answer in read if answer is not None)


def _alike(stated: Fact, asked: Fact) -> bool:
    """Whether a fact is of the same kind and in the same unit, or has codes of the same system."""
    return kind_name(stated) == kind_name(asked) and _unit(stated) == _unit(asked)


def _unit(fact: Fact) -> str:
    match fact:
        case Number(unit=unit):
            return unit
        case SetOf(codes=CodeLists(system)):
            return system
        case YesNo() | Day() | OneOf() | SetOf():
            return ""
        case _:
            assert_never(fact)


def _answer(value: Value, stated: Fact, asked: Fact, request: date) -> Value | None:
    """An answer to a fact as stated, as the answer to it as asked; None where it is none."""
    if not _alike(stated, asked):
        return None
    if isinstance(value, NoValue):
        return value if may_be_none(asked) else None
    match asked:
        case YesNo():
            return value
        case Day():
            return None if too_late(value, asked, request) else value
        case Number():
            return value if isinstance(value, int | Decimal) and not impossible_answer(value, asked) else None
        case OneOf(options=options):
            return value if value in {option.id for option in options} else None
        case SetOf(codes=CodeLists()):
            held = value.members if isinstance(value, Including) else value
            assert isinstance(held, frozenset)
            codes = frozenset(codes_in(held))
            return Including(codes) if isinstance(value, Including) else codes
        case SetOf(options=options):
            known = frozenset(option.id for option in options)
            if isinstance(value, Including):
                return Including(value.members & known)
            return value & known if isinstance(value, frozenset) else None
        case _:
            assert_never(asked)
