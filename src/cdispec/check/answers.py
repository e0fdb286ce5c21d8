"""Warnings that are true of a policy and right: an interpretation says why, and they are not reported."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cdispec.issues.catalogue import is_answerable
from cdispec.issues.wording import needless_answer
from cdispec.model.policy import Policy, all_sections
from cdispec.source import Issue

_LINE = re.compile(r" \([^()`]*, line \d+\)|\bline \d+")
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
                said = _said(answer.otherwise, policy)
                answered = [issue for issue in own if (issue.code, _said(issue.message, policy)) == (answer.says, said)]
                found = [issue for issue in found if issue not in answered]
                if settled and not answered:
                    found.append(needless_answer(answer.place, entry.id, answer.says, answer.otherwise))
    return found


def _said(message: str, policy: Policy) -> str:
    """A message without the lines and labels that it names."""
    return " ".join(_labels(policy).sub("", _LINE.sub("", message)).split()).casefold()


def _labels(policy: Policy) -> re.Pattern[str]:
    """Labels in parentheses: also of one number, and titles by which sections are cited."""
    scheme = policy.family.labels
    titles = (re.escape(section.label) for section in all_sections(policy.sections) if not section.number)
    return re.compile(rf" \((?:{'|'.join((scheme.pattern, scheme.styles[0].pattern, *titles))})\)")
