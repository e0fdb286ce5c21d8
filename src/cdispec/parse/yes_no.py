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

_JOINING = {
    *("and", "or", "nor", "but", "plus", "together", "because", "since", "unless", "if", "when", "whenever", "while"),
    *(
        "whichever",
        "whatever",
        "whoever",
        "although",
        "though",
        "until",
        "till",
        "once",
        "except",
        "despite",
        "regardless",
        "instead",
        "rather",
        "whereas",
    ),
}
"""With these "not" could deny one thing or another, wherever they stand: what they join may be outside the clause."""

_UNCERTAIN = {
    *("no", "not", "never", "none", "nobody", "nothing", "neither", "nowhere", "cannot", "without"),
    *("hardly", "barely", "scarcely", "rarely", "seldom", "always", "often", "usually", "sometimes", "ever", "anymore"),
    *("frequently", "generally", "typically", "normally", "occasionally", "mostly", "mainly", "largely", "partly"),
    *("partially", "nearly", "almost", "again", "twice", "probably", "possibly", "perhaps", "likely", "unlikely"),
    *("all", "every", "each", "both", "either", "any", "some", "several", "multiple", "various", "numerous", "certain"),
    *("many", "most", "few", "much", "little", "least", "half", "enough", "lack", "absence", "including", "excluding"),
    *(f"{first}{last}" for first in ("any", "every", "some") for last in ("thing", "one", "body", "where")),
    *("only", "alone", "just", "merely", "even", "also", "too", "already", "yet", "still", "so", "than", "as", "due"),
    *("may", "might", "must", "should"),
}
"""With these in the main clause "not" could deny one thing or another, or is denied already."""

_UNCERTAIN_PHRASE = re.compile(
    r"\b(?:in order|in addition|at times|up to|(?:provided|given|assuming) that|"
    r"(?:another|(?:number|couple|lot|total|majority|minority|variety|handful|pair|part|portion|share|proportion|"
    r"percentage|fraction|third|quarter|dozen|hundred|thousand|rest|remainder|bit|minimum|maximum|plenty|mass|range|"
    r"deal|amount)s?) of)\b"
)
"""Some of a number of things are not "no number of things"."""

_NOT_AFTER_NO = {
    *("sufficient", "insufficient", "adequate", "inadequate", "limited", "such", "same", "now", "quite", "rather"),
    *("very", "of", *_DETERMINED),
}
"""What "no" does not stand before: "there is no such reason" denies another sentence than "there is such a reason"."""

_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", *_TENS),
    *("zero", "dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "more", "fewer", "less"),
}
_BEFORE_A_SUBJECT = {
    *("after", "before", "during", "in", "on", "at", "for", "with", "within", "under", "by", "from", "to", "upon"),
    *("following", "per", "beside", "besides", "through", "over", "today", "now", "then", "here", "lately"),
}
"""What stands before a subject: "after surgery a wound is open"."""

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
_NO_PARTICIPLES = {
    *("bed", "bled", "bleed", "bred", "breed", "deed", "fed", "feed", "fled", "greed", "heed", "hundred", "kindred"),
    *("led", "need", "red", "reed", "seed", "shed", "sled", "speed", "weed"),
}
"""Words that end as a participle does, and are nouns or adjectives as well."""

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
    if _JOINING.intersection(lowered) or _UNCERTAIN_PHRASE.search(" ".join(lowered)):
        return NOT_CERTAIN
    if lowered[:1] == ["there"]:
        return _there(words, lowered)
    main = _main_clause(lowered)
    verbs = [place for place, word in enumerate(main) if word in _VERBS]
    if not verbs or verbs[0] == 0 or _is_uncertain(main):
        return NOT_CERTAIN
    at = verbs[0]
    # "has been" and "has had" are one verb; any other second one says that the first may be a noun.
    if any(other != at + 1 or main[other] != "had" for other in verbs[1:]):
        return NOT_CERTAIN
    subject, rest = words[:at], words[at + 1 :]
    if any(_is_number(word) for word in lowered[:at]) or _begins_before_its_subject(lowered[:at]):
        return NOT_CERTAIN
    if not _takes_no(lowered[:at]) or (lowered[at] in _HAVE and not _takes_no(lowered[at + 1 :])):
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
        case "a" | "an":
            return ["no", *words[1:]]
        case "another":
            return ["no other", *words[1:]]
        case _:
            return []


def _begins_before_its_subject(words: list[str]) -> bool:
    """Whether something stands before the subject of a sentence: "after surgery", "currently"."""
    return words[0] in _BEFORE_A_SUBJECT or (words[0].endswith("ly") and words[1:2] != [] and words[1] in _DETERMINED)


def _takes_no(words: list[str]) -> bool:
    """Whether words that begin with an article have a noun that "no" can stand before."""
    if words[:1] not in (["a"], ["an"], ["another"]):
        return True
    return len(words) > 1 and words[1] not in _NOT_AFTER_NO and not _is_number(words[1])


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word.split("-", maxsplit=1)[0] in _NUMBERS


def _question(words: list[str]) -> str:
    return " ".join([words[0].capitalize(), *words[1:]]) + "?"


def _is_participle(rest: list[str]) -> bool:
    """Whether "has" and these words are a perfect: "has returned to work", and not "has advanced cancer"."""
    if rest[0] in _PARTICIPLES:
        return len(rest) > 1
    return (
        rest[0].endswith("ed") and rest[0] not in _NO_PARTICIPLES and (len(rest) == 1 or rest[1] in _AFTER_PARTICIPLE)
    )


def _there(words: list[str], lowered: list[str]) -> YesNoSentences:
    """ "There is a reason" is denied by "there is no reason"."""
    perfect = lowered[1:3] in (["has", "been"], ["have", "been"])
    verb, rest = (words[1:3], words[3:]) if perfect else (words[1:2], words[2:])
    if not rest or not (perfect or lowered[1] in _BE):
        return NOT_CERTAIN
    main = _main_clause([word.lower() for word in rest])
    if not main or _is_number(main[0]) or _is_uncertain(main) or _VERBS.intersection(main):
        return NOT_CERTAIN
    if not _takes_no(main) or main[0] in _NOT_AFTER_NO - {"a", "an"} or main[0].endswith("ly"):
        return NOT_CERTAIN
    none = _none_of(rest) or ["no", *rest]
    return YesNoSentences(" ".join(["there", *verb, *none]), _question([verb[0], "there", *verb[1:], *rest]))


def _is_uncertain(main: list[str]) -> bool:
    """Whether a clause has a word that leaves open what is denied. Who is able to do without is denied the ability."""
    uncertain = _UNCERTAIN.intersection(main)
    able = "able" in main and main[main.index("able") + 1 :][:1] == ["to"]
    return bool(uncertain - {"without"} if able else uncertain)


def _main_clause(words: list[str]) -> list[str]:
    """The words before the first clause that hangs on them."""
    return words[: next((place for place, word in enumerate(words) if word in _CLAUSE), len(words))]
