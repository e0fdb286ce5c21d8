"""Abbreviations: what the short forms of a document stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.library import read_library
from tests.issues.examples import POLICY
from tests.reading.libraries import changed, checked, library, policy_issues, told

REQUESTS = "  initial: home oxygen therapy is requested\n"


def declaring(lines: str) -> str:
    """The policy of the base with abbreviations in its front matter, from line 11 on."""
    return changed(POLICY, REQUESTS, f"{REQUESTS}abbreviations:\n{lines}")


def test_an_abbreviation_is_kept_with_what_it_stands_for(tmp_path: Path) -> None:
    read = read_library(library(tmp_path, {POLICY: declaring("  VHA: Veterans Health  Administration\n")}))
    assert not policy_issues(tmp_path)
    assert read.policies["00042"].abbreviations == {"VHA": "Veterans Health Administration"}


def test_a_policy_needs_no_abbreviations(tmp_path: Path) -> None:
    assert read_library(library(tmp_path, {})).policies["00042"].abbreviations == {}


@pytest.mark.parametrize(
    ("word", "used"),
    [
        ("(VA)", True),
        ("non-VA", True),
        ("VA's", True),
        ("VA.", True),
        ("VAS", False),
        ("va", False),
        ("NOVA", False),
    ],
)
def test_a_short_form_is_used_as_a_word_of_its_own(word: str, used: bool, tmp_path: Path) -> None:
    text = declaring("  VA: Department of Veterans Affairs\n").replace("All other requests", f"All {word} requests")
    assert told(checked(tmp_path, {POLICY: text})) == ([] if used else [("unused-abbreviation", 12, 3)])


def test_a_short_form_may_end_with_a_full_stop(tmp_path: Path) -> None:
    text = declaring("  C.F.R.: Code of Federal Regulations\n")
    cited = text.replace("All other requests", "All other requests under 38 C.F.R. § 17.38")
    assert not checked(tmp_path / "cited", {POLICY: cited})
    assert told(checked(tmp_path / "not", {POLICY: text})) == [("unused-abbreviation", 12, 3)]


@pytest.mark.parametrize("place", ["text: Home oxygen is", "title: Home", "## Limitations", "**not medically"])
def test_everything_that_is_printed_counts_as_use(place: str, tmp_path: Path) -> None:
    text = declaring("  LTOT: long-term oxygen therapy\n")
    assert text.count(place) == 1
    used = text.replace(place, f"{place} LTOT" if "**" not in place else f"LTOT {place}")
    assert not checked(tmp_path, {POLICY: used})


def test_an_interpretation_is_not_printed_and_is_no_use(tmp_path: Path) -> None:
    decision = "id: named\nclause: limitations\nquestion: Is LTOT meant?\ndecision: Yes.\nreason: So.\nconcerns: words"
    text = declaring("  LTOT: long-term oxygen therapy\n") + f"\n~~~interpretation\n{decision}\n~~~\n"
    assert told(checked(tmp_path, {POLICY: text})) == [("unused-abbreviation", 12, 3)]


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [("  - VA\n", "wrong-kind", 12), ("  VA:\n", "wrong-kind", 12), ("  VA: a\n  VA: b\n", "duplicate-key", 13)],
)
def test_abbreviations_that_say_nothing_are_told_of(lines: str, code: str, line: int, tmp_path: Path) -> None:
    found = told(checked(tmp_path, {POLICY: declaring(lines)}))
    assert [(name, at) for name, at, _ in found] == [(code, line)]
