"""What can be answered of one request, as symbols that several states of a policy share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from typing import assert_never

import z3

from cdispec.core.work import Work
from cdispec.model.case import Case
from cdispec.model.cells import ALL_DAYS, Cells, cells_for
from cdispec.model.facts import (
    DIGITS,
    EXACT,
    Amount,
    Day,
    Fact,
    Including,
    NoValue,
    Number,
    OneOf,
    SetOf,
    Value,
    YesNo,
    kind_name,
    may_be_none,
)
from cdispec.model.policy import Policy
from cdispec.targets.smt.agreements import Agreements
from cdispec.targets.smt.calendar import Days
from cdispec.targets.smt.formulas import conjunction, disjunction, negation

Key = tuple[str, str, str]
"""A fact's id, kind and unit, and how it is worked out. What is answered otherwise is an answer to something else."""


def key_of(fact: Fact) -> Key:
    """What makes a fact of two states the same."""
    if isinstance(fact, SetOf) and fact.codes is not None:
        return fact.id, kind_name(fact), fact.codes.system
    if not isinstance(fact, Number):
        return fact.id, kind_name(fact), ""
    worked = f" = {fact.measure.formula}" if fact.measure else ""
    return fact.id, kind_name(fact), f"{fact.unit}{worked}"


class Answers:
    """A case of any of the policies: its day, whether its record is complete, and for each fact what is answered.

    `cells` are those into which the codes of facts are cut by what any of the policies asks. `stated` says of each fact
    whether anything is. `constraints` are what is true of every case; further symbols bring further ones. An answer
    that one of the policies does not allow, an option that it lacks or a number out of its bounds, is none to that one.

    `agreements` are what a model may take as so only if no answers deny it. `work` is what may still be done.
    """

    def __init__(self, policies: Sequence[Policy], work: Work, only_complete: bool = False) -> None:
        _forget_others()
        self.work = work
        self.constraints: list[z3.BoolRef] = []
        self.agreements = Agreements()
        self.days = Days(self.constraints)
        self.day = self.days.new("request")
        self.complete = z3.BoolVal(True) if only_complete else z3.Bool("complete")
        self.facts: dict[Key, list[Fact]] = {}
        for policy in policies:
            for fact in policy.facts.values():
                self.facts.setdefault(key_of(fact), []).append(fact)
        self.stated = {key: z3.Bool(f"{'|'.join(key)}|stated") for key in self.facts}
        self._values = {key: self._symbol(key, facts[0]) for key, facts in self.facts.items()}
        lists = {key: [fact for fact in facts if isinstance(fact, SetOf)] for key, facts in self.facts.items()}
        self.cells = {key: cells for key, of in lists.items() if (cells := cells_for(of)) is not None}
        self._options = {key: _union(facts, self.cells.get(key)) for key, facts in self.facts.items()}
        self._members = {
            key: {option: z3.Bool(f"{'|'.join(key)}|has|{option}") for option in self._options[key]}
            for key, facts in self.facts.items()
            if isinstance(facts[0], SetOf)
        }
        optional = [key for key, facts in self.facts.items() if any(map(may_be_none, facts))]
        self._none = {key: z3.Bool(f"{'|'.join(key)}|none") for key in optional}
        self._really: dict[Key, dict[str, z3.BoolRef]] = {}
        self.constraints += [bound for key, facts in self.facts.items() for bound in self._bounds(key, facts)]
        for key, cells in self.cells.items():
            self.constraints += self._dated(self._members[key], cells)

    def opened(self) -> Answers:
        """The same answers in an open record."""
        opened = copy(self)
        opened.complete = z3.BoolVal(False)
        return opened

    def _symbol(self, key: Key, fact: Fact) -> z3.ExprRef:
        """The answer: of a list, whether it is known whole; of one of several options, the place of the option."""
        name = "|".join(key)
        match fact:
            case YesNo() | SetOf():
                return z3.Bool(name)
            case Number():
                return (
                    z3.Int(name)
                    if all(isinstance(one, Number) and one.whole for one in self.facts[key])
                    else z3.Real(name)
                )
            case Day():
                return self.days.new(name)
            case OneOf():
                return z3.Int(name)
            case _:
                assert_never(fact)

    def _bounds(self, key: Key, facts: list[Fact]) -> list[z3.BoolRef]:
        """What is stated is an answer to one of the policies at least; what is not stated could be."""
        if key in self._members:
            # Part of a list with nothing in it is nothing stated.
            return [self.stated[key] == z3.Or(self._values[key], *self._members[key].values())]
        allowed = [self.allowed(fact) for fact in facts]
        # A record is complete only to whom all of it is an answer.
        whole = z3.Implies(z3.And(self.stated[key], self.complete), z3.And(allowed))
        return [z3.Or(allowed), *([whole] if len(allowed) > 1 else [])]

    def _dated(self, members: Mapping[str, z3.BoolRef], cells: Cells) -> Iterator[z3.BoolRef]:
        """A list holds a code of a cell only on days on which there are some."""
        for cell, days in cells.days.items():
            if days != (ALL_DAYS,):
                there = [z3.And(self.day >= one.toordinal(), self.day <= two.toordinal()) for one, two in days]
                yield z3.Implies(members[cell], z3.Or(there))

    def _parts(self, fact: SetOf, option: str) -> list[str]:
        """The options of all policies that are one of a policy: of its cell of codes, those into which it is cut."""
        cells = self.cells.get(key_of(fact))
        return [option] if cells is None else [*cells.within(option, cells_for([fact]))]

    def value(self, fact: Fact) -> z3.ExprRef:
        """The answer to a fact that is no list."""
        return self._values[key_of(fact)]

    def options(self, key: Key) -> list[str]:
        """The options of a fact in all policies, those of the last one first."""
        return self._options[key]

    def members(self, key: Key) -> list[z3.BoolRef]:
        """Of each option of a list, that the list is known to have it."""
        return list(self._members[key].values())

    def place(self, fact: OneOf, option: str) -> int:
        """Where an option stands among those of all policies."""
        return self._options[key_of(fact)].index(option)

    def has(self, fact: SetOf, option: str) -> z3.BoolRef:
        """Whether a list is known to have an option."""
        members = self._members[key_of(fact)]
        return disjunction(members[part] for part in self._parts(fact, option))

    def really(self, fact: SetOf, option: str) -> z3.BoolRef:
        """Whether a list has an option, whatever of it is known."""
        key = key_of(fact)
        if key not in self._really:
            self._really[key] = {of: z3.Bool(f"{'|'.join(key)}|really|{of}") for of in self._options[key]}
            for of, has in self._members[key].items():
                self.constraints += [z3.Implies(has, self._really[key][of])]
                self.constraints += [z3.Implies(self._values[key], has == self._really[key][of])]
            if key in self.cells:
                self.constraints += self._dated(self._really[key], self.cells[key])
        return disjunction(self._really[key][part] for part in self._parts(fact, option))

    def none(self, fact: Fact) -> z3.BoolRef:
        """That a fact has no value."""
        return self._none.get(key_of(fact), z3.BoolVal(False))

    def allowed(self, fact: Fact) -> z3.BoolRef:
        """Whether an answer, where one is stated, is one that the policy of this fact allows."""
        none, within = self.none(fact), self._within(fact)
        return disjunction([none, within]) if may_be_none(fact) else conjunction([negation(none), within])

    def _within(self, fact: Fact) -> z3.BoolRef:
        value = self._values[key_of(fact)]
        match fact:
            case YesNo() | SetOf():
                return z3.BoolVal(True)
            case Day(latest_request=latest_request):
                return value <= self.day if latest_request else z3.BoolVal(True)
            case Number(minimum=minimum, maximum=maximum):
                low = -EXACT if minimum is None else max(minimum, -EXACT)
                high = EXACT if maximum is None else min(maximum, EXACT)
                part = [z3.IsInt(value)] if fact.whole and value.is_real() else []
                if fact.measure is not None and fact.measure.digits is not None and value.is_real():
                    part.append(z3.IsInt(value * 10**fact.measure.digits))
                return z3.And(value >= exact(low), value <= exact(high), *part)
            case OneOf(options=options):
                return z3.Or([value == self.place(fact, option.id) for option in options])
            case _:
                assert_never(fact)

    def known(self, fact: Fact) -> z3.BoolRef:
        """Whether a fact is answered, to the policy that declares it; of a list, whether all of it is."""
        key = key_of(fact)
        if isinstance(fact, SetOf):
            return self._values[key]
        alone = len(self.facts[key]) == 1
        return self.stated[key] if alone else z3.And(self.stated[key], self.allowed(fact))

    def point(self, fact: Fact) -> z3.ArithRef:
        """Where the answer to a number, date or one-of fact stands in the order of its policy."""
        value = self.value(fact)
        if isinstance(fact, OneOf):
            places = [self.place(fact, option.id) for option in fact.options]
            if places != list(range(len(places))):
                ranks = z3.IntVal(len(places) - 1)
                for rank in range(len(places) - 2, -1, -1):
                    ranks = z3.If(value == places[rank], rank, ranks)
                return ranks
        return value

    def pinned(self, model: z3.ModelRef) -> list[z3.BoolRef]:
        """That all that is answered and known is as in a model."""
        symbols = [
            *self.stated.values(),
            *self._none.values(),
            *self._values.values(),
            *(m for of in self._members.values() for m in of.values()),
        ]
        return [symbol == model.eval(symbol, model_completion=True) for symbol in (self.day, self.complete, *symbols)]

    def case(self, policy: Policy, request: str, model: z3.ModelRef) -> Case:
        """The case of a model, as a policy can be told it."""
        facts = {}
        for fact in policy.facts.values():
            value = self._answer(fact, model)
            if value is not None:
                facts[fact.id] = value
        day = date.fromordinal(model.eval(self.day, model_completion=True).as_long())
        return Case(policy.number, request, day, facts, is_true(model, self.complete))

    def _answer(self, fact: Fact, model: z3.ModelRef) -> Value | None:
        known = is_true(model, self.known(fact))
        if isinstance(fact, SetOf):
            held = self._held(fact, model)
            return held if known else Including(held) if held else None
        if not known:
            return None
        if is_true(model, self.none(fact)):
            return NoValue()
        value = model.eval(self._values[key_of(fact)], model_completion=True)
        match fact:
            case YesNo():
                return bool(z3.is_true(value))
            case Number():
                return int(value.as_long()) if value.is_int() else _number(value.as_fraction())
            case Day():
                return date.fromordinal(value.as_long())
            case OneOf():
                return str(self._options[key_of(fact)][value.as_long()])
            case _:
                assert_never(fact)

    def _held(self, fact: SetOf, model: z3.ModelRef) -> frozenset[str]:
        key = key_of(fact)
        held = [option for option, has in self._members[key].items() if is_true(model, has)]
        if fact.codes is None:
            return frozenset(option.id for option in fact.options if option.id in held)
        day = date.fromordinal(model.eval(self.day, model_completion=True).as_long())
        # A cell of which no code is found is given up: what such a case shows does not hold when it is decided.
        return frozenset(code for cell in held if (code := self.cells[key].code_of(cell, day)))


def _forget_others() -> None:
    """Let formulas made from now on have a context of their own, for the work of the solver depends on what it holds.

    z3 has no public way to say so, and without one a case that is shown would depend on what was asked before.
    """
    z3.z3._main_ctx = None


def is_true(model: z3.ModelRef, formula: z3.BoolRef) -> bool:
    """Whether a formula is true in a model."""
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


def exact(number: Amount) -> z3.RatNumRef:
    """A number as the solver reckons with it, without rounding."""
    fraction = Fraction(number)
    return z3.Q(fraction.numerator, fraction.denominator)


def _number(fraction: Fraction) -> Amount:
    if fraction.denominator == 1:
        return int(fraction)
    return Context(prec=DIGITS).divide(Decimal(fraction.numerator), Decimal(fraction.denominator))


def _union(facts: list[Fact], cells: Cells | None) -> list[str]:
    if cells is not None:
        return [*cells.ids]
    options = (option.id for fact in reversed(facts) if isinstance(fact, OneOf | SetOf) for option in fact.options)
    return list(dict.fromkeys(options))
