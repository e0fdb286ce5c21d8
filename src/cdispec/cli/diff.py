"""`cdispec diff`: what one state of a policy says and does otherwise than another."""

from __future__ import annotations

import argparse
import json
import sys

from cdispec.analysis.changes.changes import changes
from cdispec.check.states import PolicyStates
from cdispec.cli.common import library_folder, prover_installed
from cdispec.cli.status import DONE, FAILED
from cdispec.model.policy import WORKING, Policy
from cdispec.report.changes import changes_json, changes_text, comparison_title
from cdispec.report.terminal import style_for


def run(arguments: argparse.Namespace) -> int:
    """Compare two states of a policy; with cases, say which of these are decided otherwise."""
    root = library_folder(arguments.library)
    states = PolicyStates(root, arguments.policy)
    before, after = states.named(arguments.before or states.newest()), states.named(arguments.after or WORKING)
    if arguments.cases or arguments.record:
        from cdispec.cli.transitions import report_transitions

        return report_transitions(root, before, after, arguments)
    return _report(before, after, arguments)


def _report(before: Policy, after: Policy, arguments: argparse.Namespace) -> int:
    said = changes(before, after)
    proved = prover_installed()
    if arguments.json:
        compared = {"policy": after.number, "before": before.revision, "after": after.revision}
        data = {**compared, "changes": changes_json(said), "effect": None}
        if proved:
            from cdispec.analysis.effects.compare import effect_of
            from cdispec.report.effects import effect_json

            data["effect"] = effect_json(effect_of(before, after, arguments.limit))
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return DONE if proved else FAILED
    style = style_for(sys.stdout)
    print(comparison_title(before, after, style) + "\n")
    print(changes_text(said, style))
    if not proved:
        return FAILED
    from cdispec.analysis.effects.compare import effect_of
    from cdispec.report.effects import effect_text

    sys.stdout.flush()
    print("\n" + effect_text(effect_of(before, after, arguments.limit), style))
    return DONE
