"""Policies and cases that targets are compared on, beside those of `tests.strategies`."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from cdispec.determine.determination import Prepared
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    IncludesAnyOf,
    IsOneOf,
    Logic,
    Not,
    Range,
    Reference,
)
from cdispec.model.facts import REQUEST, Amount, Fact, Including, Number, Option, SetOf, Value, answerable, is_unrounded
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, all_criteria
from tests.answers import answers_of
from tests.choices import Choices
from tests.determine.strategies import PLACE, TODAY, asked, criterion, day, small_policy, yes_no
from tests.strategies import elapsed_by, members_of, month_of

DAYS = (date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31), date(2025, 7, 1))
OUTCOMES = (Outcome.NECESSARY, Outcome.NOT_INDICATED, Outcome.NOT_NECESSARY)


class Drawing:
    """Draws cases of a policy: any request kind, open and complete records, from little to everything known.

    Their answers are those that the policy can tell apart.
    """

    def __init__(self, policy: Policy, choices: Choices) -> None:
        self._policy, self._choices = policy, choices
        periods = [criterion.valid for criterion in all_criteria(policy)]
        edges = {edge for period in periods for edge in (period.start, period.end) if edge is not None}
        self._days = [*DAYS, *sorted(edge + timedelta(step) for edge in edges for step in (-1, 0, 1))]

    def cases(self, count: int) -> Iterator[Case]:
        """So many cases."""
        for _ in range(count):
            case = self._empty(self._choices.of(list(self._policy.requests)))
            known = self._choices.of([3, 6, 9, 10])
            facts = {
                id: self._answer(id, case) for id in answerable(self._policy.facts) if self._choices.below(10) < known
            }
            yield replace(case, facts=facts, complete=self._choices.rarely(3))

    def filling(self, request: str) -> Iterator[Case]:
        """A form that is filled in: each time an answer to something that is needed."""
        case, core = self._empty(request), Prepared(self._policy)
        for _ in range(len(self._policy.facts) + 5):
            yield case
            needed = core.decide(case).needed()
            if not needed:
                break
            fact = self._choices.of(needed)
            case = replace(case, facts={**case.facts, fact: self._answer(fact, case)})

    def _empty(self, request: str) -> Case:
        return Case(self._policy.number, request, self._choices.of(self._days), {})

    def _answer(self, id: str, case: Case) -> Value:
        fact = self._policy.facts[id]
        if isinstance(fact, SetOf):
            members = frozenset(one for one in members_of(fact) if self._choices.rarely(3))
            return Including(members) if self._choices.either() else members
        answers = answers_of(self._policy, case)(fact)
        if isinstance(fact, Number):
            # What is rounded has no further digits.
            answers = [
                answer for answer in answers if not (isinstance(answer, int | Decimal) and is_unrounded(answer, fact))
            ]
        answer = self._choices.of(answers)
        return month_of(answer) if isinstance(answer, date) and self._choices.rarely(4) else answer


def by_seed(seed: int) -> Choices:
    """Choices without end."""
    return Choices(random.Random(seed).randrange)


def tangled(choices: Choices) -> Policy:
    """A policy that asks a few facts over and over, so that it takes several of them to settle a case."""
    facts = [yes_no(id) for id in "abcdefg"]
    members = []
    for n in range(5):
        some = choices.shuffled(facts)[:4]
        literals = (criterion(f"{n}-{fact.id}", asked(fact.id, not choices.rarely(3))) for fact in some)
        members.append(criterion(f"{n}", AtLeast(choices.between(1, 3), tuple(literals))))
    first = criterion("first", AtLeast(choices.between(2, 4), tuple(members)))
    second = criterion("second", AtLeast(2, tuple(criterion(f"to-{n}", Reference(f"{n}")) for n in range(2, 5))))
    outcomes = Outcome.NECESSARY, choices.of([Outcome.NOT_INDICATED, Outcome.NECESSARY])
    return small_policy([*facts], list(zip((first, second), outcomes, strict=True)))


def linked_dates(choices: Choices, most: int = 3) -> Policy:
    """A policy of dates that are counted from one another, in every unit, with one yes-no fact."""
    ids = ["first", "second", "third"][:most]
    members = tuple(criterion(f"c{n}", _of_dates(choices, ids)) for n in range(choices.between(2, 5)))
    inverted = tuple(criterion(f"n{n}", Not(one)) if choices.either() else one for n, one in enumerate(members))
    guard = criterion("guard", _of_dates(choices, ids)) if choices.either() else None
    logic: Logic = AtLeast(choices.between(1, len(members)), inverted)
    rules = [criterion("rule", logic, unless=guard), criterion("other", _of_dates(choices, ids))]
    facts: list[Fact] = [
        *(day(id, choices.either(), choices.of(["", f"no {id}"])) for id in ids),
        yes_no("yes"),
    ]
    return small_policy(facts, list(zip(rules, choices.shuffled(OUTCOMES), strict=False))[: choices.between(1, 2)])


def _of_dates(choices: Choices, ids: list[str]) -> Comparison:
    fact = choices.of(ids)
    match choices.of(["within", "within", "within", "range", "is", "yes"]):
        case "within":
            if choices.rarely(4):
                return Comparison(REQUEST, elapsed_by(choices, ids, 14))
            return Comparison(fact, elapsed_by(choices, [None, *(id for id in ids if id != fact)], 14))
        case "range":
            edge = Bound(TODAY + timedelta(choices.between(-40, 40)), choices.either())
            return Comparison(fact, Range(edge, None) if choices.either() else Range(None, edge))
        case "is":
            stated = (TODAY + timedelta(step) for step in choices.some(range(-3, 4), least=1)[:3])
            return Comparison(fact, IsOneOf(frozenset(stated)))
        case _:
            return asked("yes")


def numbers(choices: Choices) -> Policy:
    """A policy of two numbers, bounded or not, with edges that lie as near one another as numbers can."""
    facts = []
    for id in ("first", "second"):
        low, high = choices.of([None, 0, Decimal("0.1")]), choices.of([None, 9, 2**53])
        none = choices.of(["", f"no {id}"])
        facts.append(Number(id, "?", f"the {id}", f"the {id} is {{value}}", "years", low, high, PLACE, none))
    members = tuple(criterion(f"c{n}", _wanted(choices, f"{n}")) for n in range(choices.between(2, 6)))
    logic = AtLeast(choices.between(1, len(members)), members)
    return small_policy([*facts], [(criterion("rule", logic), Outcome.NECESSARY)])


def _wanted(choices: Choices, id: str) -> Logic:
    edges: list[Amount] = [0, 3, *map(Decimal, ("0.1", "0.100000000000001", "2.99999999999999", "8.5")), 2**52]
    low, high = sorted([choices.of(edges), choices.of(edges)])
    lower, upper = Bound(low, choices.either()), Bound(high, choices.either())
    either: IsOneOf | Range = IsOneOf(frozenset([low, high]))
    test = choices.of([Range(lower, None), Range(None, upper), Range(lower, upper), either])
    asked = Comparison(choices.of(["first", "second"]), test)
    return Not(criterion(f"not-{id}", asked)) if choices.either() else asked


def long_list(choices: Choices, size: int) -> Policy:
    """A policy of one list of many options, of which criteria ask many times for some, one by one and negated."""
    options = tuple(Option(f"o{n}", f"option {n}", PLACE) for n in range(size))
    listed = SetOf("list", "?", "the list", "it is {value}", "it includes {value}", "none", options, PLACE)
    ids = [option.id for option in options]

    def some(id: str, most: int) -> Criterion:
        wanted = criterion(id, includes(choices.shuffled(ids)[: choices.between(1, most)]))
        return criterion(f"not-{id}", Not(wanted)) if choices.rarely(3) else wanted

    one_by_one = AtLeast(3, tuple(criterion(f"one-{id}", includes([id])) for id in ids[: size // 4]))
    rules = [
        (criterion("many", AnyOf(tuple(some(f"many-{n}", size) for n in range(4)), False)), Outcome.NOT_INDICATED),
        (criterion("few", AllOf(tuple(some(f"few-{n}", 3) for n in range(6)))), Outcome.NECESSARY),
        (criterion("one-by-one", one_by_one), Outcome.NECESSARY),
    ]
    return small_policy([listed, yes_no("a")], rules)


def includes(options: Sequence[str]) -> Comparison:
    """That the list includes one of these."""
    return Comparison("list", IncludesAnyOf(frozenset(options)))


def half_of(size: int) -> Policy:
    """A policy that asks for at least half of many facts, unless most of the first few are not so."""
    facts = [yes_no(f"f{n}") for n in range(size)]
    half = AtLeast(size // 2, tuple(criterion(f"c{n}", asked(fact.id)) for n, fact in enumerate(facts)))
    few = AtLeast(3, tuple(criterion(f"n{n}", asked(fact.id, False)) for n, fact in enumerate(facts[:5])))
    rule = criterion("rule", half, Truth.FALSE, criterion("few", few))
    return small_policy([*facts], [(rule, Outcome.NECESSARY)])
