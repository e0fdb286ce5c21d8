"""A state of a policy by its name, for whatever is asked about one: the day of a revision, or `working`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cdispec.analysis.difference import Difference
from cdispec.analysis.proof.limit import LIMIT
from cdispec.check.deciding import sound_revision
from cdispec.check.judgements import judge_policies
from cdispec.issues.catalogue import did_you_mean
from cdispec.library import PolicyLibrary, read_working_states
from cdispec.library.revisions import last_released, released_of
from cdispec.library.sources import stated_numbers
from cdispec.model.facts import as_day
from cdispec.model.policy import WORKING, Policy
from cdispec.source import Issue, Refused, errors_of


class PolicyStates:
    """The states of the policy of a number, each read when it is asked for. What cannot be given is refused."""

    def __init__(self, root: Path, number: str) -> None:
        self._root = root
        self._judged = judge_policies(read_working_states(root, number))
        policy = self._judged.library.policies.get(number)
        if policy is None:
            unread = errors_of(self._judged.issues) if self._judged.library.folders else []
            raise Refused(root=root, issues=unread) if unread else no_policy(root, number)
        self.policy = policy

    def names(self) -> list[str]:
        """The names of its revisions, oldest first."""
        released, issues = released_of(self._root, self.policy.slug)
        self._require_none(issues)
        return [one.name for one in released]

    def newest(self) -> str:
        """The name of the revision that was released last."""
        self._require_none(released_of(self._root, self.policy.slug)[1])
        newest = last_released(self._root, self.policy.slug)
        if not newest:
            message = f"{self.policy.named} has no revision to compare with"
            raise Refused(message, "publish one with `cdispec release`")
        return newest

    def named(self, name: str) -> Policy:
        """The state of a name, which can decide."""
        if name == WORKING:
            self._require_none(self._judged.issues if self.policy.number in self._judged.broken else [])
            return self.policy
        known = self.names()
        if name not in known:
            raise Refused(f"{self.policy.named} has no revision `{name}`", _hint(name, known))
        state, issues = sound_revision(self._root, self.policy.slug, self.policy.number, name)
        if state is None:
            raise Refused(root=self._root, issues=issues)
        return state

    def as_of(self, day: date) -> Policy:
        """The state that decides requests of a day: the revision in effect, or the working state where it has none."""
        released, issues = released_of(self._root, self.policy.slug)
        self._require_none(issues)
        first = released[0].effective if released else self.policy.since
        if day < first:
            raise Refused(f"on {day} {self.policy.named} was not in effect", f"choose a day from {first} on")
        return self.named(([one.name for one in released if one.effective <= day] or [WORKING])[-1])

    def diff(self, before: str | None = None, after: str | None = None, limit: float = LIMIT) -> Difference:
        """One state compared with another, by their names: its newest revision and its working state by default."""
        return Difference(self.named(before or self.newest()), self.named(after or WORKING), limit)

    def _require_none(self, issues: list[Issue]) -> None:
        if errors := errors_of(issues):
            raise Refused(root=self._root, issues=errors)

    @property
    def working(self) -> Policy:
        """The state that its author works on."""
        return self.named(WORKING)

    @property
    def revisions(self) -> tuple[Policy, ...]:
        """Its revisions, oldest first, beside a history that can be read."""
        path = self.policy.history_path
        self._require_none([issue for issue in self._judged.issues if issue.place.path == path])
        return tuple(self.named(name) for name in self.names())


def no_policy(root: Path, number: str) -> Refused:
    """That a library has no policy of a number, with the numbers that are like it."""
    return Refused(f"there is no policy `{number}`", did_you_mean(number, dict.fromkeys(stated_numbers(root).values())))


def _hint(name: str, known: list[str]) -> str:
    """What to write instead: of a day, the revision that was in effect on it."""
    earlier = [day for day in known if day <= name] if as_day(name) else []
    if earlier:
        return f"on {name} the revision {earlier[-1]} is in effect"
    return did_you_mean(name, [*known, WORKING])


def only_of(library: PolicyLibrary, number: str | None, issues: list[Issue]) -> list[Issue]:
    """The issues that concern the policy of a number, its scenarios and what it shares; all where none is named."""
    if number is None:
        return issues
    own = {folder.slug for folder in library.folders if folder.number == number}
    if not own:
        raise no_policy(library.root, number)
    others = {folder.slug for folder in library.folders} - own
    return [issue for issue in issues if not others & set(issue.place.path.split("/")[1:2])]
