"""How well scenarios test their policy in the JUnit form of XML, which services for continuous integration show.

Source: the schema of Jenkins' xUnit plugin, junit-10.xsd; `file` and `line` are where a test case is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple
from xml.etree import ElementTree

from cdispec.analysis.adequacy.adequacy import Adequacy, Cell, Fate, MutantResult, State
from cdispec.analysis.adequacy.wording import aspect_words, subject_of
from cdispec.analysis.mutation.in_source import Line, in_source
from cdispec.report.issues import printable
from cdispec.source import LinesOf, Place


class _Test(NamedTuple):
    """A test: what it is about, its name, and why it fails or counts for nothing, or ""."""

    of: str
    name: str
    place: Place
    failure: str
    left_out: str


def adequacy_junit(adequacy: Adequacy, lines_of: LinesOf) -> str:
    """A test for each thing that scenarios could show and for each edit.

    It fails where no scenario shows or notices it, and is skipped where none could.
    """
    suites = {
        "shown": [_of_cell(cell, adequacy) for cell in adequacy.cells],
        "noticed": [_of_mutant(one, lines_of) for one in adequacy.mutants],
        "holding": [
            _Test("scenarios", one.scenario, one.place, "the case does not hold", "") for one in adequacy.failing
        ],
    }
    named = adequacy.policy.named
    root = ElementTree.Element("testsuites", {"name": named, **_counts(chain(*suites.values()))})
    for name, tests in suites.items():
        suite = ElementTree.SubElement(root, "testsuite", {"name": f"{named} {name}", **_counts(tests)})
        for test in tests:
            case = ElementTree.SubElement(
                suite,
                "testcase",
                {
                    "classname": f"{adequacy.policy.number}.{name}",
                    "name": printable(f"{test.of}: {test.name}"),
                    "file": printable(test.place.path),
                    "line": str(test.place.line),
                },
            )
            if test.failure:
                ElementTree.SubElement(case, "failure", {"message": printable(test.failure), "type": "gap"})
            elif test.left_out:
                ElementTree.SubElement(case, "skipped", {"message": test.left_out})
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode")


def _counts(tests: Iterable[_Test]) -> dict[str, str]:
    every = list(tests)
    failures = sum(bool(test.failure) for test in every)
    return {
        "tests": str(len(every)),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(sum(bool(test.left_out) for test in every)),
    }


def _of_cell(cell: Cell, adequacy: Adequacy) -> _Test:
    failure = "no scenario shows it" if cell.gap else ""
    left_out = "no case could show it" if cell.state is State.IMPOSSIBLE else ""
    of = " ".join(part for part in (cell.label, subject_of(cell.aspect)) if part)
    return _Test(of, aspect_words(cell.aspect, adequacy.policy), cell.place, failure, left_out)


def _of_mutant(one: MutantResult, lines_of: LinesOf) -> _Test:
    lines = in_source(one.mutant.slip, lines_of)
    name = f"{one.mutant.operator.name}: {'; '.join(map(_words, lines))}"
    failure = "no scenario notices the edit" if one.gap else ""
    left_out = "it would change nothing" if one.fate is Fate.EQUIVALENT else ""
    return _Test(one.name, name, lines[0].place, failure, left_out)


def _words(line: Line) -> str:
    return line.words or line.new.strip() or f"without {line.old.strip()}"
