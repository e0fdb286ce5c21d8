"""The logic of a policy in plain words, for its authors to compare with the words that are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from cdispec.logic import Truth
from cdispec.model.criteria import (
    AnyOf,
    Comparison,
    Criterion,
    ListOf,
    Not,
    OfRows,
    Period,
    Reference,
    of_these,
)
from cdispec.model.inlines import CrossReference, Inline, Inlines, Text, plain_of
from cdispec.model.labels import anchor_of
from cdispec.model.outcomes import OutcomeEffect
from cdispec.model.phrases import grant_words, long_date, sentence
from cdispec.model.policy import (
    Classification,
    Otherwise,
    Policy,
    Rule,
    Shared,
    all_criteria,
    blocks,
)
from cdispec.model.row_phrases import rows_asked

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


def roles(policy: Policy) -> Mapping[str, Sequence[Inlines]]:
    """What each block of criteria is for, and each exception, by their ids."""
    found: dict[str, list[Inlines]] = defaultdict(list)
    for block in (*blocks(policy), *policy.otherwise):
        found[block.id if isinstance(block, Otherwise) else block.criterion.id].append(_role(block, policy))
    for criterion in all_criteria(policy):
        if criterion.unless is not None:
            found[criterion.unless.id].append(_exception(criterion, policy))
    return found


def _role(block: Rule | Classification | Otherwise | Shared, policy: Policy) -> Inlines:
    match block:
        case Rule(requests=requests, outcome=outcome):
            beside = [rule for rule in policy.rules if set(rule.requests) & set(requests)]
            before = beside[: beside.index(block)]
            when = f"{_requested(requests, policy)}: {outcome}, where this is met."
            if block.grant is not None:
                when += f" Granted {'; '.join(grant_words(block.grant, policy))}."
            if not block.indicates:
                indications = [rule for rule in beside if rule.indicates]
                asked_of = [] if not indications else ["after" if indications[0] in before else "before"]
                return (Text(" ".join([when, *(f"Asked {word} the indications." for word in asked_of)])),)
            first = [rule for rule in before if not rule.indicates]
            if not first:
                return (Text(when),)
            what = "exclusions" if all(rule.outcome.effect is OutcomeEffect.DENIES for rule in first) else "clauses"
            asked = _joined([_clause(rule.criterion.label) for rule in first], " and ")
            return (Text(f"{when} The {what} of "), *asked, Text(" are asked first."))
        case Otherwise(_, _, requests, outcome):
            ruled = any(set(rule.requests) & set(requests) for rule in policy.rules)
            rest = "where nothing else settles the request." if ruled else "whatever else is known."
            return (Text(f"{_requested(requests, policy)}: {outcome}, {rest}"),)
        case Classification(name, _):
            return (Text(f"A request is classified as “{name}” where this is met. It decides no outcome."),)
        case Shared(criterion):
            referring = [
                other.label
                for other in all_criteria(policy)
                if isinstance(other.logic, Reference) and other.logic.to == criterion.id
            ]
            limited = [rule.criterion.label for rule in policy.rules if rule.grant and criterion.id in rule.grant.asks]
            users = dict.fromkeys([*referring, *limited])
            if not users:
                return (Text("Decides nothing itself, and nothing refers to it."),)
            named = _joined([_clause(label) for label in users], " and ")
            return (Text("Decides nothing itself; it is asked by "), *named, Text("."))
        case _:
            assert_never(block)


def _exception(guarded: Criterion, policy: Policy) -> Inlines:
    """What a criterion is for that another one is guarded with."""
    aside = "is waived" if guarded.set_aside is Truth.TRUE else "does not count"
    if guarded.text is None and not _is_block(guarded, policy):
        named: Inlines = (Text("“"), *_part(guarded, policy).says, Text("”"))
    else:
        named = _clause(guarded.label)
    return (Text("An exception: where this is met, "), *named, Text(f" {aside}."))


def _is_block(criterion: Criterion, policy: Policy) -> bool:
    return any(block.criterion is criterion for block in blocks(policy))


def _requested(requests: Iterable[str], policy: Policy) -> str:
    phrases = " or ".join(policy.requests[request].phrase for request in requests if request in policy.requests)
    return f"When {phrases}"


def _clause(label: str) -> Inlines:
    return (CrossReference(label, anchor_of(label)),)


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
        case ListOf(of=(only,)) if only.text is not None:
            return (*_clause(only.label), Text(" is met")), (), ()
        case ListOf(of=(only,)):
            return (Text("this is met"),), (_part(only, policy),), ()
        case ListOf(of=of):
            beside = (_unlisted(of[-1], policy),) if isinstance(logic, AnyOf) and logic.open else ()
            return (Text(f"{' '.join(of_these(logic))} met"),), _parts(of, policy), beside
        case Not(member):
            return _denied(member, policy)
        case Reference(to):
            return (*_clause(policy.criteria[to].label), Text(" is met")), (), ()
        case Comparison():
            return (Text(sentence(policy.compared(logic), logic.test, policy)),), (), ()
        case OfRows():
            return (Text(rows_asked(logic, policy)),), (), ()
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
    top = _is_block(criterion, policy)
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
