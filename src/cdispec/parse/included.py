"""Clauses that several policies share, each what stands under one heading of every policy that includes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdispec.source import Issue


@dataclass(frozen=True, slots=True)
class Clause:
    """A shared clause: its file, and its Markdown with criteria; None where that cannot be read, as `issues` say."""

    path: str
    text: str | None
    issues: tuple[Issue, ...] = ()


Clauses = Mapping[str, Clause]
"""The shared clauses that a policy can include, by their ids."""
