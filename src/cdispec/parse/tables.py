"""The sections that are read as data: definitions, codes, references, history."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from markdown_it.token import Token

from cdispec.issues.files import malformed_date, missing_key, wrong_kind
from cdispec.issues.policies import duplicate_entry, malformed_table
from cdispec.model.facts import as_day
from cdispec.model.policy import Citation, Definition, HistoryRow, ProcedureCode
from cdispec.parse.fields import Fields, text_of
from cdispec.parse.yamltree import Mapping, Sequence, YamlNode, described, only_document, read_yaml
from cdispec.source import Issue, Place

FieldsRow = tuple[tuple[str, ...], Place]
_ROW = ("date", "updates", "revision", "reason", "corrects")


def table_rows(tokens: list[Token], path: str, first_line: int) -> Iterator[FieldsRow]:
    """The body rows of every table among a section's tokens, as the Markdown of their cells."""
    in_body = False
    cells: list[str] = []
    place = Place(path)
    for token in tokens:
        match token.type:
            case "tbody_open":
                in_body = True
            case "tbody_close":
                in_body = False
            case "tr_open" if in_body:
                cells = []
                place = Place(path, first_line + (token.map or [0])[0])
            case "inline" if in_body:
                cells.append(token.content)
            case "tr_close" if in_body:
                yield tuple(cells), place


def read_pairs(rows: list[FieldsRow], what: str, issues: list[Issue]) -> list[tuple[str, str, Place]]:
    """Rows of exactly two columns whose first is unique; anything else is an issue."""
    pairs: dict[str, tuple[str, str, Place]] = {}
    for cells, row_place in rows:
        if len(cells) != 2 or not all(cell.strip() for cell in cells):
            issues.append(malformed_table(row_place, f"a {what} and its text in each row"))
        elif cells[0] in pairs:
            issues.append(duplicate_entry(row_place, what, cells[0], pairs[cells[0]][2].line))
        else:
            pairs[cells[0]] = (cells[0], cells[1], row_place)
    return list(pairs.values())


def read_definitions(rows: list[FieldsRow], issues: list[Issue]) -> tuple[Definition, ...]:
    """The terms a policy defines."""
    return tuple(Definition(*pair) for pair in read_pairs(rows, "term", issues))


def read_codes(rows: list[FieldsRow], label: str, issues: list[Issue]) -> tuple[ProcedureCode, ...]:
    """The CPT/HCPCS codes a policy lists."""
    pairs = read_pairs(rows, "code", issues)
    return tuple(ProcedureCode(code, text, label, row_place) for code, text, row_place in pairs)


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
    documents, issues = read_yaml(text, path)
    only_document(documents, issues)
    if not documents or not isinstance(documents[0], Mapping):
        issues.append(missing_key(Place(path), "rows", "the history"))
        return (), issues
    fields = Fields(documents[0], "the history", issues)
    fields.allow(["rows"])
    node = fields.require("rows")
    if not isinstance(node, Sequence):
        if node is not None:
            issues.append(wrong_kind(node.place, "a list of rows", described(node)))
        return (), issues
    found = (_history_row(item, issues) for item in node.items)
    return tuple(row for row in found if row is not None), issues


def _history_row(node: YamlNode, issues: list[Issue]) -> HistoryRow | None:
    """A row of the history; None where it has no date or no updates, and so says nothing."""
    if not isinstance(node, Mapping):
        issues.append(wrong_kind(node.place, "a row with `date` and `updates`", described(node)))
        return None
    row = Fields(node, "the row", issues)
    row.allow(_ROW)
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
    node = row.get(key)
    if not text or node is None or as_day(text) or as_day(f"{text}-01"):
        return text
    row.issues.append(malformed_date(node.place, text, or_month=True))
    return ""


def _updates(node: YamlNode | None, issues: list[Issue]) -> tuple[str, ...]:
    """One text, or a list of them that is not empty."""
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items:
        issues.append(wrong_kind(node.place, "what was changed, a text for each update", "an empty list"))
    return tuple(text for item in items if (text := text_of(item, "a text", issues)))
