"""What the states of policies are read from, by digests: what has not changed need not be read or printed again."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from cdispec.library.files import folders, names, read_bytes
from cdispec.library.policies import States, read_states
from cdispec.library.revisions import FOLDER
from cdispec.model.facts import Fact

SHARED = "policy/facts.yaml"


def source_digests(root: Path) -> dict[str, str]:
    """The digest of everything that each state of each policy is read from, by the folder of the state.

    A state is found by its path: `policy.path` names the document in that folder.
    """
    digests = {}
    for slug in folders(root / "policy"):
        folder = f"policy/{slug}"
        digests[folder] = _digest(root, folder)
        for name in folders(root / folder / FOLDER):
            digests[f"{folder}/{FOLDER}/{name}"] = _digest(root, f"{folder}/{FOLDER}/{name}")
    return digests


class Memory:
    """Reads policies as `read_states` does, and reads again only those whose files have changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, States]] = {}

    def read(self, root: Path, folder: str, shared: dict[str, Fact]) -> States:
        """What the folder of a policy holds."""
        digest = _whole(root, folder)
        known = self._known.get(folder)
        if known is not None and known[0] == digest:
            return known[1]
        states = read_states(root, folder, shared)
        if _whole(root, folder) == digest:
            self._known[folder] = digest, states
        else:
            # It was saved while it was read: what was read may be neither the one nor the other.
            self._known.pop(folder, None)
        return states


def _whole(root: Path, slug: str) -> str:
    """The digest of the working state of a policy together with its revisions."""
    above = f"policy/{slug}"
    return _digest(root, above, *(f"{above}/{FOLDER}/{name}" for name in names(root / above / FOLDER)))


def _digest(root: Path, *states: str) -> str:
    """The digest of the files of states, and of the facts that the working states share."""
    found = sha256()
    for path in (SHARED, *(path for state in states for path in _paths(root, state))):
        data, issues = read_bytes(root, path)
        told = issues[0].message.encode() if data is None else data
        found.update(os.fsencode(path) + f"\0{data is None}\0{len(told)}\0".encode() + told)
    return found.hexdigest()


def _paths(root: Path, state: str) -> list[str]:
    """Everything that the folder of a state holds, whether it is read or only told to be unknown.

    Folders that symbolic links lead to are not followed further; they may lead to themselves.
    """
    found = [state]
    for name in names(root / state):
        path = f"{state}/{name}"
        inner = (root / path).is_dir() and not (root / path).is_symlink()
        if name != FOLDER:
            found += _paths(root, path) if inner else [path]
    return found
