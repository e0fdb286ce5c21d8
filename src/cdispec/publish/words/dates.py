"""Dates as the tables of documents print them."""

from __future__ import annotations


def short_date(date: str) -> str:
    """A day or a month of the history (2026-01-15, 2026-01) as its table prints it: 01/15/2026, 01/2026."""
    year, month, *day = date.split("-")
    return "/".join([month, *day, year])
