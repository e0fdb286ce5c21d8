"""Slips in how measures are worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.slip import Edit, Rewritten, Slip
from cdispec.analysis.replay import measured
from cdispec.model.criteria import Comparison
from cdispec.model.facts import Number
from cdispec.model.formulas import Formula, Measure, Operation, written_formula


def factor_moved(fact: Number, measure: Measure, ground: Ground) -> Iterator[Slip]:
    """A number in a formula is another one."""
    yield from _formulas(fact, measure, measured.factors_moved, ground)


def sign_turned(fact: Number, measure: Measure, ground: Ground) -> Iterator[Slip]:
    """A formula adds what it subtracts, or multiplies by what it divides by."""
    yield from _formulas(fact, measure, measured.signs_turned, ground)


def operands_crossed(fact: Number, measure: Measure, ground: Ground) -> Iterator[Slip]:
    """What a formula subtracts or divides has changed places with that from which it does."""
    yield from _formulas(fact, measure, measured.operands_crossed, ground)


def rounding_dropped(fact: Number, measure: Measure, ground: Ground) -> Iterator[Slip]:
    """A measure is not rounded."""
    if measure.digits is not None:
        edit = Rewritten(fact.place, f"round to: {measure.digits}", "")
        yield from _made(fact, replace(measure, digits=None), edit, ground)


def _formulas(
    fact: Number, measure: Measure, slips: Callable[[Formula], Iterable[Formula]], ground: Ground
) -> Iterator[Slip]:
    if measure.beside and isinstance(measure.stated, Operation):
        # What a criterion states is the formula alone.
        for formula in slips(measure.stated.right):
            old, new = (written_formula(stated, str) for stated in (measure.stated.right, formula))
            edit = Rewritten(fact.place, old, new)
            yield from _made(fact, replace(measure, stated=replace(measure.stated, right=formula)), edit, ground)
        return
    for formula in slips(measure.stated):
        old, new = (f"is: {written_formula(stated, str)}" for stated in (measure.stated, formula))
        yield from _made(fact, replace(measure, stated=formula), Rewritten(fact.place, old, new), ground)


def _made(fact: Number, measure: Measure, edit: Edit, ground: Ground) -> Iterator[Slip]:
    """The measure worked out otherwise, as the numbers that stand in for all that is then another number."""
    found = measured.turned(ground.policy, fact, measure)
    swaps = {}
    for one in ground.criteria:
        logic = one.logic
        if isinstance(logic, Comparison) and logic.fact in found:
            swaps[one.id] = replace(one, logic=replace(logic, fact=found[logic.fact].id))
    if swaps:
        slip = ground.several(swaps, edit)
        more = {number.id: number for number in found.values()}
        policy = replace(slip.edited.policy, facts={**slip.edited.policy.facts, **more})
        yield replace(slip, edited=replace(slip.edited, policy=policy))
