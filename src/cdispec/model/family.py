"""The family of documents that a policy belongs to: how they are named and numbered, what their heads hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cdispec.model.labels import USUAL, Scheme

_SHORT = {"Clinical Determination and Indication": "CDI"}
"""Documents that had a short name before their authors could give one. Their pages stand under it."""


class Column(StrEnum):
    """What a column of the printed history holds."""

    DATE = "date"
    NUMBER = "number"
    PUBLISHED = "published"
    EFFECTIVE = "effective"
    EXPLANATION = "explanation"
    EFFECT = "effect"
    REASONS = "reasons"


@dataclass(frozen=True, slots=True)
class Family:
    """What the front matter of a document says of its family.

    `short` is its short name, such as NCD, and "" where its full name is used. `number_label`, `effective_label` and
    `review_label` are what stands before its number and its dates in the head, "" for the usual words. `rows` are
    further rows of the head, `columns` what the columns of the printed history hold, none for the usual ones.
    """

    short: str = ""
    number_label: str = ""
    effective_label: str = ""
    review_label: str = ""
    labels: Scheme = USUAL
    rows: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()


def short_name(document: str, family: Family) -> str:
    """What a document of this full name is called for short."""
    return family.short or _SHORT.get(document, document)


def family_folder(short: str) -> str:
    """The folder below docs/ of the documents that are called so; "" where the name leaves none."""
    return re.sub(r"[^a-z0-9]+", "-", short.lower()).strip("-")
