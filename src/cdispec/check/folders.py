"""Checks of the folders of policies: their names, and that each number has one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdispec.issues.others import unused_shared_clause
from cdispec.issues.policies import duplicate_policy, folder_name, unfit_folder
from cdispec.library import PolicyLibrary
from cdispec.library.policies import damaged
from cdispec.library.sources import named_after
from cdispec.model.policy import Policy
from cdispec.source import Issue, Place

FOLDER_NAME = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")
"""The name of a policy's folder, and the number with which it begins."""


def misnamed_folders(policy: Policy) -> Iterator[Issue]:
    """A folder that is not named after the number of its policy, by which the policy is found."""
    if policy.number and not named_after(policy.slug, policy.number):
        yield folder_name(policy.head_place("number"), policy.number, policy.slug)


def unfit_folders(library: PolicyLibrary) -> Iterator[Issue]:
    """Folders whose names cannot be part of an address, or are one name where capitals do not count."""
    first: dict[str, str] = {}
    for slug in (folder.slug for folder in library.folders):
        place, like = Place(f"policy/{slug}"), first.setdefault(slug.casefold(), slug)
        if not FOLDER_NAME.fullmatch(slug):
            yield unfit_folder(place, slug)
        elif like != slug:
            yield unfit_folder(place, slug, like)


def duplicate_numbers(library: PolicyLibrary) -> Iterator[Issue]:
    """Policies whose number another one has."""
    first: dict[str, str] = {}
    for folder in library.folders:
        if folder.newest is None or not folder.number:
            continue
        if folder.number in first:
            place = folder.newest.head_place("number")
            yield duplicate_policy(place, folder.number, first[folder.number])
        first.setdefault(folder.number, folder.slug)


def unused_clauses(library: PolicyLibrary) -> Iterator[Issue]:
    """Shared clauses that no working state includes, where all of these could be read."""
    used = {id for folder in library.folders if folder.working for id in folder.working.included}
    read = not any(folder.working is None or damaged(folder.issues) for folder in library.folders)
    for id, path in library.clauses.items():
        if read and id not in used:
            yield unused_shared_clause(Place(path), id)


def places_asked(library: PolicyLibrary) -> set[Place]:
    """Where working states have what other policies ask: that is reached, though nothing of its own refers to it."""
    states = [state for folder in library.folders for state in (folder.working, *folder.revisions) if state]
    asked = {(one.reference.number, one.reference.of) for state in states for one in state.others}
    found = (library.policies[number].criteria.get(of) for number, of in asked if number in library.policies)
    return {criterion.place for criterion in found if criterion is not None}
