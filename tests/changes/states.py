"""States of CDI 00036 that differ by small edits of its text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.source import has_errors

SLUG = "00036-medical-massage-therapy"
_FOLDER = Path(__file__).parents[2] / "policy" / SLUG
DOCUMENT = (_FOLDER / "policy.md").read_text("utf-8")
FACTS = (_FOLDER / "facts.yaml").read_text("utf-8")

Edit = tuple[str, str]
"""A passage that stands in the document once, and what takes its place."""


@cache
def state(*edits: Edit) -> Policy:
    """The policy with these edits of its document or its facts, as an author would make them."""
    document, declared = DOCUMENT, FACTS
    for old, new in edits:
        assert document.count(old) + declared.count(old) == 1, old
        document, declared = document.replace(old, new), declared.replace(old, new)
    facts, found = read_facts(declared, "facts.yaml")
    policy, issues = read_policy(document, "policy.md", SLUG, facts, ())
    assert policy is not None
    assert not has_errors(found + issues), found + issues
    return policy


def section(id: str) -> str:
    """The text of a section of the document, from its heading to the next one."""
    start = DOCUMENT.rindex("\n#", 0, DOCUMENT.index(f"{{#{id}}}")) + 1
    end = DOCUMENT.find("\n#", start)
    return DOCUMENT[start : end + 1 if end >= 0 else len(DOCUMENT)]


def item(fact: str) -> str:
    """The first item of a list that asks for a fact and prints one line."""
    start = DOCUMENT.index(f"  - fact: {fact}\n    text: ")
    return DOCUMENT[start : DOCUMENT.index("\n", DOCUMENT.index("    text: ", start)) + 1]
