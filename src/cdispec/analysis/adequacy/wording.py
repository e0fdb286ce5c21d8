"""Gaps in words: what no scenario shows of a clause, and what is read or edited otherwise without one noticing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from cdispec.analysis.adequacy.adequacy import Adequacy, Cell
from cdispec.analysis.adequacy.aspects import (
    Aspect,
    Borders,
    Comes,
    Counts,
    Falls,
    Lacks,
    Leaves,
    Reads,
    Rests,
    Seen,
    Turns,
)
from cdispec.model.policy import Policy
from cdispec.model.sentences import listed
from cdispec.source import Place

_SEEN = {
    Seen.TRUE: "met",
    Seen.FALSE: "not met",
    Seen.UNKNOWN: "not known",
    Seen.SILENT: "not mentioned in a complete record",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """What no scenario shows of one thing: a criterion by its id, a clause, a kind of request, an interpretation."""

    label: str
    of: str
    place: Place
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is missing, in one sentence."""
        return listed(self.missing, "or")


def gaps(adequacy: Adequacy) -> list[Gap]:
    """The open cells, those of one thing together, in the order of the document."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for cell in adequacy.open_cells:
        found.setdefault((cell.label, subject_of(cell.aspect)), []).append(cell)
    return [Gap(*key, cells[0].place, _missing(cells, adequacy.policy)) for key, cells in found.items()]


def _missing(cells: Iterable[Cell], policy: Policy) -> tuple[str, ...]:
    return tuple(aspect_words(cell.aspect, policy) for cell in cells)


def subject_of(aspect: Aspect) -> str:
    """The id of what an aspect is of; "" of a clause as a whole, which has its label."""
    match aspect:
        case Turns(id) | Counts(id) | Borders(id) | Lacks(id) | Falls(id) | Leaves(id):
            return id
        case Comes(request):
            return request
        case Reads(id):
            return id
        case Rests():
            return ""
        case _:
            assert_never(aspect)


def aspect_words(aspect: Aspect, policy: Policy) -> str:
    """What a scenario would show."""
    match aspect:
        case Turns(_, seen):
            return _SEEN[seen]
        case Counts(_, value):
            return f"`{value}` as the answer that counts"
        case Borders(_, _, where) | Falls(_, _, where):
            return where
        case Lacks():
            return "that there is none"
        case Comes(request, outcome):
            return f"{policy.requests[request].phrase}: {outcome}"
        case Leaves(_, requested):
            return f"a request {requested} the amount that is left"
        case Reads():
            return "an interpretation that no scenario names"
        case Rests():
            return "an outcome that rests on it"
        case _:
            assert_never(aspect)
