"""The effect of a revision as text for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdispec.analysis.effects.effect import Effect, Relation, RequestEffect, Witness
from cdispec.analysis.effects.wording import FOLLOWS, MEANINGS, NO_EFFECT, UNDECIDED, effect_lines, witness_scenario
from cdispec.determine.contract import case_json, summary_json
from cdispec.report.terminal import Style, wrapped


def effect_text(effect: Effect, style: Style) -> str:
    """What a revision does, kind of request by kind of request, each change with its smallest case."""
    lines = [style.bold("What it does"), ""]
    if effect.same_logic:
        lines += wrapped("The logic is the same: every request is decided as before, on the same clauses (proved).", 2)
        lines += [part for line in effect_lines(effect) if line != NO_EFFECT for part in wrapped(line, 2)]
        return "\n".join(lines)
    for line in effect_lines(effect):
        lines += wrapped("No request is decided otherwise: this is proved." if line == NO_EFFECT else line, 2)
    for request in effect.requests:
        lines += ["", *_request(effect, request, style)]
    for name, witness in effect.classified.items():
        if witness is not None:
            lines += ["", f"  {style.bold('classifications')}", "", *_shown(effect, witness, name)]
    return "\n".join(lines)


def _request(effect: Effect, request: RequestEffect, style: Style) -> Iterator[str]:
    yield f"  {style.bold(request.request.phrase)}"
    width = max(map(len, request.outcomes))
    for outcome, relation in request.outcomes.items():
        if relation is None:
            yield f"    {outcome:{width}}  {style.yellow(FOLLOWS if request.follows else UNDECIDED)}"
            continue
        paint = style.dim if relation is Relation.EQUIVALENT else style.bold
        yield f"    {outcome:{width}}  {paint(f'{relation:10}')}  {MEANINGS[relation]}"
    for witness in request.witnesses:
        yield from ("", *_shown(effect, witness))
    if request.other_clauses:
        yield from ("", *_shown(effect, request.other_clauses))


def _shown(effect: Effect, witness: Witness, classification: str = "") -> Iterator[str]:
    for line in witness_scenario(effect, witness, classification):
        yield f"      {line}"


def effect_json(effect: Effect) -> dict[str, Any]:
    """What a revision does, as plain data: how outcomes relate, and each witness with both determinations."""
    return {
        "proved": effect.proved,
        "same_logic": effect.same_logic,
        "equivalent": effect.equivalent,
        "limit": effect.limit,
        "summary": list(effect_lines(effect)),
        "begun": [kind.id for kind in effect.begun],
        "ended": [kind.id for kind in effect.ended],
        "requests": [_request_json(effect, request) for request in effect.requests],
        "classifications": {
            name: None if witness is None else _witness_json(effect, witness, name)
            for name, witness in effect.classified.items()
        },
    }


def _request_json(effect: Effect, request: RequestEffect) -> dict[str, Any]:
    other = request.other_clauses
    return {
        "request": request.request.id,
        "outcomes": {
            outcome.value: None if relation is None else relation.value
            for outcome, relation in request.outcomes.items()
        },
        "witnesses": [_witness_json(effect, witness) for witness in request.witnesses],
        "other_clauses": None if other is None else _witness_json(effect, other),
        "clauses_decided": request.clauses_decided,
    }


def _witness_json(effect: Effect, witness: Witness, classification: str = "") -> dict[str, Any]:
    return {
        "due_to": witness.due_to,
        "scenario": witness_scenario(effect, witness, classification),
        "before": {"case": case_json(witness.before_case), "determination": summary_json(witness.before)},
        "after": {"case": case_json(witness.after_case), "determination": summary_json(witness.after)},
    }
