"""Whether the scenarios of a policy test as much of it as its library asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from cdispec.analysis.adequacy.adequacy import Adequacy, MutantResult
from cdispec.analysis.adequacy.wording import gaps
from cdispec.analysis.mutation.in_source import in_source
from cdispec.issues.scenarios import too_little_tested, unnoticed_edit, untested_clause
from cdispec.library import Suite, source_lines
from cdispec.library.kept import KeptIssues
from cdispec.library.settings import read_threshold
from cdispec.model.policy import Policy
from cdispec.source import Issue, LinesOf, Place


def judge_adequacy(root: Path, policies: Iterable[Policy], suite: Suite, limit: float) -> list[Issue]:
    """What is too little tested of policies without errors; of those that are as they were, what was found before."""
    threshold, found = read_threshold(root)
    if not threshold:
        return found
    kept = KeptIssues(root, threshold)
    for policy in policies:
        if policy.slug not in suite.damaged:
            found += kept.found(policy, partial(_issues, root, policy, suite, threshold, limit))
    kept.save()
    return found


def too_little(root: Path, policy: Policy, suite: Suite, limit: float) -> list[Issue]:
    """The same of one policy, worked out anew."""
    threshold, found = read_threshold(root)
    return found + (_issues(root, policy, suite, threshold, limit) if threshold else [])


def _issues(root: Path, policy: Policy, suite: Suite, threshold: int, limit: float) -> list[Issue]:
    from cdispec.analysis.adequacy.assess import adequacy_of

    return list(_below(adequacy_of(policy, suite.readings, limit), threshold, partial(source_lines, root)))


def _below(adequacy: Adequacy, threshold: int, lines_of: LinesOf) -> Iterator[Issue]:
    policy, percent = adequacy.policy, adequacy.score.percent
    # That a policy has no scenarios at all is reported of it already.
    if percent >= threshold or not adequacy.cases:
        return
    yield too_little_tested(Place(policy.path), policy.number, percent, threshold)
    for gap in gaps(adequacy):
        name = " ".join([f"`{gap.of}`"] * bool(gap.of) + [f"({gap.label})"] * bool(gap.label))
        yield untested_clause(gap.place, name, gap.words)
    for survivor in adequacy.survivors:
        yield unnoticed_edit(survivor.mutant.slip.edits[0].place, _edit(survivor, lines_of))


def _edit(survivor: MutantResult, lines_of: LinesOf) -> str:
    lines = in_source(survivor.mutant.slip, lines_of)
    return " and ".join(line.told for line in lines)
