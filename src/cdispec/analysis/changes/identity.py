"""The criteria of one state that another state has under another id, where an id was derived and has moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from cdispec.analysis.changes.alignment import most_alike
from cdispec.model.criteria import (
    Comparison,
    Criterion,
    ListOf,
    Logic,
    Not,
    OfRows,
    Reference,
    holding,
    key_of,
    named_options,
    parts,
    walk,
)
from cdispec.model.policy import Policy, blocks
from cdispec.model.remade import with_blocks

_ENOUGH = 0.4
"""Criteria that share less of what they ask and say are two different ones."""


def with_ids_of(before: Policy, after: Policy) -> Policy:
    """The state before, in which a criterion has the id that it has in the state after.

    Ids that are written are permanent, and those are never matched with each other. A derived id follows what its
    criterion asks; where that was edited, the criterion stands in the same place and asks most of the same.
    """
    old_own, new_own = (state.criteria.keys() - state.brought.keys() for state in (before, after))
    gone = {id: before.criteria[id] for id in old_own - after.clauses.keys()}
    new = {id: after.criteria[id] for id in new_own - before.clauses.keys()}
    if not any(map(_derived, (*gone.values(), *new.values()))):
        return before
    ids: dict[str, str] = {}
    pairs = [([block.criterion for block in blocks(before)], [block.criterion for block in blocks(after)])]
    both = old_own & new_own
    pairs += [([*parts(before.criteria[id])], [*parts(after.criteria[id])]) for id in both]
    while pairs:
        old, now = pairs.pop()
        for then, later in _matched([one for one in old if one.id in gone], [one for one in now if one.id in new]):
            ids[then.id] = later.id
            pairs.append(([*parts(then)], [*parts(later)]))
    return renamed(before, ids) if ids else before


def _derived(criterion: Criterion) -> bool:
    """Whether an id may have been derived: it has a point, or is what a comparison asks."""
    logic = criterion.logic
    own = {logic.fact, *named_options(logic.test)} if isinstance(logic, Comparison) else set()
    return "." in criterion.id or criterion.id in own


def _matched(old: Sequence[Criterion], new: Sequence[Criterion]) -> Iterator[tuple[Criterion, Criterion]]:
    for n, m in most_alike([_said(one) for one in old], [_said(one) for one in new], _ENOUGH):
        if (_derived(old[n]) or _derived(new[m])) and _asks_alike(old[n].logic, new[m].logic):
            yield old[n], new[m]


def _asks_alike(old: Logic, new: Logic) -> bool:
    """Whether two criteria ask the same fact, or neither asks one itself: another fact is another question."""
    asked = [logic.fact if isinstance(logic, Comparison) else "" for logic in (old, new)]
    return asked[0] == asked[1]


def _said(criterion: Criterion) -> list[str]:
    """What a criterion and those below it ask and say, word by word."""
    found = []
    for part in walk(criterion):
        logic = part.logic
        match logic:
            case Comparison(fact):
                found += [fact, *sorted(named_options(logic.test)), str(logic.test)]
            case Reference(to):
                found += [key_of(logic), to]
            case ListOf() | Not() | OfRows():
                found.append(key_of(logic))
            case _:
                assert_never(logic)
        found += (part.text or "").split()
    return found


def renamed(policy: Policy, ids: dict[str, str]) -> Policy:
    """The policy with other ids for some of its criteria."""

    def criterion(one: Criterion) -> Criterion:
        logic = one.logic
        if isinstance(logic, Reference) and logic.to in ids:
            one = replace(one, logic=Reference(ids[logic.to]))
        return replace(holding(one, tuple(map(criterion, parts(one)))), id=ids.get(one.id, one.id))

    made = {one.criterion.id: criterion(one.criterion) for one in blocks(policy)}
    every = {part.id: part for one in made.values() for part in walk(one)}
    return replace(
        with_blocks(policy, made),
        clauses={ids.get(id, id): label for id, label in policy.clauses.items()},
        criteria={ids.get(id, id): every.get(ids.get(id, id), one) for id, one in policy.criteria.items()},
        leads={ids.get(id, id): lead for id, lead in policy.leads.items()},
    )
