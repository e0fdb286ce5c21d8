"""Colour on a terminal, none in a pipe."""

from __future__ import annotations

import os
import textwrap
from dataclasses import dataclass
from typing import TextIO

WIDTH = 100
"""So wide are lines of text broken."""


@dataclass(frozen=True, slots=True)
class Style:
    """Paints text, or leaves it as it is."""

    colour: bool

    def bold(self, text: str) -> str:
        """Text that names something."""
        return self._paint("1", text)

    def red(self, text: str) -> str:
        """What is wrong or not met."""
        return self._paint("31", text)

    def yellow(self, text: str) -> str:
        """What is doubtful or unknown."""
        return self._paint("33", text)

    def green(self, text: str) -> str:
        """What is right or met."""
        return self._paint("32", text)

    def dim(self, text: str) -> str:
        """What stands behind the rest."""
        return self._paint("2", text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


def style_for(stream: TextIO) -> Style:
    """Colour when the stream is a terminal and NO_COLOR is not set (https://no-color.org)."""
    return Style(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


def wrapped(text: str, indent: int) -> list[str]:
    """The lines of a text, those after the first two further in."""
    lines = textwrap.wrap(text, WIDTH - indent - 2)
    return [f"{' ' * (indent if not n else indent + 2)}{line}" for n, line in enumerate(lines)]
