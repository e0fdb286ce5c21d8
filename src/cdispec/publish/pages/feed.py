"""The Atom feeds (RFC 4287): each published revision and each review, once, under an id that never changes.

What is not published never appears, and no entry depends on the day of a build.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from cdispec.model.facts import as_day
from cdispec.model.history import HistoryRow
from cdispec.model.inlines import plain_words
from cdispec.model.periods import in_effect
from cdispec.model.phrases import dated, short_date
from cdispec.model.policy import Policy, Status
from cdispec.publish.shelf import Shelf
from cdispec.publish.words.history import correction

_IDS = UUID("5b47fffa-2ab2-58ff-9754-f2a5c583262a")
"""The name space of the ids. Another one would make every entry new to every reader."""

_NOTHING = "1970-01-01T00:00:00Z"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, however it is escaped."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to a policy. `path` is its document below docs/, `updates` what it changed.

    `follows` says that it is a revision that follows another one, so that it has a redline.
    """

    id: str
    updated: str
    title: str
    author: str
    path: str
    updates: tuple[str, ...]
    reason: str
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """What happened to a policy or to all policies of a library, newest first; `path` is the page it belongs to."""

    id: str
    updated: str
    title: str
    authors: tuple[str, ...]
    path: str
    entries: tuple[Entry, ...]


Folder = Callable[[Policy], str]
"""Where the documents of a revision stand below docs/."""


def policy_feed(shelf: Shelf, path: str, folder: Folder) -> Feed:
    """The feed of a policy; `path` is its page below docs/."""
    policy = shelf.current
    entries = _newest_first(_entries(shelf, folder))
    return Feed(
        id=_id("policy", policy.number),
        updated=entries[0].updated if entries else _stamp(policy.effective.isoformat()),
        title=_clean(f"{_name(policy)}: revisions and reviews"),
        authors=(_clean(policy.issuer),),
        path=path,
        entries=entries,
    )


def library_feed(shelves: Sequence[Shelf], address: str, path: str, folder: Folder) -> Feed:
    """The feed of a library; `address` is where it stands on the web, or ""."""
    entries = _newest_first(entry for shelf in shelves for entry in _entries(shelf, folder))
    return Feed(
        id=_id("library", address),
        updated=entries[0].updated if entries else _NOTHING,
        title="Clinical coverage policies: revisions and reviews",
        authors=tuple(dict.fromkeys(_clean(shelf.current.issuer) for shelf in shelves)),
        path=path,
        entries=entries,
    )


def _entries(shelf: Shelf, folder: Folder) -> Iterator[Entry]:
    """What happened to a policy, of things of one date the earlier first.

    The rows are those of the working state: it keeps the rows of all revisions, and alone has those written since.
    """
    rows = shelf.working.history
    for revision in shelf.revisions:
        own = tuple(row for row in rows if row.revision == revision.revision)
        verb = "retired" if revision.status is Status.RETIRED else "revision in effect"
        event = f"{verb} from {dated(revision)}"
        original = revision is shelf.revisions[0] and not own
        made = _entry(shelf, revision, folder, event, own, ("revision", revision.revision))
        made = replace(made, updated=_stamp(str(revision.known)))
        made = replace(made, follows=revision is not shelf.revisions[0])
        yield replace(made, updates=("Original publication",)) if original else made
    if shelf.revisions:
        yield from _reviews(shelf, [row for row in rows if not row.revision], folder)


def _reviews(shelf: Shelf, rows: Sequence[HistoryRow], folder: Folder) -> Iterator[Entry]:
    """The rows that published nothing, each led to the revision that it found in effect."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.date] += 1
        state = in_effect(shelf.revisions, date.fromisoformat(_first_day(row.date))) or shelf.revisions[0]
        event = f"{'correction' if row.corrects else 'review'} of {short_date(row.date)}"
        yield _entry(shelf, state, folder, event, (row,), ("row", row.date, str(seen[row.date])))


def _entry(
    shelf: Shelf, state: Policy, folder: Folder, event: str, rows: tuple[HistoryRow, ...], key: tuple[str, ...]
) -> Entry:
    """`key` tells the entry from all others of the policy, for ever: the key of a row begins with its date."""
    day = key[1][:10]
    corrected = [correction(row) for row in rows if row.corrects]
    updates = [plain_words(state, text) for row in rows for text in row.updates]
    reasons = [plain_words(state, row.reason) for row in rows if row.reason]
    return Entry(
        id=_id(state.number, *key),
        updated=_stamp(day),
        title=_clean(f"{_name(state)}: {event}"),
        author=_clean(state.issuer),
        path=f"{folder(state)}index.html",
        updates=tuple(_clean(text) for text in (*corrected, *updates)),
        reason=_clean(" ".join(reasons)),
    )


def _newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.updated)[::-1])


def _name(policy: Policy) -> str:
    return f"{policy.named}, {policy.title}"


def _id(*key: str) -> str:
    return uuid5(_IDS, " ".join(key)).urn


def _first_day(day_or_month: str) -> str:
    """A month stands for its first day."""
    return day_or_month if as_day(day_or_month) else f"{day_or_month}-01"


def _stamp(day_or_month: str) -> str:
    return f"{_first_day(day_or_month)}T00:00:00Z"


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
