"""Codes and sets of codes: single ones, wildcards and ranges, each with the days on which it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from cdispec.source import Place

AFTER, BEYOND = "\0", "\uffff"
"""Put behind a code, the next text in the order of codes, and one behind all that begin with it."""

WILDCARD, TO = "*", "-"

SYSTEMS = {
    "ICD-10-CM": re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?"),
    "ICD-10-PCS": re.compile(r"[0-9A-HJ-NP-Z]{7}"),
    "HCPCS": re.compile(r"[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4}"),
}
"""The systems of codes that are known by name; HCPCS holds CPT."""

SAMPLES = {"": "E66.01", "ICD-10-CM": "E66.01", "ICD-10-PCS": "0FB03ZX", "HCPCS": "97110"}
"""A code of each system, to show how an answer looks."""

_ANY = re.compile(r"(?=[A-Z.]*[0-9])[0-9A-Z]{2,10}(\.[0-9A-Z]{1,4})?")
_POINTLESS = re.compile(r"[A-Z][0-9][0-9A-Z]{2,5}")
_STEM = re.compile(r"[0-9A-Z]{1,10}(\.[0-9A-Z]{0,4})?")


def spelled(text: str, system: str = "") -> str:
    """A code as it is compared: in capitals, and one of ICD-10-CM with its point, which stands after three signs."""
    code = text.strip().upper()
    if system == "ICD-10-CM" and _POINTLESS.fullmatch(code):
        return f"{code[:3]}.{code[3:]}"
    return code


def is_code(code: str, system: str = "") -> bool:
    """Whether a text that is spelled as a code is one: of its system, or of none in particular."""
    return bool(SYSTEMS.get(system, _ANY).fullmatch(code))


def form_of(system: str) -> str:
    """The form that all codes of a system have, as an expression that whole codes match."""
    return SYSTEMS.get(system, _ANY).pattern


def other_spelling(code: str) -> str:
    """A code without its point, or one that has none with it after three signs."""
    return code.replace(".", "") if "." in code else f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


Span = tuple[str, str]
"""Where codes lie in their order: from the first text on, before the second one."""


def span_of(pattern: str) -> Span:
    """Where the codes of a well-formed pattern lie, digits before letters.

    What begins with the last code of a range is in the range.
    """
    if pattern.endswith(WILDCARD):
        return pattern[:-1], pattern[:-1] + BEYOND
    first, dash, last = pattern.partition(TO)
    return (first, last + BEYOND) if dash else (pattern, pattern + AFTER)


def wrong_pattern(pattern: str) -> str:
    """Why a text is neither a code nor a wildcard nor a range, or ""; a range the wrong way round is one."""
    if pattern.endswith(WILDCARD):
        return "" if _STEM.fullmatch(pattern[:-1]) else "a wildcard has the beginning of a code before its `*`"
    if WILDCARD in pattern:
        return "`*` stands only at the end"
    first, dash, last = (part.strip() for part in pattern.partition(TO))
    if not dash:
        return "" if is_code(pattern) else "a code has letters and digits, and at most one point"
    if not is_code(first) or not is_code(last):
        return "a range has a code on each side of its `-`"
    if len(first) != len(last) or first.find(".") != last.find("."):
        return "the two codes of a range are of one length, with their points in the same place"
    return ""


def is_reversed(pattern: str) -> bool:
    """Whether a range ends before it begins."""
    first, dash, last = pattern.partition(TO)
    return bool(dash) and first > last


SHORT = 12
"""So many rows has a set of which each is looked at."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A row of a code set: a code, wildcard or range, what it is, and the days on which it counts, both included."""

    pattern: str
    description: str
    start: date
    end: date
    place: Place = field(compare=False)

    def is_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.start <= day <= self.end

    @property
    def days(self) -> str:
        """The days on which it counts, in words; "" where it counts on all."""
        start = "" if self.start == date.min else f"from {self.start}"
        end = "" if self.end == date.max else f"until {self.end}"
        return f"{start} {end}".strip()

    def has(self, code: str, day: date) -> bool:
        """Whether it stands for a code on a day."""
        low, high = span_of(self.pattern)
        return low <= code < high and self.is_on(day)


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes under an id: those of a file, or a single pattern that a criterion names, whose id is the pattern.

    Two are equal that hold the same; `digest` says what that is. `file` is where its rows stand.
    """

    id: str
    rows: tuple[CodeRow, ...] = field(compare=False, repr=False)
    file: str = field(default="", compare=False)
    digest: str = ""

    @classmethod
    def of(cls, id: str, rows: tuple[CodeRow, ...], file: str = "") -> CodeSet:
        """A set of rows."""
        said = "\n".join(f"{row.pattern}\t{row.description}\t{row.start}\t{row.end}" for row in rows)
        return cls(id, rows, file, sha256(said.encode()).hexdigest())

    @classmethod
    def single(cls, pattern: str, place: Place) -> CodeSet:
        """The set of one pattern."""
        return cls.of(pattern, (CodeRow(pattern, "", date.min, date.max, place),))

    @property
    def name(self) -> str:
        """How sentences name that a list of codes holds one of it."""
        if not self.file:
            return self.id if is_code(self.id) else f"one of {self.id}"
        words = self.id.replace("-", " ")
        return f"one of the {words if words.endswith('codes') else f'{words} codes'}"

    def without(self, row: CodeRow) -> CodeSet:
        """The set that lacks a row."""
        rest = tuple(one for one in self.rows if one is not row)
        return CodeSet.of(f"{self.id} without {row.pattern} of line {row.place.line}", rest, self.file)

    def undated(self) -> CodeSet:
        """The set of which every row counts on every day."""
        rows = (replace(row, start=date.min, end=date.max) for row in self.rows)
        return CodeSet.of(f"{self.id} on all days", tuple(rows), self.file)

    def telling(self) -> tuple[CodeRow, ...]:
        """The rows that are to be told from the others: all of a short set, of a long one the first and the last."""
        return self.rows if len(self.rows) <= SHORT else (self.rows[0], self.rows[-1])

    @property
    def turns(self) -> tuple[date, ...]:
        """The days on which rows begin or end to count; where there are many, the first and the last of them."""
        ends = {day for row in self.rows for day in (row.start, row.end)} - {date.min, date.max}
        found = sorted(ends)
        return tuple(found) if len(found) <= SHORT else (found[0], found[-1])

    def turned(self, at: date, counts: bool) -> CodeSet:
        """The set in which the rows that begin or end on a day count on every day, or on none."""
        rows = (
            replace(row, start=date.min, end=date.max) if at in (row.start, row.end) else row
            for row in self.rows
            if counts or at not in (row.start, row.end)
        )
        id = f"{self.id}, where what turns on {at} {'always' if counts else 'never'} counts"
        return CodeSet.of(id, tuple(rows), self.file)

    @property
    def slips(self) -> tuple[CodeSet, ...]:
        """What a set comes to where a row is left out, or counts on other days."""
        rows = self.telling() if self.file and len(self.rows) > 1 else ()
        dated = [self.undated()] if self.turns else []
        return (*map(self.without, rows), *dated, *(self.turned(at, so) for at in self.turns for so in (True, False)))


@dataclass(frozen=True, slots=True)
class CodeLists:
    """What makes a set-of fact one of codes: the sets that the policy asks of it, one an option, and their system."""

    system: str = ""
    sets: tuple[CodeSet, ...] = ()

    def with_slips(self) -> CodeLists:
        """The same with what each set comes to by a slip."""
        return CodeLists(self.system, (*self.sets, *(slip for one in self.sets for slip in one.slips)))

    def naming(self, one: CodeSet) -> CodeLists:
        """The same with a set that is asked, where it is not yet."""
        return self if one in self.sets else CodeLists(self.system, (*self.sets, one))


class Cell(str):
    """Stands for the codes that are in exactly these of some sets: for each there is a code of its own."""

    __slots__ = ()


def codes_in(members: frozenset[str]) -> list[str]:
    """The codes of an answer, without the cells that they are in."""
    return sorted(member for member in members if not isinstance(member, Cell))


_DIGITS, _LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS = _DIGITS + _LETTERS

_Form = tuple[str, ...]
"""For each place of a code the signs that can stand there, in order."""


def _pointed(stems: Iterable[_Form]) -> tuple[_Form, ...]:
    """Forms, and the same with a point and up to four signs behind it."""
    return tuple((*stem, *((".", *[_SIGNS] * count) if count else ())) for stem in stems for count in range(5))


_FORMS = {
    "": _pointed((_SIGNS,) * length for length in range(2, 11)),
    "ICD-10-CM": _pointed([(_LETTERS, _DIGITS, _SIGNS)]),
    "ICD-10-PCS": ((_SIGNS.replace("I", "").replace("O", ""),) * 7,),
    "HCPCS": ((*[_DIGITS] * 4, _SIGNS), (_LETTERS, *[_DIGITS] * 4)),
}
"""The forms that the codes of each system have."""


def first_code(low: str, high: str, system: str) -> str:
    """The shortest code from one text on and before another one, the first of these; "" where there is none."""
    found = (code for form in _FORMS[system] for code in _from(low, form) if low <= code < high)
    return min((code for code in found if is_code(code, system)), key=lambda code: (len(code), code), default="")


def _from(low: str, form: _Form) -> Iterator[str]:
    """The first text of a form from a text on, and others of which each differs from that text sooner."""
    least = [signs[0] for signs in form]
    fitting = 0
    while fitting < min(len(low), len(form)) and low[fitting] in form[fitting]:
        fitting += 1
    if fitting == len(low):
        yield low + "".join(least[fitting:])
    for place in range(min(fitting, len(low) - 1, len(form) - 1), -1, -1):
        above = [sign for sign in form[place] if sign > low[place]]
        yield from (low[:place] + sign + "".join(least[place + 1 :]) for sign in above[:1])
