"""The record of a run, and the census that must balance.

The run itself writes what each scenario stated and what was determined, so that documents and analysis never match
results to scenarios by name afterwards; and it counts: the scenarios in the source, those collected, those executed and
those reported must be the same, also when several processes share the work.

A run of a part does not wipe what is known of the rest: it keeps the earlier results of the scenarios that it did not
reach, so long as the files that they rest on are still those that were read then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from cdispec.library.files import replace_file
from cdispec.library.record import RECORD_SCHEMA, read_record
from cdispec.library.sources import RECORD


@dataclass(slots=True)
class Census:
    """Scenarios by key: `source` those in the feature files, the others those that reached each stage.

    `partial` says that the run was asked for a part, `stopped` that it ended before its time.
    """

    source: set[str] = field(default_factory=set)
    collected: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    executed: set[str] = field(default_factory=set)
    reported: set[str] = field(default_factory=set)
    partial: bool = False
    stopped: bool = False

    @property
    def in_part(self) -> bool:
        """Whether the run tells nothing of some scenarios because it was not to reach them."""
        return self.partial or self.stopped or bool(self.left_out)

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
        """How many scenarios ran, of how many there are."""
        ran, every = len(self.executed), len(self.source)
        if self.imbalance():
            return (
                f"not every scenario ran: {every} in the feature files, {len(self.collected)} collected, "
                f"{ran} executed, {len(self.reported)} reported"
            )
        if ran == every:
            return (
                f"all {every} scenarios ran" if every > 1 else "the only scenario ran" if every else "no scenario ran"
            )
        left_out = f"; {len(self.left_out)} were left out" if self.left_out else ""
        return f"{ran} of {every} scenarios ran{left_out}"


def _missing(what: str, keys: set[str]) -> list[str]:
    shown = sorted(keys)[:10]
    more = f" and {len(keys) - len(shown)} more" if len(keys) > len(shown) else ""
    return [f"{len(keys)} scenarios {what}: {', '.join(shown)}{more}"] if keys else []


def write_record(root: Path, results: list[dict[str, Any]], census: Census, sources: dict[str, str]) -> Path:
    """Write the record of a run beside the library, whole or not at all; `sources` are the digests of what it read."""
    file = root / RECORD
    kept = _kept(root, results, census) if census.in_part else []
    record = {
        "schema": RECORD_SCHEMA,
        "sources": sources,
        "census": {
            "source": len(census.source),
            "collected": len(census.collected),
            "left_out": len(census.left_out),
            "executed": len(census.executed),
            "reported": len(census.reported),
            "balanced": not census.imbalance(),
            "partial": census.in_part,
        },
        "scenarios": sorted([*results, *kept], key=lambda result: (result["path"], result["line"], result["id"])),
    }
    text = orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    replace_file(file, text)
    return file


def _kept(root: Path, results: list[dict[str, Any]], census: Census) -> list[dict[str, Any]]:
    """The earlier results of scenarios that this run did not reach and that nothing has changed for since."""
    reached = {_key(result) for result in results}
    earlier = read_record(root)
    current = {f"{one.path}:{one.line}" for found in earlier.results.values() for one in found if not one.stale}
    if not current:
        return []
    found: list[dict[str, Any]] = orjson.loads((root / RECORD).read_bytes())["scenarios"]
    return [result for result in found if _key(result) in current & (census.source - reached)]


def _key(result: dict[str, Any]) -> str:
    return f"{result['path']}:{result['line']}"
