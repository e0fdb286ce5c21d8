"""What a run of the scenarios hands to the command that asked for it: how it ended, beside the status of pytest."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

RECEIPT = "CDISPEC_RECEIPT"
"""The variable of the environment that names the file for the receipt. Each run is given a new one."""

POLICY = "CDISPEC_POLICY"
"""The variable of the environment that names the number of the policy whose scenarios alone are run."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Whether the census balances and every scenario that was run passed, and whether some were not to be run."""

    passed: bool
    partial: bool


def write_receipt(file: Path, receipt: Receipt) -> None:
    """Hand over how a run ended."""
    file.write_text(json.dumps(asdict(receipt)), "utf-8")


def read_receipt(file: Path) -> Receipt | None:
    """How a run ended; None where it did not come to its end or was none of the scenarios."""
    return Receipt(**json.loads(file.read_text("utf-8"))) if file.exists() else None
