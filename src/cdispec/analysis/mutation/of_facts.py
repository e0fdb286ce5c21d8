"""Slips in what a fact declares, as they show wherever it is asked, and in what silence about it means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import assert_never

from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.of_comparisons import Stated
from cdispec.analysis.mutation.of_logic import answered_otherwise
from cdispec.analysis.mutation.slip import Edit, Misread, Rewritten, Slip
from cdispec.logic import Truth
from cdispec.model.criteria import Bound, Comparison, Criterion, Elapsed, HasNone, IncludesAnyOf, IsOneOf, Range, Test
from cdispec.model.facts import Day, Number, OneOf, Option, SetOf, YesNo, has_options, list_of, may_be_none
from cdispec.model.policy import Policy

STANDING_IN = "stands in for "


def sentences_crossed(fact: YesNo, ground: Ground) -> Iterator[Slip]:
    """The sentences for yes and for no have changed places."""
    swaps = {
        one.id: replace(one, logic=answered_otherwise(one.logic))
        for one in ground.criteria
        if isinstance(one.logic, Comparison) and one.logic.fact == fact.id
    }
    phrase, negative = f"phrase: {fact.phrase}", f"negative: {fact.negative}"
    edits = (
        Rewritten(fact.place, phrase, f"phrase: {fact.negative}"),
        Rewritten(fact.place, negative, f"negative: {fact.phrase}"),
    )
    yield from _everywhere(swaps, ground, *edits)


def unit_of_ten(fact: Number, ground: Ground) -> Iterator[Slip]:
    """A number is asked in a unit ten times as large."""

    def scaled(value: Stated) -> Stated:
        return value if isinstance(value, bool | str | date) else value * 10

    edit = Rewritten(fact.place, f"unit: {fact.unit}", f"unit: 10 {fact.unit}")
    yield from _everywhere(_asked_of(fact.id, scaled, ground), ground, edit)


def dates_crossed(fact: Day, ground: Ground) -> Iterator[Slip]:
    """Two dates have changed places."""
    every = (other for other in ground.policy.facts.values() if isinstance(other, Day))
    days = [other for other in every if list_of(other.id) == list_of(fact.id)]
    for other in days[days.index(fact) + 1 :][:1]:
        crossed = {fact.id: other.id, other.id: fact.id}
        swaps = {}
        for one in ground.criteria:
            if isinstance(one.logic, Comparison) and crossed.keys() & {*one.logic.facts}:
                asked, test = one.logic.fact, one.logic.test
                if isinstance(test, Elapsed) and test.anchor is not None:
                    test = replace(test, anchor=crossed.get(test.anchor, test.anchor))
                swaps[one.id] = replace(one, logic=Comparison(crossed.get(asked, asked), test))
        first, second = f"phrase: {fact.phrase}", f"phrase: {other.phrase}"
        yield from _everywhere(
            swaps, ground, Rewritten(fact.place, first, second), Rewritten(other.place, second, first)
        )


def options_crossed(fact: OneOf | SetOf, ground: Ground) -> Iterator[Slip]:
    """The names of two options that stand next to each other have changed places."""
    for one, other in pairwise(fact.options) if has_options(fact) else ():
        names = {one.id: other.id, other.id: one.id}

        def crossed(value: Stated, names: Mapping[str, str] = names) -> Stated:
            return names.get(value, value) if isinstance(value, str) else value

        edits = (
            Rewritten(one.place, f"{one.id}: {one.name}", f"{one.id}: {other.name}"),
            Rewritten(other.place, f"{other.id}: {other.name}", f"{other.id}: {one.name}"),
        )
        yield from _everywhere(_asked_of(fact.id, crossed, ground), ground, *edits)


def order_turned(fact: OneOf, ground: Ground) -> Iterator[Slip]:
    """Two options that stand next to each other in an order have changed places."""
    for place in range(len(fact.options) - 1) if fact.ordered else ():
        one, other = fact.options[place : place + 2]
        order = [*fact.options[:place], other, one, *fact.options[place + 2 :]]
        swaps = {}
        for criterion in ground.criteria:
            logic = criterion.logic
            if isinstance(logic, Comparison) and logic.fact == fact.id and isinstance(logic.test, Range):
                passing = IsOneOf(frozenset(_passing(logic.test, order)))
                swaps[criterion.id] = replace(criterion, logic=Comparison(fact.id, passing))
        first, second = f"{one.id}: {one.name}", f"{other.id}: {other.name}"
        yield from _everywhere(
            swaps, ground, Rewritten(one.place, first, second), Rewritten(other.place, second, first)
        )


def _passing(test: Range, order: list[Option]) -> list[str]:
    """The options of an order that lie in a range."""
    ids = [option.id for option in order]
    first, last = 0, len(ids) - 1
    if test.low is not None:
        first = ids.index(str(test.low.value)) + (not test.low.included)
    if test.high is not None:
        last = ids.index(str(test.high.value)) - (not test.high.included)
    return ids[first : last + 1]


def _asked_of(fact: str, told: Callable[[Stated], Stated], ground: Ground) -> dict[str, Criterion]:
    """Everything that asks a fact, of which each value is told otherwise."""
    swaps = {}
    for one in ground.criteria:
        if isinstance(one.logic, Comparison) and one.logic.fact == fact:
            test = _telling(one.logic.test, told)
            if test != one.logic.test:
                swaps[one.id] = replace(one, logic=Comparison(fact, test))
    return swaps


def _telling(test: Test, told: Callable[[Stated], Stated]) -> Test:
    match test:
        case IsOneOf(values):
            return IsOneOf(frozenset(map(told, values)))
        case IncludesAnyOf(options):
            return IncludesAnyOf(frozenset(str(told(option)) for option in options), test.sets)
        case Range(low, high):
            return Range(_told(low, told), _told(high, told))
        case Elapsed() | HasNone():
            return test
        case _:
            assert_never(test)


def _told(bound: Bound | None, told: Callable[[Stated], Stated]) -> Bound | None:
    if bound is None:
        return None
    value = told(bound.value)
    assert not isinstance(value, bool)
    return Bound(value, bound.included)


def _everywhere(swaps: Mapping[str, Criterion], ground: Ground, *edits: Edit) -> Iterator[Slip]:
    if swaps:
        yield ground.several(swaps, *edits)


def unknown_as_no(criterion: Criterion, _: Comparison, ground: Ground) -> Iterator[Slip]:
    """What is not known of a fact is taken for an answer that does not pass."""
    yield _misread(criterion, Truth.FALSE, False, ground)


def silence_as_yes(criterion: Criterion, _: Comparison, ground: Ground) -> Iterator[Slip]:
    """What a complete record does not say of a fact is taken for an answer that passes."""
    yield _misread(criterion, Truth.TRUE, True, ground)


def none_as_unknown(criterion: Criterion, comparison: Comparison, ground: Ground) -> Iterator[Slip]:
    """That a fact has no value is taken for a value that is not known."""
    if any(may_be_none(ground.policy.facts[fact]) for fact in comparison.facts):
        yield _misread(criterion, Truth.UNKNOWN, False, ground)


def _misread(criterion: Criterion, read_as: Truth, silent: bool, ground: Ground) -> Slip:
    """The comparison as another fact: what is known of it is known of that."""
    how = " in silence" if silent else " where there is none" if read_as is Truth.UNKNOWN else ""
    fact = f"{STANDING_IN}{criterion.id}{how}"
    new = replace(criterion, logic=Comparison(fact, IsOneOf(frozenset([True]))))
    edit = Misread(criterion.place, criterion.id, read_as, silent)
    edited = ground.tree.with_criteria({criterion.id: new})
    return Slip((edit,), replace(edited, policy=asking_also(edited.policy, fact)), fact)


def asking_also(policy: Policy, *facts: str) -> Policy:
    """A policy with yes-no facts that no author declared."""
    place = policy.head_place("number")
    more = {fact: YesNo(fact, fact, fact, f"not {fact}", place) for fact in facts}
    return replace(policy, facts={**policy.facts, **more})
