"""What the front matter says of the family of documents: short name, labels, further rows of the head, history."""

from __future__ import annotations

from cdispec.issues.catalogue import quoted
from cdispec.issues.files import duplicate_key, wrong_kind
from cdispec.model.family import Column, Family, family_folder, short_name
from cdispec.parse.fields import Fields, text_of
from cdispec.parse.labels import read_scheme

_TEXTS = ("short", "number_label", "effective_label", "review_label")
FAMILY = (*_TEXTS, "labels", "head", "history_columns")
"""The keys of the front matter that are about it."""

_SHARED = ("assets",)
"""Folders below docs/ that no family has for itself."""


def read_family(front: Fields, document: str) -> Family:
    """The family that the front matter of a document states."""
    short, number, effective, review = (front.text(key, required=False) for key in _TEXTS)
    family = Family(short, number, effective, review, read_scheme(front), _rows(front), _columns(front))
    folder = family_folder(short_name(document, family))
    if document and (not folder or folder in _SHARED):
        place = front.at("short" if short else "document")
        wanted = "a name with a letter or digit, for its folder below docs/"
        front.issues.append(wrong_kind(place, wanted, f"`{short or document}`"))
    return family


def _rows(front: Fields) -> dict[str, str]:
    stated = front.mapping("head", required=False)
    rows = {}
    for key, value in stated.pairs if stated else ():
        if text := text_of(value, front.issues):
            rows[key.text] = text
    return rows


def _columns(front: Fields) -> tuple[Column, ...]:
    found: list[Column] = []
    for stated in front.listed("history_columns"):
        if stated.text not in [*Column]:
            front.issues.append(wrong_kind(stated.place, f"one of {quoted(Column)}", f"`{stated.text}`"))
        elif stated.text in found:
            front.issues.append(duplicate_key(stated.place, stated.text, front.key_place("history_columns").line))
        else:
            found.append(Column(stated.text))
    if found and Column.EXPLANATION not in found:
        front.issues.append(wrong_kind(front.at("history_columns"), "a column `explanation`", "none"))
    return tuple(found)
