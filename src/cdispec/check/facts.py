"""Checks of facts against the criteria that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cdispec.issues.facts import constant_comparison, date_without_latest, unused_fact, unused_option
from cdispec.model.criteria import Comparison, Direction, IncludesAnyOf, IsOneOf, Range, Within, asked_facts
from cdispec.model.facts import Amount, Day, Number, OneOf, SetOf, YesNo
from cdispec.model.policy import Policy, all_criteria
from cdispec.source import Issue


def unused_facts(policy: Policy) -> Iterator[Issue]:
    """Facts of the policy's own that no criterion asks for. Facts shared by policies may serve others."""
    asked = asked_facts(all_criteria(policy))
    for fact in policy.facts.values():
        if fact.id not in asked and fact.place.path.startswith(f"{policy.folder}/"):
            yield unused_fact(fact.place, fact.id)


def unused_options(policy: Policy) -> Iterator[Issue]:
    """Options of the policy's own set-of facts that no criterion names."""
    named: dict[str, set[str]] = {}
    for criterion in all_criteria(policy):
        match criterion.logic:
            case Comparison(asks, IncludesAnyOf(options)):
                named.setdefault(asks, set()).update(options)
            case _:
                pass
    for fact in policy.facts.values():
        if isinstance(fact, SetOf) and fact.id in named and fact.place.path.startswith(f"{policy.folder}/"):
            for option in fact.options:
                if option.id not in named[fact.id]:
                    yield unused_option(option.place, fact.id, option.id)


def dates_without_latest(policy: Policy) -> Iterator[Issue]:
    """Date facts that are compared with a time before the request, and may lie after it."""
    asked = set()
    for criterion in all_criteria(policy):
        match criterion.logic:
            case Comparison(id, Within(direction=Direction.BEFORE, anchor=None)):
                asked.add(id)
            case _:
                pass
    for fact in policy.facts.values():
        if isinstance(fact, Day) and fact.id in asked and not fact.latest_request:
            yield date_without_latest(fact.place, fact.id)


def constant_comparisons(policy: Policy) -> Iterator[Issue]:
    """Comparisons that every answer passes, or none does: an unknown fact could not matter, yet would be asked for."""
    for criterion in all_criteria(policy):
        logic = criterion.logic
        if isinstance(logic, Comparison) and logic.fact in policy.facts and (always := _constant(logic, policy)):
            yield constant_comparison(criterion.place, logic.fact, always)


def _constant(comparison: Comparison, policy: Policy) -> str:
    fact = policy.facts[comparison.fact]
    match comparison.test, fact:
        case Within(anchor=anchor), Day() if anchor == fact.id:
            return "every answer passes"
        case IsOneOf(values), YesNo():
            return "every answer passes" if len(values) == 2 else ""
        case IsOneOf(values), OneOf(options=options):
            return "every answer passes" if len(values) == len(options) else ""
        case Range(), OneOf(options=options):
            passing = [option for option in options if _in_order(comparison.test, option.id, fact)]
            return _told(len(passing), len(options))
        case Range(low, high), Number(minimum=minimum, maximum=maximum):
            bottom, top = low.value if low else None, high.value if high else None
            below = bottom is None or (minimum is not None and _number(bottom) <= minimum and low and low.included)
            above = top is None or (maximum is not None and _number(top) >= maximum and high and high.included)
            if below and above:
                return "every answer passes"
            never = (low and not low.included and maximum is not None and _number(low.value) >= maximum) or (
                high and not high.included and minimum is not None and _number(high.value) <= minimum
            )
            return "no answer passes" if never else ""
        case _:
            return ""


def _told(passing: int, of: int) -> str:
    return "every answer passes" if passing == of else "no answer passes" if not passing else ""


def _number(value: object) -> Amount:
    assert isinstance(value, int | Decimal)
    return value


def _in_order(test: Range, option: str, fact: OneOf) -> bool:
    ranks = [known.id for known in fact.options]
    rank = ranks.index(option)
    low = test.low is None or _beyond(rank, ranks.index(str(test.low.value)), test.low.included)
    return low and (test.high is None or _beyond(ranks.index(str(test.high.value)), rank, test.high.included))


def _beyond(higher: int, lower: int, included: bool) -> bool:
    return higher >= lower if included else higher > lower
