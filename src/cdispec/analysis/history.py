"""The history of a policy: its revisions with what each is proved to do, reviews and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdispec.analysis.changes.shared import changed_shared
from cdispec.model.history import HistoryRow
from cdispec.model.periods import as_released, last_day, predecessor, replacement
from cdispec.model.policy import Policy


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A revision, a review or a correction: from when until when it is in effect, its row and what it does.

    `date` is that from which it is known, by which entries are sorted, `effective` that from which it is in effect, ""
    for a review or correction. `revision` is "" for these and for what is from before the tool, `until` for the newest
    revision; the original publication has no row. `replaced` says that a later revision is in effect from its day.
    `shared` are the clauses that it shares with other policies and that were changed with it.
    """

    date: str
    revision: str
    until: str
    first: bool
    row: HistoryRow | None
    effect: tuple[str, ...]
    effective: str = ""
    replaced: bool = False
    shared: tuple[str, ...] = ()


def history_of(policy: Policy, revisions: Sequence[Policy], limit: float | None) -> list[HistoryEntry]:
    """The entries of a policy's history, newest first; without a limit of time nothing is proved of them."""
    rows = {row.revision: row for row in policy.history if row.revision}
    found = [_noted(row) for row in policy.former]
    for revision in as_released(revisions):
        before, until = predecessor(revision, revisions), last_day(revision, revisions)
        effect: tuple[str, ...] = ()
        if before and limit is not None:
            from cdispec.analysis.effects.compare import effect_of
            from cdispec.analysis.effects.wording import effect_lines

            effect = effect_lines(effect_of(before, revision, limit, until))
        name, last = revision.revision, until.isoformat() if until else ""
        known, effective = str(revision.known), revision.since.isoformat()
        replaced = replacement(revision, revisions) is not None
        first = not revision.follows and before is None
        shared = changed_shared(before, revision) if before else ()
        found.append(HistoryEntry(known, name, last, first, rows.get(name), effect, effective, replaced, shared))
    found += [_noted(row) for row in policy.history if not row.revision]
    return sorted(found, key=lambda entry: entry.date)[::-1]


def _noted(row: HistoryRow) -> HistoryEntry:
    """A row of which there is no revision."""
    return HistoryEntry(row.known, "", "", False, row, (), row.effective)
