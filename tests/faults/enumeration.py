"""Every complete record of a small policy, as far as its criteria can tell records apart, and how things could be.

A record leaves any fact out; how things are is an answer to every fact, of which the record shows some. The compiled
form decides them, which is held equal to the core elsewhere: there are many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from math import prod
from typing import assert_never

from cdispec.core.program import Gate, Includes, Inverse, Lies, Program, Shown, Yes
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Criterion, ListOf, Logic, Not, OfRows, Period, Reference, walk
from cdispec.model.facts import Day, Value
from cdispec.model.policy import Policy, all_criteria, blocks
from cdispec.targets.python import compile_policy
from tests.answers import answers_of

Told = tuple[object, ...]
TODAY = date(2025, 6, 15)
NEAR = [TODAY + timedelta(step) for step in range(-9, 10)]
"""Requests are made on all of these days, beyond which no criterion of these tests looks."""
_NEVER = Period(end=date.min)


class Enumeration:
    """The complete records of a policy with the truths of its criteria."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def count(self) -> int:
        """How many ways there are in which things can be and be shown, of one kind of request."""
        return sum(prod(2 * len(answers) for answers in self._answers(day)) for day in self._request_days())

    @cached_property
    def cases(self) -> list[Case]:
        """The records, as requests of the first kind."""
        return [
            self._case(day, stated)
            for day in self._request_days()
            for stated in product(*([*answers, None] for answers in self._answers(day)))
        ]

    @cached_property
    def records(self) -> list[list[dict[str, bool]]]:
        """For each record, and for each way in which things could be, whether each criterion in force is met."""
        compiled = compile_policy(self.policy)
        program = compiled.program
        found = []
        for case in self.cases:
            shown = compiled.truths(compiled.checked(case))
            rows = []
            for answers in product(*self._fillings(case)):
                real = compiled.truths(compiled.checked(self._case(case.date, answers)))
                truths = _really(program, shown, real)
                nodes = program.criteria.items()
                rows.append({id: truths[own.truth] for id, own in nodes if truths[own.in_force]})
            found.append(rows)
        return found

    @cached_property
    def rows(self) -> list[dict[str, bool]]:
        """The same for all records together."""
        return [row for record in self.records for row in record]

    @cached_property
    def shown(self) -> list[dict[str, bool]]:
        """For each record whether it shows that each criterion in force is met."""
        return [{id: all(row[id] for row in rows) for id in rows[0]} for rows in self.records]

    def constant(self, criterion: Criterion) -> Truth:
        """Whether a criterion is met in every case in which it is in force, or shown to be met in none."""
        if not any(criterion.id in row for row in self.rows):
            return Truth.UNKNOWN
        if not any(record.get(criterion.id) for record in self.shown):
            return Truth.FALSE
        return Truth.TRUE if all(row.get(criterion.id, True) for row in self.rows) else Truth.UNKNOWN

    def decisions(self, dropped: frozenset[str] = frozenset()) -> list[Told]:
        """What is decided of each record and kind of request, and how it is classified, where criteria are dropped."""
        policy = without(self.policy, dropped)
        compiled = compile_policy(policy)
        found = []
        for case in self.cases:
            decided = [compiled.decide(compiled.checked(replace(case, request=kind))) for kind in policy.requests]
            classified = [decided[0].truths[node] for node in compiled.program.classifications.values()]
            found.append((*(one.outcome for one in decided), *classified))
        return found

    def _case(self, day: date, stated: Sequence[Value | None]) -> Case:
        answers = zip(self.policy.facts, stated, strict=True)
        facts = {fact: answer for fact, answer in answers if answer is not None}
        return Case(self.policy.number, next(iter(self.policy.requests)), day, facts, complete=True)

    def _fillings(self, case: Case) -> Iterator[Sequence[Value]]:
        for fact, answers in zip(self.policy.facts, self._answers(case.date), strict=True):
            yield [case.facts[fact]] if fact in case.facts else answers

    def _answers(self, day: date) -> list[Sequence[Value]]:
        if day not in self._tried:
            answers = answers_of(self.policy, Case(self.policy.number, "", day, {}))
            self._tried[day] = [answers(fact) for fact in self.policy.facts.values()]
        return self._tried[day]

    @cached_property
    def _tried(self) -> dict[date, list[Sequence[Value]]]:
        return {}

    def _request_days(self) -> list[date]:
        """Days on which requests may be decided in another way, with those beside them; of dates, every day near."""
        days = {self.policy.effective}
        for part in all_criteria(self.policy):
            days |= {day for day in (part.valid.start, part.valid.end) if day is not None}
        if any(isinstance(fact, Day) for fact in self.policy.facts.values()):
            return [day for day in NEAR if day >= self.policy.effective]
        near = {day + timedelta(step) for day in days for step in (-1, 0, 1)}
        return sorted(day for day in near if day >= self.policy.effective)


def _really(program: Program, shown: Sequence[int], real: Sequence[int]) -> list[bool]:
    """Whether each node is true of how things are, `shown` being the truths of the record and `real` those of all."""
    found: list[bool] = []
    for number, node in enumerate(program.nodes):
        match node:
            case Yes() | Includes() | Lies():
                found.append(real[number] == Truth.TRUE)
            case Gate(count, of):
                found.append(sum(found[child] for child in of) >= count)
            case Inverse(of):
                found.append(not found[of])
            case Shown():
                found.append(shown[number] == Truth.TRUE)
            case _:
                assert_never(node)
    return found


def without(policy: Policy, dropped: frozenset[str]) -> Policy:
    """The policy in which these criteria are never in force."""

    def stated(before: Criterion) -> Criterion:
        guard = stated(before.unless) if before.unless is not None else None
        valid = _NEVER if before.id in dropped else before.valid
        return replace(before, logic=logic(before.logic), unless=guard, valid=valid)

    def logic(before: Logic) -> Logic:
        match before:
            case ListOf(of=of):
                return replace(before, of=tuple(stated(member) for member in of))
            case Not(member):
                return Not(stated(member))
            case Reference() | Comparison() | OfRows():
                return before
            case _:
                assert_never(before)

    if not dropped:
        return policy
    found = replace(
        policy,
        rules=tuple(replace(rule, criterion=stated(rule.criterion)) for rule in policy.rules),
        classifications=tuple(replace(one, criterion=stated(one.criterion)) for one in policy.classifications),
        shared=tuple(replace(block, criterion=stated(block.criterion)) for block in policy.shared),
    )
    return replace(found, criteria={part.id: part for block in blocks(found) for part in walk(block.criterion)})
