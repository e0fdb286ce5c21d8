"""The rows in the head of a document: its number, its dates, and what else its family prints there."""

from __future__ import annotations

from cdispec.analysis.changes.alignment import aligned
from cdispec.model.phrases import head_words, long_date
from cdispec.model.policy import Policy


def head_rows(before: Policy, after: Policy) -> tuple[tuple[str, str], ...]:
    """Each row as both states print it, in order; "" where a state has none of that label."""
    rows = aligned(_printed(before), _printed(after), lambda row: row[0], lambda row: row[1].split())
    return tuple((was[1] if was else "", now[1] if now else "") for was, now in rows)


def _printed(policy: Policy) -> list[tuple[str, str]]:
    """What tells each row from the others, and what it prints."""
    own = [
        ("number", f"{policy.number_label}: {policy.number}"),
        ("effective", f"{policy.effective_label}: {long_date(policy.effective)}"),
        ("reviewed", f"{policy.review_label}: {long_date(policy.reviewed)}"),
    ]
    return [*own, *((f"head {label}", f"{label}: {head_words(said)}") for label, said in policy.family.rows.items())]
