"""A second state of a generated policy: one thing in it edited, as an author could have edited it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import assert_never

from hypothesis import strategies as st

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
    ListOf,
    Logic,
    Not,
    Period,
    Range,
    Reference,
    Within,
    walk,
)
from cdispec.model.facts import Number, OneOf, Option, SetOf
from cdispec.model.policy import Policy, all_criteria, blocks
from tests.strategies import PLACE, TODAY

Edit = Callable[[Criterion], Criterion]


@st.composite
def mutated(draw: st.DrawFn, policy: Policy) -> Policy:
    """The policy with one or two edits."""
    for _ in range(draw(st.integers(1, 2))):
        kinds = ["criterion"] * 6 + ["outcome", "otherwise", "option", "no option", "bounds", "order"]
        edited = _EDITS[draw(st.sampled_from(kinds))](draw, policy)
        policy = edited if _sound(edited) else policy
    return policy


def _sound(policy: Policy) -> bool:
    """Whether every reference still leads to a criterion."""
    references = (node.logic for node in all_criteria(policy) if isinstance(node.logic, Reference))
    return all(reference.to in policy.criteria for reference in references)


def _criterion(draw: st.DrawFn, policy: Policy) -> Policy:
    """One criterion edited."""
    chosen = draw(st.sampled_from([node.id for node in all_criteria(policy)]))
    return _with(policy, lambda node: _edited(draw, node, policy) if node.id == chosen else node)


def _edited(draw: st.DrawFn, node: Criterion, policy: Policy) -> Criterion:
    if draw(st.integers(0, 5)) == 0:
        start = TODAY + timedelta(draw(st.integers(-3, 3)))
        return replace(node, valid=draw(st.sampled_from([Period(), Period(start), Period(None, start)])))
    if node.unless is not None and draw(st.booleans()):
        return replace(node, unless=None)
    logic = node.logic
    match logic:
        case AllOf(of):
            return replace(node, logic=_list(draw, of, Truth.TRUE))
        case AnyOf(of, open):
            return replace(node, logic=AnyOf(of[:-1], False) if open else _list(draw, of, Truth.FALSE))
        case AtLeast(count, of):
            return replace(node, logic=AtLeast(draw(st.sampled_from([1, count % len(of) + 1])), of))
        case ListOf(of=of):
            return replace(node, logic=_list(draw, of, Truth.FALSE))
        case Not(of):
            return replace(node, logic=AllOf((replace(of, set_aside=Truth.TRUE),)))
        case Reference(to):
            return replace(node, logic=policy.criteria[to].logic if not _has_members(policy.criteria[to]) else logic)
        case Comparison():
            return replace(node, logic=_comparison(draw, logic, policy))
        case _:
            assert_never(logic)


def _has_members(node: Criterion) -> bool:
    return not isinstance(node.logic, Comparison)


def _list(draw: st.DrawFn, of: tuple[Criterion, ...], set_aside: Truth) -> Logic:
    """A member dropped, or the members put together in another way."""
    if len(of) > 1 and draw(st.booleans()):
        gone = draw(st.integers(0, len(of) - 1))
        of = of[:gone] + of[gone + 1 :]
    turned = draw(st.booleans())
    aside = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}[set_aside] if turned else set_aside
    members = tuple(replace(member, set_aside=aside) for member in of)
    return AllOf(members) if aside is Truth.TRUE else AnyOf(members, False)


def _comparison(draw: st.DrawFn, logic: Comparison, policy: Policy) -> Comparison:
    fact, test = policy.facts[logic.fact], logic.test
    match test:
        case Range(low, high):
            moved = Range(_moved(draw, low), _moved(draw, high))
            return Comparison(fact.id, moved)
        case Within(duration, direction, anchor):
            longer = replace(duration, count=duration.count + draw(st.integers(0, 2)))
            return Comparison(fact.id, Within(longer, direction, draw(st.sampled_from([None, anchor]))))
        case IsOneOf(values) if values <= {True, False} and all(isinstance(value, bool) for value in values):
            return Comparison(fact.id, IsOneOf(frozenset({True, False} - values) or values))
        case IsOneOf(values) if isinstance(fact, OneOf):
            return Comparison(fact.id, IsOneOf(values ^ {fact.options[0].id} or values))
        case IncludesAnyOf(options) if isinstance(fact, SetOf):
            return Comparison(fact.id, IncludesAnyOf(options ^ {fact.options[0].id} or options))
        case _:
            return logic


def _moved(draw: st.DrawFn, edge: Bound | None) -> Bound | None:
    """The edge included or not, and a number or a date a little farther."""
    if edge is None:
        return None
    value = edge.value
    if draw(st.booleans()):
        return Bound(value, not edge.included)
    if isinstance(value, str):
        return edge
    if isinstance(value, int | Decimal):
        return Bound(value + Decimal(draw(st.sampled_from(["-1", "0.5"]))), edge.included)
    return Bound(value + timedelta(draw(st.sampled_from([-1, 1]))), edge.included)


def _outcome(draw: st.DrawFn, policy: Policy) -> Policy:
    number = draw(st.integers(0, len(policy.rules) - 1))
    rules = list(policy.rules)
    rules[number] = replace(rules[number], outcome=draw(st.sampled_from(policy.stated_outcomes)))
    return replace(policy, rules=policy.by_precedence(rules))


def _otherwise(draw: st.DrawFn, policy: Policy) -> Policy:
    rest = tuple(replace(one, outcome=draw(st.sampled_from(policy.stated_outcomes))) for one in policy.otherwise)
    return replace(policy, otherwise=rest if draw(st.booleans()) else ())


def _order(_: st.DrawFn, policy: Policy) -> Policy:
    return replace(policy, rules=policy.by_precedence(reversed(policy.rules)))


def _option(draw: st.DrawFn, policy: Policy) -> Policy:
    """An option that a fact did not have, first or last."""
    lists = [fact for fact in policy.facts.values() if isinstance(fact, OneOf | SetOf)]
    if not lists:
        return policy
    fact = draw(st.sampled_from(lists))
    new = Option(f"{fact.id}-new", f"new of {fact.id}", PLACE)
    if new in fact.options:
        return policy
    options = (new, *fact.options) if draw(st.booleans()) else (*fact.options, new)
    told = replace(policy, facts={**policy.facts, fact.id: replace(fact, options=options)})
    asking = [node.id for node in all_criteria(policy) if isinstance(node.logic, Comparison)]
    if not asking:
        return told
    chosen = draw(st.sampled_from(asking))
    test = IncludesAnyOf(frozenset([new.id])) if isinstance(fact, SetOf) else IsOneOf(frozenset([new.id]))
    return _with(told, lambda node: replace(node, logic=Comparison(fact.id, test)) if node.id == chosen else node)


def _no_option(draw: st.DrawFn, policy: Policy) -> Policy:
    """An option that no criterion names is an answer no longer."""
    named: set[object] = set()
    for node in all_criteria(policy):
        if isinstance(node.logic, Comparison):
            match node.logic.test:
                case IsOneOf(values):
                    named |= values
                case IncludesAnyOf(options):
                    named |= options
                case Range(low, high):
                    named |= {bound.value for bound in (low, high) if bound is not None}
                case Within():
                    pass
                case _:
                    assert_never(node.logic.test)
    facts = dict(policy.facts)
    for fact in policy.facts.values():
        if isinstance(fact, OneOf | SetOf):
            kept = tuple(option for option in fact.options if option.id in named)
            facts[fact.id] = replace(fact, options=kept or fact.options[:1])
    return replace(policy, facts=facts)


def _bounds(draw: st.DrawFn, policy: Policy) -> Policy:
    """Other numbers can be told; in another unit, none that could be before."""
    low, high = draw(st.sampled_from([(None, None), (1, None), (None, 8), (2, 7)]))
    unit = draw(st.sampled_from(["years", "years", "months"]))
    facts = {
        id: replace(fact, minimum=low, maximum=high, unit=unit) if isinstance(fact, Number) else fact
        for id, fact in policy.facts.items()
    }
    return replace(policy, facts=facts)


_EDITS: dict[str, Callable[[st.DrawFn, Policy], Policy]] = {
    "criterion": _criterion,
    "outcome": _outcome,
    "otherwise": _otherwise,
    "option": _option,
    "no option": _no_option,
    "bounds": _bounds,
    "order": _order,
}


def _with(policy: Policy, edit: Edit) -> Policy:
    """The policy with an edit to each of its criteria, from the leaves up."""

    def below(node: Criterion) -> Criterion:
        guard = None if node.unless is None else below(node.unless)
        return edit(replace(node, unless=guard, logic=members(node.logic)))

    def members(logic: Logic) -> Logic:
        match logic:
            case ListOf(of=of):
                return replace(logic, of=tuple(map(below, of)))
            case Not(of):
                return Not(below(of))
            case Comparison() | Reference():
                return logic
            case _:
                assert_never(logic)

    turned = replace(
        policy,
        rules=tuple(replace(rule, criterion=below(rule.criterion)) for rule in policy.rules),
        classifications=tuple(replace(named, criterion=below(named.criterion)) for named in policy.classifications),
        shared=tuple(replace(block, criterion=below(block.criterion)) for block in policy.shared),
    )
    criteria = {node.id: node for block in blocks(turned) for node in walk(block.criterion)}
    clauses = {id: node.label for id, node in criteria.items()} | {rest.id: rest.label for rest in turned.otherwise}
    return replace(turned, criteria=criteria, clauses=clauses)
