"""Slips in the lines that open and close the front matter and the blocks of a document, read as they are meant."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from cdispec.issues.policies import missing_front_matter, unclosed_block, unknown_block
from cdispec.parse.meant import same_word
from cdispec.source import Fix, Issue, Place

FENCES = ("criteria", "interpretation", "include")
_OPENING = re.compile(r" {0,3}(?P<sign>~{3,}|`{3,})(?P<name>[^`]*)")
_OTHER_OPENING = re.compile(rf"\s*(?P<sign>~{{1,2}}|`{{1,2}}|-{{2,}})\s*(?P<name>{'|'.join(FENCES)})\s*")
_OTHER_CLOSING = re.compile(r"\s*(~{2,}|`{2,}|-{2,})\s*")
_BEHIND = re.compile(r"#{2,6} |[~`]{3,}\s*\w")
"""What begins behind front matter and blocks and never in them: a heading, another block."""
_OTHER_END = re.compile(r"-{2}|-{4,}|\u2014|\.{3}|_{3,}|\*{3,}")
_OF_FRONT = re.compile(r"[\w ]+:(\s|$)|\s|- |# |$")


def front_matter(lines: list[str], path: str) -> tuple[list[str], int, list[Issue]]:
    """The lines with the front matter closed, the number of the line that closes it, and the slips there.

    The number is 0 where there is no front matter.
    """
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    behind = next((n for n, line in enumerate(lines) if _BEHIND.match(line)), len(lines))
    if lines[0].rstrip() == "---" and 0 < end < behind:
        return lines, end, []
    if lines[0].rstrip() != "---":
        issue = missing_front_matter(Place(path), "does not begin with a line `---`" if 0 < end < behind else "")
        return lines, 0, [replace(issue, fix=Fix(1, 1, "", "---\n")) if 0 < end < behind else issue]
    after = (n for n in range(1, behind) if not _OF_FRONT.match(lines[n]))
    last = next(after, behind)
    stop = last if last < behind and _OTHER_END.fullmatch(lines[last].rstrip()) else last - 1
    if stop < 1 or (stop < last and lines[stop].strip()):
        return lines, 0, [missing_front_matter(Place(path), "is not closed")]
    issue = missing_front_matter(Place(path, stop + 1), "is not closed with a line `---`")
    new = "---" if stop == last else "---\n"
    fix = Fix(stop + 1, 1, lines[stop], new)
    return [*lines[:stop], "---", *lines[stop + 1 :]], stop, [replace(issue, fix=fix)]


def closed_blocks(lines: list[str], first: int, path: str) -> tuple[list[str], list[Issue]]:
    """The lines of a document from `first` on with their blocks opened and closed as they are meant."""
    issues: list[Issue] = []
    opened: tuple[str, str, int] | None = None

    def mend(n: int, new: str, issue: Issue) -> None:
        nonlocal lines
        blank = "" if lines[n].strip() else "\n"
        issues.append(replace(issue, fix=Fix(n + 1, 1, lines[n], new + blank)))
        lines = [*lines[:n], new, *lines[n + 1 :]]

    for n in range(first, len(lines)):
        line = lines[n].rstrip()
        if opened and opened[1] and _BEHIND.match(line) and n - 1 > opened[2] and not lines[n - 1].strip():
            mend(n - 1, opened[0], unclosed_block(Place(path, n), opened[1], opened[2] + 1))
            opened = None
        if opened is None:
            if other := _OTHER_OPENING.fullmatch(line):
                mend(n, f"~~~{other['name']}", unknown_block(Place(path, n + 1), f"{other['sign']}{other['name']}"))
            found = _OPENING.fullmatch(lines[n].rstrip())
            if found is None:
                continue
            name = found["name"].strip()
            meant = name if name in FENCES else same_word(name.split()[-1], FENCES) if name else ""
            if meant and meant != name:
                mend(n, f"{found['sign']}{meant}", unknown_block(Place(path, n + 1), name))
            opened = (found["sign"], meant, n)
            continue
        sign, name, start = opened
        if _closes(line, sign):
            opened = None
        elif name and _OTHER_CLOSING.fullmatch(line) and not _closed_below(lines[n + 1 :], sign):
            mend(n, sign, unclosed_block(Place(path, n + 1), name, start + 1))
            opened = None
    if opened and opened[1]:
        sign, name, start = opened
        while lines and not lines[-1].strip():
            lines = lines[:-1]
        fix = Fix(len(lines), len(lines[-1]) + 1, "", f"\n{sign}")
        issues.append(replace(unclosed_block(Place(path, len(lines)), name, start + 1), fix=fix))
        lines = [*lines, sign]
    return lines, issues


def _closes(line: str, sign: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(sign) and set(bare) == {sign[0]}


def _closed_below(lines: list[str], sign: str) -> bool:
    """Whether a block is closed by its own sign before something else begins."""
    below = takewhile(lambda line: not _BEHIND.match(line), lines)
    return any(_closes(line, sign) for line in below)
