"""What `cdispec fix` writes of lines that are indented otherwise says what was said before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import cdispec
from cdispec.library.fixes import certain_fixes, with_fixes
from cdispec.parse.yamltree import read_document
from tests.slips.test_damage import said

OWN = Path(__file__).parents[2] / "policy" / "00036-medical-massage-therapy" / "policy.md"
TEMPLATE = Path(cdispec.__file__).parent / "scaffold" / "policy.md"


def blocks(path: Path) -> list[str]:
    """The blocks of criteria of a document."""
    return [part.split("\n~~~")[0] for part in path.read_text("utf-8").split("~~~criteria\n")[1:]]


def moved(text: str) -> Iterator[str]:
    """The text with each of its lines, alone or with those below it, indented by one to five spaces more or less."""
    lines = text.split("\n")
    leads = [len(line) - len(line.lstrip()) for line in lines]
    for first, by in product(range(len(lines)), [*range(-5, 0), *range(1, 6)]):
        deeper = next((n for n in range(first + 1, len(lines)) if leads[n] <= leads[first]), len(lines))
        for last in {first + 1, deeper}:
            if leads[first] + by >= 0:
                new = [" " * (lead + by) + line.lstrip() for lead, line in zip(leads, lines, strict=True)]
                yield "\n".join([*lines[:first], *new[first:last], *lines[last:]])


def fixed(text: str) -> str:
    """The text with all that is certain, run after run."""
    for _ in range(10):
        _, issues = read_document(text, "")
        fixes = certain_fixes(issues).get("", [])
        if not fixes:
            return text
        text = "\n".join(with_fixes(text.split("\n"), fixes))
    raise AssertionError(f"it is fixed again at every run:\n{text}")
