"""The history of a policy, from `history.yaml`."""

from __future__ import annotations

from typing import NamedTuple

from cdispec.issues.files import malformed_date, missing_key, wrong_kind
from cdispec.model.facts import as_day
from cdispec.model.history import HistoryRow, named_revision
from cdispec.parse.fields import Fields, fields_of, items_of, of_kind, text_of
from cdispec.parse.yamltree import Mapping, Sequence, YamlNode, read_document
from cdispec.source import Issue, Place

_ROW = ("date", "updates", "revision", "number", "published", "reason", "corrects")
_FORMER = ("date", "updates", "number", "published", "reason")


class History(NamedTuple):
    """The rows of a history, and those from before the tool, both in the order written."""

    rows: tuple[HistoryRow, ...] = ()
    former: tuple[HistoryRow, ...] = ()


def read_history(text: str, path: str) -> tuple[History, list[Issue]]:
    """A `history.yaml`: its `rows`, each with a `date` and `updates`, and its `former` ones, in the order written."""
    node, issues = read_document(text, path)
    if not isinstance(node, Mapping):
        issues.append(missing_key(Place(path), "rows", "the history"))
        return History(), issues
    fields = Fields(node, "the history", issues, ["former", "rows"])
    former = fields.get("former")
    rows = fields.require("rows", required=former is None)
    return History(_rows(rows, issues, former=False), _rows(former, issues, former=True)), issues


def _rows(node: YamlNode | None, issues: list[Issue], former: bool) -> tuple[HistoryRow, ...]:
    listed = None if node is None else of_kind(Sequence, node, "a list of rows", issues)
    found = (_row(item, issues, former) for item in listed.items) if listed else ()
    return tuple(row for row in found if row is not None)


def _row(node: YamlNode, issues: list[Issue], former: bool) -> HistoryRow | None:
    """A row of the history; None where it has no date, or neither updates nor a revision, and so says nothing.

    Of a row from before the tool only the publication may be known.
    """
    row = fields_of(node, "the row", "a row with `date` and `updates`", issues, _FORMER if former else _ROW)
    if row is None:
        return None
    published = _dated(row, "published", required=False)
    date = _dated(row, "date", required=not published or not former)
    revision = "" if former else _revision(row)
    updates = _updates(row.require("updates", required=not revision), issues)
    said = (row.text("reason", required=False), "" if former else _dated(row, "corrects", required=False))
    if not (date or (former and published)) or not (updates or revision):
        return None
    number = row.text("number", required=False)
    return HistoryRow(date, updates, revision, *said, node.place, number, published, former)


def _revision(row: Fields) -> str:
    """The name of the revision that a row is of; "" where it names none."""
    text = row.text("revision", required=False)
    if not text or named_revision(text):
        return text
    row.issues.append(malformed_date(row.at("revision"), text))
    return ""


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
