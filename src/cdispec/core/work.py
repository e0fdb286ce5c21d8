"""How much may still be done, counted in steps, which are the same on every machine however busy it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

SECOND = 2_000_000
"""The steps of a proof that take about a second on an ordinary machine."""


class TooMuchWorkError(Exception):
    """Something passed the limit of work: what it would say is not known."""


class Work:
    """The steps that are left to all that is asked together."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Count work; past the limit, stop."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchWorkError

    @contextmanager
    def part(self, steps: int) -> Iterator[None]:
        """Let what is done within take so many steps at most."""
        kept = max(self.left - steps, 0)
        self.left -= kept
        try:
            yield
        finally:
            self.left = max(self.left, 0) + kept
