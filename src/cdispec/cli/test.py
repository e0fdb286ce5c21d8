"""`cdispec test`: the scenarios, run by pytest in a process of its own; the tool itself knows no test runner."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.util import find_spec

from cdispec.cli.common import library_folder
from cdispec.cli.status import FAILED


def run(arguments: argparse.Namespace) -> int:
    """Run `pytest steps` in the library's folder; its exit status 5 (nothing ran) is a failure like others."""
    folder = library_folder(arguments.library)
    if find_spec("pytest_bdd") is None:
        print("cdispec: scenarios need pytest-bdd\n    hint: pip install 'cdispec[test]'", file=sys.stderr)
        return FAILED
    done = subprocess.run([sys.executable, "-m", "pytest", "steps", *arguments.rest], cwd=folder, check=False)
    return FAILED if done.returncode else 0
