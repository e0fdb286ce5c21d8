"""The history of a policy: its rows, and the names of its revisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cdispec.model.facts import as_day
from cdispec.source import Place

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([2-9]|[1-9]\d+))?")


def revision_name(day: date, turn: int) -> str:
    """The name of a revision: the day from which it is in effect; `-2` and so on for a further one of that day."""
    return day.isoformat() if turn == 1 else f"{day.isoformat()}-{turn}"


def named_revision(name: str) -> tuple[date, int] | None:
    """The day from which a revision of this name is in effect, and its turn among those of that day."""
    match = _NAME.fullmatch(name)
    day = as_day(match[1]) if match else None
    return (day, int(match[2] or 1)) if match and day else None


def last_of(day_or_month: str) -> date:
    """A day; of a month its last one."""
    day = as_day(day_or_month)
    return day or next(found for end in (31, 30, 29, 28) if (found := as_day(f"{day_or_month}-{end}")))


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row of the revision history table.

    `date` is a day (2026-01-15) or a month (2026-01): that of its revision or review, as it is printed.
    `revision` names the revision the row belongs to, and is "" for a review that published none and for a row that is
    `former`: of a revision from before the tool, of which there is nothing to run. `number` is that which its agency
    gave it, `published` the day or month of publication; both may be "". `corrects` is the date of the row it
    corrects, or "".
    """

    date: str
    updates: tuple[str, ...]
    revision: str
    reason: str
    corrects: str
    place: Place
    number: str = ""
    published: str = ""
    former: bool = False

    @property
    def known(self) -> str:
        """The day or month from which it is known, by which rows are sorted."""
        return self.published or self.date

    @property
    def foretold(self) -> bool:
        """Whether only its day of effect is stated, so that it may have been published on any day before."""
        return bool(self.revision and not self.published)

    @property
    def effective(self) -> str:
        """The day or month from which its revision is in effect; "" for a review."""
        named = named_revision(self.revision)
        return named[0].isoformat() if named else self.date if self.former else ""


def newest_first(rows: tuple[HistoryRow, ...]) -> tuple[HistoryRow, ...]:
    """Rows as they are printed: of those known from one date the one written last comes first."""
    return tuple(sorted(rows, key=lambda row: row.known)[::-1])
