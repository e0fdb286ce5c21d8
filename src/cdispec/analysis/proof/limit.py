"""How long the solver may try, and what is said where that was too short. Nothing here needs the solver itself."""

from __future__ import annotations

from decimal import Decimal

LIMIT = 10.0
"""How many seconds a question is given where nothing else is said."""


class UndecidedError(Exception):
    """The solver did not answer a question within its limit of `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"not decided in {seconds_words(seconds)}")


def seconds_words(seconds: float) -> str:
    """A limit as it is told: 10 s, 0.5 s."""
    return f"{Decimal(repr(seconds)):f}".removesuffix(".0") + " s"
