"""Words of English as they are compared: without their endings, and without those that carry no meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"e\.g\.|i\.e\.|and/or|\d+(?:[.,]\d+)*|[^\W\d_]+(?:\(e?s\))?(?:['’][^\W\d_]+)?|[^\w\s]")

_EMPTY = """
a an the this that these those of to in on at by for from with into onto upon as about during per via it its they their
them he she his her him who whom whose which what when where how and or and/or nor but if then than so such is are was
were be been being am has have had having do does did done will would shall should can could may might must there here
any each every all both either neither some other another further also only same one veteran veterans patient patients
beneficiary beneficiaries individual individuals member members person persons following listed below above met meet
meets criterion criteria section record records e.g. i.e. yes no not without never none least most than
"""
_STOP = frozenset(_EMPTY.split())
_ENDINGS = (
    *("izations", "ization", "ations", "ation", "ating", "ative", "ated", "ates", "ator", "ate", "nesses", "ness"),
    *("ments", "ment", "ively", "ities", "ions", "ically", "ingly", "edly", "ally", "ings", "ing", "ion", "ity", "ive"),
    *("ies", "ied", "ers", "est", "es", "ed", "er", "ly", "al", "ic", "is", "s", "y", "e"),
)
_SHORTEST = 4
_LIKE = {
    "old": "age",
    "older": "age",
    "aged": "age",
    "ages": "age",
    "taken": "take",
    "took": "take",
    "given": "give",
    "worse": "worsen",
    "undergone": "undergo",
    "underwent": "undergo",
    "doctor": "physician",
    "therapeutic": "therapy",
    "pregnant": "pregnancy",
    "tried": "trial",
    "used": "use",
    "uses": "use",
    "using": "use",
    "prescription": "prescribe",
    "prescriptions": "prescribe",
}


_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
ONES = {word: n for n, word in enumerate(_ONES.split())}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
"""The words for numbers."""


class Word(NamedTuple):
    """A word or sign of a text: as it is written but in lower case, without its ending, and where it stands."""

    text: str
    stem: str
    start: int
    end: int

    @property
    def carries(self) -> bool:
        """Whether it carries a meaning of its own."""
        return self.text[0].isalpha() and self.text not in _STOP


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words and signs of a text; a hyphen parts two words."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        word = match[0].lower().replace("’", "'").removesuffix("'s").removesuffix("(s)").removesuffix("(es)")
        yield Word(word, stem_of(word), *match.span())


@cache
def stem_of(word: str) -> str:
    """A word without its ending, so that "documented" is "document" and "injuries" are an "injury"."""
    word = _LIKE.get(word, word)
    while True:
        ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _SHORTEST), None)
        if ending is None or (ending == "s" and word.endswith("ss")):
            return word
        word = word.removesuffix(ending)
        if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "ls":
            word = word[:-1]


@lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    """What a text speaks of: the stems of the words that carry a meaning."""
    return frozenset(word.stem for word in words_of(text) if word.carries)


_QUALIFIERS = """
reasonable attainable durable significant qualified severe confirmed established individualized decreased increased
enrolled further additional persistent chronic acute active successful meaningful initial certified licensed
"""
QUALIFYING = stems_of(_QUALIFIERS)
"""Words that limit what they stand before: without one of them, more is so."""


def quoted(text: str, start: int, end: int, most: int = 60) -> str:
    """A stretch of a text to be quoted, in whole words and not too long."""
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    words = text[start:end].strip(" ,;:")
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with where it begins."""
    start = 0
    for match in re.finditer(r"(?<=[a-z\d)%][.!?])[\"”’)]*\s+(?=[A-Z\"“*])", text):
        yield start, text[start : match.end()].rstrip()
        start = match.end()
    yield start, text[start:].rstrip()


def outside_brackets(text: str) -> str:
    """The text with what stands in brackets blanked, so that places stay the same."""
    for _ in range(text.count("(")):
        text = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), text)
    return text


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of some phrases, the longest first, with any spaces between their words."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"[\s-]+") for phrase in ordered)
