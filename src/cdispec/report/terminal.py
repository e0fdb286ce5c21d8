"""Colour on a terminal, none in a pipe."""

from __future__ import annotations

import os
import textwrap
from dataclasses import dataclass
from functools import partialmethod
from typing import TextIO

WIDTH = 100
"""So wide are lines of text broken."""


@dataclass(frozen=True, slots=True)
class Style:
    """Paints text, or leaves it as it is."""

    colour: bool

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    bold = partialmethod(_paint, "1")
    """Text that names something."""

    dim = partialmethod(_paint, "2")
    """What stands behind the rest."""

    red = partialmethod(_paint, "31")
    """What is wrong or not met."""

    green = partialmethod(_paint, "32")
    """What is right or met."""

    yellow = partialmethod(_paint, "33")
    """What is doubtful or unknown."""


def style_for(stream: TextIO) -> Style:
    """Colour when the stream is a terminal and NO_COLOR is not set (https://no-color.org)."""
    return Style(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


def wrapped(text: str, indent: int) -> list[str]:
    """The lines of a text, those after the first two further in."""
    lines = textwrap.wrap(text, WIDTH - indent - 2)
    return [f"{' ' * (indent if not n else indent + 2)}{line}" for n, line in enumerate(lines)]
