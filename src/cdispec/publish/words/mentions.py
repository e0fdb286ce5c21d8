"""What a text mentions: abbreviations, terms and codes that the policy explains, and addresses on the web."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdispec.determine.explain import plain
from cdispec.model.policy import Policy, printed
from cdispec.publish.words.tree import Abbreviation, Inline, Link, Mention, Text

_ADDRESS = r"https?://[^\s<>]*[^\s<>.,;:!?)\]'\"”’]"
_DOI = r"doi:\s?10\.\d{4,9}/[^\s<>]*[^\s<>.,;:!?)\]'\"”’]"


def definition_anchor(term: str) -> str:
    """Where the definition of a term stands. No permanent id of a clause holds a dot."""
    return f"definition.{_slug(term)}"


def code_anchor(code: str) -> str:
    """Where a code stands in the table of codes."""
    return f"code.{_slug(code)}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class Mentions:
    """Finds what texts of a policy mention. In each text a thing is marked where it is first named."""

    def __init__(self, policy: Policy) -> None:
        self._abbreviations = dict(policy.abbreviations)
        self._codes = {listed.code: code_anchor(listed.code) for listed in policy.codes}
        self._terms: dict[str, str] = {}
        for entry in policy.definitions:
            term = plain(printed(policy, entry.term))
            name = re.sub(r"\s*\([^()]*\)$", "", term).lower() or term.lower()
            self._terms[name] = definition_anchor(term)
        names = sorted({*self._abbreviations, *self._codes, *self._terms}, key=lambda name: (-len(name), name))
        known = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in names)
        starts = re.escape("".join(sorted({name[0] for name in ["h", "d", *names]})))
        # Looking at the first letter alone passes over most of a text quickly.
        marks = [_ADDRESS, _DOI, *([rf"(?:{known})(?![\w-])"] if names else [])]
        self._pattern = re.compile(rf"(?<![\w-])(?=[{starts}])(?:{'|'.join(marks)})", re.IGNORECASE)

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
