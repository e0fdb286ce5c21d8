"""`cdispec trace`: which scenarios show what of each clause, for audit."""

from __future__ import annotations

import argparse
from functools import partial

from cdispec.check.scenario_cases import tested
from cdispec.cli.common import library_folder, say
from cdispec.cli.status import DONE
from cdispec.library import source_lines
from cdispec.library.record import read_record
from cdispec.publish.pages.evidence import evidence_of
from cdispec.publish.traceability import traces_csv, traces_reqif


def run(arguments: argparse.Namespace) -> int:
    """Print the relations between the clauses of a policy and its scenarios."""
    root = library_folder(arguments.library)
    policy, readings = tested(root, arguments.policy)
    evidence = evidence_of(policy, readings, read_record(root), partial(source_lines, root))
    if evidence.missing:
        say(evidence.missing, "run `cdispec test` first")
    print(traces_csv(evidence) if arguments.format == "csv" else traces_reqif(policy, evidence), end="")
    return DONE
