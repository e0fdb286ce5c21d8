"""Comparisons: what a criterion asks of its fact, checked against the fact's kind."""

from __future__ import annotations

import re
from datetime import date
from typing import assert_never

from cdispec.issues.facts import impossible_value, unknown_option
from cdispec.issues.files import malformed_date, wrong_kind
from cdispec.issues.policies import (
    empty_list,
    empty_range,
    malformed_duration,
    missing_comparison,
    several_comparisons,
    unknown_fact,
    unsuitable_comparison,
)
from cdispec.model.criteria import (
    Bound,
    Direction,
    Duration,
    IncludesAnyOf,
    IsOneOf,
    Range,
    Test,
    Unit,
    Within,
)
from cdispec.model.facts import Amount, Day, Fact, Number, OneOf, SetOf, YesNo, as_day, kind_name, out_of_bounds
from cdispec.model.sentences import listed
from cdispec.parse.fields import Fields, scalars_of
from cdispec.parse.yamltree import Mapping, Scalar, YamlNode, described, shortened
from cdispec.source import Issue

EDGES = {
    "at least": ("low", True),
    "more than": ("low", False),
    "at most": ("high", True),
    "less than": ("high", False),
}
KEYS = ("is", "is one of", "includes", "includes any of", *EDGES, "between", "within")
_DURATION = re.compile(r"(\d{1,4}) (day|week|month|year)s? (before|after) ([a-z0-9]+(?:-[a-z0-9]+)*)")


def read_test(fields: Fields, fact: Fact, facts: dict[str, Fact]) -> Test | None:
    """The comparison that a criterion's fields state, or None with an issue."""
    keys = [key for key in KEYS if key in fields]
    if len(keys) > 1:
        fields.issues.append(several_comparisons(fields.key_place(keys[1]), keys))
        return None
    if not keys:
        if isinstance(fact, YesNo):
            return IsOneOf(frozenset([True]))
        choice = suitable(fact)
        fields.issues.append(missing_comparison(fields.key_place("fact"), fact.id, kind_name(fact), choice))
        return None
    key = keys[0]
    if key not in suitable(fact):
        place = fields.key_place(key)
        fields.issues.append(unsuitable_comparison(place, key, fact.id, kind_name(fact), suitable(fact)))
        return None
    node = fields.require(key)
    assert node is not None
    return _test(key, node, fact, facts, fields.issues)


def suitable(fact: Fact) -> tuple[str, ...]:
    """The comparisons that can be asked of a fact."""
    match fact:
        case YesNo():
            return ("is",)
        case SetOf():
            return ("includes", "includes any of")
        case OneOf(ordered=False):
            return ("is", "is one of")
        case OneOf() | Number():
            return ("is", "is one of", *EDGES, "between")
        case Day():
            return ("is", "is one of", *EDGES, "between", "within")
        case _:
            assert_never(fact)


def _test(key: str, node: YamlNode, fact: Fact, facts: dict[str, Fact], issues: list[Issue]) -> Test | None:
    match key:
        case "is" | "includes":
            if not isinstance(node, Scalar):
                issues.append(wrong_kind(node.place, "one answer", described(node)))
                return None
            return _is_one_of((node,), fact, issues)
        case "is one of" | "includes any of":
            found = scalars_of(node, issues)
            if not found:
                issues.append(empty_list(node.place, key))
                return None
            return _is_one_of(found, fact, issues)
        case "between":
            return _between(node, fact, issues)
        case "within":
            return _within(node, facts, issues)
        case _:
            edge = _edge(key, node, fact, issues)
            if edge is None:
                return None
            return Range(edge, None) if EDGES[key][0] == "low" else Range(None, edge)


def _is_one_of(nodes: tuple[Scalar, ...], fact: Fact, issues: list[Issue]) -> Test | None:
    values = [value for node in nodes if (value := _value(node, fact, issues)) is not None]
    if len(values) < len(nodes):
        return None
    if isinstance(fact, SetOf):
        return IncludesAnyOf(frozenset(str(value) for value in values))
    return IsOneOf(frozenset(values))


def _between(node: YamlNode, fact: Fact, issues: list[Issue]) -> Range | None:
    if not isinstance(node, Mapping):
        issues.append(wrong_kind(node.place, "two edges such as {at least: 50, at most: 77}", described(node)))
        return None
    edges: dict[str, Bound] = {}
    fields = Fields(node, "the range", issues)
    fields.allow(EDGES)
    stated = [(key, value) for key, value in node.pairs if key.text in EDGES]
    if sorted(EDGES[key.text][0] for key, _ in stated) != ["high", "low"]:
        if len(stated) == len(node.pairs):
            found = listed([f"`{key.text}`" for key, _ in stated], "and") or "neither"
            issues.append(wrong_kind(node.place, "one lower and one upper edge", found))
        return None
    for key, value in stated:
        if (edge := _edge(key.text, value, fact, issues)) is not None:
            edges[EDGES[key.text][0]] = edge
    if len(edges) < 2:
        return None
    low, high = edges["low"], edges["high"]
    if is_empty(low, high, fact):
        issues.append(empty_range(node.place))
        return None
    return Range(low, high)


def is_empty(low: Bound, high: Bound, fact: Fact) -> bool:
    """Whether no answer lies between two edges; between days or options that follow each other there is none."""
    bottom, top = ordinal(low.value, fact), ordinal(high.value, fact)
    excluded = (not low.included) + (not high.included)
    if isinstance(fact, Number):
        return bottom > top or (bottom == top and excluded > 0)
    return top - bottom < excluded


def ordinal(value: Amount | date | str, fact: Fact) -> Amount:
    """A value's position in the order of its fact."""
    match value:
        case str():
            assert isinstance(fact, OneOf)
            return [option.id for option in fact.options].index(value)
        case date():
            return value.toordinal()
        case _:
            return value


def _edge(key: str, node: YamlNode, fact: Fact, issues: list[Issue]) -> Bound | None:
    if not isinstance(node, Scalar):
        issues.append(wrong_kind(node.place, "one value", described(node)))
        return None
    value = _value(node, fact, issues)
    if value is None or isinstance(value, bool):
        return None
    return Bound(value, EDGES[key][1])


def _value(node: Scalar, fact: Fact, issues: list[Issue]) -> bool | Amount | date | str | None:
    match fact:
        case YesNo():
            if node.boolean is None:
                issues.append(wrong_kind(node.place, "yes or no", described(node)))
            return node.boolean
        case Number():
            number = node.number
            if number is None:
                issues.append(wrong_kind(node.place, "a number", described(node)))
                return None
            if reason := out_of_bounds(number, fact):
                issues.append(impossible_value(node.place, shortened(node.text), reason))
                return None
            return number
        case Day():
            day = as_day(node.text)
            if day is None:
                issues.append(malformed_date(node.place, node.text))
            return day
        case OneOf() | SetOf():
            if node.text not in fact.names:
                issues.append(unknown_option(node.place, node.text, fact.id, fact.names))
                return None
            return node.text
        case _:
            assert_never(fact)


def _within(node: YamlNode, facts: dict[str, Fact], issues: list[Issue]) -> Within | None:
    text = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
    match = _DURATION.fullmatch(text)
    if match is None:
        issues.append(malformed_duration(node.place, text or described(node)))
        return None
    duration = Duration(int(match[1]), Unit(match[2] + "s"))
    direction = Direction(match[3])
    if match[4] == "request":
        return Within(duration, direction, None)
    dates = [id for id, fact in facts.items() if isinstance(fact, Day)]
    if match[4] not in dates:
        issues.append(unknown_fact(node.place, match[4], ["request", *dates]))
        return None
    return Within(duration, direction, match[4])
