"""What every answer to the unknown facts agrees on, where three-valued logic does not know it.

That it is denied is said with symbols for the answers that deny it. That it is so cannot be said of all answers at
once: of each model that takes it as so it is asked whether some answers deny it there, and these must then agree, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, assert_never

import z3

from cdispec.core.lower import domain
from cdispec.core.program import Atom, Includes, Lies, facts_of
from cdispec.model.facts import Day, Fact, Number, OneOf, SetOf, YesNo
from cdispec.targets.smt.answers import Answers, is_true
from cdispec.targets.smt.earliest import REQUEST, earliest
from cdispec.targets.smt.formulas import Formula
from cdispec.targets.smt.terms import Position, Terms, position

Said: TypeAlias = Formula | Position | Mapping[str, Formula]
"""An answer to a fact: to a list, of some options whether it has them."""
Assumed: TypeAlias = Mapping[str, Said]
"""Answers to some facts where these are unknown."""


class Unknown:
    """Some facts where they are unknown, with symbols for `any` answers to them; `atoms` are what is asked of them.

    A yes-no fact that stands in for something is declared nowhere.
    """

    def __init__(
        self, name: str, facts: Mapping[str, Fact | None], atoms: Sequence[Atom], answers: Answers, terms: Terms
    ) -> None:
        self._facts, self._atoms, self._answers, self._terms = facts, atoms, answers, terms
        self.any: Assumed = {id: self._symbol(f"{name}|{id}", fact) for id, fact in facts.items()}

    def within(self, model: z3.ModelRef) -> Assumed:
        """The answers of a model, dates as told by those that they are counted from."""

        def of(said: Said) -> Said:
            if isinstance(said, Mapping):
                return {option: model.eval(has, model_completion=True) for option, has in said.items()}
            return model.eval(said, model_completion=True)

        return {fact: of(said) for fact, said in self.any.items()} | self._dates(model)

    def _dates(self, denial: z3.ModelRef) -> dict[str, Position]:
        dates = {id: fact for id, fact in self._facts.items() if isinstance(fact, Day)}
        unknown = [id for id, fact in dates.items() if not is_true(denial, self._answers.known(fact))]
        days = {id: self.any[id] if id in unknown else self._answers.value(fact) for id, fact in dates.items()} | {
            REQUEST: self._answers.day
        }
        found = {id: int(denial.eval(day, model_completion=True).as_long()) for id, day in days.items()}
        atoms = [atom for atom in self._atoms if isinstance(atom, Lies) and set(facts_of(atom)) & set(dates)]
        told = {**{id: found[id] for id in dates}, **earliest(atoms, found, unknown, self._terms)}
        return {id: self._held(day, dates[id]) for id, day in told.items()}

    def _held(self, day: Position, fact: Day) -> Position:
        """A day that could be answered, whatever the day of the request."""
        return z3.If(day > self._answers.day, self._answers.day, day) if fact.latest_request else day

    def _symbol(self, name: str, fact: Fact | None) -> Said:
        match fact:
            case YesNo() | None:
                return z3.Bool(name)
            case SetOf():
                own = [atom for atom in self._atoms if isinstance(atom, Includes) and atom.fact == fact.id]
                options = dict.fromkeys(option for atom in own for option in sorted(atom.options))
                return {option: z3.Bool(f"{name}|{option}") for option in options}
            case Day():
                day = self._answers.days.new(name)
                self._answers.constraints += [day <= self._answers.day] if fact.latest_request else []
                return day
            case Number() | OneOf():
                point, of = z3.Real(name) if isinstance(fact, Number) else z3.Int(name), domain(fact)
                self._answers.constraints += [] if of.low is None else [point >= position(of.low)]
                self._answers.constraints += [] if of.high is None else [point <= position(of.high)]
                return point
            case _:
                assert_never(fact)
