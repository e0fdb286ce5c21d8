"""Suggesting scenarios for what none shows and for what none notices, each tried as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cdispec.analysis.adequacy.adequacy import Adequacy, Cell
from cdispec.analysis.adequacy.aspects import Comes, Reads
from cdispec.analysis.proof.limit import LIMIT, can_prove
from cdispec.analysis.replay.replay import beside_lines
from cdispec.analysis.suggest.closing import Picked, Target, Trial
from cdispec.analysis.suggest.cover import cover
from cdispec.analysis.suggest.nearby import amid, nearby
from cdispec.analysis.suggest.suggestion import Suggestion
from cdispec.analysis.suggest.telling import Known, tellings_of
from cdispec.analysis.suggest.trying import closed_as_written
from cdispec.library import ScenarioReading
from cdispec.model.case import Case
from cdispec.model.policy import Policy
from cdispec.targets.columns import bits


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The scenarios that are suggested, and of what is missing that for which none is."""

    adequacy: Adequacy
    scenarios: tuple[Suggestion, ...]
    left: tuple[Target, ...]


def suggest(adequacy: Adequacy, readings: Sequence[ScenarioReading], known: Known, limit: float = LIMIT) -> Suggestions:
    """Scenarios that close the gaps of a policy, and what of them is left.

    Which scenario names an interpretation is for its author to say: for those nothing is suggested.
    """
    targets: list[Target] = [*adequacy.open_cells, *adequacy.survivors]
    wanted = [one for one in targets if not (isinstance(one, Cell) and isinstance(one.aspect, Reads))]
    stated = [telling.case for reading in readings for telling in reading.story.tellings]
    cases = beside_lines(adequacy.policy, stated)
    picked = _picked(adequacy, wanted, cases, limit) if wanted else []
    scenarios = closed_as_written(adequacy.policy, tellings_of(adequacy.policy, picked, known))
    done = {id(target) for one in scenarios for target in one.closes}
    return Suggestions(adequacy, tuple(scenarios), tuple(one for one in targets if id(one) not in done))


def _picked(adequacy: Adequacy, targets: Sequence[Target], cases: Sequence[Case], limit: float) -> list[Picked]:
    policy = adequacy.policy
    bases = [*cases, *_found(policy, [one for one in targets if _is_outcome(one)], cases, limit)]
    trial = Trial(policy, nearby(policy, bases))
    closed, unclosed = _closed(trial, targets)
    if unclosed and (found := _found(policy, unclosed, bases, limit)):
        favoured = [amid(case, trial.favourable(case.request), policy) for case in found]
        trial = Trial(policy, [*trial.cases, *favoured, *found])
        closed, _ = _closed(trial, targets)
    chosen = sorted(cover(closed, cache(trial.effort)).items(), key=lambda one: min(one[1]))
    return [trial.picked(number, [targets[place] for place in sorted(done)]) for number, done in chosen]


def _is_outcome(target: Target) -> bool:
    return isinstance(target, Cell) and isinstance(target.aspect, Comes)


def _closed(trial: Trial, targets: Sequence[Target]) -> tuple[dict[int, set[int]], list[Target]]:
    """For each case what it would close, by its place, and what none would."""
    closed: dict[int, set[int]] = {}
    unclosed: list[Target] = []
    for place, target in enumerate(targets):
        cases = trial.closing(target)
        if not cases:
            unclosed.append(target)
        for number in bits(cases):
            closed.setdefault(number, set()).add(place)
    return {number: done for number, done in closed.items() if trial.can_be_told(number)}, unclosed


def _found(policy: Policy, targets: Sequence[Target], cases: Sequence[Case], limit: float) -> list[Case]:
    """Cases that a solver finds for each of these."""
    if not targets or not can_prove():
        return []
    from cdispec.analysis.suggest.asked import Asked

    asked = Asked(Trial(policy, cases), limit)
    return [case for target in targets if (case := asked.case(target)) is not None]
