"""`cdispec history`: the revisions of a policy, what its authors say of each and what each is proved to do."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import open_working, tell
from cdispec.cli.states import policy_named, prover_stands, revision_names, state_named
from cdispec.model.policy import HistoryRow, Policy
from cdispec.publish.shelf import Shelf, Standing, standings
from cdispec.report.terminal import Style, style_for, wrapped
from cdispec.source import errors_of


def run(arguments: argparse.Namespace) -> int:
    """Print the history of a policy, newest first; 1 where a revision cannot be read or nothing can be proved."""
    library = open_working(arguments.library)
    if library is None:
        return USAGE
    policy = policy_named(library, arguments.policy)
    if policy is None:
        return FAILED
    path = f"policy/{policy.slug}/history.yaml"
    unread = [issue for issue in errors_of(library.issues) if issue.place.path == path]
    if unread:
        tell(unread, library.root)
        return FAILED
    revisions = []
    for name in revision_names(library, policy):
        revision = state_named(library, policy, name)
        if revision is None:
            return FAILED
        revisions.append(revision)
    published = [standing for standing in standings(Shelf(policy, tuple(revisions))) if standing.since]
    proved = len(published) < 2 or prover_stands()
    entries = _entries(policy, published, _effects(published, arguments.limit) if proved else {})
    if arguments.json:
        found = {"policy": policy.number, "history": [entry.json() for entry in entries]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(policy, entries, style_for(sys.stdout))))
    return DONE if proved else FAILED


def _effects(published: Sequence[Standing], limit: float) -> dict[str, tuple[str, ...]]:
    """For each revision that follows another what it is proved to do, by its name."""
    if len(published) < 2:
        return {}
    from cdispec.analysis.effects.compare import effect_of
    from cdispec.analysis.effects.wording import effect_lines

    return {
        one.policy.revision: effect_lines(effect_of(one.before, one.policy, limit, one.until))
        for one in published
        if one.before
    }


@dataclass(frozen=True, slots=True)
class _Entry:
    """A revision, a review or a correction: from when until when it is in effect, its row and what it does.

    `revision` is "" for a review or correction, `until` for the newest revision; the original publication has no row.
    """

    date: str
    revision: str
    until: str
    first: bool
    row: HistoryRow | None
    effect: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """The entry as plain data."""
        return {
            "date": self.date,
            "revision": self.revision or None,
            "until": self.until or None,
            "updates": list(self.row.updates) if self.row else [],
            "reason": self.row.reason if self.row else "",
            "corrects": self.row.corrects if self.row else "",
            "effect": list(self.effect),
        }


def _entries(policy: Policy, published: Sequence[Standing], effects: dict[str, tuple[str, ...]]) -> list[_Entry]:
    """Revisions, reviews and corrections, newest first."""
    rows = {row.revision: row for row in policy.history if row.revision}
    found = [_Entry(row.date, "", "", False, row, ()) for row in policy.history if not row.revision]
    for one in published:
        name, until = one.policy.revision, one.until.isoformat() if one.until else ""
        found.append(_Entry(name, name, until, one.before is None, rows.get(name), effects.get(name, ())))
    return sorted(found, key=lambda entry: entry.date, reverse=True)


def _lines(policy: Policy, entries: list[_Entry], style: Style) -> Iterator[str]:
    yield style.bold(f"CDI {policy.number} {policy.title}")
    if not entries:
        yield "\nNo revision is published yet, and no review is noted."
    for entry in entries:
        yield ""
        yield style.bold(entry.date) + f"  {_what(entry)}"
        for update in entry.row.updates if entry.row else ():
            yield from wrapped(update, 2)
        if entry.row and entry.row.reason:
            yield from wrapped(f"Reason: {entry.row.reason}", 2)
        if entry.effect:
            proved = not any(line.startswith("not decided") for line in entry.effect)
            yield f"  Effect{', proved for every case' if proved else ''}:"
        for line in entry.effect:
            yield from wrapped(f"- {line}", 2)


def _what(entry: _Entry) -> str:
    if entry.revision:
        until = f"to {entry.until}" if entry.until else "on"
        return f"in effect from {entry.revision} {until}{', first publication' if entry.first else ''}"
    return f"corrects the entry of {entry.row.corrects}" if entry.row and entry.row.corrects else "review"
