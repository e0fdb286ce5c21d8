"""Checks of facts against the criteria that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cdispec.core.known import nothing_known
from cdispec.core.lower import asked_of, domain
from cdispec.core.program import Domain
from cdispec.issues.facts import constant_comparison, date_without_latest, unused_fact, unused_option
from cdispec.logic import Truth, negation
from cdispec.model.criteria import Comparison, Criterion, Direction, Elapsed, HasNone, asked_lists, named_options
from cdispec.model.facts import Day, Fact, Number, SetOf, is_field, is_stated, list_of
from cdispec.model.formulas import operands_of
from cdispec.model.grid import on_grid
from cdispec.model.measures import Measures, used_facts
from cdispec.model.policy import Policy, all_criteria
from cdispec.model.records import Declared
from cdispec.source import Issue

_SOME_DAY = date(2000, 1, 1)
"""A day with time before and after it."""


def unused_facts(policy: Policy) -> Iterator[Issue]:
    """Facts and lists of the policy's own that no criterion asks for. Those shared by policies may serve others.

    A field that names a row serves those who read of it.
    """
    named = {field.id for of in policy.lists.values() for name, field in of.fields.items() if name in of.named_by}
    asked, lists = used_facts(policy) | named, asked_lists(all_criteria(policy))
    for of in policy.lists.values():
        for tally in (tally for id, tally in of.tallies.items() if id in asked):
            asked, lists = asked | tally.fields, lists | {of.id}
    for of in policy.lists.values():
        if of.id not in lists and _is_own(of, policy):
            yield unused_fact(of.place, of.id)
    for fact in policy.facts.values():
        of_asked = not is_field(fact) or list_of(fact.id) in lists
        if fact.id not in asked and of_asked and _is_own(fact, policy):
            yield unused_fact(fact.place, fact.id)


def unused_options(policy: Policy) -> Iterator[Issue]:
    """Options of the policy's own set-of facts that no criterion names."""
    named: dict[str, set[str]] = {}
    for _, logic in _comparisons(policy):
        listed = policy.compared(logic)
        every = listed.names if isinstance(logic.test, HasNone) and isinstance(listed, SetOf) else ()
        named.setdefault(logic.fact, set()).update(named_options(logic.test), every)
    for fact in policy.facts.values():
        if isinstance(fact, SetOf) and fact.id in named and _is_own(fact, policy):
            for option in fact.options:
                if option.id not in named[fact.id]:
                    yield unused_option(option.place, fact.id, option.id)


def _is_own(fact: Declared, policy: Policy) -> bool:
    return fact.place.path.startswith(f"{policy.folder}/")


def _comparisons(policy: Policy) -> Iterator[tuple[Criterion, Comparison]]:
    for criterion in all_criteria(policy):
        if isinstance(criterion.logic, Comparison):
            yield criterion, criterion.logic


def dates_without_latest(policy: Policy) -> Iterator[Issue]:
    """Date facts that are compared with a time before the request, and may lie after it."""
    for _, logic in _comparisons(policy):
        fact = policy.facts.get(_before_request(logic))
        if isinstance(fact, Day) and not fact.latest_request:
            yield date_without_latest(fact.place, fact.id)


def _before_request(comparison: Comparison) -> str:
    """The date that must lie so long before the request, however that is said; "" where only the order is asked."""
    test = comparison.test
    if isinstance(test, Elapsed) and any(length.duration.count for length in test.lengths):
        match test.direction, comparison.fact, test.anchor:
            case (Direction.BEFORE, str(earlier), None) | (Direction.AFTER, "request", str(earlier)):
                return earlier
    return ""


def constant_comparisons(policy: Policy) -> Iterator[Issue]:
    """Comparisons that every answer passes, or none does: an unknown fact could not matter, yet would be asked for."""
    for criterion, logic in _comparisons(policy):
        if all(fact in policy.facts for fact in logic.facts) and (always := _constant(logic, policy)):
            fact = policy.facts.get(logic.fact)
            stated = fact.measure if isinstance(fact, Number) and is_stated(fact) else None
            asked = logic.fact if stated is None else operands_of(stated.stated)[0]
            yield constant_comparison(criterion.place, asked, always)


def _reached(fact: Fact, policy: Policy) -> Domain:
    """The answers that a fact can have; of a measure those that its formula can come to."""
    answers, measures = domain(fact), Measures(policy)
    if measures.of(fact.id) is None:
        return answers
    ends = (None if isinstance(end, float) else on_grid(end) for end in measures.reach(fact.id))
    low, high = (
        own if end is None else end if own is None else nearer(own, end)
        for own, end, nearer in zip((answers.low, answers.high), ends, (max, min), strict=True)
    )
    if low is not None and high is not None and low > high:
        # Of a measure that lies beyond its bounds that alone is reported.
        return answers
    return replace(answers, low=low, high=high)


def _constant(comparison: Comparison, policy: Policy) -> str:
    fact = policy.compared(comparison)
    domains = {id: _reached(policy.facts[id], policy) for id in comparison.facts}
    atom, denied = asked_of(comparison.test, fact, domains.get(fact.id, domain(fact)))
    # On the last of all days there is none after it, and a date that cannot lie after the request can be any day.
    known = {nothing_known(domains, day).atom(atom) for day in (_SOME_DAY, date.max)}
    passes = {negation(truth) if denied else truth for truth in known}
    if len(passes) > 1:
        return ""
    return {Truth.TRUE: "every answer passes", Truth.FALSE: "no answer passes", Truth.UNKNOWN: ""}[passes.pop()]
