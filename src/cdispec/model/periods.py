"""Which of the states of a policy decides: by the day of the request, and by what was published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from cdispec.model.history import last_of
from cdispec.model.policy import Policy


@dataclass(frozen=True, slots=True)
class StatePeriod:
    """The first day on which a state of a policy decides, and the state, which is read when it is asked for.

    `read` gives None where errors in the state leave nothing to decide by. `known` is the day from which it is known,
    None of a state that was not published.
    """

    since: date
    read: Callable[[], Policy | None]
    known: date | None = None

    @classmethod
    def of(cls, state: Policy) -> StatePeriod:
        """The period of a state that has been read."""
        return cls(state.since, lambda: state, state.known)


class _Dated(Protocol):
    @property
    def since(self) -> date: ...


_State = TypeVar("_State", bound=_Dated)


def in_effect(states: Sequence[_State], day: date) -> _State | None:
    """The one of a policy's states that decides on a day; None before the first.

    They stand by the days from which they are in effect, those of one day as they were published, so that of two for
    one day the later publication decides.
    """
    return next((state for state in reversed(states) if state.since <= day), None)


def deciding(states: Sequence[StatePeriod], known_on: date | None) -> tuple[StatePeriod, ...]:
    """Those of a policy's states that decide on some day, by all that is published or what was up to a day.

    Of several that are in effect from one day only the last publication does.
    """
    known = [one for one in states if known_on is None or (one.known is not None and one.known <= known_on)]
    last = {one.since: one for one in known}
    return tuple(last.values())


def in_order(revisions: Iterable[Policy]) -> tuple[Policy, ...]:
    """Revisions by the days from which they are in effect, those of one day as they were published."""
    return tuple(sorted(revisions, key=lambda revision: (revision.since, revision.turn)))


def as_released(revisions: Sequence[Policy]) -> tuple[Policy, ...]:
    """The revisions of a policy in the order in which they were released, as their seals say."""
    following = {revision.follows: revision for revision in revisions}
    found: list[Policy] = []
    name = ""
    while (after := following.get(name)) is not None and len(found) < len(revisions):
        found.append(after)
        name = after.revision
    return tuple(found) if len(found) == len(revisions) else tuple(revisions)


def predecessor(revision: Policy, revisions: Sequence[Policy]) -> Policy | None:
    """The revision that was in effect where another one was released to take effect; None where there was none.

    Only those released before it count: what was said of a change stays true whatever is released later.
    """
    released = as_released(revisions)
    earlier = {one.revision for one in released[: [one.revision for one in released].index(revision.revision)]}
    return in_effect([one for one in revisions if one.revision in earlier], revision.since)


def unreplaced(revisions: Sequence[Policy]) -> tuple[Policy, ...]:
    """The revisions that decide on some day: of several of one day the one published last."""
    return tuple(one for one in revisions if replacement(one, revisions) is None)


def last_day(revision: Policy, revisions: Sequence[Policy]) -> date | None:
    """The last day on which a revision is in effect or would be, had no other one of its own day followed; None where
    no later one does."""
    later = (one.since for one in revisions if one.since > revision.since)
    return min((day - timedelta(days=1) for day in later), default=None)


def replacement(revision: Policy, revisions: Sequence[Policy]) -> Policy | None:
    """The revision, published later, that is in effect from the same day and decides in its place; None for none."""
    same = [one for one in revisions if one.since == revision.since and one.turn > revision.turn]
    return same[-1] if same else None


def former_text(policy: Policy, day: date) -> str:
    """Which text from before the tool was in effect on a day, as its row says; "" where none is known."""
    rows = [row for row in policy.former if row.date and last_of(row.date) <= day]
    row = max(rows, key=lambda one: (last_of(one.date), one.known), default=None)
    return "" if row is None else f"{row.number or 'the text'}, in effect from {row.date}"
