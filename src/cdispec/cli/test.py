"""`cdispec test`: the scenarios, run by pytest in a process of its own, which tells by a receipt how the run ended."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from cdispec.check.states import no_policy
from cdispec.cli.common import library_folder
from cdispec.cli.status import DONE, FAILED
from cdispec.library.policies import untested_policies
from cdispec.library.receipt import POLICY, RECEIPT, read_receipt
from cdispec.library.sources import stated_numbers
from cdispec.source import Refused

_PARTS = (
    *("-k", "-m", "-x", "--deselect", "--exitfirst", "--ignore"),
    *("--last-failed", "--lf", "--maxfail", "--sw", "--stepwise"),
)
"""The options of pytest that ask for a part of the scenarios."""


def run(arguments: argparse.Namespace) -> int:
    """Run `pytest steps` in the library's folder. A status of 0 alone does not say that the scenarios were run."""
    folder = library_folder(arguments.library)
    asked = arguments.rest[:1] if arguments.rest and not arguments.rest[0].startswith("-") else []
    for number in asked:
        if number not in stated_numbers(folder).values():
            raise no_policy(folder, number)
    if find_spec("pytest_bdd") is None:
        raise Refused("scenarios need pytest-bdd", "pip install 'cdispec[test]'")
    with TemporaryDirectory() as waiting:
        file = Path(waiting) / "receipt.json"
        command = [sys.executable, "-m", "pytest", "steps", *arguments.rest[len(asked) :]]
        environment = {**os.environ, RECEIPT: str(file), **({POLICY: asked[0]} if asked else {})}
        done = subprocess.run(command, cwd=folder, env=environment, check=False)
        receipt = read_receipt(file)
    if done.returncode or (receipt and not receipt.passed):
        return FAILED
    if receipt is None:
        message = "pytest ended without a run of the scenarios"
        raise Refused(message, "see steps/conftest.py, and the options given to pytest")
    if receipt.partial and not asked and not any(option.startswith(_PARTS) for option in arguments.rest):
        raise Refused("some scenarios were left out", "see the options in pyproject.toml and in PYTEST_ADDOPTS")
    if receipt.partial:
        print("only the part of the scenarios that was asked for was run")
    for number in untested_policies(folder):
        if number in asked or not asked:
            print(f"no scenario tests the policy {number}")
    return DONE
