"""What is needed, worked out the slow way: try every answer to everything that is unknown.

Written from the words of the specification and independent of `cdispec.determine.needed`. Answers that no comparison of
the policy tells apart are tried once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from math import prod
from typing import assert_never

from cdispec.determine.determine import decide
from cdispec.determine.truth import compare
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, IsOneOf, Range, Within, shifted
from cdispec.model.facts import Day, Fact, Including, Number, OneOf, SetOf, Value, YesNo
from cdispec.model.policy import Outcome, Policy, all_criteria

NEAR = 3
"""So many days before and after the edge of a date are tried, each of them."""


class Completions:
    """A case with the answers that could still be given, and the outcome under every combination of them."""

    def __init__(self, policy: Policy, case: Case) -> None:
        self.policy, self.case = policy, case
        self.comparisons = [node.logic for node in all_criteria(policy) if isinstance(node.logic, Comparison)]
        self.open = [fact for fact in policy.facts.values() if _is_open(fact, case)]
        self.answers = {fact.id: self._told_apart(fact, list(self._possible(fact))) for fact in self.open}

    def count(self) -> int:
        """How many combinations of answers there are."""
        return prod(len(answers) for answers in self.answers.values())

    def outcome(self, answers: dict[str, Value]) -> Outcome:
        """The outcome once these answers are given."""
        return decide(self.policy, replace(self.case, facts={**self.case.facts, **answers}))

    def outcomes(self) -> dict[tuple[Value, ...], Outcome]:
        """The outcome of every completion of the case."""
        return {row: self.outcome(dict(zip(self.answers, row, strict=True))) for row in product(*self.answers.values())}

    def needed(self) -> set[str]:
        """The facts with two completions that differ in that fact alone and in the outcome."""
        outcomes = self.outcomes()
        found = set()
        for position, fact in enumerate(self.answers):
            rest: dict[tuple[Value, ...], set[Outcome]] = {}
            for row, outcome in outcomes.items():
                rest.setdefault(row[:position] + row[position + 1 :], set()).add(outcome)
            if any(len(reached) > 1 for reached in rest.values()):
                found.add(fact)
        return found

    def can_settle(self, facts: Iterable[str]) -> bool:
        """Whether some answers to these facts settle the case as three-valued logic sees it."""
        names = list(facts)
        rows = product(*(self.answers[fact] for fact in names))
        outcomes = (self.outcome(dict(zip(names, row, strict=True))) for row in rows)
        return any(outcome is not Outcome.MORE_INFORMATION for outcome in outcomes)

    def fewest_that_settle(self) -> int | None:
        """The size of the smallest set of facts of which some answers settle the case; None where there is none."""
        for size in range(len(self.answers) + 1):
            if any(self.can_settle(facts) for facts in combinations(self.answers, size)):
                return size
        return None

    def _possible(self, fact: Fact) -> Iterator[Value]:
        match fact:
            case YesNo():
                yield from (True, False)
            case OneOf(options=options):
                yield from (option.id for option in options)
            case SetOf(options=options):
                before = self.case.facts.get(fact.id)
                least = before.members if isinstance(before, Including) else frozenset()
                others = sorted({option.id for option in options} - least)
                for size in range(len(others) + 1):
                    yield from (least | set(more) for more in combinations(others, size))
            case Number():
                yield from self._numbers(fact)
            case Day():
                yield from sorted(self._days(fact))
            case _:
                assert_never(fact)

    def _numbers(self, fact: Number) -> Iterator[float]:
        edges = {edge for edge in self._edges(fact) if isinstance(edge, int | float)} | {0.0}
        edges |= {bound for bound in (fact.minimum, fact.maximum) if bound is not None}
        for number in sorted({edge + step for edge in edges for step in (-0.1, 0, 0.1)}):
            if (fact.minimum is None or fact.minimum <= number) and (fact.maximum is None or number <= fact.maximum):
                yield number

    def _edges(self, fact: Fact) -> Iterator[object]:
        for comparison in self.comparisons:
            if comparison.fact != fact.id:
                continue
            match comparison.test:
                case IsOneOf(values):
                    yield from values
                case Range(low, high):
                    yield from (bound.value for bound in (low, high) if bound is not None)
                case _:
                    pass

    def _days(self, fact: Day) -> set[date]:
        """Every day near an edge: those stated, and those at a stated distance from the request or a known date."""
        known = [value for value in self.case.facts.values() if isinstance(value, date)]
        edges = {self.case.date, *known, *(edge for edge in self._edges(fact) if isinstance(edge, date))}
        for comparison in self.comparisons:
            if isinstance(comparison.test, Within):
                lengths = [(sign, comparison.test.duration) for sign in (-1, 1)]
                edges |= {shifted(day, length, sign) for day in (self.case.date, *known) for sign, length in lengths}
        # The way back from a month that lacks the day is up to three days off.
        return {edge + timedelta(step) for edge in edges for step in range(-NEAR - 1, NEAR + 2)}

    def _told_apart(self, fact: Fact, answers: list[Value]) -> list[Value]:
        """One answer of each kind that the comparisons tell apart; of dates that hang together every answer."""
        asking = [told for told in self.comparisons if fact.id in (told.fact, _anchor(told))]
        dates = {name for told in asking for name in (told.fact, _anchor(told)) if name not in (None, fact.id)}
        if any(name not in self.case.facts for name in dates):
            return answers
        kinds: dict[tuple[object, ...], Value] = {}
        for answer in answers:
            filled = replace(self.case, facts={**self.case.facts, fact.id: answer})
            kinds.setdefault(tuple(compare(told, self.policy, filled) for told in asking), answer)
        return list(kinds.values())


def _anchor(comparison: Comparison) -> str | None:
    return comparison.test.anchor if isinstance(comparison.test, Within) else None


def _is_open(fact: Fact, case: Case) -> bool:
    return fact.id not in case.facts or isinstance(case.facts[fact.id], Including)
