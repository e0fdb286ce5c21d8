"""An issue stands at the exact line and column of what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issues.examples import FEATURE, POLICY
from tests.reading.libraries import FACTS, changed, checked, of_feature, text_of, told

WRONG = changed(POLICY, "    at most: 88\n", "    at most: low\n")
BLOCK = "~~~criteria\nrequest: initial\notherwise: not medically necessary\n~~~\n"


def test_a_value_in_a_fence(tmp_path: Path) -> None:
    assert told(checked(tmp_path, {POLICY: WRONG})) == [("wrong-kind", 27, 14)]


@pytest.mark.parametrize("spaces", [1, 2, 3])
def test_a_value_in_an_indented_fence(spaces: int, tmp_path: Path) -> None:
    wrong = BLOCK.replace("not medically", "no medically")
    indented = "".join(" " * spaces + line for line in wrong.splitlines(keepends=True))
    text = changed(POLICY, BLOCK, indented)
    assert told(checked(tmp_path, {POLICY: text})) == [("unknown-outcome", 42, 12 + spaces)]


def test_yaml_that_cannot_be_read_in_an_indented_fence(tmp_path: Path) -> None:
    text = changed(POLICY, BLOCK, "  ~~~criteria\n  request: [initial\n  otherwise: not medically necessary\n  ~~~\n")
    assert told(checked(tmp_path, {POLICY: text})) == [("not-yaml", 41, 12)]


def test_a_value_on_a_line_that_stands_further_left_than_its_fence(tmp_path: Path) -> None:
    text = changed(POLICY, BLOCK, "   ~~~criteria\n request: initial\n otherwise: no\n   ~~~\n")
    assert told(checked(tmp_path, {POLICY: text})) == [("unknown-outcome", 42, 13)]


def test_a_reference_in_a_folded_text_of_criteria(tmp_path: Path) -> None:
    folded = "text: >-\n      Oxygen saturation, see {indications}, of\n      88% or less, see {indication}\n"
    text = changed(POLICY, "text: Oxygen saturation at rest of 88% or less\n", folded)
    assert told(checked(tmp_path, {POLICY: text})) == [("unknown-reference", 30, 24)]


def test_a_quote_that_is_not_closed_up_to_the_end_is_reported_where_it_opens(tmp_path: Path) -> None:
    text = changed(FACTS, "negative: no pulm", 'negative: "no pulm')
    assert told(checked(tmp_path, {FACTS: text})) == [("not-yaml", 32, 13)]


def test_a_value_in_a_fence_of_backticks_after_front_matter_of_any_length(tmp_path: Path) -> None:
    text = WRONG.replace("title: Home Oxygen Therapy", "title: >-\n  Home\n  Oxygen\n  Therapy").replace("~~~", "````")
    assert told(checked(tmp_path, {POLICY: text})) == [("wrong-kind", 30, 14)]


def test_a_value_behind_letters_of_several_bytes(tmp_path: Path) -> None:
    text = changed(POLICY, "{fact: diagnosis, includes: copd, ", "{text: Ménière 😀, fact: diagnosis, includes: cop, ")
    text = text.replace("text: Chronic obstructive pulmonary disease", "id: copd")
    assert told(checked(tmp_path, {POLICY: text})) == [("unknown-option", 24, 54)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_file_with_other_line_ends(end: str, tmp_path: Path) -> None:
    files = {POLICY: WRONG, FACTS: text_of(FACTS), FEATURE: text_of(FEATURE)}
    found = checked(tmp_path, {path: text.replace("\n", end) for path, text in files.items()})
    assert told(found) == [("wrong-kind", 27, 14)]


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert not checked(tmp_path / "right", {POLICY: b"\xef\xbb\xbf" + text_of(POLICY).encode()})
    wrong = changed(FACTS, "diagnosis:\n  kind: set of", "diagnoses :\n  kind: sets of")
    found = checked(tmp_path / "wrong", {FACTS: b"\xef\xbb\xbf" + wrong.encode()})
    assert told(found) == [("unknown-fact-kind", 2, 9)]


def test_a_byte_that_is_not_utf8_behind_a_byte_order_mark(tmp_path: Path) -> None:
    found = checked(tmp_path, {FEATURE: b"\xef\xbb\xbfFeature: a\r\n  caf\xe9\r\n"})
    assert told(found) == [("not-utf8", 2, 6)]
    assert "byte 0xe9" in found[0].message


def test_a_tab_in_yaml(tmp_path: Path) -> None:
    text = changed(POLICY, "    at most: 88\n", "\tat most: 88\n")
    assert told(checked(tmp_path, {POLICY: text})) == [("not-yaml", 27, 1)]


def test_a_tab_in_a_feature_is_as_good_as_spaces(tmp_path: Path) -> None:
    text = changed(FEATURE, "    And a pulmonologist has", "\tAnd a pulmonologist has")
    assert not of_feature(tmp_path, text)


def test_a_character_that_yaml_does_not_allow(tmp_path: Path) -> None:
    text = changed(FACTS, "phrase: the oxygen saturation was", "phrase: thé\x07 oxygen saturation was")
    assert told(checked(tmp_path, {FACTS: text})) == [("not-yaml", 26, 14)]


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_signs_that_some_programs_take_for_line_ends_do_not_move_the_lines(sign: str, tmp_path: Path) -> None:
    text = changed(POLICY, "Home oxygen therapy is **", f"Home{sign}oxygen therapy is **")
    text = text.replace("    at most: 88\n", "    at most: low\n")
    found = told(checked(tmp_path, {POLICY: text}))
    assert found == [("wrong-kind", 27, 14)]


@pytest.mark.parametrize("sign", ["\x85", "\u2028"])
def test_a_line_separator_inside_yaml_does_not_move_the_lines(sign: str, tmp_path: Path) -> None:
    text = changed(POLICY, "An established diagnosis", f"An{sign}established diagnosis")
    text = text.replace("    at most: 88\n", "    at most: low\n")
    assert told(checked(tmp_path, {POLICY: text})) == [("wrong-kind", 27, 14)]


def test_a_reference_in_prose(tmp_path: Path) -> None:
    text = changed(POLICY, "All other requests", "All requests that\ndo not meet {indication}")
    assert told(checked(tmp_path, {POLICY: text})) == [("unknown-reference", 39, 13)]


def test_two_references_on_a_line_stand_in_two_places(tmp_path: Path) -> None:
    text = changed(POLICY, "All other requests", "{limits}, {limits} and {limit}")
    assert told(checked(tmp_path, {POLICY: text})) == [
        ("unknown-reference", 38, 1),
        ("unknown-reference", 38, 11),
        ("unknown-reference", 38, 24),
    ]


def test_a_reference_behind_a_backslash_is_text(tmp_path: Path) -> None:
    assert not checked(tmp_path, {POLICY: changed(POLICY, "All other requests", "All \\{other} requests")})


def test_a_cell_of_a_table_in_a_feature(tmp_path: Path) -> None:
    text = changed(
        FEATURE,
        "    Then it is medically necessary under I\n",
        "    Then each of these cases is determined as stated\n"
        "      | record | outcome             | clause |\n"
        "      | closed | medically necessary | I      |\n",
    )
    assert told(of_feature(tmp_path, text)) == [("unknown-value", 12, 9)]


def test_a_misspelt_keyword_below_empty_lines_and_comments_of_a_description(tmp_path: Path) -> None:
    text = changed(
        FEATURE, "Feature: Home oxygen therapy\n", "Feature: Home oxygen therapy\n\n  # A comment\n\n  Secnario: A\n"
    )
    assert told(of_feature(tmp_path, text)) == [("misspelt-keyword", 5, 3)]


def test_a_feature_that_ends_too_soon_is_told_of_at_its_last_line(tmp_path: Path) -> None:
    found = of_feature(tmp_path, "Feature: Home oxygen\n\n  @low-saturation\n")
    assert told(found) == [("gherkin-syntax", 4, 1)]
    assert found[0].message.endswith("the file ends too soon, expected a tag or `Rule:`")


@pytest.mark.parametrize(
    ("path", "old", "new", "hint"),
    [
        (POLICY, "fact: saturation", "fact: saturatoin", "did you mean `saturation`?"),
        (POLICY, "includes: copd", "includes: cpod", "did you mean `copd`?"),
        (POLICY, "otherwise: not", "otherwse: not", "did you mean `otherwise`?"),
        (POLICY, "within: 30 days", "witin: 30 days", "did you mean `within`?"),
        (POLICY, "status: draft", "status: drafd", "did you mean `draft`?"),
        (POLICY, "All other requests", "{limitation}", "did you mean `limitations`"),
        (FACTS, "minimum: 0", "minimun: 0", "did you mean `minimum`?"),
        (FACTS, "kind: date", "kind: dates", "did you mean `date`"),
        (FEATURE, "    Given the", "    Givn the", "did you mean `Given`?"),
        (FEATURE, "under I\n", "under IL\n", "did you mean `I`?"),
        (
            FEATURE,
            "is requested on",
            "is requsted on",
            "did you mean `home oxygen therapy is requested on 2025-06-01`?",
        ),
        (FEATURE, "are COPD", "are CPOD", "did you mean `COPD`?"),
        (FEATURE, "Then it is", "Then it was", "did you mean `it is medically necessary under I`"),
    ],
)
def test_a_near_miss_is_named(path: str, old: str, new: str, hint: str, tmp_path: Path) -> None:
    text = changed(path, old, new)
    assert any(issue.hint.startswith(hint) for issue in checked(tmp_path, {path: text}))
