"""Policies with lists under proof: each list with a fixed number of rows, and what is found as rows again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdispec.core.unroll import Unrolled, unrolled
from cdispec.model.case import Case, StatedCase
from cdispec.model.criteria import OfRows, own_logic
from cdispec.model.facts import Rows, Value
from cdispec.model.policy import Policy, all_criteria
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
    slots = {id: min(max(count, 1), MOST) for id, count in asked.items()}
    states = tuple(unrolled(policy, {id: slots[id] for id in policy.lists}) for policy in policies)
    return Bounded(states, max(slots.values(), default=0), all(count <= MOST for count in asked.values()))


def _asked(list: str, policies: Sequence[Policy]) -> int:
    """How many rows of a list the criteria of some states ask for together; what several states ask counts once."""
    logics = {
        (criterion.id, own_logic(criterion.logic)): criterion.logic
        for policy in policies
        for criterion in all_criteria(policy)
    }
    return sum(logic.count for logic in logics.values() if isinstance(logic, OfRows) and logic.list == list)


def with_rows(state: Unrolled, case: StatedCase) -> Case:
    """A case of an unrolled state as one of the surface."""
    facts = {id: value for id, value in case.facts.items() if id not in state.reported}
    for of, slots in state.slots.items():
        if (rows := _rows(state, of, slots, case.facts)) is not None:
            facts[of] = rows
    return Case(state.surface.number, case.request, case.date, facts, case.complete, case.codes)


def _rows(state: Unrolled, of: str, slots: int, facts: Mapping[str, Value]) -> Rows | None:
    fields = state.surface.lists[of].fields
    found = []
    for number in range(1, slots + 1):
        row = row_id(of, number)
        if facts.get(row):
            known = ((name, facts.get(f"{row}.{name}")) for name in fields)
            found.append(tuple((name, value) for name, value in known if value is not None))
    whole = all(facts.get(id) is False for id, one in state.further.items() if one.list == of)
    return Rows(tuple(found), whole) if found or whole else None
