"""What a policy asks of another one: whether a criterion of it is met, or what it says of a kind of request.

It is asked of the revision that is in effect on the day. What the other policy states is brought in when a state is
made from files: as criteria under ids of their own, which no document of the policy prints.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cdispec.logic import Truth
from cdispec.model.criteria import AllOf, AnyOf, Bound, Comparison, Criterion, Period, Range
from cdispec.source import Place

_REFERENCE = re.compile(r"(?P<number>[^/\s]+)/(?P<of>[^/\s]+)(?:/(?P<outcome>[^/]*\S))?")


IN_EFFECT = "As the revision has it that is in effect on the day"
"""What is asked of another policy, in words."""


@dataclass(frozen=True, slots=True)
class OtherReference:
    """A criterion of the policy of a number, or with `outcome` a kind of request that has it there.

    `as_of` is the date fact on whose day it is asked, "" for the date of the request.
    """

    number: str
    of: str
    outcome: str = ""
    as_of: str = ""

    def __str__(self) -> str:
        day = f" as of {self.as_of}" if self.as_of else ""
        return "/".join(filter(None, (self.number, self.of, self.outcome))) + day


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

    `named` is what the other policy is called, `clause` the label of what is asked in its document, "" of an outcome,
    which may rest on several, and `label` both. `folders` are those of the states that it is read from.
    """

    reference: OtherReference
    named: str
    clause: str
    label: str
    place: Place
    states: tuple[OtherState, ...]
    folders: tuple[str, ...]

    @property
    def criterion(self) -> Criterion:
        """Any of what its revisions state, each on its days: on every day one of them."""
        ends = [*(state.since for state in self.states[1:]), None]
        members = tuple(
            on_days(state.criterion, self.reference.as_of, state.since, end)
            for state, end in zip(self.states, ends, strict=True)
        )
        id, logic = str(self.reference), AnyOf(members, False)
        return Criterion(id, self.label, IN_EFFECT, (), logic, None, Period(), Truth.FALSE, self.place)

    def known_until(self, day: date) -> OtherClause:
        """The same without the revisions that took effect after a day."""
        known = tuple(state for state in self.states if state.since is None or state.since <= day)
        return replace(self, states=known)


def on_days(criterion: Criterion, as_of: str, since: date | None, end: date | None) -> Criterion:
    """A criterion from a day on and before another one: of the request, or of the fact as of whose day it is asked."""
    valid = Period(since, None if end is None else end - timedelta(1))
    if not as_of or valid == Period():
        return replace(criterion, valid=valid)
    plain = Criterion(
        f"{criterion.id} when", criterion.label, None, (), criterion.logic, None, Period(), Truth.TRUE, criterion.place
    )
    inner = replace(criterion, text=None, set_aside=Truth.TRUE)
    logic = AllOf((between(plain, as_of, valid), inner))
    return replace(plain, id=f"{criterion.id} then", text=criterion.text, logic=logic, set_aside=Truth.FALSE)


def between(criterion: Criterion, fact: str, valid: Period) -> Criterion:
    """A criterion that asks instead whether the day of a fact lies in a period."""
    low, high = (None if edge is None else Bound(edge, True) for edge in (valid.start, valid.end))
    return replace(criterion, logic=Comparison(fact, Range(low, high)))
