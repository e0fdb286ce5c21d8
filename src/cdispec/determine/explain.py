"""Explanations: the criteria that decide a request, in the published words, with their truth in this case."""

from __future__ import annotations

from collections.abc import Callable

from cdispec.determine.truth import in_force
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import AllOf, AnyOf, AtLeast, Comparison, Criterion, Not, Reference, members
from cdispec.model.determination import Explanation
from cdispec.model.facts import subject
from cdispec.model.inlines import plain_words
from cdispec.model.policy import Otherwise, Outcome, Policy

TruthOf = Callable[[Criterion], Truth]


def explain(policy: Policy, case: Case, outcome: Outcome, clauses: tuple[str, ...], truth_of: TruthOf) -> Explanation:
    """The decision of a case: every rule of its request kind in order of precedence, then the policy's `otherwise`."""
    rules = tuple(_of(rule.criterion, policy, case, truth_of) for rule in policy.rules_for(case.request))
    rest = policy.otherwise_for(case.request)
    if rest is not None:
        reached = _reached(policy, case, truth_of)
        rules = (*rules, Explanation(rest.label, rest.id, otherwise_words(rest, policy), reached, "", ()))
    truth = Truth.UNKNOWN if outcome is Outcome.MORE_INFORMATION else Truth.TRUE
    text = f"{policy.requests[case.request].phrase}: {outcome}"
    return Explanation(clauses[0] if clauses else "", "", text, truth, "", rules)


def _reached(policy: Policy, case: Case, truth_of: TruthOf) -> Truth:
    """Whether no rule settles the request, so that the policy's `otherwise` does."""
    standing = [rule for rule in policy.rules_for(case.request) if in_force(rule.criterion, policy, case.date)]
    highest = max((truth_of(rule.criterion) for rule in standing), default=Truth.FALSE)
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}[highest]


def _of(criterion: Criterion, policy: Policy, case: Case, truth_of: TruthOf) -> Explanation:
    text = words(criterion, policy)
    if not in_force(criterion, policy, case.date):
        why = f"not in force on {case.date.isoformat()}"
        return Explanation(criterion.label, criterion.id, text, criterion.set_aside, why, ())
    below = (
        [policy.criteria[criterion.logic.to]] if isinstance(criterion.logic, Reference) else members(criterion.logic)
    )
    because = tuple(_of(member, policy, case, truth_of) for member in below)
    why = ""
    if criterion.unless is not None and in_force(criterion.unless, policy, case.date):
        guard = _of(criterion.unless, policy, case, truth_of)
        because = (*because, guard)
        why = f"set aside: {guard.text}" if guard.truth is Truth.TRUE else ""
    return Explanation(criterion.label, criterion.id, text, truth_of(criterion), why, because)


def words(criterion: Criterion, policy: Policy) -> str:
    """A criterion in plain text: its own words, those that introduce it or else what it asks."""
    if criterion.text is not None:
        return plain_words(policy, criterion.text)
    if lead := policy.leads.get(criterion.id):
        return plain_words(policy, lead)
    match criterion.logic:
        case Comparison(fact, _):
            return subject(policy.facts[fact])
        case Reference(to):
            return f"meets {policy.criteria[to].label}"
        case AllOf():
            return "all of these"
        case AnyOf():
            return "any of these"
        case AtLeast(count):
            return f"at least {count} of these"
        case Not():
            return "not this"


def otherwise_words(rest: Otherwise, policy: Policy) -> str:
    """What a policy says of every other request, in plain text."""
    return plain_words(policy, policy.leads.get(rest.id, "")) or f"otherwise {rest.outcome}"
