"""The files that pages share, such as styles and scripts: each once in docs/assets/, named by a digest of its content.

A page names the very content that it was printed with. So a changed file never reaches a page that was not printed with
it, and a browser may keep each file for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from cdispec.library.sources import digest_of
from cdispec.publish.problems import Problem, unreadable
from cdispec.targets.javascript import engine

FOLDER = "assets"
ENGINE_FILE = "engine.js"
"""The name by which templates ask for the engine of the forms, which comes with the tool."""

_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages share."""

    name: str
    content: bytes

    @property
    def path(self) -> str:
        """Where it is printed below docs/."""
        name = PurePath(self.name)
        return f"{FOLDER}/{name.stem}.{digest_of(self.content)[:_DIGITS]}{name.suffix}"


def read_assets(folders: Sequence[Path], problems: list[Problem]) -> dict[str, Asset]:
    """The files of `assets/` in some folders and the engine, by their names; those of the later folder come first."""
    found = {ENGINE_FILE: Asset(ENGINE_FILE, engine().encode())}
    for folder in folders:
        for path in sorted((folder / FOLDER).glob("*")):
            if not path.name.startswith(".") and path.is_file():
                try:
                    found[path.name] = Asset(path.name, path.read_bytes())
                except OSError as error:
                    problems.append(unreadable(f"{folder.name}/{FOLDER}/{path.name}", error))
    return found
