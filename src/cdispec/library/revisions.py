"""The released revisions of a policy, each a frozen folder `policy/<slug>/revisions/<date>/`.

A revision is whole in itself: its document, facts and history as they were, the facts it shared with other policies,
its scenarios, and `revision.yaml` with the digest of each.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Mapping as Files
from dataclasses import replace
from datetime import date
from pathlib import Path

from cdispec.check.policy import check_policy
from cdispec.issues.files import unknown_file
from cdispec.issues.revisions import altered_revision, misnamed_revision
from cdispec.library.files import decode, folders, names, read_bytes
from cdispec.library.history import in_yaml
from cdispec.library.sources import DOCUMENT, FACTS, REVISIONS, digest_of
from cdispec.model.facts import Fact, as_day
from cdispec.model.policy import HistoryRow, Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.fields import Fields
from cdispec.parse.policy import read_policy
from cdispec.parse.tables import read_history
from cdispec.parse.yamltree import Mapping, Scalar, only_document, read_yaml
from cdispec.source import Issue, Place, errors_of

SEAL = "revision.yaml"
SHARED_FACTS, HISTORY, FEATURES = "shared-facts.yaml", "history.yaml", "features"


def seal(effective: str, follows: Files[str, str], digests: Files[str, str]) -> bytes:
    """The seal of a revision: from when it is in effect, the digest of the seal before it and those of its files."""
    lines = [f"effective: {effective}"]
    lines += ["follows:", *(f"  {revision}: {digest}" for revision, digest in follows.items())] if follows else []
    lines += ["digests:", *(f"  {in_yaml(path)}: {digests[path]}" for path in sorted(digests))]
    return "".join(f"{line}\n" for line in lines).encode()


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
        issues += _broken_chain(root, folder, sorted(inside))
    return tuple(sorted(revisions, key=lambda policy: policy.since)), issues


def _broken_chain(root: Path, folder: str, inside: list[str]) -> Iterator[Issue]:
    """Seals that the revision after them was not sealed with: one altered with its files, or one taken away."""
    seals = {name: read_bytes(root, f"{folder}/{name}/{SEAL}")[0] or b"" for name in inside}
    for before, name in zip([None, *inside], inside, strict=False):
        followed = _followed(seals[name].decode())
        place = Place(f"{folder}/{name}/{SEAL}")
        for one in followed.keys() - {before}:
            yield altered_revision(Place(f"{folder}/{one}/{SEAL}"), SEAL, one, f"is missing, which {name} follows")
        if before is not None and before not in followed:
            yield altered_revision(place, SEAL, name, f"does not say that it follows {before}")
        elif before is not None and followed[before] != digest_of(seals[before]):
            where = Place(f"{folder}/{before}/{SEAL}")
            yield altered_revision(where, SEAL, before, f"is not as it was when {name} was released")


def _followed(seal: str) -> dict[str, str]:
    """The revision that a seal says to follow, with the digest of its seal."""
    stated = only_document(read_yaml(seal, "")[0], [])
    fields = dict(stated.pairs) if isinstance(stated, Mapping) else {}
    follows = next((value for key, value in fields.items() if key.text == "follows"), None)
    pairs = follows.pairs if isinstance(follows, Mapping) else ()
    return {key.text: value.text for key, value in pairs if isinstance(value, Scalar)}


def days_of(root: Path, slug: str) -> tuple[list[date], list[Issue]]:
    """The days from which the released revisions of a policy are in effect, oldest first, as their seals tell."""
    issues: list[Issue] = []
    days = []
    for name in folders(root / f"policy/{slug}/{REVISIONS}"):
        folder = f"policy/{slug}/{REVISIONS}/{name}"
        data = None
        if os.path.lexists(root / folder / SEAL):
            data, found = read_bytes(root, f"{folder}/{SEAL}")
            issues += found
        effective, _ = _seal({} if data is None else {SEAL: data}, folder, name, issues)
        if effective is not None:
            days.append(effective)
    return sorted(days), issues


def read_revision(root: Path, slug: str, name: str) -> tuple[Policy | None, list[Issue]]:
    """The revision of a policy under a name; None where it cannot be told what it holds, or from when."""
    issues: list[Issue] = []
    folder = f"policy/{slug}/{REVISIONS}/{name}"
    files, unread = contents(root, folder, issues)
    effective, digests = _seal(files, folder, name, issues)
    if digests is not None:
        _compare({path: data for path, data in files.items() if path != SEAL}, digests, unread, folder, name, issues)
    if effective is None or DOCUMENT not in files:
        return None, issues
    policy, found = _state(files, folder, slug)
    if not issues:
        # Of a file that was altered it is enough to tell that.
        issues += errors_of(found)
    if policy is None:
        return None, issues
    return replace(policy, in_effect=effective, fingerprint=digest_of(files[SEAL])), issues


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


def _seal(
    files: Files[str, bytes], folder: str, name: str, issues: list[Issue]
) -> tuple[date | None, dict[str, str] | None]:
    """The day from which a revision is in effect and the digests of its files; None for what is not told."""
    path = f"{folder}/{SEAL}"
    if as_day(name) is None:
        issues.append(misnamed_revision(Place(path), f"the name of the folder `{name}` is not a date"))
        return None, None
    text = _text(files, SEAL, folder, issues)
    if text is None:
        if not any(issue.place.path == path for issue in issues):
            issues.append(altered_revision(Place(path), SEAL, name, "is missing"))
        return None, None
    documents, found = read_yaml(text, path)
    issues += found
    stated = only_document(documents, issues)
    if not isinstance(stated, Mapping):
        if not found:
            issues.append(altered_revision(Place(path), SEAL, name, "states neither `effective` nor `digests`"))
        return None, None
    fields = Fields(stated, "the revision", issues)
    fields.allow(["effective", "follows", "digests"])
    effective = fields.day("effective")
    if effective is not None and effective.isoformat() != name:
        problem = f"the folder is named {name}, and the revision is in effect from {effective}"
        issues.append(misnamed_revision(Place(path), problem))
    listed = fields.mapping("digests")
    if listed is None:
        return effective, None
    digests = {key.text: value.text for key, value in listed.pairs if isinstance(value, Scalar)}
    if effective is not None and files[SEAL] != seal(effective.isoformat(), _followed(text), digests):
        issues.append(altered_revision(Place(path), SEAL, name, "is not written as `cdispec release` writes it"))
    return effective, digests


def _compare(
    files: Files[str, bytes], digests: Files[str, str], unread: set[str], folder: str, name: str, issues: list[Issue]
) -> None:
    """Tell every file that is not as its digest says."""
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
    """The policy that the files of a revision state."""
    issues: list[Issue] = []
    facts: dict[str, Fact] = {}
    for path in (SHARED_FACTS, FACTS):
        text = _text(files, path, folder, issues)
        if text is not None:
            read, found = read_facts(text, f"{folder}/{path}")
            facts |= read
            issues += found
    history: tuple[HistoryRow, ...] = ()
    text = _text(files, HISTORY, folder, issues)
    if text is not None:
        history, found = read_history(text, f"{folder}/{HISTORY}")
        issues += found
    text = _text(files, DOCUMENT, folder, issues)
    if text is None:
        return None, issues
    policy, found = read_policy(text, f"{folder}/{DOCUMENT}", slug, facts, history)
    issues += found
    # These keep a determination from going round in circles, whatever the files have become.
    issues += check_policy(policy, read_whole=False) if policy is not None else []
    return policy, issues


def _text(files: Files[str, bytes], path: str, folder: str, issues: list[Issue]) -> str | None:
    if path not in files:
        return None
    text, found = decode(files[path], f"{folder}/{path}")
    issues += found
    return text
