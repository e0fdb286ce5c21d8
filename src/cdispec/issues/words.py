"""Words that several messages share."""

from __future__ import annotations

from decimal import Decimal


def seconds_words(seconds: float) -> str:
    """A limit of time as it is told: 10 s, 0.5 s."""
    return f"{Decimal(repr(seconds)):f}".removesuffix(".0") + " s"
