"""Slips of the pen in YAML: each is reported where it was made, in words of English, with the line as it should be."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from cdispec.library import read_library
from cdispec.library.fixes import certain_fixes, with_fixes
from cdispec.model.periods import StatePeriod
from cdispec.parse.case import read_cases
from cdispec.source import Issue
from tests.issues.examples import BASE, FACTS, POLICY
from tests.reading.libraries import every_issue, library

TABLE = Path(__file__).with_name("slips.txt")
FILES = {"policy": POLICY, "facts": FACTS, "case": "case.yaml"}
CASE = """\
policy: "00042"
request: initial
date: 2025-07-01
facts:
  diagnosis: [copd]
  saturation: 85
  measured-on: 2025-06-20
  prescribed: yes
"""


class Slip(NamedTuple):
    """An edit of a file, and what is said of it."""

    title: str
    file: str
    old: str
    new: str
    said: str

    @property
    def edit(self) -> str:
        """The edit as the table has it."""
        return "\n".join([f"-{line}" for line in self.old.split("\n")] + [f"+{line}" for line in self.new.split("\n")])

    @property
    def text(self) -> str:
        """The file with the slip in it."""
        text = CASE if self.file == "case" else (BASE / FILES[self.file]).read_text("utf-8")
        assert f"\n{text}".count(f"\n{self.old}\n") == 1
        return f"\n{text}".replace(f"\n{self.old}\n", f"\n{self.new}\n").removeprefix("\n")


def slips() -> list[Slip]:
    """Every slip of the table."""
    found = []
    for block in TABLE.read_text("utf-8").split("\n\n## ")[1:]:
        title, file, *lines = block.rstrip("\n").split("\n")
        old, new = ("\n".join(line[1:] for line in lines if line.startswith(sign)) for sign in "-+")
        said = "\n".join(line[2:] for line in lines if line.startswith("| "))
        found.append(Slip(title, file, old, new, said))
    return found


SLIPS = slips()


@cache
def periods() -> dict[str, list[StatePeriod]]:
    return {"00042": [StatePeriod.of(read_library(BASE).policies["00042"])]}


def found_in(file: str, text: str, root: Path) -> list[Issue]:
    if file == "case":
        return [issue for one in read_cases(text, "case.yaml", periods()) for issue in one.issues]
    return every_issue(library(root, {FILES[file]: text}))


def said_of(slip: Slip, root: Path) -> str:
    """Each issue with its place, its hint, and the line as it should be; then what is left when that is written."""
    said: list[str] = []
    lines = slip.text.split("\n")
    found = found_in(slip.file, slip.text, root)
    for issue in found:
        said += [f"{issue.place.line}:{issue.place.column} {issue.code} {issue.message}", f"  hint: {issue.hint}"]
        if issue.fix is not None:
            sign = "write" if issue.fix.certain else "perhaps"
            said += [f"  {sign}: {line}" for line in issue.fix.corrected(lines) or ()]
    if fixes := certain_fixes(found):
        [own] = fixes.values()
        left = found_in(slip.file, "\n".join(with_fixes(lines, own)), root)
        said.append(f"then: {', '.join(issue.code for issue in left) or 'no issues'}")
    return "\n".join(said)


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.title for slip in SLIPS])
def test_a_slip_is_reported_as_expected(slip: Slip, tmp_path: Path, rewrite: bool, told: dict[str, str]) -> None:
    told[slip.title] = said_of(slip, tmp_path)
    assert rewrite or told[slip.title] == slip.said


def test_there_are_more_than_120_slips() -> None:
    assert len({slip.edit for slip in SLIPS}) > 120


@pytest.mark.parametrize(
    "word", ["mapping values", "token", "stream", "scalar", "not find", "indicator", "well-formed"]
)
def test_no_slip_is_reported_in_the_words_of_the_parser(word: str) -> None:
    assert not [slip.title for slip in SLIPS if word in slip.said]


def test_every_slip_is_reported_but_one_that_changes_nothing() -> None:
    assert [slip.title for slip in SLIPS if not slip.said] == ["a tab after a colon"]
