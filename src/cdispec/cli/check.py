"""`cdispec check`: every issue of a library at once."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec

from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import open_library
from cdispec.library import Library, read_frozen, read_suite, sorted_issues, source_lines, undecidable
from cdispec.report.issues import issues_json, issues_sarif, issues_text
from cdispec.report.terminal import style_for
from cdispec.source import Issue, has_errors


def run(arguments: argparse.Namespace) -> int:
    """Check the library; 1 when an issue is an error."""
    library = open_library(arguments.library)
    if library is None:
        return USAGE
    scenarios = read_suite(library).issues + read_frozen(library).issues
    issues = sorted_issues(library.issues + undecidable(library) + _faults(library, arguments.limit) + scenarios)
    match arguments.format:
        case "json":
            print(issues_json(issues))
        case "sarif":
            print(issues_sarif(issues, version("cdispec")))
        case _:
            print(issues_text(issues, lambda path: source_lines(library.root, path), style_for(sys.stdout)))
    return FAILED if has_errors(issues) else DONE


def _faults(library: Library, limit: float) -> list[Issue]:
    """What is wrong with the logic of every usable policy, and what its history claims otherwise than is proved.

    Without the solver none of it is asked, which is told.
    """
    if find_spec("z3") is None:
        print("cdispec: the logic was not analysed, which needs z3: pip install 'cdispec[prove]'", file=sys.stderr)
        return []
    from cdispec.analysis.effects.claims import claims_of
    from cdispec.analysis.effects.compare import effect_of
    from cdispec.analysis.faults import faults_of

    found: list[Issue] = []
    for number, policy in library.usable().items():
        found += faults_of(policy, limit)
        if number not in library.damaged:
            found += claims_of(policy, library.revisions.get(number, ()), partial(effect_of, limit=limit))
    return found
