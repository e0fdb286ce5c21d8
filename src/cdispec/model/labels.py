"""The labels of sections and of printed items, computed from where they stand: `I`, `II.a.iv`, `B.1.a(i)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Style(Enum):
    """How the numbers of one level are written, by the first of them. Some agencies put them in parentheses."""

    ROMAN_CAPITALS = "I"
    ROMAN = "i"
    CAPITALS = "A"
    LETTERS = "a"
    DIGITS = "1"
    ROMAN_CAPITALS_WITHIN = "(I)"
    ROMAN_WITHIN = "(i)"
    CAPITALS_WITHIN = "(A)"
    LETTERS_WITHIN = "(a)"
    DIGITS_WITHIN = "(1)"

    @property
    def within(self) -> bool:
        """Whether its numbers stand in parentheses."""
        return self.value.startswith("(")

    def number(self, n: int) -> str:
        """A number from 1."""
        written = _WRITTEN[self.value.strip("()")](n)
        return f"({written})" if self.within else written

    @property
    def pattern(self) -> str:
        """A regular expression of its numbers."""
        written = _PATTERNS[self.value.strip("()")]
        return rf"\({written}\)" if self.within else written


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a document numbers: a style for each level, and digits beyond the last.

    With `items`, printed items go on with the level below their section; else they are numbered 1, 2 at each depth.
    """

    styles: tuple[Style, ...]
    items: bool = True

    def heading(self, depth: int) -> Style:
        """The style of sections that stand below so many labelled ones."""
        return self.styles[depth] if depth < len(self.styles) else Style.DIGITS

    def item(self, depth: int) -> Style:
        """The style of items that stand below so many labels."""
        return self.heading(depth) if self.items else Style.DIGITS

    @property
    def pattern(self) -> str:
        """A regular expression of the labels that have two or more numbers; "section" may stand before one of one."""
        first, *below = self.styles
        if not self.items:
            deeper = "|".join(dict.fromkeys(style.pattern for style in (*below, Style.DIGITS)))
            return rf"{first.pattern}(?:\.(?:{deeper}))+"
        inner = r"(?:\.\d+)*"
        for style in reversed(below[1:]):
            inner = rf"(?:{_joint(style)}{style.pattern}{inner})?"
        second = below[0] if below else Style.DIGITS
        return rf"{first.pattern}{_joint(second)}{second.pattern}{inner}"


USUAL = Scheme((Style.ROMAN_CAPITALS, Style.LETTERS, Style.ROMAN, Style.DIGITS, Style.LETTERS), items=False)
"""That of a document that says nothing of its labels."""


@dataclass(slots=True)
class Numbering:
    """Hands out the labels below one section or item.

    `label` is that by which it is cited, `number` what is printed of it; a section without a number is cited by its
    title and numbers its items for itself, and the sections in it as if it were not there, below `base`. What has the
    same style below one label is counted together, so that no two have one label.
    """

    scheme: Scheme
    label: str = ""
    number: str = ""
    base: str = ""
    depth: int = 0
    _sections: Counter[Style] = field(default_factory=Counter)
    _items: Counter[Style] = field(default_factory=Counter)

    def section(self) -> Numbering:
        """The numbering within the next labelled section."""
        return self._next(self.scheme.heading(self.depth), self._sections, self.base)

    def untitled(self, title: str) -> Numbering:
        """The numbering within a section that has no number of its own."""
        return Numbering(self.scheme, title, "", self.base, self.depth, self._sections)

    def item(self) -> Numbering:
        """The numbering below the next printed item."""
        return self._next(self.scheme.item(self.depth), self._items, self.label)

    def _next(self, style: Style, counts: Counter[Style], above: str) -> Numbering:
        counts[style] += 1
        number = style.number(counts[style])
        if self.label != self.base and above == self.label:
            label = f"{above} {number}"
        else:
            label = f"{above}{_after(above, style)}{number}"
        below: Counter[Style] = Counter()
        return Numbering(self.scheme, label, number, label, self.depth + 1, below, below)


def document_numbering(scheme: Scheme) -> Numbering:
    """The numbering of a whole document."""
    counts: Counter[Style] = Counter()
    return Numbering(scheme, _sections=counts, _items=counts)


def anchor_of(label: str) -> str:
    """A label as the address of a place on a page: `B.1.a.i` for `B.1.a(i)`."""
    return re.sub(r"[^\w-]+", ".", label).strip(".")


def _after(above: str, style: Style) -> str:
    return "" if style.within or not above else "."


def _joint(style: Style) -> str:
    return "" if style.within else r"\."


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


_WRITTEN: dict[str, Callable[[int], str]] = {
    "I": lambda n: roman(n).upper(),
    "i": roman,
    "A": lambda n: letters(n).upper(),
    "a": letters,
    "1": str,
}
_PATTERNS = {"I": "[IVXL]+", "i": "[ivxl]+", "A": "[A-Z]{1,2}", "a": "[a-z]{1,2}", "1": r"\d+"}
