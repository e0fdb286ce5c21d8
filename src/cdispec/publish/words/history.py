"""The revision table: the rows of a policy's history, newest first, in the place of the placeholder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from cdispec.model.family import Column
from cdispec.model.history import HistoryRow
from cdispec.model.inlines import Text
from cdispec.model.phrases import short_date
from cdispec.model.policy import Policy
from cdispec.publish.words.markdown import Reader
from cdispec.publish.words.tree import Cell, Row, Table

_USUAL = {
    Column.NUMBER: "Number",
    Column.PUBLISHED: "Published",
    Column.EFFECTIVE: "Revision",
    Column.EFFECT: "Effect",
    Column.REASONS: "Reason",
}
"""What heads a column that the printed table lacks. An agency's own table has words of its own."""


def with_rows(table: Table, policy: Policy, reader: Reader, effects: Mapping[str, tuple[str, ...]]) -> Table:
    """The printed table with the rows of the history; columns that it lacks are added where a row needs them.

    `effects` says by revision what it does to determinations.
    """
    rows = policy.rows
    stated = policy.family.columns or (Column.DATE, Column.EXPLANATION)
    heads = dict(zip(stated, table.header, strict=True))
    needed = [
        *((Column.NUMBER,) if any(row.number for row in rows) else ()),
        *((Column.PUBLISHED,) if any(row.published for row in rows) else ()),
        *((Column.EFFECTIVE,) if any(row.effective for row in rows) else ()),
        *((Column.EFFECT,) if any(row.revision in effects for row in rows) else ()),
        *((Column.REASONS,) if any(row.reason for row in rows) else ()),
    ]
    heads |= {column: _cell(_USUAL[column]) for column in needed if column not in heads}
    columns = [*heads] if policy.family.columns else sorted(heads, key=[*Column].index)
    printed = (tuple(_said(row, column, reader, effects) for column in columns) for row in rows)
    header = tuple(heads[column] for column in columns)
    return replace(table, header=header, rows=tuple(Row("", cells) for cells in printed))


def _said(row: HistoryRow, column: Column, reader: Reader, effects: Mapping[str, tuple[str, ...]]) -> Cell:
    """What a row says in a column."""
    match column:
        case Column.DATE:
            return _date(row.date or row.published)
        case Column.NUMBER:
            return _cell(row.number)
        case Column.PUBLISHED:
            # A review is published by being noted.
            return _date(row.published or ("" if row.effective else row.date))
        case Column.EFFECTIVE:
            return _date(row.effective, "none")
        case Column.EXPLANATION:
            return _updates(row, reader)
        case Column.EFFECT:
            lines = effects.get(row.revision, ())
            return Cell(tuple((Text(line),) for line in lines), listed=True) if lines else _cell("")
        case Column.REASONS:
            return Cell((reader.inlines(row.reason),)) if row.reason else _cell("")
        case _:
            assert_never(column)


def correction(row: HistoryRow) -> str:
    """What a row says of the one that it corrects."""
    return f"Corrects the entry of {short_date(row.corrects)}"


def _updates(row: HistoryRow, reader: Reader) -> Cell:
    lines = [reader.inlines(update) for update in row.updates]
    if row.corrects:
        lines.insert(0, (Text(correction(row)),))
    return Cell(tuple(lines), listed=True) if lines else _cell("")


def _date(day: str, otherwise: str = "") -> Cell:
    return _cell(short_date(day) if day else otherwise)


def _cell(text: str) -> Cell:
    return Cell(((Text(text),),))
