"""What a reader cannot see does not stand in what a policy is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issues.examples import FEATURE, POLICY
from tests.reading.libraries import FACTS, changed, checked, text_of, told

HISTORY = POLICY.replace("policy.md", "history.yaml")
ROWS = "rows:\n  - {date: 2026-01, updates: Reviewed.}\n"


@pytest.mark.parametrize(
    ("sign", "named"),
    [
        *((sign, "") for sign in "\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069\u200e\u200f\u061c"),
        *((sign, "") for sign in "\u200c\u200d\u2060\u180e\u2063\u115f\ue000\uf8ff\U000e0041\U000f0000\U0010fffd"),
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE (U+202E) stands here, which readers cannot see"),
        ("\u200b", "ZERO WIDTH SPACE (U+200B) stands here"),
        ("\u00ad", "SOFT HYPHEN (U+00AD) stands here"),
        ("\uf0b7", "a private-use character (U+F0B7) stands here, the bullet of a word processor"),
    ],
)
def test_a_character_that_nobody_sees_is_named(sign: str, named: str, tmp_path: Path) -> None:
    [found] = checked(tmp_path, {POLICY: changed(POLICY, "Home oxygen therapy is", f"Home oxy{sign}gen therapy is")})
    assert told([found]) == [("invisible-character", 15, 9)]
    assert found.message.startswith(named)
    assert sign not in found.message


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (POLICY, changed(POLICY, "title: Home", "title: \u200bHome")),
        (FACTS, changed(FACTS, "unit: percent", "unit: per\u00adcent")),
        (HISTORY, ROWS.replace("Reviewed", "\u202eReviewed")),
        (FEATURE, changed(FEATURE, "COPD with low", "COPD\u2060 with low")),
        ("policy/facts.yaml", "# pasted\u200b\n{}\n"),
    ],
)
def test_every_file_of_a_policy_is_searched(path: str, text: str, tmp_path: Path) -> None:
    found = checked(tmp_path, {path: text})
    assert [(issue.code, issue.place.path) for issue in found] == [("invisible-character", path)]


def test_the_first_of_each_line_is_told(tmp_path: Path) -> None:
    text = f"{text_of(POLICY)}\nOne\u200b line\u200b, \u202etwo.\nAnother\uf0b7.\n"
    last = text.count("\n")
    found = checked(tmp_path, {POLICY: text})
    assert told(found) == [("invisible-character", last - 1, 4), ("invisible-character", last, 8)]


def test_all_else_that_is_wrong_is_told_as_well(tmp_path: Path) -> None:
    facts = changed(FACTS, "unit: percent", "unit: per\u00adcent")
    policy = changed(POLICY, "fact: prescribed", "fact: perscribed")
    found = {issue.code for issue in checked(tmp_path, {FACTS: facts, POLICY: policy})}
    assert found == {"invisible-character", "unknown-fact"}


def test_a_byte_order_mark_is_none_but_one_within_a_text_is(tmp_path: Path) -> None:
    text = changed(POLICY, "Home oxygen therapy is", "Home\ufeff oxygen therapy is")
    assert told(checked(tmp_path, {POLICY: f"\ufeff{text}"})) == [("invisible-character", 15, 5)]


@pytest.mark.parametrize("words", ["≥ 88 %", "Müller’s – “quoted” … ½ µg/m² 10⁻³", "שלום", "non\u00a0breaking", "❤️"])
def test_what_can_be_seen_may_stand_in_a_policy(words: str, tmp_path: Path) -> None:
    assert not checked(tmp_path, {POLICY: f"{text_of(POLICY)}\n{words}\n"})
