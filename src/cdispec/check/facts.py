"""Checks of facts against the criteria that ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from cdispec.core.known import nothing_known
from cdispec.core.lower import asked_of, domain
from cdispec.issues.facts import constant_comparison, date_without_latest, unused_fact, unused_option
from cdispec.logic import Truth, negation
from cdispec.model.criteria import Comparison, Criterion, Direction, Within, asked_facts, named_options
from cdispec.model.facts import Day, Fact, SetOf, may_be_none
from cdispec.model.policy import Policy, all_criteria
from cdispec.source import Issue


def unused_facts(policy: Policy) -> Iterator[Issue]:
    """Facts of the policy's own that no criterion asks for. Facts shared by policies may serve others."""
    asked = asked_facts(all_criteria(policy))
    asked |= {fact for rule in policy.rules if rule.grant is not None for fact in rule.grant.facts}
    for fact in policy.facts.values():
        if fact.id not in asked and _is_own(fact, policy):
            yield unused_fact(fact.place, fact.id)


def unused_options(policy: Policy) -> Iterator[Issue]:
    """Options of the policy's own set-of facts that no criterion names."""
    named: dict[str, set[str]] = {}
    for _, logic in _comparisons(policy):
        named.setdefault(logic.fact, set()).update(named_options(logic.test))
    for fact in policy.facts.values():
        if isinstance(fact, SetOf) and fact.id in named and _is_own(fact, policy):
            for option in fact.options:
                if option.id not in named[fact.id]:
                    yield unused_option(option.place, fact.id, option.id)


def _is_own(fact: Fact, policy: Policy) -> bool:
    return fact.place.path.startswith(f"{policy.folder}/")


def _comparisons(policy: Policy) -> Iterator[tuple[Criterion, Comparison]]:
    for criterion in all_criteria(policy):
        if isinstance(criterion.logic, Comparison):
            yield criterion, criterion.logic


def dates_without_latest(policy: Policy) -> Iterator[Issue]:
    """Date facts that are compared with a time before the request, and may lie after it."""
    for _, logic in _comparisons(policy):
        fact, test = policy.facts.get(logic.fact), logic.test
        before = isinstance(test, Within) and test.direction is Direction.BEFORE and test.anchor is None
        if before and isinstance(fact, Day) and not fact.latest_request:
            yield date_without_latest(fact.place, fact.id)


def constant_comparisons(policy: Policy) -> Iterator[Issue]:
    """Comparisons that every answer passes, or none does: an unknown fact could not matter, yet would be asked for."""
    for criterion, logic in _comparisons(policy):
        if logic.fact in policy.facts and (always := _constant(logic, policy)):
            yield constant_comparison(criterion.place, logic.fact, always)


def _constant(comparison: Comparison, policy: Policy) -> str:
    fact = policy.facts[comparison.fact]
    if isinstance(comparison.test, Within) and comparison.test.anchor == fact.id and not may_be_none(fact):
        return "every answer passes"
    domains = {id: domain(policy.facts[id]) for id in comparison.facts}
    atom, denied = asked_of(comparison.test, fact, domains[fact.id])
    known = nothing_known(domains).atom(atom)
    passes = negation(known) if denied else known
    return {Truth.TRUE: "every answer passes", Truth.FALSE: "no answer passes", Truth.UNKNOWN: ""}[passes]
