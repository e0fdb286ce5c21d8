"""All that one state of a policy says otherwise than another."""

from __future__ import annotations

from cdispec.analysis.changes.change import Changes
from cdispec.analysis.changes.clauses import changed_clauses
from cdispec.analysis.changes.entries import (
    changed_abbreviations,
    changed_citations,
    changed_code_sets,
    changed_codes,
    changed_definitions,
    changed_facts,
    changed_front,
    changed_interpretations,
    changed_outcomes,
    changed_requests,
)
from cdispec.analysis.changes.identity import with_ids_of
from cdispec.model.policy import Policy


def changes(before: Policy, after: Policy) -> Changes:
    """What the second state says otherwise than the first."""
    before = with_ids_of(before, after)
    return Changes(
        front=changed_front(before, after),
        requests=changed_requests(before, after),
        clauses=changed_clauses(before, after),
        facts=changed_facts(before, after),
        codes=(*changed_codes(before, after), *changed_code_sets(before, after)),
        definitions=changed_definitions(before, after),
        citations=changed_citations(before, after),
        interpretations=changed_interpretations(before, after),
        abbreviations=changed_abbreviations(before, after),
        outcomes=changed_outcomes(before, after),
    )
