"""What several commands do alike: find the library and what is asked of it, report issues."""

from __future__ import annotations

import sys
from pathlib import Path

from cdispec.analysis.proof.limit import require_prover
from cdispec.library import find_library, source_lines
from cdispec.library.cases import Read
from cdispec.report.issues import issues_text
from cdispec.report.terminal import style_for
from cdispec.source import Issue, Refused, sorted_issues


def library_folder(named: str | None) -> Path:
    """The library to work on."""
    start = Path(named) if named else Path.cwd()
    if named and not start.is_dir():
        raise Refused(f"there is no folder `{named}`", "name the folder of a library", usage=True)
    found = find_library(start.resolve())
    if found is None:
        message = f"no policy library here: neither {start} nor a folder above it holds `policy/`"
        hint = "go to a library's folder, name it with --library, or make one with `cdispec new`"
        raise Refused(message, hint, usage=True)
    return found


def say(message: str, hint: str) -> None:
    """Tell on standard error why a command cannot do what is asked, and what to do."""
    print(f"cdispec: {message}\n    hint: {hint}", file=sys.stderr)


def tell(issues: list[Issue], root: Path) -> None:
    """Print issues for people on standard error."""
    text = issues_text(sorted_issues(issues), lambda path: source_lines(root, path), style_for(sys.stderr))
    print(text, file=sys.stderr)


def report_refused(refused: Refused) -> None:
    """Say on standard error why what was asked for cannot be done."""
    if refused.issues:
        tell(refused.issues, refused.root)
    if refused.message:
        say(refused.message, refused.hint)


def prover_installed() -> bool:
    """Whether the solver is installed; where it is not, that is said, with how to get it."""
    try:
        require_prover()
    except Refused as refused:
        report_refused(refused)
        return False
    return True


def report_unread(read: Read) -> None:
    """Print the issues of a case that could not be read, on standard error."""
    lines = [""] * (read.first - 1) + read.lines
    print(issues_text(read.issues, lambda _: lines, style_for(sys.stderr)), file=sys.stderr)
