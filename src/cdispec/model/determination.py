"""A determination: what a policy says of a case, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cdispec.logic import Truth
from cdispec.model.limits import Between, Days
from cdispec.model.outcomes import Outcome

OUT_OF_FORCE = "not in force on "
"""Begins the words of `Explanation.set_aside` for a criterion outside its dates."""


class Explanation(NamedTuple):
    """A criterion's truth in this case, with those of its parts; it mirrors the criteria.

    `text` is its printed words in plain text, or where it has none of its own (`printed` is false) what it asks.
    `asked` says in the policy's sentences what a comparison asks, `answered` what is reported, "" where nothing is.
    `guard` says that it is an exception to the criterion above it; `set_aside` why the criterion drops out of its list.
    """

    clause: str
    id: str
    text: str
    printed: bool
    truth: Truth
    asked: str
    answered: str
    guard: bool
    set_aside: str
    because: tuple[Explanation, ...]


class Way(NamedTuple):
    """The fewest facts of which some answers settle a case with an outcome."""

    outcome: Outcome
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portion:
    """How much of what is requested is granted and how much is not, in which unit.

    It is not under the clause among `clauses`; of several it is not known which, or it is under each. `left` is how
    much could be granted.
    """

    requested: Between
    granted: Between
    refused: Between
    unit: str
    clauses: tuple[str, ...]
    left: Between


@dataclass(frozen=True, slots=True)
class Granted:
    """What a clause grants, with its limits, which never change the outcome.

    `first` and `last` say from when until when; None where the clause does not. `restrictions` are the forms in which
    alone it is granted, each certainly or perhaps so. `portion` is how much is granted, where the clause limits that.
    `needed` are the facts that could tell more of these limits. `ended` says that no day is left: the last one surely
    lies before the first, or before the date of the request.
    """

    clause: str
    first: Days | None
    last: Days | None
    restrictions: tuple[tuple[str, Truth], ...]
    needed: tuple[str, ...]
    portion: Portion | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Determination:
    """Outcome, the labels of the clauses it rests on, and what is still needed.

    `alternatives` says that it rests on one or another of its `clauses`, by what is still unknown. While more
    information is needed, `clauses` are those still open. `needed` holds the facts of which some answer could still
    change the outcome; of those in `may_matter` it is not certain. `ways` gives the shortest way to each outcome that
    is possible, the granting one first, and `needed` starts with the first of them. `codes` gives for each code that
    the request names the label of the section that lists it, or None. `later` is what the first later revision says
    that would decide otherwise, or None. `granted` says what each of its clauses grants, where
    one of them states limits. `rows` names the rows of lists of which a field is needed, by their ids. `id` is the own
    name of the case, or "". `known_on` is the day up to which what was published counted, or "" where all of it did.
    `line` names the line of the request that is determined, "" where the case is no line. `open_lines` gives for each
    fact that is needed of other lines those that leave it open: they need more information first.
    """

    policy: str
    revision: str
    request: str
    date: str
    outcome: Outcome
    clauses: tuple[str, ...]
    alternatives: bool
    classifications: Mapping[str, Truth]
    needed: tuple[str, ...]
    may_matter: tuple[str, ...]
    ways: tuple[Way, ...]
    codes: Mapping[str, str | None]
    explanation: Explanation
    later: Later | None = None
    granted: tuple[Granted, ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    known_on: str = ""
    line: str = ""
    open_lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Later:
    """What the first later revision that would decide a case otherwise says of it.

    A revision that retires the policy decides nothing: it has no outcome.
    """

    revision: str
    outcome: Outcome | None
    clauses: tuple[str, ...]
    alternatives: bool
