"""Truths as formulas. What is always or never so is dropped at once, which keeps formulas small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

import z3

from cdispec.logic import Truth

Formula: TypeAlias = z3.BoolRef


class Kleene(NamedTuple):
    """A truth: that it is true, and that it is false. Where neither holds it is unknown."""

    true: Formula
    false: Formula

    def is_(self, truth: Truth) -> Formula:
        """That it is a certain truth."""
        match truth:
            case Truth.TRUE:
                return self.true
            case Truth.FALSE:
                return self.false
            case Truth.UNKNOWN:
                return conjunction([negation(self.true), negation(self.false)])


def constant(formula: Formula) -> bool | None:
    """What a formula always is, as it is written; None where that depends."""
    return _CONSTANT[z3.Z3_get_bool_value(formula.ctx_ref(), formula.as_ast())]


_CONSTANT = {z3.Z3_L_TRUE: True, z3.Z3_L_FALSE: False, z3.Z3_L_UNDEF: None}


def conjunction(formulas: Iterable[Formula]) -> Formula:
    """All of."""
    return _joined(formulas, True, z3.Z3_mk_and)


def disjunction(formulas: Iterable[Formula]) -> Formula:
    """Any of."""
    return _joined(formulas, False, z3.Z3_mk_or)


def _joined(formulas: Iterable[Formula], idle: bool, join: Callable[[object, int, object], object]) -> Formula:
    """Formulas joined, without those that are always `idle`. Made at once: z3's own `And` takes seven times as long."""
    kept = []
    for formula in formulas:
        known = constant(formula)
        if known is None:
            kept.append(formula)
        elif known is not idle:
            return formula
    if len(kept) < 2:
        return kept[0] if kept else z3.BoolVal(idle)
    of = kept[0].ctx
    return z3.BoolRef(join(of.ref(), len(kept), (z3.Ast * len(kept))(*(one.ast for one in kept))), of)


def negation(formula: Formula) -> Formula:
    """Not."""
    known = constant(formula)
    if known is not None:
        return z3.BoolVal(not known)
    of = formula.ctx
    return formula.arg(0) if z3.is_not(formula) else z3.BoolRef(z3.Z3_mk_not(of.ref(), formula.ast), of)


def either(condition: Formula, then: Formula, otherwise: Formula) -> Formula:
    """One where a condition holds, the other elsewhere."""
    if (known := constant(condition)) is not None:
        return then if known else otherwise
    return disjunction([conjunction([condition, then]), conjunction([negation(condition), otherwise])])


def at_least(count: int, formulas: Sequence[Formula]) -> Formula:
    """At least so many of."""
    if count <= 1:
        return disjunction(formulas) if count else z3.BoolVal(True)
    if count >= len(formulas):
        return conjunction(formulas) if count == len(formulas) else z3.BoolVal(False)
    # As a sum, what one number of them says of another follows at once.
    return z3.Sum([z3.If(formula, 1, 0) for formula in formulas]) >= count
