"""Measures in a case: worked out from its other answers before anything is decided."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import assert_never

from cdispec.model.case import StatedCase, with_answers
from cdispec.model.criteria import (
    Comparison,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    OfRows,
    Range,
    Test,
    asked_facts,
)
from cdispec.model.facts import (
    VALUE,
    Amount,
    Fact,
    NoValue,
    Number,
    Value,
    Within,
    beyond_bounds,
    formula_of,
    is_stated,
    may_be_none,
    written,
)
from cdispec.model.formulas import (
    DivisionByNothingError,
    Formula,
    Intermediate,
    Operand,
    Operation,
    Power,
    operands_beside,
    operands_of,
    parts_of,
    result_of,
    rounded,
    spoken_formula,
    walk_formula,
    written_formula,
)
from cdispec.model.grid import approximately, is_on_grid, on_grid, range_words, side_of
from cdispec.model.limits import Between
from cdispec.model.phrases import sentence_of
from cdispec.model.policy import Policy, all_criteria
from cdispec.model.reach import End, Ends, reach_of


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """The answers of a case with its measures, and why some cannot be, by their ids.

    A measure with a problem has no answer.
    """

    facts: Mapping[str, Value]
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Worked:
    """A measure that can be worked out; `edges` are the numbers with which it is compared.

    `intermediates` are the measures that its formula names; `simple` says that it names each number once.
    """

    fact: Number
    formula: Formula
    operands: tuple[str, ...]
    intermediates: frozenset[str]
    edges: tuple[Amount, ...]
    simple: bool

    @property
    def beside(self) -> bool:
        """Whether a criterion states it, so that nobody gives it."""
        return is_stated(self.fact)

    @property
    def named(self) -> tuple[str, ...]:
        """The numbers and measures that its formula names itself."""
        assert self.fact.measure is not None
        return operands_of(self.fact.measure.stated)

    def numbers(self, given: Collection[str]) -> tuple[str, ...]:
        """The facts that it is worked out from where some measures are only given."""
        return operands_beside(given, self.formula) if self.intermediates.intersection(given) else self.operands


def _worked(fact: Number, formula: Formula, edges: tuple[Amount, ...]) -> Worked:
    operands = operands_of(formula)
    parts = [*walk_formula(formula)]
    named = sum(isinstance(part, Operand) for part in parts)
    intermediates = frozenset(part.fact for part in parts if isinstance(part, Intermediate))
    return Worked(fact, formula, operands, intermediates, edges, named == len(operands))


class Measures:
    """The measures of a policy. Of none, an answer is what is given."""

    def __init__(self, policy: Policy) -> None:
        self._facts = policy.facts
        self._all = [
            _worked(fact, formula, compared_numbers(policy, fact.id))
            for fact in policy.facts.values()
            if isinstance(fact, Number) and (formula := formula_of(fact)) is not None
        ]
        self._by_id = {one.fact.id: one for one in self._all}
        # What a formula names stands before it.
        self._in_order = sorted(self._all, key=lambda one: len(one.intermediates))

    def __bool__(self) -> bool:
        return bool(self._all)

    def worked_out(self, facts: Mapping[str, Value], unchecked: Collection[str] = ()) -> WorkedOut:
        """Answers with each measure of which all operands are known, on the grid of numbers that are told apart.

        A measure that is given and cannot be worked out counts in the formulas that name it. Those `unchecked` may be
        given as other numbers.
        """
        if not self._all:
            return WorkedOut(facts, {})
        found, problems, alone = {**facts}, dict[str, str](), set[str]()
        for one in self._in_order:
            if not one.intermediates.isdisjoint(problems):
                # Nothing is worked out from what cannot be.
                continue
            id, stated = one.fact.id, facts.get(one.fact.id)
            given, answer, problem = _number(stated), stated, ""
            operands = one.numbers(alone)
            numbers = _numbers(operands, facts)
            if self._has_none(one, operands, facts, found):
                answer = NoValue() if stated is None and may_be_none(one.fact) else stated
            elif len(numbers) == len(operands):
                answer, problem = self._result(one, numbers, None if id in unchecked else given)
                if isinstance(stated, NoValue) and id not in unchecked:
                    problem = "it is said to have no value, but can be worked out"
            elif not isinstance(stated, NoValue):
                answer, problem = self._bounded(one, operands, numbers, given, id not in unchecked)
            if stated is not None and not problem and self._is_alone(stated, operands, facts):
                alone.add(id)
            found.pop(id, None)
            if problem:
                problems[id] = problem
            elif answer is not None:
                found[id] = answer
        return WorkedOut(found, problems)

    def _has_none(
        self, one: Worked, operands: Sequence[str], facts: Mapping[str, Value], found: Mapping[str, Value]
    ) -> bool:
        """Whether a number that a measure is worked out from has no value.

        A criterion asks no more than the numbers that it names, of which measures may be unknown all the same.
        """
        answers = (found.get(id) for id in one.named) if one.beside else (facts.get(id) for id in operands)
        return any(isinstance(answer, NoValue) for answer in answers)

    def entered(self, case: StatedCase, policy: str) -> StatedCase:
        """A case of a policy with its measures worked out, as it is decided."""
        if not self._all:
            return case
        facts = self.worked_out(case.facts).facts
        return with_answers(case, policy, facts)

    def reported(self, facts: Sequence[str]) -> tuple[str, ...]:
        """Facts, with the numbers from which those that are measures are worked out."""
        return tuple(dict.fromkeys([*facts, *(number for fact in facts for number in self.named(fact))]))

    def stated_name(self, fact: str) -> str:
        """The name of what only a criterion states; "" of all else."""
        return self._name(fact) if is_stated(self._facts[fact]) else ""

    def named(self, fact: str) -> tuple[str, ...]:
        """The numbers and measures that the formula of a fact names, and those that it is worked out from."""
        one = self.of(fact)
        if one is None or one.fact.measure is None:
            return ()
        return tuple(dict.fromkeys([*one.named, *one.intermediates, *one.operands]))

    def _result(self, one: Worked, numbers: Mapping[str, Fraction], given: Amount | None) -> tuple[Amount | None, str]:
        try:
            exact = result_of(one.formula, numbers)
        except DivisionByNothingError as error:
            divisor = error.divisor
            while isinstance(divisor, Power):
                divisor = divisor.of
            return 0, f"{written_formula(divisor, self._name)} is 0, and nothing can be divided by it"
        if not is_on_grid(exact):
            return 0, f"worked out it would be {approximately(exact)}, which no program compares exactly"
        answer = on_grid(exact)
        if problem := beyond_bounds(answer, one.fact):
            return 0, f"worked out it is {approximately(exact)}, but {problem}"
        if given is not None and given != answer:
            return answer, _disagreement(given, answer, exact, one)
        return answer, ""

    def _bounded(
        self,
        one: Worked,
        operands: Sequence[str],
        numbers: Mapping[str, Fraction],
        given: Amount | None,
        checked: bool,
    ) -> tuple[Amount | Within | None, str]:
        """What a measure is while some of its numbers are unknown: what is given, if it can be that.

        Else, where the policy decides alike by all that it still can be, one of these; and else what it lies within.
        """
        unknown = (self._facts[id] for id in operands if id not in numbers)
        if not numbers or any(may_be_none(fact) for fact in unknown):
            return given, ""
        low, high = self._between(one, operands, numbers)
        if low > high:
            reached = self._reached(one, operands, numbers)
            return None, f"worked out it is {range_words(*reached, one.edges)}, beyond its bounds"
        if given is not None:
            fits = all(
                isinstance(end, float) or side * (Fraction(given) - end) >= 0 or given == on_grid(end)
                for end, side in ((low, 1), (high, -1))
            )
            words = f"it is given as {written(given)}, but worked out it is {range_words(low, high, one.edges)}"
            return given, "" if fits or not checked else words
        if not one.edges:
            return None, ""
        if any(side_of(low, edge) != side_of(high, edge) for edge in one.edges):
            return (None if (low, high) == _ends(one.fact) else within(low, high)), ""
        end = high if isinstance(low, float) else low
        return (None if isinstance(end, float) or not is_on_grid(end) else on_grid(end)), ""

    def _between(self, one: Worked, operands: Sequence[str], numbers: Mapping[str, Fraction]) -> Ends:
        """The least and the greatest number that a measure can be, while only these of its numbers are known."""
        (low, high), (least, most) = self._reached(one, operands, numbers), _ends(one.fact)
        return max(low, least), min(high, most)

    def _reached(self, one: Worked, operands: Sequence[str], numbers: Mapping[str, Fraction]) -> Ends:
        """What the formula of a measure can come to, while only these of its numbers are known."""
        bounds = {id: (numbers[id], numbers[id]) if id in numbers else _ends(self._facts[id]) for id in operands}
        return reach_of(one.formula, bounds)

    def _name(self, id: str) -> str:
        fact = self._facts[id]
        return fact.name if isinstance(fact, Number) else id

    def known(self, fact: str, answers: Mapping[str, Value]) -> Between:
        """What is known of a number that is counted, in a case with its measures: that it lies between two ends.

        A measure of which only some numbers are known may be answered by one of those that decide alike, so that what
        it can be is worked out anew.
        """
        declared, answer, one = self._facts[fact], answers.get(fact), self.of(fact)
        if isinstance(answer, Within) and one is None:
            return Between(max(0, answer.low or 0), answer.high if answer.high is None else max(0, answer.high))
        number, of = _number(answer), () if one is None else one.numbers(self._alone(answers))
        numbers = _numbers(of, answers)
        if isinstance(answer, NoValue):
            return Between(0, 0)
        if number is not None and len(numbers) in (0, len(of)):
            return Between(max(0, number), max(0, number))
        low, high = _ends(declared) if one is None else self._between(one, of, numbers)
        least = 0 if isinstance(low, float) or may_be_none(declared) else max(0, on_grid(low))
        return Between(least, None if isinstance(high, float) else max(0, on_grid(high)))

    def reach(self, fact: str) -> Ends:
        """The least and the greatest number that a measure can be worked out as."""
        one = self._by_id[fact]
        if isinstance(one.formula, Operation) and one.formula.sign == "-" and one.formula.left == one.formula.right:
            return Fraction(0), Fraction(0)
        return reach_of(one.formula, {id: _ends(self._facts[id]) for id in one.operands})

    def of(self, fact: str) -> Worked | None:
        """How a fact is worked out; None of one that can only be given."""
        return self._by_id.get(fact)

    def alike(self, fact: str) -> list[Worked]:
        """The measures that are worked out from the same numbers as a fact, itself among them."""
        return [one for one in self._all if self._by_id.get(fact) and {*one.operands} == {*self.operands(fact)}]

    def operands(self, fact: str) -> tuple[str, ...]:
        """The numbers from which a fact is worked out; none where it can only be given."""
        return self._by_id[fact].operands if fact in self._by_id else ()

    def asked(self, facts: Sequence[str]) -> tuple[str, ...]:
        """Facts, each measure with the measures and numbers from which it is worked out behind it."""
        return tuple(dict.fromkeys(one for fact in facts for one in (fact, *self._unknown(fact, {}, ()))))

    def how(self, fact: Number) -> str:
        """By what a measure is worked out, in the names of the numbers."""
        assert fact.measure is not None
        return written_formula(fact.measure.stated, lambda id: self._operand(id, {}))

    def asked_for(self, needed: Sequence[str], answered: Mapping[str, Value]) -> tuple[str, ...]:
        """Facts that are needed, then the unknown numbers from which those that are measures are worked out."""
        alone = self._alone(answered)
        operands = (operand for fact in needed for operand in self._unknown(fact, answered, alone))
        return tuple(dict.fromkeys([*self.given_for(needed, answered), *operands]))

    def given_for(self, facts: Sequence[str], answered: Mapping[str, Value]) -> tuple[str, ...]:
        """Facts; in place of what only a criterion states, the unknown numbers of which it does.

        Where all are known it cannot be so, and each of them may have to be corrected.
        """
        found: list[str] = []
        alone = self._alone(answered)
        for fact in facts:
            one = self.of(fact)
            if one is None or not one.beside:
                found.append(fact)
            else:
                found += [id for id in one.named if not self._is_known(id, answered, alone)] or one.named
        return tuple(dict.fromkeys(found))

    def _alone(self, answered: Mapping[str, Value]) -> set[str]:
        """The measures that are given and cannot be worked out, where the others are worked out already."""
        found: set[str] = set()
        for one in self._in_order:
            operands = one.numbers(found)
            numbers = _numbers(operands, answered)
            stated = answered.get(one.fact.id)
            if stated is not None and self._is_alone(stated, operands, answered):
                bound = self._bounded(one, operands, numbers, None, False)[0]
                if bound is None or bound != stated:
                    found.add(one.fact.id)
        return found

    def _is_alone(self, stated: Value, operands: Sequence[str], answered: Mapping[str, Value]) -> bool:
        """Whether what is said of a measure does not follow from its numbers."""
        answers = [answered.get(id) for id in operands]
        follows = isinstance(stated, NoValue) and any(isinstance(answer, NoValue) for answer in answers)
        return not follows and any(_number(answer) is None for answer in answers)

    def _is_known(self, id: str, answered: Mapping[str, Value], alone: Collection[str]) -> bool:
        """Whether a fact is given, or a measure worked out from numbers that all are."""
        one = self.of(id)
        if one is None or id in alone or isinstance(answered.get(id), NoValue):
            return id in answered
        return all(operand in answered for operand in one.numbers(alone))

    def _unknown(self, id: str, answered: Mapping[str, Value], alone: Collection[str]) -> Iterator[str]:
        """The unknown numbers and measures that a measure can be worked out from."""
        one = self.of(id)
        for named in () if one is None else one.named:
            if not self._is_known(named, answered, alone):
                yield named
                yield from self._unknown(named, answered, alone)

    def uncertain(self, needed: Sequence[str], may: Collection[str]) -> frozenset[str]:
        """The numbers of which it is not certain that they could change what the needed measures could.

        It is where a formula names each number once, and no two of the measures share one.
        """
        asked = [one for one in self._all if one.fact.id in needed]
        shared = Counter(id for one in asked for id in (*one.operands, *one.intermediates))
        unsure = (one for one in asked if one.fact.id in may or not one.simple)
        repeated = (operand for operand, times in shared.items() if times > 1 or operand in needed)
        doubtful = (id for one in unsure for id in (*one.operands, *one.intermediates))
        return frozenset([*doubtful, *repeated]) - {*needed} | {*may}

    def words(self, fact: Fact, answers: Mapping[str, Value]) -> str:
        """The sentence of an answer; of a measure that is worked out, with the numbers that it is worked out from."""
        value = answers[fact.id]
        one = self.of(fact.id)
        if one is None or not isinstance(value, int | Decimal | Within):
            return sentence_of(fact, value)
        assert one.fact.measure is not None
        operands = one.numbers(self._alone(answers))
        if any(operand not in answers for operand in operands) or any(id not in answers for id in one.named):
            return self._bounds_words(one, operands, value, answers) or sentence_of(fact, value)
        assert isinstance(value, int | Decimal)
        if one.fact.measure.beside:
            return self._beside(one, operands, answers)
        said = one.fact.phrase.replace(VALUE, approximately(value, one.edges))
        unit = f" {one.fact.unit}" if one.fact.unit not in said else ""
        how = written_formula(one.fact.measure.stated, lambda id: self._operand(id, answers))
        return f"{said}{unit}: {how}"

    def _bounds_words(self, one: Worked, operands: Sequence[str], value: Value, answers: Mapping[str, Value]) -> str:
        """Between what a measure lies, where that is all that is known of it; "" where it is given."""
        assert one.fact.measure is not None
        numbers = _numbers(operands, answers)
        if self._bounded(one, operands, numbers, None, False)[0] != value:
            return ""
        words = range_words(*self._between(one, operands, numbers), one.edges)
        how = written_formula(one.fact.measure.stated, lambda id: self._operand(id, answers))
        return f"{one.fact.phrase.replace(VALUE, words)}: {how}"

    def _beside(self, one: Worked, operands: Sequence[str], answers: Mapping[str, Value]) -> str:
        """A number, and what the formula that it is compared with comes to."""
        assert one.fact.measure is not None
        number, formula = parts_of(one.fact.measure.stated)
        [id] = operands_of(number)
        difference = result_of(one.formula, _numbers(operands, answers))
        first = self.words(self._facts[id], answers)
        how = spoken_formula(formula, lambda id: self._operand(id, answers))
        known = _numbers([id], answers)
        if not known:
            return f"{first}; {how}"
        comes_to = known[id] - difference
        shown = approximately(comes_to, [value] if isinstance(value := answers[id], int | Decimal) else ())
        return f"{first}; {how} is {shown} {one.fact.unit}"

    def _operand(self, id: str, answers: Mapping[str, Value]) -> str:
        fact, value = self._facts[id], answers.get(id)
        assert isinstance(fact, Number)
        name = fact.name.removeprefix("the ")
        if not isinstance(value, int | Decimal):
            return name
        return f"{name} {approximately(value) if id in self._by_id else written(value)} {fact.unit}"


def used_facts(policy: Policy) -> set[str]:
    """The facts that criteria compare or that limits count, and those from which they are worked out."""
    limits = (rule.grant.facts for rule in policy.rules if rule.grant is not None)
    asked = asked_facts([*all_criteria(policy), *policy.brought.values()])
    return with_operands([*asked, *chain.from_iterable(limits)], policy)


def used_lists(policy: Policy) -> set[str]:
    """The lists of which criteria ask for rows, and those over whose rows numbers are counted that are used."""
    asked = {one.logic.list for one in all_criteria(policy) if isinstance(one.logic, OfRows)}
    used = used_facts(policy)
    return asked | {id for id, of in policy.lists.items() if not used.isdisjoint(of.tallies)}


def with_operands(facts: Iterable[str], policy: Policy) -> set[str]:
    """Facts, with those from which they are worked out."""
    found: set[str] = set()
    waiting = [*facts]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            fact = policy.facts.get(id)
            if isinstance(fact, Number) and fact.measure is not None:
                waiting += operands_of(fact.measure.stated)
    return found


def within(low: End, high: End) -> Within | None:
    """That a number lies between two ends; None where it has none."""
    ends = [None if isinstance(end, float) or not is_on_grid(end) else on_grid(end) for end in (low, high)]
    return None if ends == [None, None] else Within(*ends)


def compared_numbers(policy: Policy, fact: str) -> tuple[Amount, ...]:
    """The numbers with which a policy compares a fact, in order."""
    found: set[Amount] = set()
    for criterion in all_criteria(policy):
        if isinstance(criterion.logic, Comparison) and criterion.logic.fact == fact:
            stated = _stated(criterion.logic.test)
            found |= {value for value in stated if isinstance(value, int | Decimal)}
    return tuple(sorted(found))


def _stated(test: Test) -> Iterable[object]:
    """The values that a comparison states."""
    match test:
        case IsOneOf(values):
            return values
        case Range(low, high):
            return [edge.value for edge in (low, high) if edge is not None]
        case IncludesAnyOf() | Elapsed() | HasNone():
            return ()
        case _:
            assert_never(test)


def _ends(fact: Fact) -> Ends:
    """The least and the greatest answer to a number fact."""
    assert isinstance(fact, Number)
    low = -math.inf if fact.minimum is None else Fraction(fact.minimum)
    return low, math.inf if fact.maximum is None else Fraction(fact.maximum)


def _disagreement(given: Amount, answer: Amount, exact: Fraction, one: Worked) -> str:
    """Why a measure that is given is not the one that is worked out, or "".

    Rounded as it is given, it is the same; but then the policy must decide the same by both.
    """
    digits = max(0, -_exponent(given))
    found = approximately(exact, one.edges)
    if rounded(Fraction(answer), digits) != Fraction(given):
        return f"it is given as {written(given)}, but worked out it is {found}"
    for edge in one.edges:
        if side_of(given, edge) != side_of(answer, edge):
            between = f"given as {written(given)} and worked out as {found}"
            return f"it is {between}, and the policy compares it with {written(edge)}: give only one of the two"
    return ""


def _exponent(number: Amount) -> int:
    exponent = Decimal(number).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def _number(value: Value | None) -> Amount | None:
    """An answer to a number fact, where there is one."""
    return value if isinstance(value, int | Decimal) else None


def _numbers(ids: Iterable[str], answers: Mapping[str, Value]) -> dict[str, Fraction]:
    """The answers that are known numbers."""
    return {id: Fraction(value) for id in ids if (value := _number(answers.get(id))) is not None}
