"""Checks of measures: whether a formula fits its bounds, and whether scenarios test it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cdispec.issues.measures import unreachable_measure, untested_formula
from cdispec.library import PolicyLibrary, Suite
from cdispec.model.facts import Number
from cdispec.model.grid import approximately
from cdispec.model.measures import Measures, used_facts
from cdispec.model.policy import Policy
from cdispec.source import Issue


def unreachable_measures(policy: Policy) -> Iterator[Issue]:
    """Measures that are worked out as less or as more than their bounds, whatever their numbers are."""
    measures = Measures(policy)
    for fact in policy.facts.values():
        if isinstance(fact, Number) and fact.measure is not None and measures.of(fact.id) is not None:
            low, high = measures.reach(fact.id)
            if fact.maximum is not None and low > fact.maximum and isinstance(low, Fraction):
                yield unreachable_measure(fact.measure.place, fact.id, f"at least {approximately(low)}")
            elif fact.minimum is not None and high < fact.minimum and isinstance(high, Fraction):
                yield unreachable_measure(fact.measure.place, fact.id, f"at most {approximately(high)}")


def untested_formulas(library: PolicyLibrary, suite: Suite) -> Iterator[Issue]:
    """Measures of which no scenario gives all the numbers."""
    given: dict[str, set[frozenset[str]]] = {}
    for reading in suite.readings:
        if reading.policy.in_effect is None:
            cases = (telling.case for telling in reading.story.tellings)
            given.setdefault(reading.policy.slug, set()).update(frozenset(case.facts) for case in cases)
    for policy in library.policies.values():
        if policy.slug in suite.damaged or policy.slug not in given:
            continue
        measures, used = Measures(policy), used_facts(policy)
        for fact in policy.facts.values():
            operands = measures.operands(fact.id)
            if operands and fact.id in used and not any(facts.issuperset(operands) for facts in given[policy.slug]):
                yield untested_formula(fact.place, fact.id, operands)
