"""The files of a library by their digests: what has not changed need not be read, run or printed again.

A snapshot holds the digest of every file that documents or scenarios are made from, by its path. It is taken once and
handed on, so that one build asks each file once what it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import cdispec
from cdispec.library.files import folders, names, read_bytes
from cdispec.library.shipped import SHIPPED

SHARED = "policy/facts.yaml"
CLAUSES = "policy/shared"
"""The folder of the clauses that policies share."""
CODES = "codes"
"""The folder of code sets beside a policy."""
SHARED_CODES = f"policy/{CODES}"
"""That of the code sets that policies share."""
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


def policy_slugs(root: Path) -> list[str]:
    """The folders of policies in `policy/`, beside what they share."""
    return [slug for slug in folders(root / "policy") if f"policy/{slug}" not in (CLAUSES, SHARED_CODES)]


_NUMBER = re.compile(rb"""^number:[ ]*["']?([^"'\s]+)""", re.MULTILINE)
_ASKS = re.compile(rb"""meets:\s*["']?([^\s"'/{}]+)/""")
_HEAD = 4000
"""So many bytes of a document hold its number."""


def named_after(slug: str, number: str) -> bool:
    """Whether a folder is named as that of a policy of this number must be."""
    return slug == number or slug.startswith(f"{number}-")


def stated_numbers(root: Path) -> dict[str, str]:
    """The number in the head of each policy's document, by folder, without reading more of it."""
    found = {}
    for slug in policy_slugs(root):
        stated = _NUMBER.search((read_bytes(root, f"policy/{slug}/{DOCUMENT}")[0] or b"")[:_HEAD])
        if stated:
            found[slug] = stated[1].decode("utf-8", "replace")
    return found


def asking(root: Path) -> dict[str, frozenset[str]]:
    """The folders of the policies that each policy asks, directly or through others, by its own folder.

    Read off the text of all its states and of what policies share, so that none is missed.
    """
    slugs = {number: slug for slug, number in stated_numbers(root).items()}
    common = _asked_in(root, CLAUSES)
    direct = {slug: common | _asked_in(root, f"policy/{slug}") for slug in slugs.values()}
    found = {}
    for slug in direct:
        reached, waiting = set[str](), [slug]
        while waiting:
            for number in direct.get(waiting.pop(), ()):
                if (other := slugs.get(number)) is not None and other not in reached:
                    reached.add(other)
                    waiting.append(other)
        found[slug] = frozenset(reached)
    return found


def _asked_in(root: Path, folder: str) -> set[str]:
    """The numbers of the policies that documents in a folder ask."""
    texts = ((root / path).read_bytes() for path in _paths(root, root / folder, "*.md"))
    return {number.decode("utf-8", "replace") for text in texts for number in _ASKS.findall(text)}


def clause_path(id: str) -> str:
    """Where a shared clause stands in the library."""
    return f"{CLAUSES}/{id}.md"


def code_sets(root: Path, folder: str) -> list[str]:
    """The files of the code sets in a folder of them, relative to the library."""
    return [f"{folder}/{name}" for name in names(root / folder) if name.endswith(".csv")]


def step_paths(root: Path) -> list[str]:
    """Every file that says what the sentences of features mean, relative to the library."""
    return _paths(root, root / "steps", "*.py")


def _paths(root: Path, folder: Path, pattern: str) -> list[str]:
    """Files of a folder, relative to the library; those with hidden names, which editors leave, are part of nothing."""
    found = ((path, path.relative_to(folder).parts) for path in folder.rglob(pattern))
    shown = (path for path, parts in found if not any(part.startswith(".") for part in parts))
    return sorted(path.relative_to(root).as_posix() for path in shown)


def revision_folders(root: Path) -> list[str]:
    """The folder of every released revision of every policy, relative to the library."""
    above = [f"policy/{slug}/{REVISIONS}" for slug in policy_slugs(root)]
    return [f"{folder}/{name}" for folder in above for name in folders(root / folder)]


def policy_snapshot(root: Path) -> dict[str, str]:
    """The digests of everything that the states of policies are read from; of what cannot be read, why."""
    return {path: _digest(root, path) for path in (SHARED, *_policy_paths(root))}


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
    common = [text for path in sorted(taken) if is_common(path) for text in (path, taken[path])]
    for path in sorted(taken):
        if state := state_folder(path):
            told.setdefault(state, [] if REVISIONS in state.split("/")[2:] else [*common])
            told[state] += (path, taken[path])
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
    for common in (CLAUSES, SHARED_CODES):
        yield from _below(root, common) if (root / common).is_dir() else ()
    for slug in policy_slugs(root):
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
    if parts[0] != "policy" or is_common(path):
        return ""
    return "/".join(parts[:4] if parts[2:3] == [REVISIONS] else parts[:2])


def is_common(path: str) -> bool:
    """Whether a file is one that the working states of policies share."""
    return path == SHARED or f"{path}/".startswith((f"{CLAUSES}/", f"{SHARED_CODES}/"))


def _decides(path: str) -> bool:
    """Whether a determination can depend on a file: one of a working state does not on its history, one of a released
    revision does on everything that is frozen with it."""
    parts = path.split("/")
    if parts[0] == "policy":
        frozen = len(parts) > 4 and parts[2] == REVISIONS
        own = (len(parts) == 3 and parts[2] in (DOCUMENT, FACTS)) or parts[2:3] == [CODES]
        return frozen or is_common(path) or own
    return parts[0] in ("features", "steps")
