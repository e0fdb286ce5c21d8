"""Slips in what a block is for, and in when and with what exception a criterion holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from cdispec.analysis.changes.stated import several
from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.slip import Edit, Removed, Rewritten, Slip
from cdispec.core.calendar import days_beside
from cdispec.model.criteria import Criterion, Period, dated_within
from cdispec.model.policy import Classification, Otherwise, Policy, Rule, Shared

NEVER = Period(None, date.min)
"""Dates of service on which no request is decided."""


def guard_dropped(criterion: Criterion, ground: Ground) -> Iterator[Slip]:
    """An exception does not count."""
    if criterion.unless is not None and ground.droppable(criterion.unless):
        yield ground.slip(criterion, replace(criterion, unless=None), Removed(criterion.unless.place, "unless:"))


def dates_dropped(criterion: Criterion, ground: Ground) -> Iterator[Slip]:
    """A criterion stands for dates of service before its first or after its last one, too."""
    start, end = criterion.valid.start, criterion.valid.end
    if start is not None:
        yield ground.slip(criterion, replace(criterion, valid=Period(None, end)))
    if end is not None:
        yield ground.slip(criterion, replace(criterion, valid=Period(start, None)))


def dates_moved(criterion: Criterion, ground: Ground) -> Iterator[Slip]:
    """The first or the last date of service is a day earlier or later."""
    start, end = criterion.valid.start, criterion.valid.end
    for day in days_beside(start) if start is not None else ():
        yield ground.slip(criterion, replace(criterion, valid=Period(day, end)))
    for day in days_beside(end) if end is not None else ():
        yield ground.slip(criterion, replace(criterion, valid=Period(start, day)))


def date_added(criterion: Criterion, ground: Ground) -> Iterator[Slip]:
    """A criterion ends with the year in which the policy takes effect, or begins with the year after."""
    last = date(ground.policy.since.year, 12, 31)
    if criterion.valid == Period():
        yield ground.slip(criterion, replace(criterion, valid=Period(None, last)))
        yield ground.slip(criterion, replace(criterion, valid=Period(last + timedelta(1), None)))


def day_dropped(criterion: Criterion, ground: Ground) -> Iterator[Slip]:
    """What is asked by the rules of a day is asked whatever that day is."""
    inner = dated_within(criterion)
    if inner is not None:
        new = replace(criterion, logic=inner.logic, unless=inner.unless)
        yield ground.slip(criterion, new, Removed(criterion.place, "as of:"))


def outcome_turned(rule: Rule, ground: Ground) -> Iterator[Slip]:
    """A rule gives another outcome."""
    for outcome in ground.policy.stated_outcomes:
        if outcome is not rule.outcome:
            edit = Rewritten(rule.criterion.place, f"outcome: {rule.outcome}", f"outcome: {outcome}")
            yield _ruling(ground, rule, replace(rule, outcome=outcome), edit)


def request_turned(rule: Rule, ground: Ground) -> Iterator[Slip]:
    """A rule decides one kind of request less, or one more."""
    for request in ground.policy.requests:
        kept = tuple(one for one in rule.requests if one != request)
        requests = kept if request in rule.requests else (*rule.requests, request)
        if requests:
            old, new = (f"request: {several(names)}" for names in (rule.requests, requests))
            edit = Rewritten(rule.criterion.place, old, new)
            yield _ruling(ground, rule, replace(rule, requests=requests), edit)


def rule_dropped(rule: Rule, ground: Ground) -> Iterator[Slip]:
    """A block decides nothing."""
    rest = tuple(other for other in ground.policy.rules if other is not rule)
    edit = Removed(rule.criterion.place, f"outcome: {rule.outcome}")
    yield ground.elsewhere(replace(ground.policy, rules=rest), edit)


def precedence_turned(rule: Rule, ground: Ground) -> Iterator[Slip]:
    """What is asked before others, such as an exclusion, is asked last."""
    if not rule.indicates:
        rest = tuple(other for other in ground.policy.rules if other is not rule)
        edit = Rewritten(rule.criterion.place, f"outcome: {rule.outcome}", f"outcome: {rule.outcome} (asked last)")
        yield ground.elsewhere(replace(ground.policy, rules=(*rest, rule)), edit)


def _ruling(ground: Ground, rule: Rule, new: Rule, edit: Edit) -> Slip:
    rules = [new if other is rule else other for other in ground.policy.rules]
    rules.sort(key=lambda rule: rule.criterion.place)
    return ground.elsewhere(replace(ground.policy, rules=ground.policy.by_precedence(rules)), edit)


def block_dropped(block: Classification | Shared, ground: Ground) -> Iterator[Slip]:
    """A block classifies nothing, or is never met where others refer to it."""
    criterion = block.criterion
    what = f"classifies: {block.name}" if isinstance(block, Classification) else f"`{criterion.id}`"
    if any(criterion is one for one in ground.criteria):
        yield ground.slip(criterion, replace(criterion, valid=NEVER), Removed(criterion.place, what))


def rest_turned(rest: Otherwise, ground: Ground) -> Iterator[Slip]:
    """What is said of all other requests is another outcome, or nothing."""
    policy = ground.policy
    for outcome in policy.stated_outcomes:
        if outcome is not rest.outcome:
            edit = Rewritten(rest.place, f"otherwise: {rest.outcome}", f"otherwise: {outcome}")
            yield ground.elsewhere(_saying(policy, rest, replace(rest, outcome=outcome)), edit)


def _saying(policy: Policy, rest: Otherwise, new: Otherwise) -> Policy:
    return replace(policy, otherwise=tuple(new if other is rest else other for other in policy.otherwise))


def request_of_rest_dropped(rest: Otherwise, ground: Ground) -> Iterator[Slip]:
    """What is said of all other requests is not said of one of several kinds."""
    for request in rest.requests if len(rest.requests) > 1 else ():
        kept = tuple(one for one in rest.requests if one != request)
        edit = Rewritten(rest.place, f"request: {several(rest.requests)}", f"request: {several(kept)}")
        yield ground.elsewhere(_saying(ground.policy, rest, replace(rest, requests=kept)), edit)
