"""Policies and cases that targets are compared on, beside those of `tests.strategies`."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

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
    Direction,
    Duration,
    IncludesAnyOf,
    IsOneOf,
    Logic,
    Not,
    Range,
    Reference,
    Unit,
    Within,
)
from cdispec.model.facts import Amount, Day, Fact, Including, Number, Option, SetOf, Value, YesNo
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, all_criteria
from tests.answers import answers_of
from tests.determine.strategies import PLACE, TODAY, asked, criterion, small_policy, yes_no

DAYS = (date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31), date(2025, 7, 1))
OUTCOMES = (Outcome.NECESSARY, Outcome.NOT_INDICATED, Outcome.NOT_NECESSARY)


class Drawing:
    """Draws cases of a policy: any request kind, open and complete records, from little to everything known."""

    def __init__(self, policy: Policy, seed: int) -> None:
        self._policy = policy
        self._random = random.Random(seed)
        periods = [criterion.valid for criterion in all_criteria(policy)]
        edges = {edge for period in periods for edge in (period.start, period.end) if edge is not None}
        self._days = [*DAYS, *sorted(edge + timedelta(step) for edge in edges for step in (-1, 0, 1))]

    def cases(self, count: int) -> Iterator[Case]:
        """So many cases."""
        for _ in range(count):
            case = self._empty(self._random.choice(list(self._policy.requests)))
            known = self._random.choice([0.3, 0.6, 0.9, 1.0])
            facts = {id: self._answer(id, case) for id in self._policy.facts if self._random.random() < known}
            yield replace(case, facts=facts, complete=self._random.random() < 0.3)

    def filling(self, request: str) -> Iterator[Case]:
        """A form that is filled in: each time an answer to something that is needed."""
        case, core = self._empty(request), Prepared(self._policy)
        for _ in range(len(self._policy.facts) + 5):
            yield case
            needed = core.decide(case).needed()
            if not needed:
                break
            fact = self._random.choice(needed)
            case = replace(case, facts={**case.facts, fact: self._answer(fact, case)})

    def _empty(self, request: str) -> Case:
        return Case(self._policy.number, request, self._random.choice(self._days), {})

    def _answer(self, id: str, case: Case) -> Value:
        fact = self._policy.facts[id]
        if isinstance(fact, SetOf):
            members = frozenset(option.id for option in fact.options if self._random.random() < 0.3)
            return Including(members) if self._random.random() < 0.5 else members
        return self._random.choice(answers_of(self._policy, case)(fact))


def tangled(seed: int) -> Policy:
    """A policy that asks a few facts over and over, so that it takes several of them to settle a case."""
    drawn = random.Random(seed)
    facts = [yes_no(id) for id in "abcdefg"]
    members = [
        criterion(f"{n}", AtLeast(drawn.randint(1, 3), tuple(_literal(f"{n}-{fact.id}", fact, drawn) for fact in some)))
        for n, some in enumerate(drawn.sample(facts, 4) for _ in range(5))
    ]
    first = criterion("first", AtLeast(drawn.randint(2, 4), tuple(members)))
    second = criterion("second", AtLeast(2, tuple(criterion(f"to-{n}", Reference(f"{n}")) for n in range(2, 5))))
    outcomes = drawn.choice([(Outcome.NECESSARY, Outcome.NOT_INDICATED), (Outcome.NECESSARY, Outcome.NECESSARY)])
    return small_policy([*facts], list(zip((first, second), outcomes, strict=True)))


def _literal(id: str, fact: YesNo, drawn: random.Random) -> Criterion:
    return criterion(id, asked(fact.id, drawn.random() < 0.7))


def day(id: str, latest_request: bool = False) -> Day:
    """A date fact."""
    return Day(id, f"When was {id}?", f"the {id}", f"the {id} was on {{value}}", latest_request, PLACE)


@st.composite
def linked_dates(draw: st.DrawFn, most: int = 3) -> Policy:
    """A policy of dates that are counted from one another, in every unit, with one yes-no fact."""
    ids = ["first", "second", "third"][:most]
    count = draw(st.integers(2, 5))
    members = tuple(criterion(f"c{n}", draw(_of_dates(ids))) for n in range(count))
    inverted = tuple(
        criterion(f"n{n}", Not(member)) if draw(st.booleans()) else member for n, member in enumerate(members)
    )
    guard = criterion("guard", draw(_of_dates(ids))) if draw(st.booleans()) else None
    logic: Logic = AtLeast(draw(st.integers(1, count)), inverted)
    rules = [criterion("rule", logic, unless=guard), criterion("other", draw(_of_dates(ids)))]
    outcomes = draw(st.permutations(OUTCOMES))
    facts: list[Fact] = [*(day(id, draw(st.booleans())) for id in ids), yes_no("yes")]
    return small_policy(facts, list(zip(rules, outcomes, strict=False))[: draw(st.integers(1, 2))])


@st.composite
def _of_dates(draw: st.DrawFn, ids: list[str]) -> Comparison:
    fact = draw(st.sampled_from(ids))
    match draw(st.sampled_from(["within", "within", "within", "range", "is", "yes"])):
        case "within":
            duration = Duration(draw(st.integers(0, 14)), draw(st.sampled_from(Unit)))
            anchor = draw(st.sampled_from([None, *ids, *ids]))
            return Comparison(fact, Within(duration, draw(st.sampled_from(Direction)), anchor))
        case "range":
            edge = Bound(TODAY + timedelta(draw(st.integers(-40, 40))), draw(st.booleans()))
            return Comparison(fact, Range(edge, None) if draw(st.booleans()) else Range(None, edge))
        case "is":
            stated = draw(st.frozensets(st.integers(-3, 3), min_size=1, max_size=3))
            return Comparison(fact, IsOneOf(frozenset(TODAY + timedelta(step) for step in stated)))
        case _:
            return asked("yes")


@st.composite
def numbers(draw: st.DrawFn) -> Policy:
    """A policy of two numbers, bounded or not, with edges that lie as near one another as numbers can."""
    ends: list[Amount | None] = [None, 0, Decimal("0.1")]
    facts = []
    for id in ("first", "second"):
        low, high = draw(st.sampled_from(ends)), draw(st.sampled_from([None, 9, 2**53]))
        facts.append(Number(id, "?", f"the {id}", f"the {id} is {{value}}", "years", low, high, PLACE))
    members = tuple(criterion(f"c{n}", _wanted(draw, f"{n}")) for n in range(draw(st.integers(2, 6))))
    logic = AtLeast(draw(st.integers(1, len(members))), members)
    return small_policy([*facts], [(criterion("rule", logic), Outcome.NECESSARY)])


def _wanted(draw: st.DrawFn, id: str) -> Logic:
    edges: list[Amount] = [0, 3, *map(Decimal, ("0.1", "0.100000000000001", "2.99999999999999", "8.5")), 2**52]
    low, high = sorted(draw(st.lists(st.sampled_from(edges), min_size=2, max_size=2)))
    lower, upper = Bound(low, draw(st.booleans())), Bound(high, draw(st.booleans()))
    either: IsOneOf | Range = IsOneOf(frozenset([low, high]))
    test = draw(st.sampled_from([Range(lower, None), Range(None, upper), Range(lower, upper), either]))
    asked = Comparison(draw(st.sampled_from(["first", "second"])), test)
    return Not(criterion(f"not-{id}", asked)) if draw(st.booleans()) else asked


def long_list(size: int, seed: int) -> Policy:
    """A policy of one list of many options, of which criteria ask many times for some, one by one and negated."""
    drawn = random.Random(seed)
    options = tuple(Option(f"o{n}", f"option {n}", PLACE) for n in range(size))
    listed = SetOf("list", "?", "the list", "it is {value}", "it includes {value}", "none", options, PLACE)
    ids = [option.id for option in options]

    def some(id: str, most: int) -> Criterion:
        wanted = criterion(id, includes(drawn.sample(ids, drawn.randint(1, most))))
        return criterion(f"not-{id}", Not(wanted)) if drawn.random() < 0.3 else wanted

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
