"""A policy with its revisions, and from when until when each is in effect.

Nothing here asks what day it is: what a page says stays true, whenever it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cdispec.model.periods import as_released, predecessor, replacement, unreplaced
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

    @property
    def released(self) -> Policy | None:
        """The revision that was released last, which the working state goes on from; None while there is none."""
        return as_released(self.revisions)[-1] if self.revisions else None


@dataclass(frozen=True, slots=True)
class Standing:
    """A state of a policy among the others: the revisions in effect before and after it, where there are such.

    `compared` is the revision that was in effect where this one was released to be, with which it is compared. `since`
    and `until` are the first and the last day on which it is in effect: None where it is not published, and where no
    other follows. One that another of the same day replaces ends before it begins.
    """

    policy: Policy
    before: Policy | None
    after: Policy | None
    compared: Policy | None = None

    @property
    def since(self) -> date | None:
        """The first day on which it is in effect."""
        return self.policy.in_effect

    @property
    def until(self) -> date | None:
        """The last day on which it is in effect."""
        day = self.after.in_effect if self.after else None
        return day - timedelta(days=1) if day else None

    @property
    def replaced(self) -> bool:
        """Whether a revision that was published later is in effect from the same day and decides in its place."""
        return self.after is not None and self.after.in_effect == self.since


def standings(shelf: Shelf) -> tuple[Standing, ...]:
    """Every state of a policy that is printed: its revisions, oldest first, then the working state."""
    own = shelf.revisions
    deciding = unreplaced(own)
    revisions = (_standing(policy, own, deciding) for policy in own)
    return (*revisions, Standing(shelf.working, shelf.released, None))


def _standing(policy: Policy, revisions: tuple[Policy, ...], deciding: tuple[Policy, ...]) -> Standing:
    before = [one for one in deciding if one.since < policy.since]
    after = [one for one in deciding if one.since > policy.since]
    following = replacement(policy, revisions) or (after[0] if after else None)
    return Standing(policy, before[-1] if before else None, following, predecessor(policy, revisions))
