"""The look-up of procedure codes: which current policies list a code, and in which clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cdispec.model.inlines import plain_words
from cdispec.model.policy import Policy, all_sections
from cdispec.publish.shelf import Shelf
from cdispec.publish.words.mentions import anchored, anchored_codes


@dataclass(frozen=True, slots=True)
class Listing:
    """A code as one policy lists it: `label` and `title` are those of the section that lists it."""

    shelf: Shelf
    description: str
    anchor: str
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code with every current policy that lists it."""

    code: str
    anchor: str
    listings: tuple[Listing, ...]


def listed_codes(shelves: Sequence[Shelf]) -> tuple[ListedCode, ...]:
    """The codes of every current policy, by code."""
    found: dict[str, list[Listing]] = defaultdict(list)
    for shelf in shelves:
        policy = shelf.current
        title = _title(policy)
        for entry, (code, anchor) in zip(policy.codes, anchored_codes(policy), strict=True):
            description = plain_words(policy, entry.description)
            found[code].append(Listing(shelf, description, anchor, entry.label, title))
    return tuple(ListedCode(code, anchor, tuple(found[code])) for code, anchor in anchored("code", sorted(found)))


def _title(policy: Policy) -> str:
    """The title of the section that lists codes."""
    titles = (plain_words(policy, of.title) for of in all_sections(policy.sections) if of.id == "codes")
    return next(titles, "")
