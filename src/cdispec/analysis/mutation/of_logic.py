"""Slips in the logic of lists, in "not" and in references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cdispec.analysis.changes.stated import of_criterion
from cdispec.analysis.mutation.ground import Ground, aside_of, set_aside
from cdispec.analysis.mutation.slip import Inserted, Removed, Rewritten, Slip
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    IncludesAnyOf,
    IsOneOf,
    Not,
    Period,
    Quantified,
    Reference,
)
from cdispec.model.facts import OneOf, SetOf, YesNo


def all_as_any(criterion: Criterion, logic: AllOf, ground: Ground) -> Iterator[Slip]:
    """One of a list is enough of which all are asked."""
    if len(logic.of) > 1:
        yield ground.slip(criterion, replace(criterion, logic=AnyOf(set_aside(logic.of, Truth.FALSE), False)))


def any_as_all(criterion: Criterion, logic: AnyOf, ground: Ground) -> Iterator[Slip]:
    """All of a list are asked of which one is enough."""
    if len(logic.of) > 1:
        new = replace(criterion, logic=AllOf(set_aside(logic.of, Truth.TRUE)))
        yield ground.slip(criterion, new, Rewritten(criterion.place, "any:", "all:"))


def any_as_two(criterion: Criterion, logic: AnyOf, ground: Ground) -> Iterator[Slip]:
    """Two of a list are asked of which one is enough."""
    if len(logic.of) > 2:
        new = replace(criterion, logic=AtLeast(2, logic.of))
        yield ground.slip(criterion, new, Rewritten(criterion.place, "any:", "at least 2 of:"))


def open_list_closed(criterion: Criterion, logic: AnyOf, ground: Ground) -> Iterator[Slip]:
    """What an open list does not list does not count."""
    if logic.open and ground.droppable(logic.of[-1]):
        new = replace(criterion, logic=AnyOf(logic.of[:-1], False))
        yield ground.slip(criterion, new, Removed(criterion.place, f"open: {logic.of[-1].id}"))


def count_moved(criterion: Criterion, logic: AtLeast, ground: Ground) -> Iterator[Slip]:
    """One more or one less of a list is asked."""
    for count in (logic.count - 1, logic.count + 1):
        if 1 <= count <= len(logic.of):
            yield ground.slip(criterion, replace(criterion, logic=AtLeast(count, logic.of)))


def item_dropped(criterion: Criterion, logic: Quantified, ground: Ground) -> Iterator[Slip]:
    """An item is left out of a list."""
    unlisted = logic.of[-1:] if isinstance(logic, AnyOf) and logic.open else ()
    least = logic.count if isinstance(logic, AtLeast) else 1
    for member in logic.of if len(logic.of) > least else ():
        if member not in unlisted and ground.droppable(member):
            rest = tuple(other for other in logic.of if other is not member)
            new = replace(criterion, logic=replace(logic, of=rest))
            yield ground.slip(criterion, new, Removed(member.place, f"`{member.id}`"))


def item_added(criterion: Criterion, logic: Quantified, ground: Ground) -> Iterator[Slip]:
    """A list has an item more: of a list of options one that it lacks, of others the comparison next to it."""
    more = _unlisted_option(logic, ground)
    if more is None and (neighbour := ground.neighbour(criterion)) is not None:
        assert isinstance(neighbour.logic, Comparison)
        more = neighbour.logic
    if more is None:
        return
    last = logic.of[-1]
    id = f"{criterion.id} too"
    added = Criterion(id, last.label, None, (), more, None, Period(), aside_of(logic), last.place)
    new = replace(criterion, logic=replace(logic, of=(*logic.of, added)))
    yield ground.slip(
        criterion, new, Inserted(last.place, f"- {{{', '.join(of_criterion(added, ground.policy).values())}}}")
    )


def _unlisted_option(logic: Quantified, ground: Ground) -> Comparison | None:
    compared = [member.logic for member in logic.of if isinstance(member.logic, Comparison)]
    facts = {comparison.fact for comparison in compared}
    if len(compared) < len(logic.of) or len(facts) != 1:
        return None
    fact = ground.policy.compared(compared[0])
    if not isinstance(fact, OneOf | SetOf):
        return None
    listed = {comparison.test for comparison in compared}
    for option in fact.options:
        asks = _asks(fact, option.id)
        if asks not in listed:
            return Comparison(fact.id, asks)
    return None


def _asks(fact: OneOf | SetOf, option: str) -> IsOneOf | IncludesAnyOf:
    if isinstance(fact, OneOf):
        return IsOneOf(frozenset([option]))
    sets = () if fact.codes is None else fact.codes.sets
    return IncludesAnyOf(frozenset([option]), any(one.id == option and one.file for one in sets))


def not_dropped(criterion: Criterion, logic: Not, ground: Ground) -> Iterator[Slip]:
    """What must not be so must be so."""
    new = replace(criterion, logic=AllOf(set_aside((logic.of,), Truth.TRUE)))
    yield ground.slip(criterion, new, Rewritten(criterion.place, "not:", "all:"))


def negated(criterion: Criterion, logic: Comparison | Reference, ground: Ground) -> Iterator[Slip]:
    """What must be so must not be so."""
    line = ground.policy.asked_lines.get(logic.fact) if isinstance(logic, Comparison) else None
    if line is None and isinstance(logic, Comparison) and isinstance(ground.policy.compared(logic), YesNo):
        yield ground.slip(criterion, replace(criterion, logic=answered_otherwise(logic)))
        return
    id = f"{criterion.id} before"
    plain = Criterion(id, criterion.label, None, (), logic, None, Period(), Truth.FALSE, criterion.place)
    old = f"fact: {logic.fact}" if isinstance(logic, Comparison) else f"meets: {logic.to}"
    old = old if line is None else line.named
    yield ground.slip(criterion, replace(criterion, logic=Not(plain)), Rewritten(criterion.place, old, f"not: {old}"))


def line_turned(criterion: Criterion, logic: Comparison, ground: Ground) -> Iterator[Slip]:
    """Something else is asked of another line of the request, or of one of another kind."""
    asked = [*ground.policy.asked_lines]
    if logic.fact in asked and len(asked) > 1:
        other = asked[(asked.index(logic.fact) + 1) % len(asked)]
        yield ground.slip(criterion, replace(criterion, logic=replace(logic, fact=other)))


def answered_otherwise(logic: Comparison) -> Comparison:
    """The comparison of a yes-no fact that passes with the other answer."""
    assert isinstance(logic.test, IsOneOf)
    return Comparison(logic.fact, IsOneOf(frozenset({True, False}) - logic.test.values))


def reference_turned(criterion: Criterion, logic: Reference, ground: Ground) -> Iterator[Slip]:
    """Another block is referred to, which stands next to the one that is meant."""
    other = ground.next_block(criterion)
    if other is not None:
        yield ground.slip(criterion, replace(criterion, logic=Reference(other.id)))
