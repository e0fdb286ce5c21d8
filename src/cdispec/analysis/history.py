"""The history of a policy: its revisions with what each is proved to do, reviews and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from cdispec.analysis.changes.shared import changed_shared
from cdispec.model.policy import HistoryRow, Policy


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A revision, a review or a correction: from when until when it is in effect, its row and what it does.

    `revision` is "" for a review or correction, `until` for the newest revision; the original publication has no row.
    `shared` are the clauses that it shares with other policies and that were changed with it.
    """

    date: str
    revision: str
    until: str
    first: bool
    row: HistoryRow | None
    effect: tuple[str, ...]
    shared: tuple[str, ...] = ()


def history_of(policy: Policy, revisions: Sequence[Policy], limit: float | None) -> list[HistoryEntry]:
    """The entries of a policy's history, newest first; without a limit of time nothing is proved of them."""
    rows = {row.revision: row for row in policy.history if row.revision}
    found = [HistoryEntry(row.date, "", "", False, row, ()) for row in policy.history if not row.revision]
    chain = (None, *revisions, None)
    for before, revision, after in zip(chain, revisions, chain[2:], strict=False):
        until = after.since - timedelta(days=1) if after else None
        effect: tuple[str, ...] = ()
        if before and limit is not None:
            from cdispec.analysis.effects.compare import effect_of
            from cdispec.analysis.effects.wording import effect_lines

            effect = effect_lines(effect_of(before, revision, limit, until))
        name, last = revision.revision, until.isoformat() if until else ""
        shared = changed_shared(before, revision) if before else ()
        found.append(HistoryEntry(name, name, last, before is None, rows.get(name), effect, shared))
    return sorted(found, key=lambda entry: entry.date, reverse=True)
