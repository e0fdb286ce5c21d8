"""What a text mentions: abbreviations, terms and codes that the policy explains, and addresses on the web."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cdispec.model.inlines import Abbreviation, Inline, Link, Mention, Text, plain_words
from cdispec.model.policy import Policy

_ADDRESS = r"https?://[^\s<>]*[^\s<>.,;:!?)\]'\"”’]"
_DOI = r"doi:\s?10\.\d{4,9}/[^\s<>]*[^\s<>.,;:!?)\]'\"”’]"


class Anchored(NamedTuple):
    """The name of an entry that others lead to, and where it stands."""

    name: str
    anchor: str


def anchored_definitions(policy: Policy) -> tuple[Anchored, ...]:
    """The terms that a policy defines, in their order, with where they stand."""
    return anchored("definition", (plain_words(policy, entry.term) for entry in policy.definitions))


def anchored_codes(policy: Policy) -> tuple[Anchored, ...]:
    """The codes that a policy lists, in their order, with where they stand."""
    return anchored("code", (plain_words(policy, entry.code) for entry in policy.codes))


def anchored(kind: str, names: Iterable[str]) -> tuple[Anchored, ...]:
    """An anchor of its own for each name: `C`, `C++` and `C#` differ by a number. No permanent id holds a dot."""
    taken: set[str] = set()
    found = []
    for name in names:
        slug = re.sub(r"[\W_]+", "-", name.lower()).strip("-")
        first = f"{kind}.{slug}"
        anchor, number = first, 1
        while anchor in taken:
            number += 1
            anchor = f"{first}-{number}"
        taken.add(anchor)
        found.append(Anchored(name, anchor))
    return tuple(found)


class Mentions:
    """Finds what texts of a policy mention. In each text a thing is marked where it is first named."""

    def __init__(self, policy: Policy) -> None:
        self.definitions, self.codes = anchored_definitions(policy), anchored_codes(policy)
        self._abbreviations = dict(policy.abbreviations)
        # Of entries of one name the first is led to.
        self._codes = dict(reversed(self.codes))
        self._terms: dict[str, str] = {}
        for term, anchor in self.definitions:
            name = re.sub(r"\s*\([^()]*\)$", "", term).lower() or term.lower()
            self._terms.setdefault(name, anchor)
        named = {*self._abbreviations, *self._codes, *self._terms} - {""}
        names = sorted(named, key=lambda name: (-len(name), name))
        known = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in names)
        starts = re.escape("".join(sorted({name[0] for name in ["h", "d", *names]})))
        # An address begins wherever it stands, a name where a word begins.
        marks = [_ADDRESS, _DOI, *([rf"(?<![\w-])(?:{known})(?![\w-])"] if names else [])]
        # Looking at the first letter alone passes over most of a text quickly.
        self._pattern = re.compile(rf"(?=[{starts}])(?:{'|'.join(marks)})", re.IGNORECASE)

    def marked(self, text: str, seen: set[str]) -> Iterator[Inline]:
        """The text in pieces. `seen` holds what the text around it already marked, and learns what is marked here."""
        end = 0
        for match in self._pattern.finditer(text):
            found = self._found(match[0])
            if found is None or match[0] in seen:
                continue
            if not isinstance(found, Link):
                seen.add(match[0])
            if match.start() > end:
                yield Text(text[end : match.start()])
            yield found
            end = match.end()
        if end < len(text):
            yield Text(text[end:])

    def _found(self, words: str) -> Inline | None:
        if words in self._abbreviations:
            return Abbreviation(words, self._abbreviations[words])
        if words in self._codes:
            return Mention(words, self._codes[words])
        name = " ".join(words.lower().split())
        if name in self._terms:
            return Mention(words, self._terms[name])
        if name.startswith(("http://", "https://")):
            return Link(words, (Text(words),))
        if name.startswith("doi:"):
            return Link(f"https://doi.org/{words[4:].strip()}", (Text(words),))
        return None
