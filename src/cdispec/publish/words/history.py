"""The revision table: the rows of a policy's history, newest first, in the place of the placeholder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cdispec.model.inlines import Text
from cdispec.model.phrases import short_date
from cdispec.model.policy import HistoryRow
from cdispec.publish.words.markdown import Reader
from cdispec.publish.words.tree import Cell, Row, Table


def with_rows(
    table: Table, rows: tuple[HistoryRow, ...], reader: Reader, effects: Mapping[str, tuple[str, ...]]
) -> Table:
    """The printed table with the rows of the history; columns that it lacks are added where a row needs them.

    `effects` says by revision what it does to determinations.
    """
    when, what = table.header
    revisions, reasons = any(row.revision for row in rows), any(row.reason for row in rows)
    proved = any(row.revision in effects for row in rows)
    header = [when, *([_cell("Revision")] if revisions else []), what]
    header += [*([_cell("Effect")] if proved else []), *([_cell("Reason")] if reasons else [])]
    printed = []
    for row in newest_first(rows):
        cells = [_cell(short_date(row.date))]
        if revisions:
            cells.append(_cell(short_date(row.revision) if row.revision else "none"))
        cells.append(_updates(row, reader))
        if proved:
            lines = effects.get(row.revision, ())
            cells.append(Cell(tuple((Text(line),) for line in lines), listed=True) if lines else _cell(""))
        if reasons:
            cells.append(Cell((reader.inlines(row.reason),)) if row.reason else _cell(""))
        printed.append(Row("", tuple(cells)))
    return replace(table, header=tuple(header), rows=tuple(printed))


def newest_first(rows: tuple[HistoryRow, ...]) -> tuple[HistoryRow, ...]:
    """The rows of the revision history, newest first; of rows with one date the one written last comes first."""
    return tuple(sorted(rows, key=lambda row: row.date)[::-1])


def correction(row: HistoryRow) -> str:
    """What a row says of the one that it corrects."""
    return f"Corrects the entry of {short_date(row.corrects)}"


def _updates(row: HistoryRow, reader: Reader) -> Cell:
    lines = [reader.inlines(update) for update in row.updates]
    if row.corrects:
        lines.insert(0, (Text(correction(row)),))
    return Cell(tuple(lines), listed=True)


def _cell(text: str) -> Cell:
    return Cell(((Text(text),),))
