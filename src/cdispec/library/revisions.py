"""The released revisions of a policy, each a frozen folder `policy/<slug>/revisions/<date>/`.

A revision is whole in itself: its document, facts and history as they were, the facts and clauses it shared with other
policies, its scenarios, and `revision.yaml`, its seal, with the digest of each. A seal also holds the digest of the
seal before it. Whatever reads a revision reads this chain, and says what breaks it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Mapping as Files
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath

from cdispec.issues.files import unknown_file
from cdispec.issues.revisions import altered_revision, misnamed_revision
from cdispec.library.common import Common, sets_of
from cdispec.library.files import decode, folders, names, read_bytes
from cdispec.library.history import in_yaml
from cdispec.library.sources import CODES, DOCUMENT, FACTS, HISTORY, REVISIONS, digest_of
from cdispec.library.state import declared_facts, policy_of
from cdispec.model.facts import as_day
from cdispec.model.policy import Policy
from cdispec.parse.fields import Fields
from cdispec.parse.included import Clause
from cdispec.parse.yamltree import Mapping, Scalar, read_document
from cdispec.source import Issue, Place, errors_of

SEAL = "revision.yaml"
SHARED_FACTS, SHARED_CLAUSES, FEATURES = "shared-facts.yaml", "shared", "features"
FROZEN_CODES = "shared-codes"
"""Where a revision keeps the code sets of the library that it asks for."""


def seal(effective: str, follows: Files[str, str], digests: Files[str, str]) -> bytes:
    """The seal of a revision: from when it is in effect, the digest of the seal before it and those of its files."""
    lines = [f"effective: {effective}"]
    lines += ["follows:", *(f"  {revision}: {digest}" for revision, digest in follows.items())] if follows else []
    lines += ["digests:", *(f"  {in_yaml(path)}: {digests[path]}" for path in sorted(digests))]
    return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True, slots=True)
class _Seal:
    """What the seal of a revision says; None for what it does not. `digest` is its own."""

    effective: date | None = None
    follows: Files[str, str] | None = None
    digests: Files[str, str] | None = None
    digest: str = ""


def read_revisions(root: Path, slug: str) -> tuple[tuple[Policy, ...], list[Issue]]:
    """The released revisions of a policy, oldest first, and every error in them.

    Warnings are for authors, and nobody edits a released revision.
    """
    issues: list[Issue] = []
    folder = f"policy/{slug}/{REVISIONS}"
    inside = folders(root / folder)
    for name in names(root / folder):
        if name not in inside:
            issues.append(unknown_file(Place(f"{folder}/{name}"), name, ()))
    revisions = []
    for name in inside:
        policy, found = read_revision(root, slug, name)
        issues += found
        if policy is not None:
            revisions.append(policy)
    if not issues:
        issues += days_of(root, slug)[1]
    return tuple(sorted(revisions, key=lambda policy: policy.since)), issues


def days_of(root: Path, slug: str) -> tuple[list[date], list[Issue]]:
    """The days from which the released revisions of a policy are in effect, oldest first, as the chain of seals says.

    With the issues of the seals; of the chain where each can be read.
    """
    issues: list[Issue] = []
    seals: dict[str, _Seal] = {}
    for name in folders(root / f"policy/{slug}/{REVISIONS}"):
        folder = f"policy/{slug}/{REVISIONS}/{name}"
        data = None
        if os.path.lexists(root / folder / SEAL):
            data, found = read_bytes(root, f"{folder}/{SEAL}")
            issues += found
        seals[name] = _seal(data, folder, name, issues)
    if not issues:
        issues += _broken_chain(f"policy/{slug}/{REVISIONS}", seals)
    return sorted(seal.effective for seal in seals.values() if seal.effective is not None), issues


def _broken_chain(folder: str, seals: Files[str, _Seal]) -> Iterator[Issue]:
    """Seals that the revision after them was not sealed with: one altered with its files, or one taken away."""
    inside = sorted(seals)
    for before, name in zip([None, *inside], inside, strict=False):
        followed = seals[name].follows or {}
        place = Place(f"{folder}/{name}/{SEAL}")
        for one in followed.keys() - {before}:
            yield altered_revision(Place(f"{folder}/{one}/{SEAL}"), SEAL, one, f"is missing, which {name} follows")
        if before is not None and before not in followed:
            yield altered_revision(place, SEAL, name, f"does not say that it follows {before}")
        elif before is not None and followed[before] != seals[before].digest:
            where = Place(f"{folder}/{before}/{SEAL}")
            yield altered_revision(where, SEAL, before, f"is not as it was when {name} was released")


def read_revision(root: Path, slug: str, name: str) -> tuple[Policy | None, list[Issue]]:
    """The revision of a policy under a name; None where it cannot be said what it holds, or from when."""
    issues: list[Issue] = []
    folder = f"policy/{slug}/{REVISIONS}/{name}"
    files, unread = contents(root, folder, issues)
    stated = _seal(files.get(SEAL), folder, name, issues)
    if stated.digests is not None:
        own = {path: data for path, data in files.items() if path != SEAL}
        _compare(own, stated.digests, unread, folder, name, issues)
    if stated.effective is None or DOCUMENT not in files:
        return None, issues
    policy, found = _state(files, folder, slug)
    if not issues:
        # Of a file that was altered it is enough to report that.
        issues += errors_of(found)
    if policy is None:
        return None, issues
    return replace(policy, in_effect=stated.effective, fingerprint=stated.digest), issues


def contents(root: Path, folder: str, issues: list[Issue]) -> tuple[dict[str, bytes], set[str]]:
    """Every file of a folder by its path in it, and the paths of those that cannot be read; hidden ones are no part."""
    files: dict[str, bytes] = {}
    unread: set[str] = set()
    for above, below, inside in os.walk(root / folder):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in inside:
            if name.startswith("."):
                continue
            path = (Path(above) / name).relative_to(root / folder).as_posix()
            data, found = read_bytes(root, f"{folder}/{path}")
            issues += found
            if data is None:
                unread.add(path)
            else:
                files[path] = data
    return files, unread


def _seal(data: bytes | None, folder: str, name: str, issues: list[Issue]) -> _Seal:
    place = Place(f"{folder}/{SEAL}")
    if as_day(name) is None:
        issues.append(misnamed_revision(place, f"the name of the folder `{name}` is not a date"))
        return _Seal()
    text, found = (None, []) if data is None else decode(data, place.path)
    issues += found
    if data is None or text is None:
        if not any(issue.place.path == place.path for issue in issues):
            issues.append(altered_revision(place, SEAL, name, "is missing"))
        return _Seal()
    stated, found = read_document(text, place.path)
    issues += found
    if not isinstance(stated, Mapping):
        if not found:
            issues.append(altered_revision(place, SEAL, name, "states neither `effective` nor `digests`"))
        return _Seal()
    fields = Fields(stated, "the revision", issues, ["effective", "follows", "digests"])
    effective, listed = fields.day("effective"), fields.mapping("digests")
    if effective is not None and effective.isoformat() != name:
        problem = f"the folder is named {name}, and the revision is in effect from {effective}"
        issues.append(misnamed_revision(place, problem))
    if listed is None:
        return _Seal(effective, digest=digest_of(data))
    follows, digests = _texts(fields.mapping("follows", required=False)), _texts(listed)
    if effective is not None and data != seal(effective.isoformat(), follows, digests):
        issues.append(altered_revision(place, SEAL, name, "is not written as `cdispec release` writes it"))
    return _Seal(effective, follows, digests, digest_of(data))


def _texts(node: Mapping | None) -> dict[str, str]:
    return {key.text: value.text for key, value in node.pairs if isinstance(value, Scalar)} if node else {}


def _compare(
    files: Files[str, bytes], digests: Files[str, str], unread: set[str], folder: str, name: str, issues: list[Issue]
) -> None:
    """Report every file that is not as its digest says."""
    for path in sorted({*files, *digests, DOCUMENT} - unread):
        problem = ""
        if path not in files:
            problem = "is missing"
        elif path not in digests:
            problem = "was not released with it"
        elif digest_of(files[path]) != digests[path]:
            other_ends = digest_of(files[path].replace(b"\r\n", b"\n")) == digests[path]
            problem = f"is not as it was released{': its line ends were changed' if other_ends else ''}"
        if problem:
            issues.append(altered_revision(Place(f"{folder}/{path}"), path, name, problem))


def _state(files: Files[str, bytes], folder: str, slug: str) -> tuple[Policy | None, list[Issue]]:
    """The policy that the files of a revision state, with what it shared with others then."""
    issues: list[Issue] = []
    texts: dict[str, str | None] = {}
    sets = [path for path in sorted(files) if path.startswith((f"{CODES}/", f"{FROZEN_CODES}/"))]
    for path in (SHARED_FACTS, FACTS, HISTORY, DOCUMENT, *sets):
        if path in files:
            texts[path], found = decode(files[path], f"{folder}/{path}")
            issues += found
    shared, found = declared_facts(texts, SHARED_FACTS, folder)
    clauses = {}
    for path in sorted(files):
        if path.startswith(f"{SHARED_CLAUSES}/"):
            text, unread = decode(files[path], f"{folder}/{path}")
            issues += unread
            clauses[PurePath(path).stem] = Clause(f"{folder}/{path}", text, tuple(unread))
    kept, more = sets_of({f"{folder}/{path}": texts[path] for path in sets if path.startswith(f"{FROZEN_CODES}/")})
    found += more
    policy, more = policy_of(texts, folder, slug, Common(shared, clauses, kept))
    return policy, issues + found + more
