"""The labels of sections, computed from where they stand: `I`, `II.a`, `II.a.iv`."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def section_label(parent: str, level: int, number: int) -> str:
    """The label of the n-th section of a level (2, 3 or 4, as the heading's `#` count) below a parent's label."""
    own = {2: roman(number).upper(), 3: letters(number), 4: roman(number)}[level]
    return f"{parent}.{own}" if parent else own


def roman(number: int) -> str:
    """A number from 1 in small roman numerals."""
    text = ""
    for value, sign in (*_ROMAN, *_ROMAN_SMALL):
        text += sign * (number // value)
        number %= value
    return text


def letters(number: int) -> str:
    """A number from 1 in letters: a to z, then aa, ab."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
