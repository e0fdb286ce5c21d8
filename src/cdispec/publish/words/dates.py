"""Dates as documents print them."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(day: date) -> str:
    """A date in a text: June 1, 2025."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_date(date: str) -> str:
    """A day or a month of the history (2026-01-15, 2026-01) as its table prints it: 01/15/2026, 01/2026."""
    year, month, *day = date.split("-")
    return "/".join([month, *day, year])
