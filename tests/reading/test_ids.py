"""The ids that an author need not write: what they are made from, and what does not move them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.library import read_library
from tests.reading.libraries import checked, library, told

FACTS = "policy/00042-home-oxygen-therapy/facts.yaml"
POLICY = "policy/00042-home-oxygen-therapy/policy.md"
HEAD = """---
number: "00042"
title: Home Oxygen Therapy
issuer: VHA
document: Clinical Determination and Indication
status: draft
original_effective_date: 2025-06-01
last_review_date: 2025-06-01
requests:
  initial: home oxygen therapy is requested
---

"""
YES_NO = "{kind: yes-no, question: 'Is there %s?', phrase: there is %s, negative: there is no %s}\n"
LETTERS = "".join(f"{letter}: {YES_NO.replace('%s', letter * 3)}" for letter in "abcdef")
SET = """conditions:
  {kind: set of, name: the conditions, question: Which?, phrase: "they are {value}",
   including: "they include {value}", none: there are none, options: {copd: COPD, cough: cough}}
"""


def section(id: str, logic: str, outcome: str = "medically necessary") -> str:
    """A section with one block of logic."""
    return f"## About {id} {{#{id}}}\n\n~~~criteria\nrequest: initial\noutcome: {outcome}\n{logic}\n~~~\n\n"


def ids(tmp_path: Path, *sections: str) -> list[str]:
    """The ids of the criteria of a document with these sections, in its order."""
    root = library(tmp_path, {FACTS: LETTERS + SET, POLICY: HEAD + "".join(sections)})
    read = read_library(root)
    assert [issue for issue in read.issues if issue.code not in ("unused-fact", "unused-option")] == []
    return [*read.policies["00042"].criteria]


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        ("all: [{fact: a}, {fact: b}]", ["s", "a", "b"]),
        ("any: [{fact: conditions, includes: copd}, {fact: a}]", ["s", "copd", "a"]),
        ("any: [{fact: conditions, includes any of: [copd, cough]}]", ["s", "conditions"]),
        ("all: [{any: [{fact: a}, {fact: b}]}, {fact: c}]", ["s", "a.any", "a", "b", "c"]),
        ("all: [{at least 2 of: [{fact: a}, {fact: b}]}]", ["s", "a.at-least", "a", "b"]),
        ("all: [{not: {any: [{fact: a}]}}]", ["s", "a.any.not", "a.any", "a"]),
        ("all: [{any: [{id: x, any: [{fact: a}]}]}]", ["s", "x.any", "x", "a"]),
        ("all: [{any: {open: b, of: [{fact: a}]}}]", ["s", "a.any", "a", "b"]),
        ("all: [{fact: a, unless: {fact: b}}]", ["s", "a", "b"]),
        ("all: [{fact: a}, {not: {fact: a}}]", ["s", "s.a", "s.a.2.not", "s.a.2"]),
    ],
)
def test_an_id_is_made_from_what_the_criterion_asks(logic: str, expected: list[str], tmp_path: Path) -> None:
    assert ids(tmp_path, section("s", logic)) == expected


def test_what_two_sections_ask_is_told_apart_by_the_section(tmp_path: Path) -> None:
    both = ids(tmp_path, section("s", "all: [{fact: a}]"), section("t", "all: [{any: [{fact: a}, {fact: b}]}]"))
    assert both == ["s", "s.a", "t", "t.a.any", "t.a", "b"]


def test_an_id_that_is_written_is_free_for_nothing_else(tmp_path: Path) -> None:
    assert ids(tmp_path, section("a", "all: [{fact: a}, {id: b, fact: c}, {fact: b}]")) == ["a", "a.a", "b", "a.b"]


def test_a_reference_is_told_by_what_it_refers_to(tmp_path: Path) -> None:
    logic = "all: [{fact: b}, {meets: s}, {not: {meets: s}}]"
    found = ids(tmp_path, section("s", "all: [{fact: a}]"), section("t", logic))
    assert found == ["s", "a", "t", "b", "t.s.meets", "t.s.meets.2.not", "t.s.meets.2"]


def test_a_second_block_of_a_section_needs_an_id(tmp_path: Path) -> None:
    """Else a block that is added before the first one would take its id."""
    second = "~~~criteria\n%srequest: initial\noutcome: not indicated\nany: [{fact: b}, {fact: c}]\n~~~\n"
    text = HEAD + section("s", "all: [{fact: a}]") + second
    for stated, codes in (("", ["duplicate-id"]), ("id: t\n", [])):
        found = checked(tmp_path / stated, {FACTS: LETTERS + SET, POLICY: text % stated})
        assert [issue.code for issue in found if issue.code == "duplicate-id"] == codes


@pytest.mark.parametrize(
    "after",
    [
        section("r", "all: [{fact: e}]") + section("s", "all: [{any: [{fact: a}, {fact: b}]}, {fact: c}]"),
        section("s", "all: [{any: [{fact: d}, {fact: e}]}, {any: [{fact: a}, {fact: b}]}, {fact: c}]"),
        section("s", "any: [{all: [{any: [{fact: a}, {fact: b}]}, {fact: c}]}, {fact: d}]"),
        section("s", "all: [{fact: c}, {any: [{fact: a}, {fact: b}, {fact: d}]}]"),
    ],
)
def test_an_edit_elsewhere_does_not_move_it(after: str, tmp_path: Path) -> None:
    before = ids(tmp_path / "before", section("s", "all: [{any: [{fact: a}, {fact: b}]}, {fact: c}]"))
    assert set(before) <= set(ids(tmp_path / "after", after))


def test_what_refers_to_one_of_several_says_that_an_id_is_needed(tmp_path: Path) -> None:
    text = section("s", "all: [{fact: a}]") + section("t", "all: [{fact: a}, {fact: b}, {meets: a}]")
    found = [
        issue for issue in checked(tmp_path, {FACTS: LETTERS + SET, POLICY: HEAD + text}) if issue.severity == "error"
    ]
    line = (HEAD + text).split("\n").index("all: [{fact: a}, {fact: b}, {meets: a}]") + 1
    assert told(found) == [("id-needed", line, 37)]
    assert found[0].message == f"several criteria ask `a` (lines 18, {line}), and none has that id"


def test_a_derived_id_cannot_be_referred_to(tmp_path: Path) -> None:
    text = section("s", "all: [{any: [{fact: a}]}, {meets: a.any}]")
    found = checked(tmp_path, {FACTS: LETTERS + SET, POLICY: HEAD + text})
    assert [issue.code for issue in found if issue.severity == "error"] == ["malformed-id"]
