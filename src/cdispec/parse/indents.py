"""How far a line of YAML can be indented, and to what it belongs then."""

from __future__ import annotations

import re
from collections.abc import Iterator


def lead_of(line: str) -> str:
    """What a line is indented with."""
    return line[: len(line) - len(line.lstrip())]


def open_above(lines: list[str], n: int) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines to which one can belong, the nearest first: each is indented less than all between; with its dashes."""
    least = len(max(lines, key=len))
    for m in range(n - 1, -1, -1):
        lead = lead_of(lines[m])
        if lines[m].strip() and "\t" not in lead and len(lead) < least and not lines[m].lstrip().startswith("#"):
            item = re.match(r" *(- +)*", lines[m])
            assert item is not None
            least = len(lead)
            yield m, item


def widths(lines: list[str], n: int) -> list[int]:
    """How far a line can be indented: as each block that is open there and its items, as the lines below, or within."""
    found: list[int] = []
    for m, item in open_above(lines, n):
        if not found and lines[m].rstrip().endswith(":"):
            found.append(len(item[0]) + 2)
        found += [len(item[0]), len(lead_of(lines[m]))]
    for line in (lines[m] for m in range(n + 1, min(n + 3, len(lines))) if "\t" not in lead_of(lines[m])):
        found += [len(lead_of(line))] if line.strip() else []
    return list(dict.fromkeys([*found, *(width + 2 for width in found[:2])]))


def belonging(lines: list[str], n: int, width: int) -> str:
    """To what a line belongs when it is indented so far."""
    item = lines[n].lstrip().startswith("-")
    for m in (m for m in range(n - 1, -1, -1) if lines[m].strip()):
        line, lead = lines[m].strip(), len(lead_of(lines[m]))
        opens = line.endswith(":") and (lead < width or not line.startswith("-"))
        if (lead <= width and opens) if item else lead < width:
            return f"`{line.removesuffix(':')}`, {f'{n - m} lines' if n - m > 1 else 'the line'} above"
    return "nothing above it"
