"""The determination of a case: the specification of the semantics. No caching, no options."""

from __future__ import annotations

from cdispec.determine.answers import truths
from cdispec.determine.explain import explain
from cdispec.determine.formula import decision, leaves
from cdispec.determine.needed import relevant_facts
from cdispec.determine.settling import shortest_settling_set
from cdispec.determine.truth import in_force, truth
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import AnyOf, Criterion
from cdispec.model.determination import Determination
from cdispec.model.policy import Outcome, Policy, Rule


def determine(policy: Policy, case: Case) -> Determination:
    """What the policy says of a case. Both must be free of errors, and the policy in effect on the case's date."""
    outcome = decide(policy, case)
    clauses = resting_on(policy, case, outcome)
    needed, settled_by = still_needed(policy, case, outcome)
    return Determination(
        policy=policy.number,
        revision=policy.revision,
        request=case.request,
        date=case.date.isoformat(),
        outcome=outcome,
        clauses=clauses,
        classifications={
            named.name: truth(named.criterion, policy, case)
            if in_force(named.criterion, policy, case.date)
            else Truth.FALSE
            for named in policy.classifications
        },
        needed=needed,
        settled_by=settled_by,
        codes=listed_codes(policy, case),
        explanation=explain(policy, case, outcome, clauses, lambda criterion: truth(criterion, policy, case)),
    )


def decide(policy: Policy, case: Case) -> Outcome:
    """The outcome: that of the first rule that is met, where no unknown rule before it could decide otherwise."""
    possible = set()
    for rule in standing(policy, case):
        met = truth(rule.criterion, policy, case)
        if met is not Truth.FALSE:
            possible.add(rule.outcome)
        if met is Truth.TRUE:
            break
    else:
        rest = policy.otherwise_for(case.request)
        possible.add(rest.outcome if rest else Outcome.NOT_ADDRESSED)
    return possible.pop() if len(possible) == 1 else Outcome.MORE_INFORMATION


def standing(policy: Policy, case: Case) -> list[Rule]:
    """The rules of the case's request kind that are in force on its date, in order of precedence."""
    return [rule for rule in policy.rules_for(case.request) if in_force(rule.criterion, policy, case.date)]


def resting_on(policy: Policy, case: Case, outcome: Outcome) -> tuple[str, ...]:
    """The labels of the clauses an outcome rests on; while more information is needed, of those still open.

    A rule that is met is such a clause, or those of its printed alternatives that are met. Where no rule is met, the
    outcome rests on what the policy says otherwise, and on unknown rules that would come to the same.
    """
    found: list[str] = []
    rules = [(rule, truth(rule.criterion, policy, case)) for rule in standing(policy, case)]
    if outcome is Outcome.MORE_INFORMATION:
        for rule, met in rules:
            if met is Truth.TRUE:
                break
            if met is Truth.UNKNOWN:
                found += _alternatives(rule.criterion, policy, case, Truth.UNKNOWN)
        return tuple(dict.fromkeys(found))
    for wanted in (Truth.TRUE, Truth.UNKNOWN):
        for rule, met in rules:
            if met is wanted and rule.outcome is outcome:
                found += _alternatives(rule.criterion, policy, case, wanted)
        if wanted is Truth.TRUE and found:
            return tuple(dict.fromkeys(found))
    rest = policy.otherwise_for(case.request)
    return tuple(dict.fromkeys([*found, rest.label] if rest else found))


def _alternatives(criterion: Criterion, policy: Policy, case: Case, wanted: Truth) -> list[str]:
    """The labels of a criterion's printed alternatives of the wanted truth, or its own where it has none."""
    found = []
    if isinstance(criterion.logic, AnyOf) and criterion.unless is None:
        for member in criterion.logic.of:
            stands = member.text is not None and in_force(member, policy, case.date)
            if stands and truth(member, policy, case) is wanted:
                found += _alternatives(member, policy, case, wanted)
    return found or [criterion.label]


def still_needed(policy: Policy, case: Case, outcome: Outcome) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts of which some answer could still change the outcome, and the fewest that would settle it.

    The first begins with the second and goes on in the order of the document.
    """
    if outcome is not Outcome.MORE_INFORMATION:
        return (), ()
    decided = decision(policy, case.request, case.date)
    asked = list(leaves(decided))
    known = truths(asked, policy, case)
    relevant = relevant_facts(decided, known, policy, case)
    shortest = shortest_settling_set(decided, known, policy, case, len(relevant)) if relevant else ()
    if not relevant.issuperset(shortest):
        # Only where three-valued logic leaves a case open that nothing could change; such a way out asks too much.
        shortest = ()
    in_order = [fact for leaf in asked for fact in leaf.facts if fact in relevant]
    return tuple(dict.fromkeys([*shortest, *in_order])), shortest


def listed_codes(policy: Policy, case: Case) -> dict[str, str | None]:
    """For each code that the request names, the label of the section that lists it, or None. They decide nothing."""
    labels = {listed.code: listed.label for listed in policy.codes}
    return {code: labels.get(code) for code in case.codes}
