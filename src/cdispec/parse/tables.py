"""The sections that are read as data: definitions, codes, references, history."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile

from markdown_it.token import Token

from cdispec.issues.files import malformed_date, missing_key, wrong_kind
from cdispec.issues.policies import duplicate_entry, malformed_table
from cdispec.model.facts import as_day
from cdispec.model.policy import Citation, Definition, HistoryRow, ProcedureCode
from cdispec.parse.fields import Fields, fields_of, items_of, of_kind, text_of
from cdispec.parse.yamltree import Mapping, Sequence, YamlNode, read_document
from cdispec.source import Issue, Place

TableRow = tuple[tuple[str, ...], Place]
_ROW = ("date", "updates", "revision", "reason", "corrects")


def table_rows(tokens: list[Token], path: str, first_line: int) -> Iterator[TableRow]:
    """The body rows of every table among a section's tokens, as the Markdown of their cells."""
    in_body = False
    rest = iter(tokens)
    for token in rest:
        if token.type in ("tbody_open", "tbody_close"):
            in_body = token.type == "tbody_open"
        elif token.type == "tr_open" and in_body:
            row = takewhile(lambda inside: inside.type != "tr_close", rest)
            cells = tuple(inside.content for inside in row if inside.type == "inline")
            yield cells, Place(path, first_line + (token.map or [0])[0])


def read_definitions(rows: list[TableRow], issues: list[Issue]) -> tuple[Definition, ...]:
    """The terms a policy defines."""
    return tuple(Definition(term, text, place) for (term, text), place in _pairs(rows, "term", issues))


def read_codes(rows: list[TableRow], label: str, issues: list[Issue]) -> tuple[ProcedureCode, ...]:
    """The CPT/HCPCS codes a policy lists."""
    return tuple(ProcedureCode(code, text, label, place) for (code, text), place in _pairs(rows, "code", issues))


def _pairs(rows: list[TableRow], what: str, issues: list[Issue]) -> list[TableRow]:
    """Rows of exactly two columns whose first is unique; anything else is an issue."""
    pairs: dict[str, TableRow] = {}
    for cells, place in rows:
        if len(cells) != 2 or not all(cell.strip() for cell in cells):
            issues.append(malformed_table(place, f"a {what} and its text in each row"))
        elif cells[0] in pairs:
            issues.append(duplicate_entry(place, what, cells[0], pairs[cells[0]][1].line))
        else:
            pairs[cells[0]] = cells, place
    return list(pairs.values())


def read_citations(tokens: list[Token], path: str, first_line: int) -> tuple[Citation, ...]:
    """Each paragraph of the references."""
    found = []
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open" and opening.level == 0:
            line = first_line + (opening.map or [0])[0]
            found.append(Citation(" ".join(inline.content.split()), Place(path, line)))
    return tuple(found)


def read_history(text: str, path: str) -> tuple[tuple[HistoryRow, ...], list[Issue]]:
    """The rows of a `history.yaml`: `rows`, each with a `date` and `updates`, in the order written."""
    node, issues = read_document(text, path)
    if not isinstance(node, Mapping):
        issues.append(missing_key(Place(path), "rows", "the history"))
        return (), issues
    rows = Fields(node, "the history", issues, ["rows"]).require("rows")
    listed = None if rows is None else of_kind(Sequence, rows, "a list of rows", issues)
    found = (_history_row(item, issues) for item in listed.items) if listed else ()
    return tuple(row for row in found if row is not None), issues


def _history_row(node: YamlNode, issues: list[Issue]) -> HistoryRow | None:
    """A row of the history; None where it has no date or no updates, and so says nothing."""
    row = fields_of(node, "the row", "a row with `date` and `updates`", issues, _ROW)
    if row is None:
        return None
    date = _dated(row, "date", required=True)
    updates = _updates(row.require("updates"), issues)
    revision = row.day("revision", required=False)
    reason = row.text("reason", required=False)
    corrects = _dated(row, "corrects", required=False)
    if not date or not updates:
        return None
    return HistoryRow(date, updates, revision.isoformat() if revision else "", reason, corrects, node.place)


def _dated(row: Fields, key: str, required: bool) -> str:
    """A day or a month, as written; "" where it is absent or neither."""
    text = row.text(key, required)
    if not text or as_day(text) or as_day(f"{text}-01"):
        return text
    row.issues.append(malformed_date(row.at(key), text, or_month=True))
    return ""


def _updates(node: YamlNode | None, issues: list[Issue]) -> tuple[str, ...]:
    """One text, or a list of them that is not empty."""
    items = () if node is None else items_of(node)
    if node is not None and not items:
        issues.append(wrong_kind(node.place, "what was changed, a text for each update", "an empty list"))
    return tuple(text for item in items if (text := text_of(item, issues)))
