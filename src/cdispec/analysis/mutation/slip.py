"""A slip: a small edit of a policy, as its author could make it, and the policy that it leaves."""

from __future__ import annotations

from dataclasses import dataclass

from cdispec.analysis.replay.edited import Edited
from cdispec.logic import Truth
from cdispec.source import Place


@dataclass(frozen=True, slots=True)
class Rewritten:
    """On a line at or below a place, of what begins there, other words."""

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Removed:
    """What begins at a place, without what stands after it."""

    place: Place
    what: str


@dataclass(frozen=True, slots=True)
class Inserted:
    """A line more, below what begins at a place."""

    place: Place
    new: str


@dataclass(frozen=True, slots=True)
class Misread:
    """Nothing is edited: what is not known of a comparison is read as an answer; `silent` says in complete records.

    Read as unknown is what is known not to have a value.
    """

    place: Place
    criterion: str
    read_as: Truth
    silent: bool


Edit = Rewritten | Removed | Inserted | Misread


@dataclass(frozen=True, slots=True)
class Slip:
    """The edits that make it, and the policy after them.

    Of what is misread, the policy asks the yes-no fact `standing_in` in its place.
    """

    edits: tuple[Edit, ...]
    edited: Edited
    standing_in: str = ""
