"""The policy and the cases that the benchmarks decide."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import orjson

from cdispec.library import read_library
from cdispec.model.case import Case
from cdispec.model.facts import Including, Number, OneOf, SetOf, Value, YesNo
from cdispec.model.policy import Policy

ROOT = Path(__file__).parent.parent
DAY = date(2025, 7, 1)
AGAINST = ("able-to-maintain-progress", "veteran-request-alone")
"""The yes-no facts whose favourable answer is no."""


def massage() -> Policy:
    """CDI 00036 as this library states it."""
    return read_library(ROOT).policies["00036"]


def known_cases(policy: Policy, count: int, seed: int) -> list[Case]:
    """Cases in which every fact is known, half of them initial; favourable enough that outcomes are mixed."""
    drawn = random.Random(seed)
    return [_case(policy, drawn, 1.0) for _ in range(count)]


def open_cases(policy: Policy, count: int, seed: int) -> list[Case]:
    """Cases in which facts are missing and lists may be incomplete, few or many."""
    drawn = random.Random(seed)
    return [_case(policy, drawn, drawn.choice([0.2, 0.5, 0.8, 0.9])) for _ in range(count)]


def _case(policy: Policy, drawn: random.Random, known: float) -> Case:
    facts = {id: _answer(policy, id, drawn, known) for id in policy.facts if drawn.random() < known}
    return Case(policy.number, drawn.choice(["initial", "continuation"]), DAY, facts)


def _answer(policy: Policy, id: str, drawn: random.Random, known: float) -> Value:
    favourable = drawn.random() < 0.96
    match fact := policy.facts[id]:
        case YesNo():
            return favourable != (id in AGAINST)
        case Number():
            return drawn.randint(1, 95) if fact.maximum else drawn.randint(1, 4)
        case OneOf(options=options):
            return drawn.choice(options[1:]).id if favourable else options[0].id
        case SetOf(options=options):
            members = frozenset(option.id for option in options if drawn.random() < 0.1)
            return Including(members) if known < 1 and drawn.random() < 0.5 else members
        case _:
            return DAY


def as_line(case: Case) -> bytes:
    """A case as a line of JSON."""
    return orjson.dumps(
        {
            "policy": case.policy,
            "request": case.request,
            "date": case.date.isoformat(),
            "facts": {id: _plain(answer) for id, answer in case.facts.items()},
        }
    )


def _plain(answer: Value) -> object:
    if isinstance(answer, Including):
        return {"including": sorted(answer.members)}
    return sorted(answer) if isinstance(answer, frozenset) else answer
