"""Labels: computed by the scheme that a document states, for headings and printed items."""

from __future__ import annotations

import pytest

from cdispec.model.labels import USUAL, Numbering, Scheme, Style, anchor_of, document_numbering

LETTERED = Scheme((Style.CAPITALS, Style.DIGITS, Style.LETTERS, Style.ROMAN_WITHIN))
WITHIN = Scheme((Style.DIGITS_WITHIN, Style.LETTERS_WITHIN))


def chain(scheme: Scheme, sections: int, items: int) -> str:
    """The label of the first item, so many deep, in the first section, so many deep."""
    numbers: Numbering = document_numbering(scheme)
    for _ in range(sections):
        numbers = numbers.section()
    for _ in range(items):
        numbers = numbers.item()
    return numbers.label


@pytest.mark.parametrize(
    ("scheme", "sections", "items", "label"),
    [
        (USUAL, 3, 0, "I.a.i"),
        (USUAL, 5, 0, "I.a.i.1.a"),
        (USUAL, 1, 2, "I.1.1"),
        (USUAL, 3, 2, "I.a.i.1.1"),
        (LETTERED, 4, 0, "A.1.a(i)"),
        (LETTERED, 1, 3, "A.1.a(i)"),
        (LETTERED, 4, 1, "A.1.a(i).1"),
        (WITHIN, 1, 1, "(1)(a)"),
        (WITHIN, 2, 1, "(1)(a).1"),
    ],
)
def test_a_label_follows_the_scheme(scheme: Scheme, sections: int, items: int, label: str) -> None:
    assert chain(scheme, sections, items) == label


def test_items_and_sections_of_one_style_are_counted_together() -> None:
    section = document_numbering(LETTERED).section()
    assert [section.item().label, section.section().label, section.item().label] == ["A.1", "A.2", "A.3"]


def test_sections_within_one_without_a_number_go_on_with_those_before() -> None:
    document = document_numbering(LETTERED)
    first, second = document.untitled("Description"), document.untitled("Coverage")
    assert [first.section().label, second.section().label, document.section().label] == ["A", "B", "C"]


def test_items_of_a_section_without_a_number_are_cited_by_its_title() -> None:
    within = document_numbering(LETTERED).section().untitled("Coverage")
    assert within.item().item().label == "Coverage 1.a"


@pytest.mark.parametrize(
    ("label", "anchor"),
    [("II.a.iv", "II.a.iv"), ("B.1.a(i)", "B.1.a.i"), ("(1)(a)", "1.a"), ("Item/Service 1", "Item.Service.1")],
)
def test_a_label_is_an_address(label: str, anchor: str) -> None:
    assert anchor_of(label) == anchor
