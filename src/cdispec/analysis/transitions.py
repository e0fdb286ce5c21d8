"""Real cases held against two states of a policy: which of them are decided otherwise, and how many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from cdispec.determine.compiled import Compiled
from cdispec.determine.compiled.door import Checked
from cdispec.determine.reading import as_read_by
from cdispec.model.policy import Outcome


class Transition(NamedTuple):
    """The outcome before and after; None where that state decides no such request, or is retired."""

    before: Outcome | None
    after: Outcome | None

    @property
    def changes(self) -> bool:
        """Whether the case is decided otherwise."""
        return self.before is not self.after


@dataclass(slots=True)
class Transitions:
    """What became of cases, read one by one: how many of each transition, and where those that change stand."""

    before: Compiled
    after: Compiled
    counts: Counter[Transition] = field(default_factory=Counter)
    changed: dict[Transition, list[str]] = field(default_factory=dict)

    def check(self, raw: object) -> Checked | None:
        """A case of JSON as the state before reads it, else as the one after does; None where neither can."""
        return self.before.check(raw) or self.after.check(raw)

    def add(self, case: Checked, place: str) -> None:
        """Decide a case that stands at a place by both states; each is asked it as it reads it."""
        transition = Transition(_outcome(self.before, case), _outcome(self.after, case))
        self.counts[transition] += 1
        if transition.changes:
            self.changed.setdefault(transition, []).append(place)


def _outcome(state: Compiled, case: Checked) -> Outcome | None:
    if state.policy.retired:
        return None
    if case.policy is not state.policy:
        read = as_read_by(case.case(), case.policy, state.policy)
        if read is None:
            return None
        case = state.checked(read)
    return state.decide(case).outcome
