"""A case that was stated for one state of a policy, as another state of it reads that case."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from cdispec.model.case import Case
from cdispec.model.facts import Day, Fact, Including, Number, OneOf, SetOf, Value, YesNo, out_of_bounds
from cdispec.model.policy import Policy


def as_read_by(case: Case, of: Policy, by: Policy) -> Case | None:
    """The case of one state with what another can be told of it; None where that has no such kind of request.

    An answer that the other cannot be told is left out, so that it is unknown there: to a fact that it lacks, or has of
    another kind or in another unit, an option that it lacks, a number out of its bounds. Of a list only the options
    that it lacks are left out.
    """
    if case.request not in by.requests:
        return None
    facts: dict[str, Value] = {}
    for id, value in case.facts.items():
        asked = by.facts.get(id)
        if asked is not None and (answer := _answer(value, of.facts[id], asked)) is not None:
            facts[id] = answer
    return replace(case, facts=facts)


def _answer(value: Value, stated: Fact, asked: Fact) -> Value | None:
    """An answer to a fact as stated, as the answer to it as asked; None where it is none."""
    if type(stated) is not type(asked):
        return None
    match asked:
        case YesNo() | Day():
            return value
        case Number(unit=unit):
            same = isinstance(stated, Number) and stated.unit == unit
            fits = isinstance(value, int | float) and not out_of_bounds(value, asked)
            return value if same and fits else None
        case OneOf(options=options):
            return value if value in {option.id for option in options} else None
        case SetOf(options=options):
            known = frozenset(option.id for option in options)
            if isinstance(value, Including):
                return Including(value.members & known)
            return value & known if isinstance(value, frozenset) else None
        case _:
            assert_never(asked)
