"""What the logic that words stand for says, in terms in which words can be compared with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple, assert_never

from cdispec.analysis.wording.amounts import Claimed, Relation, amounts_in, unit_named
from cdispec.analysis.wording.english import stems_of
from cdispec.analysis.wording.statements import Statement, Stood
from cdispec.model.codes import CodeLists
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Direction,
    Duration,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    ListOf,
    Not,
    Quantified,
    Range,
    Test,
    members,
    named_options,
    of_these,
)
from cdispec.model.facts import Amount, Day, Fact, Number, OneOf, SetOf, YesNo, amount, written
from cdispec.model.formulas import Literal, Measure, Operand, literal_words, operands_of, parts_of, walk_formula
from cdispec.model.limits import Grant
from cdispec.model.policy import LogicBlock, Policy, Rule


class Asked(NamedTuple):
    """A fact that some words ask for: the criterion that compares it, and how."""

    stood: Stood
    comparison: Comparison
    fact: Fact


def asked_in(statement: Statement, policy: Policy) -> Iterator[Asked]:
    """The facts that are asked by the logic that words stand for, open lists' own question left out."""
    unlisted = {
        stood.criterion.logic.of[-1].id
        for stood in statement.logic
        if isinstance(stood.criterion.logic, AnyOf) and stood.criterion.logic.open
    }
    for stood in statement.logic:
        logic = stood.criterion.logic
        if isinstance(logic, Comparison) and stood.criterion.id not in unlisted:
            yield Asked(stood, logic, policy.compared(logic))


def amounts_said(asked: Asked) -> Iterator[Claimed]:
    """The amounts with which a comparison compares; what is denied compares the other way."""
    fact = asked.fact
    if isinstance(fact, Number) and fact.measure is not None and fact.measure.beside:
        yield from _factors(asked, fact.measure)
        return
    for relation, value, of in _compared(asked.comparison.test):
        unit = fact.unit if isinstance(fact, Number) else of
        comparable = unit_named(unit)
        counted = stems_of(unit) if comparable is None else frozenset()
        said = relation.denied if relation and asked.stood.denied else relation
        words = " ".join(filter(None, (said, written(value), unit)))
        is_age = isinstance(fact, Day) and bool(fact.birth_of)
        yield Claimed(value, said, comparable, counted, said=words, completed=is_age)


def _factors(asked: Asked, measure: Measure) -> Iterator[Claimed]:
    """The numbers in a formula with which a fact is compared: a single one is compared as the fact is."""
    literals = [part.value for part in walk_formula(measure.stated) if isinstance(part, Literal)]
    for relation, _, _ in _compared(asked.comparison.test):
        said = relation.denied if relation and asked.stood.denied else relation
        for value in literals:
            number = amount(literal_words(value))
            assert number is not None
            words = f"{said} {written(number)} times" if len(literals) == 1 else written(number)
            yield Claimed(number, said if len(literals) == 1 else None, said=words)


def beside_said(asked: Asked, policy: Policy) -> Iterator[tuple[Relation, str]]:
    """How a number is compared with another alone, and the other's name."""
    fact = asked.fact
    if not isinstance(fact, Number) or fact.measure is None or not fact.measure.beside:
        return
    _, other = parts_of(fact.measure.stated)
    for relation, _, _ in _compared(asked.comparison.test):
        if isinstance(other, Operand) and relation is not None:
            named = policy.facts[other.fact]
            yield relation.denied if asked.stood.denied else relation, named.name if isinstance(named, Number) else ""


def grant_of(block: LogicBlock | None) -> Grant | None:
    """The limits of what a block grants, where it states some."""
    return block.grant if isinstance(block, Rule) else None


def limits_said(grant: Grant, requested: Mapping[str, Fact]) -> Iterator[Claimed]:
    """The amounts to which an indication limits what it grants, and the periods for which they are granted."""
    if grant.term is not None and isinstance(grant.term.lasts, Duration):
        lasts = grant.term.lasts
        yield _at_most(lasts.count, lasts.unit.value)
    for quota in grant.quotas:
        of = requested[quota.requested]
        if isinstance(quota.amount, int | Decimal):
            yield _at_most(quota.amount, of.unit if isinstance(of, Number) else "")
        for period in amounts_in(quota.per):
            yield replace(period, said=quota.per)


def _at_most(value: Amount, unit: str) -> Claimed:
    words = f"{Relation.AT_MOST} {written(value)} {unit}".strip()
    return Claimed(value, Relation.AT_MOST, unit_named(unit), said=words, limits=True)


def _compared(test: Test) -> Iterator[tuple[Relation | None, Amount, str]]:
    """The amounts of a comparison, of time with their units."""
    match test:
        case Range(low, high):
            if low is not None and isinstance(low.value, int | Decimal):
                yield Relation.AT_LEAST if low.included else Relation.MORE, low.value, ""
            if high is not None and isinstance(high.value, int | Decimal):
                yield Relation.AT_MOST if high.included else Relation.LESS, high.value, ""
        case IsOneOf(values):
            amounts = sorted(value for value in values if isinstance(value, int | Decimal) and type(value) is not bool)
            yield from ((Relation.EQUAL if len(amounts) == 1 else None, amount, "") for amount in amounts)
        case Elapsed(direction, _, low, high):
            if low is not None and low.duration.count:
                relation = Relation.AT_LEAST if low.included else Relation.MORE
                yield relation, low.duration.count, low.duration.unit.value
            if high is not None:
                # "In the 12 weeks from" is said as "within 12 weeks" and in other ways.
                first_counts = low is None and direction is Direction.AFTER and not high.included
                relation = Relation.AT_MOST if high.included else Relation.LESS
                yield None if first_counts else relation, high.duration.count, high.duration.unit.value
        case IncludesAnyOf() | HasNone():
            return
        case _:
            assert_never(test)


def days_said(statement: Statement, policy: Policy) -> Iterator[tuple[date, str]]:
    """The days that the logic which words stand for names, each in words; those that criteria begin and end with."""
    for stood in statement.logic:
        valid = stood.criterion.valid
        yield from (
            (day, f"{key} {day.isoformat()}") for key, day in (("from", valid.start), ("until", valid.end)) if day
        )
    for asked in asked_in(statement, policy):
        if isinstance(asked.fact, Day):
            yield from ((day, day.isoformat()) for day in _days(asked.comparison))
    grant = grant_of(statement.block)
    if grant is not None and grant.term is not None and isinstance(grant.term.lasts, date):
        yield grant.term.lasts, f"until {grant.term.lasts.isoformat()}"


def _days(comparison: Comparison) -> Iterator[date]:
    match comparison.test:
        case Range(low, high):
            for bound in (low, high):
                if bound is not None and isinstance(bound.value, date):
                    yield bound.value
        case IsOneOf(values):
            yield from (value for value in values if isinstance(value, date))
        case Elapsed() | IncludesAnyOf() | HasNone():
            return
        case _:
            assert_never(comparison.test)


@dataclass(frozen=True, slots=True)
class ListSaid:
    """A list of which so many are to be met: `needed` of `size`, denied or left open."""

    needed: int
    size: int
    denied: bool
    open: bool
    said: str


def lists_said(statement: Statement, by_id: Mapping[str, Statement]) -> tuple[ListSaid, ...]:
    """The lists that words introduce: those of what is printed next, or else of what they stand for themselves.

    A list of one introduces the list below it.
    """
    printed = {stood.above for stood in statement.members}
    lists = [stood for stood in statement.logic if isinstance(stood.criterion.logic, ListOf)]
    shown = [stood for stood in lists if stood.criterion.id in printed]
    if shown:
        found: list[ListSaid] = []
        for stood in shown:
            below = [member for member in statement.members if member.above == stood.criterion.id]
            if len(below) == 1:
                found += lists_said(by_id[below[0].criterion.id], by_id)
            else:
                found.append(_list(stood))
        return tuple(found)
    long = (_list(stood) for stood in lists if len(members(stood.criterion.logic)) > 1)
    return (*long, *(choice for stood in statement.logic for choice in _options(stood)))


def _list(stood: Stood) -> ListSaid:
    logic = stood.criterion.logic
    assert isinstance(logic, AllOf | AnyOf | AtLeast)
    size = len(logic.of) - (1 if isinstance(logic, AnyOf) and logic.open else 0)
    negative = all(_is_denied(member.logic) for member in logic.of)
    needed, open = _needed(logic), isinstance(logic, AnyOf) and logic.open
    if isinstance(logic, AllOf) and negative:
        return ListSaid(1, size, True, open, "none of these")
    said = of_these(logic)[0]
    if stood.denied:
        said = "none of these" if needed == 1 else f"not {said}"
    return ListSaid(needed, size, stood.denied, open, said)


def _is_denied(logic: object) -> bool:
    return isinstance(logic, Not) or (
        isinstance(logic, Comparison) and isinstance(logic.test, IsOneOf) and logic.test.values == frozenset([False])
    )


def _needed(logic: Quantified) -> int:
    match logic:
        case AllOf(of):
            return len(of)
        case AnyOf():
            return 1
        case AtLeast(count):
            return count
        case _:
            assert_never(logic)


def _options(stood: Stood) -> Iterator[ListSaid]:
    """A choice of several options in one comparison is a list as well."""
    logic = stood.criterion.logic
    named = named_options(logic.test) if isinstance(logic, Comparison) else frozenset()
    if len(named) > 1:
        yield ListSaid(1, len(named), stood.denied, False, "none of these" if stood.denied else "any one of these")


def wanted(asked: Asked) -> bool:
    """Whether a yes is wanted of a yes-no fact."""
    test = asked.comparison.test
    return (isinstance(test, IsOneOf) and True in test.values) != asked.stood.denied


def sentence_wanted(asked: Asked) -> str:
    """The sentence that a fact would be answered with where the criterion is met, as far as it has one."""
    match asked.fact:
        case YesNo(phrase=phrase, negative=negative):
            return phrase if wanted(asked) else negative
        case SetOf(codes=CodeLists()):
            return ""
        case OneOf(names=names) | SetOf(names=names):
            denial = "not " if asked.stood.denied else ""
            return " or ".join(f"{denial}{names[id]}" for id in sorted(named_options(asked.comparison.test)))
        case Number() | Day():
            return ""
        case _:
            assert_never(asked.fact)


def words_asking(asked: Asked) -> str:
    """What a fact is asked with, and the sentence that is wanted of it."""
    return (
        f"{asked.fact.question} {'' if isinstance(asked.fact, YesNo) else asked.fact.phrase} {sentence_wanted(asked)}"
    )


def words_known(fact: Fact, policy: Policy) -> str:
    """All that a fact is asked and answered with; of one beside a formula, what the numbers in it are."""
    if isinstance(fact, Number) and fact.measure is not None and fact.measure.beside:
        return " ".join(words_of_fact(policy.facts[id]) for id in operands_of(fact.measure.stated))
    return words_of_fact(fact)


def words_of_fact(fact: Fact) -> str:
    """All that a fact is asked and answered with, its options left out."""
    match fact:
        case YesNo():
            return f"{fact.question} {fact.phrase} {fact.negative}"
        case Number():
            return f"{fact.question} {fact.name} {fact.phrase} {fact.unit}"
        case Day() | OneOf() | SetOf():
            return f"{fact.question} {fact.name} {fact.phrase}"
        case _:
            assert_never(fact)
