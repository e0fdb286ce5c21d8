"""What an edit does, worked out the slow way: every case of the answers that are tried is decided by both states.

Independent of the solver and of formulas: the cases are decided by the compiled form, which is held equal to the
reference. Answers are tried around every edge that a criterion tells apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, combinations, pairwise, product
from math import prod
from typing import assert_never

from cdispec.analysis.effects.effect import Relation
from cdispec.determine.compiled import Compiled, compile_policy
from cdispec.determine.compiled.policy import Decided
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, IsOneOf, Range, Within, shifted
from cdispec.model.facts import Day, Fact, Including, Number, OneOf, Option, SetOf, Value, YesNo
from cdispec.model.policy import Outcome, Policy, all_criteria

Key = tuple[str, type[Fact], str]
Answers = Mapping[Key, Value | None]
"""What is answered to the facts of both states; those of another kind or in another unit are other facts."""


def key_of(fact: Fact) -> Key:
    """What makes a fact of two states the same."""
    return fact.id, type(fact), fact.unit if isinstance(fact, Number) else ""


@dataclass
class Found:
    """What was seen of a kind of request in all cases tried."""

    pairs: set[tuple[Outcome, Outcome]] = field(default_factory=set)
    other_clauses: bool = False
    classified: set[str] = field(default_factory=set)

    def relation(self, outcome: Outcome) -> Relation:
        """How the cases of an outcome relate."""
        gained = any(pair[1] is outcome for pair in self.pairs)
        lost = any(pair[0] is outcome for pair in self.pairs)
        if gained and lost:
            return Relation.DIFFERENT
        return Relation.WIDER if gained else Relation.NARROWER if lost else Relation.EQUIVALENT


class Both:
    """Two states of a policy, and the answers worth trying."""

    def __init__(self, before: Policy, after: Policy) -> None:
        self.states = before, after
        self.compiled = compile_policy(before), compile_policy(after)
        self._ids = _first_ids(before), _first_ids(after)
        self.facts: dict[Key, list[Fact]] = {}
        for policy in self.states:
            for fact in policy.facts.values():
                self.facts.setdefault(key_of(fact), []).append(fact)
        self._differing = tuple(
            {key: own.get(key) for key, facts in self.facts.items() if facts != [own.get(key)] * 2}
            for own in ({key_of(fact): fact for fact in policy.facts.values()} for policy in self.states)
        )
        self._named = tuple(
            {named.name: compiled.criteria.index(named.criterion.id) for named in policy.classifications}
            for compiled, policy in zip(self.compiled, self.states, strict=True)
        )
        self._names = {named.name for named in before.classifications} & {n.name for n in after.classifications}
        self.days = sorted(self._request_days())

    def _request_days(self) -> set[date]:
        first = max(policy.since for policy in self.states)
        found = {first}
        for policy in self.states:
            for criterion in all_criteria(policy):
                start, end = criterion.valid.start, criterion.valid.end
                found |= {start} if start else set()
                found |= {end, end + timedelta(1)} if end else set()
        return {day for day in found if day >= first}

    def answers(self, key: Key) -> list[Value | None]:
        """Every answer worth trying, and none."""
        facts = self.facts[key]
        match facts[0]:
            case YesNo():
                return [None, True, False]
            case OneOf():
                return [None, *dict.fromkeys(option.id for fact in facts for option in _options(fact))]
            case SetOf():
                return lists(dict.fromkeys(option.id for fact in facts for option in _options(fact)))
            case Number():
                return [None, *self._numbers(key, [fact for fact in facts if isinstance(fact, Number)])]
            case Day():
                return [None, *sorted(self._dates(key))]
            case _:
                assert_never(facts[0])

    def _edges(self, key: Key) -> Iterator[object]:
        for policy in self.states:
            for criterion in all_criteria(policy):
                logic = criterion.logic
                if isinstance(logic, Comparison) and key_of(policy.facts[logic.fact]) == key:
                    match logic.test:
                        case IsOneOf(values):
                            yield from values
                        case Range(low, high):
                            yield from (bound.value for bound in (low, high) if bound)
                        case _:
                            pass

    def _numbers(self, key: Key, facts: list[Number]) -> list[float]:
        bounds = {bound for fact in facts for bound in (fact.minimum, fact.maximum) if bound is not None}
        edges = sorted({edge for edge in self._edges(key) if isinstance(edge, int | float)} | bounds or {0.0})
        tried = {*edges, edges[0] - 1, edges[-1] + 1, *((low + high) / 2 for low, high in pairwise(edges))}
        return sorted(number for number in tried if any(_told(number, fact) for fact in facts))

    def _dates(self, key: Key) -> set[date]:
        stated = {edge for edge in self._edges(key) if isinstance(edge, date)}
        durations = [
            criterion.logic.test.duration
            for policy in self.states
            for criterion in all_criteria(policy)
            if isinstance(criterion.logic, Comparison) and isinstance(criterion.logic.test, Within)
        ]
        edges = stated | set(self.days)
        edges |= {shifted(day, duration, sign) for day in set(edges) for duration in durations for sign in (-1, 1)}
        return {edge + timedelta(step) for edge in edges for step in (-1, 0, 1)}

    def count(self) -> int:
        """How many cases there are of all answers."""
        return 2 * len(self.days) * prod(len(self.answers(key)) for key in self.facts)

    def every(self) -> Iterator[Answers]:
        """All answers to all facts."""
        return combined({key: self.answers(key) for key in self.facts})

    def try_all(self, request: str, tried: Iterable[Answers]) -> Found:
        """Decide the cases of a kind of request, on each day on which something else can be in force."""
        found = Found()
        for answers in tried:
            stated = [self._read(number, answers) for number in (0, 1)]
            for day, complete in product(self.days, (False, True)):
                former, later = (
                    _decide(compiled, Case(policy.number, request, day, facts, complete))
                    for compiled, policy, facts in zip(self.compiled, self.states, stated, strict=True)
                )
                self._note(found, former, later)
        return found

    def _read(self, number: int, answers: Answers) -> dict[str, Value]:
        """What one state is told of the answers. Most facts are the same in both, and are told as they are."""
        read: dict[str, Value] = {}
        for key, value in answers.items():
            if value is not None:
                told = _as_told(value, self._differing[number][key]) if key in self._differing[number] else value
                if told is not None:
                    read[key[0]] = told
        return read

    def _note(self, found: Found, former: Decided, later: Decided) -> None:
        if former.outcome is not later.outcome:
            found.pairs.add((former.outcome, later.outcome))
        elif former.outcome is not Outcome.MORE_INFORMATION and not found.other_clauses:
            one, other = (
                {ids[label] for label in said.clauses()} for ids, said in zip(self._ids, (former, later), strict=True)
            )
            found.other_clauses = one != other
        for name in self._names - found.classified:
            if former.truths[self._named[0][name]] != later.truths[self._named[1][name]]:
                found.classified.add(name)


def combined(answers: Mapping[Key, Iterable[Value | None]]) -> Iterator[Answers]:
    """Every combination of answers."""
    return (dict(zip(answers, row, strict=True)) for row in product(*answers.values()))


def lists(options: Iterable[str]) -> list[Value | None]:
    """Every list of options, as the whole one and as a part, and no list."""
    known = list(options)
    sets = [frozenset(some) for some in chain.from_iterable(combinations(known, n) for n in range(len(known) + 1))]
    return [None, *sets, *(Including(some) for some in sets if some)]


def _decide(compiled: Compiled, case: Case) -> Decided:
    return compiled.decide(compiled.checked(case))


def _first_ids(policy: Policy) -> dict[str, str]:
    """For each label the id that stands first: what is printed under it."""
    first: dict[str, str] = {}
    for id, label in policy.clauses.items():
        first.setdefault(label, id)
    return first


def _as_told(value: Value, fact: Fact | None) -> Value | None:
    """An answer as a state can be told it: without options that it lacks, none where a number is out of its bounds."""
    if fact is None:
        return None
    if isinstance(fact, Number):
        return value if isinstance(value, int | float) and _told(value, fact) else None
    if isinstance(fact, OneOf):
        return value if value in {option.id for option in fact.options} else None
    if isinstance(fact, SetOf):
        known = frozenset(option.id for option in fact.options)
        if isinstance(value, Including):
            return Including(value.members & known)
        return value & known if isinstance(value, frozenset) else None
    return value


def _told(number: float, fact: Number) -> bool:
    low, high = fact.minimum, fact.maximum
    return (low is None or low <= number) and (high is None or number <= high)


def _options(fact: Fact) -> tuple[Option, ...]:
    return fact.options if isinstance(fact, OneOf | SetOf) else ()
