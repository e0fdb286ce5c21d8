"""Outcomes: what a determination can say of a request, and which of them a policy asks for first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from cdispec.source import Place


class OutcomeEffect(StrEnum):
    """What an outcome means for the person who makes the request, the best first.

    `leaves open` is what a policy does not address; `undecided` are those of the tool itself.
    """

    GRANTS = "grants"
    REFERS = "refers"
    DENIES = "denies"
    LEAVES_OPEN = "leaves open"
    UNDECIDED = "undecided"


class Outcome(str):
    """What a determination can say, by its name. None of them says covered, approved or benefit: documents disclaim it.

    `not decided` says that working out a case exactly, which its record does not settle at once, took too much work.
    A policy may have outcomes of its own. Those of one name and effect are one object.
    """

    effect: OutcomeEffect
    NECESSARY: ClassVar[Outcome]
    NOT_NECESSARY: ClassVar[Outcome]
    NOT_INDICATED: ClassVar[Outcome]
    NOT_ADDRESSED: ClassVar[Outcome]
    MORE_INFORMATION: ClassVar[Outcome]
    NOT_DECIDED: ClassVar[Outcome]

    _known: ClassVar[dict[tuple[str, OutcomeEffect], Outcome]] = {}

    def __new__(cls, name: str, effect: OutcomeEffect) -> Outcome:
        """The outcome of a name and an effect."""
        found = cls._known.get((name, effect))
        if found is None:
            found = cls._known[name, effect] = super().__new__(cls, name)
            found.effect = effect
        return found

    def __getnewargs__(self) -> tuple[str, OutcomeEffect]:  # type: ignore[override]
        """What makes it again, where it is copied."""
        return str(self), self.effect

    @property
    def value(self) -> str:
        """Its name."""
        return str(self)

    @property
    def is_open(self) -> bool:
        """Whether it leaves open what becomes of the request, for want of information or of work."""
        return self.effect is OutcomeEffect.UNDECIDED

    @property
    def grants(self) -> bool:
        """Whether what is requested is granted."""
        return self.effect is OutcomeEffect.GRANTS


Outcome.NECESSARY = Outcome("medically necessary", OutcomeEffect.GRANTS)
Outcome.NOT_NECESSARY = Outcome("not medically necessary", OutcomeEffect.DENIES)
Outcome.NOT_INDICATED = Outcome("not indicated", OutcomeEffect.DENIES)
Outcome.NOT_ADDRESSED = Outcome("not addressed", OutcomeEffect.LEAVES_OPEN)
Outcome.MORE_INFORMATION = Outcome("more information needed", OutcomeEffect.UNDECIDED)
Outcome.NOT_DECIDED = Outcome("not decided", OutcomeEffect.UNDECIDED)

STATED = (Outcome.NECESSARY, Outcome.NOT_NECESSARY, Outcome.NOT_INDICATED, Outcome.NOT_ADDRESSED)
"""The outcomes that every policy can state."""

BUILT_IN = (*STATED, Outcome.MORE_INFORMATION, Outcome.NOT_DECIDED)
"""The outcomes that need not be declared."""

_EFFECTS, _RANKS = (*OutcomeEffect,), {outcome: rank for rank, outcome in enumerate(BUILT_IN)}


def in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Outcomes, each once, as they are listed: by what they mean for people, the granting ones first."""
    return sorted(set(outcomes), key=lambda one: (_EFFECTS.index(one.effect), _RANKS.get(one, len(_RANKS)), one.value))


@dataclass(frozen=True, slots=True)
class OwnOutcome:
    """An outcome that a policy declares, with the sentence by which scenarios may name it, or "".

    Its rules are asked right `before` or right `after` those of another outcome, where one is named. Else they are
    asked among the indications where it grants, and among the exclusions where it does not.
    """

    outcome: Outcome
    phrase: str
    before: Outcome | None
    after: Outcome | None
    place: Place


def precedence(own: Iterable[OwnOutcome]) -> dict[Outcome, int]:
    """Which outcomes are asked for first; those of one rank are asked for in the order of the document."""
    asked = [{outcome for outcome in STATED if not outcome.grants}, {Outcome.NECESSARY}]
    for declared in own:
        beside = declared.before or declared.after
        like = beside or (Outcome.NECESSARY if declared.outcome.grants else Outcome.NOT_NECESSARY)
        at = next(rank for rank, outcomes in enumerate(asked) if like in outcomes)
        if beside is None:
            asked[at].add(declared.outcome)
        else:
            asked.insert(at if declared.before else at + 1, {declared.outcome})
    return {outcome: rank for rank, outcomes in enumerate(asked) for outcome in outcomes}
