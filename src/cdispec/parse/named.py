"""What a name is that should be that of a fact of one kind, and is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cdispec.issues.files import malformed_date, wrong_kind
from cdispec.issues.policies import unknown_fact
from cdispec.model.facts import REQUEST, Day, Fact, as_day, kind_name
from cdispec.source import Issue, Place

_LIKE_A_DAY = re.compile(r"\d+([-/.])\d+\1\d+")


def no_such_fact(place: Place, name: str, kind: str, known: Iterable[str], facts: Mapping[str, Fact]) -> Issue:
    """The issue of a name that is none of those known: of a fact of another kind, a day, or nothing."""
    if fact := facts.get(name):
        return wrong_kind(place, f"the id of a {kind} fact", f"`{name}`, a {kind_name(fact)} fact")
    if _LIKE_A_DAY.fullmatch(name) and kind == "date":
        day = as_day(name)
        return wrong_kind(place, "the id of a date fact", f"the day {day}") if day else malformed_date(place, name)
    return unknown_fact(place, name, known)


def no_such_date(place: Place, name: str, facts: Mapping[str, Fact]) -> Issue | None:
    """The issue of a name that is neither that of a date fact nor `request`; None for one that is."""
    dates = [REQUEST, *(id for id, fact in facts.items() if isinstance(fact, Day))]
    return None if name in dates else no_such_fact(place, name, "date", dates, facts)
