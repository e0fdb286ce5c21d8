"""Issues of how a document is named and numbered."""

from __future__ import annotations

from collections.abc import Iterable

from cdispec.issues.catalogue import issue


@issue()
def unknown_heading_mark(mark: str, known: str) -> tuple[str, str]:
    """After its id a heading says something else than `unlabelled`, which gives it no number.

    A section without a number is cited by its title; the sections in it are numbered as if it were not there.
    """
    return f"a heading cannot be `{mark}`", f"write only its id, or `{{#id {known}}}`"


@issue()
def ambiguous_label(label: str, other: str) -> tuple[str, str]:
    """Two clauses would be cited in the same way, or a link to one would lead to the other.

    A section without a number is cited by its title, which no other section may have; and no id may be the label of
    another clause.
    """
    return f"`{label}` would be taken for {other}", "give one of them another title, label or id"


@issue()
def unknown_label_style(style: str, known: Iterable[str]) -> tuple[str, str]:
    """An entry of `labels:` is none of the ways in which levels are numbered.

    Each entry is the first number of a level: `I`, `i`, `A`, `a` or `1`, with parentheses where the document has them.
    """
    return f"no level is numbered `{style}`", f"use one of {', '.join(known)}"


@issue()
def changed_family(short: str, before: str) -> tuple[str, str]:
    """The short name of the document is another than that of its newest revision.

    Pages stand in a folder of the family, `docs/ncd/` of an NCD, and the addresses of what is published never change.
    """
    return f"the document is `{short}` here and `{before}` in the newest revision", f"write `short: {before}`"
