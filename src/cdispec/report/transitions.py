"""What became of real cases as text for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdispec.analysis.transitions import Transition, Transitions
from cdispec.model.outcomes import Outcome
from cdispec.report.terminal import Style

SHOWN = 3
"""So many places are told of each transition; JSON has all."""


def transitions_text(found: Transitions, others: int, style: Style) -> str:
    """How many cases are decided otherwise, each transition with some of its cases, then what stayed as it was."""
    return "\n".join(_lines(found, others, style))


def _lines(found: Transitions, others: int, style: Style) -> Iterator[str]:
    read, changed = found.counts.total(), sum(count for one, count in found.counts.items() if one.changes)
    yield f"{_cases(read)} read; {_cases(changed)} decided otherwise"
    if others:
        yield f"{_cases(others)} of other policies passed over"
    counted = len(f"{read:,}")
    for heading, changes in (("decided otherwise", True), ("as before", False)):
        here = sorted((one for one in found.counts if one.changes is changes), key=lambda one: -found.counts[one])
        if here:
            yield f"\n  {style.bold(heading)}"
        for one in here:
            name = f"{_name(one.before)} -> {_name(one.after)}" if changes else _name(one.after)
            yield f"    {found.counts[one]:>{counted},}  {name}"
            for line in _shown(found.changed.get(one, [])):
                yield f"    {'':{counted}}    {line}"


def _shown(places: list[str]) -> Iterator[str]:
    yield from places[:SHOWN]
    if len(places) > SHOWN:
        yield f"and {len(places) - SHOWN:,} more"


def _cases(count: int) -> str:
    return f"{count:,} case{'' if count == 1 else 's'}"


def _name(outcome: Outcome | None) -> str:
    return "not decided" if outcome is None else outcome.value


def transitions_json(found: Transitions, others: int, unread: int) -> dict[str, Any]:
    """The same as plain data, with the place of every case that changed and how many texts could not be read."""
    ordered = sorted(found.counts, key=lambda one: (_name(one.before), _name(one.after)))
    return {
        "policy": found.after.policy.number,
        "before": found.before.policy.revision,
        "after": found.after.policy.revision,
        "read": found.counts.total(),
        "changed": sum(count for one, count in found.counts.items() if one.changes),
        "other_policies": others,
        "unread": unread,
        "transitions": [_transition(one, found) for one in ordered],
    }


def _transition(one: Transition, found: Transitions) -> dict[str, Any]:
    return {
        "before": None if one.before is None else one.before.value,
        "after": None if one.after is None else one.after.value,
        "count": found.counts[one],
        "places": found.changed.get(one, []),
    }
