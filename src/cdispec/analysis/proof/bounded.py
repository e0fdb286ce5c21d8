"""Policies with lists under proof: each list with a fixed number of rows, and what is found as rows again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from cdispec.core.unroll import Unrolled, unrolled
from cdispec.model.case import Case, StatedCase, with_answers
from cdispec.model.criteria import OfRows, own_logic
from cdispec.model.facts import Rows, Value
from cdispec.model.policy import Policy, deciding
from cdispec.model.records import row_id

MOST = 6
"""So many rows of a list are considered at most: all that is asked of rows is asked of each, and of pairs of them."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """Some states of a policy, each with so many rows of its lists; `rows` is the greatest number, 0 without lists.

    A list of any length can be cut down to the rows that meet or refute what is asked, as many as all criteria ask for
    together, and each criterion comes to the same. `enough` says that so many rows are considered.
    """

    states: tuple[Unrolled, ...]
    rows: int
    enough: bool


def bounded(*policies: Policy) -> Bounded:
    """States of a policy with as many rows of their lists as their criteria can tell apart, or as can be considered."""
    asked = {id: _asked(id, policies) for policy in policies for id in policy.lists}
    slots = {id: min(count, MOST) for id, count in asked.items()}
    states = tuple(unrolled(policy, {id: slots[id] for id in policy.lists}) for policy in policies)
    return Bounded(states, max(slots.values(), default=0), all(count <= MOST for count in asked.values()))


def _asked(list: str, policies: Sequence[Policy]) -> int:
    """How many rows of a list the criteria of some states ask for together, of the kind of request that asks for most.

    What several states ask counts once.
    """
    requests = dict.fromkeys(request for policy in policies for request in policy.requests)
    return max((_asked_of(request, list, policies) for request in requests), default=0)


def _asked_of(request: str, list: str, policies: Sequence[Policy]) -> int:
    asked: dict[Hashable, OfRows] = {}
    for policy in policies:
        named = [one.criterion for one in policy.classifications]
        tops = [*named, *(rule.criterion for rule in policy.rules_for(request))]
        for criterion in deciding(tops, policy):
            if isinstance(criterion.logic, OfRows) and criterion.logic.list == list:
                asked[criterion.id, own_logic(criterion.logic)] = criterion.logic
    return sum(logic.count for logic in asked.values())


def with_rows(state: Unrolled, case: StatedCase) -> Case:
    """A case of an unrolled state as one of the surface."""
    facts = {id: value for id, value in case.facts.items() if id not in state.reported}
    for of, slots in state.slots.items():
        if (rows := _rows(state, of, slots, case.facts)) is not None:
            facts[of] = rows
    return with_answers(case, state.surface.number, facts)


def _rows(state: Unrolled, of: str, slots: int, facts: Mapping[str, Value]) -> Rows | None:
    fields = state.surface.lists[of].fields
    found = []
    for number in range(1, slots + 1):
        row = row_id(of, number)
        if facts.get(row):
            known = ((name, facts.get(f"{row}.{name}")) for name in fields)
            found.append(tuple((name, value) for name, value in known if value is not None))
    further = [id for id, one in state.further.items() if one.list == of]
    # A list of which nothing is asked is not said to be whole.
    whole = bool(further) and all(facts.get(id) is False for id in further)
    return Rows(tuple(found), whole) if found or whole else None
