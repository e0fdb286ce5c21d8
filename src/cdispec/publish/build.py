"""The documents of a policy library: a pure function of its policies and the recipe."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from cdispec.determine.explain import plain
from cdispec.model.policy import Policy, printed
from cdispec.publish.data import compiled
from cdispec.publish.outline import outline
from cdispec.publish.recipe import DATA, Recipe
from cdispec.publish.words import HtmlWords, MarkdownWords, Words


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy in the index of the library: its current revision, and those before it, newest first."""

    current: Policy
    former: tuple[Policy, ...]


def documents(policies: Sequence[Policy], recipe: Recipe) -> dict[str, bytes]:
    """Every document, by its path below `docs/`; the same policies give the same bytes."""
    made: dict[str, bytes] = {}
    for policy in policies:
        folder = folder_of(policy)
        for name, template in recipe.policy.items():
            made[f"{folder}/{name}"] = recipe.render(template, _context(policy, template))
        data = json.dumps(compiled(policy), indent=2, ensure_ascii=False)
        made[f"{folder}/{DATA}"] = f"{data}\n".encode()
    for name, template in recipe.library.items():
        made[name] = recipe.render(template, {"entries": _entries(policies), "folder_of": folder_of})
    return made


def folder_of(policy: Policy) -> str:
    """Where the documents of a revision stand below `docs/`."""
    return f"cdi/{policy.slug}/{policy.revision}"


def _context(policy: Policy, template: str) -> dict[str, object]:
    """What the template of a policy's document can print."""
    words: Words = HtmlWords(policy) if template.endswith(".html") else MarkdownWords(policy)
    return {
        "policy": policy,
        "outline": outline(policy),
        "words": words,
        "plain": lambda text: plain(printed(policy, text)),
    }


def _entries(policies: Sequence[Policy]) -> list[Entry]:
    revisions: dict[str, list[Policy]] = {}
    for policy in sorted(policies, key=lambda policy: policy.effective, reverse=True):
        revisions.setdefault(policy.slug, []).append(policy)
    return [Entry(newest, tuple(former)) for _, (newest, *former) in sorted(revisions.items())]
