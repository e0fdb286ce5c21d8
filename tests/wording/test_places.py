"""An issue about words points at them, however the source writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdispec.check.places import WordPlaces
from cdispec.source import Place

SOURCE = """\
Therapy is **medically necessary** for **ANY** of these
conditions:

~~~criteria
any:
  - fact: age
    at least: 65
    text: >-
      Advanced age of
      65 or older
~~~
"""
START = Place("policy.md", 6, 5)


@pytest.fixture
def places(tmp_path: Path) -> WordPlaces:
    (tmp_path / "policy.md").write_text(SOURCE, "utf-8")
    return WordPlaces(tmp_path)


def test_words_are_found_through_the_marks_around_them(places: WordPlaces) -> None:
    words = "Therapy is medically necessary for ANY of these conditions:"
    assert places.of(Place("policy.md"), words, words.index("ANY"), "ANY") == Place("policy.md", 1, 42)


def test_words_are_found_in_folded_lines_and_not_in_the_logic_before_them(places: WordPlaces) -> None:
    words = "Advanced age of 65 or older"
    assert places.of(START, words, words.index("65"), "65 or older") == Place("policy.md", 10, 7)


def test_a_quotation_is_found_where_the_other_words_are_written_otherwise(places: WordPlaces) -> None:
    words = "Advanced age under II.a of 65 or older"
    assert places.of(START, words, words.index("65"), "65 or older") == Place("policy.md", 10, 7)


def test_words_that_are_not_there_are_reported_where_they_should_begin(places: WordPlaces) -> None:
    assert places.of(START, "Something else", 10, "else") == START
