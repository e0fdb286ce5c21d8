"""Which limits of what is granted a revision changes, and by how much: read off what both states say."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date

from cdispec.analysis.effects.logic import answers_of, criterion_logic
from cdispec.analysis.effects.quotas import by_how_much, direction_of
from cdispec.core.calendar import lengths
from cdispec.model.criteria import Duration, Unit, asked_facts
from cdispec.model.limits import Grant, Term
from cdispec.model.measures import with_operands
from cdispec.model.phrases import grant_words
from cdispec.model.policy import Policy, deciding
from cdispec.model.sentences import listed

_NONE = Grant(None, ())


def changed_limits(before: Policy, after: Policy) -> Iterator[str]:
    """A line for each indication of both states that grants with other limits, what it means for people first."""
    former = {rule.criterion.id: rule for rule in before.rules if rule.indicates}
    for rule in after.rules:
        if rule.indicates and rule.criterion.id in former:
            was, now = former[rule.criterion.id].grant or _NONE, rule.grant or _NONE
            amounts = direction_of(was.quotas, now.quotas, before, after)
            turned = [*_conditions(was, now, before, after)]
            if was != now or amounts != "same":
                old, new = _words(was, before), _words(now, after)
                apart = _apart(was.term, now.term) + by_how_much(was.quotas, now.quotas, before, after)
                lead = "otherwise" if turned else _lead(was, now, amounts)
                yield f"{lead}: {rule.criterion.label} is granted {new}{apart} (before: {old})"
            for form in turned:
                yield f"otherwise: {rule.criterion.label} is limited to {form} under another condition than before"


def _conditions(was: Grant, now: Grant, before: Policy, after: Policy) -> Iterator[str]:
    """The forms of both states whose condition, under one id, is met otherwise."""
    for form in now.restrictions:
        asked = form.when if form in was.restrictions else None
        if asked is not None and _condition(asked, before) != _condition(asked, after):
            yield form.words


def _condition(id: str, policy: Policy) -> Hashable:
    """What a criterion is met by, with all that it refers to and what can be answered to its facts."""
    asked = [*deciding([policy.criteria[id]], policy)]
    facts = with_operands(asked_facts(asked), policy)
    logic = frozenset(criterion_logic(criterion) for criterion in asked)
    return logic, frozenset(answers_of(policy.facts[fact]) for fact in facts)


def _words(grant: Grant, policy: Policy) -> str:
    return listed(grant_words(grant, policy)) or "without limits"


def _lead(was: Grant, now: Grant, amounts: str) -> str:
    """Whether all that was granted still is, and more (wider), or the other way round."""
    sides = {_compared(was.term, now.term), _restrictions(was, now), amounts} - {"same"}
    return sides.pop() if len(sides) == 1 else "otherwise"


def _restrictions(was: Grant, now: Grant) -> str:
    old, new = set(was.restrictions), set(now.restrictions)
    return "same" if old == new else "wider" if new < old else "narrower" if old < new else "otherwise"


def _compared(was: Term | None, now: Term | None) -> str:
    if was == now:
        return "same"
    was, now = (term or Term(None, None) for term in (was, now))
    if was.start != now.start:
        return "otherwise"
    if was.lasts is None or now.lasts is None:
        return "same" if was.lasts is now.lasts else "wider" if now.lasts is None else "narrower"
    match was.lasts, now.lasts:
        case Duration() as old, Duration() as new:
            (fewest, most), (least, greatest) = lengths(old, 1), lengths(new, 1)
            return "wider" if least > most else "narrower" if greatest < fewest else "otherwise"
        case date() as old_day, date() as new_day:
            return "wider" if new_day > old_day else "narrower"
    return "otherwise"


def _apart(was: Term | None, now: Term | None) -> str:
    """By how much a term became longer or shorter, in the unit of both; "" where that is not so simple."""
    match (was and was.lasts, now and now.lasts):
        case Duration(count=old, unit=unit), Duration(count=new, unit=other) if unit is other:
            return f", {_counted(abs(new - old), unit)} {'longer' if new > old else 'shorter'}" if new != old else ""
        case date() as old_day, date() as new_day:
            days = (new_day - old_day).days
            return f", {_counted(abs(days), Unit.DAYS)} {'longer' if days > 0 else 'shorter'}" if days else ""
    return ""


def _counted(count: int, unit: Unit) -> str:
    return f"{count} {unit.value.removesuffix('s') if count == 1 else unit.value}"
