"""`cdispec history`: the revisions of a policy, what its authors say of each and what each is proved to do."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import open_working
from cdispec.cli.states import policy_named, prover_stands, revision_names, state_named
from cdispec.model.policy import HistoryRow, Policy
from cdispec.report.terminal import Style, style_for

WIDTH = 100


def run(arguments: argparse.Namespace) -> int:
    """Print the history of a policy, newest first; 1 where a revision cannot be read or nothing can be proved."""
    library = open_working(arguments.library)
    if library is None:
        return USAGE
    policy = policy_named(library, arguments.policy)
    if policy is None:
        return FAILED
    revisions = []
    for name in revision_names(library, policy):
        revision = state_named(library, policy, name)
        if revision is None:
            return FAILED
        revisions.append(revision)
    proved = len(revisions) < 2 or prover_stands()
    effects = _effects(revisions, arguments.limit) if proved else {}
    entries = _entries(policy, revisions, effects)
    if arguments.json:
        print(json.dumps({"policy": policy.number, "history": entries}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(policy, entries, style_for(sys.stdout))))
    return DONE if proved else FAILED


def _effects(revisions: Sequence[Policy], limit: float) -> dict[str, tuple[str, ...]]:
    """For each revision that follows another what it is proved to do, by its name."""
    if len(revisions) < 2:
        return {}
    from cdispec.analysis.effects.compare import effect_of
    from cdispec.analysis.effects.wording import effect_lines

    return {after.revision: effect_lines(effect_of(before, after, limit)) for before, after in pairwise(revisions)}


def _entries(policy: Policy, revisions: Sequence[Policy], effects: dict[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    """Revisions, reviews and corrections, newest first."""
    rows = {row.revision: row for row in policy.history if row.revision}
    found = []
    for number, revision in enumerate(revisions):
        after = revisions[number + 1].since if number + 1 < len(revisions) else None
        until = None if after is None else (after - timedelta(days=1)).isoformat()
        entry = {"date": revision.revision, "revision": revision.revision, "until": until}
        found.append(entry | _said(rows.get(revision.revision)) | {"effect": list(effects.get(revision.revision, ()))})
    for row in policy.history:
        if not row.revision:
            found.append({"date": row.date, "revision": None, "until": None, **_said(row), "effect": []})
    return sorted(found, key=lambda entry: entry["date"], reverse=True)


def _said(row: HistoryRow | None) -> dict[str, Any]:
    if row is None:
        return {"updates": [], "reason": "", "corrects": ""}
    return {"updates": list(row.updates), "reason": row.reason, "corrects": row.corrects}


def _lines(policy: Policy, entries: list[dict[str, Any]], style: Style) -> Iterator[str]:
    yield style.bold(f"CDI {policy.number} {policy.title}")
    if not entries:
        yield "\nNo revision is published yet, and no review is noted."
    for entry in entries:
        yield ""
        yield style.bold(entry["date"]) + f"  {_what(entry)}"
        for update in entry["updates"]:
            yield from _wrapped(update)
        if entry["reason"]:
            yield from _wrapped(f"Reason: {entry['reason']}")
        for line in entry["effect"]:
            yield from _wrapped(f"Effect: {line}")


def _what(entry: dict[str, Any]) -> str:
    if entry["revision"] is None:
        return f"corrects the entry of {entry['corrects']}" if entry["corrects"] else "review"
    until = f"to {entry['until']}" if entry["until"] else "on"
    original = "" if entry["updates"] else ", first publication"
    return f"in effect from {entry['revision']} {until}{original}"


def _wrapped(text: str) -> Iterator[str]:
    for number, line in enumerate(textwrap.wrap(text, WIDTH - 4)):
        yield f"  {'  ' if number else ''}{line}"
