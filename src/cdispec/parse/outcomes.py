"""The outcomes that a policy declares: from its front matter to the model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cdispec.issues.facts import colliding_phrases
from cdispec.issues.policies import unknown_outcome
from cdispec.model.outcomes import BUILT_IN, STATED, Outcome, OutcomeEffect, OwnOutcome
from cdispec.parse.fields import Fields, expect, fields_of
from cdispec.parse.yamltree import Scalar, YamlNode

_NAME = re.compile(r"[a-z0-9][a-z0-9'/-]*(?: [a-z0-9'/-]+)*")
_EFFECTS = {effect.value: effect for effect in (OutcomeEffect.GRANTS, OutcomeEffect.DENIES, OutcomeEffect.REFERS)}
_KEYS = ("effect", "before", "after", "phrase")


def read_outcomes(front: Fields) -> tuple[OwnOutcome, ...]:
    """The outcomes that the front matter declares. One may be placed beside those declared above it."""
    declared = front.mapping("outcomes", required=False)
    found: list[OwnOutcome] = []
    taken = {words: (sentence, "of every policy") for one in BUILT_IN for words, sentence in _sentences(one.value)}
    for key, value in declared.pairs if declared else ():
        own = _outcome(key, value, front, {one.value: one for one in (*STATED, *(own.outcome for own in found))}, taken)
        if own is not None:
            found.append(own)
            line = f"on line {own.place.line}"
            taken |= {words: (sentence, line) for words, sentence in _sentences(own.outcome.value, own.phrase)}
    return tuple(found)


def _outcome(
    key: Scalar, value: YamlNode, front: Fields, known: dict[str, Outcome], taken: dict[str, tuple[str, str]]
) -> OwnOutcome | None:
    issues = front.issues
    is_name = _NAME.fullmatch(key.text)
    name = expect(key.text if is_name else None, key, "the name of an outcome of its own, in lower case", issues)
    fields = fields_of(value, f"the outcome `{key.text}`", "a mapping with `effect:`", issues, _KEYS)
    if fields is None or name is None:
        return None
    effect = None
    if (stated := fields.require("effect")) is not None:
        effect = expect(_EFFECTS.get(stated.text), stated, "`grants`, `denies` or `refers`", issues)
    before, after = (_beside(fields, word, known) for word in ("before", "after"))
    if before and after:
        expect(None, fields["after"], "only one of `before:` and `after:`", issues)
    phrase = fields.text("phrase", required=False)
    first = _first_of(name, taken)
    if first is not None:
        issues.append(colliding_phrases(key.place, name, *first))
    elif phrase and (first := _first_of(phrase, taken)) is not None:
        issues.append(colliding_phrases(fields.at("phrase"), phrase, *first))
    return OwnOutcome(Outcome(name, effect), phrase, before, after, key.place) if effect and first is None else None


def _sentences(name: str, phrase: str = "") -> Iterable[tuple[str, str]]:
    """What names an outcome, as it is compared and as it is written."""
    return [(_compared(text), text) for text in (name, f"it is {name}", phrase) if text]


def _first_of(text: str, taken: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    """What names another outcome in the same words as a name or a phrase, and where it stands."""
    return taken.get(_compared(text)) or taken.get(_compared(f"it is {text}"))


def _compared(text: str) -> str:
    """The words of a text, without regard to case, spacing and signs: nobody tells two outcomes apart by a hyphen."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _beside(fields: Fields, word: str, known: dict[str, Outcome]) -> Outcome | None:
    text = fields.text(word, required=False)
    if text and text not in known:
        fields.issues.append(unknown_outcome(fields.at(word), text, known))
    return known.get(text)
