"""The `docs/` folder: what differs from the documents of a library, and making it hold them, whole or not at all.

`docs/documents.txt` lists what builds have made. A build removes from `docs/` nothing else, so that files put there by
hand stay, and it removes no published revision: those have been cited.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from cdispec.model.history import named_revision
from cdispec.publish.assets import FOLDER as ASSETS
from cdispec.publish.data import SCHEMA
from cdispec.publish.output.exchange import Change, exchange
from cdispec.publish.recipe import DATA, LIST

_SHOWN = 3
_WIDTH = 160


class Kind(StrEnum):
    """How a file of `docs/` is not as the build would make it."""

    MISSING = "missing"
    STALE = "stale"
    LEFT_OVER = "left over"


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A file of `docs/` that is not as the build would make it; of a stale one the first lines that differ.

    `lines` are `(line number, as it is, as it would be)`; None stands for a line that is not there.
    """

    path: str
    kind: Kind
    lines: tuple[tuple[int, str | None, str | None], ...] = ()


def differences(documents: Mapping[str, bytes], docs: Path, standing: Collection[str] = ()) -> list[FileDifference]:
    """What `write` would change, by path. A folder that is as it should be gives none.

    `standing` are the paths of further documents, which are known to stand there as they should.
    """
    wanted, left_over = _wanted(documents, docs, standing)
    return _compared(wanted, left_over, docs)


def write(documents: Mapping[str, bytes], docs: Path, standing: Collection[str] = ()) -> list[FileDifference]:
    """Make the folder hold these documents beside those that stand, and return what was changed.

    Raises OSError where the folder cannot take them all; it is then as it was.
    """
    wanted, left_over = _wanted(documents, docs, standing)
    found = _compared(wanted, left_over, docs)
    exchange(docs, [Change(each.path, None if each.kind is Kind.LEFT_OVER else wanted[each.path]) for each in found])
    return found


def withdrawn(paths: Collection[str], docs: Path) -> list[str]:
    """The folders of published revisions that stand in `docs/` although none of these paths of documents is in them."""
    return _withdrawn(paths, _listed(docs), docs)


def _wanted(documents: Mapping[str, bytes], docs: Path, standing: Collection[str]) -> tuple[dict[str, bytes], set[str]]:
    """The documents with the list of all, and the paths of those that shall go."""
    paths, listed = {*documents, *standing}, _listed(docs)
    kept = _kept(listed - paths, paths, _withdrawn(paths, listed, docs))
    former = listed - paths - kept
    kept |= _still_named(former, former | documents.keys(), docs)
    return {**documents, LIST: _list(paths | kept)}, former - kept


def _compared(wanted: Mapping[str, bytes], left_over: set[str], docs: Path) -> list[FileDifference]:
    found = [FileDifference(path, Kind.LEFT_OVER) for path in left_over]
    for path, content in wanted.items():
        current = _read(docs / path)
        if current is None:
            found.append(FileDifference(path, Kind.MISSING))
        elif current != content:
            found.append(FileDifference(path, Kind.STALE, _first_lines(current, content)))
    return sorted(found, key=lambda difference: difference.path)


def _withdrawn(paths: Collection[str], listed: set[str], docs: Path) -> list[str]:
    made, found = {_revision(path) for path in paths}, {_revision(path) for path in listed}
    found |= {_revision(data.relative_to(docs).as_posix()) for data in docs.glob(f"*/*/*/{DATA}") if _is_ours(data)}
    return sorted(found - made - {""})


def _kept(former: set[str], paths: set[str], folders: list[str]) -> set[str]:
    """Those of the former documents that stay: published revisions that the library has no more, in these folders, and
    the page of a policy of which nothing but such is left."""
    abandoned = {folder.rpartition("/")[0] for folder in folders}
    abandoned -= {"/".join(path.split("/")[:2]) for path in paths}
    return {path for path in former if _revision(path) in folders or path.rpartition("/")[0] in abandoned}


def _still_named(former: set[str], changing: set[str], docs: Path) -> set[str]:
    """Those of the former assets that a page names which stays as it stands: any but these, which are changing."""
    assets = {path for path in former if path.startswith(f"{ASSETS}/")}
    pages = (page for page in docs.rglob("*.html") if assets and page.relative_to(docs).as_posix() not in changing)
    texts = [_read(page) or b"" for page in pages]
    return {path for path in assets if any(path.encode() in text for text in texts)}


def _revision(path: str) -> str:
    """The folder of the published revision that a document belongs to; "" for other documents."""
    parts = path.split("/")
    if len(parts) < 4:
        return ""
    return "/".join(parts[:3]) if named_revision(parts[2]) else ""


def _is_ours(data: Path) -> bool:
    try:
        policy = json.loads(data.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(policy, dict) and policy.get("schema") == SCHEMA


def _list(paths: Collection[str]) -> bytes:
    head = "# The documents that `cdispec build` has made. It removes no others.\n"
    return (head + "".join(f"{path}\n" for path in sorted(paths))).encode()


def _listed(docs: Path) -> set[str]:
    """The documents that builds have made and that still stand there. A list that a merge left damaged is read as far
    as it goes."""
    lines = (_read(docs / LIST) or b"").decode(errors="replace").splitlines()
    files = [docs / line for line in lines if _is_document(line)]
    top = docs.resolve()
    # What a symbolic link leads to outside of `docs/` is none of its documents.
    inside = {folder for folder in {file.parent for file in files} if folder.resolve().is_relative_to(top)}
    return {file.relative_to(docs).as_posix() for file in files if file.parent in inside and file.is_file()}


def _is_document(line: str) -> bool:
    path = PurePosixPath(line)
    plain = not path.is_absolute() and path.as_posix() == line and "\\" not in line and ":" not in line
    return plain and line != LIST and not any(part.startswith(".") for part in path.parts)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _first_lines(current: bytes, wanted: bytes) -> tuple[tuple[int, str | None, str | None], ...]:
    """The first lines that differ; none of a PDF or an image, whose lines say nothing."""
    if b"\0" in current + wanted or wanted.startswith(b"%PDF"):
        return ()
    sides = [side.decode(errors="replace").split("\n") for side in (current, wanted)]
    pairs = enumerate(zip_longest(*sides), start=1)
    differing = [(number, _cut(old, new), _cut(new, old)) for number, (old, new) in pairs if old != new]
    return tuple(differing[:_SHOWN])


def _cut(line: str | None, other: str | None) -> str | None:
    """A line, or of a long one the part in which it begins to differ from the other."""
    if line is None or len(line) <= _WIDTH:
        return line
    same = next((n for n, (a, b) in enumerate(zip(line, other or "", strict=False)) if a != b), len(other or ""))
    start = max(0, same - _WIDTH // 2) if same > _WIDTH - 20 else 0
    cut = line[start : start + _WIDTH]
    return f"{'…' if start else ''}{cut}{'…' if start + _WIDTH < len(line) else ''}"
