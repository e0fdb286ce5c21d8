"""Edges that are worked out: a number beside what a formula comes to, read as a measure that is compared with 0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cdispec.issues.measures import malformed_formula, unknown_operand
from cdispec.model.criteria import Bound, Comparison, Range
from cdispec.model.facts import Fact, Number, may_be_none
from cdispec.model.formulas import Formula, Measure, Operand, Operation, operands_of, spoken_formula, written_formula
from cdispec.model.phrases import named
from cdispec.parse.comparisons import KEYS
from cdispec.parse.elapsed import EDGES
from cdispec.parse.fields import Fields
from cdispec.parse.formulas import read_formula
from cdispec.parse.meant import number_meant
from cdispec.parse.measures import worked
from cdispec.parse.yamltree import Mapping as YamlMapping
from cdispec.parse.yamltree import Scalar, Sequence, YamlNode, shortened
from cdispec.source import Issue

_FORMULA = re.compile(r"[a-z)]\s*[-+*/^]\s|[*/+]\s*[a-z(]")
_UNSIGNED = re.compile(r"(\d+(?:\.\d+)?)([a-z][a-z0-9-]*)")
_SIGNS = {"*": " times ", "/": " by ", "+": " plus ", " - ": " less ", "^": " to "}


def stated_beside(fields: Fields, fact: Fact, facts: Mapping[str, Fact]) -> str:
    """The key of an edge at which a formula stands, or another number alone; "" where there is none."""
    [*keys] = (key for key in KEYS if key in fields)
    if len(keys) != 1 or keys[0] not in EDGES or not isinstance(fact, Number):
        return ""
    node = fields[keys[0]]
    if number_meant(node.text, fact.unit):
        return ""
    is_formula = isinstance(node, Scalar) and (isinstance(facts.get(node.text), Number) or _FORMULA.search(node.text))
    return keys[0] if is_formula else ""


def misread_formula(fields: Fields, fact: Number, facts: Mapping[str, Fact]) -> Issue | None:
    """What is wrong with a formula that stands where a number is compared with none, or that lacks a sign."""
    [*keys] = (key for key in KEYS if key in fields)
    for key in keys[:1]:
        for node in _scalars(fields[key]):
            numbers = [id for id, fact in facts.items() if isinstance(fact, Number)]
            unsigned = _UNSIGNED.fullmatch(node.text)
            if unsigned is not None and unsigned[2] in numbers:
                problem = f"has no sign between its parts: write `{unsigned[1]} * {unsigned[2]}`"
                return malformed_formula(node.place, node.text, problem)
            named = node.text if unsigned is None else unsigned[2]
            if named in facts and named not in numbers:
                return unknown_operand(node.place, named, numbers)
            if number_meant(node.text, fact.unit):
                continue
            if node.text in numbers or (node.number is None and _FORMULA.search(node.text)):
                edges = ", ".join(f"`{edge}:`" for edge in EDGES)
                problem = f"cannot stand at `{key}:`: a number is compared with a formula at one edge ({edges})"
                return malformed_formula(node.place, shortened(node.text), problem)
    return None


def _scalars(node: YamlNode) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence(items=items):
            yield from (item for item in items if isinstance(item, Scalar))
        case YamlMapping(pairs=pairs):
            yield from (value for _, value in pairs if isinstance(value, Scalar))


def read_beside(key: str, fields: Fields, fact: Number, facts: dict[str, Fact]) -> Comparison | None:
    """A number beside a formula: the measure that it is less the formula, which the policy then has, beside 0."""
    node, issues = fields[key], fields.issues
    assert isinstance(node, Scalar)
    formula = read_formula(node, issues)
    if formula is None:
        return None
    numbers = [id for id, other in facts.items() if isinstance(other, Number)]
    unknown = [id for id in operands_of(formula) if id not in numbers]
    if unknown:
        issues += [unknown_operand(node.place, id, numbers) for id in unknown]
        return None
    difference = _difference(fact, formula, fields, key, facts)
    found, wrong = worked({**facts, difference.id: difference})
    if wrong:
        issues += [replace(one, message=one.message.replace(difference.id, fact.id)) for one in wrong]
        return None
    facts[difference.id] = found[difference.id]
    side, included = EDGES[key]
    edge = Bound(0, included)
    return Comparison(difference.id, Range(edge, None) if side == "low" else Range(None, edge))


def _difference(fact: Number, formula: Formula, fields: Fields, key: str, facts: dict[str, Fact]) -> Number:
    words = spoken_formula(formula, lambda id: named(facts[id]))
    name = f"{fact.name} less {words}"
    operands = [facts[id] for id in (fact.id, *operands_of(formula))]
    measure = Measure(Operation("-", Operand(fact.id), formula), None, fields.at(key), beside=True)
    return Number(
        id=_id(fact, formula, measure, facts),
        question=f"What is {name}?",
        name=name,
        phrase=f"{name} is {{value}} {fact.unit}",
        unit=fact.unit,
        minimum=None,
        maximum=None,
        place=fields.at(key),
        none=" or ".join(operand.none for operand in operands if may_be_none(operand)),
        measure=measure,
    )


def _id(fact: Number, formula: Formula, measure: Measure, facts: dict[str, Fact]) -> str:
    """An id that says what it is; the same for the same formula."""
    words = written_formula(formula, str)
    for sign, word in _SIGNS.items():
        words = words.replace(sign, word)
    id = f"{fact.id}-beside-{'-'.join(re.findall('[a-z0-9]+', words))}"
    taken = facts.get(id)
    while taken is not None and not (
        isinstance(taken, Number) and taken.measure and taken.measure.stated == measure.stated
    ):
        id = f"{id}-again"
        taken = facts.get(id)
    return id
