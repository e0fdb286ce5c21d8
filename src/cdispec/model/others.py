"""What a policy asks of another one: whether a criterion of it is met, or what it says of a kind of request.

It is asked of the revision that is in effect on the day. What the other policy states is brought in when a state is
made from files: as criteria under ids of their own, which no document of the policy prints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cdispec.logic import Truth
from cdispec.model.criteria import AnyOf, Criterion, Period
from cdispec.source import Place

_REFERENCE = re.compile(r"(?P<number>[^/\s]+)/(?P<of>[^/\s]+)(?:/(?P<outcome>[^/]*\S))?")


IN_EFFECT = "As the revision has it that is in effect on the day"
"""What is asked of another policy, in words."""


@dataclass(frozen=True, slots=True)
class OtherReference:
    """A criterion of the policy of a number, or with `outcome` a kind of request that has it there."""

    number: str
    of: str
    outcome: str = ""

    def __str__(self) -> str:
        return "/".join(filter(None, (self.number, self.of, self.outcome)))


def other_reference(text: str) -> OtherReference | None:
    """What `meets:` names of another policy; None where it names something of its own."""
    found = _REFERENCE.fullmatch(text)
    return None if found is None else OtherReference(found["number"], found["of"], found["outcome"] or "")


@dataclass(frozen=True, slots=True)
class OtherState:
    """What is asked from a day on: a criterion, of the revision of that name.

    `since` is None for all earlier days, `revision` "" where no revision in effect states it.
    """

    since: date | None
    revision: str
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class OtherClause:
    """What a policy asks of another one, by the days on which each of its revisions is in effect, oldest first.

    `folders` are those of the states that it is read from.
    """

    reference: OtherReference
    label: str
    place: Place
    states: tuple[OtherState, ...]
    folders: tuple[str, ...]

    @property
    def clause(self) -> str:
        """The label of the clause in the other document; "" of an outcome, which may rest on several."""
        return "" if self.reference.outcome else self.label.partition(" of CDI ")[0]

    @property
    def criterion(self) -> Criterion:
        """Any of what its revisions state, each on its days: on every day one of them."""
        ends = [*(state.since for state in self.states[1:]), None]
        members = tuple(
            replace(state.criterion, valid=Period(state.since, None if end is None else end - timedelta(1)))
            for state, end in zip(self.states, ends, strict=True)
        )
        id, logic = str(self.reference), AnyOf(members, False)
        return Criterion(id, self.label, IN_EFFECT, (), logic, None, Period(), Truth.FALSE, self.place)

    def known_until(self, day: date) -> OtherClause:
        """The same without the revisions that took effect after a day."""
        known = tuple(state for state in self.states if state.since is None or state.since <= day)
        return replace(self, states=known)


Brought = Mapping[str, Criterion]
"""The criteria of other policies that one asks, by their ids."""
