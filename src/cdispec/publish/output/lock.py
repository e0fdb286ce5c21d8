"""One build at a time: what two write at once would be the work of neither."""

from __future__ import annotations

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

    def _take(file: IO[bytes]) -> None:
        # Some network drives have no locks; a build there is as safe as one alone.
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Wait until no other build holds this file, and hold it. It is let go when the process ends, however it ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as opened:
        _take(opened)
        yield
