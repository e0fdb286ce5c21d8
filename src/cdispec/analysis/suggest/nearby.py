"""Cases near those of scenarios: one answer more, one less or another one, on another day or in a complete record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from cdispec.analysis.mutation.of_comparisons import next_to
from cdispec.analysis.suggest.amounts import limited
from cdispec.core.calendar import days_beside
from cdispec.core.tally import Tallies
from cdispec.model.case import Case
from cdispec.model.cells import codes_of
from cdispec.model.codes import CodeLists
from cdispec.model.criteria import (
    Comparison,
    Criterion,
    Direction,
    Elapsed,
    IncludesAnyOf,
    IsOneOf,
    Range,
    Test,
    shifted,
)
from cdispec.model.facts import (
    REQUEST_DATE,
    Day,
    Fact,
    Including,
    NoValue,
    Number,
    OneOf,
    Rows,
    SetOf,
    Value,
    YesNo,
    field_name,
    is_field,
    is_stated,
    list_of,
    may_be_none,
    too_late,
)
from cdispec.model.measures import Measures
from cdispec.model.policy import Policy, deciding

MOST = 20_000
"""So many cases are looked at; those near the shortest come first."""


def nearby(policy: Policy, cases: Iterable[Case]) -> list[Case]:
    """These cases and those near them, each once, the shortest first."""
    plain = sorted((replace(case, codes=()) for case in cases), key=lambda case: len(case.facts))
    found = {_key(case): case for case in plain}
    neighbours = _Neighbours(policy)
    for one in [*found.values()]:
        if len(found) < MOST:
            found |= {_key(case): case for case in neighbours.of(one) if _key(case) not in found}
    return list(found.values())


def _key(case: Case) -> object:
    return case.request, case.date, case.complete, frozenset(case.facts.items())


class _Neighbours:
    def __init__(self, policy: Policy) -> None:
        self.policy, self._measures = policy, Measures(policy)
        named = [block.criterion for block in policy.classifications]
        self._criteria = {
            request: list(deciding([*(rule.criterion for rule in policy.rules_for(request)), *named], policy))
            for request in policy.requests
        }
        self._days = list(_days(policy, [one for criteria in self._criteria.values() for one in criteria]))

    def of(self, case: Case) -> Iterator[Case]:
        """The cases near one that can be."""
        yield from (near for near in self._of(case) if is_possible(near, self.policy, self._measures))

    def _of(self, case: Case) -> Iterator[Case]:
        turned = replace(case, complete=not case.complete)
        yield turned
        yield from (replace(case, date=day) for day in self._days)
        for id in case.facts:
            rest = {other: value for other, value in case.facts.items() if other != id}
            yield from (replace(case, facts=rest), replace(turned, facts=rest))
        yield from limited(case, self.policy, self._measures)
        for id, value in self._answers(case):
            yield from (replace(one, facts={**case.facts, id: value}) for one in (case, turned))

    def _answers(self, case: Case) -> Iterator[tuple[str, Value]]:
        for criterion in self._criteria[case.request]:
            if isinstance(criterion.logic, Comparison):
                logic = criterion.logic
                fact = self.policy.compared(logic)
                if is_stated(fact):
                    continue
                if is_field(fact):
                    yield from self._rows(logic, fact, case)
                    continue
                if fact is not REQUEST_DATE:
                    yield from ((fact.id, value) for value in _telling(logic.test, fact, case))
                elif isinstance(logic.test, Elapsed):
                    back = 1 if logic.test.direction is Direction.BEFORE else -1
                    yield from ((id, day) for id in logic.facts for day in _near_edges(logic.test, case.date, back))
                asked = (self.policy.facts[id] for id in logic.facts)
                yield from ((other.id, NoValue()) for other in asked if may_be_none(other))

    def _rows(self, logic: Comparison, field: Fact, case: Case) -> Iterator[tuple[str, Value]]:
        """The rows of a list with another answer to a field in one of them."""
        of, name = list_of(field.id), field_name(field.id)
        rows = case.facts.get(of)
        if not isinstance(rows, Rows):
            return
        for number, row in enumerate(rows.rows):
            known = dict(row)
            told = _telling(logic.test, field, replace(case, facts={f"{of}.{key}": one for key, one in row}))
            for value in told:
                other = tuple({**known, name: value}.items())
                yield of, replace(rows, rows=(*rows.rows[:number], other, *rows.rows[number + 1 :]))


def amid(case: Case, favourable: Case | None, policy: Policy) -> Case:
    """A case with all else as in one that is favourable, where there is such a one."""
    if favourable is None:
        return case
    whole = replace(case, facts={**favourable.facts, **case.facts})
    return whole if is_possible(whole, policy, Measures(policy)) else case


def is_possible(case: Case, policy: Policy, measures: Measures) -> bool:
    """Whether a scenario can state a case: none of its answers is impossible, by itself or beside the others."""
    if case.date < policy.since or measures.worked_out(case.facts).problems or Tallies(policy).problems(case):
        return False
    answers = [(policy.facts[id], value) for id, value in case.facts.items() if id in policy.facts]
    for of in policy.lists.values():
        rows = case.facts.get(of.id)
        if isinstance(rows, Rows):
            answers += [(of.fields[name], value) for row in rows.rows for name, value in row]
    return not any(too_late(value, fact, case.date) or value == Including(frozenset()) for fact, value in answers)


def _telling(test: Test, fact: Fact, case: Case) -> Iterator[Value]:
    """Answers that tell whether a test is read as it is meant: those that just pass, and those that just do not."""
    match fact, test:
        case YesNo(), _:
            yield from (True, False)
        case SetOf(codes=CodeLists()), IncludesAnyOf(options):
            yield from (frozenset([code]) for code in codes_of(fact, options, case.date))
            yield frozenset()
        case SetOf(), IncludesAnyOf(options) | IsOneOf(options):
            yield from (frozenset([str(option)]) for option in sorted(options, key=str))
            yield frozenset()
        case OneOf(), _:
            yield from (option.id for option in fact.options)
        case ((Number() | Day()), Range(low, high)):
            for bound in (low, high):
                if bound is not None:
                    yield bound.value
                    yield from next_to(bound.value, fact)
        case ((Number() | Day()), IsOneOf(values)):
            for value in sorted(values, key=str):
                yield value
                yield from next_to(value, fact)
        case Day(), Elapsed(direction, anchor):
            begins = case.facts.get(anchor) if anchor is not None else case.date
            yield from _near_edges(test, begins, -1 if direction is Direction.BEFORE else 1)
        case _:
            return


def _near_edges(test: Elapsed, day: Value | None, sign: int) -> Iterator[date]:
    """The days beside the edges of a time that is counted from a day, or counted back to one where `sign` is turned."""
    if isinstance(day, date):
        for edge in (day, *(shifted(day, length.duration, sign) for length in test.lengths)):
            yield from (edge, *days_beside(edge))


def _days(policy: Policy, criteria: Iterable[Criterion]) -> Iterator[date]:
    """Days on which criteria begin and end to be in force, the day before and after, and one of the year after next."""
    days = dict.fromkeys(day for one in criteria for day in (one.valid.start, one.valid.end) if day is not None)
    for day in days:
        yield from (day, *days_beside(day))
    yield date(policy.since.year + 1, 1, 1)
