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
    inserted_row,
    late_effective_date,
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
from cdispec.model.policy import Policy, all_sections
from cdispec.source import Issue, Place, has_errors


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


def unreleased(folder: PolicyFolder) -> Iterator[Issue]:
    """Rows of a working state that name no released revision, and where those of the newest revision were changed.

    A history or revision that could not be read as it is meant is compared with nothing.
    """
    policy, revisions = folder.working, folder.revisions
    unread = has_errors(folder.damages) or (folder.released and not revisions)
    if policy is None or unread or folder.damaged_at(policy.history_path):
        return
    known = [revision.revision for revision in revisions]
    released = revisions[-1].history if revisions else ()
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
    stated, first, newest = policy.effective, revisions[0].since, revisions[-1]
    if stated > first:
        yield late_effective_date(place, stated.isoformat(), first.isoformat())
    elif stated != newest.effective:
        yield changed_effective_date(place, stated.isoformat(), newest.effective.isoformat(), newest.revision)
    elif stated < first:
        yield unpublished_days(place, stated.isoformat(), (first - timedelta(1)).isoformat())


def turned_outcomes(folder: PolicyFolder) -> Iterator[Issue]:
    """Outcomes of the working state that mean something else in the newest revision."""
    if folder.working is None or not folder.revisions:
        return
    before = {own.outcome.value: own.outcome.effect for own in folder.revisions[-1].outcomes}
    for own in folder.working.outcomes:
        was = before.get(own.outcome.value, own.outcome.effect)
        if was is not own.outcome.effect:
            yield turned_outcome(own.place, own.outcome.value, own.outcome.effect, was)


def changed_families(folder: PolicyFolder) -> Iterator[Issue]:
    """A working state that is called otherwise than its newest revision, whose pages have their addresses."""
    policy, revisions = folder.working, folder.revisions
    if policy is not None and revisions and policy.pages != revisions[-1].pages:
        place = policy.head_place("short" if "short" in policy.head else "document")
        yield changed_family(place, policy.short, revisions[-1].short)


def changed_clauses(folder: PolicyFolder) -> Iterator[Issue]:
    """Shared clauses that the working state prints otherwise than its newest revision."""
    if folder.working is None or not folder.revisions or has_errors(folder.damages + folder.issues):
        return
    before = folder.revisions[-1]
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
