"""`cdispec build --watch`: builds again at each change, and shows the documents in a browser, which follows."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from cdispec.cli.build_output import EDITIONS_KEPT, report_unbuildable, report_withdrawn
from cdispec.cli.preview import Preview
from cdispec.cli.status import DONE
from cdispec.library import Memory
from cdispec.library.sources import RECORD
from cdispec.publish.building import Builder, Unbuildable
from cdispec.source import Refused

if TYPE_CHECKING:
    from cdispec.analysis.adequacy.adequacy import Score


_FOLDERS = ("policy", "features", "steps", "build")
_CACHE = "__pycache__"
_PORTS = 20
_SHOWN = 5
_QUIET = 25
_LOOK_AGAIN = 2000
"""Milliseconds: without a further change a save is over; and how often to see whether a folder was replaced."""


def watch(root: Path, port: int) -> int:
    """Build and show until Ctrl-C."""
    if find_spec("watchfiles") is None:
        raise Refused("watching needs watchfiles", "pip install 'cdispec[watch]'")
    preview = _preview(root / "docs", port)
    if preview is None:
        raise Refused(f"no port from {port} on is free", "choose one with --port")
    if preview.server_port != port:
        print(f"port {port} is in use; this is the next that is free")
    print(f"docs/ is shown at {preview.address} and follows each change; Ctrl-C ends it", flush=True)
    Thread(target=preview.serve_forever, daemon=True).start()
    try:
        builder = Builder(root, Memory())
        told: set[str] = set()
        scores: dict[str, Score] = {}
        for _ in _saves(root):
            _build(builder, preview, told, scores)
    except KeyboardInterrupt:
        print("stopped")
    finally:
        preview.shutdown()
        preview.server_close()
    return DONE


def _preview(docs: Path, port: int) -> Preview | None:
    for tried in range(port, min(port + _PORTS, 65536)):
        try:
            return Preview(docs, tried)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    return None


def _build(builder: Builder, preview: Preview, told: set[str], scores: dict[str, Score]) -> None:
    """Build once; a line for people and the news for open pages. `scores` are those that were told before."""
    started = time.perf_counter()
    try:
        built = builder.build()
    except Unbuildable as failed:
        reasons = list(failed.briefly())
        more = [f"and {len(reasons) - _SHOWN} more"] if len(reasons) > _SHOWN else []
        preview.tell((*reasons[:_SHOWN], *more))
        report_unbuildable(failed, builder.root)
        return
    preview.tell(changed=bool(built.changes))
    for folder in built.withdrawn:
        if folder not in told:
            report_withdrawn(folder)
    if built.kept and EDITIONS_KEPT not in told:
        print(EDITIONS_KEPT)
    told |= {*built.withdrawn, *([EDITIONS_KEPT] if built.kept else [])}
    changed = f"{len(built.changes)} of {built.documents} documents changed" if built.changes else "nothing changed"
    failing = [f"{place.path}:{place.line}: {why}" for place, why in builder.failing()]
    fails = f"{len(failing)} failing" if failing else "all scenarios hold"
    said = "; ".join([changed, fails, *scores_told(built.tested, scores)])
    print(f"{time.strftime('%H:%M:%S')}  built in {time.perf_counter() - started:.2f} s: {said}", flush=True)
    for line in (*failing[:_SHOWN], *([f"and {len(failing) - _SHOWN} more"] if len(failing) > _SHOWN else [])):
        print(f"  {line}", flush=True)
    scores.update(built.tested)


def scores_told(now: Mapping[str, Score], before: Mapping[str, Score]) -> Iterator[str]:
    """How well policies are tested, and how well they were, where that is new or there is no other policy."""
    for number, score in now.items():
        former = before.get(number)
        if score != former or len(now) == 1:
            was = f" (was {former.percent} %)" if former and former.percent != score.percent else ""
            yield f"{number} tested {score.percent} %{was}"


def _saves(root: Path) -> Iterator[None]:
    """Once at the start, then after each change of what documents are made from."""
    from watchfiles import Change
    from watchfiles import watch as changes

    def matters(_: Change, path: str) -> bool:
        file = Path(path)
        if file.parent == root / ".cdispec":
            return file == root / RECORD
        return not file.name.startswith(".") and not file.name.endswith(("~", ".swp")) and _CACHE not in file.parts

    (root / RECORD).parent.mkdir(exist_ok=True)
    while True:
        standing, stamps = _identities(root), _stamps(root)
        yield
        folders = [root / name for name in (*_FOLDERS, Path(RECORD).parent) if (root / name).is_dir()]
        watched = changes(*folders, watch_filter=matters, step=_QUIET, rust_timeout=_LOOK_AGAIN, yield_on_timeout=True)
        for number, found in enumerate(watched):
            if _identities(root) != standing:
                # What is watched is the folder that was there, not the one that took its place.
                break
            # What was saved while it was built before the watching began is told by nobody.
            if found or (number == 0 and _stamps(root) != stamps):
                yield


def _identities(root: Path) -> list[int]:
    found = []
    for name in _FOLDERS:
        try:
            found.append(os.stat(root / name).st_ino)
        except OSError:
            found.append(0)
    return found


def _stamps(root: Path) -> dict[str, tuple[int, int]]:
    """When each file was saved last, and its size."""
    files = [root / RECORD, *(file for name in _FOLDERS for file in (root / name).rglob("*"))]
    found = {}
    for file in files:
        with suppress(OSError):
            told = file.stat()
            if _CACHE not in file.parts and not file.is_dir():
                found[str(file)] = told.st_mtime_ns, told.st_size
    return found
