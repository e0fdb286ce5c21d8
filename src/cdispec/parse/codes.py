"""Code sets from their files, and codes where they are written: in criteria, cases and scenarios."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from io import StringIO

from cdispec.issues.codes import (
    malformed_code,
    missing_code_column,
    overlapping_codes,
    reversed_range,
    unknown_code_column,
    unknown_code_set,
)
from cdispec.issues.files import malformed_date, malformed_id
from cdispec.issues.policies import empty_list, empty_period
from cdispec.model.codes import CodeRow, CodeSet, is_reversed, span_of, spelled, wrong_pattern
from cdispec.model.facts import ID, Option, SetOf, as_day
from cdispec.parse.fields import text_of
from cdispec.parse.yamltree import Scalar
from cdispec.source import Issue, Place

COLUMNS = ("code", "description", "from", "until")

CodeSets = Mapping[str, CodeSet]
"""The code sets that a policy may ask for, by their ids."""


def read_code_set(text: str, path: str) -> tuple[CodeSet, list[Issue]]:
    """The set that a file states; rows with errors are not in it."""
    id, issues = path.rpartition("/")[2].removesuffix(".csv"), list[Issue]()
    if not ID.fullmatch(id) or not re.search("[a-z]", id):
        # Digits alone, also with a hyphen, could be a code or a range.
        issues.append(malformed_id(Place(path), id))
    lines = csv.reader(StringIO(text), strict=False)
    header = [cell.strip() for cell in next(lines, [])]
    for number, column in enumerate(header):
        if column not in COLUMNS or column in header[:number]:
            issues.append(unknown_code_column(Place(path, 1), column, COLUMNS))
    if "code" not in header:
        issues.append(missing_code_column(Place(path, 1), "code"))
        return CodeSet.of(id, (), path), issues
    rows: list[CodeRow] = []
    line = lines.line_num + 1
    for cells in lines:
        place, line = Place(path, line), lines.line_num + 1
        if any(cell.strip() for cell in cells):
            rows += _row(cells, header, place, issues)
    if not rows and not issues:
        issues.append(empty_list(Place(path), "code"))
    issues += _overlaps(rows)
    return CodeSet.of(id, tuple(rows), path), issues


def _overlaps(rows: list[CodeRow]) -> Iterator[Issue]:
    """Rows that stand for a code for which one above them stands, on the same days."""
    open_: list[tuple[str, CodeRow]] = []
    for (low, high), row in sorted(
        ((span_of(row.pattern), row) for row in rows), key=lambda of: (of[0][0], of[1].place)
    ):
        open_ = [(end, one) for end, one in open_ if end > low]
        same = [one for _, one in open_ if one.start <= row.end and row.start <= one.end]
        if same:
            first, last = sorted([same[0], row], key=lambda one: one.place)
            yield overlapping_codes(last.place, last.pattern, first.pattern, first.place.line)
        open_.append((high, row))


def _row(cells: list[str], header: list[str], place: Place, issues: list[Issue]) -> Iterator[CodeRow]:
    known = len(issues)
    for cell in cells[len(header) :]:
        if cell.strip():
            issues.append(unknown_code_column(place, cell.strip(), COLUMNS))
    said = dict(zip(header, map(str.strip, cells), strict=False))
    pattern = read_pattern(said.get("code", ""), place, issues)
    start, end = _day(said.get("from", ""), place, issues), _day(said.get("until", ""), place, issues)
    if start is not None and end is not None and start > end:
        issues.append(empty_period(place))
    if len(issues) == known:
        yield CodeRow(pattern, " ".join(said.get("description", "").split()), start or date.min, end or date.max, place)


def _day(text: str, place: Place, issues: list[Issue]) -> date | None:
    day = as_day(text)
    if text and day is None:
        issues.append(malformed_date(place, text))
    return day


def read_pattern(text: str, place: Place, issues: list[Issue], system: str = "") -> str:
    """A code, wildcard or range as it is compared; "" with an issue where a text is none."""
    pattern = "-".join(spelled(part, system) for part in text.split("-"))
    if problem := wrong_pattern(pattern):
        issues.append(malformed_code(place, text, problem))
        return ""
    if is_reversed(pattern):
        issues.append(reversed_range(place, pattern))
        return ""
    return pattern


def asked_set(node: Scalar, sets: CodeSets, issues: list[Issue]) -> CodeSet | None:
    """The code set that a criterion names."""
    id = text_of(node, issues, "the id of a code set")
    if id and id not in sets:
        issues.append(unknown_code_set(node.place, id, sets))
    return sets.get(id)


def asked_pattern(node: Scalar, fact: SetOf, issues: list[Issue]) -> CodeSet | None:
    """The single code, wildcard or range that a criterion names, as a set."""
    assert fact.codes is not None
    text = text_of(node, issues, "a code")
    pattern = read_pattern(text, node.place, issues, fact.codes.system) if text else ""
    return CodeSet.single(pattern, node.place) if pattern else None


def asking(fact: SetOf, one: CodeSet) -> SetOf:
    """A fact of codes of which it is asked, too, whether it has one of a set."""
    assert fact.codes is not None
    if one in fact.codes.sets:
        return fact
    option = Option(one.id, one.name, one.rows[0].place if one.rows else Place(one.file))
    return replace(fact, options=(*fact.options, option), codes=fact.codes.naming(one))
