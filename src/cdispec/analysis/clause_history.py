"""The history of a clause that several policies share: which revision of which policy changed it, and what that did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cdispec.analysis.changes.shared import changed_shared
from cdispec.analysis.history import history_of
from cdispec.model.policy import Policy


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    """A revision that printed a clause for the first time, or otherwise than before.

    `policy` is what its policy is called, `revision` the name of the state and `label` that of the clause there; of the
    working state there is one where it prints what no revision does. `effect` is what all of its revision does.
    """

    policy: str
    number: str
    revision: str
    label: str
    first: bool
    effect: tuple[str, ...]


def history_of_clause(
    id: str, policies: Iterable[tuple[Policy, Sequence[Policy]]], limit: float | None
) -> list[ClauseEntry]:
    """The entries of all policies that print a clause, newest first; without a limit of time nothing is proved."""
    found = [entry for policy, revisions in policies for entry in _of_policy(id, policy, revisions, limit)]
    return sorted(found, key=lambda entry: (entry.revision, entry.number), reverse=True)


def _of_policy(id: str, policy: Policy, revisions: Sequence[Policy], limit: float | None) -> Iterator[ClauseEntry]:
    states = [*revisions, policy]
    printing = [state for state in states if id in state.included]
    effects = {entry.revision: entry.effect for entry in history_of(policy, revisions, limit)} if printing else {}
    for before, state in zip([None, *states], states, strict=False):
        first = before is None or id not in before.included
        if id in state.included and (first or (before is not None and id in changed_shared(before, state))):
            effect = effects.get(state.revision, ())
            yield ClauseEntry(policy.named, policy.number, state.revision, state.clauses[id], first, effect)
