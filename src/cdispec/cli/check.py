"""`cdispec check`: every issue of a library at once."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version

from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import open_library
from cdispec.library import read_suite, sorted_issues, source_lines, undecidable
from cdispec.report.issues import issues_json, issues_sarif, issues_text
from cdispec.report.terminal import style_for
from cdispec.source import has_errors


def run(arguments: argparse.Namespace) -> int:
    """Check the library; 1 when an issue is an error."""
    library = open_library(arguments.library)
    if library is None:
        return USAGE
    issues = sorted_issues(library.issues + undecidable(library) + read_suite(library).issues)
    match arguments.format:
        case "json":
            print(issues_json(issues))
        case "sarif":
            print(issues_sarif(issues, version("cdispec")))
        case _:
            print(issues_text(issues, lambda path: source_lines(library.root, path), style_for(sys.stdout)))
    return FAILED if has_errors(issues) else DONE
