"""Checks of the revision history: its order, what its rows refer to, that what was released stays in it, and that no
day is left without a revision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from cdispec.issues.revisions import (
    changed_effective_date,
    inserted_row,
    late_effective_date,
    lost_row,
    misplaced_row,
    unknown_revision,
    unknown_row,
    unpublished_days,
)
from cdispec.model.policy import HistoryRow, Policy
from cdispec.source import Issue, Place


def misplaced_rows(policy: Policy) -> Iterator[Issue]:
    """Rows that are older than one above them."""
    newest = ""
    for row in policy.history:
        if older(row.date, newest):
            yield misplaced_row(row.place, row.date, newest)
        elif not newest.startswith(row.date):
            # A row with only the month tells less than one with a day of it.
            newest = row.date


def unknown_rows(policy: Policy) -> Iterator[Issue]:
    """Rows that correct a row which is not there."""
    for row in policy.history:
        others = [other.date for other in policy.history if other is not row]
        if row.corrects and row.corrects not in others:
            yield unknown_row(row.place, row.corrects, others)


def unreleased(policy: Policy, revisions: tuple[Policy, ...]) -> Iterator[Issue]:
    """Rows of a working state that name no released revision, and where those of the newest revision were changed."""
    known = [revision.revision for revision in revisions]
    for row in policy.history:
        if row.revision and row.revision not in known:
            yield unknown_revision(row.place, row.revision, known)
    kept = [_words(row) for row in policy.history]
    released = [row for revision in revisions[-1:] for row in revision.history]
    for row in released:
        if _words(row) not in kept:
            path = f"{policy.path.rpartition('/')[0]}/history.yaml"
            yield lost_row(Place(path), row.date, known[-1], row.place.path)
    before = [_words(row) for row in released]
    for row in policy.history[: len(before)]:
        if _words(row) not in before:
            yield inserted_row(row.place, row.date, known[-1])


def effective_dates(policy: Policy, revisions: tuple[Policy, ...], place: Place) -> Iterator[Issue]:
    """An original effective date, stated at a place, that does not fit the days on which revisions are in effect."""
    if not revisions:
        return
    stated, first, newest = policy.effective, revisions[0].since, revisions[-1]
    if stated > first:
        yield late_effective_date(place, stated.isoformat(), first.isoformat())
    elif stated != newest.effective:
        yield changed_effective_date(place, stated.isoformat(), newest.effective.isoformat(), newest.revision)
    elif stated < first:
        yield unpublished_days(place, stated.isoformat(), (first - timedelta(1)).isoformat())


def _words(row: HistoryRow) -> HistoryRow:
    """What a row says, wherever it stands."""
    return replace(row, place=Place(""))


def older(date: str, other: str) -> bool:
    """Whether a day or month lies before another; a month and a day are compared as months."""
    shared = min(len(date), len(other))
    return date[:shared] < other[:shared]
