"""`cdispec schema`: the contracts other programs rely on."""

from __future__ import annotations

import argparse
import json
from importlib.resources import files

from cdispec.check.states import PolicyStates
from cdispec.cli.common import library_folder
from cdispec.cli.status import DONE
from cdispec.report.facts_schema import facts_schema
from cdispec.source import Refused


def run(arguments: argparse.Namespace) -> int:
    """Print a JSON Schema, of `facts` also that of the answers to the facts of one policy."""
    if arguments.policy and arguments.name != "facts":
        raise Refused("only `facts` is of one policy", "leave out the number, or ask for `facts`", usage=True)
    if arguments.policy:
        working = PolicyStates(library_folder(arguments.library), arguments.policy).working
        print(json.dumps(facts_schema(working), indent=2, ensure_ascii=False))
    else:
        print((files("cdispec") / "schemas" / f"{arguments.name}.json").read_text("utf-8"), end="")
    return DONE
