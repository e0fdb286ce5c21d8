"""`cdispec new`: a policy library to start from."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

import cdispec
from cdispec.cli.status import DONE, FAILED
from cdispec.library.shipped import shipped
from cdispec.source import Refused


def run(arguments: argparse.Namespace) -> int:
    """Make the library, whole or not at all."""
    folder = Path(arguments.folder).resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"`{folder}` exists and is not an empty folder", "name a folder that does not exist yet")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".cdispec-new-") as made:
            whole = Path(made) / "library"
            _fill(whole)
            if folder.exists():
                for part in whole.iterdir():
                    os.replace(part, folder / part.name)
            else:
                os.replace(whole, folder)
    except OSError as error:
        print(f"cdispec: `{folder}` cannot be made: {(error.strerror or str(error)).lower()}", file=sys.stderr)
        return FAILED
    print(f"made a policy library in {arguments.folder}\n")
    print(f"next:\n  cd {arguments.folder}\n  cdispec check\n  cdispec test\n  cdispec build")
    return DONE


def _fill(library: Path) -> None:
    """What an author edits: the starter policy, its scenarios, the step definitions; and a place for its documents."""
    shutil.copytree(Path(cdispec.__file__).parent / "starter", library)
    for name in ("gitignore", "gitattributes"):
        (library / name).rename(library / f".{name}")
    shutil.copytree(shipped("steps"), library / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    (library / "docs").mkdir()
