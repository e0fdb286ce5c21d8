"""Writing in the files of a library what its issues say is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cdispec.library.files import read_bytes, replace_file, source_lines
from cdispec.library.sources import REVISIONS
from cdispec.source import Fix, Issue


def certain_fixes(issues: Iterable[Issue]) -> dict[str, list[Fix]]:
    """What of the issues can be meant in one way alone, by files; what was released stays as it is."""
    found: dict[str, list[Fix]] = {}
    for issue in issues:
        if issue.fix is not None and issue.fix.certain and f"/{REVISIONS}/" not in issue.place.path:
            found.setdefault(issue.place.path, []).append(issue.fix)
    return found


def with_fixes(lines: Sequence[str], fixes: Iterable[Fix]) -> list[str]:
    """The lines as they should be; of fixes of one line the last is made, and the others are found again."""
    fixed = list(lines)
    touched: set[int] = set()
    for fix in sorted(dict.fromkeys(fixes), reverse=True):
        own = set(range(fix.line, fix.line + fix.old.count("\n") + 1))
        corrected = None if own & touched else fix.corrected(fixed)
        if corrected is not None:
            fixed[fix.line - 1 : fix.line - 1 + len(own)] = corrected
            touched |= own
    return fixed


def write_fixed(root: Path, path: str, lines: list[str]) -> None:
    """Write the lines of a file, with the line ends that it has. Raises OSError."""
    data, _ = read_bytes(root, path)
    end = "\r\n" if b"\r\n" in (data or b"") else "\n"
    assert source_lines(root, path) != lines
    replace_file(root / path, end.join(lines).encode())
