"""What the states of policies are read from, by digests: what has not changed need not be read or printed again."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from cdispec.library.files import folders, names, read_bytes
from cdispec.library.policies import Reader
from cdispec.library.revisions import FOLDER
from cdispec.model.facts import Fact
from cdispec.model.policy import Policy
from cdispec.source import Issue

SHARED = "policy/facts.yaml"


def source_digests(root: Path) -> dict[str, str]:
    """The digest of everything that each state of each policy is read from, by the folder of the state.

    A state is found by its path: `policy.path` names the document in that folder.
    """
    digests = {}
    for slug in folders(root / "policy"):
        folder = f"policy/{slug}"
        digests[folder] = _digest(root, SHARED, folder)
        for name in folders(root / folder / FOLDER):
            digests[f"{folder}/{FOLDER}/{name}"] = _digest(root, f"{folder}/{FOLDER}/{name}")
    return digests


class Memory(Reader):
    """Reads again only what has changed since it was read last."""

    def __init__(self) -> None:
        self._working: dict[str, tuple[str, tuple[Policy | None, list[Issue]]]] = {}
        self._revisions: dict[str, tuple[str, tuple[tuple[Policy, ...], list[Issue]]]] = {}

    def working(self, root: Path, slug: str, shared: dict[str, Fact]) -> tuple[Policy | None, list[Issue]]:
        """The working state, with its issues."""
        digest = partial(_digest, root, SHARED, f"policy/{slug}")
        policy, issues = _remembered(self._working, slug, digest, partial(super().working, root, slug, shared))
        return policy, [*issues]

    def revisions(self, root: Path, slug: str) -> tuple[tuple[Policy, ...], list[Issue]]:
        """The released revisions, with theirs."""
        folder = f"policy/{slug}/{FOLDER}"
        digest = partial(_digests, root, folder)
        revisions, issues = _remembered(self._revisions, slug, digest, partial(super().revisions, root, slug))
        return revisions, [*issues]


_Read = TypeVar("_Read")


def _remembered(
    known: dict[str, tuple[str, _Read]], slug: str, digest: Callable[[], str], read: Callable[[], _Read]
) -> _Read:
    before = digest()
    if slug not in known or known[slug][0] != before:
        # Saved while it is read, it may be read as neither the one nor the other: then the digest fits none.
        found = read()
        known[slug] = (before if digest() == before else "", found)
    return known[slug][1]


def _digests(root: Path, folder: str) -> str:
    return _digest(root, *(f"{folder}/{name}" for name in names(root / folder)))


def _digest(root: Path, *folders: str) -> str:
    """The digest of the files of these folders."""
    found = sha256()
    for path in (path for folder in folders for path in _paths(root, folder)):
        data, issues = read_bytes(root, path)
        told = issues[0].message.encode() if data is None else data
        found.update(os.fsencode(path) + f"\0{data is None}\0{len(told)}\0".encode() + told)
    return found.hexdigest()


def _paths(root: Path, folder: str) -> list[str]:
    """A file, or everything that the folder of a state holds, whether it is read or only told to be unknown; the
    revisions below a working state are states of their own.

    Folders that symbolic links lead to are not followed further; they may lead to themselves.
    """
    found = [folder]
    waiting = [f"{folder}/{name}" for name in names(root / folder) if name != FOLDER]
    while waiting:
        path = waiting.pop()
        found.append(path)
        if not (root / path).is_symlink():
            waiting += [f"{path}/{name}" for name in names(root / path)]
    return found
