"""The policies of a library as they ask one another: each with what it asks of the others, brought in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cdispec.library.common import read_common
from cdispec.library.memory import Memory
from cdispec.library.revisions import read_revisions
from cdispec.library.sources import policy_slugs, stated_numbers
from cdispec.library.state import read_working
from cdispec.model.periods import unreplaced
from cdispec.model.policy import Policy
from cdispec.parse.asking import OtherPolicy, asks_elsewhere, linked
from cdispec.source import Issue, errors_of, has_errors

States = tuple[Policy | None, list[Issue], tuple[Policy, ...], list[Issue]]
"""The working state of a policy and its revisions, each with the issues of reading them."""


@dataclass(frozen=True, slots=True)
class Others:
    """Policies that are asked by others: `states` reads those of a number, `numbers` are those of all."""

    states: Callable[[str], OtherPolicy | None]
    numbers: Callable[[], Iterable[str]]
    memory: Memory

    def linked(self, policy: Policy | None) -> tuple[Policy | None, list[Issue]]:
        """A state with what it asks of others."""
        if policy is None or not asks_elsewhere(policy):
            return policy, []
        used: list[Policy] = []

        def known(number: str) -> OtherPolicy | None:
            other = self.states(number)
            used.extend(other.states if other else ())
            return other

        return self.memory.linked(policy, lambda: linked(policy, known, self.numbers), used)

    def all_linked(self, states: Iterable[Policy]) -> tuple[tuple[Policy, ...], list[Issue]]:
        """Revisions with what they ask of others, and every error in that; nobody edits a revision."""
        found, issues = list[Policy](), list[Issue]()
        for state in states:
            policy, more = self.linked(state)
            found += [] if policy is None else [policy]
            issues += errors_of(more)
        return tuple(found), issues


def others_among(read: Iterable[States], memory: Memory) -> Others:
    """The policies that were read, of which each may ask any other."""
    known: dict[str, OtherPolicy] = {}
    for states in read:
        newest = states[0] or (states[2][-1] if states[2] else None)
        if newest is not None:
            known.setdefault(newest.number, _deciding(states))
    return Others(known.get, lambda: known, memory)


def others_of(root: Path) -> Others:
    """The policies of a library, each read when it is asked."""
    known: dict[str, OtherPolicy | None] = {}

    def states(number: str) -> OtherPolicy | None:
        if number not in known:
            numbers = stated_numbers(root)
            slug = next((slug for slug, stated in numbers.items() if stated == number), None)
            known[number] = None if slug is None else _deciding(_read(root, slug))
        return known[number]

    return Others(states, lambda: stated_numbers(root).values(), Memory())


def broken_by(root: Path, slug: str, day: date) -> list[tuple[Policy, Issue]]:
    """The states of other policies that could not decide any more if a working state took effect on a day, and why."""
    read = {one: _read(root, one) for one in policy_slugs(root)}
    working, issues, revisions, damages = read[slug]
    if working is None or not any(asks_elsewhere(state) for states in read.values() for state in _all(states)):
        return []
    released = {**read, slug: (working, issues, (*revisions, replace(working, in_effect=day)), damages)}
    before, after = (others_among(states.values(), Memory()) for states in (read, released))
    found = []
    for other in (one for one in read if one != slug):
        for state in _all(read[other]):
            was, now = (errors_of(others.linked(state)[1]) for others in (before, after))
            found += [(state, issue) for issue in now if issue not in was]
    return found


def _all(states: States) -> list[Policy]:
    return [state for state in (states[0], *states[2]) if state is not None]


def _read(root: Path, slug: str) -> States:
    # What is wrong with what policies share is reported of the library.
    return *read_working(root, slug, read_common(root, [])), *read_revisions(root, slug)


def _deciding(states: States) -> OtherPolicy:
    """The states that decide: the revisions, or the working state where there are none."""
    working, issues, revisions, damages = states
    if revisions or damages:
        return OtherPolicy(unreplaced(revisions), bool(revisions) and not has_errors(damages))
    return OtherPolicy(() if working is None else (working,), working is not None and not has_errors(issues))
