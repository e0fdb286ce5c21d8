"""Which cases of unrolled states are cases with rows, as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import z3

from cdispec.core.unroll import Unrolled
from cdispec.model.criteria import OfRows
from cdispec.model.facts import list_of
from cdispec.model.records import field_in_row, row_id
from cdispec.targets.smt.answers import Answers, key_of


def constraints(states: Sequence[Unrolled], answers: Answers) -> Iterator[z3.BoolRef]:
    """Cases of unrolled states that are cases with rows: the rows come first, and there are others or it is not known.

    What further rows would make of a criterion is no more than unknown; where a list may go on, it is of each. The date
    by which a row is the latest is known: which of unknown dates is the latest takes a solver too much work.
    """
    further: dict[str, list[z3.BoolRef]] = {}
    for state in states:
        facts = state.policy.facts
        asked = (one.logic for one in state.surface.criteria.values())
        ordering = {logic.by for logic in asked if isinstance(logic, OfRows) and logic.by}
        for id, one in state.further.items():
            yield z3.Not(answers.value(facts[id]))
            further.setdefault(one.list, []).append(answers.stated[key_of(facts[id])])
        for of, slots in state.slots.items():
            rows = [facts[row_id(of, number)] for number in range(1, slots + 1)]
            for number, row in enumerate(rows, 1):
                yield answers.stated[key_of(row)]
                if number > 1:
                    yield z3.Implies(answers.value(row), answers.value(rows[number - 2]))
                dates = (by for by in ordering if list_of(by) == of)
                known = (answers.stated[key_of(facts[field_in_row(by, number)])] for by in dates)
                yield from (z3.Implies(answers.value(row), one) for one in known)
                fields = (facts[field_in_row(one.id, number)] for one in state.surface.lists[of].fields.values())
                yield from (z3.Implies(answers.stated[key_of(one)], answers.value(row)) for one in fields)
    for stated in further.values():
        yield from (one == stated[0] for one in stated[1:])


def rows_of(states: Sequence[Unrolled], answers: Answers) -> list[z3.BoolRef]:
    """For each row that there may be, that there is one."""
    ids = {
        row_id(of, number): state.policy.facts
        for state in states
        for of, slots in state.slots.items()
        for number in range(1, slots + 1)
    }
    return [answers.value(facts[id]) for id, facts in ids.items()]
