"""What is meant by a word, number, date or answer that is written in another way than it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from cdispec.model.facts import as_day
from cdispec.model.phrases import month_number
from cdispec.parse.yamltree import Scalar, YamlNode
from cdispec.source import Fix, Issue

_NUMERIC = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
_NAMED = re.compile(r"(?:([A-Za-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}))|(?:(\d{1,2})\.? ([A-Za-z]+),? (\d{4}))")
_AMOUNT = re.compile(r"(?P<sign>[<>=\u2264\u2265]*)\s*(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<rest>.*)")
_YES, _NO = ("y", "yes", "true"), ("n", "no", "false")


def same_word(word: str, known: Iterable[str]) -> str:
    """The known word that differs in capitals, hyphens and spaces, or a plural alone; "" where none or several do."""
    alike, akin = _by_letters(tuple(known))
    found = alike.get(_bare(word)) or akin.get(_stem(word)) or set()
    return next(iter(found)) if len(found) == 1 else ""


@lru_cache(maxsize=16)
def _by_letters(known: tuple[str, ...]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Words by their letters, and by what a plural leaves of these."""
    alike: dict[str, set[str]] = {}
    akin: dict[str, set[str]] = {}
    for word in known:
        alike.setdefault(_bare(word), set()).add(word)
        akin.setdefault(_stem(word), set()).add(word)
    return alike, akin


def _bare(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.casefold())


def _stem(word: str) -> str:
    """A word without what a plural or a list adds: "any of" is "any"."""
    return _bare(word).removesuffix("of").removesuffix("s")


def meaning(issue: Issue, node: YamlNode, readings: Sequence[str]) -> Issue:
    """The issue of a value with what can be meant by it, and with the line as it should be where that is one thing.

    A number with a sign or a comma in it can hardly be another one, and yet it can.
    """
    if not readings or not isinstance(node, Scalar):
        return issue
    if len(readings) > 1:
        return replace(issue, hint=f"write {' or '.join(f'`{one}`' for one in readings)}, whichever is meant")
    certain = not re.search(r"[<>=\u2264\u2265]|,\d", node.text)
    return fixed(replace(issue, hint=f"write `{readings[0]}`"), node, readings[0], certain)


def fixed(issue: Issue, node: Scalar, new: str, certain: bool = True) -> Issue:
    """The issue with what is written instead of the value that it is of."""
    place, old = issue.place, f"{node.quote}{node.text}{node.quote}"
    return replace(issue, fix=Fix(place.line, place.column, old, new, certain))


def days_meant(text: str) -> list[str]:
    """The days that a date in another order, with other signs, or in words can be."""
    found = []
    if numeric := _NUMERIC.fullmatch(text.strip()):
        first, second, third = numeric.groups()
        if len(first) == 4:
            found = [(first, second, third)]
        elif len(third) == 4:
            found = [(third, first, second), (third, second, first)]
    elif named := _NAMED.fullmatch(text.strip()):
        month, day, year = (named[1], named[2], named[3]) if named[1] else (named[5], named[4], named[6])
        found = [(year, str(month_number(month)), day)]
    spelled = (f"{int(year):04}-{int(month):02}-{int(day):02}" for year, month, day in found)
    return list(dict.fromkeys(day for day in spelled if as_day(day)))


def number_meant(text: str, unit: str = "") -> list[str]:
    """The number that a number with its unit, a sign of comparison or a comma behind it is."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return []
    number, rest = found["number"].rstrip(","), found["rest"].rstrip(" .,;")
    units = {"%", "percent", unit.casefold()} if unit.casefold() in ("", "%", "percent") else {unit.casefold()}
    if rest and rest.casefold() not in units:
        return []
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", number):
        return [number.replace(",", "")]
    if re.fullmatch(r"-?\d+,\d+", number):
        return [number.replace(",", ".")]
    return [number] if "," not in number else []


def answer_meant(text: str) -> list[str]:
    """Yes or no, where it is written with a sign behind it or as a letter."""
    word = text.strip(" .,;!").casefold()
    return ["yes"] if word in _YES else ["no"] if word in _NO else []
