"""Where the numbers, units and dates of words are not those of the logic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from cdispec.analysis.wording.amounts import Claimed, Relation, amounts_in, dates_in, relation_before
from cdispec.analysis.wording.claims import Found
from cdispec.analysis.wording.disagreement import Disagreement, Topic, disagreement
from cdispec.analysis.wording.english import outside_brackets, stems_of, words_of
from cdispec.analysis.wording.reading import Reading
from cdispec.analysis.wording.rows import denies_rows, of_rows, rows_asked
from cdispec.analysis.wording.said import amounts_said, asked_in, days_said, grant_of, limits_said, words_known
from cdispec.analysis.wording.statements import Statement
from cdispec.model.criteria import (
    AtLeast,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    OfRows,
    Quantity,
    Range,
    Test,
    named_options,
)
from cdispec.model.facts import OneOf, has_options

_LOGIC = "its logic"
_WHOLE = ("minute", "day", "month")
_NEXT = ((Relation.MORE, Relation.AT_LEAST), (Relation.AT_MOST, Relation.LESS))
"""Of whole numbers that follow each other: more than one is at least two, at most one is less than two."""


def numbers(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Numbers that words claim and logic does not say, and the reverse; how they compare, and what they count."""
    if not statement.logic or not (statement.text or statement.led):
        return
    statement, words = of_rows(statement, statement.words)
    claimed = amounts_in(words)
    said = [amount for asked in asked_in(statement, reading.policy) for amount in amounts_said(asked)]
    limits = [*_limits(statement, reading)]
    known = [*said, *limits, *_known(statement, reading)]
    known += [amount for kind in reading.policy.requests.values() for amount in amounts_in(kind.phrase)]
    strange: list[Claimed] = []
    others = {one.reference.number for one in reading.policy.others}
    for claim in amounts_in(outside_brackets(words)):
        if words[claim.start : claim.end] in others:
            # It is the number of the other policy that is asked.
            continue
        fits = [amount for amount in known if _is_same(claim, amount)]
        if any(_agrees(claim, amount) for amount in fits):
            continue
        if fits:
            of = rows_asked(statement, reading.policy) if denies_rows(words) else ""
            yield _told(statement, claim, of + " or ".join(dict.fromkeys(amount.said for amount in fits)))
        else:
            strange.append(claim)
    around = [*claimed, *(amount for text in reading.around(statement) for amount in amounts_in(text))]
    unsaid = [amount for amount in said if not _is_trivial(amount) and not any(_is_same(c, amount) for c in around)]
    elsewhere = [*around, *(amount for text in reading.limiting(statement) for amount in amounts_in(text))]
    unsaid += [amount for amount in limits if not any(_is_same(c, amount) for c in elsewhere)]
    otherwise = " and ".join(amount.said for amount in unsaid)
    for claim in strange:
        yield _told(statement, claim, otherwise or "no such number")
    if unsaid and not strange:
        yield disagreement(Topic.NUMBER, statement, statement.words, None, _LOGIC, otherwise)


def _told(statement: Statement, claim: Claimed, otherwise: str) -> Disagreement:
    return disagreement(Topic.NUMBER, statement, statement.words, Found(claim.start, claim.end), _LOGIC, otherwise)


def _limits(statement: Statement, reading: Reading) -> Iterator[Claimed]:
    """The amounts that limit what a statement grants."""
    if (grant := grant_of(statement.block)) is not None:
        yield from limits_said(grant, reading.policy.facts)


def _known(statement: Statement, reading: Reading) -> Iterator[Claimed]:
    """The amounts that facts ask about in their own words, that counted lists have, and that logic elsewhere says."""
    for other in reading.limited(statement):
        yield from _limits(other, reading)
    for other in (statement, *statement.within, *reading.below(statement)):
        for asked in asked_in(other, reading.policy):
            for claim in amounts_in(words_known(asked.fact, reading.policy)):
                yield Claimed(claim.value, claim.relation, claim.unit, claim.counted, said=_words(claim))
            if has_options(asked.fact):
                for option in named_options(asked.comparison.test):
                    yield from (amount for amount in amounts_in(asked.fact.names[option]))
            if other is not statement:
                yield from amounts_said(asked)
        for stood in other.logic:
            logic = stood.criterion.logic
            if isinstance(logic, AtLeast) or (isinstance(logic, OfRows) and logic.quantity in _COUNTING):
                count = logic.count
                relation = Relation.LESS if stood.denied else Relation.AT_LEAST
                yield Claimed(count, relation, said=f"{relation} {count}")


_COUNTING = (Quantity.SOME, Quantity.AT_LEAST)


def _words(claim: Claimed) -> str:
    return f"{claim.relation or ''} {claim.value}".strip()


def _is_same(claim: Claimed, amount: Claimed) -> bool:
    """Whether both are of one number, though its unit may be another."""
    if claim.size is not None and amount.size is not None and claim.size == amount.size:
        return True
    return claim.value == amount.value or _is_next(claim, amount)


def _is_next(claim: Claimed, amount: Claimed) -> bool:
    """Whether both say the same of what is whole: more than one is at least two."""
    first, second = (found.value if found.size is None else found.size[1] for found in (claim, amount))
    measured = claim.size or amount.size
    if claim.relation is amount.relation or (
        None in (claim.relation, amount.relation) and (claim.limits or amount.limits)
    ):
        return False
    is_age = (claim.completed or amount.completed) and (None in (claim.unit, amount.unit) or claim.unit == amount.unit)
    if measured is not None and not is_age and (measured[0] not in _WHOLE or claim.size is None or amount.size is None):
        return False
    if claim.unit == amount.unit or is_age:
        first, second = claim.value, amount.value
    for (low, above), (high, up) in (
        ((first, claim.relation), (second, amount.relation)),
        ((second, amount.relation), (first, claim.relation)),
    ):
        if high == low + 1 and any(above in (one, None) and up in (other, None) for one, other in _NEXT):
            return True
    return False


def _agrees(claim: Claimed, amount: Claimed) -> bool:
    if _is_next(claim, amount):
        return True
    if claim.unit is not None and amount.unit is not None and claim.size != amount.size:
        return False
    if claim.counted and len(amount.counted) == 1 and not claim.counted & amount.counted:
        return False
    return None in (claim.relation, amount.relation) or claim.relation is amount.relation


def _is_trivial(amount: Claimed) -> bool:
    """Whether an article says as much: at least one, more than none, and none."""
    return (
        (amount.value == 1 and amount.relation is Relation.AT_LEAST)
        or (amount.value == 0 and amount.relation is not Relation.AT_LEAST)
        or (amount.value == 1 and amount.relation is Relation.LESS)
    )


def dates(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Dates that words name and logic does not, and the reverse."""
    if not statement.logic:
        return
    policy, words = reading.policy, outside_brackets(statement.words)
    named = [*dates_in(words)]
    said = [*days_said(statement, policy)]
    known = {day for other in (statement, *statement.within) for day, _ in days_said(other, policy)}
    known |= {policy.effective, policy.reviewed}
    for day, start, end in named:
        if day not in known:
            otherwise = " and ".join(words for _, words in said) or "no such date"
            yield disagreement(Topic.NUMBER, statement, statement.words, Found(start, end), _LOGIC, otherwise)
    context = [words, *reading.around(statement)]
    around = {day for text in context for day, _, _ in dates_in(text)} | {policy.effective}
    for day, otherwise in said:
        known_year = any(re.search(rf"\b{day.year}\b", text) for text in context)
        if day not in around and not known_year and not named and (statement.text or statement.led):
            yield disagreement(Topic.NUMBER, statement, statement.words, None, _LOGIC, otherwise)


def grades(statement: Statement, reading: Reading) -> Iterator[Disagreement]:
    """Words that name another step of an ordered fact than the logic compares with, or compare with it otherwise."""
    for asked in asked_in(statement, reading.policy):
        fact, test = asked.fact, asked.comparison.test
        if not isinstance(fact, OneOf) or not fact.ordered or not statement.text or asked.stood.denied:
            continue
        for relation, option in _steps(test):
            name = fact.names[option]
            others = (stems_of(other) for id, other in fact.names.items() if id != option)
            telling = stems_of(name).difference(*others)
            named = next((word for word in words_of(statement.text) if word.stem in telling), None)
            if telling and named is None:
                yield disagreement(Topic.NUMBER, statement, statement.text, None, _LOGIC, f"{relation} {name}")
            elif named and relation_before(statement.text[: named.start]) not in (None, relation):
                yield disagreement(
                    Topic.NUMBER, statement, statement.text, Found(named.start, named.end), _LOGIC, f"{relation} {name}"
                )


def _steps(test: Test) -> Iterator[tuple[Relation, str]]:
    """The steps of an ordered fact with which a test compares."""
    match test:
        case Range(low, high):
            if low is not None and isinstance(low.value, str):
                yield Relation.AT_LEAST if low.included else Relation.MORE, low.value
            if high is not None and isinstance(high.value, str):
                yield Relation.AT_MOST if high.included else Relation.LESS, high.value
        case IsOneOf(values) if len(values) == 1:
            yield from ((Relation.EQUAL, value) for value in values if isinstance(value, str))
        case IsOneOf() | IncludesAnyOf() | Elapsed() | HasNone():
            return
        case _:
            assert_never(test)
