"""Slips in formulas: what is then worked out is a number of its own, which stands in for the measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from cdispec.model.case import Case
from cdispec.model.cells import Coded
from cdispec.model.facts import Fact, Number, SetOf, formula_of
from cdispec.model.formulas import (
    Formula,
    Intermediate,
    Literal,
    Measure,
    Operand,
    Operation,
    Power,
    Rounded,
    literal_words,
    written_formula,
)
from cdispec.model.measures import Measures
from cdispec.model.policy import Policy
from cdispec.parse.measures import worked

WHERE = " where "
"""Stands in the id of a number behind that of the measure for which it stands in."""

TURNED = {"+": "-", "-": "+", "*": "/", "/": "*"}


Slips = Callable[[Formula], Iterator[Formula]]
"""What makes every slip of one kind in a formula."""

Standing = Mapping[str, Number]
"""The numbers that are worked out otherwise, by the ids of the measures that they stand in for."""


def factors_moved(formula: Formula) -> Iterator[Formula]:
    """A formula with one of its numbers moved by one in its last digit."""
    if isinstance(formula, Literal):
        digits = len(literal_words(formula.value).partition(".")[2])
        yield Literal(formula.value + Fraction(1, 10**digits))
    elif isinstance(formula, Power):
        yield Power(formula.of, formula.exponent + 1)
    yield from _inside(formula, factors_moved)


def signs_turned(formula: Formula) -> Iterator[Formula]:
    """A formula with one sign for another."""
    if isinstance(formula, Operation):
        yield replace(formula, sign=TURNED[formula.sign])
    yield from _inside(formula, signs_turned)


def operands_crossed(formula: Formula) -> Iterator[Formula]:
    """A formula with what stands on the two sides of a sign in each other's place."""
    if isinstance(formula, Operation) and formula.sign in "-/" and formula.left != formula.right:
        yield Operation(formula.sign, formula.right, formula.left)
    yield from _inside(formula, operands_crossed)


SLIPS = (factors_moved, signs_turned, operands_crossed)


def _inside(formula: Formula, slips: Slips) -> Iterator[Formula]:
    """A formula with a slip in one of its parts."""
    match formula:
        case Literal() | Operand() | Intermediate():
            pass
        case Operation(sign, left, right):
            yield from (Operation(sign, other, right) for other in slips(left))
            yield from (Operation(sign, left, other) for other in slips(right))
        case Power(of, exponent):
            yield from (Power(other, exponent) for other in slips(of))
        case Rounded(of, digits):
            yield from (Rounded(other, digits) for other in slips(of))
        case _:
            assert_never(formula)


def turned(policy: Policy, fact: Number, measure: Measure) -> Standing:
    """What is worked out otherwise where a measure of a policy is; nothing where that would be an error."""
    facts, issues = worked({**policy.facts, fact.id: replace(fact, measure=measure)})
    if issues:
        return {}
    how = f"by {written_formula(measure.stated, str)}, rounded to {measure.digits}"
    return {
        id: replace(one, id=f"{id}{WHERE}{fact.id} is worked out {how}")
        for id, one in facts.items()
        if isinstance(one, Number) and formula_of(one) != formula_of(policy.facts[id])
    }


def every_turned(policy: Policy) -> Iterator[Standing]:
    """What is worked out otherwise with each slip in the formula of a measure."""
    for fact in policy.facts.values():
        if isinstance(fact, Number) and fact.measure is not None:
            stated = [other for slips in SLIPS for other in slips(fact.measure.stated)]
            measures = [replace(fact.measure, stated=formula) for formula in stated]
            if fact.measure.digits is not None:
                measures.append(replace(fact.measure, digits=None))
            yield from (turned(policy, fact, measure) for measure in measures)


def stood_in_for(fact: str) -> str:
    """The fact for which one stands in; any other is itself."""
    return fact.partition(WHERE)[0]


def _with_slips(fact: Fact) -> Fact:
    return replace(fact, codes=fact.codes.with_slips()) if isinstance(fact, SetOf) and fact.codes is not None else fact


class Measured:
    """The cases of a policy with its measures, and with all that stand in for them."""

    def __init__(self, policy: Policy) -> None:
        self._measures = Measures(policy)
        self._stands_in = {one.id: (id, one) for slip in every_turned(policy) for id, one in slip.items()}
        facts = {id: _with_slips(fact) for id, fact in policy.facts.items()}
        self.policy = replace(policy, facts={**facts, **{id: one for id, (_, one) in self._stands_in.items()}})
        """The policy with the numbers that stand in for its measures among its facts, and with what its code sets come
        to by slips."""
        self._otherwise, self._coded = Measures(self.policy), Coded(self.policy)

    def of(self, case: Case) -> Case:
        """A case with its measures worked out, and with the cells that its codes are in."""
        if self._coded:
            case = replace(case, facts=self._coded.facts(case.facts, case.date))
        if not self._measures:
            return case
        given = {id: case.facts[of] for id, (of, _) in self._stands_in.items() if of in case.facts}
        worked_out = self._otherwise.worked_out({**case.facts, **given}, given.keys())
        return replace(case, facts=worked_out.facts)
