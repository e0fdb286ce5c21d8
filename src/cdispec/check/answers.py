"""Warnings that are true of a policy and right: an interpretation says why, and they are not reported."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cdispec.issues.catalogue import is_answerable
from cdispec.issues.wording import needless_answer
from cdispec.model.policy import Policy
from cdispec.source import Issue

_WHERE = re.compile(r" \([^()`]*, line \d+\)| \([IVXLC]+(\.\w+)*\)|\bline \d+")
"""Where something stands in a document is no part of what is said of it."""


def unanswered_warnings(policies: Iterable[Policy], found: list[Issue], proved: bool) -> list[Issue]:
    """What is left of the issues that were found, with an issue for each answer that answers none.

    Without a proof nothing is said of answers to what it may find, nor where its limit left a question open.
    """
    for policy in policies:
        files = (f"{policy.folder}/", *policy.included.values())
        own = [issue for issue in found if issue.place.path.startswith(files)]
        settled = proved and all(issue.code != "undecided-question" for issue in own)
        for entry in policy.interpretations:
            for answer in (answer for answer in entry.answers if is_answerable(answer.says)):
                answered = [issue for issue in own if _key(issue) == (answer.says, _said(answer.otherwise))]
                found = [issue for issue in found if issue not in answered]
                if settled and not answered:
                    found.append(needless_answer(answer.place, entry.id, answer.says, answer.otherwise))
    return found


def _key(issue: Issue) -> tuple[str, str]:
    return issue.code, _said(issue.message)


def _said(message: str) -> str:
    """A message without the lines and labels that it names."""
    return " ".join(_WHERE.sub("", message).split()).casefold()
