"""The look-up of codes: which current policies list a code, or ask for a set that has it, and in which clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cdispec.model.codes import CodeRow, CodeSet
from cdispec.model.criteria import Comparison, IncludesAnyOf
from cdispec.model.inlines import plain_words
from cdispec.model.policy import Policy, all_criteria, all_sections
from cdispec.publish.pages.revisions import state_of
from cdispec.publish.shelf import Shelf
from cdispec.publish.words.document import anchors
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


def code_set_data(shelves: Sequence[Shelf], folder: Callable[[Policy], str]) -> list[dict[str, Any]]:
    """The code sets that current policies ask for, as `code-sets.js` reads them; one that several share stands once.

    The rows are one text, a line each with tabs between the cells, which a browser takes apart soonest.
    """
    found: dict[CodeSet, dict[str, Any]] = {}
    for shelf in shelves:
        policy = shelf.current
        labels = _asking(policy)
        for one in policy.code_sets.values():
            said = found.setdefault(one, {"name": one.id, "policies": [], "rows": "\n".join(map(_row, one.rows))})
            page, state = f"{folder(policy)}index.html", state_of(policy)
            clauses = [[label, f"{page}#{anchor}"] for label, anchor in labels.get(one.id, {}).items()]
            shown = {"title": policy.title, "number": policy.named, "state": state, "page": page, "clauses": clauses}
            said["policies"].append(shown)
    return list(found.values())


def _asking(policy: Policy) -> dict[str, dict[str, str]]:
    """For each code set the labels of the clauses that ask for it, with where they stand."""
    found: dict[str, dict[str, str]] = {}
    where = anchors(policy)
    for criterion in all_criteria(policy):
        logic = criterion.logic
        if isinstance(logic, Comparison) and isinstance(logic.test, IncludesAnyOf) and logic.test.sets:
            for id in logic.test.options:
                found.setdefault(id, {}).setdefault(criterion.label, where[criterion.id])
    return found


def _row(row: CodeRow) -> str:
    days = ("" if day in (date.min, date.max) else day.isoformat() for day in (row.start, row.end))
    return "\t".join([row.pattern, row.description, *days])


def _title(policy: Policy) -> str:
    """The title of the section that lists codes."""
    titles = (plain_words(policy, of.title) for of in all_sections(policy.sections) if of.id == "codes")
    return next(titles, "")
