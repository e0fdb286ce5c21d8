"""The `docs/` folder: writing the documents into it, and telling how it differs from them."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path

from cdispec.model.policy import Status
from cdispec.publish.data import SCHEMA
from cdispec.publish.recipe import DATA

_SHOWN = 3
_WIDTH = 160


class Kind(StrEnum):
    """How a file of `docs/` is not as the build would make it."""

    MISSING = "missing"
    STALE = "stale"
    LEFT_OVER = "left over"


@dataclass(frozen=True, slots=True)
class Difference:
    """A file of `docs/` that is not as the build would make it; of a stale one the first lines that differ.

    `lines` are `(line number, as it is, as it would be)`; None stands for a line that is not there.
    """

    path: str
    kind: Kind
    lines: tuple[tuple[int, str | None, str | None], ...] = ()


def differences(documents: Mapping[str, bytes], docs: Path) -> list[Difference]:
    """What `write` would change, by path. A folder that is as it should be gives none."""
    found = [Difference(path, Kind.LEFT_OVER) for path in _left_over(documents, docs)]
    for path, content in documents.items():
        current = _read(docs / path)
        if current is None:
            found.append(Difference(path, Kind.MISSING))
        elif current != content:
            found.append(Difference(path, Kind.STALE, _first_lines(current, content)))
    return sorted(found, key=lambda difference: difference.path)


def write(documents: Mapping[str, bytes], docs: Path) -> list[Difference]:
    """Make the folder hold these documents, and return what was changed.

    Every file is written beside the others before the first is put in its place, so that a failure leaves the folder
    as it was. Raises OSError where the folder cannot take them.
    """
    changes = differences(documents, docs)
    if not changes:
        return []
    docs.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=".build-", dir=docs))
    try:
        made = [change.path for change in changes if change.kind is not Kind.LEFT_OVER]
        for number, path in enumerate(made):
            _check_target(docs, path)
            (waiting / str(number)).write_bytes(documents[path])
        for number, path in enumerate(made):
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            (waiting / str(number)).replace(docs / path)
        for change in changes:
            if change.kind is Kind.LEFT_OVER:
                _remove(docs, docs / change.path)
    finally:
        shutil.rmtree(waiting)
    return changes


def _left_over(documents: Mapping[str, bytes], docs: Path) -> list[str]:
    """Documents of revisions that a former build made as drafts and that the library no longer has.

    The data of a revision tells that a build made it. Published revisions are kept for ever.
    """
    names = {path.rpartition("/")[2] for path in documents if path.startswith("cdi/")}
    current = {path.rpartition("/")[0] for path in documents}
    found = []
    for data in sorted(docs.glob(f"cdi/*/*/{DATA}")):
        folder = data.parent.relative_to(docs).as_posix()
        if folder not in current and _is_draft(data):
            found += [f"{folder}/{file.name}" for file in sorted(data.parent.iterdir()) if file.name in {*names, DATA}]
    return found


def _is_draft(data: Path) -> bool:
    try:
        policy = json.loads(_read(data) or b"")
    except ValueError:
        return False
    return isinstance(policy, dict) and (policy.get("schema"), policy.get("status")) == (SCHEMA, Status.DRAFT.value)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _check_target(docs: Path, path: str) -> None:
    """A document never replaces a folder, and no symbolic link leads it out of `docs/`."""
    target = docs / path
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a folder where a document should stand")
    if not target.parent.resolve().is_relative_to(docs.resolve()):
        raise OSError(f"{target.parent} leads out of {docs}")
    blocking = next((above for above in target.parents if above.exists() and not above.is_dir()), None)
    if blocking is not None:
        raise NotADirectoryError(f"{blocking} is a file where a folder should stand")


def _remove(docs: Path, path: Path) -> None:
    """Remove a file, and the folders below `docs/cdi` that it leaves empty."""
    path.unlink()
    for folder in path.parents:
        if folder == docs / "cdi" or any(folder.iterdir()):
            break
        folder.rmdir()


def _first_lines(current: bytes, wanted: bytes) -> tuple[tuple[int, str | None, str | None], ...]:
    sides = [side.decode(errors="replace").split("\n") for side in (current, wanted)]
    pairs = enumerate(zip_longest(*sides), start=1)
    differing = [(number, _cut(old), _cut(new)) for number, (old, new) in pairs if old != new]
    return tuple(differing[:_SHOWN])


def _cut(line: str | None) -> str | None:
    return line if line is None or len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
