"""A policy with its revisions, and from when until when each is in effect.

Nothing here asks what day it is: what a page says stays true, whenever it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cdispec.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Shelf:
    """The working state of a policy and its published revisions, oldest first."""

    working: Policy
    revisions: tuple[Policy, ...] = ()

    @property
    def current(self) -> Policy:
        """The newest revision; while there is none, the working state."""
        return self.revisions[-1] if self.revisions else self.working


@dataclass(frozen=True, slots=True)
class Standing:
    """A state of a policy among the others: the revisions before and after it, where there are such.

    `since` and `until` are the first and the last day on which it is in effect: None where it is not published, and
    where no other follows.
    """

    policy: Policy
    before: Policy | None
    after: Policy | None

    @property
    def since(self) -> date | None:
        """The first day on which it is in effect."""
        return self.policy.in_effect

    @property
    def until(self) -> date | None:
        """The last day on which it is in effect."""
        day = self.after.in_effect if self.after else None
        return day - timedelta(days=1) if day else None


def standings(shelf: Shelf) -> tuple[Standing, ...]:
    """Every state of a policy that is printed: its revisions, oldest first, then the working state."""
    chain: tuple[Policy | None, ...] = (None, *shelf.revisions, None)
    revisions = (Standing(policy, chain[n], chain[n + 2]) for n, policy in enumerate(shelf.revisions))
    return (*revisions, Standing(shelf.working, shelf.revisions[-1] if shelf.revisions else None, None))
