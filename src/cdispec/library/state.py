"""A policy from the files of one of its states: the working state, or a released revision."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cdispec.issues.facts import shadowed_fact
from cdispec.issues.files import unknown_file
from cdispec.library.common import Common
from cdispec.library.files import names, read_words
from cdispec.library.sources import DOCUMENT, FACTS, HISTORY, REVISIONS
from cdispec.model.policy import Policy
from cdispec.model.records import Declared
from cdispec.parse.facts import read_facts
from cdispec.parse.history import History, read_history
from cdispec.parse.measures import worked
from cdispec.parse.policy import read_policy
from cdispec.source import Issue, Place, has_errors

_FILES = (DOCUMENT, FACTS, HISTORY, REVISIONS)

Texts = Mapping[str, str | None]
"""The files of a state by their names; None for one that is there and could not be read as text."""


def policy_of(texts: Texts, folder: str, slug: str, shared: Common | None = None) -> tuple[Policy | None, list[Issue]]:
    """The policy that the files of a folder state, with what it shares with others; None where they name none."""
    own, issues = declared_facts(texts, FACTS, folder)
    facts_damaged = has_errors(issues) or texts.get(FACTS, "") is None
    shared = shared or Common()
    common = shared.facts
    issues += [shadowed_fact(own[id].place, id, str(common[id].place)) for id in own if id in common]
    history = History()
    if (text := texts.get(HISTORY)) is not None:
        history, found = read_history(text, f"{folder}/{HISTORY}")
        issues += found
    document = texts.get(DOCUMENT)
    if document is None:
        return None, issues
    facts, of_measures = worked({**common, **own})
    policy, found = read_policy(document, f"{folder}/{DOCUMENT}", slug, facts, history.rows, shared.clauses)
    found += of_measures
    if policy is not None:
        policy = replace(policy, former=history.former)
    # A fact that could not be read is declared all the same.
    unsure = ("unknown-fact", "unknown-operand", "unknown-list") if facts_damaged else ()
    return policy, issues + [issue for issue in found if issue.code not in unsure]


def declared_facts(texts: Texts, name: str, folder: str) -> tuple[dict[str, Declared], list[Issue]]:
    """The facts and lists that a file of a state declares; none where it is not there."""
    text = texts.get(name)
    return ({}, []) if text is None else read_facts(text, f"{folder}/{name}")


def read_working(root: Path, slug: str, shared: Common) -> tuple[Policy | None, list[Issue]]:
    """The working state of the policy in a folder."""
    folder = f"policy/{slug}"
    texts: dict[str, str | None] = {}
    unknown = [name for name in names(root / folder) if name not in _FILES]
    issues = [unknown_file(Place(f"{folder}/{name}"), name, _FILES) for name in unknown]
    for name in (FACTS, HISTORY, DOCUMENT):
        if name == DOCUMENT or os.path.lexists(root / folder / name):
            texts[name], found = read_words(root, f"{folder}/{name}")
            issues += found
    policy, found = policy_of(texts, folder, slug, shared)
    return policy, issues + found
