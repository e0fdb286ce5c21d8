"""A case: one Veteran's request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cdispec.model.facts import Value


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one request. An absent fact is unknown, never "no".

    `complete` says that the record holds all there is: what is absent is not documented, so that a
    comparison on it is false. `codes` are the CPT/HCPCS codes the request names.
    """

    policy: str
    request: str
    date: date
    facts: Mapping[str, Value]
    complete: bool = False
    codes: tuple[str, ...] = ()
