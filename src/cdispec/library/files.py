"""Reading files of a library as text."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cdispec.issues.files import (
    file_too_large,
    invisible_character,
    line_too_long,
    not_utf8,
    outside_library,
    unreadable_file,
)
from cdispec.source import Issue, Place

LARGEST_FILE = 20_000_000
LONGEST_LINE = 200_000

_INVISIBLE = re.compile(
    "["
    "\u00ad\u034f"  # soft hyphen, grapheme joiner
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # directions
    "\u180e\u200b-\u200d\u2060-\u2064\ufeff"  # without width
    "\u115f\u1160\u3164\uffa0"  # Hangul letters that are blank
    "\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations and tags
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use
    "]"
)


def find_library(start: Path) -> Path | None:
    """The library that a folder stands in: the nearest folder upward that holds `policy/`."""
    return next((folder for folder in (start, *start.parents) if (folder / "policy").is_dir()), None)


def folder_in_repository(root: Path) -> str:
    """Where a library stands in its git repository, such as `clinical/`; "" at the top of one, or in none."""
    # In a worktree `.git` is a file.
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    return "".join(f"{part}/" for part in root.relative_to(top).parts)


def replace_file(file: Path, data: bytes) -> None:
    """Write a file beside its place and put it there, so that it is there whole or as it was. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    waiting = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with waiting.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        if file.exists():
            shutil.copymode(file, waiting)
        os.replace(waiting, file.resolve())
    except BaseException:
        with suppress(OSError):
            waiting.unlink()
        raise


def source_lines(root: Path, path: str) -> list[str]:
    """The lines of a file of the library, to show beside an issue; none where it cannot be read."""
    data, _ = read_bytes(root, path)
    return _with_plain_line_ends((data or b"").decode("utf-8-sig", errors="replace")).split("\n")


def read_text(root: Path, path: str) -> tuple[str | None, list[Issue]]:
    """The text of a file of the library with `\\n` line ends, or None with the issue that hinders."""
    data, issues = read_bytes(root, path)
    return (None, issues) if data is None else decode(data, path)


def read_words(root: Path, path: str) -> tuple[str | None, list[Issue]]:
    """The text of a file that people write, as `read_text` gives it, with what in it they cannot see."""
    text, issues = read_text(root, path)
    return text, issues + list(_invisible(text or "", path))


def decode_words(data: bytes, path: str) -> tuple[str | None, list[Issue]]:
    """Bytes as the text that people write, as `decode` gives it, with what in it they cannot see."""
    text, issues = decode(data, path)
    return text, issues + list(_invisible(text or "", path))


def _invisible(text: str, path: str) -> Iterator[Issue]:
    """The first invisible character of each line that has one."""
    if text.isascii() or _INVISIBLE.search(text) is None:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if found := _INVISIBLE.search(line):
            yield invisible_character(Place(path, number, found.start() + 1), found[0])


def read_bytes(root: Path, path: str) -> tuple[bytes | None, list[Issue]]:
    """The bytes of a file of the library, or None with the issue that hinders."""
    file = root / path
    place = Place(path)
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            return None, [outside_library(place, os.readlink(file) if file.is_symlink() else "another folder")]
        if file.stat().st_size > LARGEST_FILE:
            return None, [file_too_large(place, file.stat().st_size, LARGEST_FILE)]
        if not file.is_file():
            return None, [unreadable_file(place, "it is a folder" if file.is_dir() else "it is no file")]
        return file.read_bytes(), []
    except OSError as error:
        return None, [unreadable_file(place, (error.strerror or "it cannot be opened").lower())]
    except RuntimeError:
        # Python before 3.13 says so of a symbolic link that leads to itself.
        return None, [unreadable_file(place, "the link leads to itself")]


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes, path: str) -> tuple[str | None, list[Issue]]:
    """Bytes as text with `\\n` line ends and no byte order mark, or None with the issue that hinders."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind a byte order mark.
        before = _with_plain_line_ends(error.object[: error.start].decode("utf-8", "replace")).split("\n")
        return None, [not_utf8(Place(path, len(before), len(before[-1]) + 1), error.object[error.start])]
    text = _with_plain_line_ends(text)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            return None, [line_too_long(Place(path, number), len(line), LONGEST_LINE)]
    return text, []


def names(folder: Path) -> list[str]:
    """What a folder holds; nothing where it cannot be read."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []


def folders(folder: Path) -> list[str]:
    """The folders that a folder holds."""
    return [name for name in names(folder) if (folder / name).is_dir()]
