"""Checks of what an author asks for: why a working state cannot be released, or a review not be noted, as it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cdispec.check.history import older
from cdispec.check.scenarios import to_confirm
from cdispec.issues.catalogue import near_miss
from cdispec.issues.scenarios import unconfirmed_scenarios
from cdispec.library import Suite
from cdispec.library.release import Wish, is_original
from cdispec.library.sources import REVISIONS
from cdispec.model.history import HistoryRow, revision_name
from cdispec.model.policy import Policy, Status


def hindrances(root: Path, policy: Policy, revisions: tuple[Policy, ...], wish: Wish) -> Iterator[tuple[str, str]]:
    """Why a wish cannot be granted as it stands, each with what to do; the policy's own errors are told apart."""
    if not wish.review:
        yield from _misdated(root, policy, revisions, wish)
    day, known = wish.day.isoformat(), wish.known.isoformat()
    rows = [row for row in (*policy.former, *policy.history) if not (wish.published and row.foretold)]
    later = [row.known for row in rows if older(known, row.known)]
    if later:
        yield f"the history has a row of {later[-1]}, which is later than {known}", "choose a day that is not before it"
    elif not wish.review and not wish.published and (row := _row_of(day, policy)):
        yield (
            f"the history has a row of {day} already",
            _PUBLISHED if row.revision else "a release writes its own: choose another day, or remove the row",
        )
    if wish.number and wish.number in [row.number for row in (*policy.former, *policy.history)]:
        yield f"the history has a row with the number {wish.number} already", "give the revision a number of its own"
    if is_original(policy, revisions, wish):
        if wish.summaries or wish.reason:
            yield (
                f"a release on {day} is the original publication, of which the history has no row",
                "leave out --summary and --reason",
            )
    elif not wish.summaries and (revisions or wish.review):
        yield "the history needs to say what was changed", 'add --summary "what was changed", once for each update'
    if not all(wish.summaries):
        yield "a summary is empty", "say what was changed"
    for text in (*wish.summaries, wish.reason):
        if not text.isprintable():
            yield f"{text!a} holds a sign that cannot be printed", "write it in plain text"
    dates = [row.date for row in policy.history]
    if wish.corrects and wish.corrects not in dates:
        hint = near_miss(wish.corrects, dates, "name the date of the row to correct as history.yaml has it")
        yield f"the history has no row of {wish.corrects}", hint


def unready(policy: Policy, revisions: tuple[Policy, ...]) -> Iterator[tuple[str, str]]:
    """What the head of a document would say for ever and is hardly meant so: that it is a draft, or an old review."""
    if policy.status is Status.DRAFT:
        yield "the document says `status: draft`", f"write `status: published`, {_AS_IS}"
    if revisions and policy.reviewed < revisions[-1].since:
        message = f"its last review is dated {policy.reviewed}, before the last revision, of {revisions[-1].since}"
        yield message, f"renew `last_review_date`, {_AS_IS}"


_AS_IS = "or release it as it is with --as-is"


def unconfirmed_hindrance(suite: Suite, policy: Policy) -> Iterator[tuple[str, str]]:
    """That scenarios state what the policy does, and nobody has said that it ought to."""
    if own := to_confirm(suite, policy):
        issue = unconfirmed_scenarios(own[0].heading, len(own))
        first = f"{issue.place.path}:{issue.place.line}"
        yield f"{issue.message}, {'the first ' if own[1:] else ''}at {first}", issue.hint


_PUBLISHED = "choose a later day, or say with --published on which day it is published"


def _row_of(day: str, policy: Policy) -> HistoryRow | None:
    return next((row for row in policy.history if row.date == day), None)


def _misdated(root: Path, policy: Policy, revisions: tuple[Policy, ...], wish: Wish) -> Iterator[tuple[str, str]]:
    day, name = wish.day, revision_name(wish.day, wish.turn(revisions))
    stated = (one.published if wish.published else one.known for one in revisions)
    newest = max((known for known in stated if known), default=None)
    if revisions and not wish.published and day <= revisions[-1].since:
        yield f"{day} does not lie after the last revision, in effect from {revisions[-1].since}", _PUBLISHED
    elif newest and wish.known < newest:
        yield f"a revision is published on {newest}, which is later than {wish.known}", _PUBLISHED
    elif os.path.lexists(root / policy.folder / REVISIONS / name):
        yield f"there is a folder {policy.folder}/{REVISIONS}/{name} already", "remove it, or choose another day"
    if former := [row.date for row in policy.former if row.date and older(day.isoformat(), row.date)]:
        yield (
            f"a text from before the tool is in effect from {former[-1]}, which is later than {day}",
            "choose a later day: this one would decide in its place",
        )
    if day < policy.effective and (wish.published or not revisions):
        yield (
            f"{day} lies before the original effective date {policy.effective}",
            "choose that day or a later one, or mend `original_effective_date`",
        )
