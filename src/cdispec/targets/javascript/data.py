"""A policy as plain data: what a form asks, and the criteria as the engine reads them.

Answers stand where their fact orders them: a number as itself, a date as its day number, an option as its rank. So the
engine compares numbers, and needs to know a fact's kind only where it reads an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import assert_never

from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    IncludesAnyOf,
    IsOneOf,
    Logic,
    Not,
    Range,
    Reference,
    Test,
    Within,
)
from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, YesNo, kind_name
from cdispec.model.policy import Outcome, Policy, all_criteria

Data = dict[str, object]


def policy_data(policy: Policy) -> Data:
    """What the engine decides by, and of which policy. Whatever has an order is a list: objects reorder their keys."""
    return {
        "number": policy.number,
        "revision": policy.revision,
        "title": policy.title,
        "requests": list(policy.requests),
        "facts": [_fact(fact) for fact in policy.facts.values()],
        "rules": [
            {"criterion": rule.criterion.id, "requests": list(rule.requests), "outcome": rule.outcome.value}
            for rule in policy.rules
        ],
        "otherwise": [
            {"id": rest.id, "label": rest.label, "requests": list(rest.requests), "outcome": rest.outcome.value}
            for rest in policy.otherwise
            if rest.outcome is not Outcome.NOT_ADDRESSED
        ],
        "classifications": [{"name": named.name, "criterion": named.criterion.id} for named in policy.classifications],
        "codes": [{"code": listed.code, "label": listed.label} for listed in policy.codes],
        "criteria": [_criterion(criterion, policy) for criterion in all_criteria(policy)],
    }


def _fact(fact: Fact) -> Data:
    head: Data = {"id": fact.id, "kind": kind_name(fact), "question": fact.question}
    match fact:
        case YesNo() | Day():
            return head
        case Number(minimum=minimum, maximum=maximum):
            return {**head, "minimum": minimum, "maximum": maximum}
        case OneOf(options=options) | SetOf(options=options):
            return {**head, "options": [option.id for option in options]}
        case _:
            assert_never(fact)


def _criterion(criterion: Criterion, policy: Policy) -> Data:
    """A criterion with those below it by id; what most have none of is left out."""
    data: Data = {"id": criterion.id, "label": criterion.label, "logic": _logic(criterion.logic, policy)}
    if criterion.text is not None:
        data["printed"] = True
    if criterion.unless is not None:
        data["unless"] = criterion.unless.id
    if criterion.set_aside is Truth.TRUE:
        data["waivable"] = True
    if criterion.valid.start is not None:
        data["from"] = criterion.valid.start.toordinal()
    if criterion.valid.end is not None:
        data["until"] = criterion.valid.end.toordinal()
    return data


def _logic(logic: Logic, policy: Policy) -> Data:
    match logic:
        case AllOf(of):
            return {"kind": "all", "of": _ids(of)}
        case AnyOf(of, _):
            return {"kind": "any", "of": _ids(of)}
        case AtLeast(count, of):
            return {"kind": "at least", "count": count, "of": _ids(of)}
        case Not(member):
            return {"kind": "not", "of": [member.id]}
        case Reference(to):
            return {"kind": "meets", "to": to}
        case Comparison(fact, test):
            return {"kind": "fact", "fact": fact, "test": _test(test, policy.facts[fact])}
        case _:
            assert_never(logic)


def _ids(of: Iterable[Criterion]) -> list[str]:
    return [member.id for member in of]


def _test(test: Test, fact: Fact) -> Data:
    """A test in one spelling, so that the engine can tell equal tests by their text."""
    match test:
        case IsOneOf(values):
            return {"kind": "is", "values": sorted(_position(value, fact) for value in values)}
        case IncludesAnyOf(options):
            return {"kind": "includes", "options": sorted(options)}
        case Range(low, high):
            return {"kind": "range", "low": _bound(low, fact), "high": _bound(high, fact)}
        case Within(duration, direction, anchor):
            length = {"count": duration.count, "unit": duration.unit.value}
            return {"kind": "within", **length, "direction": direction.value, "anchor": anchor}
        case _:
            assert_never(test)


def _bound(bound: Bound | None, fact: Fact) -> Data | None:
    return None if bound is None else {"value": _position(bound.value, fact), "included": bound.included}


def _position(value: bool | float | date | str, fact: Fact) -> float:
    """Where an answer stands in the order of its fact; yes and no stay what they are."""
    if isinstance(value, str):
        assert isinstance(fact, OneOf)
        return [option.id for option in fact.options].index(value)
    return value.toordinal() if isinstance(value, date) else value
