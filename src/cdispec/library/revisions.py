"""The released revisions of a policy, each a frozen folder `policy/<slug>/revisions/<date>/`,
of several of one day `<date>-2/` and so on.

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
from typing import NamedTuple

from cdispec.issues.files import unknown_file
from cdispec.issues.revisions import altered_revision, misnamed_revision
from cdispec.library.common import Common, sets_of
from cdispec.library.files import decode, folders, names, read_bytes
from cdispec.library.history import in_yaml
from cdispec.library.sources import CODES, DOCUMENT, FACTS, HISTORY, REVISIONS, digest_of
from cdispec.library.state import declared_facts, policy_of
from cdispec.model.history import named_revision, revision_name
from cdispec.model.periods import in_order
from cdispec.model.policy import Policy
from cdispec.parse.fields import Fields
from cdispec.parse.included import Clause
from cdispec.parse.published import as_published
from cdispec.parse.yamltree import Mapping, Scalar, read_document
from cdispec.source import Issue, Place, errors_of

SEAL = "revision.yaml"
SHARED_FACTS, SHARED_CLAUSES, FEATURES = "shared-facts.yaml", "shared", "features"
FROZEN_CODES = "shared-codes"
"""Where a revision keeps the code sets of the library that it asks for."""


def seal(effective: date, published: date | None, follows: Files[str, str], digests: Files[str, str]) -> bytes:
    """The seal of a revision: from when it is in effect, when it was published where that is stated, the digest of the
    seal before it and those of its files."""
    lines = [f"effective: {effective}"]
    lines += [f"published: {published}"] if published else []
    lines += ["follows:", *(f"  {revision}: {digest}" for revision, digest in follows.items())] if follows else []
    lines += ["digests:", *(f"  {in_yaml(path)}: {digests[path]}" for path in sorted(digests))]
    return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True, slots=True)
class _Seal:
    """What the seal of a revision says; None for what it does not. `digest` is its own."""

    effective: date | None = None
    published: date | None = None
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
        issues += _seals(root, slug)[1]
    return in_order(revisions), issues


class Released(NamedTuple):
    """What the seals say of a revision: from when it is in effect, which of that day it is, when it was published."""

    effective: date
    turn: int
    published: date | None

    @property
    def name(self) -> str:
        """Its name, which is that of its folder."""
        return revision_name(self.effective, self.turn)


def released_of(root: Path, slug: str) -> tuple[list[Released], list[Issue]]:
    """The released revisions of a policy, as the chain of seals says: by the days from which they are in effect, those
    of one day as they were released.

    With the issues of the seals; of the chain where each can be read.
    """
    seals, issues = _seals(root, slug)
    named = ((named_revision(name), seal) for name, seal in seals.items())
    return sorted(Released(*name, seal.published) for name, seal in named if name and seal.effective), issues


def last_released(root: Path, slug: str) -> str:
    """The name of the revision that was released last; "" where there is none."""
    return next(reversed(_chain(_seals(root, slug)[0])), "")


def _seals(root: Path, slug: str) -> tuple[dict[str, _Seal], list[Issue]]:
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
    return seals, issues


def _chain(seals: Files[str, _Seal]) -> list[str]:
    """The names of revisions as they were released, each after the one that it follows; by their days where the seals
    are no chain, so that the first one out of place can be reported."""
    following = {before: name for name, seal in seals.items() for before in seal.follows or {"": ""}}
    found: list[str] = []
    name = following.get("")
    while name is not None and name not in found:
        found.append(name)
        name = following.get(name)
    return found if len(found) == len(seals) else sorted(seals)


def _broken_chain(folder: str, seals: Files[str, _Seal]) -> Iterator[Issue]:
    """Seals that the revision after them was not sealed with: one altered with its files, or one taken away."""
    inside = _chain(seals)
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
    with as_published():
        policy, found = _state(files, folder, slug)
    if not issues:
        # Of a file that was altered it is enough to report that.
        issues += [replace(issue, fix=None) for issue in errors_of(found)]
    if policy is None:
        return None, issues
    _, turn = named_revision(name) or (None, 1)
    follows = next(iter(stated.follows or {}), "")
    policy = replace(policy, in_effect=stated.effective, turn=turn, published=stated.published)
    return replace(policy, follows=follows, fingerprint=stated.digest), issues


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
    named = named_revision(name)
    if named is None:
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
    fields = Fields(stated, "the revision", issues, ["effective", "published", "follows", "digests"])
    effective, listed = fields.day("effective"), fields.mapping("digests")
    published = fields.day("published", required=False)
    if effective is not None and effective != named[0]:
        problem = f"the folder is named {name}, and the revision is in effect from {effective}"
        issues.append(misnamed_revision(place, problem))
    if listed is None:
        return _Seal(effective, published, digest=digest_of(data))
    follows, digests = _texts(fields.mapping("follows", required=False)), _texts(listed)
    if effective is not None and data != seal(effective, published, follows, digests):
        issues.append(altered_revision(place, SEAL, name, "is not written as `cdispec release` writes it"))
    return _Seal(effective, published, follows, digests, digest_of(data))


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
