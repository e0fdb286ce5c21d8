"""The denial and the question of a sentence that states something: "it is so", "it is not so", "Is it so?".

A small table of verbs. Where a sentence could be denied in two ways, or its verb is not certain, there is no answer,
and the author writes what is meant: `not` in a sentence with "both", "and" or "because" denies one thing or another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BE = {"is", "are", "was", "were"}
_HAVE = {"has": "does", "have": "do", "had": "did"}
_MODAL = {"can": "cannot", "could": "could not", "will": "will not", "would": "would not"}
_SIMPLE = {
    f"{verb}s": verb
    for verb in (
        *("agree", "exceed", "include", "live", "receive", "require", "smoke", "understand", "wear"),
        *("attend", "contain", "consume", "follow", "interfere", "involve", "occur", "remain", "tolerate"),
    )
}
_PLURAL = set(_SIMPLE.values())
_VERBS = {*_BE, *_HAVE, *_MODAL, *_SIMPLE, *_PLURAL}
_DETERMINED = {"a", "an", "the", "his", "her", "its", "their", "this", "these", "those"}
_CLAUSE = {"that", "who", "whom", "whose", "which", "where"}
"""What follows these is a clause of its own, which a denial of the sentence leaves as it is."""

_UNCERTAIN = {
    *("no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "cannot"),
    *("hardly", "barely", "rarely", "seldom", "always", "often", "usually", "sometimes", "ever", "anymore"),
    *("all", "every", "each", "both", "either", "some", "several", "many", "most", "few", "much", "half"),
    *("and", "only", "alone", "just", "merely", "even", "also", "too", "already", "yet", "still", "so", "than", "as"),
    *("because", "since", "unless", "if", "when", "while", "although", "though", "until", "except", "but"),
    *("may", "might", "must", "should"),
}
"""With these "not" could deny one thing or another, or is denied already."""

_NUMBERS = {
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("least", "more", "fewer", "less"),
}
_AFTER_PARTICIPLE = {
    *(
        "to",
        "in",
        "into",
        "on",
        "at",
        "for",
        "from",
        "with",
        "by",
        "of",
        "over",
        "through",
        "under",
        "within",
        "during",
    ),
    *("before", "after", "that", *_DETERMINED),
}
_PARTICIPLES = {"been", "had"}
_WORD = re.compile(r"[^\s.,;:?!]+")


@dataclass(frozen=True, slots=True)
class YesNoSentences:
    """What a sentence is denied and asked by; "" where that is not certain."""

    negative: str
    question: str


NOT_CERTAIN = YesNoSentences("", "")


def sentences_of(phrase: str) -> YesNoSentences:
    """The denial and the question of a phrase."""
    words = phrase.split()
    lowered = [word.lower() for word in words]
    if any(not _WORD.fullmatch(word) for word in words) or any("n't" in word or "/" in word for word in words):
        return NOT_CERTAIN
    if lowered[:1] == ["there"]:
        return _there(words, lowered)
    main = _main_clause(lowered)
    verbs = [place for place, word in enumerate(main) if word in _VERBS]
    if not verbs or verbs[0] == 0 or _UNCERTAIN.intersection(main):
        return NOT_CERTAIN
    at = verbs[0]
    # "has been" and "has had" are one verb; any other second one says that the first may be a noun.
    if any(other != at + 1 or main[other] != "had" for other in verbs[1:]):
        return NOT_CERTAIN
    subject, rest = words[:at], words[at + 1 :]
    if {"or", *_NUMBERS}.intersection(lowered[:at]) or any(word[0].isdigit() for word in subject):
        return NOT_CERTAIN
    if (not rest and lowered[at] not in _SIMPLE) or (lowered[0] in _DETERMINED and words[0] != lowered[0]):
        return NOT_CERTAIN
    return _of(subject, lowered[at], rest)


def _of(subject: list[str], verb: str, rest: list[str]) -> YesNoSentences:
    """The sentences for a subject, its verb and what follows."""
    first, none = rest[0].lower() if rest else "", _none_of(subject)
    if verb in _BE or (verb in _HAVE and _is_participle([word.lower() for word in rest])):
        denied, asked = [verb, "not", *rest], [verb, *subject, *rest]
    elif verb in _MODAL:
        denied, asked = [_MODAL[verb], *rest], [verb, *subject, *rest]
    elif verb in _HAVE and first in _DETERMINED:
        denied = [verb, "no", *rest[1:]] if first in ("a", "an") else [_HAVE[verb], "not have", *rest]
        asked = [_HAVE[verb], *subject, "have", *rest]
    elif verb in _SIMPLE:
        denied, asked = ["does not", _SIMPLE[verb], *rest], ["does", *subject, _SIMPLE[verb], *rest]
    elif verb in _PLURAL and not none:
        denied, asked = ["do not", verb, *rest], ["do", *subject, verb, *rest]
    else:
        denied, asked = [], []
    negative = [*none, verb, *rest] if none else [*subject, *denied] if denied else []
    return YesNoSentences(" ".join(negative), _question(asked) if asked else "")


def _none_of(words: list[str]) -> list[str]:
    """ "A plan" as "no plan"; nothing for what is denied in another way."""
    match words[0].lower():
        case "a" | "an" | "any":
            return ["no", *words[1:]]
        case "another":
            return ["no other", *words[1:]]
        case _:
            return []


def _question(words: list[str]) -> str:
    return " ".join([words[0].capitalize(), *words[1:]]) + "?"


def _is_participle(rest: list[str]) -> bool:
    """Whether "has" and these words are a perfect: "has returned to work", and not "has advanced cancer"."""
    if rest[0] in _PARTICIPLES:
        return len(rest) > 1
    return rest[0].endswith("ed") and (len(rest) == 1 or rest[1] in _AFTER_PARTICIPLE)


def _there(words: list[str], lowered: list[str]) -> YesNoSentences:
    """ "There is a reason" is denied by "there is no reason"."""
    perfect = lowered[1:3] in (["has", "been"], ["have", "been"])
    verb, rest = (words[1:3], words[3:]) if perfect else (words[1:2], words[2:])
    if not rest or not (perfect or lowered[1] in _BE):
        return NOT_CERTAIN
    first, main = rest[0].lower(), _main_clause([word.lower() for word in rest])
    if first in (_DETERMINED | _NUMBERS | {"at"}) - {"a", "an"} or first[0].isdigit() or not main:
        return NOT_CERTAIN
    if {*_UNCERTAIN, *_VERBS}.intersection(main):
        return NOT_CERTAIN
    negative = " ".join(["there", *verb, *(_none_of(rest) or ["no", *rest])])
    return YesNoSentences(negative, _question([verb[0], "there", *verb[1:], *rest]))


def _main_clause(words: list[str]) -> list[str]:
    """The words before the first clause that hangs on them."""
    return words[: next((place for place, word in enumerate(words) if word in _CLAUSE), len(words))]
