"""`cdispec labels`: the clauses of a policy, as scenarios cite them and as criteria refer to them."""

from __future__ import annotations

import argparse

from cdispec.check.states import PolicyStates
from cdispec.cli.common import library_folder
from cdispec.cli.status import DONE
from cdispec.model.policy import Policy, all_sections
from cdispec.parse.yamltree import shortened


def run(arguments: argparse.Namespace) -> int:
    """Print the label, the id and the words of each clause, in document order; ids that are derived are left out."""
    policy = PolicyStates(library_folder(arguments.library), arguments.policy).policy
    words = _words(policy)
    rows = [(label, id, shortened(words.get(id, ""))) for id, label in policy.clauses.items() if "." not in id]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for label, id, said in rows:
        print(f"{label:<{widths[0]}}  {id:<{widths[1]}}  {said}".rstrip())
    return DONE


def _words(policy: Policy) -> dict[str, str]:
    """The title or the printed words of clauses by their ids."""
    found = dict(policy.leads)
    found |= {id: criterion.text for id, criterion in policy.criteria.items() if criterion.text}
    return found | {section.id: section.title for section in all_sections(policy.sections)}
