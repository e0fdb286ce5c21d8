"""The evaluation of a program in a case, which every target is held equal to, node by node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from cdispec.core.exact import agreed
from cdispec.core.known import Known
from cdispec.core.program import Atom, Gate, Inverse, Program, Shown
from cdispec.logic import Truth, at_least, negation
from cdispec.model.case import StatedCase


def evaluate(program: Program, case: StatedCase) -> list[Truth]:
    """The truth of every node, in their order.

    Only where the exact answer to "is it shown?" is beyond the limit of work is a `Shown` unknown in a complete record.
    """
    known, truths = Known(program, case), list[Truth]()
    for number, node in enumerate(program.nodes):
        if isinstance(node, Shown):
            truth = truths[node.of]
            if truth is Truth.UNKNOWN:
                truth = shown(program, number, known, truths)
        else:
            truth = three_valued(node, known, truths)
        truths.append(truth)
    return truths


def three_valued(node: Atom | Gate | Inverse, known: Known, truths: Sequence[Truth] | Mapping[int, Truth]) -> Truth:
    """The truth of a node by what is known of it, or by the truths of its children."""
    return combined(node, truths) if isinstance(node, Gate | Inverse) else known.atom(node)


def combined(node: Gate | Inverse, truths: Sequence[Truth] | Mapping[int, Truth]) -> Truth:
    """The truth of a node by those of its children."""
    match node:
        case Gate(count, of):
            return at_least(count, [truths[child] for child in of])
        case Inverse(of):
            return negation(truths[of])
        case _:
            assert_never(node)


def shown(program: Program, number: int, known: Known, truths: Sequence[Truth]) -> Truth:
    """What a `Shown` says where three-valued logic leaves what it asks unknown."""
    if not known.is_exact(number):
        return agreed(program, number, known, truths)
    return Truth.FALSE if known.case.complete else Truth.UNKNOWN
