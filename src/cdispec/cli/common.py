"""What several commands do alike: find the library, tell issues."""

from __future__ import annotations

import sys
from pathlib import Path

from cdispec.library import Library, find_library, read_library, read_working, sorted_issues, source_lines
from cdispec.report.issues import issues_text
from cdispec.report.terminal import style_for
from cdispec.source import Issue


def library_folder(named: str | None) -> Path | None:
    """The library to work on, or None after telling that there is none."""
    start = Path(named) if named else Path.cwd()
    if named and not start.is_dir():
        print(f"cdispec: there is no folder `{named}`", file=sys.stderr)
        return None
    found = find_library(start.resolve())
    if found is None:
        print(
            f"cdispec: no policy library here: neither {start} nor a folder above it holds `policy/`\n"
            "    hint: go to a library's folder, name it with --library, or make one with `cdispec new`",
            file=sys.stderr,
        )
    return found


def open_library(named: str | None) -> Library | None:
    """The library, read whole, or None after telling why not."""
    folder = library_folder(named)
    return None if folder is None else read_library(folder)


def open_working(named: str | None) -> Library | None:
    """The library without its released revisions, or None after telling why not."""
    folder = library_folder(named)
    return None if folder is None else read_working(folder)


def say(message: str, hint: str) -> None:
    """Tell on standard error why a command cannot do what is asked, and what to do."""
    print(f"cdispec: {message}\n    hint: {hint}", file=sys.stderr)


def tell(issues: list[Issue], root: Path) -> None:
    """Print issues for people on standard error."""
    text = issues_text(sorted_issues(issues), lambda path: source_lines(root, path), style_for(sys.stderr))
    print(text, file=sys.stderr)
