"""The history of a policy as text for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cdispec.analysis.history import HistoryEntry
from cdispec.model.policy import Policy
from cdispec.report.terminal import Style, wrapped


def history_json(policy: Policy, entries: Sequence[HistoryEntry]) -> dict[str, Any]:
    """The history as plain data."""
    return {"policy": policy.number, "history": [_entry_json(entry) for entry in entries]}


def _entry_json(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "date": entry.date,
        "revision": entry.revision or None,
        "number": (entry.row.number if entry.row else "") or None,
        "published": (entry.row.published if entry.row else "") or None,
        "effective": entry.effective or None,
        "former": bool(entry.row and entry.row.former),
        "until": entry.until or None,
        "updates": list(entry.row.updates) if entry.row else [],
        "reason": entry.row.reason if entry.row else "",
        "corrects": entry.row.corrects if entry.row else "",
        "shared": list(entry.shared),
        "effect": list(entry.effect),
    }


def history_text(policy: Policy, entries: Sequence[HistoryEntry], style: Style) -> str:
    """The history, entry by entry."""
    return "\n".join(_lines(policy, entries, style))


def _lines(policy: Policy, entries: Sequence[HistoryEntry], style: Style) -> Iterator[str]:
    yield style.bold(f"{policy.named} {policy.title}")
    if not entries:
        yield "\nNo revision is published yet, and no review is noted."
    for entry in entries:
        yield ""
        yield style.bold(entry.date) + f"  {_what(entry)}"
        for update in entry.row.updates if entry.row else ():
            yield from wrapped(update, 2)
        if entry.row and entry.row.reason:
            yield from wrapped(f"Reason: {entry.row.reason}", 2)
        for id in entry.shared:
            yield from wrapped(f"Changed in the shared clause `{id}`, which other policies may print as well.", 2)
        if entry.effect:
            proved = not any(line.startswith("not decided") for line in entry.effect)
            yield f"  Effect{', proved for every case' if proved else ''}:"
        for line in entry.effect:
            yield from wrapped(f"- {line}", 2)


def _what(entry: HistoryEntry) -> str:
    number = f"{entry.row.number}, " if entry.row and entry.row.number else ""
    if entry.revision:
        until = f"to {entry.until}" if entry.until else "on"
        period = "replaced by a later publication" if entry.replaced else until
        said = f"{number}in effect from {entry.effective}{', ' if entry.replaced else ' '}{period}"
        return f"{said}{', first publication' if entry.first else ''}"
    if entry.row and entry.row.former:
        effective = f"in effect from {entry.effective}, " if entry.effective else ""
        return f"{number}{effective}from before the tool, which cannot run it"
    return f"corrects the entry of {entry.row.corrects}" if entry.row and entry.row.corrects else "review"
