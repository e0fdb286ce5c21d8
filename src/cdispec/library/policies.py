"""The policies of a library, with the issues of their files."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from cdispec.check.history import effective_dates, unreleased
from cdispec.check.policy import check_policy
from cdispec.determine.gaps import MOST_CASES, undecidable_cases
from cdispec.issues.facts import shadowed_fact
from cdispec.issues.files import unknown_file
from cdispec.issues.policies import duplicate_policy, folder_name, undecidable_case, unfinished_search
from cdispec.issues.revisions import misnamed_revision
from cdispec.library.files import folders, names, read_words, source_lines
from cdispec.library.revisions import read_revisions
from cdispec.library.sources import REVISIONS
from cdispec.model.facts import Fact
from cdispec.model.policy import HistoryRow, Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.parse.tables import read_history
from cdispec.scenario.feature import Feature, read_feature
from cdispec.scenario.vocabulary import collisions
from cdispec.source import Issue, Place, Severity, has_errors

POLICY_FILES = ("policy.md", "facts.yaml", "history.yaml", REVISIONS)


@dataclass(slots=True)
class Library:
    """The policies of a library, those with errors among them, and the issues of each file.

    `policies` are the working states, `revisions` the released ones, oldest first; a policy without any has none there.
    `broken` are the numbers of policies with an error in their working state, `damaged` of those with an error in a
    released revision, and `duplicated` those that several policies have.
    """

    root: Path
    policies: dict[str, Policy] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    revisions: dict[str, tuple[Policy, ...]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    duplicated: set[str] = field(default_factory=set)

    def usable(self) -> dict[str, Policy]:
        """The working states that can decide: those without an error, by number."""
        return {number: policy for number, policy in self.policies.items() if number not in self.broken}


class Reader:
    """Reads the folder of a policy, or a feature; one that remembers may take the place of this."""

    def working(self, root: Path, slug: str, shared: dict[str, Fact]) -> tuple[Policy | None, list[Issue]]:
        """The working state, with its issues."""
        return _read_policy(root, slug, shared)

    def revisions(self, root: Path, slug: str) -> tuple[tuple[Policy, ...], list[Issue]]:
        """The released revisions, with theirs."""
        return read_revisions(root, slug)

    def feature(self, text: str, path: str) -> tuple[Feature, list[Issue]]:
        """A feature, with its issues."""
        return read_feature(text, path)


class _Unreleased(Reader):
    """Leaves the released revisions where they are."""

    def revisions(self, root: Path, slug: str) -> tuple[tuple[Policy, ...], list[Issue]]:
        """None."""
        return (), []


def read_working(root: Path) -> Library:
    """Every policy of a library without its released revisions, for what needs no more: there may be many of these."""
    return read_library(root, _Unreleased())


def read_library(root: Path, reader: Reader | None = None) -> Library:
    """Every policy of a library with its released revisions, and all issues of its policies and facts."""
    reader = reader or Reader()
    library = Library(root)
    shared = _shared_facts(root, library.issues)
    for folder in folders(root / "policy"):
        policy, issues = reader.working(root, folder, shared)
        revisions, damages = reader.revisions(root, folder)
        unread = not revisions and folders(root / "policy" / folder / REVISIONS)
        if policy is not None and not (unread or has_errors(damages)):
            issues += _unreleased(policy, revisions, issues)
            issues += _misdated(root, policy, revisions, issues)
        library.issues += issues + damages
        newest = policy or (revisions[-1] if revisions else None)
        if newest is None:
            continue
        number = newest.number
        if number in library.policies or number in library.revisions:
            first = (library.policies.get(number) or library.revisions[number][-1]).slug
            library.issues.append(duplicate_policy(_head_place(root, newest.path, "number"), number, first))
            library.broken.add(number)
            library.damaged.add(number)
            library.duplicated.add(number)
            continue
        if policy is not None:
            library.policies[number] = policy
        if revisions:
            library.revisions[number] = revisions
        misplaced = [issue for revision in revisions for issue in misnamed(number, revision)]
        library.issues += misplaced
        if has_errors(damages + misplaced):
            library.damaged.add(number)
        if has_errors(issues):
            library.broken.add(number)
    return library


def misnamed(number: str, revision: Policy) -> list[Issue]:
    """Tell a revision of another policy than the one in whose folder it stands."""
    if not number or revision.number == number:
        return []
    problem = f"the revision is of the policy `{revision.number}`, not of `{number}`"
    return [misnamed_revision(Place(revision.path), problem)]


def _unreleased(policy: Policy, revisions: tuple[Policy, ...], found: list[Issue]) -> list[Issue]:
    """What the history of a working state and the released revisions say otherwise; nothing where it was damaged."""
    path = policy.path.replace("policy.md", "history.yaml")
    damaged = _damaged([issue for issue in found if issue.place.path == path])
    return [] if damaged else list(unreleased(policy, revisions))


def _misdated(root: Path, policy: Policy, revisions: tuple[Policy, ...], found: list[Issue]) -> list[Issue]:
    """What the head of a working state says otherwise than its revisions; nothing where it was damaged."""
    if _damaged([issue for issue in found if issue.place.path == policy.path]):
        return []
    return list(effective_dates(policy, revisions, _head_place(root, policy.path, "original_effective_date")))


def _damaged(issues: list[Issue]) -> bool:
    """Whether something could not be read as it is meant, so that what follows from it is not told as well.

    A character that nobody sees keeps nothing from being read.
    """
    return has_errors([issue for issue in issues if issue.code != "invisible-character"])


def _head_place(root: Path, path: str, key: str) -> Place:
    """Where a key of the head of a document stands."""
    lines = enumerate(source_lines(root, path), 1)
    return Place(path, next((number for number, line in lines if line.startswith(f"{key}:")), 1))


def _shared_facts(root: Path, issues: list[Issue]) -> dict[str, Fact]:
    if not os.path.lexists(root / "policy" / "facts.yaml"):
        return {}
    text, found = read_words(root, "policy/facts.yaml")
    issues += found
    if text is None:
        return {}
    facts, found = read_facts(text, "policy/facts.yaml")
    issues += found
    return facts


def _read_policy(root: Path, slug: str, shared: dict[str, Fact]) -> tuple[Policy | None, list[Issue]]:
    folder = f"policy/{slug}"
    issues: list[Issue] = []
    facts = _policy_facts(root, folder, shared, issues)
    facts_damaged = _damaged(issues)
    history: tuple[HistoryRow, ...] = ()
    if os.path.lexists(root / folder / "history.yaml"):
        text, found = read_words(root, f"{folder}/history.yaml")
        issues += found
        if text is not None:
            history, found = read_history(text, f"{folder}/history.yaml")
            issues += found
    for name in names(root / folder):
        if name not in POLICY_FILES:
            issues.append(unknown_file(Place(f"{folder}/{name}"), name, POLICY_FILES))
    text, found = read_words(root, f"{folder}/policy.md")
    issues += found
    if text is None:
        return None, issues
    policy, found = read_policy(text, f"{folder}/policy.md", slug, facts, history)
    # A fact that could not be read is declared all the same.
    issues += [issue for issue in found if not (facts_damaged and issue.code == "unknown-fact")]
    if policy is None:
        return None, issues
    if policy.number and not (slug == policy.number or slug.startswith(policy.number + "-")):
        issues.append(folder_name(_head_place(root, policy.path, "number"), policy.number, slug))
    issues += collisions(policy)
    issues += check_policy(policy, read_whole=not _damaged(issues))
    return policy, issues


def undecidable(library: Library) -> list[Issue]:
    """Cases that no answer settles, of every usable policy. The search takes its time, so only the checker asks."""
    return [
        unfinished_search(place, MOST_CASES) if case is None else undecidable_case(place, case)
        for policy in library.usable().values()
        for place, case in undecidable_cases(policy)
    ]


def _policy_facts(root: Path, folder: str, shared: dict[str, Fact], issues: list[Issue]) -> dict[str, Fact]:
    if not os.path.lexists(root / folder / "facts.yaml"):
        return dict(shared)
    text, found = read_words(root, f"{folder}/facts.yaml")
    issues += found
    if text is None:
        return dict(shared)
    own, found = read_facts(text, f"{folder}/facts.yaml")
    issues += found
    for id, fact in own.items():
        if id in shared:
            issues.append(shadowed_fact(fact.place, id, str(shared[id].place)))
    return {**shared, **own}


def sorted_issues(issues: list[Issue]) -> list[Issue]:
    """Issues in the order of files and lines, each once, errors before warnings at one place."""
    return sorted(
        dict.fromkeys(issues), key=lambda issue: (issue.place, issue.severity is not Severity.ERROR, issue.code)
    )
