"""`cdispec schema`: the contracts other programs rely on."""

from __future__ import annotations

import argparse
from importlib.resources import files

from cdispec.cli.status import DONE


def run(arguments: argparse.Namespace) -> int:
    """Print a JSON Schema."""
    print((files("cdispec") / "schemas" / f"{arguments.name}.json").read_text("utf-8"), end="")
    return DONE
