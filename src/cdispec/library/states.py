"""The states of policies that may decide: from when each does, and the state, read when a request's date chooses it.

Which revision was in effect on a day rests on the names of the folders and on the seal of each; these are read of every
revision. The files of a revision are read, and held against its seal, when a case is to be decided by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

from cdispec.library.files import folders
from cdispec.library.policies import Library, misnamed
from cdispec.library.revisions import days_of, read_revision
from cdispec.library.sources import REVISIONS
from cdispec.model.policy import Period, Policy
from cdispec.source import Issue, errors_of, has_errors

Tell = Callable[[list[Issue]], None]
"""Told once what the errors are of a state that was to decide and cannot."""

Periods = dict[str, tuple[Period, ...]]


def deciding(library: Library, tell: Tell) -> Periods:
    """The states of each policy that decide, oldest first: its revisions, or its working state where it has none."""
    root = library.root
    slugs = {policy.slug: number for number, policy in library.policies.items()}
    released = [slug for slug in folders(root / "policy") if folders(root / "policy" / slug / REVISIONS)]
    numbers = {slug: slugs.get(slug) or _number(root, slug) for slug in released}
    named = Counter([*library.policies, *(number for slug, number in numbers.items() if slug not in slugs)])
    found = working(library, tell)
    for slug, number in numbers.items():
        if number in library.duplicated or named[number] > 1:
            # Which of the policies of one number is meant cannot be told.
            found[number] = (_undecided(partial(_errors, library), tell),)
        elif number:
            found[number] = _released(root, slug, number, tell)
    return found


def working(library: Library, tell: Tell) -> Periods:
    """The working state of each policy."""
    broken = _undecided(partial(_errors, library), tell)
    return {
        number: (broken if number in library.broken else Period.of(policy),)
        for number, policy in library.policies.items()
    }


def _errors(library: Library) -> list[Issue]:
    return errors_of(library.issues)


def _undecided(errors: Callable[[], list[Issue]], tell: Tell) -> Period:
    """Stands for all days of a policy of which no state can be trusted."""

    @cache
    def read() -> None:
        tell(errors())

    return Period(date.min, read)


def _released(root: Path, slug: str, number: str, tell: Tell) -> tuple[Period, ...]:
    days, issues = days_of(root, slug)
    errors = errors_of(issues)
    if errors:
        return (_undecided(lambda: errors, tell),)
    return tuple(Period(day, cache(partial(_read, root, slug, number, day, tell))) for day in days)


def _read(root: Path, slug: str, number: str, day: date, tell: Tell) -> Policy | None:
    policy, issues = read_revision(root, slug, day.isoformat())
    issues += misnamed(number, policy) if policy else []
    if has_errors(issues):
        tell(issues)
        return None
    return policy


def _number(root: Path, slug: str) -> str:
    """The number of a policy whose working document cannot be read: that of its newest revision."""
    days, _ = days_of(root, slug)
    newest = read_revision(root, slug, days[-1].isoformat())[0] if days else None
    return newest.number if newest else ""
