"""The history of a policy: its revisions with what each is proved to do, reviews and corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cdispec.analysis.changes.shared import changed_shared
from cdispec.model.policy import HistoryRow, Policy, known_until


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A revision, a review or a correction: from when until when it is in effect, its row and what it does.

    `revision` is "" for a review or correction, `until` for the newest revision; the original publication has no row.
    `shared` are the clauses that it shares with other policies and that were changed with it. `others` are the policies
    that it asks, by their numbers, of which a revision took effect on the day; it has no row of its own for that.
    """

    date: str
    revision: str
    until: str
    first: bool
    row: HistoryRow | None
    effect: tuple[str, ...]
    shared: tuple[str, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)


def history_of(policy: Policy, revisions: Sequence[Policy], limit: float | None) -> list[HistoryEntry]:
    """The entries of a policy's history, newest first; without a limit of time nothing is proved of them."""
    rows = {row.revision: row for row in policy.history if row.revision}
    found = [HistoryEntry(row.date, "", "", False, row, ()) for row in policy.history if not row.revision]
    chain = (None, *revisions, None)
    for revision, after in zip(revisions, chain[2:], strict=True):
        found += _by_others(revision, after.since - timedelta(1) if after else None, limit)
    for before, revision, after in zip(chain, revisions, chain[2:], strict=False):
        until = after.since - timedelta(1) if after else None
        effect: tuple[str, ...] = ()
        if before and limit is not None:
            from cdispec.analysis.effects.compare import effect_of
            from cdispec.analysis.effects.wording import effect_lines

            effect = effect_lines(effect_of(before, revision, limit, until))
        name, last = revision.revision, until.isoformat() if until else ""
        shared = changed_shared(before, revision) if before else ()
        found.append(HistoryEntry(name, name, last, before is None, rows.get(name), effect, shared))
    return sorted(found, key=lambda entry: entry.date, reverse=True)


def _by_others(revision: Policy, until: date | None, limit: float | None) -> Iterator[HistoryEntry]:
    """What revisions of other policies that a revision asks do to it while it is in effect."""
    began = {(state.since, one.reference.number) for one in revision.others for state in one.states}
    days = sorted({day for day, _ in began if day is not None and revision.since < day <= (until or day)})
    for day in days:
        effect: tuple[str, ...] = ()
        if limit is not None:
            from cdispec.analysis.effects.compare import effect_of
            from cdispec.analysis.effects.wording import effect_lines

            before, after = known_until(revision, day - timedelta(1)), known_until(revision, day)
            effect = effect_lines(effect_of(before, after, limit, until))
        named = {one.reference.number: one.named for one in revision.others}
        others = {number: named[number] for since, number in sorted(began, key=str) if since == day}
        yield HistoryEntry(day.isoformat(), "", "", False, None, effect, others=others)
