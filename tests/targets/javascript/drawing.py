"""Seeded random cases of stated policies, at the edges of what their criteria compare, and tangled policies."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from cdispec.determine.answers import representatives
from cdispec.determine.compiled import compile_policy
from cdispec.determine.formula import Decision, Formulas, Leaf, leaves
from cdispec.model.case import Case
from cdispec.model.criteria import AtLeast, Criterion, Reference
from cdispec.model.facts import Including, SetOf, Value, YesNo
from cdispec.model.policy import Outcome, Policy, all_criteria, blocks
from tests.determine.strategies import asked, criterion, small_policy, yes_no

CODES = ("97124", "97140", "99999")
DAYS = (date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31), date(2025, 7, 1))


class Drawing:
    """Draws cases of a policy: any request kind, open and complete records, from little to everything known."""

    def __init__(self, policy: Policy, seed: int) -> None:
        self._policy = policy
        self._random = random.Random(seed)

    def cases(self, count: int) -> Iterator[Case]:
        """So many cases."""
        for _ in range(count):
            day = self._random.choice(self._days)
            known = self._random.choice([0.3, 0.6, 0.9, 1.0])
            facts = {id: self._answer(id, day) for id in self._asked(day) if self._random.random() < known}
            request = self._random.choice(list(self._policy.requests))
            codes = tuple(self._random.sample(CODES, self._random.randint(0, 2)))
            yield Case(self._policy.number, request, day, facts, self._random.random() < 0.2, codes)

    def filling(self, request: str) -> Iterator[Case]:
        """A form that is filled in: each time an answer to something needed, one that leaves it open where any does."""
        compiled = compile_policy(self._policy)
        day = self._random.choice(self._days)
        case = Case(self._policy.number, request, day, {})
        for _ in range(len(self._policy.facts) + 5):
            yield case
            needed = compiled.determine(case).needed
            if not needed:
                break
            fact = self._random.choice(needed)
            ways = [replace(case, facts={**case.facts, fact: self._answer(fact, day)}) for _ in range(4)]
            case = next((way for way in ways if compiled.determine(way).needed), ways[0])

    @cached_property
    def _days(self) -> Sequence[date]:
        """Days of requests, those around which criteria come into force or drop out among them."""
        periods = [criterion.valid for criterion in all_criteria(self._policy)]
        edges = {edge for period in periods for edge in (period.start, period.end) if edge is not None}
        return [*DAYS, *sorted(edge + timedelta(step) for edge in edges for step in (-1, 0, 1))]

    def _asked(self, day: date) -> Mapping[str, Sequence[Leaf]]:
        """The facts that any criterion asks on any day, with the leaves of all of them on this day."""
        formulas = Formulas(self._policy, day)
        rules = tuple((formulas.formula(block.criterion), Outcome.NECESSARY) for block in blocks(self._policy))
        found = list(leaves(Decision(rules, Outcome.NECESSARY)))
        return {fact: found for leaf in found for fact in leaf.facts}

    def _answer(self, id: str, day: date) -> Value:
        fact = self._policy.facts[id]
        if isinstance(fact, SetOf):
            members = frozenset(option.id for option in fact.options if self._random.random() < 0.3)
            return Including(members) if self._random.random() < 0.5 else members
        empty = Case(self._policy.number, next(iter(self._policy.requests)), day, {})
        return self._random.choice(representatives(id, self._asked(day)[id], self._policy, empty))


def tangled(seed: int) -> Policy:
    """A policy that asks a few facts over and over, so that it takes several of them to settle a case."""
    drawn = random.Random(seed)
    facts = [yes_no(id) for id in "abcdefg"]
    members = [
        criterion(f"{n}", AtLeast(drawn.randint(1, 3), tuple(_literal(f"{n}-{fact.id}", fact, drawn) for fact in some)))
        for n, some in enumerate(drawn.sample(facts, 4) for _ in range(5))
    ]
    first = criterion("first", AtLeast(drawn.randint(2, 4), tuple(members)))
    second = criterion("second", AtLeast(2, tuple(criterion(f"to-{n}", Reference(f"{n}")) for n in range(2, 5))))
    outcomes = drawn.choice([(Outcome.NECESSARY, Outcome.NOT_INDICATED), (Outcome.NECESSARY, Outcome.NECESSARY)])
    return small_policy([*facts], list(zip((first, second), outcomes, strict=True)))


def _literal(id: str, fact: YesNo, drawn: random.Random) -> Criterion:
    return criterion(id, asked(fact.id, drawn.random() < 0.7))
