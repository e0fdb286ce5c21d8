"""The words of a policy's Markdown without their form, quickly: for what is searched and listed, not for documents.

`markdown.Reader` is what documents are printed with; a test holds the words of both equal.
"""

from __future__ import annotations

import re
from html import unescape

from cdispec.model.policy import Policy, printed

_MARKS = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\[(?=[^\[\]]*\]\()"
    r"|\]\([^()\s]*\)"
    r"|</?(?:sup|sub)>|<abbr(?: title=\"[^\"<>]*\")?>|</abbr>"
    r"|(?P<space><br ?/?>|^[ \t]*(?:~~~|```).*$"
    r"|^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*$|\||^[ \t]*(?:[-+*>]|\d+[.)])[ \t]+)"
    r"|\*\*|__|\*|`",
    re.MULTILINE,
)


def plain_words(policy: Policy, markdown: str) -> str:
    """The words that a text of the policy prints, in one line."""
    words = _MARKS.sub(lambda mark: " " if mark["space"] else mark["escaped"] or "", printed(policy, markdown))
    return " ".join(unescape(words).split())
