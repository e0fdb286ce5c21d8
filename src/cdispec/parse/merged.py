"""One fact that two policies, or two revisions of one, declare: whether an answer means the same to both."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, YesNo, kind_name, may_be_none, written
from cdispec.model.formulas import written_formula


def differing(own: Fact, other: Fact, named: frozenset[str]) -> str:
    """What two declarations of a fact have otherwise, but for their words; "" where they have nothing.

    A list may have other options in the one, as long as it has those that the other is asked for by name.
    """
    first, second = _settings(own), _settings(other)
    for key in dict.fromkeys((*first, *second)):
        if first.get(key) != second.get(key):
            return f"{second.get(key) or f'no {key}'} there, {first.get(key) or f'no {key}'} here"
    options = own.options if isinstance(own, OneOf | SetOf) else ()
    missing = sorted(named - {option.id for option in options})
    # What another revision has beside is taken over, unless it is the policy's own fact.
    return f"`{missing[0]}` is no option here" if missing else ""


def merged(own: Fact, other: Fact) -> Fact:
    """A fact with the options of both declarations, where the order of options means nothing."""
    if isinstance(own, SetOf | OneOf) and isinstance(other, SetOf | OneOf):
        known = {option.id for option in own.options}
        more = tuple(option for option in other.options if option.id not in known)
        return replace(own, options=(*own.options, *more)) if more else own
    return own


def _settings(fact: Fact) -> dict[str, str]:
    found = {"kind": kind_name(fact)}
    if may_be_none(fact):
        found["none"] = "`none:`"
    match fact:
        case Number():
            found["unit"] = f"in {fact.unit}"
            bounds = {"minimum": fact.minimum, "maximum": fact.maximum}
            found |= {key: f"{key} {written(bound)}" for key, bound in bounds.items() if bound is not None}
            if fact.whole:
                found["whole"] = "whole"
            if fact.measure is not None:
                found["formula"] = f"worked out as {written_formula(fact.measure.stated, str)}"
                if fact.measure.digits is not None:
                    found["rounding"] = f"rounded to {fact.measure.digits}"
        case Day():
            if fact.latest_request:
                found["latest"] = "`latest: request`"
            if fact.birth_of:
                found["birth"] = f"the birth of {fact.birth_of}"
        case OneOf() if fact.ordered:
            found["order"] = f"ordered {', '.join(option.id for option in fact.options)}"
        case YesNo() | OneOf() | SetOf():
            pass
        case _:
            assert_never(fact)
    return found
