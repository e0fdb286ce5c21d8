"""CDI 00036 and edits of its text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cdispec.analysis.effects import compare
from cdispec.analysis.effects.effect import Effect
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from tests.effects.edits import EDITS, Edit, Swap

SLUG = "00036-medical-massage-therapy"
FOLDER = Path(__file__).parents[2] / "policy" / SLUG


each_edit = pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
"""The test with each edit."""


@cache
def _texts() -> tuple[str, str]:
    return (FOLDER / "policy.md").read_text("utf-8"), (FOLDER / "facts.yaml").read_text("utf-8")


def states(edit: Edit) -> tuple[Policy, Policy]:
    """The policy before and after an edit."""
    document, facts = _texts()
    before = _replaced(document, edit.first)
    return _read(before, facts), _read(_replaced(before, edit.document), _replaced(facts, edit.facts))


@cache
def effect_of(edit: Edit) -> Effect:
    """What an edit is proved to do, which its tests share."""
    return compare.effect_of(*states(edit))


def edited(*swaps: Swap) -> Policy:
    """The policy with texts of its document replaced."""
    document, facts = _texts()
    return _read(_replaced(document, swaps), facts)


def _replaced(text: str, swaps: tuple[Swap, ...]) -> str:
    for old, new in swaps:
        assert text.count(old) == 1, f"stands {text.count(old)} times:\n{old}"
        assert old != new
        text = text.replace(old, new)
    return text


@cache
def _read(document: str, facts: str) -> Policy:
    declared, issues = read_facts(facts, f"policy/{SLUG}/facts.yaml")
    policy, more = read_policy(document, f"policy/{SLUG}/policy.md", SLUG, declared, ())
    assert policy is not None
    assert not [issue for issue in [*issues, *more] if issue.severity == "error"]
    return policy
