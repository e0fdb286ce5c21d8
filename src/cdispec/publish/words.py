"""A policy's words in the form of a document: HTML, or Markdown that is safe to show. Policy text is data in both."""

from __future__ import annotations

import re
from typing import Protocol

from markupsafe import Markup

from cdispec.model.policy import Policy, printed
from cdispec.publish.markdown import DESTINATION, TAG, html_of, inline_html_of
from cdispec.publish.outline import targets

_BARE = r"(?<!\\)((?:\\\\)*)"
_REFUSED = re.compile(
    _BARE
    + rf"(<(?=[a-zA-Z/!?])(?!{TAG}|(?:https?://|mailto:)[^\s<>]*>)"  # a tag that is not allowed
    + rf"|\](?=[(:](?!\s*<?(?:{DESTINATION})))"  # the end of a link's text, before where it must not lead
    + r"|!(?=\[))"  # an image
)
_OPENS_A_BLOCK = re.compile(r"^(\d*)(?=[-+*.)](?:\s|$)|#+(?:\s|$)|>|~~~|```|(?:[-*_]\s*){3,}$)")


class Words(Protocol):
    """How a template prints the texts of a policy."""

    def inline(self, text: str) -> str:
        """A text within a line: a title, an item."""

    def prose(self, markdown: str) -> str:
        """Paragraphs, lists and tables."""


class HtmlWords:
    """The words of a policy as HTML."""

    def __init__(self, policy: Policy) -> None:
        anchors = targets(policy)
        self._clauses = {id: (label, anchors[id]) for id, label in policy.clauses.items()}

    def inline(self, text: str) -> Markup:
        """A text within a line."""
        return Markup(inline_html_of(text, self._clauses))

    def prose(self, markdown: str) -> Markup:
        """Paragraphs, lists and tables."""
        return Markup(html_of(markdown, self._clauses))


class MarkdownWords:
    """The words of a policy as Markdown that any forge can show: labels stand for cross references."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def inline(self, text: str) -> str:
        """A text within a line; what would open a block there prints as text."""
        return _OPENS_A_BLOCK.sub(r"\1\\", self.prose(text))

    def prose(self, markdown: str) -> str:
        """Paragraphs, lists and tables."""
        return _REFUSED.sub(r"\1\\\2", printed(self._policy, markdown))
