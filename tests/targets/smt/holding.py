"""Answers held to one case, so that what a formula says of it can be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import z3

from cdispec.model.case import Case
from cdispec.model.cells import Coded
from cdispec.model.codes import Cell, codes_in
from cdispec.model.facts import Day, Fact, Including, NoValue, SetOf, Value, may_be_none
from cdispec.model.policy import Policy
from cdispec.targets.smt import Answers
from cdispec.targets.smt.answers import exact, key_of


def held_to(answers: Answers, policy: Policy, case: Case) -> list[z3.BoolRef]:
    """That the answers are those of a case of this policy, and that nothing else is stated."""
    mine = {key_of(fact): fact for fact in policy.facts.values()}
    found = [answers.day == case.date.toordinal(), answers.complete == case.complete]
    for key, facts in answers.facts.items():
        fact = mine.get(key)
        value = None if fact is None else case.facts.get(fact.id)
        found += _answer(answers, fact or facts[0], value, case.date)
        if value is None and isinstance(facts[0], Day):
            # What is not stated has no part in what is known; a day spares the solver the search for one.
            found.append(answers.value(facts[0]) == case.date.toordinal())
    return found


def _answer(answers: Answers, fact: Fact, value: Value | None, day: date) -> list[z3.BoolRef]:
    stated, answer = answers.stated[key_of(fact)], answers.value(fact)
    if isinstance(fact, SetOf):
        held = value.members if isinstance(value, Including) else value or frozenset()
        assert isinstance(held, frozenset)
        if (cells := answers.cells.get(key_of(fact))) is not None:
            held = frozenset(cells.of_code(code, day) for code in codes_in(held))
        members = zip(answers.options(key_of(fact)), answers.members(key_of(fact)), strict=True)
        return [answer == isinstance(value, frozenset), *(has == (option in held) for option, has in members)]
    if value is not None and may_be_none(fact):
        stated = z3.And(stated, answers.none(fact) == isinstance(value, NoValue))
    match value:
        case None:
            return [z3.Not(stated)]
        case NoValue():
            return [stated]
        case bool():
            return [stated, answer == value]
        case int() | Decimal():
            return [stated, answer == exact(value)]
        case date():
            return [stated, answer == value.toordinal()]
        case str():
            return [stated, answer == answers.options(key_of(fact)).index(value)]
        case _:
            raise AssertionError(f"{value!r} is no answer to {fact.id}")


def told_apart(policy: Policy, case: Case) -> dict[str, Value]:
    """What a case states, as far as a policy tells it apart: of codes their cells; of an empty part, nothing."""
    facts = dict(Coded(policy).facts(case.facts, case.date))
    for fact in policy.facts.values():
        if isinstance(fact, SetOf) and fact.codes is not None and fact.id in facts:
            value = facts[fact.id]
            held = value.members if isinstance(value, Including) else value
            assert isinstance(held, frozenset)
            cells = frozenset(member for member in held if isinstance(member, Cell))
            facts[fact.id] = Including(cells) if isinstance(value, Including) else cells
    return without_empty_lists(replace(case, facts=facts))


def without_empty_lists(case: Case) -> dict[str, Value]:
    """What a case states; of a list of which nothing is known, nothing is."""
    return {id: value for id, value in case.facts.items() if value != Including(frozenset())}
