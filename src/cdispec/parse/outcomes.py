"""The outcomes that a policy declares: from its front matter to the model."""

from __future__ import annotations

import re

from cdispec.issues.policies import unknown_outcome
from cdispec.model.outcomes import BUILT_IN, STATED, Outcome, OutcomeEffect, OwnOutcome
from cdispec.parse.fields import Fields, expect, fields_of
from cdispec.parse.yamltree import Scalar, YamlNode

_NAME = re.compile(r"[a-z0-9][a-z0-9 '/-]*")
_EFFECTS = {effect.value: effect for effect in (OutcomeEffect.GRANTS, OutcomeEffect.DENIES, OutcomeEffect.REFERS)}
_KEYS = ("effect", "before", "after", "phrase")


def read_outcomes(front: Fields) -> tuple[OwnOutcome, ...]:
    """The outcomes that the front matter declares. One may be placed beside those declared above it."""
    declared = front.mapping("outcomes", required=False)
    found: list[OwnOutcome] = []
    for key, value in declared.pairs if declared else ():
        own = _outcome(key, value, front, {one.value: one for one in (*STATED, *(own.outcome for own in found))})
        if own is not None:
            found.append(own)
    return tuple(found)


def _outcome(key: Scalar, value: YamlNode, front: Fields, known: dict[str, Outcome]) -> OwnOutcome | None:
    issues = front.issues
    is_name = _NAME.fullmatch(key.text) and key.text not in {*BUILT_IN}
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
    return OwnOutcome(Outcome(name, effect), phrase, before, after, key.place) if effect else None


def _beside(fields: Fields, word: str, known: dict[str, Outcome]) -> Outcome | None:
    text = fields.text(word, required=False)
    if text and text not in known:
        fields.issues.append(unknown_outcome(fields.at(word), text, known))
    return known.get(text)
