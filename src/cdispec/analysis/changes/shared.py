"""Which clauses that several policies share were changed between two states of one of them."""

from __future__ import annotations

from cdispec.analysis.changes.change import Fate
from cdispec.analysis.changes.clauses import changed_clauses
from cdispec.model.policy import Policy


def changed_shared(before: Policy, after: Policy) -> tuple[str, ...]:
    """The ids of the shared clauses of which the second state says something else, in the order of the document."""
    if not (before.included or after.included):
        return ()
    found = (change for change in changed_clauses(before, after) if change.kinds != (Fate.RENUMBERED,))
    return tuple(dict.fromkeys(change.clause.shared for change in found if change.clause.shared))
