"""`cdispec history`: the revisions of a policy, what its authors say of each and what each is proved to do."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cdispec.analysis.clause_history import history_of_clause
from cdispec.analysis.history import history_of
from cdispec.check import judge_policies
from cdispec.check.states import PolicyStates
from cdispec.cli.common import library_folder, prover_installed
from cdispec.cli.status import DONE, FAILED
from cdispec.issues.catalogue import did_you_mean
from cdispec.library import read_library
from cdispec.report.history import clause_history_json, clause_history_text, history_json, history_text
from cdispec.report.terminal import style_for
from cdispec.source import Refused


def run(arguments: argparse.Namespace) -> int:
    """Print the history of a policy, newest first; 1 where a revision cannot be read or nothing can be proved."""
    root = library_folder(arguments.library)
    if arguments.clause:
        return _of_clause(root, arguments)
    if not arguments.policy:
        raise Refused("of which policy?", "name its number, or a shared clause with --clause", usage=True)
    states = PolicyStates(root, arguments.policy)
    revisions = states.revisions
    proved = (len(revisions) < 2 and not any(state.others for state in revisions)) or prover_installed()
    entries = history_of(states.policy, revisions, arguments.limit if proved else None)
    if arguments.json:
        print(json.dumps(history_json(states.policy, entries), ensure_ascii=False, indent=2))
    else:
        print(history_text(states.policy, entries, style_for(sys.stdout)))
    return DONE if proved else FAILED


def _of_clause(root: Path, arguments: argparse.Namespace) -> int:
    """Print the history of a clause that policies share."""
    judged = judge_policies(read_library(root))
    library, id = judged.library, arguments.clause
    printing = {number for number, policy in library.policies.items() if id in policy.included}
    printing |= {number for number, of in library.revisions.items() if any(id in state.included for state in of)}
    if not printing:
        known = {id for policy in library.policies.values() for id in policy.included}
        raise Refused(f"no policy includes a shared clause `{id}`", did_you_mean(id, known))
    if unsound := printing & (judged.broken | judged.damaged):
        raise Refused(f"policy {sorted(unsound)[0]} has errors", "correct what `cdispec check` reports of it")
    proved = prover_installed()
    read = [(library.policies[number], library.revisions.get(number, ())) for number in sorted(printing)]
    entries = history_of_clause(id, read, arguments.limit if proved else None)
    if arguments.json:
        print(json.dumps(clause_history_json(id, entries), ensure_ascii=False, indent=2))
    else:
        print(clause_history_text(id, entries, style_for(sys.stdout)))
    return DONE if proved else FAILED
