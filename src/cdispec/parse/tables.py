"""The sections that are read as data: definitions, codes, references, history."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile

from markdown_it.token import Token

from cdispec.issues.policies import duplicate_entry, malformed_table
from cdispec.model.policy import Citation, Definition, ProcedureCode
from cdispec.source import Issue, Place

TableRow = tuple[tuple[str, ...], Place]


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
