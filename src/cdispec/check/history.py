"""Checks of the revision history: its order, what its rows refer to, that what was released stays in it, and that no
day is left without a revision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from cdispec.analysis.changes.shared import changed_shared
from cdispec.issues.documents import changed_family
from cdispec.issues.others import changed_shared_clause
from cdispec.issues.revisions import (
    changed_effective_date,
    duplicate_number,
    inserted_row,
    late_effective_date,
    late_former_row,
    lost_row,
    misnamed_revision,
    misplaced_row,
    turned_outcome,
    unknown_revision,
    unknown_row,
    unpublished_days,
)
from cdispec.library import PolicyFolder
from cdispec.library.history import said
from cdispec.model.history import HistoryRow
from cdispec.model.periods import as_released
from cdispec.model.policy import Policy, all_sections
from cdispec.source import Issue, Place, has_errors


def misplaced_rows(policy: Policy) -> Iterator[Issue]:
    """Rows that are older than one above them, by their publication where they state it.

    A revision that states none may have been published long before it is in effect, and nothing is said of those that
    state theirs.
    """
    for rows in (policy.former, policy.history):
        newest = stated = ""
        for row in rows:
            above = stated if row.published else newest
            if older(row.known, above):
                yield misplaced_row(row.place, row.known, above)
                continue
            # A row with only the month tells less than one with a day of it.
            newest = newest if older(row.known, newest) or newest.startswith(row.known) else row.known
            if not row.foretold and not stated.startswith(row.known):
                stated = row.known


def repeated_numbers(policy: Policy) -> Iterator[Issue]:
    """Rows with the number of another one."""
    first: dict[str, HistoryRow] = {}
    for row in (*policy.former, *policy.history):
        other = first.setdefault(row.number, row)
        if row.number and other is not row:
            yield duplicate_number(row.place, row.number, other.place.line)


def unknown_rows(policy: Policy) -> Iterator[Issue]:
    """Rows that correct a row which is not there."""
    for row in policy.history:
        others = [other.date for other in (*policy.former, *policy.history) if other is not row and other.date]
        if row.corrects and row.corrects not in others:
            yield unknown_row(row.place, row.corrects, others)


def unreleased(folder: PolicyFolder) -> Iterator[Issue]:
    """Rows of a working state that name no released revision, and where those of the newest revision were changed.

    A history or revision that could not be read as it is meant is compared with nothing.
    """
    policy, revisions = folder.working, folder.revisions
    unread = has_errors(folder.damages) or (folder.released and not revisions)
    if policy is None or unread or folder.damaged_at(policy.history_path):
        return
    known = [revision.revision for revision in as_released(revisions)]
    released = as_released(revisions)[-1].history if revisions else ()
    kept, frozen = said(policy.history), said(released)
    for row in policy.history:
        if row.revision and row.revision not in known:
            yield unknown_revision(row.place, row.revision, known)
    for row, words in zip(released, frozen, strict=True):
        if words not in kept:
            yield lost_row(Place(policy.history_path), row.date, known[-1], row.place.path)
    for row, words in zip(policy.history, kept[: len(frozen)], strict=False):
        if words not in frozen:
            yield inserted_row(row.place, row.date, known[-1])


def effective_dates(folder: PolicyFolder) -> Iterator[Issue]:
    """An original effective date that does not fit the days on which revisions are in effect."""
    policy, revisions = folder.working, folder.revisions
    if policy is None or not revisions or has_errors(folder.damages) or folder.damaged_at(policy.path):
        return
    place = policy.head_place("original_effective_date")
    stated, first, newest = policy.effective, revisions[0].since, as_released(revisions)[-1]
    if stated > first:
        yield late_effective_date(place, stated.isoformat(), first.isoformat())
    elif stated != newest.effective:
        yield changed_effective_date(place, stated.isoformat(), newest.effective.isoformat(), newest.revision)
    elif stated < first and not policy.former:
        yield unpublished_days(place, stated.isoformat(), (first - timedelta(1)).isoformat())


def former_rows(folder: PolicyFolder) -> Iterator[Issue]:
    """Rows from before the tool that are known, or in effect, later than a revision, which would decide instead."""
    policy = folder.working
    if policy is None or not folder.revisions:
        return
    first, earliest = as_released(folder.revisions)[0], folder.revisions[0]
    for row in policy.former:
        if older(str(first.known), row.known):
            yield late_former_row(row.place, row.known, first.revision)
        elif row.date and older(earliest.since.isoformat(), row.date):
            yield late_former_row(row.place, row.date, earliest.revision)


def turned_outcomes(folder: PolicyFolder) -> Iterator[Issue]:
    """Outcomes of the working state that mean something else in the newest revision."""
    if folder.working is None or not folder.revisions:
        return
    before = {own.outcome.value: own.outcome.effect for own in as_released(folder.revisions)[-1].outcomes}
    for own in folder.working.outcomes:
        was = before.get(own.outcome.value, own.outcome.effect)
        if was is not own.outcome.effect:
            yield turned_outcome(own.place, own.outcome.value, own.outcome.effect, was)


def changed_families(folder: PolicyFolder) -> Iterator[Issue]:
    """A working state that is called otherwise than its newest revision, whose pages have their addresses."""
    policy, revisions = folder.working, folder.revisions
    if policy is not None and revisions and policy.pages != (newest := as_released(revisions)[-1]).pages:
        place = policy.head_place("short" if "short" in policy.head else "document")
        yield changed_family(place, policy.short, newest.short)


def changed_clauses(folder: PolicyFolder) -> Iterator[Issue]:
    """Shared clauses that the working state prints otherwise than its newest revision."""
    if folder.working is None or not folder.revisions or has_errors(folder.damages + folder.issues):
        return
    before = as_released(folder.revisions)[-1]
    headings = {section.id: section.place for section in all_sections(folder.working.sections)}
    for id in changed_shared(before, folder.working):
        yield changed_shared_clause(headings.get(id, Place(folder.working.path)), id, before.revision)


def misnamed_revisions(folder: PolicyFolder) -> Iterator[Issue]:
    """Revisions of another policy than the one in whose folder they are."""
    for revision in folder.revisions:
        yield from misnamed(folder.number, revision)


def misnamed(number: str, revision: Policy) -> Iterator[Issue]:
    """A revision that is not of the policy of this number."""
    if number and revision.number != number:
        problem = f"the revision is of the policy `{revision.number}`, not of `{number}`"
        yield misnamed_revision(Place(revision.path), problem)


def older(date: str, other: str) -> bool:
    """Whether a day or month lies before another; a month and a day are compared as months."""
    shared = min(len(date), len(other))
    return date[:shared] < other[:shared]
