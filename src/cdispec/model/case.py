"""A case: one Veteran's request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from cdispec.model.facts import Value

MOST_LINES = 64
"""The most lines of a request that are decided together."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a request: its name among them, the kind of request it makes, and all that is known of it."""

    name: str
    request: str
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a request, of which a case is the one named `own`; `whole` says that there are no others."""

    own: str
    all: tuple[Line, ...]
    whole: bool


Date = date
"""The name by which a case, of which one field is its date, has a further one."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one request. An absent fact is unknown, never "no".

    `complete` says that the record holds all there is: what it does not show is then not met. `codes` are the CPT/HCPCS
    codes the request names. `id` is its own name, "" where it has none: it is repeated with what is said of the case.
    With `known_on` only what was published up to that day counts. `lines` are those of the request where the case is
    one of several; None where nothing is known of others.
    """

    policy: str
    request: str
    date: date
    facts: Mapping[str, Value]
    complete: bool = False
    codes: tuple[str, ...] = ()
    id: str = ""
    known_on: Date | None = None
    lines: Lines | None = None

    def opened(self) -> Case:
        """The same case with an open record."""
        return replace(self, complete=False)


class StatedCase(Protocol):
    """A case, however it is held."""

    @property
    def request(self) -> str: ...
    @property
    def date(self) -> date: ...
    @property
    def facts(self) -> Mapping[str, Value]: ...
    @property
    def complete(self) -> bool: ...
    @property
    def codes(self) -> tuple[str, ...]: ...
    @property
    def id(self) -> str: ...
    @property
    def lines(self) -> Lines | None: ...

    def opened(self) -> StatedCase:
        """The same case with an open record."""


def with_answers(case: StatedCase, policy: str, facts: Mapping[str, Value]) -> Case:
    """A case, however it is held, as one of a policy with these answers, which say all that is known of other lines."""
    return Case(policy, case.request, case.date, facts, case.complete, case.codes, case.id)
