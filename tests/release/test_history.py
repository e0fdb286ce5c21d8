"""The rows of a history: how they are read, and how one is added to what an author wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdispec.library.history import with_row
from cdispec.model.history import HistoryRow
from cdispec.parse.history import read_history
from cdispec.source import Place
from tests.reading.libraries import checked, told
from tests.release.libraries import HISTORY

NOWHERE = Place("")
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def row(
    date: str = "2026-01-15", *updates: str, revision: str = "", reason: str = "", corrects: str = ""
) -> HistoryRow:
    """A row as it is read from a text that has no path."""
    return HistoryRow(date, updates or ("Reviewed.",), revision, reason, corrects, NOWHERE)


def read(text: str) -> list[HistoryRow]:
    """The rows of a history without issues, wherever they stand."""
    history, issues = read_history(text, "history.yaml")
    assert not issues
    return [row(r.date, *r.updates, revision=r.revision, reason=r.reason, corrects=r.corrects) for r in history.rows]


def codes(text: str) -> list[tuple[str, int, int]]:
    """What is told of a history as a file: code, line and column."""
    return told(read_history(text, "history.yaml")[1])


def test_a_row_says_when_what_and_why() -> None:
    text = """\
rows:
  - date: 2025-12
    updates: The literature was reviewed.
  - date: 2026-01-15
    revision: 2026-01-15
    updates: [Scar tissue was added., "Reworded: II.b"]
    reason: A review was published.
  - {date: 2026-02-01, corrects: 2025-12, updates: [It was in November.]}
"""
    assert read(text) == [
        row("2025-12", "The literature was reviewed."),
        row(
            "2026-01-15",
            "Scar tissue was added.",
            "Reworded: II.b",
            revision="2026-01-15",
            reason="A review was published.",
        ),
        row("2026-02-01", "It was in November.", corrects="2025-12"),
    ]


def test_a_row_has_its_place() -> None:
    history, _ = read_history("rows:\n  - date: 2026-01-15\n    updates: Reviewed.\n", "history.yaml")
    [found] = history.rows
    assert found.place == Place("history.yaml", 2, 5)


@pytest.mark.parametrize(
    ("fields", "code", "line"),
    [
        ("date: 06/01/2026\n    updates: a", "malformed-date", 2),
        ("date: 2026-13\n    updates: a", "malformed-date", 2),
        ("date: 2026\n    updates: a", "malformed-date", 2),
        ("updates: a", "missing-key", 2),
        ("date: 2026-01", "missing-key", 2),
        ("date: 2026-01\n    updates: []", "wrong-kind", 3),
        ("date: 2026-01\n    updates: [{a: b}]", "wrong-kind", 3),
        ("date: 2026-01\n    updates: a\n    revision: 2026-01", "malformed-date", 4),
        ("date: 2026-01\n    updates: a\n    corrects: then", "malformed-date", 4),
        ("date: 2026-01\n    updates: a\n    reason: []", "wrong-kind", 4),
        ("date: 2026-01\n    updates: a\n    revisions: 2026-01-15", "unknown-key", 4),
    ],
)
def test_a_row_that_says_something_else_is_told_of(fields: str, code: str, line: int) -> None:
    assert [(name, at) for name, at, _ in codes(f"rows:\n  - {fields}\n")] == [(code, line)]


@pytest.mark.parametrize(
    ("dates", "misplaced"),
    [
        (["2026-01-15", "2026-01-15"], []),
        (["2026-01-15", "2026-01", "2026-01-20"], []),
        (["2026-01", "2026-01-15", "2026-02"], []),
        (["2026-01-15", "2026-01-14"], [3]),
        (["2026-02", "2026-01-31"], [3]),
        (["2026-01-20", "2026-01", "2026-01-10"], [4]),
        (["2026-03-01", "2026-01-01", "2026-02-01"], [3, 4]),
    ],
)
def test_rows_stand_oldest_first(dates: list[str], misplaced: list[int], tmp_path: Path) -> None:
    text = "rows:\n" + "".join(f"  - {{date: {date}, updates: Reviewed.}}\n" for date in dates)
    found = checked(tmp_path, {HISTORY: text})
    assert [(issue.code, issue.place.line) for issue in found] == [("misplaced-row", line) for line in misplaced]


@pytest.mark.parametrize(
    ("date", "code"), [("2026-01-15", []), ("2026-01", ["unknown-row"]), ("2026-02-01", ["unknown-row"])]
)
def test_a_row_corrects_another_one(date: str, code: list[str], tmp_path: Path) -> None:
    text = (
        "rows:\n  - {date: 2026-01-15, updates: Reviewed.}\n"
        f"  - {{date: 2026-02-01, corrects: {date}, updates: It was not.}}\n"
    )
    assert [issue.code for issue in checked(tmp_path, {HISTORY: text})] == code


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "rows:\n  - date: 2026-01-15\n    updates:\n      - Reviewed.\n"),
        ("rows: []\n", "rows:\n  - date: 2026-01-15\n    updates:\n      - Reviewed.\n"),
        (
            "# Ours\nrows: [ ] # none yet",
            "# Ours\nrows: # none yet\n  - date: 2026-01-15\n    updates:\n      - Reviewed.\n",
        ),
        (
            "former:\n- {date: 2001-12, updates: A b}\n",
            "former:\n- {date: 2001-12, updates: A b}\nrows:\n- date: 2026-01-15\n  updates:\n    - Reviewed.\n",
        ),
        (
            "rows:\n# the first\n- {date: 2025-12, updates: A b}  # see minutes\n",
            "rows:\n# the first\n- {date: 2025-12, updates: A b}  # see minutes\n"
            "- date: 2026-01-15\n  updates:\n    - Reviewed.\n",
        ),
        (
            "rows:\r\n    - date: 2025-12\r\n      updates: >\r\n        A\r\n        b",
            "rows:\r\n    - date: 2025-12\r\n      updates: >\r\n        A\r\n        b\r\n"
            "    - date: 2026-01-15\r\n      updates:\r\n        - Reviewed.\r\n",
        ),
    ],
)
def test_a_row_is_added_below_what_the_author_wrote(before: str | None, after: str) -> None:
    added = with_row(None if before is None else before.encode(), row())
    assert added is not None
    assert added.decode().replace('"Reviewed."', "Reviewed.") == after


def test_a_byte_order_mark_stays() -> None:
    added = with_row("\ufeffrows: []\n".encode(), row())
    assert added is not None
    assert added.startswith(b"\xef\xbb\xbfrows:\n")


@pytest.mark.parametrize("text", ["rows: [{date: 2025-12, updates: A}]\n", "rows: []\n---\n", "rows: [\n]\n", "\xff"])
def test_what_a_row_cannot_be_added_to_is_left_to_its_author(text: str) -> None:
    assert with_row(text.encode("latin-1"), row()) is None


@given(TEXT, TEXT)
def test_any_text_is_read_back_as_it_was_said_or_refused(update: str, reason: str) -> None:
    said = row("2026-01-15", " ".join(update.split()) or "-", reason=" ".join(reason.split()))
    added = with_row(b"rows: []\n", said)
    printable = all(text.isprintable() for text in (*said.updates, said.reason))
    assert added is not None or not printable
    if added is not None:
        assert read(added.decode()) == [said]
