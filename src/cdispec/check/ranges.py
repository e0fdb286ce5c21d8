"""Ranges of one number that nearly meet: what they leave out between them, and what two outcomes share.

Only ranges that come as near each other as the digits in which they are written are looked at: they were meant to meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from cdispec.analysis.changes.stated import of_criterion
from cdispec.analysis.mutation.of_comparisons import step_of
from cdispec.core.known import nothing_known
from cdispec.core.lower import asked_of, domain
from cdispec.core.program import Constant, Edge, Lies, Point
from cdispec.issues.facts import range_gap, range_overlap
from cdispec.logic import Truth
from cdispec.model.criteria import AllOf, Comparison, Criterion, IsOneOf, Not, Range, Reference, members
from cdispec.model.facts import Number, written
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from cdispec.source import Issue


class _Asked(NamedTuple):
    """A comparison of a number below a rule of this outcome; `straight` unless it stands under `not:` or `unless:`.

    `all_of` is the id of the list of which it is a member, where that asks for all; "" elsewhere.
    """

    criterion: Criterion
    outcome: Outcome
    straight: bool
    all_of: str
    fact: Number
    atom: Lies

    def edges(self) -> tuple[Edge | None, Edge | None]:
        """Its ends, where it is a range that counts as it stands."""
        logic = self.criterion.logic
        is_range = self.straight and isinstance(logic, Comparison) and isinstance(logic.test, Range)
        return (self.atom.spans[0].low, self.atom.spans[0].high) if is_range else (None, None)

    def holds(self, at: Point) -> bool:
        """Whether a number counts here."""
        known = nothing_known({self.fact.id: domain(self.fact)}).assuming(self.fact.id, at)
        return (known.atom(self.atom) is Truth.TRUE) is self.straight


def near_ranges(policy: Policy) -> Iterator[Issue]:
    """Ranges of a number that ask it for the same request and leave a gap, or overlap with different outcomes."""
    told: set[tuple[str, str]] = set()
    for request in policy.requests:
        asked = [one for rule in policy.rules_for(request) for one in _asked(rule.criterion, rule.outcome, policy)]
        for below, above in permutations(asked, 2):
            pair = below.criterion.id, above.criterion.id
            # What is asked together in one list splits nothing.
            apart = not below.all_of or below.all_of != above.all_of
            if below.fact == above.fact and apart and pair not in told and _in_force_together(below, above):
                found = [*_gap(below, above, asked), *_overlap(below, above)]
                told |= {pair} if found else set()
                yield from found


def _asked(top: Criterion, outcome: Outcome, policy: Policy) -> Iterator[_Asked]:
    stack, seen = [(top, True, "")], set[tuple[str, bool]]()
    while stack:
        criterion, straight, all_of = stack.pop()
        if (criterion.id, straight) in seen:
            continue
        seen.add((criterion.id, straight))
        logic = criterion.logic
        below = [policy.criteria[logic.to]] if isinstance(logic, Reference) and logic.to in policy.criteria else []
        held = criterion.id if isinstance(logic, AllOf) else ""
        stack += [(one, straight and not isinstance(logic, Not), held) for one in (*below, *members(logic))]
        stack += [] if criterion.unless is None else [(criterion.unless, False, "")]
        fact = policy.facts.get(logic.fact) if isinstance(logic, Comparison) else None
        if isinstance(fact, Number) and isinstance(logic, Comparison) and isinstance(logic.test, Range | IsOneOf):
            atom, _ = asked_of(logic.test, fact, domain(fact))
            assert isinstance(atom, Lies)
            yield _Asked(criterion, outcome, straight, all_of, fact, atom)


def _in_force_together(one: _Asked, other: _Asked) -> bool:
    first, second = one.criterion.valid, other.criterion.valid
    start = max(first.start or date.min, second.start or date.min)
    return start <= min(first.end or date.max, second.end or date.max)


def _gap(below: _Asked, above: _Asked, asked: list[_Asked]) -> Iterator[Issue]:
    """What lies right between a range and one above it, and in no other range that begins or ends there."""
    end, start = below.edges()[1], above.edges()[0]
    if end is None or start is None:
        return
    last, first = _at(end), _at(start)
    if below.fact.whole:
        is_gap, within = first - last == 2, last + 1
        left = written(within)
    elif first == last:
        is_gap, within, left = not (end.included or start.included), last, written(last)
    else:
        is_gap, within = 0 < first - last <= min(step_of(last), step_of(first)), (Decimal(last) + Decimal(first)) / 2
        left = f"what lies between {written(last)} and {written(first)}"
    if is_gap and not any(one.holds(within) and not (one.holds(last) and one.holds(first)) for one in asked):
        place = max(below.criterion.place, above.criterion.place)
        yield range_gap(place, below.fact.id, left, _words(below), _words(above))


def _overlap(below: _Asked, above: _Asked) -> Iterator[Issue]:
    """What a range and one that begins right below its end share, where they lead to different outcomes."""
    (low, end), (start, high) = below.edges(), above.edges()
    if end is None or start is None or below.outcome is above.outcome:
        return
    last, first = _at(end), _at(start)
    step = 1 if below.fact.whole else min(step_of(last), step_of(first))
    both_reach = end.included and start.included if last == first else 0 < last - first <= step
    if both_reach and (low is None or _at(low) < first) and (high is None or _at(high) > last):
        shared = written(last) if last == first else f"what lies from {written(first)} to {written(last)}"
        place = max(below.criterion.place, above.criterion.place)
        outcomes = below.outcome.value, above.outcome.value
        yield range_overlap(place, below.fact.id, shared, (_words(below), _words(above)), outcomes)


def _at(edge: Edge) -> Point:
    assert isinstance(edge.term, Constant)
    return edge.term.value


def _words(one: _Asked) -> str:
    return of_criterion(one.criterion).get("test", "")
