"""Aspects: what scenarios could show of a policy, each once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from cdispec.analysis.effects.logic import codes_asked
from cdispec.analysis.mutation.of_comparisons import step_of, values_of
from cdispec.core.lower import Rooted, asked_of, domain
from cdispec.core.program import Answer, Constant, Edge, Lies, Moved, RequestDate, Span, Term, cited_labels, edges_of
from cdispec.core.unroll import Unrolled
from cdispec.model.criteria import (
    Comparison,
    Criterion,
    Duration,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    OfRows,
    Range,
    Unit,
    dated_part,
    parts_of_rows,
)
from cdispec.model.facts import Fact, Number, OneOf, YesNo, may_be_none, written
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.model.records import field_in_row


class Seen(StrEnum):
    """How a case can find a criterion; silent is what is unknown in a complete record."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Turns:
    """A criterion is found so, and the determination would be another if that criterion alone were not."""

    criterion: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Counts:
    """One of several listed values is the answer, and the determination would be another if it were not listed."""

    criterion: str
    value: bool | int | Decimal | date | str


@dataclass(frozen=True, slots=True)
class Borders:
    """An answer lies at an edge or right beside it (`where`, in words), and its criterion turns the determination."""

    criterion: str
    atom: Lies
    where: str


@dataclass(frozen=True, slots=True)
class Lacks:
    """It is known of a fact of a criterion that it has no value, and the criterion turns the determination."""

    criterion: str


@dataclass(frozen=True, slots=True)
class Falls:
    """A request falls on the first or last day of a criterion or beside it, and its dates turn the determination.

    Or of rows of the code set `of` that it asks for, which begin or end to count `at` a day.
    """

    criterion: str
    day: date
    where: str
    of: str = ""
    at: date | None = None


@dataclass(frozen=True, slots=True)
class Rests:
    """A determination rests on a clause."""

    label: str


@dataclass(frozen=True, slots=True)
class Comes:
    """A kind of request comes to an outcome."""

    request: str
    outcome: Outcome


class Requested(StrEnum):
    """How what is requested compares with what a clause leaves."""

    BELOW = "just below"
    AT = "at"
    ABOVE = "just above"


@dataclass(frozen=True, slots=True)
class Leaves:
    """A clause grants a request of an amount so near to what it leaves."""

    criterion: str
    requested: Requested


@dataclass(frozen=True, slots=True)
class Reads:
    """A scenario names an interpretation."""

    interpretation: str


Aspect = Turns | Counts | Borders | Lacks | Falls | Rests | Comes | Leaves | Reads


def aspects(policy: Policy, criteria: list[Criterion], base: Rooted) -> Iterator[Aspect]:
    """Everything that scenarios could show of a policy, criterion by criterion, then of the policy as a whole."""
    for criterion in criteria:
        # Of what says when another one is in force only the days themselves are to be shown.
        if dated_part(criterion.id) is None:
            yield from (Turns(criterion.id, seen) for seen in Seen)
        if isinstance(criterion.logic, Comparison):
            yield from _of_comparison(criterion.id, criterion.logic, policy.compared(criterion.logic))
            asks_none = isinstance(criterion.logic.test, HasNone)
            if not asks_none and any(may_be_none(policy.facts[fact]) for fact in criterion.logic.facts):
                yield Lacks(criterion.id)
        yield from _of_dates(criterion)
        yield from _of_codes(criterion, policy)
    decisions = base.decisions.items()
    labels = [label for _, decision in decisions for rule in decision.rules for label in cited_labels(rule.cited)]
    rests = [decision.label for _, decision in decisions if decision.label]
    yield from (Rests(label) for label in dict.fromkeys([*labels, *rests]))
    for request, decision in decisions:
        possible = decision.outcomes
        more = [Outcome.MORE_INFORMATION] if len(possible) > 1 else []
        yield from (Comes(request, outcome) for outcome in (*possible, *more))
    limited = (rule.criterion.id for rule in policy.rules if rule.grant is not None and rule.grant.quotas)
    yield from (Leaves(id, requested) for id in limited for requested in Requested)
    yield from (Reads(recorded.id) for recorded in policy.interpretations if recorded.shown)


def _of_codes(criterion: Criterion, policy: Policy) -> Iterator[Aspect]:
    """That a request falls on the first or last day of codes that are asked for, or beside it."""
    for one in sorted(codes_asked(criterion, policy), key=lambda one: one.id):
        for at in one.turns:
            begins = any(row.start == at for row in one.rows)
            ends = any(row.end == at for row in one.rows)
            codes = f"of codes in {one.id}, {at}"
            if begins and at > date.min:
                before = f"on the day before the first one {codes}"
                yield Falls(criterion.id, at - timedelta(1), before, one.id, at)
            yield Falls(criterion.id, at, f"on the {'first' if begins else 'last'} day {codes}", one.id, at)
            if ends and at < date.max:
                after = f"on the day after the last one {codes}"
                yield Falls(criterion.id, at + timedelta(1), after, one.id, at)


def _of_comparison(id: str, logic: Comparison, fact: Fact) -> Iterator[Aspect]:
    match logic.test:
        case IsOneOf() | IncludesAnyOf() as test:
            values = values_of(test)
            if len(values) > 1 and not isinstance(fact, YesNo):
                yield from (Counts(id, value) for value in values)
            if isinstance(fact, YesNo | OneOf) or isinstance(test, IncludesAnyOf):
                return
        case HasNone():
            return
        case Range() | Elapsed():
            pass
        case _:
            assert_never(logic.test)
    atom, _ = asked_of(logic.test, fact, domain(fact))
    assert isinstance(atom, Lies)
    for term in dict.fromkeys(edges_of(atom.spans)):
        yield from (Borders(id, at, where) for at, where in _beside(atom.term, term, fact))


def _beside(answer: Term, edge: Term, fact: Fact) -> Iterator[tuple[Lies, str]]:
    """An answer right below an edge, at it, and right above it."""
    if isinstance(edge, Constant) and not domain(fact).whole:
        step, words = step_of(edge.value), written(edge.value)
        below, above = Constant(edge.value - step), Constant(edge.value + step)
        yield Lies(answer, (Span(Edge(below, True), Edge(edge, False)),)), f"just below {words}"
        yield Lies(answer, (Span(Edge(edge, True), Edge(edge, True)),)), f"at {words}"
        yield Lies(answer, (Span(Edge(edge, False), Edge(above, True)),)), f"just above {words}"
        return
    before, after = ("below", "above") if isinstance(fact, OneOf | Number) else ("before", "after")
    steps = [(_stepped(edge, -1), f"just {before}"), (edge, "at"), (_stepped(edge, 1), f"just {after}")]
    if isinstance(edge, RequestDate) and domain(fact).latest_request:
        # Nothing is answered that lies after the request, but on the last day of the calendar.
        del steps[2]
    for near, where in steps:
        yield Lies(answer, (Span(Edge(near, True), Edge(near, True)),)), f"{where} {_edge_words(edge, fact)}"


def _stepped(edge: Term, step: int) -> Term:
    if isinstance(edge, Constant):
        return Constant(edge.value + step)
    return Moved(edge, Duration(1, Unit.DAYS), step)


def _edge_words(edge: Term, fact: Fact) -> str:
    match edge:
        case Constant(value):
            if isinstance(fact, OneOf):
                return fact.options[int(value)].name
            if isinstance(fact, Number):
                return written(value)
            return date.fromordinal(int(value)).isoformat()
        case RequestDate():
            return "the request"
        case Answer(other):
            return other
        case Moved(of, duration, sign):
            unit = duration.unit.removesuffix("s") if duration.count == 1 else duration.unit
            return f"{duration.count} {unit} {'after' if sign > 0 else 'before'} {_edge_words(of, fact)}"
        case _:
            assert_never(edge)


def _of_dates(criterion: Criterion) -> Iterator[Aspect]:
    for day, beside, words in ((criterion.valid.start, -1, "first"), (criterion.valid.end, 1, "last")):
        if day is not None and date.min < day < date.max:
            yield Falls(criterion.id, day, f"on the {words} day of its dates")
            side = "before" if beside < 0 else "after"
            yield Falls(criterion.id, day + timedelta(beside), f"on the day {side} its {words} one")


def copies(aspect: Aspect, state: Unrolled) -> list[Aspect]:
    """What shows an aspect in the policy with rows: of what is asked of each row, the same in any of them."""
    if not isinstance(aspect, Turns | Counts | Borders | Lacks) or aspect.criterion in state.policy.criteria:
        return [aspect]
    [owner] = [one for one in state.surface.criteria.values() if aspect.criterion in _ids_of_rows(one)]
    assert isinstance(owner.logic, OfRows)
    found: list[Aspect] = []
    for number in range(1, state.slots[owner.logic.list] + 1):
        id = f"{aspect.criterion}#{number}"
        # A list of all that is asked of a row is the row.
        copy = replace(aspect, criterion=id if id in state.policy.criteria else f"{owner.id}#{number}")
        if isinstance(copy, Borders):
            spans = tuple(Span(_edge_in(span.low, number), _edge_in(span.high, number)) for span in copy.atom.spans)
            copy = replace(copy, atom=Lies(_in_row(copy.atom.term, number), spans))
        found.append(copy)
    return found


def _ids_of_rows(criterion: Criterion) -> set[str]:
    return {part.id for part in parts_of_rows(criterion)}


def _edge_in(edge: Edge | None, number: int) -> Edge | None:
    return None if edge is None else replace(edge, term=_in_row(edge.term, number))


def _in_row(term: Term, number: int) -> Term:
    """A term of the fields of one row."""
    match term:
        case Answer(fact):
            return Answer(field_in_row(fact, number))
        case Moved(of, duration, sign):
            return Moved(_in_row(of, number), duration, sign)
        case Constant() | RequestDate():
            return term
        case _:
            assert_never(term)
