"""The amounts that words claim: numbers with how they compare and what they count, and dates.

Each kind of phrase is a row of a table. A phrase that no row has claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from cdispec.analysis.wording.english import ONES, TENS, any_of, words_of
from cdispec.model.facts import Amount


class Relation(StrEnum):
    """How something compares with an amount."""

    AT_LEAST = "at least"
    MORE = "more than"
    AT_MOST = "at most"
    LESS = "less than"
    EQUAL = "exactly"

    @property
    def denied(self) -> Relation:
        """How it compares where it does not compare so; of what is not equal nothing is known."""
        return _DENIED[self]


_DENIED = {
    Relation.AT_LEAST: Relation.LESS,
    Relation.LESS: Relation.AT_LEAST,
    Relation.MORE: Relation.AT_MOST,
    Relation.AT_MOST: Relation.MORE,
    Relation.EQUAL: Relation.EQUAL,
}

_BEFORE = {
    Relation.AT_LEAST: (
        "at least",
        "a minimum of",
        "minimum of",
        "at a minimum",
        "greater than or equal to",
        "more than or equal to",
        "equal to or greater than",
        "equal or greater than",
        "≥",
        "> =",
        "from the age of",
    ),
    Relation.MORE: (
        *("more than", "greater than", "over", "above", "older than", "longer than", "exceeding", "exceeds"),
        *("in excess of", "higher than", "beyond", ">"),
    ),
    Relation.AT_MOST: (
        "at most",
        "up to",
        "a maximum of",
        "maximum of",
        "less than or equal to",
        "equal to or less than",
        "≤",
        "< =",
        "within",
        "within the last",
        "within the past",
        "within the previous",
        "within the prior",
        "in the last",
        "in the past",
        "in the previous",
        "in the preceding",
        "during the last",
        "during the past",
        "during the previous",
        "limited to",
        "no later than",
    ),
    Relation.LESS: ("less than", "fewer than", "under", "below", "younger than", "shorter than", "lower than", "<"),
    Relation.EQUAL: ("exactly", "equal to", "precisely"),
}
"""Phrases before a number; "not" or "no" in front of one denies it, as in "no more than"."""

_AFTER = {
    Relation.AT_LEAST: (
        *("or older", "or more", "or greater", "or over", "or above", "or higher", "or longer", "or later"),
        *("or better", "or worse", "and older", "and over", "and above", "and up", "and higher"),
    ),
    Relation.AT_MOST: (
        *("or younger", "or less", "or fewer", "or under", "or below", "or lower", "or shorter", "or earlier"),
        *("and younger", "and under", "and below", "and lower"),
    ),
}
"""Phrases after a number and its unit."""

_NUMBERS = {**ONES, **TENS}

_UNITS = {
    ("day", 1): ("day", "days"),
    ("day", 7): ("week", "weeks", "wk", "wks"),
    ("month", 1): ("month", "months", "mo", "mos"),
    ("month", 12): ("year", "years", "yr", "yrs", "annum"),
    ("minute", 1): ("minute", "minutes", "min", "mins"),
    ("minute", 60): ("hour", "hours", "hr", "hrs"),
    ("second", 1): ("second", "seconds", "sec"),
    ("percent", 1): ("%", "percent", "per cent", "percentage"),
    ("mm", 1): ("mm", "millimeter", "millimeters", "millimetre", "millimetres"),
    ("mm", 10): ("cm", "centimeter", "centimeters", "centimetre", "centimetres"),
    ("mmHg", 1): ("mmhg", "mm hg"),
    ("g", 1): ("g", "gram", "grams"),
    ("g", 1000): ("kg", "kilogram", "kilograms"),
    ("kg/m2", 1): ("kg/m2", "kg/m²", "kg / m2"),
    ("mg/dL", 1): ("mg/dl",),
}
"""Units that can be compared, each as so many of a first one."""

_NAMED = {name: unit for unit, names in _UNITS.items() for name in names}
_COMPOUND = f"(?:{'|'.join(TENS)})-(?:{'|'.join(word for word, n in ONES.items() if 0 < n < 10)})"
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|" + "|".join([_COMPOUND, *sorted(_NUMBERS, key=len, reverse=True)])
_UNIT = "|".join(re.escape(name) for name in sorted(_NAMED, key=len, reverse=True))
_RELATIONS = {phrase: relation for relation, phrases in _BEFORE.items() for phrase in phrases}
_ENDS = {phrase: relation for relation, phrases in _AFTER.items() for phrase in phrases}
_EDGE = r"(?<![\w.§#/-])"
_EVEN = r"(?P<even>(?:at|equal\s+to)\s+or\s+)?"
_WITH_EVEN = {Relation.MORE: Relation.AT_LEAST, Relation.LESS: Relation.AT_MOST}
"""How "at or below" compares, which is not quite as "below" does."""
_AMOUNT = re.compile(
    rf"(?:(?P<denied>not|no)\s+)?{_EVEN}(?:(?P<before>{any_of(_RELATIONS)})\s*(?:the\s+(?:last|past|previous)\s+)?(?:a\s+)?)?"
    rf"{_EDGE}(?P<number>{_NUMBER})(?![\w]|[.,]\d|/\d)"
    rf"(?:(?:[\s-]*(?P<unit1>{_UNIT}))?\s*(?P<dash>-|–|—|to|and|through)\s*(?P<second>{_NUMBER})(?![\w]|[.,]\d))?"
    rf"(?:[\s-]*(?P<unit>{_UNIT})(?!\w))?(?:[\s-]+(?:old|of\s+age|of\s+duration))?(?P<plus>\+)?"
    rf"(?:,?\s+(?P<after>{any_of(_ENDS)})\b(?!\s+to\b))?",
    re.IGNORECASE,
)
_COMPARES = re.compile(rf"\b{_EVEN}(?P<before>{any_of(_RELATIONS)})\s*$", re.IGNORECASE)
_OF_TIME = ("within", "in the", "during", "limited", "from")
_COMPARING = re.compile(
    rf"(?<!\w)(?P<denied>(?:not|no)\s+)?{_EVEN}(?P<before>{any_of(_RELATIONS)})(?!\w)",
    re.IGNORECASE,
)
_DENIED_BEFORE = re.compile(r"\b(?:no|not|without|never)\s+(?:(?!and\b|or\b|but\b|than\b)\w+\s+){1,3}$", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:section|sections|part|parts|cfr|type|types|class|stage|stages|grade|level|phase|code|codes|title|item|items|"
    r"criterion|criteria|version|figure|table|chapter|step|line|number|no\.|§+|\(|category|schedule|publication)\s*$",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:all|the|these|those|both|first|next|last|other|following)\s+(?:above\s+)?$", re.IGNORECASE
)
_OF_THESE = re.compile(
    r"\s*(?:\w+\s+){0,2}?of\s+(?:the\s+following|these|those|the\s+above|the\s+below)", re.IGNORECASE
)
_VAGUE = re.compile(r"(?<!how )\b(?:multiple|several|many|repeated|numerous)\b", re.IGNORECASE)

_YEAR = "january february march april may june july august september october november december"
_MONTHS = _YEAR.split()
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH}),?\s+(?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})|(?P<us>\d{1,2}/\d{1,2}/\d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An amount that is claimed: `relation` and `unit` are None where nothing says them.

    `counted` are the stems of the words after a number that may say what is counted. `start` and `end` are where it is
    said in the words; `said` is how it is put where no words say it. `completed` says that it is an age, of which only
    completed years or months are told: less than 18 years is 17 or younger. `limits` says that it is the most that is
    granted, of which words may say the bare number.
    """

    value: Amount
    relation: Relation | None
    unit: tuple[str, int] | None = None
    counted: frozenset[str] = frozenset()
    start: int = 0
    end: int = 0
    said: str = ""
    completed: bool = False
    limits: bool = False

    @property
    def size(self) -> tuple[str, Amount] | None:
        """The amount in the first of the units that it can be compared in."""
        return None if self.unit is None else (self.unit[0], self.value * self.unit[1])


def unit_named(words: str) -> tuple[str, int] | None:
    """The unit that some words name, or None."""
    return _NAMED.get(words.strip().lower())


@lru_cache(maxsize=4096)
def amounts_in(words: str) -> tuple[Claimed, ...]:
    """The amounts that words claim, in their order; "one" claims one only where something compares with it."""
    text = _DATE.sub(lambda match: " " * len(match[0]), words)
    found: list[Claimed] = []
    for match in _AMOUNT.finditer(text):
        found += _claimed(match, text)
    for match in _VAGUE.finditer(text):
        found.append(Claimed(2, Relation.AT_LEAST, None, frozenset(), *match.span()))
    return tuple(sorted(found, key=lambda claimed: claimed.start))


def relation_before(words: str) -> Relation | None:
    """How words compare with what follows them, or None where they do not."""
    match = _COMPARES.search(words)
    return None if match is None else _relation(match)


def relations_in(words: str) -> Iterator[tuple[int, int, Relation]]:
    """Where words compare something with what follows them, and how: "at or above", "not more than"."""
    for match in _COMPARING.finditer(words):
        if not _plain(match["before"]).startswith(_OF_TIME):
            relation = _relation(match)
            yield *match.span(), relation.denied if match["denied"] else relation


def _relation(match: re.Match[str]) -> Relation:
    relation = _RELATIONS[_plain(match["before"])]
    return _WITH_EVEN.get(relation, relation) if match["even"] else relation


def _claimed(match: re.Match[str], text: str) -> Iterator[Claimed]:
    value = _value(match["number"])
    if match["number"].isalpha() and match["unit"] is None and _POINTING.search(text[: match.start("number")]):
        return
    start, end = match.span()
    if _OF_THESE.match(text, match.end("number")) or _names_something(match, text):
        return
    counted = frozenset(_counted(text[match.end() : match.end() + 60]))
    unit = _unit(match["unit"] or match["unit1"])
    claimed = Claimed(value, None, unit, counted, start, end)
    if match["second"] and not (match["dash"].lower() == "and" and not _between(match, text)):
        second = _value(match["second"])
        yield replace(claimed, relation=Relation.AT_LEAST, unit=_unit(match["unit1"]) or unit)
        yield replace(claimed, value=second, relation=Relation.AT_MOST)
        return
    relation = _relation(match) if match["before"] else _ENDS.get(_plain(match["after"]))
    relation = Relation.AT_LEAST if match["plus"] else relation
    if relation and (match["denied"] or _DENIED_BEFORE.search(text[:start])):
        relation = relation.denied
    if value == 1 and match["number"].lower() == "one" and relation in (None, Relation.AT_LEAST) and unit is None:
        return
    yield replace(claimed, relation=relation)


def _unit(name: str | None) -> tuple[str, int] | None:
    return _NAMED.get(" ".join((name or "").lower().split()))


def _counted(following: str) -> Iterator[str]:
    """The stems of the words directly after a number, up to a sign or a word that carries no meaning."""
    for word in words_of(following)[:3]:
        if not word.carries:
            return
        yield word.stem


def _between(match: re.Match[str], text: str) -> bool:
    return text[: match.start()].rstrip().lower().endswith(("between", "from")) or bool(match["before"])


def _names_something(match: re.Match[str], text: str) -> bool:
    """Whether a number is a part of a name: of a section, a class, a code, a year."""
    before = text[: match.start("number")]
    # No amount begins with a nought, as the number of another document does.
    if re.match(r"0\d", match["number"]):
        return True
    if match["number"][0].isdigit() and _LABELLED.search(before.rstrip()) and not (match["before"] or match["after"]):
        return True
    year = re.fullmatch(r"(?:19|20)\d\d", match["number"]) is not None
    return year and match["unit"] is None and match["before"] is None and match["after"] is None


def _value(number: str) -> Amount:
    plain = number.lower().replace(",", "")
    if plain[0].isalpha():
        return sum(_NUMBERS[part] for part in plain.split("-"))
    value = Decimal(plain)
    return int(value) if value == value.to_integral_value() else value


def _plain(phrase: str | None) -> str:
    return " ".join((phrase or "").lower().replace("-", " ").split())


@lru_cache(maxsize=4096)
def dates_in(words: str) -> tuple[tuple[date, int, int], ...]:
    """The dates that words name, each with where it begins and ends."""
    found = ((_day(match), match) for match in _DATE.finditer(words))
    return tuple((day, *match.span()) for day, match in found if day is not None)


def _day(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["us"]:
            month, day, year = map(int, match["us"].split("/"))
            return date(year, month, day)
        named = (match["month"] or match["month2"]).lower()
        return date(int(match["year"] or match["year2"]), _MONTHS.index(named) + 1, int(match["day"] or match["day2"]))
    except ValueError:
        return None
