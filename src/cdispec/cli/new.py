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

_PACKAGE = Path(cdispec.__file__).parent


def run(arguments: argparse.Namespace) -> int:
    """Make the library, whole or not at all."""
    folder = Path(arguments.folder).resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"cdispec: `{folder}` exists and is not an empty folder", file=sys.stderr)
        print("    hint: name a folder that does not exist yet", file=sys.stderr)
        return FAILED
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
    """The starter policy with its scenarios, and the parts that every library has: steps, templates."""
    shutil.copytree(_PACKAGE / "starter", library)
    for name in ("gitignore", "gitattributes"):
        (library / name).rename(library / f".{name}")
    for part in ("steps", "build"):
        shutil.copytree(_shipped(part), library / part, ignore=shutil.ignore_patterns("__pycache__"))
    (library / "docs").mkdir()


def _shipped(part: str) -> Path:
    """Where the tool keeps a part of every library: beside its own source, or inside the wheel.

    The source is asked first: an editable install leaves a stale copy inside the installed package.
    """
    source = _PACKAGE.parents[1] / part
    return source if (_PACKAGE.parents[1] / "src" / "cdispec").is_dir() else _PACKAGE / "_library" / part
