"""The logic of a policy in plain words, for its authors to compare with the words that are printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import assert_never

from cdispec.logic import Truth
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
    Not,
    Period,
    Range,
    Reference,
    Test,
    Within,
)
from cdispec.model.facts import VALUE, Day, Fact, Number, OneOf, SetOf, YesNo
from cdispec.model.policy import (
    Classification,
    Otherwise,
    Policy,
    Rule,
    Shared,
    all_criteria,
    blocks,
)
from cdispec.publish.recipe import long_date
from cdispec.publish.statement import written
from cdispec.publish.tree import CrossReference, Inline, Inlines, Text, plain_of

_FEWEST_IN_A_RUN = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a criterion asks: words, what they introduce, and what holds beside it (exceptions, dates, the unknown)."""

    says: Inlines
    of: tuple[Meaning, ...] = ()
    beside: tuple[Meaning, ...] = ()


def meaning(criterion: Criterion, policy: Policy) -> Meaning:
    """When a criterion is met."""
    says, of, beside = _asked(criterion, policy)
    return Meaning((Text("Met when "), *says, Text(":" if of else ".")), of, (*beside, *_limits(criterion, policy)))


def role(block: Rule | Classification | Otherwise | Shared, policy: Policy) -> Inlines:
    """What a block of criteria is for."""
    match block:
        case Rule(criterion, requests, outcome):
            first = [rule for rule in policy.rules if rule.excludes and set(rule.requests) & set(requests)]
            when = f"{_requested(requests, policy)}: {outcome}, where this is met."
            if block.excludes:
                indicated = any(not rule.excludes and set(rule.requests) & set(requests) for rule in policy.rules)
                return (Text(f"{when} Asked before the indications." if indicated else when),)
            if not first:
                return (Text(when),)
            asked = _joined([_clause(rule.criterion.label) for rule in first], " and ")
            return (Text(f"{when} The exclusions of "), *asked, Text(" are asked first."))
        case Otherwise(_, _, requests, outcome):
            ruled = any(set(rule.requests) & set(requests) for rule in policy.rules)
            rest = "where nothing else settles the request." if ruled else "whatever else is known."
            return (Text(f"{_requested(requests, policy)}: {outcome}, {rest}"),)
        case Classification(name, _):
            return (Text(f"A request is classified as “{name}” where this is met. It decides no outcome."),)
        case Shared(criterion):
            users = dict.fromkeys(
                other.label
                for other in all_criteria(policy)
                if isinstance(other.logic, Reference) and other.logic.to == criterion.id
            )
            if not users:
                return (Text("Decides nothing itself, and nothing refers to it."),)
            named = _joined([_clause(label) for label in users], " and ")
            return (Text("Decides nothing itself; it is asked by "), *named, Text("."))
        case _:
            assert_never(block)


def lines(found: Meaning, depth: int = 0) -> Iterator[str]:
    """A meaning as lines of plain text."""
    indent = "  " * depth
    yield f"{indent}{plain_of(found.says)}"
    for part in found.of:
        head, *rest = lines(part, depth + 1)
        yield f"{indent}- {head.strip()}"
        yield from rest
    for more in found.beside:
        yield from lines(more, depth)


def _requested(requests: Iterable[str], policy: Policy) -> str:
    phrases = " or ".join(policy.requests[request].phrase for request in requests if request in policy.requests)
    return f"When {phrases}"


def _clause(label: str) -> Inlines:
    return (CrossReference(label, label),)


def _joined(pieces: list[Inlines], between: str) -> Inlines:
    """The pieces with commas between them, before the last what is given."""
    found: list[Inline] = []
    for number, piece in enumerate(pieces):
        if number:
            found.append(Text(between if number == len(pieces) - 1 else ", "))
        found += piece
    return tuple(found)


def _asked(criterion: Criterion, policy: Policy) -> tuple[Inlines, tuple[Meaning, ...], tuple[Meaning, ...]]:
    """What a criterion asks, as a clause of a sentence, what that introduces, and what is to be said beside it."""
    logic = criterion.logic
    match logic:
        case AllOf((only,)) | AnyOf((only,), _) if only.text is not None:
            return (*_clause(only.label), Text(" is met")), (), ()
        case AllOf((only,)) | AnyOf((only,), _):
            return (Text("this is met"),), (_part(only, policy),), ()
        case AllOf(of):
            return (Text("all of these are met"),), _parts(of, policy), ()
        case AnyOf(of, is_open):
            beside = (_unlisted(of[-1], policy),) if is_open else ()
            return (Text("at least one of these is met"),), _parts(of, policy), beside
        case AtLeast(count, of):
            are = "is" if count == 1 else "are"
            return (Text(f"at least {count} of these {are} met"),), _parts(of, policy), ()
        case Not(member):
            return _denied(member, policy)
        case Reference(to):
            return (*_clause(policy.criteria[to].label), Text(" is met")), (), ()
        case Comparison(fact, test):
            return (Text(sentence(policy.facts[fact], test, policy)),), (), ()
        case _:
            assert_never(logic)


def _denied(member: Criterion, policy: Policy) -> tuple[Inlines, tuple[Meaning, ...], tuple[Meaning, ...]]:
    label = member.label if member.text is not None else ""
    if isinstance(member.logic, Reference) and not label and not _has_limits(member):
        label = policy.criteria[member.logic.to].label
    if not label:
        unknown = _plain("While that is not known, this is not known either.")
        return (Text("this is not met"),), (_part(member, policy),), (unknown,)
    unknown = Meaning((Text("While it is not known whether "), *_clause(label), Text(" is met, this is unknown too.")))
    return (*_clause(label), Text(" is not met")), (), (unknown,)


def _unlisted(last: Criterion, policy: Policy) -> Meaning:
    named = plain_of(_part(last, policy).says)
    return _plain(
        f"This is an open list: “{named}” asks for what is not listed. "
        "Until that is answered with no as well, the list is never “not met”, only unknown."
    )


def _parts(of: tuple[Criterion, ...], policy: Policy) -> tuple[Meaning, ...]:
    """The members of a list; printed ones by their labels, several that follow each other as one."""
    found: list[Meaning] = []
    for printed, group in groupby(of, key=lambda member: member.text is not None):
        members = list(group)
        if printed and len(members) >= _FEWEST_IN_A_RUN:
            ends = (*_clause(members[0].label), Text(" to "), *_clause(members[-1].label))
            found.append(Meaning(ends))
        else:
            found += [_part(member, policy) for member in members]
    return tuple(found)


def _part(member: Criterion, policy: Policy) -> Meaning:
    """A member of a list: by its label where it is printed, for its logic stands there; else in full."""
    if member.text is not None:
        return Meaning(_clause(member.label))
    says, of, beside = _asked(member, policy)
    return Meaning((*says, Text(":")) if of else says, of, (*beside, *_limits(member, policy)))


def _has_limits(criterion: Criterion) -> bool:
    return criterion.unless is not None or criterion.valid != Period()


def _limits(criterion: Criterion, policy: Policy) -> Iterator[Meaning]:
    """Where a criterion is set aside: by what it is guarded with, and by its dates of service."""
    top = any(block.criterion is criterion for block in blocks(policy))
    if criterion.unless is not None:
        guard = _part(criterion.unless, policy)
        met = (Text(" is met"),) if criterion.unless.text is not None else ()
        if criterion.set_aside is Truth.TRUE:
            head = "Waived (it drops out of its list) where "
            unknown = "While that is not known, this is met or unknown, never “not met”."
        else:
            head = "Does not count where " if top else "Drops out of its list where "
            unknown = "While that is not known, this is unknown or “not met”, never met."
        end = () if guard.of else (Text("."),)
        yield replace(guard, says=(Text(head), *guard.says, *met, *end))
        yield _plain(unknown)
    if (period := criterion.valid) != Period():
        outside = "it does not apply" if top else "it drops out of its list"
        yield _plain(f"For dates of service {_period(period)}; outside them {outside}.")


def _period(period: Period) -> str:
    start = f"from {long_date(period.start)} on" if period.start else ""
    end = f"until {long_date(period.end)}" if period.end else ""
    return f"{start.removesuffix(' on')} {end}, both days included" if start and end else start or end


def _plain(words: str) -> Meaning:
    return Meaning((Text(words),))


def sentence(fact: Fact, test: Test, policy: Policy) -> str:
    """That an answer to a fact passes a test, in the fact's own sentence where it has one that fits."""
    match test:
        case IsOneOf(values):
            return _is_one_of(fact, values)
        case IncludesAnyOf(options):
            names = _options(fact, options)
            several = f"at least one of {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
            return _fill(fact, several)
        case Range(low, high):
            return _range(fact, low, high)
        case Within(duration, direction, anchor):
            day = policy.facts[anchor] if anchor is not None else None
            name = day.name if isinstance(day, Day) else "the date of the request"
            side = "before" if direction is Direction.BEFORE else "after"
            return f"{_name(fact)} is on the day of {name}, or at most {_length(duration)} {side} it".replace(
                "the day of the date of", "the date of"
            )
        case _:
            assert_never(test)


def _is_one_of(fact: Fact, values: frozenset[bool | float | date | str]) -> str:
    match fact:
        case YesNo():
            return " or ".join(fact.phrase if value else fact.negative for value in sorted(values, key=str)[::-1])
        case Day():
            days = sorted(value for value in values if isinstance(value, date))
            return f"{fact.name} is {_or([long_date(day) for day in days])}"
        case Number():
            numbers = sorted(value for value in values if isinstance(value, int | float))
            return _fill(fact, _or([written(number) for number in numbers]))
        case OneOf() | SetOf():
            return _fill(fact, _or(_options(fact, {str(value) for value in values})))
        case _:
            assert_never(fact)


def _range(fact: Fact, low: Bound | None, high: Bound | None) -> str:
    match fact:
        case Day():
            edges = [
                f"{word} {_value(fact, bound)}"
                for bound, word in (
                    (low, "on or after" if low and low.included else "after"),
                    (high, "on or before" if high and high.included else "before"),
                )
                if bound is not None
            ]
            return f"{fact.name} is {' and '.join(edges)}"
        case OneOf():
            ids = [option.id for option in fact.options]
            passing = {id for n, id in enumerate(ids) if _above(n, low, ids) and _below(n, high, ids)}
            return f"{_fill(fact, _edges(fact, low, high))} ({_or(_options(fact, passing)) or 'no answer'})"
        case Number() | YesNo() | SetOf():
            return _fill(fact, _edges(fact, low, high))
        case _:
            assert_never(fact)


def _above(rank: int, low: Bound | None, ids: list[str]) -> bool:
    return low is None or rank > (edge := ids.index(str(low.value))) or (low.included and rank == edge)


def _below(rank: int, high: Bound | None, ids: list[str]) -> bool:
    return high is None or rank < (edge := ids.index(str(high.value))) or (high.included and rank == edge)


def _edges(fact: Fact, low: Bound | None, high: Bound | None) -> str:
    edges = []
    if low is not None:
        edges.append(f"{'at least' if low.included else 'more than'} {_value(fact, low)}")
    if high is not None:
        edges.append(f"{'at most' if high.included else 'less than'} {_value(fact, high)}")
    return " and ".join(edges)


def _value(fact: Fact, bound: Bound) -> str:
    value = bound.value
    if isinstance(value, date):
        return long_date(value)
    return _options(fact, {value})[0] if isinstance(value, str) else written(value)


def _options(fact: Fact, ids: Iterable[str]) -> list[str]:
    """The printed names of options, in the order of their fact."""
    wanted = set(ids)
    return [option.name for option in fact.options if option.id in wanted] if isinstance(fact, OneOf | SetOf) else []


def _fill(fact: Fact, words: str) -> str:
    """The fact's own sentence with these words for its answer; a list's is that of a list which may hold more."""
    phrase = (fact.including if isinstance(fact, SetOf) else "") or fact.phrase
    return phrase.replace(VALUE, words) if VALUE in phrase else f"{_name(fact)}: {words}"


def _name(fact: Fact) -> str:
    return fact.phrase if isinstance(fact, YesNo) else fact.name


def _or(names: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _length(duration: Duration) -> str:
    unit = duration.unit.value
    return f"{duration.count} {unit.removesuffix('s') if duration.count == 1 else unit}"
