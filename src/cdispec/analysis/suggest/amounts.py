"""Cases near one whose limits are all known: what is requested is just below what is left, as much, or just above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import product

from cdispec.analysis.mutation.of_comparisons import step_of
from cdispec.determine.limits import left_of
from cdispec.model.case import Case
from cdispec.model.facts import Amount, Day, Number, OneOf, Value
from cdispec.model.limits import Between, Grant
from cdispec.model.measures import Measures
from cdispec.model.policy import Policy


def limited(case: Case, policy: Policy, measures: Measures) -> Iterator[Case]:
    """A case with all that the limits of its request ask, for each amount requested that tells them apart."""
    for rule in policy.rules_for(case.request):
        if rule.grant is not None:
            for answers in _answered(case, rule.grant, policy):
                facts = {**answers, **case.facts}
                found = [{**facts, id: value} for id, value in _requested(rule.grant, facts, policy, measures)]
                yield from (replace(case, facts=known) for known in found or [facts])


def _answered(case: Case, grant: Grant, policy: Policy) -> Iterator[dict[str, Value]]:
    """Answers to what a grant asks beside what is requested, one for each row of a table."""
    requested = {quota.requested for quota in grant.quotas}
    choices: list[Sequence[tuple[str, Value]]] = []
    for id in (id for id in grant.facts if id not in requested):
        match policy.facts[id]:
            case OneOf(options=options):
                choices.append([(id, option.id) for option in options])
            case Day():
                choices.append([(id, case.date)])
            case Number(measure=None) as number:
                nearly = [quota.amount - 1 for quota in grant.quotas if isinstance(quota.amount, int | Decimal)]
                values = dict.fromkeys([0, 1, *nearly, *(end for end in _bounds(number) if end is not None)])
                choices.append([(id, value) for value in values if _fits(value, number)])
    return (dict(answers) for answers in product(*choices))


def _requested(
    grant: Grant, facts: dict[str, Value], policy: Policy, measures: Measures
) -> Iterator[tuple[str, Amount]]:
    if not grant.quotas:
        return
    id = grant.quotas[0].requested
    number, known = policy.facts[id], measures.worked_out(facts).facts
    left = reduce(Between.up_to, (left_of(quota, measures, known) for quota in grant.quotas))
    if isinstance(number, Number) and number.measure is None and left.exact:
        step = step_of(left.least)
        near = (left.least - step, left.least, left.least + step)
        yield from ((id, value) for value in near if _fits(value, number))


def _bounds(number: Number) -> tuple[Amount | None, Amount | None]:
    return number.minimum, number.maximum


def _fits(value: Amount, number: Number) -> bool:
    low, high = _bounds(number)
    return value >= max(0, low or 0) and (high is None or value <= high)
