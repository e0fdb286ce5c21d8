"""The record of a run, and the census that must balance.

The run itself writes what each scenario stated and what was determined, so that documents and analysis never match
results to scenarios by name afterwards; and it counts: the scenarios in the source, those collected, those executed and
those reported must be the same, also when several processes share the work.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

FOLDER = ".cdispec"
FILE = "record.json"


@dataclass(slots=True)
class Census:
    """Scenarios by key: `source` those in the feature files, the others those that reached each stage."""

    source: set[str] = field(default_factory=set)
    collected: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    executed: set[str] = field(default_factory=set)
    reported: set[str] = field(default_factory=set)
    partial: bool = False

    def imbalance(self) -> list[str]:
        """What does not balance, in words. A run that was asked for a part is held to that part."""
        problems = []
        if not self.partial:
            problems += _missing("stand in a feature file but were not collected", self.source - self.collected)
        problems += _missing("were collected but stand in no feature file", self.collected - self.source)
        problems += _missing("were collected but not executed", self.collected - self.left_out - self.executed)
        problems += _missing("were executed but not reported", self.executed - self.reported)
        return problems

    def line(self) -> str:
        """The counts in a line."""
        left_out = f", left out {len(self.left_out)}" if self.left_out else ""
        return (
            f"source {len(self.source)}, collected {len(self.collected)}{left_out}, "
            f"executed {len(self.executed)}, reported {len(self.reported)}"
        )


def _missing(what: str, keys: set[str]) -> list[str]:
    shown = sorted(keys)[:10]
    more = f" and {len(keys) - len(shown)} more" if len(keys) > len(shown) else ""
    return [f"{len(keys)} scenarios {what}: {', '.join(shown)}{more}"] if keys else []


def write_record(root: Path, results: list[dict[str, Any]], census: Census) -> Path:
    """Write the record of a run beside the library, whole or not at all."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    record = {
        "schema": "cdispec-record-1",
        "census": {
            "source": len(census.source),
            "collected": len(census.collected),
            "left_out": len(census.left_out),
            "executed": len(census.executed),
            "reported": len(census.reported),
            "balanced": not census.imbalance(),
        },
        "scenarios": sorted(results, key=lambda result: (result["path"], result["line"], result["id"])),
    }
    text = orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    with tempfile.TemporaryDirectory(dir=folder) as waiting:
        made = Path(waiting) / FILE
        made.write_bytes(text)
        os.replace(made, folder / FILE)
    return folder / FILE
