"""A case: one Veteran's request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from cdispec.model.facts import Value


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one request. An absent fact is unknown, never "no".

    `complete` says that the record holds all there is: what it does not show is then not met. `codes` are the CPT/HCPCS
    codes the request names. `id` is its own name, "" where it has none: it is repeated with what is said of the case.
    """

    policy: str
    request: str
    date: date
    facts: Mapping[str, Value]
    complete: bool = False
    codes: tuple[str, ...] = ()
    id: str = ""

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
