"""The logic of a policy without its words: what is the same in two states decides every case alike."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import assert_never

from cdispec.model.codes import CodeLists, CodeSet
from cdispec.model.criteria import Comparison, Criterion, asked_facts, members, named_options, own_logic
from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, YesNo, kind_name, may_be_none
from cdispec.model.measures import used_facts, with_operands
from cdispec.model.policy import Policy, all_criteria, blocks, deciding


def logic_of(policy: Policy) -> Hashable:
    """All that a policy's determinations follow from, but for words and labels.

    Requests, rules in order, classifications and what is said of the rest, with the facts that they ask.
    """
    printed = printed_clauses(policy)
    return (
        frozenset(policy.requests),
        tuple(
            (criterion_logic(rule.criterion), frozenset(rule.requests), rule.outcome, rule.grant)
            for rule in policy.rules
        ),
        tuple((rest.id, frozenset(rest.requests), rest.outcome) for rest in policy.otherwise),
        frozenset((named.name, criterion_logic(named.criterion)) for named in policy.classifications),
        frozenset(criterion_logic(shared.criterion) for shared in policy.shared),
        frozenset((criterion.id, printed.get(criterion.label)) for criterion in all_criteria(policy)),
        frozenset(criterion_logic(one) for one in policy.brought.values()),
        frozenset((rest.id, printed.get(rest.label)) for rest in policy.otherwise),
        frozenset(answers_of(policy.facts[fact]) for fact in used_facts(policy)),
        frozenset(tallies_of(policy).items()),
        policy.retired,
    )


def tallies_of(policy: Policy) -> dict[str, Hashable]:
    """How numbers that are used are counted over rows, by their ids."""
    used = used_facts(policy)
    found: dict[str, Hashable] = {}
    for of in policy.lists.values():
        for id, tally in ((id, tally) for id, tally in of.tallies.items() if id in used):
            where = None if tally.where is None else criterion_logic(tally.where)
            found[id] = (of.id, tally.counted, where, tally.field, tally.by, tally.days)
    return found


def printed_clauses(policy: Policy) -> dict[str, str]:
    """The permanent id of what is printed under each label."""
    found: dict[str, str] = {}
    for id, label in policy.clauses.items():
        found.setdefault(label, id)
    return found


def criterion_logic(criterion: Criterion) -> Hashable:
    """What a criterion is met by, with the ids under which determinations rest on it."""
    below = tuple(criterion_logic(member) for member in members(criterion.logic))
    guard = criterion_logic(criterion.unless) if criterion.unless else None
    own = own_logic(criterion.logic)
    return criterion.id, criterion.text is not None, own, below, guard, criterion.valid, criterion.set_aside


def changed_criteria(before: Policy, after: Policy) -> tuple[str, ...]:
    """The criteria whose own logic differs between two states, in the order of the document; those that are gone last.

    Lists are compared without their members, so that one item more does not make all of its list differ. Of what is
    new or gone as a whole only the uppermost criterion is named, and a guard is a part of what it guards.
    """
    first, second = _own(before), _own(after)
    found = []
    for policy, own, other in ((after, second, first), (before, first, second)):
        for block in blocks(policy):
            stack = [block.criterion]
            while stack:
                criterion = stack.pop()
                if own[criterion.id] != other.get(criterion.id) and criterion.id not in found:
                    found.append(criterion.id)
                if criterion.id in other:
                    stack.extend(reversed(members(criterion.logic)))
    return tuple(found)


def facts_deciding(before: Policy, after: Policy, criteria: Iterable[str]) -> set[str]:
    """The facts that decide these criteria, as either of two states has them."""
    wanted = set(criteria)
    found: set[str] = set()
    for policy in (before, after):
        tops = (criterion for criterion in all_criteria(policy) if criterion.id in wanted)
        found |= with_operands(asked_facts(deciding(tops, policy)), policy)
    return found


def _own(policy: Policy) -> dict[str, Hashable]:
    roles = {rule.criterion.id: (frozenset(rule.requests), rule.outcome) for rule in policy.rules}
    found: dict[str, Hashable] = {}
    for criterion in all_criteria(policy):
        own = own_logic(criterion.logic), codes_asked(criterion, policy)
        guard = criterion_logic(criterion.unless) if criterion.unless else None
        found[criterion.id] = (own, guard, criterion.valid, criterion.set_aside, roles.get(criterion.id))
    return found


def codes_asked(criterion: Criterion, policy: Policy) -> frozenset[CodeSet]:
    """The code sets of which it is asked whether a list holds one: these can change, and the criterion not."""
    logic = criterion.logic
    fact = policy.facts.get(logic.fact) if isinstance(logic, Comparison) else None
    if not isinstance(fact, SetOf) or fact.codes is None or not isinstance(logic, Comparison):
        return frozenset()
    named = named_options(logic.test)
    return frozenset(one for one in fact.codes.sets if one.id in named)


def answers_of(fact: Fact) -> Hashable:
    """What can be answered to a fact."""
    match fact:
        case YesNo(id):
            return kind_name(fact), id
        case Day(id, latest_request=latest_request):
            return kind_name(fact), id, may_be_none(fact), latest_request
        case Number(id, unit=unit, minimum=minimum, maximum=maximum, measure=measure):
            bounds = unit, minimum, maximum, fact.whole
            return kind_name(fact), id, may_be_none(fact), *bounds, measure and measure.formula
        case OneOf(id, options=options, ordered=ordered):
            ids = [option.id for option in options]
            return kind_name(fact), id, may_be_none(fact), ordered, tuple(ids) if ordered else frozenset(ids)
        case SetOf(id, codes=CodeLists(system, sets)):
            return kind_name(fact), id, system, frozenset(sets)
        case SetOf(id, options=options):
            return kind_name(fact), id, frozenset(option.id for option in options)
        case _:
            assert_never(fact)
