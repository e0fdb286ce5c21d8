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
from tests.slips.test_slips import SLIPS, Slip, found_in

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


@pytest.mark.parametrize(("path", "every"), [(TEMPLATE, 9), (OWN, 41)], ids=["template", "own"])
def test_what_is_certain_of_moved_lines_is_what_was_said(path: Path, every: int) -> None:
    written = 0
    for text in blocks(path):
        whole = said(read_document(text, "")[0])
        for one in list(moved(text))[::every]:
            now = fixed(one)
            node, issues = read_document(now, "")
            assert now == one or issues or said(node) == whole, one
            written += now != one
    assert written > 20


@pytest.mark.parametrize("by", [1, 3])
def test_an_item_between_a_nested_list_and_its_own_is_left_alone_and_told_to_what_it_can_belong(by: int) -> None:
    before, item = blocks(TEMPLATE)[0].split("  - id: usual-treatment")
    text = before + "\n".join(" " * by + line for line in f"  - id: usual-treatment{item}".split("\n"))
    _, [issue] = read_document(text, "")
    assert fixed(text) == text
    ways = ["2 spaces to `all`, 27 lines above", "6 spaces to `at least 2 of`, 7 lines above"]
    assert issue.hint == f"indent it as it is meant: it belongs with {'; with '.join(ways if by == 1 else ways[::-1])}"


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.title for slip in SLIPS])
def test_what_is_certain_of_a_slip_is_written_once(slip: Slip, tmp_path: Path) -> None:
    lines = slip.text.split("\n")
    texts = [lines]
    for _ in range(2):
        found = certain_fixes(found_in(slip.file, "\n".join(texts[-1]), tmp_path))
        texts.append(with_fixes(texts[-1], next(iter(found.values()), [])))
    assert texts[1] == texts[2]
