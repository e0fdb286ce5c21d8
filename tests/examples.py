"""How many examples a property is tried with: as many as its test says, and many times as many at night."""

from __future__ import annotations

from hypothesis import settings

USUAL, NIGHT = 100, 2000
"""The examples of a test that says nothing, by profile."""


def examples(count: int) -> settings:
    """So many examples, of every hundred that are tried of a test that says nothing."""
    return settings(max_examples=max(1, count * settings().max_examples // USUAL))
