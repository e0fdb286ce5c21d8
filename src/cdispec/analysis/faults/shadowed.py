"""Indications and exclusions that never decide, because clauses before them always do."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from cdispec.analysis.faults.examination import Examination
from cdispec.analysis.faults.words import listed_criteria, named
from cdispec.analysis.repeated import equal_rules
from cdispec.issues.logic import shadowed_clause
from cdispec.source import Issue


def shadowed_rules(examined: Examination) -> Iterator[Issue]:
    """Each rule of which every case that meets it is decided by rules before it, with these rules."""
    policy = examined.policy
    told = {rule.criterion.place for rule, _ in equal_rules(policy)}
    for request in policy.requests:
        rules = policy.rules_for(request)
        shown = [examined.truths.met(rule.node) for rule in examined.truths.program.decisions[request].rules]
        for position, rule in enumerate(rules):
            criterion, meets = rule.criterion, shown[position]
            first = [(rules[place].criterion, z3.Not(shown[place])) for place in range(position)]
            if criterion.id in examined.constant or criterion.place in told:
                continue
            if examined.ever(meets, *(formula for _, formula in first)) or not examined.ever(meets):
                continue
            examined.shadowed.add(criterion.id)
            by = listed_criteria(examined.proof(first, meets))
            yield shadowed_clause(criterion.place, named(criterion), request, rule.outcome.value, by)
