"""What a changed outcome of one line does to the lines that ask for it.

To a solver what another line comes to is an answer like any other, the same before and after. Where that line is
decided otherwise, what follows for the line that asks is therefore not decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cdispec.analysis.effects.effect import Relation, RequestEffect
from cdispec.model.lines import AskedLine
from cdispec.model.policy import Policy


def following_lines(requests: Sequence[RequestEffect], *states: Policy) -> list[RequestEffect]:
    """The effects on kinds of request, with those not decided that follow the outcome of a line that was changed."""
    found = {one.request.id: one for one in requests}
    changed = True
    while changed:
        follows = {id: _changed_lines(id, found, states) for id in found}
        changed = any(found[id].follows != kinds for id, kinds in follows.items())
        found = {id: _following(one, follows[id]) for id, one in found.items()}
    return [*found.values()]


def _changed_lines(kind: str, found: Mapping[str, RequestEffect], states: Sequence[Policy]) -> tuple[str, ...]:
    """The kinds of other lines of which this one asks an outcome that other requests have than before."""
    asked = [state.asked_lines[id] for state in states for id in state.lines_that_decide(kind)]
    return tuple(sorted({one.kind for one in asked if _is_changed(one, found)}))


def _is_changed(asked: AskedLine, found: Mapping[str, RequestEffect]) -> bool:
    outcomes = found[asked.kind].outcomes if asked.kind in found else {}
    return any(one == asked.outcome and how is not Relation.EQUIVALENT for one, how in outcomes.items())


def following_names(requests: Sequence[RequestEffect], *states: Policy) -> dict[str, None]:
    """The classifications that ask for the outcome of a line that was changed: what follows is not decided."""
    found = {one.request.id: one for one in requests}
    asked = {
        (named.name, state.asked_lines[id])
        for state in states
        for named in state.classifications
        for id in state.lines_in([named.criterion])
    }
    return {name: None for name, one in sorted(asked, key=lambda pair: pair[0]) if _is_changed(one, found)}


def _following(effect: RequestEffect, kinds: tuple[str, ...]) -> RequestEffect:
    if not kinds:
        return effect
    known = {
        outcome: relation if relation is Relation.DIFFERENT else None for outcome, relation in effect.outcomes.items()
    }
    return replace(effect, outcomes=known, clauses_decided=False, follows=kinds)
