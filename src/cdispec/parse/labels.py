"""The heads of sections and the scheme by which a document labels them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cdispec.issues.documents import ambiguous_label, unknown_label_style
from cdispec.model.inlines import inlines_of, plain_of
from cdispec.model.labels import USUAL, Scheme, Style, anchor_of
from cdispec.model.policy import Policy, Section, all_sections
from cdispec.parse.fields import Fields
from cdispec.source import Issue, Place

DEEPEST_HEADING = 6
"""HTML and Markdown have no deeper one; `#` is the title of the document."""

UNLABELLED = "unlabelled"
_HEADING = re.compile(r"(?P<title>.*?)\s*(?:\{#(?P<id>[^}\s]*)\s*(?P<mark>[^}]*?)\s*\})?\s*", re.DOTALL)

_JOINED = re.compile(r"\s+(?:and|or)\s+", re.IGNORECASE)


class Heading(NamedTuple):
    """What a line of a heading says: `{#id}` after the title, or `{#id unlabelled}`."""

    title: str
    id: str
    mark: str


def heading_of(content: str) -> Heading:
    """A heading as it was read."""
    match = _HEADING.fullmatch(content)
    assert match is not None
    return Heading(match["title"], match["id"] or "", match["mark"] or "")


def plain_title(title: str) -> str:
    """The words by which a section without a label is cited."""
    return plain_of(inlines_of(title, {}, {}))


def read_scheme(front: Fields) -> Scheme:
    """The scheme that the front matter states."""
    known = {style.value: style for style in Style}
    stated = front.listed("labels")
    wrong = [scalar for scalar in stated if scalar.text not in known]
    front.issues += [unknown_label_style(scalar.place, scalar.text, known) for scalar in wrong]
    styles = tuple(known[scalar.text] for scalar in stated if scalar.text in known)
    return Scheme(styles) if styles else USUAL


def ambiguous_labels(policy: Policy, places: Mapping[str, Place]) -> Iterator[Issue]:
    """Clauses that could not be told apart where they are cited, or where a link leads to them."""
    sections: dict[str, Section] = {}
    for section in all_sections(policy.sections):
        other = sections.setdefault(_key(section.label), section)
        if other is not section:
            yield ambiguous_label(section.place, section.label, f"the section on line {other.place.line}")
    known = {label.casefold() for label in policy.clauses.values()}
    for section in sections.values():
        cited = _JOINED.split(section.label)
        if len(cited) > 1 and known.issuperset(title.casefold() for title in cited):
            yield ambiguous_label(section.place, section.label, "several clauses that are cited together")
    for id, label in policy.clauses.items():
        own = sections.get(_key(label))
        if own is not None and own.label != label:
            yield ambiguous_label(places[id], label, f"the section on line {own.place.line}")
        elif policy.clauses.get(anchor_of(label), label) != label:
            other_place = places[anchor_of(label)]
            yield ambiguous_label(places[id], label, f"the id `{anchor_of(label)}` on line {other_place.line}")


def _key(label: str) -> str:
    return anchor_of(label).casefold()
