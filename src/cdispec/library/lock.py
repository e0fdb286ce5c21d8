"""One writer at a time: what two write at once would be the work of neither."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        while True:
            # It gives up after ten seconds each time.
            with suppress(OSError):
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                return
else:
    import fcntl

    def _take(file: IO[bytes] | int) -> None:
        # Some network drives have no locks; a writer there is as safe as one alone.
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Wait until no other process holds this file, and hold it. It is let go when the process ends, however it ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as opened:
        _take(opened)
        yield


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """The same for a folder, in which nothing is written for that; only Windows cannot hold a folder itself."""
    if sys.platform == "win32":
        with alone(folder.parent / ".cdispec" / f"{folder.name}.lock"):
            yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        _take(opened)
        yield
    finally:
        os.close(opened)
