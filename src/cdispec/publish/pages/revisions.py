"""What a list says of the revisions of a policy. It is true on any day: the newest may be in effect or not yet."""

from __future__ import annotations

from typing import NamedTuple

from cdispec.model.phrases import long_date
from cdispec.model.policy import Policy, Status
from cdispec.publish.shelf import Shelf, Standing, standings


class Dates(NamedTuple):
    """From when the revisions of a policy are in effect: in words, and for a script that knows what day it is.

    `days` are the first days of all revisions, oldest first, and `retired` those on which the policy is retired.
    """

    words: str
    days: str
    retired: str


def state_of(policy: Policy) -> str:
    """What a reader must know of a policy that a list names: that it is a draft, retired or not published."""
    notes = [] if policy.status is Status.PUBLISHED else [policy.status.value]
    if policy.in_effect is None:
        notes.append("not published")
    elif policy.status is Status.RETIRED:
        notes = [f"retired from {long_date(policy.in_effect)}"]
    words = ", ".join(notes)
    return words[:1].upper() + words[1:]


def dates_of(shelf: Shelf) -> Dates:
    """From when the revisions of a policy are in effect: nothing where none is published."""
    published = [standing for standing in standings(shelf) if standing.since and not standing.replaced]
    return Dates(
        words=_words(published),
        days=_days(shelf.revisions),
        retired=_days(tuple(policy for policy in shelf.revisions if policy.status is Status.RETIRED)),
    )


def _words(published: list[Standing]) -> str:
    if not published or not (since := published[-1].since):
        return ""
    if published[-1].policy.status is not Status.RETIRED:
        return f"Newest revision in effect from {long_date(since)}"
    words = f"Retired from {long_date(since)}"
    before = published[-2] if len(published) > 1 else None
    if before is None or before.policy.status is Status.RETIRED or not (before.since and before.until):
        return words
    first, last = long_date(before.since), long_date(before.until)
    return f"{words}; from {first} to {last} the revision of {first} decides"


def _days(policies: tuple[Policy, ...]) -> str:
    return " ".join(policy.revision for policy in policies)
