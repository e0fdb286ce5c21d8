"""Strategies of these tests, beside those of `tests.strategies`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from hypothesis import strategies as st

from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import (
    AnyOf,
    Comparison,
    Criterion,
    Direction,
    Duration,
    Elapsed,
    IsOneOf,
    Length,
    ListOf,
    Logic,
    Not,
    OfRows,
    Period,
    Reference,
    walk,
)
from cdispec.model.facts import Day, Fact, Including, Month, Value, YesNo
from cdispec.model.measures import Measures
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Classification, Otherwise, Policy, RequestKind, Rule, Shared, Status, blocks
from cdispec.source import Place
from tests.choices import Choices, chosen
from tests.strategies import answers_by, case_by, policy_by

PLACE = Place("policy/00002-small/policy.md")
TODAY = date(2025, 6, 15)


def policies_with_cases(complete: bool | None = False) -> st.SearchStrategy[tuple[Policy, Case]]:
    """A small policy and a case of it, its record open unless said otherwise."""

    def drawn(choices: Choices) -> tuple[Policy, Case]:
        policy = policy_by(choices, depth=2, most_facts=4)
        return policy, case_by(choices, policy, complete)

    return chosen(drawn, 416)


def completed(case: Case, answers: Mapping[str, Value]) -> Case:
    """The case with answers to what it leaves unknown; a list that is incomplete keeps what it holds."""
    filled = dict(case.facts)
    for fact, answer in answers.items():
        before = case.facts.get(fact)
        if before is None:
            filled[fact] = answer
        elif isinstance(before, Including):
            assert isinstance(answer, frozenset)
            filled[fact] = before.members | answer
        elif isinstance(before, Month):
            # Of the days that are left, the one of the answer, or the last before it where its month has fewer.
            day = answer.day if isinstance(answer, date) else 1
            filled[fact] = max(before.first, min(before.first + timedelta(day - 1), before.last, case.date))
    return replace(case, facts=filled)


def further_answers(policy: Policy, case: Case) -> st.SearchStrategy[Case]:
    """The case with answers to some of what it leaves unknown, which no measure contradicts."""
    measures = Measures(policy)
    bound = {id for fact in policy.facts if (of := measures.operands(fact)) for id in (fact, *of)}

    def drawn(choices: Choices) -> Case:
        answers = answers_by(choices, policy, case.date)
        more = {fact: answers[fact] for fact in choices.some(answers)}
        found = completed(case, more)
        if not measures.worked_out(found.facts).problems:
            return found
        return completed(case, {fact: answer for fact, answer in more.items() if fact not in bound})

    return chosen(drawn)


def reordered(policy: Policy) -> st.SearchStrategy[Policy]:
    """The policy with the members of its lists in another order; an open list still ends with what is not listed."""
    return chosen(lambda choices: _reordered_by(choices, policy))


def _reordered_by(choices: Choices, policy: Policy) -> Policy:
    def lists(criterion: Criterion) -> Criterion:
        guard = lists(criterion.unless) if criterion.unless is not None else None
        return replace(criterion, unless=guard, logic=logic(criterion.logic))

    def shuffled(of: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        return tuple(lists(member) for member in choices.shuffled(of))

    def logic(before: Logic) -> Logic:
        match before:
            case AnyOf(of, True):
                return AnyOf((*shuffled(of[:-1]), lists(of[-1])), True)
            case ListOf(of=of):
                return replace(before, of=shuffled(of))
            case Not(of):
                return Not(lists(of))
            case Comparison() | Reference() | OfRows():
                return before
            case _:
                assert_never(before)

    return of_blocks(policy, lists)


def of_blocks(policy: Policy, turned: Callable[[Criterion], Criterion]) -> Policy:
    """The policy with the criterion of each of its blocks turned into another."""
    made = replace(
        policy,
        rules=tuple(replace(rule, criterion=turned(rule.criterion)) for rule in policy.rules),
        classifications=tuple(replace(named, criterion=turned(named.criterion)) for named in policy.classifications),
        shared=tuple(Shared(turned(block.criterion)) for block in policy.shared),
    )
    return replace(made, criteria=_by_id(made))


def small_policy(
    facts: Sequence[Fact],
    rules: list[tuple[Criterion, Outcome]],
    otherwise: Outcome | None = Outcome.NOT_NECESSARY,
    classifications: tuple[Classification, ...] = (),
) -> Policy:
    """A policy of one request kind from its facts and rules."""
    stated = [Rule(criterion, ("initial",), outcome) for criterion, outcome in rules]
    rest = () if otherwise is None else (Otherwise("rest", "III", ("initial",), otherwise, PLACE),)
    policy = Policy(
        number="00002",
        slug="00002-small",
        title="Small",
        issuer="Test",
        document="Test",
        status=Status.DRAFT,
        effective=date(2020, 1, 1),
        reviewed=date(2020, 1, 1),
        path=PLACE.path,
        requests={"initial": RequestKind("initial", "it is requested", PLACE)},
        facts={fact.id: fact for fact in facts},
        preamble=(),
        sections=(),
        clauses={},
        criteria={},
        rules=tuple(sorted(stated, key=lambda rule: rule.indicates)),
        classifications=classifications,
        otherwise=rest,
        shared=(),
        interpretations=(),
        definitions=(),
        codes=(),
        citations=(),
        history=(),
    )
    criteria = _by_id(policy)
    return replace(policy, criteria=criteria, clauses={id: node.label for id, node in criteria.items()})


def _by_id(policy: Policy) -> dict[str, Criterion]:
    return {node.id: node for block in blocks(policy) for node in walk(block.criterion)}


def criterion(id: str, logic: Logic, set_aside: Truth = Truth.FALSE, unless: Criterion | None = None) -> Criterion:
    """A criterion without words or dates."""
    return Criterion(id, f"I.{id}", None, (), logic, unless, Period(), set_aside, PLACE)


def asked(fact: str, answer: bool = True) -> Comparison:
    """Whether a yes-no fact has this answer."""
    return Comparison(fact, IsOneOf(frozenset([answer])))


def yes_no(id: str) -> YesNo:
    """A yes-no fact."""
    return YesNo(id, f"What of {id}?", f"{id} is so", f"{id} is not so", PLACE)


def day(id: str, latest_request: bool = False, none: str = "") -> Day:
    """A date fact."""
    return Day(id, f"When was {id}?", f"the {id}", f"the {id} was on {{value}}", latest_request, PLACE, none)


def within(duration: Duration, direction: Direction, anchor: str | None) -> Elapsed:
    """That a date lies at most so long before or after another, both ends included."""
    return Elapsed(direction, anchor, None, Length(duration, True))
