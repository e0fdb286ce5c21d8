"""The files of a library by their digests: what has not changed need not be read, run or printed again.

A snapshot holds the digest of every file that documents or scenarios are made from, by its path. It is taken once and
handed on, so that one build asks each file once what it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import cdispec
from cdispec.library.files import folders, names, read_bytes
from cdispec.library.shipped import SHIPPED

SHARED = "policy/facts.yaml"
CODES = "codes"
"""The folder of code sets, beside a policy or shared by all of a library."""
SHARED_CODES = f"policy/{CODES}"
RECORD = ".cdispec/record.json"
REVISIONS = "revisions"
DOCUMENT, FACTS, HISTORY = "policy.md", "facts.yaml", "history.yaml"
TOOL = "cdispec"
"""Stands for the tool itself among the files that a run rests on."""

_UNREAD = "not read: "


def digest_of(data: bytes) -> str:
    """What a file is recognized by."""
    return sha256(data).hexdigest()


def feature_paths(root: Path, revision: str = "") -> list[str]:
    """Every feature file of a library, or of the folder of a released revision in it, relative to the library."""
    return _paths(root, root / revision / "features", "*.feature")


def step_paths(root: Path) -> list[str]:
    """Every file that says what the sentences of features mean, relative to the library."""
    return _paths(root, root / "steps", "*.py")


def _paths(root: Path, folder: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in folder.rglob(pattern))


def policy_folders(root: Path) -> list[str]:
    """The folders of policies."""
    return [slug for slug in folders(root / "policy") if slug != CODES]


def code_sets(root: Path, folder: str) -> list[str]:
    """The files of the code sets in a folder of them, relative to the library."""
    return [f"{folder}/{name}" for name in names(root / folder) if name.endswith(".csv")]


def revision_folders(root: Path) -> list[str]:
    """The folder of every released revision of every policy, relative to the library."""
    above = [f"policy/{slug}/{REVISIONS}" for slug in policy_folders(root)]
    return [f"{folder}/{name}" for folder in above for name in folders(root / folder)]


def policy_snapshot(root: Path) -> dict[str, str]:
    """The digests of everything that the states of policies are read from; of what cannot be read, why."""
    return {path: _digest(root, path) for path in (SHARED, *_below(root, SHARED_CODES), *_policy_paths(root))}


def snapshot(root: Path) -> dict[str, str]:
    """Those of the scenarios as well, of what their sentences mean, and of the record of their last run."""
    shown = [*feature_paths(root), *step_paths(root), RECORD]
    return policy_snapshot(root) | {path: _digest(root, path) for path in shown}


def resting(taken: Mapping[str, str]) -> dict[str, str]:
    """What all scenarios together rest on, of a snapshot: working policies, shared facts, features, released revisions,
    step definitions, and the tool."""
    found = {
        path: digest for path, digest in sorted(taken.items()) if _decides(path) and not digest.startswith(_UNREAD)
    }
    return found | {TOOL: tool_digest()}


def state_digests(taken: Mapping[str, str]) -> dict[str, str]:
    """The digest of everything that each state of each policy is read from, by the folder of the state.

    A state is found by its path: `policy.path` names the document in that folder.
    """
    told: dict[str, list[str]] = {}
    shared = [taken[path] for path in sorted(taken) if path == SHARED or path.startswith(SHARED_CODES)]
    for path in sorted(taken):
        if state := state_folder(path):
            told.setdefault(state, [] if REVISIONS in state.split("/")[2:] else shared)
            told[state] = [*told[state], path, taken[path]]
    return {state: digest_of(json.dumps(parts).encode()) for state, parts in told.items()}


@cache
def tool_digest() -> str:
    """The digest of the tool's own files, the same on every machine that has this version of it."""
    package = Path(cdispec.__file__).parent
    files = sorted(path for path in package.rglob("*") if path.suffix in (".py", ".js", ".json") and path.is_file())
    inside = {file.relative_to(package).as_posix(): file for file in files}
    # A wheel carries parts of a library, which an installation from source has not; a library has its own.
    parts = [[path, digest_of(file.read_bytes())] for path, file in inside.items() if not path.startswith(SHIPPED)]
    return digest_of(json.dumps(parts).encode())


def _digest(root: Path, path: str) -> str:
    data, issues = read_bytes(root, path)
    return f"{_UNREAD}{issues[0].message}" if data is None else digest_of(data)


def _policy_paths(root: Path) -> Iterator[str]:
    for slug in policy_folders(root):
        folder = f"policy/{slug}"
        yield from _below(root, folder)
        for name in names(root / folder / REVISIONS):
            yield from _below(root, f"{folder}/{REVISIONS}/{name}")


def _below(root: Path, folder: str) -> Iterator[str]:
    """Everything that the folder of a state holds, whether it is read or only told to be unknown; the revisions below a
    working state are states of their own.

    Folders that symbolic links lead to are not followed further; they may lead to themselves.
    """
    yield folder
    waiting = [f"{folder}/{name}" for name in names(root / folder) if name != REVISIONS]
    while waiting:
        path = waiting.pop()
        yield path
        if not (root / path).is_symlink():
            waiting += [f"{path}/{name}" for name in names(root / path)]


def state_folder(path: str) -> str:
    """The folder of the state that a file belongs to; "" for a file of none, as the scenarios of working states are."""
    parts = path.split("/")
    if parts[0] != "policy" or path == SHARED or parts[1:2] == [CODES]:
        return ""
    return "/".join(parts[:4] if parts[2:3] == [REVISIONS] else parts[:2])


def _decides(path: str) -> bool:
    """Whether a determination can depend on a file: one of a working state does not on its history, one of a released
    revision does on everything that is frozen with it."""
    parts = path.split("/")
    if parts[0] == "policy":
        frozen = len(parts) > 4 and parts[2] == REVISIONS
        stated = path == SHARED or (len(parts) == 3 and parts[2] in (DOCUMENT, FACTS))
        return frozen or stated or CODES in parts[1:3]
    return parts[0] in ("features", "steps")
