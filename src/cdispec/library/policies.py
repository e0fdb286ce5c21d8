"""The policies of a library as they were read, all of them or those of one number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cdispec.library.common import read_common
from cdispec.library.files import folders
from cdispec.library.memory import Memory
from cdispec.library.others import others_among, others_of
from cdispec.library.sources import REVISIONS, feature_paths, named_after, policy_slugs, stated_numbers
from cdispec.library.state import read_working
from cdispec.model.policy import Policy
from cdispec.source import Issue, has_errors


@dataclass(frozen=True, slots=True)
class PolicyFolder:
    """What the folder of one policy holds, with the issues of reading its working state and its revisions.

    `released` says that it holds revisions, also where they were not read; `revisions` are those read, oldest first.
    """

    slug: str
    released: bool
    working: Policy | None
    issues: list[Issue]
    revisions: tuple[Policy, ...] = ()
    damages: list[Issue] = field(default_factory=list)

    @property
    def newest(self) -> Policy | None:
        """The working state, or the newest revision where that cannot be read."""
        return self.working or (self.revisions[-1] if self.revisions else None)

    @property
    def number(self) -> str:
        """The number of the policy; "" where neither its working state nor a revision says one."""
        return self.newest.number if self.newest else ""

    def damaged_at(self, path: str) -> bool:
        """Whether a file of the working state could not be read as it is meant."""
        return damaged(issue for issue in self.issues if issue.place.path == path)


def damaged(issues: Iterable[Issue]) -> bool:
    """Whether something could not be read as it is meant, so that what follows from it is not reported as well.

    A character that nobody sees keeps nothing from being read.
    """
    return has_errors([issue for issue in issues if issue.code != "invisible-character"])


@dataclass(slots=True)
class PolicyLibrary:
    """The policies of a library, those with errors among them, and every issue of reading their files.

    `policies` are the working states, `revisions` the released ones, oldest first; a policy without any has none there.
    Of several policies with one number the first is in both. `clauses` are the files of the shared clauses by their
    ids, where every policy was read.
    """

    root: Path
    folders: list[PolicyFolder] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    policies: dict[str, Policy] = field(default_factory=dict)
    revisions: dict[str, tuple[Policy, ...]] = field(default_factory=dict)
    clauses: dict[str, str] = field(default_factory=dict)

    def add(self, folder: PolicyFolder) -> None:
        """Add what a folder holds."""
        self.folders.append(folder)
        self.issues += folder.issues + folder.damages
        number = folder.number
        if number in self.policies or number in self.revisions:
            return
        if folder.working:
            self.policies[number] = folder.working
        if folder.revisions:
            self.revisions[number] = folder.revisions


def read_library(root: Path, memory: Memory | None = None) -> PolicyLibrary:
    """Every policy of a library with its released revisions."""
    library, memory = PolicyLibrary(root), memory or Memory()
    shared = read_common(root, library.issues)
    library.clauses = {id: clause.path for id, clause in shared.clauses.items()}
    read = {slug: (*memory.working(root, slug, shared), *memory.revisions(root, slug)) for slug in policy_slugs(root)}
    others = others_among(read.values(), memory)
    for slug, (working, issues, revisions, damages) in read.items():
        policy, found = others.linked(working)
        linked, errors = others.all_linked(revisions)
        library.add(PolicyFolder(slug, _released(root, slug), policy, issues + found, linked, damages + errors))
    return library


def read_working_states(root: Path, number: str | None = None) -> PolicyLibrary:
    """The working states of a library, or of a number only those of its policy, of which no other file is read.

    A policy is found by the name of its folder. Where none is named after the number, the head of every document is
    asked, so that what is wrong with the folder of the policy can be reported.
    """
    library = PolicyLibrary(root)
    shared = read_common(root, library.issues)
    slugs = policy_slugs(root)
    if number is not None:
        named = [slug for slug in slugs if named_after(slug, number)]
        slugs = named or [slug for slug, stated in stated_numbers(root).items() if stated == number]
    others = others_of(root)
    for slug in slugs:
        working, issues = read_working(root, slug, shared)
        policy, found = others.linked(working)
        library.add(PolicyFolder(slug, _released(root, slug), policy, issues + found))
    return library


def untested_policies(root: Path) -> list[str]:
    """The numbers of the policies of which there is no feature file."""
    tested = {path.split("/")[1] for path in feature_paths(root)}
    return [number for slug, number in stated_numbers(root).items() if slug not in tested]


def _released(root: Path, slug: str) -> bool:
    return bool(folders(root / "policy" / slug / REVISIONS))
