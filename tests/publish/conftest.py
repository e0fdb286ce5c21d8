"""The first policy of this library, parsed, and its documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cdispec.model.history import HistoryRow
from cdispec.model.policy import Policy
from cdispec.parse.facts import read_facts
from cdispec.parse.policy import read_policy
from cdispec.publish.build import documents
from cdispec.publish.recipe import Recipe, load_recipe
from cdispec.publish.shelf import Shelf

LIBRARY = Path(__file__).parents[2]
SLUG = "00036-medical-massage-therapy"

Write = Callable[..., Policy]


@pytest.fixture(scope="session")
def policy() -> Policy:
    """CDI 00036."""
    folder = LIBRARY / "policy" / SLUG
    facts, _ = read_facts((folder / "facts.yaml").read_text("utf-8"), "facts.yaml")
    policy, issues = read_policy((folder / "policy.md").read_text("utf-8"), "policy.md", SLUG, facts, ())
    assert policy is not None
    assert not issues
    return policy


@pytest.fixture(scope="session")
def whole_recipe() -> Recipe:
    """The recipe of this library."""
    return load_recipe(LIBRARY / "build")


@pytest.fixture(scope="session")
def recipe(whole_recipe: Recipe) -> Recipe:
    """The recipe of this library without what takes long to make."""
    quick = {
        of: {name: made for name, made in outputs.items() if not name.endswith(".pdf")}
        for of, outputs in whole_recipe.outputs.items()
    }
    return replace(whole_recipe, outputs=quick)


@pytest.fixture(scope="session")
def built(policy: Policy, whole_recipe: Recipe) -> dict[str, bytes]:
    """The documents of a library with CDI 00036 alone."""
    return documents([Shelf(policy)], whole_recipe)


FOLDER = f"cdi/{SLUG}/working"
"""Where the documents of CDI 00036 stand."""


@pytest.fixture(scope="session")
def page(built: dict[str, bytes]) -> str:
    """The HTML document of CDI 00036."""
    return built[f"cdi/{SLUG}/working/index.html"].decode()


FRONT = """\
---
number: "00099"
title: Sample Therapy
issuer: An Office
document: Clinical Determination and Indication
status: {status}
original_effective_date: {effective}
last_review_date: 2025-06-01
requests: {{initial: sample therapy is requested}}
---
"""

FACTS = """\
pain: {kind: yes-no, question: "Is there pain?", phrase: there is pain, negative: there is no pain}
swelling: {kind: yes-no, question: "Is there swelling?", phrase: there is swelling, negative: there is no swelling}
other-sign: {kind: yes-no, question: "Another sign?", phrase: there is another sign, negative: there is no other sign}
"""


@pytest.fixture
def written(write: Write) -> Write:
    """Parses a small policy from its body."""
    return write


@pytest.fixture(scope="session")
def write() -> Write:
    """Parses a small policy from its body."""

    def write(
        body: str,
        *,
        slug: str = "00099-sample-therapy",
        status: str = "draft",
        effective: str = "2025-06-01",
        history: tuple[HistoryRow, ...] = (),
    ) -> Policy:
        facts, found = read_facts(FACTS, "facts.yaml")
        assert not found
        text = FRONT.format(status=status, effective=effective) + body
        policy, _ = read_policy(text, "policy.md", slug, facts, history)
        assert policy is not None
        return policy

    return write
