"""The semantics of criteria: what is true of a case, in Kleene's three-valued logic.

Each function here is a sentence of the specification; other forms of the logic repeat them and are held equal.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from cdispec.logic import Truth, at_least, conjunction, disjunction, negation, truth_of
from cdispec.model.case import Case
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    Direction,
    IncludesAnyOf,
    IsOneOf,
    Not,
    Range,
    Reference,
    Test,
    Within,
    members,
    shifted,
)
from cdispec.model.facts import Including, OneOf, Value
from cdispec.model.policy import Policy


def truth(criterion: Criterion, policy: Policy, case: Case) -> Truth:
    """Whether the case meets a criterion that is in force."""
    guard = criterion.unless
    logic = _logic_truth(criterion, policy, case)
    if guard is None or not in_force(guard, policy, case.date):
        return logic
    if criterion.set_aside is Truth.TRUE:
        return disjunction((logic, truth(guard, policy, case)))
    return conjunction((logic, negation(truth(guard, policy, case))))


def _logic_truth(criterion: Criterion, policy: Policy, case: Case) -> Truth:
    logic = criterion.logic
    standing = [member for member in members(logic) if in_force(member, policy, case.date)]
    match logic:
        case AllOf():
            return conjunction(truth(member, policy, case) for member in standing)
        case AnyOf():
            return disjunction(truth(member, policy, case) for member in standing)
        case AtLeast(count):
            return at_least(count, (truth(member, policy, case) for member in standing))
        case Not(member):
            return negation(truth(member, policy, case))
        case Reference(to):
            return truth(policy.criteria[to], policy, case)
        case Comparison():
            return compare(logic, policy, case)
        case _:
            assert_never(logic)


def in_force(criterion: Criterion, policy: Policy, day: date) -> bool:
    """Whether a criterion stands on a day. What is out of its dates drops out of its list; so does a list of such."""
    if day not in criterion.valid:
        return False
    match criterion.logic:
        case Reference(to):
            return in_force(policy.criteria[to], policy, day)
        case Comparison():
            return True
        case AllOf() | AnyOf() | AtLeast() | Not():
            return any(in_force(member, policy, day) for member in members(criterion.logic))
        case _:
            assert_never(criterion.logic)


def compare(comparison: Comparison, policy: Policy, case: Case) -> Truth:
    """Whether the answer compares. Without one it is unknown; in a complete record it is not documented, so false."""
    absent = Truth.FALSE if case.complete else Truth.UNKNOWN
    value = case.facts.get(comparison.fact)
    if value is None:
        return absent
    test = comparison.test
    if isinstance(value, Including):
        assert isinstance(test, IncludesAnyOf)
        return Truth.TRUE if value.members & test.options else absent
    if isinstance(test, Within) and test.anchor is not None and test.anchor not in case.facts:
        return absent
    return truth_of(holds(test, value, comparison.fact, policy, case))


def holds(test: Test, value: Value, fact: str, policy: Policy, case: Case) -> bool:
    """Whether a known answer passes a test."""
    match test:
        case IsOneOf(values):
            return value in values
        case IncludesAnyOf(options):
            assert isinstance(value, frozenset)
            return bool(value & options)
        case Range(low, high):
            return _above(value, low, fact, policy) and _below(value, high, fact, policy)
        case Within(duration, direction, anchor_fact):
            anchor = case.date if anchor_fact is None else case.facts[anchor_fact]
            assert isinstance(value, date)
            assert isinstance(anchor, date)
            if direction is Direction.BEFORE:
                return shifted(anchor, duration, -1) <= value <= anchor
            return anchor <= value <= shifted(anchor, duration, 1)
        case _:
            assert_never(test)


def _above(value: Value, low: Bound | None, fact: str, policy: Policy) -> bool:
    if low is None:
        return True
    answer, edge = position(value, fact, policy), position(low.value, fact, policy)
    return answer >= edge if low.included else answer > edge


def _below(value: Value, high: Bound | None, fact: str, policy: Policy) -> bool:
    if high is None:
        return True
    answer, edge = position(value, fact, policy), position(high.value, fact, policy)
    return answer <= edge if high.included else answer < edge


def position(value: Value, fact: str, policy: Policy) -> float:
    """Where an answer stands in the order of its fact: the number itself, a day's ordinal, an option's rank."""
    if isinstance(value, str):
        declared = policy.facts[fact]
        assert isinstance(declared, OneOf)
        return [option.id for option in declared.options].index(value)
    if isinstance(value, date):
        return value.toordinal()
    assert isinstance(value, int | float)
    return value
