"""`cdispec diff`: what one state of a policy says and does otherwise than another."""

from __future__ import annotations

import argparse
import json
import sys

from cdispec.analysis.changes.changes import changes
from cdispec.cli.commands import DONE, FAILED, USAGE
from cdispec.cli.common import open_working, say
from cdispec.cli.states import in_words, policy_named, prover_stands, revision_names, state_named
from cdispec.library import Library
from cdispec.model.policy import WORKING, Policy
from cdispec.report.changes import changes_json, changes_text
from cdispec.report.terminal import style_for


def run(arguments: argparse.Namespace) -> int:
    """Hold two states of a policy against each other; with cases, tell which of these are decided otherwise."""
    library = open_working(arguments.library)
    if library is None:
        return USAGE
    policy = policy_named(library, arguments.policy)
    if policy is None:
        return FAILED
    names = _names(library, policy, arguments)
    if names is None:
        return FAILED
    before, after = (state_named(library, policy, name) for name in names)
    if before is None or after is None:
        return FAILED
    if arguments.cases or arguments.record:
        from cdispec.cli.transitions import tell_transitions

        return tell_transitions(library.root, before, after, arguments)
    return _tell(before, after, arguments)


def _names(library: Library, policy: Policy, arguments: argparse.Namespace) -> tuple[str, str] | None:
    """The names of the states to compare: where none is said, the newest revision and the working state."""
    known = revision_names(library, policy)
    if arguments.before is None and not known:
        say(f"CDI {policy.number} has no revision to compare with", "publish one with `cdispec release`")
        return None
    return arguments.before or known[-1], arguments.after or WORKING


def _tell(before: Policy, after: Policy, arguments: argparse.Namespace) -> int:
    said = changes(before, after)
    proved = prover_stands()
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
    print(style.bold(f"CDI {after.number} {after.title}: from {in_words(before)} to {in_words(after)}") + "\n")
    print(changes_text(said, style))
    if not proved:
        return FAILED
    from cdispec.analysis.effects.compare import effect_of
    from cdispec.report.effects import effect_text

    sys.stdout.flush()
    print("\n" + effect_text(effect_of(before, after, arguments.limit), style))
    return DONE
