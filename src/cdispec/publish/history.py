"""The revision table: the rows of a policy's history in the place of the placeholder."""

from __future__ import annotations

from datetime import date, datetime

from cdispec.model.policy import HistoryRow
from cdispec.publish.markdown import table_body

_DATES = ("%Y-%m-%d", "%m/%d/%Y")


def with_rows(markdown: str, rows: tuple[HistoryRow, ...]) -> str:
    """The revision table with its placeholder replaced by rows, an update a bullet."""
    lines = markdown.split("\n")
    body = table_body(markdown)
    if body is None:
        return markdown
    printed = [f"| {_cell(row.date)} | {'<br>'.join(f'• {_cell(update)}' for update in row.updates)} |" for row in rows]
    return "\n".join([*lines[: body[0]], *printed, *lines[body[1] :]])


def _cell(text: str) -> str:
    """A text that cannot end the cell it stands in."""
    return " ".join(text.split()).replace("|", "\\|")


def newest_first(rows: tuple[HistoryRow, ...]) -> tuple[HistoryRow, ...]:
    """The rows of the revision history, newest first; in the order written where a date cannot be read."""
    dates = [_day(row.date) for row in rows]
    if None in dates:
        return rows
    order = sorted(range(len(rows)), key=lambda n: (-(dates[n] or date.min).toordinal(), n))
    return tuple(rows[n] for n in order)


def _day(text: str) -> date | None:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
