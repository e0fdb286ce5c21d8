"""What an author states of a clause's logic, key by key, as it is written in a `criteria` block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never

from cdispec.analysis.changes.change import Setting
from cdispec.model.criteria import (
    AnyOf,
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
    ListOf,
    Logic,
    Not,
    OfRows,
    Range,
    Reference,
    Test,
    Unit,
    key_of,
)
from cdispec.model.facts import REQUEST, Amount, written
from cdispec.model.limits import Grant, Printed, Quota
from cdispec.model.phrases import length
from cdispec.model.policy import Classification, Otherwise, Policy, Rule, Shared

Stated = Mapping[str, str]
"""What is stated, by what it is about; the same key in two states tells of the same thing."""

_DEFAULT = "is: yes"
"""The comparison that need not be stated."""


def settings(before: Stated, after: Stated) -> tuple[Setting, ...]:
    """The keys that differ."""
    keys = dict.fromkeys((*before, *after))
    pairs = ((before.get(key, ""), after.get(key, "")) for key in keys)
    return tuple(Setting(old, new) for old, new in pairs if old != new)


def of_block(block: Rule | Classification | Shared | Otherwise) -> Stated:
    """What a block is for."""
    match block:
        case Rule(_, requests, outcome, otherwise, grant):
            rest = {} if otherwise is None else {"rest": f"otherwise: {otherwise}"}
            found = {"request": f"request: {several(requests)}", "role": f"outcome: {outcome}", **rest}
            return found if grant is None else {**found, **_granted(grant)}
        case Otherwise():
            return {"request": f"request: {several(block.requests)}", "role": f"otherwise: {block.outcome}"}
        case Classification(name, _):
            return {"role": f"classifies: {name}"}
        case Shared():
            return {}
        case _:
            assert_never(block)


def _granted(grant: Grant) -> Stated:
    """The limits of what is granted."""
    found = {}
    if grant.term is not None:
        lasts = grant.term.lasts
        found["granted from"] = f"granted from: {grant.term.start or 'request'}"
        if isinstance(lasts, Duration):
            found["granted for"] = f"granted for: {length(lasts)}"
        elif lasts is not None:
            found["granted until"] = f"granted until: {lasts}"
    for number, quota in enumerate(grant.quotas, 1):
        found |= _up_to(quota, "up to" if len(grant.quotas) == 1 else f"up to ({number})")
    for one in grant.restrictions:
        when = "" if one.when is None else f" when: {one.when}"
        found[f"limited to {one.words}"] = f"limited to: {one.words}{when}"
    return found


def _up_to(quota: Quota, key: str) -> dict[str, str]:
    """An amount, with what a printed table says of it row by row."""
    beside = {"of": quota.requested, "used": quota.used, "per": quota.per, "clause": quota.clause}
    found = {}
    match quota.amount:
        case Printed(table, by, amounts):
            found[key] = f"{key}: {table}"
            beside = {"by": by, **beside}
            found |= {f"{table} {option}": f"{table}: {option}: {written(row)}" for option, row in amounts}
        case str(fact):
            found[key] = f"{key}: {fact}"
        case number:
            found[key] = f"{key}: {written(number)}"
    return found | {f"{key} {name}": f"{key} {name}: {said}" for name, said in beside.items() if said}


def of_criterion(criterion: Criterion, policy: Policy | None = None) -> Stated:
    """A criterion's logic without its members, its guard and its dates; a policy says what is asked of other lines."""
    found = {"logic": _logic(criterion.logic)}
    asked = policy.asked_lines.get(criterion.logic.fact) if policy and isinstance(criterion.logic, Comparison) else None
    if asked is not None:
        found = {"logic": asked.named}
    if isinstance(criterion.logic, Comparison) and (test := _test(criterion.logic.test)) != _DEFAULT:
        found["test"] = test
    if criterion.unless is not None:
        found["unless"] = f"unless: {criterion.unless.id}"
    if criterion.valid.start:
        found["from"] = f"from: {criterion.valid.start.isoformat()}"
    if criterion.valid.end:
        found["until"] = f"until: {criterion.valid.end.isoformat()}"
    return found


def _logic(logic: Logic) -> str:
    match logic:
        case AnyOf(of, True):
            return f"{key_of(logic)}, open: {of[-1].id}"
        case Reference(to):
            return f"{key_of(logic)}: {to}"
        case Comparison(fact, _):
            return f"{key_of(logic)}: {fact}"
        case OfRows(list=of, by=by):
            return f"{key_of(logic)}: {of}{f', by: {by}' if by else ''}"
        case ListOf() | Not():
            return key_of(logic)
        case _:
            assert_never(logic)


def _test(test: Test) -> str:
    match test:
        case IsOneOf(values):
            return _listed("is", "is one of", values)
        case IncludesAnyOf(options, True):
            return _listed("in", "in", options)
        case IncludesAnyOf(options):
            return _listed("includes", "includes any of", options)
        case Range(low, high):
            edges = [_edge(low, "at least", "more than"), _edge(high, "at most", "less than")]
            return f"between: {{{', '.join(edges)}}}" if all(edges) else "".join(edges)
        case Elapsed():
            return _elapsed(test)
        case HasNone():
            return "is: none"
        case _:
            assert_never(test)


def _elapsed(test: Elapsed) -> str:
    low, high, side, date = test.low, test.high, test.direction, test.anchor or REQUEST
    if high is None:
        if low is None or low == Length(Duration(0, Unit.DAYS), False):
            return f"{'' if low else 'on or '}{side}: {date}"
        return _away(low, "at least", "more than", test)
    if low is not None:
        edges = _away(low, "at least", "more than", test), _away(high, "at most", "less than", test)
        return f"between: {{{', '.join(edges)}}}"
    if not high.included and side is Direction.AFTER:
        return f"in: {_duration(high.duration)} from {date}"
    return _away(high, "within", "less than", test)


def _away(length: Length, including: str, excluding: str, test: Elapsed) -> str:
    key = including if length.included else excluding
    return f"{key}: {_duration(length.duration)} {test.direction} {test.anchor or REQUEST}"


def _duration(duration: Duration) -> str:
    unit = duration.unit.removesuffix("s") if duration.count == 1 else duration.unit
    return f"{duration.count} {unit}"


def _edge(bound: Bound | None, including: str, excluding: str) -> str:
    return "" if bound is None else f"{including if bound.included else excluding}: {_value(bound.value)}"


def _listed(one: str, more: str, values: Iterable[bool | Amount | date | str]) -> str:
    ordered = sorted(values, key=lambda value: (isinstance(value, str), _rank(value), str(value)))
    return f"{one}: {_value(ordered[0])}" if len(ordered) == 1 else f"{more}: {several(map(_value, ordered))}"


def _rank(value: bool | Amount | date | str) -> Amount:
    match value:
        case str():
            return 0
        case date():
            return value.toordinal()
        case int() | Decimal():
            return value
        case _:
            assert_never(value)


def several(names: Iterable[str]) -> str:
    """One value as it is, several in brackets."""
    listed = list(names)
    return listed[0] if len(listed) == 1 else f"[{', '.join(listed)}]"


def _value(value: bool | Amount | date | str) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case str():
            return value
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case _:
            assert_never(value)
