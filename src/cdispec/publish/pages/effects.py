"""What revisions do to determinations, for the pages that tell it: proved once for each pair of neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.util import find_spec

from cdispec.analysis.effects.effect import Effect, RequestEffect, Witness
from cdispec.analysis.effects.wording import MEANINGS, UNDECIDED, determined, effect_lines, witness_scenario
from cdispec.model.outcomes import Outcome
from cdispec.model.periods import last_day
from cdispec.model.policy import Policy, RequestKind
from cdispec.publish.problems import Problem, RecipeError
from cdispec.publish.shelf import Shelf, standings
from cdispec.source import Place

PRINTED_LIMIT = 60.0
"""Seconds for each question: so many that what is printed does not depend on how busy a machine is."""

MOST_LINES = 12
"""So many lines of an effect stand in a row of the history."""

_NO_Z3 = Problem(
    Place("build/recipe.yaml"),
    "telling what a revision does needs z3, which is not installed",
    "pip install 'cdispec[prove]'",
)


class EffectLines(Mapping[str, tuple[str, ...]]):
    """What each published revision that follows another one does, in plain words; proved when it is asked for."""

    def __init__(self, shelf: Shelf) -> None:
        published = [standing for standing in standings(shelf) if standing.since]
        self._pairs = {
            one.policy.revision: (one.compared, one.policy, last_day(one.policy, shelf.revisions))
            for one in published
            if one.compared
        }

    def __getitem__(self, revision: str) -> tuple[str, ...]:
        lines = effect_lines(effect_between(*self._pairs[revision]))
        rest = len(lines) - MOST_LINES
        return lines if rest <= 0 else (*lines[:MOST_LINES], f"and {rest} more, which the page of its changes tells")

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)


def effect_between(before: Policy, after: Policy, last: date | None) -> Effect:
    """What a revision does until its last day, held against the one before it.

    Raises RecipeError where the solver that proves it is not installed.
    """
    if find_spec("z3") is None:
        raise RecipeError(_NO_Z3)
    return _effect_between(_Same(before), _Same(after), last)


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A state of a policy, which is frozen, as that very one: to compare all that it says would take long."""

    policy: Policy

    def __hash__(self) -> int:
        return id(self.policy)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.policy is self.policy


@lru_cache(maxsize=1024)
def _effect_between(before: _Same, after: _Same, last: date | None) -> Effect:
    from cdispec.analysis.effects.compare import effect_of

    return effect_of(before.policy, after.policy, PRINTED_LIMIT, last)


@dataclass(frozen=True, slots=True)
class Shown:
    """A case that is decided or classified otherwise: what is said of it before and after, and it as a scenario."""

    before: str
    after: str
    scenario: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a revision does to one kind of request: of each outcome how its cases relate, and cases that show it."""

    request: RequestKind
    relations: Mapping[Outcome, str]
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What a revision does, as a page tells it."""

    lines: tuple[str, ...]
    requests: tuple[Told, ...]
    classified: tuple[Shown, ...]


def told(effect: Effect) -> Effects:
    """An effect as a page tells it."""
    classified = effect.classified.items()
    return Effects(
        lines=effect_lines(effect),
        requests=tuple(_told(effect, request) for request in effect.requests),
        classified=tuple(_shown(effect, witness, name) for name, witness in classified if witness is not None),
    )


def _told(effect: Effect, found: RequestEffect) -> Told:
    relations = {
        outcome: UNDECIDED if relation is None else f"{relation}: {MEANINGS[relation]}"
        for outcome, relation in found.outcomes.items()
    }
    shown = [_shown(effect, witness) for witness in found.witnesses]
    if found.other_clauses is not None:
        shown.append(_shown(effect, found.other_clauses))
    return Told(found.request, relations, tuple(shown))


def _shown(effect: Effect, witness: Witness, classification: str = "") -> Shown:
    before, after = determined(witness, classification)
    return Shown(before, after, "\n".join(witness_scenario(effect, witness, classification)))
