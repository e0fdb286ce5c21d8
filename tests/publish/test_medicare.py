"""The Medicare example prints the words of the determinations that it is from, each once and in their order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cdispec.library import read_library
from cdispec.model.policy import Policy, printed, printed_texts

LIBRARY = Path(__file__).parents[2] / "examples" / "medicare"
POLICIES = read_library(LIBRARY).policies
LAST = {"240.4": "Durable Medical Equipment Reference List"}
"""Where what is printed of a source ends, if anything comes after it."""
MARK = re.compile(r"^[\s*]*(?:[A-D]|\d+)\.\s*", re.MULTILINE)
"""A label, which the document gives each section and item anew."""


@pytest.mark.parametrize("number", POLICIES)
def test_the_words_of_a_policy_are_those_of_its_source(number: str) -> None:
    policy = POLICIES[number]
    stated = " ".join(printed(policy, text) for text in printed_texts(policy))
    source = MARK.sub("", (LIBRARY / "source" / f"{number}.md").read_text(encoding="utf-8"))
    assert _words(stated, policy) == _words(source, policy)


def _words(text: str, policy: Policy) -> list[str]:
    body, last = text[text.index(policy.sections[0].title) :], LAST.get(policy.number)
    return re.findall(r"\w+", body[: body.index(last) + len(last)] if last else body)
