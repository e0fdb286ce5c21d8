"""`cdispec adequacy`: how well the scenarios of a policy test it."""

from __future__ import annotations

import argparse
import json
import sys

from cdispec.check.scenario_cases import tested
from cdispec.cli.common import library_folder, prover_installed
from cdispec.cli.status import DONE, FAILED
from cdispec.library import source_lines
from cdispec.library.files import folder_in_repository
from cdispec.report.adequacy import adequacy_json, adequacy_text
from cdispec.report.annotations import adequacy_annotations
from cdispec.report.junit import adequacy_junit
from cdispec.report.terminal import style_for


def run(arguments: argparse.Namespace) -> int:
    """Show what the scenarios of a policy show of it and what they would not notice; 1 where something is missing."""
    from cdispec.analysis.adequacy.assess import adequacy_of

    root = library_folder(arguments.library)
    policy, readings = tested(root, arguments.policy)
    proved = prover_installed()
    found = adequacy_of(policy, readings, arguments.limit)

    def lines_of(path: str) -> list[str]:
        return source_lines(root, path)

    match arguments.format:
        case "json":
            print(json.dumps(adequacy_json(found, lines_of), ensure_ascii=False, indent=2))
        case "junit":
            print(adequacy_junit(found, lines_of))
        case "github":
            print(adequacy_annotations(found, lines_of, folder_in_repository(root)))
        case _:
            print(adequacy_text(found, lines_of, style_for(sys.stdout)))
    return DONE if proved and not found.failing else FAILED
