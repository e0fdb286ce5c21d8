"""`cdispec check`: every issue of a library at once."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version

from cdispec.analysis.proof.limit import can_prove
from cdispec.check import every_issue
from cdispec.check.states import only_of
from cdispec.cli.common import library_folder
from cdispec.cli.status import DONE, FAILED
from cdispec.library import read_library, source_lines
from cdispec.library.files import folder_in_repository
from cdispec.report.issues import issues_json, issues_sarif, issues_text
from cdispec.report.terminal import style_for
from cdispec.source import has_errors


def run(arguments: argparse.Namespace) -> int:
    """Check the library; 1 when an issue is an error."""
    root = library_folder(arguments.library)
    library = read_library(root)
    found = every_issue(library, arguments.limit if can_prove() else None, arguments.policy or "")
    issues = only_of(library, arguments.policy, found)
    if not can_prove():
        print("cdispec: the logic was not analysed, which needs z3: pip install 'cdispec[prove]'", file=sys.stderr)
    match arguments.format:
        case "json":
            print(issues_json(issues))
        case "sarif":
            print(issues_sarif(issues, version("cdispec"), folder_in_repository(root)))
        case _:
            print(issues_text(issues, lambda path: source_lines(root, path), style_for(sys.stdout)), flush=True)
            if issues:
                print("`cdispec explain CODE` says more of an issue", file=sys.stderr)
    return FAILED if has_errors(issues) else DONE
