"""Publishing the working state of a policy: what is frozen, and writing that whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cdispec.library.files import read_bytes, read_text
from cdispec.library.history import said, with_row
from cdispec.library.revisions import (
    FEATURES,
    FROZEN_CODES,
    SEAL,
    SHARED_CLAUSES,
    SHARED_FACTS,
    contents,
    last_released,
    read_revision,
    seal,
)
from cdispec.library.sources import (
    CODES,
    DOCUMENT,
    FACTS,
    HISTORY,
    REVISIONS,
    SHARED,
    SHARED_CODES,
    digest_of,
    feature_paths,
)
from cdispec.model.history import HistoryRow, revision_name
from cdispec.model.periods import as_released
from cdispec.model.policy import Policy
from cdispec.parse.history import read_history
from cdispec.source import Place

WAITING = ".release-"
"""What is being written has a hidden name, which reading passes over."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an author asks for: a release in effect from a day, or with `review` only a row in the history.

    `reworded` says that what was changed in words or in logic alone was read, and means the same. `number` is that
    which the agency gives the revision, `published` the day of its publication where that is another than `day`.
    `as_is` says that the status and the date of the last review are those that shall be printed.
    """

    day: date
    summaries: tuple[str, ...] = ()
    reason: str = ""
    review: bool = False
    corrects: str = ""
    reworded: bool = False
    number: str = ""
    published: date | None = None
    as_is: bool = False

    @property
    def known(self) -> date:
        """The day from which it is known."""
        return self.published or self.day

    def turn(self, revisions: tuple[Policy, ...]) -> int:
        """Which of the revisions of its day it is."""
        return 1 + max((one.turn for one in revisions if one.since == self.day), default=0)

    def row(self, revisions: tuple[Policy, ...]) -> HistoryRow:
        """The row that tells of it."""
        day, published = self.day.isoformat(), self.published.isoformat() if self.published else ""
        revision = "" if self.review else revision_name(self.day, self.turn(revisions))
        said = (day, self.summaries, revision, self.reason, self.corrects, Place(""))
        return HistoryRow(*said, number=self.number, published=published)

    def released(self, policy: Policy, revisions: tuple[Policy, ...]) -> Policy:
        """The working state as the revision that it asks for."""
        follows = as_released(revisions)[-1].revision if revisions else ""
        turn = self.turn(revisions)
        return replace(policy, in_effect=self.day, turn=turn, published=self.published, follows=follows)


@dataclass(frozen=True, slots=True)
class Release:
    """What is written: the files of the frozen folder by their path in it, and the history with its new row.

    A review has no folder, and the original publication no row.
    """

    policy: Policy
    name: str
    files: dict[str, bytes]
    history: bytes | None

    @property
    def folder(self) -> str:
        """Where the frozen folder stands in the library."""
        return f"{self.policy.folder}/{REVISIONS}/{self.name}"


def is_original(policy: Policy, revisions: tuple[Policy, ...], wish: Wish) -> bool:
    """Whether this is the original publication, of which the history has no row."""
    numbered = wish.number or wish.published
    return not (wish.review or revisions or policy.former or numbered) and wish.day == policy.effective


def saved_meanwhile(policy: Policy, before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The files of a policy that differ between two snapshots: what was checked is not what would be frozen."""
    asked = (f"{folder}/" for folder in policy.asked_folders)
    shared = (SHARED, SHARED_CODES, *policy.included.values())
    own = (*shared, *asked, f"{policy.folder}/", f"features/{policy.slug}/")
    return sorted({path for path, _ in before.items() ^ after.items() if path.startswith(own)})


def prepared(root: Path, policy: Policy, revisions: tuple[Policy, ...], wish: Wish) -> Release | None:
    """What granting a wish would write; None where the history cannot be added to as it is written.

    Raises OSError where a file cannot be read any more.
    """
    path = policy.history_path
    history = _bytes(root, path) if os.path.lexists(root / path) else None
    row = None
    if not is_original(policy, revisions, wish):
        row = with_row(history, wish.row(revisions))
        if row is None:
            return None
    before = as_released(revisions)[-1] if revisions else None
    files = {} if wish.review else _frozen(root, policy, wish, row or history, before)
    name = wish.day.isoformat() if wish.review else revision_name(wish.day, wish.turn(revisions))
    return Release(policy, name, files, row)


def _frozen(root: Path, policy: Policy, wish: Wish, history: bytes | None, before: Policy | None) -> dict[str, bytes]:
    """The files of a revision by their path in its folder.

    It is sealed with the digest of each, and with that of the seal of the revision before, so that no older revision
    can be altered together with its seal.
    """
    folder = policy.folder
    sources = {DOCUMENT: f"{folder}/{DOCUMENT}", FACTS: f"{folder}/{FACTS}", SHARED_FACTS: SHARED}
    sources |= {f"{SHARED_CLAUSES}/{id}.md": path for id, path in policy.included.items()}
    for one in policy.code_sets.values():
        kept = CODES if one.file.startswith(f"{folder}/") else FROZEN_CODES
        sources[f"{kept}/{one.id}.csv"] = one.file
    features = f"features/{policy.slug}/"
    sources |= {
        f"{FEATURES}/{path.removeprefix(features)}": path for path in feature_paths(root) if path.startswith(features)
    }
    files = {path: _bytes(root, source) for path, source in sources.items() if os.path.lexists(root / source)}
    if history is not None:
        files[HISTORY] = history
    follows = {}
    if before is not None:
        follows[before.revision] = digest_of(_bytes(root, f"{before.path.rpartition('/')[0]}/{SEAL}"))
    files[SEAL] = seal(wish.day, wish.published, follows, {path: digest_of(data) for path, data in files.items()})
    return files


def _bytes(root: Path, path: str) -> bytes:
    data, issues = read_bytes(root, path)
    if data is None:
        raise OSError(f"{path}: {issues[0].message}")
    return data


def says_nothing_new(root: Path, release: Release, newest: Policy) -> bool:
    """Whether a release repeats the newest revision in all but its date and history."""
    before, unread = contents(root, newest.path.rpartition("/")[0], [])
    return bool(release.files) and not unread and _own(before) == _own(release.files)


def _own(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path not in (SEAL, HISTORY)}


def write_release(root: Path, release: Release) -> None:
    """Write a release whole, or leave the library as it was and raise OSError.

    The frozen folder takes its place first and the history follows. What is cut short between the two leaves a history
    without the row that its newest revision has, which `check` tells with the place to copy it from.
    """
    above = root / release.policy.folder
    revisions = above / REVISIONS
    new = bool(release.files) and not revisions.exists()
    waiting, target = revisions / f"{WAITING}{release.name}", revisions / release.name
    next_history = above / f"{WAITING}{HISTORY}"
    history = (above / HISTORY).resolve()
    _within(root, revisions, history)
    _remove_leftovers(above, revisions)
    frozen = False
    try:
        if release.files:
            revisions.mkdir(exist_ok=True)
            waiting.mkdir()
            for path, data in release.files.items():
                _write(waiting / path, data)
            for folder in {(waiting / path).parent for path in release.files}:
                _sync(folder)
        if release.history is not None:
            _write(next_history, release.history)
            if history.exists():
                shutil.copymode(history, next_history)
        if release.files:
            os.rename(waiting, target)
            frozen = True
            _sync(revisions)
        if release.history is not None:
            os.replace(next_history, history)
    except BaseException:
        with suppress(OSError):
            if frozen:
                os.rename(target, waiting)
        _remove_leftovers(above, revisions)
        if new:
            with suppress(OSError):
                revisions.rmdir()
        raise
    with suppress(OSError):
        # All is in its place; that the disk knows of it later cannot be a reason to take it back.
        _sync(above)


def finished(root: Path, policy: Policy) -> str:
    """Finish a release that was cut short just before its end: its folder stands, its row does not.

    The name of the revision; "" where there is none.
    """
    newest = last_released(root, policy.slug)
    frozen = f"{policy.folder}/{REVISIONS}/{newest}/{HISTORY}"
    if not newest or not (root / frozen).is_file():
        return ""
    history = root / policy.folder / HISTORY
    rows = _rows(root, frozen)
    known = _rows(root, policy.history_path) if history.exists() else ()
    whole = not rows or rows[-1].revision != newest or said(known) != said(rows[:-1])
    if whole or read_revision(root, policy.slug, newest)[1]:
        return ""
    _within(root, history.resolve())
    waiting = history.with_name(f"{WAITING}{HISTORY}")
    _write(waiting, (root / frozen).read_bytes())
    os.replace(waiting, history)
    return newest


def _rows(root: Path, path: str) -> tuple[HistoryRow, ...]:
    return read_history(read_text(root, path)[0] or "", path)[0].rows


def _within(root: Path, *paths: Path) -> None:
    """Nothing is written outside the library, wherever a symbolic link leads."""
    for path in paths:
        if not path.resolve().is_relative_to(root.resolve()):
            raise OSError(f"{path.name} is a link that leads out of the library")


def _remove_leftovers(*folders: Path) -> None:
    """Remove what a release that was cut short has left, this one or one before."""
    for folder in folders:
        for left in folder.glob(f"{WAITING}*"):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                with suppress(OSError):
                    left.unlink()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder last; Windows has no way to ask for that, and does not need it."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
