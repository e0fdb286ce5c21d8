"""What a sentence of English claims beside amounts: of how many it is so, whether a list stays open, what is denied,
excepted or left to choice, and what outcome it names.

Each is a table of phrases. A phrase that no row has claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from cdispec.analysis.wording.english import ONES, Word, any_of, stem_of, words_of
from cdispec.model.outcomes import Outcome


class Found(NamedTuple):
    """Where a claim is made: what was read, from where to where."""

    start: int
    end: int


class Share(StrEnum):
    """Of how many of a list something must be so."""

    ALL = "all"
    SOME = "some"
    NONE = "none"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True)
class Quantifier:
    """How many of what follows are asked for: all, at least `count`, none, or no more than some.

    `size` is how many there are said to be, or None.
    """

    share: Share | None
    count: int
    size: int | None
    at: Found


_NUMBERS = {word: n for word, n in ONES.items() if 0 < n <= 12}
_NUMBER = "|".join([*_NUMBERS, r"\d{1,2}"])
_THESE = (
    r"(?:(?:of\s+)?(?:the\s+)?following|of\s+(?:these|those)(?!\s+with)|"
    r"of\s+the\s+(?:\w+\s+){0,2}(?:below|above|listed)|"
    r"(?:of\s+)?(?:the\s+)?(?:\w+\s+){0,2}(?:criteria|conditions|requirements)\s+(?:listed|below|are\s+met|must\s+be\s+met))"
)
_QUANTIFIED: tuple[tuple[str, Share], ...] = (
    (rf"(?:no|not)\s+more\s+than\s+(?P<n>{_NUMBER})", Share.LIMITED),
    (
        rf"(?:at\s+most|up\s+to|exactly|only|fewer\s+than|less\s+than|a\s+maximum\s+of)\s+(?P<n>{_NUMBER})",
        Share.LIMITED,
    ),
    (rf"(?:at\s+least|a\s+minimum\s+of|any)\s+(?P<n>{_NUMBER})", Share.SOME),
    (rf"(?P<n>{_NUMBER})\s+or\s+more", Share.SOME),
    (rf"more\s+than\s+(?P<over>{_NUMBER})", Share.SOME),
    (rf"all\s+(?P<size>{_NUMBER})", Share.ALL),
    (r"(?P<two>both)", Share.ALL),
    (r"all|each(?:\s+one)?|every(?:\s+one)?", Share.ALL),
    (rf"(?P<n>{_NUMBER})", Share.SOME),
    (r"any(?:\s+one)?|either(?:\s+one)?|some", Share.SOME),
    (r"none|neither|no", Share.NONE),
)
_QUANTIFIERS = tuple(
    (re.compile(rf"\b(?:{phrase})\s+{_THESE}(?:\s+(?P<of>{_NUMBER})\b)?", re.IGNORECASE), share)
    for phrase, share in _QUANTIFIED
)
_SIZED = re.compile(rf"\bthe\s+following\s+(?P<size>{_NUMBER})\b", re.IGNORECASE)


def quantifiers_in(words: str) -> list[Quantifier]:
    """Of how many of what follows words claim that it is so."""
    found: list[Quantifier] = []
    for pattern, share in _QUANTIFIERS:
        for match in pattern.finditer(words):
            if not any(other.at.start < match.end() and match.start() < other.at.end for other in found):
                found.append(_quantifier(match, share))
    for match in _SIZED.finditer(words):
        if not any(other.at.start <= match.start() < other.at.end for other in found):
            found.append(Quantifier(None, 0, _number(match["size"]), Found(*match.span())))
    return sorted(found, key=lambda quantifier: quantifier.at)


def _quantifier(match: re.Match[str], share: Share) -> Quantifier:
    groups = match.groupdict()
    size = groups.get("size") or groups.get("of") or ("2" if groups.get("two") else None)
    count = _number(groups.get("n")) or (_number(groups.get("over")) or 0) + (1 if groups.get("over") else 0) or 1
    return Quantifier(share, count, _number(size), Found(*match.span()))


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return _NUMBERS.get(text.lower()) or (int(text) if text.isdigit() else None)


_OPEN = (
    *("not limited to", "not limited, to", "not be limited to", "such as", "for example", "for instance", "e.g."),
    *("may include", "can include", "among others", "examples include", "examples are", "or similar"),
)
_CLOSED = (
    *("limited to", "restricted to", "confined to", "only the following", "only these", "solely", "exclusively"),
    *("must include", "must be", "consists of", "consist of", "includes only", "include only"),
)
_OPENS = re.compile(rf"(?<!\w)(?:{any_of(_OPEN)})(?!\w)", re.IGNORECASE)
_CLOSES = re.compile(rf"(?<!\w)(?<!not )(?<!be )(?:{any_of(_CLOSED)})(?!\w)", re.IGNORECASE)
_EXAMPLES = re.compile(r"(?:e\.g\.|for example|for instance|such as)[^()]*?(?=[();:.]\s|[();:]|\.?$)", re.IGNORECASE)


def opens(words: str) -> Found | None:
    """Where words say that a list is not all there is, as "such as the following" does."""
    return _first(_OPENS, words)


def closes(words: str) -> Found | None:
    """Where words say that a list is all there is."""
    return _first(_CLOSES, words)


def examples_in(words: str) -> list[Found]:
    """Where words give examples: "(e.g., bilateral amputee)"."""
    return [Found(*match.span()) for match in _EXAMPLES.finditer(words)]


_EXCEPTED = (
    *("unless", "except", "except for", "excepting", "with the exception of", "other than", "apart from", "but not"),
    *("excluding", "save for"),
)
_EXCEPTS = re.compile(rf"(?<!\w)(?:{any_of(_EXCEPTED)})(?!\w|,?\s+limited)", re.IGNORECASE)


def excepts(words: str) -> Found | None:
    """Where words make an exception."""
    return _first(_EXCEPTS, words)


_CHOICE = (
    *("may", "can", "could", "might", "should", "is recommended", "are recommended", "recommended", "optional"),
    *("optionally", "where possible", "if possible", "when possible", "is encouraged", "are encouraged", "ideally"),
    *("preferably", "if desired", "at the discretion of"),
)
_CHOOSES = re.compile(rf"(?<!\w)(?:{any_of(_CHOICE)})(?!\w)", re.IGNORECASE)
_NO_CHOICE = re.compile(
    r"\b(?:that|which|who)\s+(?:may|can|could|might)\b|\b(?:so|such)\s+that\b[^.;,]*?\b(?:can|may)\b|\b(?:may|can|could|might|should)\s+(?:not|include|also|only|be\s+(?:considered|covered|medically|appropriate|indicated))\b",
    re.IGNORECASE,
)


def choices_in(words: str) -> list[Found]:
    """Where words leave something to choice, as "may document" does."""
    certain = [match.span() for match in _NO_CHOICE.finditer(words)]
    found = (match.span() for match in _CHOOSES.finditer(words))
    return [Found(*span) for span in found if not any(start <= span[0] < end for start, end in certain)]


_LIMITING = re.compile(
    r"^(?:only|limited\s+to|restricted\s+to|excluding|except)\b|\b(?:must|shall|required|are\s+limited\s+to|not\s+covered)\b",
    re.IGNORECASE,
)


def limits(note: str) -> Found | None:
    """Where a note asks for something or limits it, instead of explaining."""
    return _first(_LIMITING, note)


def _first(pattern: re.Pattern[str], words: str) -> Found | None:
    match = pattern.search(words)
    return None if match is None else Found(*match.span())


_DENIED_OUTCOMES = (
    r"(?:not|never|non)[\s-]+(?:be[\s-]+|been[\s-]+)?(?:considered[\s-]+|deemed[\s-]+)?(?:to[\s-]+be[\s-]+)?"
)
_OUTCOMES = re.compile(
    rf"(?P<denied>{_DENIED_OUTCOMES})?\b(?P<what>medically\s+necessary|reasonable\s+and\s+necessary|"
    r"indicated(?!\s+(?:to|by|in))|covered)\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(r"\b(?:excluded|exclusion|contraindicated|noncovered|unnecessary)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedOutcome:
    """An outcome that words name: whether it grants, and which it is where the words are those of an outcome."""

    grants: bool
    outcome: Outcome | None
    at: Found


def outcomes_in(words: str) -> list[NamedOutcome]:
    """The outcomes that words name."""
    found = []
    for match in _OUTCOMES.finditer(words):
        grants, what = match["denied"] is None, match["what"].lower().split()[0]
        exact = {("medically", True): Outcome.NECESSARY, ("medically", False): Outcome.NOT_NECESSARY}
        outcome = exact.get((what, grants)) or (Outcome.NOT_INDICATED if what == "indicated" and not grants else None)
        found.append(NamedOutcome(grants, outcome, Found(*match.span())))
    found += [NamedOutcome(False, None, Found(*match.span())) for match in _NOT_SO.finditer(words)]
    return sorted(found, key=lambda named: named.at)


_NOT = frozenset(("not", "never", "cannot", "n't", "unable", "nor", "neither"))
_NO = frozenset(("no", "without", "none", "absence", "absent", "lack", "lacks", "lacking", "lacked", "free", "denies"))
_PREFIXES = ("un", "in", "im", "ir", "non", "dis")
_NO_DENIAL = re.compile(
    r"\b(?:whether\s+or\s+not|not\s+only|no\s+later|no\s+earlier|not\s+(?:be\s+)?limited,?\s+to|"
    r"(?:no|not)\s+(?:more|less|fewer|greater|older|younger|longer|shorter|higher|lower)\s+than|"
    r"free\s+(?!of|from))",
    re.IGNORECASE,
)
_NO_OUTCOME = re.compile(
    r"\b(?:not|never|non)[\s-]+(?:be\s+|been\s+)?(?:considered\s+|deemed\s+)?(?:to\s+be\s+)?"
    r"(?P<what>medically|indicated|covered|necessary|considered)",
    re.IGNORECASE,
)
_ABLE = stem_of("able")
_WIDE, _NARROW = 4, 2
_ENDS_SCOPE = frozenset(("that", "which", "who", "but", "and", "than", "is", "are", "was", "were", "has", "have"))


def without_outcomes(words: str) -> str:
    """Words without what they say of an outcome, in which nothing else is denied."""
    return _NO_OUTCOME.sub(lambda match: " " * len(match[0]), words)


class Denial(NamedTuple):
    """A denial: the stems that it may be of, and where it is made."""

    of: frozenset[str]
    at: Found


@lru_cache(maxsize=4096)
def denials_in(words: str, other: frozenset[str] = frozenset()) -> tuple[Denial, ...]:
    """What words deny; `other` are the stems of what they are compared with, which a word may deny by its beginning.

    "Not covered" denies nothing but what is said to be covered there, too: elsewhere it is an outcome.
    """
    certain = [match.span() for match in _NO_DENIAL.finditer(words)]
    certain += [match.span() for match in _NO_OUTCOME.finditer(words) if stem_of(match["what"].lower()) not in other]
    read = words_of(words)
    found = []
    for n, word in enumerate(read):
        if any(start <= word.start < end for start, end in certain):
            continue
        if word.text in _NOT or word.text.endswith("n't"):
            scope = _scope(read[n + 1 :], _NARROW)
            found.append(Denial(scope | ({_ABLE} if word.text == "unable" else set()), Found(word.start, word.end)))
        elif word.text in _NO:
            found.append(Denial(_scope(read[n + 1 :], _WIDE), Found(word.start, word.end)))
        elif word.text == "non" and (scope := _scope(read[n + 1 :], 1)) & other:
            found.append(Denial(scope, Found(word.start, word.end)))
        elif denied := _denied_by_prefix(word, other):
            found.append(Denial(frozenset([denied]), Found(word.start, word.end)))
    return tuple(found)


def _scope(following: Sequence[Word], most: int) -> frozenset[str]:
    """The first words that carry a meaning, up to where something else begins."""
    found: list[str] = []
    for word in following:
        if len(found) == most or (found and (word.text in _ENDS_SCOPE or word.text in ".;:,")):
            break
        if word.carries:
            found.append(word.stem)
    return frozenset(found)


def _denied_by_prefix(word: Word, other: frozenset[str]) -> str:
    for prefix in _PREFIXES:
        if word.text.startswith(prefix) and word.stem not in other:
            stem = stem_of(word.text.removeprefix(prefix))
            if len(word.text) > len(prefix) + 3 and stem in other:
                return stem
    return ""


_PAIRS = """
increased decreased
improvement decline
improvement worsening
durable temporary
more less
more fewer
severe mild
severe moderate
before after
pre post
include exclude
continue discontinue
continuation discharge
established suspected
presence absence
fully partially
acute chronic
high low
first last
left right
positive negative
initial next
"""


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in ([stem_of(word) for word in pair.split()] for pair in _PAIRS.strip().splitlines()):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {stem: frozenset(others) for stem, others in found.items()}


_OPPOSITES = _opposites()


def opposite_in(words: str, other: str) -> tuple[Found, str] | None:
    """Where words say the opposite of a word in others, as "increased" is of "decreased"; and that other word."""
    read, against = words_of(words), words_of(other)
    stems, others = {word.stem for word in read}, {word.stem for word in against}
    for word, following in zip(read, [*read, None][1:], strict=True):
        for stem in _OPPOSITES.get(word.stem, frozenset()) & others:
            said, then = next(
                (one, two) for one, two in zip(against, [*against, None][1:], strict=True) if one.stem == stem
            )
            same = following is not None and then is not None and following.stem == then.stem and following.carries
            if same or (stem not in stems and word.stem not in others):
                return Found(word.start, word.end), said.text
    return None


_WHATEVER = re.compile(
    r"\b(?:whether\s+or\s+not|regardless\s+of|irrespective\s+of|with\s+or\s+without)\b", re.IGNORECASE
)


def disregards(words: str) -> Found | None:
    """Where words say that something does not matter."""
    return _first(_WHATEVER, words)


def joins_in(words: str) -> Iterator[tuple[str, Found]]:
    """The words that join others: "and", "or", "and/or"; "but not" joins as "and" does."""
    for match in re.finditer(r"\band/or\b|\bor\b|\band\b|\bbut\b|\bas well as\b|\bplus\b", words, re.IGNORECASE):
        joint = match[0].lower()
        yield ("or" if joint in ("or", "and/or") else "and"), Found(*match.span())
