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
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    Length,
    ListOf,
    Logic,
    Not,
    OfRows,
    Period,
    Range,
    Reference,
    walk,
)
from cdispec.model.facts import REQUEST, Day, Fact, Number, OneOf, Option, SetOf
from cdispec.model.policy import Policy, all_criteria, blocks
from cdispec.parse.elapsed import has_a_day
from tests.choices import Choices, chosen
from tests.strategies import PLACE, TODAY

Edit = Callable[[Criterion], Criterion]


def mutated(policy: Policy) -> st.SearchStrategy[Policy]:
    """The policy with one or two edits."""
    return chosen(lambda choices: mutated_by(choices, policy), 32)


def mutated_by(choices: Choices, policy: Policy) -> Policy:
    """The policy with one or two edits."""
    for _ in range(choices.between(1, 2)):
        edited = choices.of(_EDITS)(choices, policy)
        policy = edited if _sound(edited) else policy
    return policy


def _sound(policy: Policy) -> bool:
    """Whether every reference still leads to a criterion."""
    references = (node.logic for node in all_criteria(policy) if isinstance(node.logic, Reference))
    return all(reference.to in policy.criteria for reference in references)


def _criterion(choices: Choices, policy: Policy) -> Policy:
    """One criterion edited."""
    picked = choices.of([node.id for node in all_criteria(policy)])
    return _with(policy, lambda node: _edited(choices, node, policy) if node.id == picked else node)


def _edited(choices: Choices, node: Criterion, policy: Policy) -> Criterion:
    if choices.rarely():
        start = TODAY + timedelta(choices.between(-3, 3))
        return replace(node, valid=choices.of([Period(), Period(start), Period(None, start)]))
    if node.unless is not None and choices.either():
        return replace(node, unless=None)
    logic = node.logic
    match logic:
        case AllOf(of):
            return replace(node, logic=_list(choices, of, Truth.TRUE))
        case AnyOf(of, open):
            return replace(node, logic=AnyOf(of[:-1], False) if open else _list(choices, of, Truth.FALSE))
        case AtLeast(count, of):
            return replace(node, logic=AtLeast(choices.of([1, count % len(of) + 1]), of))
        case ListOf(of=of):
            return replace(node, logic=_list(choices, of, Truth.FALSE))
        case Not(of):
            return replace(node, logic=AllOf((replace(of, set_aside=Truth.TRUE),)))
        case Reference(to):
            return replace(node, logic=policy.criteria[to].logic if not _has_members(policy.criteria[to]) else logic)
        case Comparison():
            return replace(node, logic=_comparison(choices, logic, policy))
        case OfRows():
            return node
        case _:
            assert_never(logic)


def _has_members(node: Criterion) -> bool:
    return not isinstance(node.logic, Comparison)


def _list(choices: Choices, of: tuple[Criterion, ...], set_aside: Truth) -> Logic:
    """A member dropped, or the members put together in another way."""
    if len(of) > 1 and choices.either():
        gone = choices.below(len(of))
        of = of[:gone] + of[gone + 1 :]
    turned = choices.either()
    aside = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}[set_aside] if turned else set_aside
    members = tuple(replace(member, set_aside=aside) for member in of)
    return AllOf(members) if aside is Truth.TRUE else AnyOf(members, False)


def _longer(choices: Choices, length: Length | None) -> Length | None:
    if length is None:
        return None
    count = length.duration.count + choices.between(0, 2)
    return Length(replace(length.duration, count=count), length.included)


def _comparison(choices: Choices, logic: Comparison, policy: Policy) -> Comparison:
    fact, test = policy.compared(logic), logic.test
    match test:
        case Range(low, high):
            moved = Range(_moved(choices, fact, low), _moved(choices, fact, high))
            return Comparison(fact.id, moved)
        case Elapsed(anchor=anchor):
            if logic.fact != REQUEST:
                anchor = choices.of([None, anchor])
            near, far = (_longer(choices, length) for length in (test.low, test.high))
            longer = replace(test, anchor=anchor, low=near, high=far)
            return Comparison(fact.id, longer if has_a_day(longer) else replace(longer, low=None))
        case IsOneOf(values) if values <= {True, False} and all(isinstance(value, bool) for value in values):
            return Comparison(fact.id, IsOneOf(frozenset({True, False} - values) or values))
        case IsOneOf(values) if isinstance(fact, OneOf):
            return Comparison(fact.id, IsOneOf(values ^ {fact.options[0].id} or values))
        case IncludesAnyOf(options) if isinstance(fact, SetOf):
            return Comparison(fact.id, IncludesAnyOf(options ^ {fact.options[0].id} or options))
        case _:
            return logic


def _moved(choices: Choices, fact: Fact, edge: Bound | None) -> Bound | None:
    """The edge included or not, and a number or a date a little farther."""
    if edge is None:
        return None
    value = edge.value
    if choices.either():
        return Bound(value, not edge.included)
    if isinstance(value, str):
        return edge
    if isinstance(value, int | Decimal):
        whole = isinstance(fact, Number) and fact.whole
        return Bound(value + (choices.of([-1, 1]) if whole else Decimal(choices.of(["-1", "0.5"]))), edge.included)
    return Bound(value + timedelta(choices.of([-1, 1])), edge.included)


def _outcome(choices: Choices, policy: Policy) -> Policy:
    number = choices.below(len(policy.rules))
    rules = list(policy.rules)
    rules[number] = replace(rules[number], outcome=choices.of(policy.stated_outcomes))
    return replace(policy, rules=policy.by_precedence(rules))


def _otherwise(choices: Choices, policy: Policy) -> Policy:
    rest = tuple(replace(one, outcome=choices.of(policy.stated_outcomes)) for one in policy.otherwise)
    return replace(policy, otherwise=rest if choices.either() else ())


def _order(_: Choices, policy: Policy) -> Policy:
    return replace(policy, rules=policy.by_precedence(reversed(policy.rules)))


def _option(choices: Choices, policy: Policy) -> Policy:
    """An option that a fact did not have, first or last."""
    lists = [fact for fact in policy.facts.values() if isinstance(fact, OneOf | SetOf)]
    if not lists:
        return policy
    fact = choices.of(lists)
    new = Option(f"{fact.id}-new", f"new of {fact.id}", PLACE)
    if new in fact.options:
        return policy
    options = (new, *fact.options) if choices.either() else (*fact.options, new)
    told = replace(policy, facts={**policy.facts, fact.id: replace(fact, options=options)})
    asking = [node.id for node in all_criteria(policy) if isinstance(node.logic, Comparison)]
    if not asking:
        return told
    picked = choices.of(asking)
    test = IncludesAnyOf(frozenset([new.id])) if isinstance(fact, SetOf) else IsOneOf(frozenset([new.id]))
    return _with(told, lambda node: replace(node, logic=Comparison(fact.id, test)) if node.id == picked else node)


def _no_option(choices: Choices, policy: Policy) -> Policy:
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
                case Elapsed() | HasNone():
                    pass
                case _:
                    assert_never(node.logic.test)
    facts = dict(policy.facts)
    for fact in policy.facts.values():
        if isinstance(fact, OneOf | SetOf):
            kept = tuple(option for option in fact.options if option.id in named)
            facts[fact.id] = replace(fact, options=kept or fact.options[:1])
    return replace(policy, facts=facts)


def _bounds(choices: Choices, policy: Policy) -> Policy:
    """Other numbers can be told; in another unit, none that could be before."""
    low, high = choices.of([(None, None), (1, None), (None, 8), (2, 7)])
    unit = choices.of(["years", "years", "months"])
    facts = {
        id: replace(fact, minimum=low, maximum=high, unit=unit, whole=False) if isinstance(fact, Number) else fact
        for id, fact in policy.facts.items()
    }
    return replace(policy, facts=facts)


def _none(_: Choices, policy: Policy) -> Policy:
    """What may have no value always has one, and the reverse."""
    facts = {
        id: replace(fact, none="" if fact.none else f"there is no {id}")
        if isinstance(fact, Number | Day | OneOf)
        else fact
        for id, fact in policy.facts.items()
    }
    return replace(policy, facts=facts)


_EDITS: list[Callable[[Choices, Policy], Policy]] = [
    *[_criterion] * 6,
    *(_outcome, _otherwise, _option, _no_option, _bounds, _order, _none),
]


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
            case Comparison() | Reference() | OfRows():
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
