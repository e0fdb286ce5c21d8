"""`cdispec trace`: which scenarios show what of each clause, for audit."""

from __future__ import annotations

import argparse

from cdispec.check.states import no_policy
from cdispec.cli.common import library_folder, say
from cdispec.cli.status import DONE
from cdispec.library import read_library
from cdispec.library.record import read_record
from cdispec.library.suite import read_suite
from cdispec.publish.pages.evidence import evidence_of
from cdispec.publish.traceability import traces_csv, traces_reqif


def run(arguments: argparse.Namespace) -> int:
    """Print the relations between the clauses of a policy and its scenarios."""
    root = library_folder(arguments.library)
    library = read_library(root)
    policy = library.policies.get(arguments.policy)
    if policy is None:
        raise no_policy(root, arguments.policy)
    evidence = evidence_of(policy, read_suite(library).readings, read_record(root))
    if evidence.missing:
        say(evidence.missing, "run `cdispec test` first")
    print(traces_csv(evidence) if arguments.format == "csv" else traces_reqif(policy, evidence), end="")
    return DONE
