"""The states of policies that may decide: found by the policy's number, and read when a request's date chooses one.

Which revision was in effect on a day rests on the names of the folders and on the chain of seals; these are read of
each revision. The files of a revision are read, and compared with its seal, when a case is to be decided by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path

from cdispec.check.history import misnamed
from cdispec.check.judgements import judge_policies, state_issues
from cdispec.library import PolicyFolder, read_working_states
from cdispec.library.policies import stated_numbers
from cdispec.library.revisions import Released, read_revision, released_of
from cdispec.model.periods import StatePeriod
from cdispec.model.policy import Policy
from cdispec.source import Issue, errors_of, has_errors

Report = Callable[[str, list[Issue]], None]
"""Called once with the number of a policy and the errors of a state of it that was to decide and cannot."""

Periods = tuple[StatePeriod, ...]


class DecidingStates(Mapping[str, Periods]):
    """For each policy the states that decide, oldest first: its revisions, or its working state where it has none.

    A policy is read when its number is asked for. With `working`, only working states decide.
    """

    def __init__(self, root: Path, report: Report, working: bool = False) -> None:
        self._root, self._report, self._working = root, report, working
        self._known: dict[str, Periods] = {}

    def __getitem__(self, number: str) -> Periods:
        if number not in self._known:
            self._known[number] = self._periods(number)
        if not self._known[number]:
            raise KeyError(number)
        return self._known[number]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def _numbers(self) -> dict[str, None]:
        return dict.fromkeys(stated_numbers(self._root).values())

    def _periods(self, number: str) -> Periods:
        library = read_working_states(self._root, number)
        own = [folder for folder in library.folders if self._number(folder) == number]
        judged = judge_policies(library)
        broken = (_undecided(errors_of(judged.issues), partial(self._report, number)),)
        if len(own) > 1:
            # Which of the policies of one number is meant cannot be said.
            return broken
        for folder in own:
            if not self._working and folder.released:
                return self._revisions(folder.slug, number)
            if folder.working:
                return broken if number in judged.broken else (StatePeriod.of(folder.working),)
        return ()

    def _number(self, folder: PolicyFolder) -> str:
        """The number of a policy; of one whose working document cannot be read that of its newest revision."""
        released = [] if folder.working or self._working else released_of(self._root, folder.slug)[0]
        newest = read_revision(self._root, folder.slug, released[-1].name)[0] if released else None
        return newest.number if newest else folder.number

    def _revisions(self, slug: str, number: str) -> Periods:
        released, issues = released_of(self._root, slug)
        if errors := errors_of(issues):
            return (_undecided(errors, partial(self._report, number)),)
        return tuple(self._period(slug, number, one) for one in released)

    def _period(self, slug: str, number: str, released: Released) -> StatePeriod:
        read = cache(partial(self._revision, slug, number, released.name))
        return StatePeriod(released.effective, read, released.published or released.effective)

    def _revision(self, slug: str, number: str, name: str) -> Policy | None:
        state, issues = sound_revision(self._root, slug, number, name)
        if state is None:
            self._report(number, issues)
        return state


def sound_revision(root: Path, slug: str, number: str, name: str) -> tuple[Policy | None, list[Issue]]:
    """A revision of the policy of a number, or None with the errors that keep it from deciding."""
    state, issues = read_revision(root, slug, name)
    if state is not None and not has_errors(issues):
        issues += [*misnamed(number, state), *errors_of(state_issues(state, read_whole=False))]
    return (None, issues) if has_errors(issues) else (state, [])


def _undecided(errors: list[Issue], report: Callable[[list[Issue]], None]) -> StatePeriod:
    """For all days of a policy of which no state can be trusted."""

    @cache
    def read() -> None:
        report(errors)

    return StatePeriod(date.min, read, date.min)
