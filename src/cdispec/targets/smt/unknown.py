"""What every answer to the unknown facts agrees on, where three-valued logic does not know it.

That it is denied is said with symbols for the answers that deny it. That it is so cannot be said of all answers at
once: of each model that takes it as so it is asked whether some answers deny it there, and these must then agree, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, assert_never

import z3

from cdispec.core.lower import domain
from cdispec.core.program import Atom, Lies, facts_of
from cdispec.model.cells import cells_for
from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, YesNo, may_be_none
from cdispec.targets.smt.answers import Answers, is_true
from cdispec.targets.smt.earliest import REQUEST, earliest
from cdispec.targets.smt.formulas import Formula
from cdispec.targets.smt.terms import Position, Terms, position


class Perhaps(NamedTuple):
    """An answer to a fact that may have no value: that it has `none`, or else what it is."""

    none: Formula
    value: Position


Said: TypeAlias = Formula | Position | Perhaps | Mapping[str, Formula]
"""An answer to a fact: to a list, of some options whether it has them."""
Assumed: TypeAlias = Mapping[str, Said]
"""Answers to some facts where these are unknown."""


def symbols(assumed: Assumed) -> Iterator[z3.ExprRef]:
    """The symbols of which answers consist."""
    for said in assumed.values():
        match said:
            case Mapping():
                yield from said.values()
            case Perhaps(none, value):
                yield none
                yield from (value,) if isinstance(value, z3.ExprRef) else ()
            case z3.ExprRef():
                yield said
            case int():
                pass
            case _:
                assert_never(said)


class Unknown:
    """Some facts where they are unknown, with symbols for `any` answers to them; `atoms` are what is asked of them.

    A yes-no fact that stands in for something is declared nowhere.
    """

    def __init__(
        self, name: str, facts: Mapping[str, Fact | None], atoms: Sequence[Atom], answers: Answers, terms: Terms
    ) -> None:
        self._facts, self._atoms, self._answers, self._terms = facts, atoms, answers, terms
        self.any: Assumed = {id: self._any(f"{name}|{id}", fact) for id, fact in facts.items()}

    def within(self, model: z3.ModelRef) -> Assumed:
        """The answers of a model, dates as told by those that they are counted from."""

        def of(said: Said) -> Said:
            if isinstance(said, Mapping):
                return {option: model.eval(has, model_completion=True) for option, has in said.items()}
            if isinstance(said, Perhaps):
                return Perhaps(*(model.eval(part, model_completion=True) for part in said))
            return model.eval(said, model_completion=True)

        found = {fact: of(said) for fact, said in self.any.items()}
        for id, day in self._dates(model).items():
            said = found[id]
            found[id] = said._replace(value=day) if isinstance(said, Perhaps) else day
        return found

    def _dates(self, denial: z3.ModelRef) -> dict[str, Position]:
        days_of = {id: fact for id, fact in self._facts.items() if isinstance(fact, Day)}
        unknown = [id for id, fact in days_of.items() if not is_true(denial, self._answers.known(fact))]
        # What asks a date without a value fails, however the others are answered.
        dates = {id: fact for id, fact in days_of.items() if not is_true(denial, self._none(id, fact, id in unknown))}
        unknown = [id for id in unknown if id in dates]
        days = {id: self._day(id) if id in unknown else self._answers.value(fact) for id, fact in dates.items()} | {
            REQUEST: self._answers.day
        }
        found = {id: int(denial.eval(day, model_completion=True).as_long()) for id, day in days.items()}
        lacking = days_of.keys() - dates.keys()
        lies = [atom for atom in self._atoms if isinstance(atom, Lies) and not lacking & {*facts_of(atom)}]
        atoms = [atom for atom in lies if dates.keys() & {*facts_of(atom)}]
        told = {**{id: found[id] for id in dates}, **earliest(atoms, found, unknown, self._terms)}
        return {id: self._held(day, dates[id]) for id, day in told.items()}

    def _day(self, fact: str) -> Formula | Position:
        said = self.any[fact]
        assert not isinstance(said, Mapping)
        return said.value if isinstance(said, Perhaps) else said

    def _none(self, id: str, fact: Day, unknown: bool) -> Formula:
        said = self.any[id]
        if unknown:
            return said.none if isinstance(said, Perhaps) else z3.BoolVal(False)
        return self._answers.none(fact) if may_be_none(fact) else z3.BoolVal(False)

    def _held(self, day: Position, fact: Day) -> Position:
        """A day that could be answered, whatever the day of the request."""
        return z3.If(day > self._answers.day, self._answers.day, day) if fact.latest_request else day

    def _any(self, name: str, fact: Fact | None) -> Said:
        said = self._symbol(name, fact)
        if fact is None or not may_be_none(fact):
            return said
        assert not isinstance(said, Mapping)
        return Perhaps(z3.Bool(f"{name}|none"), said)

    def _symbol(self, name: str, fact: Fact | None) -> Said:
        match fact:
            case YesNo() | None:
                return z3.Bool(name)
            case SetOf():
                # Edits of a policy may ask for other options than the policy itself.
                cells = cells_for([fact])
                options = [*fact.names] if cells is None else cells.ids
                return {option: z3.Bool(f"{name}|{option}") for option in options}
            case Day():
                day = self._answers.days.new(name)
                self._answers.constraints += [day <= self._answers.day] if fact.latest_request else []
                return day
            case Number() | OneOf():
                of = domain(fact)
                point = z3.Int(name) if of.whole else z3.Real(name)
                self._answers.constraints += [] if of.low is None else [point >= position(of.low)]
                self._answers.constraints += [] if of.high is None else [point <= position(of.high)]
                return point
            case _:
                assert_never(fact)
