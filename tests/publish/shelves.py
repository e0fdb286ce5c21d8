"""Policies with revisions, for the tests of what stands beside the documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cdispec.model.policy import HistoryRow, Policy, Status
from cdispec.publish.shelf import Shelf
from cdispec.source import Place

DAYS = (date(2025, 6, 1), date(2026, 1, 15), date(2026, 7, 1))


def row(day: str, *updates: str, revision: str = "", reason: str = "", corrects: str = "") -> HistoryRow:
    """A row of a revision history."""
    return HistoryRow(day, updates, revision, reason, corrects, Place("history.yaml"))


HISTORY = (
    row("2026-01-15", "Added neck pain", "Added scars", revision="2026-01-15", reason="New evidence"),
    row("2026-03", "Reviewed, no changes"),
    row("2026-07-01", "Added code 97140", revision="2026-07-01"),
    row("2026-07-01", "The date was wrong", corrects="2026-01-15"),
    row("2026-07-01", "Reviewed once more"),
)


def revised(policy: Policy, newest: Status = Status.PUBLISHED) -> Shelf:
    """The policy with three published revisions, and reviews that published nothing since."""
    statuses = (Status.PUBLISHED, Status.PUBLISHED, newest)
    revisions = tuple(
        replace(
            policy,
            in_effect=day,
            status=status,
            history=tuple(row for row in HISTORY if row.revision and row.revision <= day.isoformat()),
        )
        for day, status in zip(DAYS, statuses, strict=True)
    )
    return Shelf(replace(policy, history=HISTORY), revisions)
