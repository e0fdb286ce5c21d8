"""`cdispec history`: the revisions of a policy, what its authors say of each and what each is proved to do."""

from __future__ import annotations

import argparse
import json
import sys

from cdispec.analysis.history import history_of
from cdispec.check.states import PolicyStates
from cdispec.cli.common import library_folder, prover_installed
from cdispec.cli.status import DONE, FAILED
from cdispec.report.history import history_json, history_text
from cdispec.report.terminal import style_for


def run(arguments: argparse.Namespace) -> int:
    """Print the history of a policy, newest first; 1 where a revision cannot be read or nothing can be proved."""
    root = library_folder(arguments.library)
    states = PolicyStates(root, arguments.policy)
    revisions = states.revisions
    proved = len(revisions) < 2 or prover_installed()
    entries = history_of(states.policy, revisions, arguments.limit if proved else None)
    if arguments.json:
        print(json.dumps(history_json(states.policy, entries), ensure_ascii=False, indent=2))
    else:
        print(history_text(states.policy, entries, style_for(sys.stdout)))
    return DONE if proved else FAILED
