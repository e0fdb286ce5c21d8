"""Comparisons: what a criterion asks of its fact, checked against the fact's kind."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import assert_never

from cdispec.issues.facts import impossible_value, unknown_option
from cdispec.issues.files import malformed_date
from cdispec.issues.policies import (
    empty_list,
    empty_range,
    missing_comparison,
    several_comparisons,
    unsuitable_comparison,
)
from cdispec.model.criteria import Bound, HasNone, IncludesAnyOf, IsOneOf, Range, Test
from cdispec.model.facts import (
    REQUEST_DATE,
    Amount,
    Day,
    Fact,
    Number,
    OneOf,
    SetOf,
    YesNo,
    as_day,
    kind_name,
    may_be_none,
    out_of_bounds,
)
from cdispec.parse.codes import CodeSets, asked_pattern, asked_set, asking
from cdispec.parse.elapsed import EDGES, SIDES, counts_time, range_fields, read_elapsed
from cdispec.parse.fields import Fields, number_of, of_kind, one_of, scalars_of, yes_or_no
from cdispec.parse.meant import days_meant, meaning
from cdispec.parse.yamltree import Scalar, YamlNode, shortened
from cdispec.source import Issue

OF_TIME = (*EDGES, "between", "within", *SIDES)
KEYS = ("is", "is one of", "includes", "includes any of", *OF_TIME)


def read_test(fields: Fields, fact: Fact, facts: dict[str, Fact], sets: CodeSets) -> Test | None:
    """The comparison that a criterion's fields state, or None with an issue.

    A fact of codes is then one of which what is asked here is asked, too.
    """
    keys, choice = [key for key in KEYS if key in fields], suitable(fact)
    if not keys and isinstance(fact, YesNo):
        return IsOneOf(frozenset([True]))
    if not keys:
        wrong = missing_comparison(fields.key_place("fact"), fact.id, kind_name(fact), choice)
    elif len(keys) > 1:
        wrong = several_comparisons(fields.key_place(keys[1]), keys)
    elif keys[0] == "is" and asks_none(fields["is"], fact):
        return _none(fields["is"], fact, fields.issues)
    elif keys[0] not in choice:
        wrong = unsuitable_comparison(fields.key_place(keys[0]), keys[0], fact.id, kind_name(fact), choice)
    else:
        if isinstance(fact, SetOf) and fact.codes is not None:
            return _of_codes(keys[0], fields, fact, facts, sets)
        return _test(keys[0], fields, fact, facts)
    fields.issues.append(wrong)
    return None


def suitable(fact: Fact) -> tuple[str, ...]:
    """The comparisons that can be asked of a fact."""
    match fact:
        case YesNo():
            return ("is",)
        case SetOf(codes=None):
            return ("includes", "includes any of")
        case SetOf():
            return ("in", "includes", "includes any of")
        case OneOf(ordered=False):
            return ("is", "is one of")
        case OneOf() | Number():
            return ("is", "is one of", *EDGES, "between")
        case Day():
            return OF_TIME if fact is REQUEST_DATE else ("is", "is one of", *OF_TIME)
        case _:
            assert_never(fact)


def _of_codes(key: str, fields: Fields, fact: SetOf, facts: dict[str, Fact], sets: CodeSets) -> Test | None:
    """That a list of codes has one of a set, or one of the codes, wildcards and ranges that are named."""
    node, issues = fields[key], fields.issues
    if key == "includes any of":
        nodes = scalars_of(node, issues)
        if not nodes:
            issues.append(empty_list(node.place, key))
    else:
        single = of_kind(Scalar, node, "the id of a code set" if key == "in" else "one code", issues)
        nodes = () if single is None else (single,)
    read = [asked_set(one, sets, issues) if key == "in" else asked_pattern(one, fact, issues) for one in nodes]
    found = [one for one in read if one is not None]
    if not found or len(found) < len(nodes):
        return None
    for one in found:
        fact = asking(fact, one)
    facts[fact.id] = fact
    return IncludesAnyOf(frozenset(one.id for one in found), key == "in")


def _test(key: str, fields: Fields, fact: Fact, facts: dict[str, Fact]) -> Test | None:
    node, issues = fields[key], fields.issues
    if isinstance(fact, Day) and counts_time(key, node, fact):
        return read_elapsed(key, fields, fact, facts)
    match key:
        case "is" | "includes":
            answer = of_kind(Scalar, node, "one answer", issues)
            return None if answer is None else _is_one_of((answer,), fact, issues)
        case "is one of" | "includes any of":
            found = scalars_of(node, issues)
            if not found:
                issues.append(empty_list(node.place, key))
            return _is_one_of(found, fact, issues) if found else None
        case "between":
            return _between(node, fact, issues)
    edge = _edge(key, fields, fact)
    if edge is None:
        return None
    return Range(edge, None) if EDGES[key][0] == "low" else Range(None, edge)


NONE = "none"
"""What `is:` asks where there is to be no value; a fact that has an option of this name asks for that."""


def asks_none(node: YamlNode, fact: Fact) -> bool:
    """Whether it is asked that a fact has no value."""
    named = fact.names if isinstance(fact, OneOf | SetOf) else ()
    return node.text == NONE and not isinstance(fact, YesNo) and NONE not in named


def _none(node: YamlNode, fact: Fact, issues: list[Issue]) -> HasNone | None:
    if isinstance(fact, SetOf) or may_be_none(fact):
        return HasNone()
    reason = f"`{fact.id}` always has a value; its `none:` in facts.yaml would say that it may have none"
    issues.append(impossible_value(node.place, NONE, reason))
    return None


def _is_one_of(nodes: tuple[Scalar, ...], fact: Fact, issues: list[Issue]) -> Test | None:
    values = [value for node in nodes if (value := _value(node, fact, issues)) is not None]
    if len(values) < len(nodes):
        return None
    if isinstance(fact, SetOf):
        return IncludesAnyOf(frozenset(str(value) for value in values))
    return IsOneOf(frozenset(values))


def _between(node: YamlNode, fact: Fact, issues: list[Issue]) -> Range | None:
    fields = range_fields(node, issues)
    if fields is None:
        return None
    stated = [key for key in fields if key in EDGES]
    edges = {EDGES[key][0]: _edge(key, fields, fact) for key in stated}
    low, high = edges["low"], edges["high"]
    if low is None or high is None:
        return None
    if is_empty(low, high, fact):
        issues.append(empty_range(node.place))
        return None
    return Range(low, high)


def is_empty(low: Bound, high: Bound, fact: Fact) -> bool:
    """Whether no answer lies between two edges; between days or options that follow each other there is none."""
    bottom, top = ordinal(low.value, fact), ordinal(high.value, fact)
    excluded = (not low.included) + (not high.included)
    if isinstance(fact, Number) and not fact.whole:
        return bottom > top or (bottom == top and excluded > 0)
    return top - bottom < excluded


def ordinal(value: Amount | date | str, fact: Fact) -> Amount:
    """A value's position in the order of its fact."""
    if isinstance(value, str):
        assert isinstance(fact, OneOf)
        return [*fact.names].index(value)
    return value.toordinal() if isinstance(value, date) else value


def _edge(key: str, fields: Fields, fact: Fact) -> Bound | None:
    node = of_kind(Scalar, fields[key], "one value", fields.issues)
    value = None if node is None else _value(node, fact, fields.issues)
    return None if value is None or isinstance(value, bool) else Bound(value, EDGES[key][1])


def _value(node: Scalar, fact: Fact, issues: list[Issue]) -> bool | Amount | date | str | None:
    match fact:
        case YesNo():
            return yes_or_no(node, issues)
        case Number():
            number = number_of(node, issues, fact.unit)
            if number is not None and (reason := out_of_bounds(number, fact)):
                issues.append(impossible_value(node.place, shortened(node.text), reason))
                return None
            return number
        case Day():
            day = as_day(node.text)
            if day is None:
                issues.append(meaning(malformed_date(node.place, node.text), node, days_meant(node.text)))
            return day
        case OneOf() | SetOf():
            return one_of(node, fact.names, partial(unknown_option, fact=fact.id, known=fact.names), issues)
        case _:
            assert_never(fact)
