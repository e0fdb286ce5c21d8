"""The register of issue codes."""

from __future__ import annotations

import difflib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, wraps
from importlib import import_module
from inspect import cleandoc
from typing import Concatenate, ParamSpec

import cdispec.issues
from cdispec.source import Issue, Place, Severity

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class IssueCode:
    """A kind of issue: its stable name, how grave it is, and its page of reference.

    `answerable` says that it may be true of a policy that is right, so that an interpretation can answer it.
    """

    name: str
    severity: Severity
    page: str
    answerable: bool = False


LONGEST_MESSAGE = 1000
MANY = 200

CODES: dict[str, IssueCode] = {}


def issue(
    severity: Severity = Severity.ERROR, answerable: bool = False
) -> Callable[[Callable[P, tuple[str, str]]], Callable[Concatenate[Place, P], Issue]]:
    """Register the decorated function as an issue code."""

    def register(wording: Callable[P, tuple[str, str]]) -> Callable[Concatenate[Place, P], Issue]:
        name = wording.__name__.replace("_", "-")
        CODES[name] = IssueCode(name, severity, cleandoc(wording.__doc__ or ""), answerable)

        @wraps(wording)
        def make(place: Place, /, *args: P.args, **kwargs: P.kwargs) -> Issue:
            message, hint = wording(*args, **kwargs)
            return Issue(name, severity, place, _cut(message), _cut(hint))

        return make

    return register


def is_answerable(code: str) -> bool:
    """Whether an interpretation can answer issues of this code, as it answers for words."""
    return code in CODES and CODES[code].answerable


def codes_by_subject() -> list[tuple[str, list[IssueCode]]]:
    """The subjects of issues, each with its codes in their order."""
    found = []
    for name in sorted(module.name for module in pkgutil.iter_modules(cdispec.issues.__path__)):
        module = import_module(f"cdispec.issues.{name}")
        codes = [CODES[code] for code in (name.replace("_", "-") for name in vars(module)) if code in CODES]
        if codes:
            found.append(((module.__doc__ or "").splitlines()[0].rstrip("."), codes))
    return found


def _cut(text: str) -> str:
    """A message, cut where an author's text makes it longer than anyone reads."""
    return text if len(text) <= LONGEST_MESSAGE else text[: LONGEST_MESSAGE - 1] + "…"


def nearest(word: str, candidates: Iterable[str], most: int = 3) -> list[str]:
    """The candidates most like a word, best first."""
    spelled, holders = _indexed(tuple(candidates))
    likely = _likely(word.casefold(), holders) if len(spelled) > MANY else spelled
    own = _words(word.casefold())
    if turned := [spelled[lower] for lower in likely if _words(lower) != own and sorted(_words(lower)) == sorted(own)]:
        return turned[:most]
    return [spelled[match] for match in difflib.get_close_matches(word.casefold(), likely, most, 0.6)]


@lru_cache(maxsize=16)
def _indexed(candidates: tuple[str, ...]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Candidates by their lower-case spelling; of many, also these by every three letters in them."""
    spelled = {candidate.casefold(): candidate for candidate in candidates}
    holders: dict[str, list[str]] = {}
    for lower in spelled if len(spelled) > MANY else ():
        for part in _parts(lower):
            holders.setdefault(part, []).append(lower)
    return spelled, holders


def _words(text: str) -> list[str]:
    """Its words, which may be written in another order."""
    return text.replace("-", " ").split()


def _parts(word: str) -> set[str]:
    return {word[start : start + 3] for start in range(max(len(word) - 2, 1))}


def _likely(word: str, holders: dict[str, list[str]]) -> list[str]:
    """The few candidates that share the most letters with a word; what nearly all share tells nothing."""
    shared: Counter[str] = Counter()
    for found in sorted((holders.get(part, []) for part in _parts(word)), key=len):
        if shared and len(found) > MANY:
            break
        shared.update(found)
    return [candidate for candidate, _ in shared.most_common(50)]


def did_you_mean(word: str, candidates: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the near misses of a word; where there are none, the whole choice if it is short."""
    choice = list(candidates)
    if choice and len(choice) <= 12:
        otherwise = f"use one of {quoted(choice)}"
    return near_miss(word, choice, otherwise)


def quoted(names: Iterable[str]) -> str:
    """Names one after the other, each in the signs that set it off."""
    return ", ".join(f"`{name}`" for name in names)


def near_miss(word: str, candidates: Iterable[str], otherwise: str) -> str:
    """A hint that names the near misses of a word; `otherwise` where there are none."""
    return alternatives(nearest(word, candidates)) or otherwise


def alternatives(near: Iterable[str]) -> str:
    """A hint that one of these may have been meant; "" where there are none."""
    named = " or ".join(f"`{name}`" for name in near)
    return f"did you mean {named}?" if named else ""
