"""Reading a library again and again: only what has changed is read anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from cdispec.library.common import Common
from cdispec.library.revisions import read_revisions
from cdispec.library.sources import REVISIONS
from cdispec.library.state import read_working
from cdispec.model.policy import Policy
from cdispec.scenario.feature import Feature, read_feature
from cdispec.source import Issue

_Read = TypeVar("_Read")
_Known = dict[str, tuple[str, _Read]]


class Memory:
    """Remembers what it reads between `expect` and `keep`, where the files were the same at both.

    What was found of a state is remembered as long as that state is.
    """

    def __init__(self) -> None:
        self._digests: dict[str, str] = {}
        self._policies: _Known[tuple[Policy | None, list[Issue]]] = {}
        self._revisions: _Known[tuple[tuple[Policy, ...], list[Issue]]] = {}
        self._features: _Known[tuple[Feature, list[Issue]]] = {}
        self._found: dict[str, tuple[Policy, list[Issue]]] = {}
        self._linked: dict[str, tuple[Policy, list[Policy], tuple[Policy, list[Issue]]]] = {}

    def expect(self, states: Mapping[str, str]) -> None:
        """What is there to be read: the digests of the states of policies."""
        self._digests = _by_reading(states)

    def keep(self, states: Mapping[str, str]) -> None:
        """What is there now that it was read: what was saved meanwhile may be read as neither the one nor the other."""
        after = _by_reading(states)
        for known in (self._policies, self._revisions):
            for folder in [folder for folder, (digest, _) in known.items() if after.get(folder, "") != digest]:
                del known[folder]

    def working(self, root: Path, slug: str, shared: Common) -> tuple[Policy | None, list[Issue]]:
        """The working state, with its issues."""
        folder = f"policy/{slug}"
        policy, issues = self._remembered(self._policies, folder, partial(read_working, root, slug, shared))
        return policy, [*issues]

    def revisions(self, root: Path, slug: str) -> tuple[tuple[Policy, ...], list[Issue]]:
        """The released revisions, with theirs."""
        folder = f"policy/{slug}/{REVISIONS}"
        revisions, issues = self._remembered(self._revisions, folder, partial(read_revisions, root, slug))
        return revisions, [*issues]

    def linked(
        self, state: Policy, link: Callable[[], tuple[Policy, list[Issue]]], used: list[Policy]
    ) -> tuple[Policy, list[Issue]]:
        """A state with what it asks of others: made again only where it or one that it used was read again.

        `used` are those that linking it has used, when that is done.
        """
        known = self._linked.get(state.path)
        made = link()
        if known is not None and known[0] is state and [*map(id, known[1])] == [*map(id, used)]:
            made = known[2]
        self._linked[state.path] = state, [*used], made
        return made[0], [*made[1]]

    def feature(self, text: str, path: str) -> tuple[Feature, list[Issue]]:
        """A feature, with its issues."""
        if path not in self._features or self._features[path][0] != text:
            self._features[path] = text, read_feature(text, path)
        feature, issues = self._features[path][1]
        return feature, [*issues]

    def found(self, state: Policy, judge: Callable[[Policy], list[Issue]]) -> list[Issue]:
        """What is wrong with a state: judged again only where it was read again."""
        if state.path not in self._found or self._found[state.path][0] is not state:
            self._found[state.path] = state, judge(state)
        return [*self._found[state.path][1]]

    def _remembered(self, known: _Known[_Read], folder: str, read: Callable[[], _Read]) -> _Read:
        digest = self._digests.get(folder, "")
        if folder not in known or known[folder][0] != digest:
            known[folder] = digest, read()
        return known[folder][1]


def _by_reading(states: Mapping[str, str]) -> dict[str, str]:
    """The digests of what is read at once: a working state, and all released revisions of a policy."""
    found: dict[str, str] = {}
    for folder, digest in states.items():
        above, _, name = folder.rpartition("/")
        if above.endswith(f"/{REVISIONS}"):
            found[above] = f"{found.get(above, '')}{name}:{digest};"
        else:
            found[folder] = digest
    return found
