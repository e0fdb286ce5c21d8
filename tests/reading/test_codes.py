"""Code sets as their files state them, and codes as answers and criteria write them."""

from __future__ import annotations

from datetime import date

import pytest

from cdispec.model.cells import read_code
from cdispec.model.codes import CodeLists, CodeSet, span_of
from cdispec.model.facts import SetOf
from cdispec.parse.codes import asking, read_code_set
from cdispec.source import Place

PLACE = Place("policy/codes/limb.csv")
DAY = date(2025, 7, 1)


def read(*lines: str) -> tuple[CodeSet, list[str]]:
    """The set of a file of these lines, and the codes and lines of its issues."""
    found, issues = read_code_set("\n".join(lines), PLACE.path)
    return found, [f"{issue.place.line} {issue.code}" for issue in issues]


def listed(*patterns: str, system: str = "") -> SetOf:
    """A fact of codes that is compared with these patterns."""
    fact = SetOf("codes", "?", "the codes", "{value}", "{value} and more", "none", (), PLACE, codes=CodeLists(system))
    for pattern in patterns:
        fact = asking(fact, CodeSet.single(pattern, PLACE))
    return fact


def test_a_set_has_its_codes_with_their_descriptions_and_days() -> None:
    found, issues = read("code,until,description,from", 'i89.0,,"Lymphedema, other",', "I97.2,2024-09-30,,2020-01-01")
    assert not issues
    assert [(row.pattern, row.description, row.start, row.end) for row in found.rows] == [
        ("I89.0", "Lymphedema, other", date.min, date.max),
        ("I97.2", "", date(2020, 1, 1), date(2024, 9, 30)),
    ]


def test_a_set_needs_no_column_but_the_code_and_passes_over_empty_lines() -> None:
    found, issues = read("code", "I89.0", "", "97110-97112", "E11.*", "")
    assert not issues
    assert [row.pattern for row in found.rows] == ["I89.0", "97110-97112", "E11.*"]


def test_a_description_may_go_over_lines_and_places_stay_right() -> None:
    found, issues = read("code,description", 'I89.0,"Lymphedema,', 'other"', "I89.?,wrong")
    assert [row.description for row in found.rows] == ["Lymphedema, other"]
    assert issues == ["4 malformed-code"]


@pytest.mark.parametrize(
    ("line", "issue"),
    [
        ("hello,", "malformed-code"),
        (",", ""),
        (",a description of nothing", "malformed-code"),
        ("E1*1,", "malformed-code"),
        ("*,", "malformed-code"),
        ("A00-A0,", "malformed-code"),
        ("A00.1-A000,", "malformed-code"),
        ("A00-A01-A02,", "malformed-code"),
        ("A09-A00,", "reversed-range"),
        ("A00,x,y", "unknown-code-column"),
        ("O00-O9A,", ""),
        ("97110-97112,", ""),
        ("E11*,", ""),
    ],
)
def test_a_row_that_says_no_code_is_told_at_its_line(line: str, issue: str) -> None:
    issues = read("code,description", "I89.0,first", line)[1]
    assert issues == ([f"3 {issue}"] if issue else [])


def test_days_the_wrong_way_round_and_days_that_are_none_are_told() -> None:
    rows = "I89.0,2025-01-02,2025-01-01", "I89.1,2025-02-30,", "I89.8,2025-01-01,2025-01-01"
    issues = read("code,from,until", *rows)[1]
    assert issues == ["2 empty-period", "3 malformed-date"]


@pytest.mark.parametrize(
    ("rows", "overlap"),
    [
        (["I89.0,,", "I89.0,,"], True),
        (["I89.0,,2024-12-31", "I89.0,2025-01-01,"], False),
        (["I89.0,,2025-01-01", "I89.0,2025-01-01,"], True),
        (["I89.*,,", "I89.0,,"], True),
        (["I89.0,,", "I88-I90,,"], True),
        (["I89.*,,", "I89,,"], False),
        (["I89*,,", "I89,,"], True),
        (["A00-A09,,", "A10,,"], False),
        (["A00-A09,,", "A09.9,,"], True),
    ],
)
def test_rows_that_stand_for_a_code_on_the_same_days_are_told(rows: list[str], overlap: bool) -> None:
    assert read("code,from,until", *rows)[1] == (["3 overlapping-codes"] if overlap else [])


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("E66", ["E66"], ["E66.0", "E6", "E660"]),
        ("E66.*", ["E66.0", "E66.01"], ["E66", "E660"]),
        ("E66*", ["E66", "E66.9", "E660"], ["E65.9"]),
        ("A00-A09", ["A00", "A05.1", "A09", "A09.9"], ["A0", "A10", "A1"]),
        ("O00-O9A", ["O00.1", "O94", "O98.5", "O9A", "O9A.53"], ["O9B", "P00"]),
        ("97110-97112", ["97110", "97111", "97112"], ["97109", "97113"]),
    ],
)
def test_a_pattern_stands_for_these_codes(pattern: str, inside: list[str], outside: list[str]) -> None:
    low, high = span_of(pattern)
    assert [code for code in [*inside, *outside] if low <= code < high] == inside


@pytest.mark.parametrize(
    ("text", "system", "code"),
    [
        ("e66.01", "", "E66.01"),
        (" E66.01 ", "", "E66.01"),
        ("E6601", "ICD-10-CM", "E66.01"),
        ("E6601", "", ""),
        ("Z9999", "", "Z9999"),
        ("E66.01", "HCPCS", ""),
        ("E0601", "HCPCS", "E0601"),
        ("0FB03ZX", "ICD-10-PCS", "0FB03ZX"),
        ("E66.*", "", ""),
        ("E66-E68", "", ""),
        ("obesity", "", ""),
        ("E66.0.1", "", ""),
        ("", "", ""),
    ],
)
def test_an_answer_is_a_code_or_nothing(text: str, system: str, code: str) -> None:
    assert read_code(text, listed("E66.01", system=system))[0] == code


def test_an_answer_that_the_sets_have_with_its_point_or_without_it_is_asked_about() -> None:
    assert read_code("E6601", listed("E66.*"))[2] == ["E66.01"]
    assert read_code("971.10", listed("97110"))[2] == ["97110"]
    assert read_code("97110", listed("97110", "E66.*")) == ("97110", "", [])
