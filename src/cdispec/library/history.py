"""Adding a row to a `history.yaml` as its author wrote it: comments and layout stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from cdispec.library.files import decode
from cdispec.model.history import HistoryRow
from cdispec.parse.history import read_history
from cdispec.parse.yamltree import Scalar, read_yaml
from cdispec.source import Place

_EMPTY = re.compile(r"^rows:[ \t]*\[[ \t]*\]", re.MULTILINE)
_ROWS = re.compile(r"^rows:", re.MULTILINE)
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z][\w./-]*\.[a-z]+|[A-Za-z][^:#\\\"]* [^:#\\\"]*")
"""A path or words, which no reader of YAML takes for anything else than a text."""


def with_row(data: bytes | None, row: HistoryRow) -> bytes | None:
    """The bytes of a history with a row added below the others; None where they cannot be added to as they stand."""
    text = "rows: []\n" if data is None else decode(data, "")[0]
    if text is None:
        return None
    rows = read_history(text, "")[0].rows
    item = _ITEM.search(text)
    opened = text if rows else _EMPTY.sub("rows:", text, count=1)
    ended = opened if opened.endswith("\n") else f"{opened}\n"
    if not _ROWS.search(ended):
        ended += "rows:\n"
    added = ended + "".join(f"{line}\n" for line in _lines(row, item[1] if item else "  "))
    read, issues = read_history(added, "")
    if issues or said(read.rows) != said((*rows, row)):
        return None
    before = data or b""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    return mark + (added.replace("\n", "\r\n") if b"\r\n" in before else added).encode()


def _lines(row: HistoryRow, margin: str) -> Iterator[str]:
    yield f"{margin}- date: {row.date}"
    said = {"revision": row.revision, "number": row.number and in_yaml(row.number)}
    for key, value in (said | {"published": row.published, "corrects": row.corrects}).items():
        if value:
            yield f"{margin}  {key}: {value}"
    if row.updates:
        yield f"{margin}  updates:"
    for update in row.updates:
        yield f"{margin}    - {in_yaml(update)}"
    if row.reason:
        yield f"{margin}  reason: {in_yaml(row.reason)}"


def in_yaml(text: str) -> str:
    """A text as a YAML scalar on one line: without quotes where every reader takes it for that text."""
    read = read_yaml(text, "")[0] if _PLAIN.fullmatch(text) else []
    plain = len(read) == 1 and isinstance(read[0], Scalar) and read[0].text == text
    return text if plain else json.dumps(text, ensure_ascii=False)


def said(rows: tuple[HistoryRow, ...]) -> list[HistoryRow]:
    """What rows say, wherever they stand."""
    return [replace(row, place=Place("")) for row in rows]
