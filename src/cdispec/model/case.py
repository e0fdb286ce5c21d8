"""A case: one Veteran's request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from cdispec.model.facts import Value

Date = date
"""The name by which a case, of which one field is its date, has a further one."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one request. An absent fact is unknown, never "no".

    `complete` says that the record holds all there is: what it does not show is then not met. `codes` are the CPT/HCPCS
    codes the request names. `id` is its own name, "" where it has none: it is repeated with what is said of the case.
    With `known_on` only what was published up to that day counts.
    """

    policy: str
    request: str
    date: date
    facts: Mapping[str, Value]
    complete: bool = False
    codes: tuple[str, ...] = ()
    id: str = ""
    known_on: Date | None = None

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

    def opened(self) -> StatedCase:
        """The same case with an open record."""


def with_answers(case: StatedCase, policy: str, facts: Mapping[str, Value]) -> Case:
    """A case, however it is held, as one of a policy with these answers; all else is as it was."""
    return Case(policy, case.request, case.date, facts, case.complete, case.codes, case.id)
