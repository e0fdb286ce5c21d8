"""Changing many files of a folder as one: all of them, or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

_WAITING = ".build-"

_Undo = list[Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Change:
    """A file, by its path in the folder, with what it shall hold; None where it shall go."""

    path: str
    content: bytes | None


def exchange(folder: Path, changes: Sequence[Change]) -> None:
    """Make all the changes. Raises OSError where one cannot be made; the folder is then as it was.

    Every file is written beside the others before the first is put in its place, and what it takes the place of is set
    aside until the last is there. Folders that are left empty are removed.
    """
    _remove_leftovers(folder)
    if not changes:
        return
    undo: _Undo = []
    try:
        _make_folder(folder, undo)
        waiting = Path(tempfile.mkdtemp(prefix=_WAITING, dir=folder))
        undo.append(partial(shutil.rmtree, waiting))
        for number, change in enumerate(changes):
            _check_target(folder, change.path)
            if change.content is not None:
                (waiting / str(number)).write_bytes(change.content)
        for number, change in enumerate(changes):
            target, aside = folder / change.path, waiting / f"{number}.aside"
            _make_folder(target.parent, undo)
            # Noted before it is done: whatever comes between, what was set aside goes back.
            undo.append(partial(_put_back, target, aside, os.path.lexists(target)))
            _set_aside(target, aside)
            if change.content is None:
                target.unlink(missing_ok=True)
            else:
                (waiting / str(number)).replace(target)
        for change in changes:
            if change.content is None:
                _remove_empty(folder, (folder / change.path).parent, undo)
    except BaseException:
        for step in reversed(undo):
            with suppress(OSError):
                step()
        raise
    shutil.rmtree(waiting, ignore_errors=True)


def _make_folder(folder: Path, undo: _Undo) -> None:
    for above in reversed([folder, *folder.parents]):
        if not above.exists():
            undo.append(above.rmdir)
            above.mkdir()


def _remove_leftovers(folder: Path) -> None:
    """Remove what an exchange that was cut short has left."""
    for left in folder.glob(f"{_WAITING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _check_target(folder: Path, path: str) -> None:
    """A file never replaces a folder, and no symbolic link leads it out of the folder."""
    target = folder / path
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a folder where a document should stand")
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise OSError(f"{target.parent} leads out of {folder}")
    blocking = next((above for above in target.parents if above.exists() and not above.is_dir()), None)
    if blocking is not None:
        raise NotADirectoryError(f"{blocking} is a file where a folder should stand")


def _set_aside(target: Path, aside: Path) -> None:
    """Keep a file under another name. It goes on standing where it is, so that no reader of the folder misses it; only
    where the file system has no hard links it leaves."""
    if not os.path.lexists(target):
        return
    try:
        os.link(target, aside, follow_symlinks=False)
    except (OSError, NotImplementedError):
        target.rename(aside)


def _put_back(target: Path, aside: Path, existed: bool) -> None:
    if os.path.lexists(aside):
        aside.replace(target)
    elif not existed:
        target.unlink(missing_ok=True)


def _remove_empty(top: Path, folder: Path, undo: _Undo) -> None:
    """Remove a folder and those above it that are left empty, up to the top."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        undo.append(folder.mkdir)
        folder.rmdir()
        folder = folder.parent
