"""`cdispec test`: the scenarios, run by pytest in a process of its own, which tells by a receipt how the run ended."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from cdispec.cli.common import library_folder
from cdispec.cli.status import DONE, FAILED
from cdispec.library.receipt import RECEIPT, read_receipt
from cdispec.source import Refused

_PARTS = (
    *("-k", "-m", "-x", "--deselect", "--exitfirst", "--ignore"),
    *("--last-failed", "--lf", "--maxfail", "--sw", "--stepwise"),
)
"""The options of pytest that ask for a part of the scenarios."""


def run(arguments: argparse.Namespace) -> int:
    """Run `pytest steps` in the library's folder. A status of 0 alone does not say that the scenarios were run."""
    folder = library_folder(arguments.library)
    if find_spec("pytest_bdd") is None:
        raise Refused("scenarios need pytest-bdd", "pip install 'cdispec[test]'")
    with TemporaryDirectory() as waiting:
        file = Path(waiting) / "receipt.json"
        command = [sys.executable, "-m", "pytest", "steps", *arguments.rest]
        done = subprocess.run(command, cwd=folder, env={**os.environ, RECEIPT: str(file)}, check=False)
        receipt = read_receipt(file)
    if done.returncode or (receipt and not receipt.passed):
        return FAILED
    if receipt is None:
        message = "pytest ended without a run of the scenarios"
        raise Refused(message, "see steps/conftest.py, and the options given to pytest")
    if receipt.partial and not any(option.startswith(_PARTS) for option in arguments.rest):
        raise Refused("some scenarios were left out", "see the options in pyproject.toml and in PYTEST_ADDOPTS")
    if receipt.partial:
        print("only the part of the scenarios that was asked for was run")
    return DONE
