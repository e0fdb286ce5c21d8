"""`cdispec suggest`: scenarios for what no scenario of a policy shows, and for edits that none notices."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cdispec.check.scenario_cases import tested_among_all
from cdispec.cli.common import library_folder, prover_installed
from cdispec.cli.status import DONE, FAILED
from cdispec.library.addition import add_to_feature, suggested_path
from cdispec.library.lock import alone_in
from cdispec.model.policy import Policy
from cdispec.report.suggest import TITLE, suggestions_json, suggestions_text, summary
from cdispec.source import Refused

NEXT = "read each of them; where it states what the policy ought to do, remove its tag @to-confirm"


def run(arguments: argparse.Namespace) -> int:
    """Print what is suggested, or add it to a feature; 1 where it cannot be proved what needs none."""
    from cdispec.analysis.adequacy.assess import adequacy_of
    from cdispec.analysis.suggest.suggest import suggest
    from cdispec.analysis.suggest.suggestion import added, feature_text
    from cdispec.analysis.suggest.telling import Known

    root = library_folder(arguments.library)
    with alone_in(root / "policy"):
        policy, readings, suite = tested_among_all(root, arguments.policy)
        path = _path(root, policy, arguments.write) if arguments.write is not None else ""
        every = [scenario for feature in suite.features for scenario in feature.scenarios]
        known = Known({one.id for one in every}, {one.name for one in every})
        proved = prover_installed()
        found = suggest(adequacy_of(policy, readings, arguments.limit), readings, known, arguments.limit)
        if path and found.scenarios:
            add_to_feature(root, path, feature_text(TITLE, found.scenarios), added(found.scenarios))
    if arguments.json:
        print(json.dumps(suggestions_json(found, path if found.scenarios else ""), ensure_ascii=False, indent=2))
    elif path:
        print("\n".join(summary(found)))
        if found.scenarios:
            print(f"wrote {path}\n\nnext:\n  {NEXT}")
    else:
        print(suggestions_text(found))
    return DONE if proved else FAILED


def _path(root: Path, policy: Policy, named: str) -> str:
    """The feature to write, relative to the library: the one that is named, or that for what is suggested."""
    if not named:
        return suggested_path(root, policy.slug)
    path = Path(named).resolve()
    folder = (root / "features" / policy.slug).resolve()
    if not path.is_relative_to(folder) or path.suffix != ".feature":
        raise Refused(
            f"`{named}` is no feature of this policy", f"name a .feature file in features/{policy.slug}/", usage=True
        )
    return f"features/{policy.slug}/{path.relative_to(folder).as_posix()}"
