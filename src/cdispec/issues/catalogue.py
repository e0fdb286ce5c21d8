"""The register of issue codes."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from inspect import cleandoc
from typing import Concatenate, ParamSpec

from cdispec.source import Issue, Place, Severity

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of issue: its stable name, how grave it is, and its page of reference."""

    name: str
    severity: Severity
    page: str


CODES: dict[str, Code] = {}


def issue(
    severity: Severity = Severity.ERROR,
) -> Callable[[Callable[P, tuple[str, str]]], Callable[Concatenate[Place, P], Issue]]:
    """Register the decorated function as an issue code."""

    def register(wording: Callable[P, tuple[str, str]]) -> Callable[Concatenate[Place, P], Issue]:
        name = wording.__name__.replace("_", "-")
        CODES[name] = Code(name, severity, cleandoc(wording.__doc__ or ""))

        @wraps(wording)
        def make(place: Place, /, *args: P.args, **kwargs: P.kwargs) -> Issue:
            message, hint = wording(*args, **kwargs)
            return Issue(name, severity, place, message, hint)

        return make

    return register


def nearest(word: str, candidates: Iterable[str], most: int = 3) -> list[str]:
    """The candidates most like a word, best first."""
    spelled = {candidate.casefold(): candidate for candidate in candidates}
    return [spelled[match] for match in difflib.get_close_matches(word.casefold(), spelled, most, 0.6)]


def did_you_mean(word: str, candidates: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the near misses of a word; where there are none, the whole choice if it is short."""
    choice = list(candidates)
    near = nearest(word, choice)
    if near:
        return "did you mean " + " or ".join(f"`{name}`" for name in near) + "?"
    if choice and len(choice) <= 12:
        return "use one of " + ", ".join(f"`{name}`" for name in choice)
    return otherwise
