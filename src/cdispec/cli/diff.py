"""`cdispec diff`: what one state of a policy says and does otherwise than another."""

from __future__ import annotations

import argparse
import json
import sys

from cdispec.analysis.difference import Difference
from cdispec.check.states import PolicyStates
from cdispec.cli.common import library_folder, prover_installed
from cdispec.cli.status import DONE, FAILED
from cdispec.report.changes import changes_text, comparison_title
from cdispec.report.difference import difference_json
from cdispec.report.effects import effect_text
from cdispec.report.terminal import style_for


def run(arguments: argparse.Namespace) -> int:
    """Compare two states of a policy; with cases, say which of these are decided otherwise."""
    root = library_folder(arguments.library)
    states = PolicyStates(root, arguments.policy)
    difference = states.diff(arguments.before, arguments.after, arguments.limit)
    if arguments.cases or arguments.record:
        from cdispec.cli.transitions import report_transitions

        return report_transitions(root, difference.before, difference.after, arguments)
    return _report(difference, arguments.json)


def _report(difference: Difference, as_json: bool) -> int:
    proved = prover_installed()
    if as_json:
        print(json.dumps(difference_json(difference), ensure_ascii=False, indent=2))
        return DONE if proved else FAILED
    style = style_for(sys.stdout)
    print(comparison_title(difference.before, difference.after, style) + "\n")
    print(changes_text(difference.changes, style))
    if not proved:
        return FAILED
    sys.stdout.flush()
    print("\n" + effect_text(difference.effect, style))
    return DONE
