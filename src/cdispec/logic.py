"""Kleene's strong three-valued logic (S. C. Kleene, Introduction to Metamathematics, 1952, section 64).

The numbers are chosen so that `&` is "and" and `|` is "or" on them, which the compiled form relies on.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """What is known of a statement. Unknown is never "no"."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 3

    @property
    def word(self) -> str:
        """The truth as the JSON contract and explanations spell it."""
        return self.name.lower()


def truth_of(value: bool) -> Truth:
    """The truth of something that is known."""
    return Truth.TRUE if value else Truth.FALSE


def negation(truth: Truth) -> Truth:
    """Not: unknown stays unknown."""
    match truth:
        case Truth.TRUE:
            return Truth.FALSE
        case Truth.FALSE:
            return Truth.TRUE
        case Truth.UNKNOWN:
            return Truth.UNKNOWN


def conjunction(truths: Iterable[Truth]) -> Truth:
    """All of: false as soon as one is false, true when every one is true."""
    return min(truths, default=Truth.TRUE)


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Any of: true as soon as one is true, false when every one is false."""
    return max(truths, default=Truth.FALSE)


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """At least `count` of: true once that many are, false once that many no longer can be."""
    known = list(truths)
    if sum(truth is Truth.TRUE for truth in known) >= count:
        return Truth.TRUE
    if sum(truth is not Truth.FALSE for truth in known) < count:
        return Truth.FALSE
    return Truth.UNKNOWN
