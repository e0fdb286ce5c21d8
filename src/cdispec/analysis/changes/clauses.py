"""Which clauses were added, removed, moved, renumbered, reworded, or given another logic."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from cdispec.analysis.changes.alignment import aligned
from cdispec.analysis.changes.change import ClauseChange, ClauseKind, Fate, Setting
from cdispec.analysis.changes.outline import OutlinedClause, outline
from cdispec.analysis.changes.passages import Wording
from cdispec.analysis.changes.stated import settings
from cdispec.model.policy import Policy

OutlinedClauses = Mapping[str, OutlinedClause]


def changed_clauses(before: Policy, after: Policy) -> tuple[ClauseChange, ...]:
    """The clauses that differ, in the order of the document; those that were removed where they stood.

    A clause is known by its permanent id.
    """
    old, new = outline(before), outline(after)
    wording = Wording(before, after)
    moved = _moved(old, new)
    found = (_change(old.get(id), new.get(id), id in moved, old, new, wording) for id in _in_order(old, new))
    return tuple(change for change in found if change.kinds)


def _change(
    before: OutlinedClause | None,
    after: OutlinedClause | None,
    moved: bool,
    old: OutlinedClauses,
    new: OutlinedClauses,
    wording: Wording,
) -> ClauseChange:
    entry = after or before
    assert entry is not None
    passages = wording.differences(before.pieces if before else (), after.pieces if after else ())
    then, now = (before.clause if before else None), (after.clause if after else None)
    if before is None or after is None:
        fate = Fate.ADDED if before is None else Fate.REMOVED
        stated = settings(before.stated if before else {}, after.stated if after else {})
        return ClauseChange(entry.id, fate, then, now, False, passages, stated)
    # The label of an unprinted clause is that of the printed one above it, which tells of it.
    relabelled = before.clause.label != after.clause.label and after.clause.kind is not ClauseKind.UNPRINTED
    fate = Fate.MOVED if moved else Fate.RENUMBERED if relabelled else Fate.STAYED
    follows = fate is Fate.RENUMBERED and _own_number(before, old) == _own_number(after, new)
    return ClauseChange(entry.id, fate, then, now, follows, passages, _logic(before, after))


def _logic(before: OutlinedClause, after: OutlinedClause) -> tuple[Setting, ...]:
    """What is stated otherwise; and in which list, where the clause stands in another that is not printed."""
    regrouped = before.above != after.above and before.clause.parent == after.clause.parent
    group = (Setting(f"in: {before.above}", f"in: {after.above}"),) if regrouped else ()
    return (*group, *settings(before.stated, after.stated))


def _own_number(entry: OutlinedClause, entries: OutlinedClauses) -> str:
    """A clause's label without that of the clause it stands in."""
    above = entries.get(entry.clause.parent)
    return entry.clause.label.removeprefix(above.clause.label) if above else entry.clause.label


def _moved(old: OutlinedClauses, new: OutlinedClauses) -> set[str]:
    """The clauses that stand in another one than before, or in another order among those that both states have."""
    both = [id for id in new if id in old]
    stayed = [id for id in both if old[id].clause.parent == new[id].clause.parent]
    moved = set(both) - set(stayed)
    rank = {id: n for n, id in enumerate(old)}
    siblings: dict[str, list[str]] = {}
    for id in stayed:
        if old[id].ranked and new[id].ranked:
            siblings.setdefault(new[id].clause.parent, []).append(id)
    for ids in siblings.values():
        kept = _longest_rise([rank[id] for id in ids])
        moved |= {id for id in ids if rank[id] not in kept}
    return moved


def _longest_rise(ranks: Sequence[int]) -> set[int]:
    """The most of these different numbers that stand in rising order: what need not have moved."""
    ends: list[int] = []
    at: list[int] = []
    for rank in ranks:
        place = bisect_left(ends, rank)
        ends[place : place + 1] = [rank]
        at.append(place)
    kept: set[int] = set()
    wanted, below = len(ends) - 1, float("inf")
    for rank, place in zip(reversed(ranks), reversed(at), strict=True):
        if place == wanted and rank < below:
            kept.add(rank)
            wanted, below = place - 1, rank
    return kept


def _in_order(old: OutlinedClauses, new: OutlinedClauses) -> Iterator[str]:
    """All ids in the order of the newer state, each that is gone after the one it stood behind."""
    return (after or before or "" for before, after in aligned([*old], [*new], key=str))
