"""Slips in the limits of what is granted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from cdispec.analysis.mutation.ground import Ground
from cdispec.analysis.mutation.of_comparisons import step_of, units_beside
from cdispec.analysis.mutation.slip import Edit, Removed, Rewritten, Slip
from cdispec.core.calendar import days_beside
from cdispec.model.criteria import Duration
from cdispec.model.facts import Amount, written
from cdispec.model.limits import Grant, Printed, Quota, Restriction, Term
from cdispec.model.phrases import length
from cdispec.model.policy import Rule


def end_moved(rule: Rule, term: Term, ground: Ground) -> Iterator[Slip]:
    """What is granted lasts a step longer or less long."""
    match term.lasts:
        case Duration(count) as duration:
            for other in (count - 1, count + 1):
                if other > 0:
                    yield _lasting(rule, term, duration, replace(duration, count=other), ground)
        case date() as last:
            for day in days_beside(last):
                edit = Rewritten(rule.criterion.place, f"until: {last}", f"until: {day}")
                yield _limited(rule, ground, edit, term=replace(term, lasts=day))


def period_turned(rule: Rule, term: Term, ground: Ground) -> Iterator[Slip]:
    """What is granted lasts for as many of the unit next to its own: weeks in place of days or months."""
    if isinstance(term.lasts, Duration):
        for unit in units_beside(term.lasts.unit):
            yield _lasting(rule, term, term.lasts, replace(term.lasts, unit=unit), ground)


def start_dropped(rule: Rule, term: Term, ground: Ground) -> Iterator[Slip]:
    """What is granted begins with the request."""
    if term.start is not None:
        edit = Removed(rule.criterion.place, f"from: {term.start}")
        yield _limited(rule, ground, edit, term=replace(term, start=None))


def end_dropped(rule: Rule, term: Term, ground: Ground) -> Iterator[Slip]:
    """What is granted has no end."""
    match term.lasts:
        case Duration() as duration:
            yield _limited(rule, ground, _removed(rule, f"for: {length(duration)}"), term=replace(term, lasts=None))
        case date() | str() as last:
            yield _limited(rule, ground, _removed(rule, f"until: {last}"), term=replace(term, lasts=None))


def amount_moved(rule: Rule, quota: Quota, ground: Ground) -> Iterator[Slip]:
    """A step more or less is granted."""
    match quota.amount:
        case Printed(_, _, amounts) as printed:
            for at, ((option, number), place) in enumerate(zip(amounts, printed.places, strict=True)):
                for other in _beside(number):
                    rows = (*amounts[:at], (option, other), *amounts[at + 1 :])
                    edit = Rewritten(place, f"{written(number)} |", f"{written(other)} |")
                    yield _counting(rule, quota, replace(quota, amount=replace(printed, amounts=rows)), ground, edit)
        case int() | Decimal() as number:
            for other in _beside(number):
                old, new = (f"amount: {written(one)}" for one in (number, other))
                edit = Rewritten(rule.criterion.place, old, new)
                yield _counting(rule, quota, replace(quota, amount=other), ground, edit)


def use_dropped(rule: Rule, quota: Quota, ground: Ground) -> Iterator[Slip]:
    """What was used already does not count."""
    if quota.used is not None:
        yield _counting(rule, quota, replace(quota, used=None), ground, _removed(rule, f"used: {quota.used}"))


def amount_dropped(rule: Rule, quota: Quota, ground: Ground) -> Iterator[Slip]:
    """As much is granted as is requested."""
    shown = quota.amount.table if isinstance(quota.amount, Printed) else quota.amount
    words = shown if isinstance(shown, str) else written(shown)
    yield _counting(rule, quota, None, ground, _removed(rule, f"amount: {words}"))


def form_dropped(rule: Rule, restriction: Restriction, ground: Ground) -> Iterator[Slip]:
    """What is granted is not limited to a form."""
    kept = tuple(other for other in _grant(rule).restrictions if other is not restriction)
    yield _limited(rule, ground, _removed(rule, f"words: {restriction.words}"), restrictions=kept)


def condition_dropped(rule: Rule, restriction: Restriction, ground: Ground) -> Iterator[Slip]:
    """What is granted is limited to a form whatever is met."""
    if restriction.when is not None:
        always = replace(restriction, when=None)
        of = tuple(always if other is restriction else other for other in _grant(rule).restrictions)
        yield _limited(rule, ground, _removed(rule, f"when: {restriction.when}"), restrictions=of)


def _beside(number: Amount) -> Iterator[Amount]:
    step = step_of(number)
    if number >= step:
        yield number - step
    yield number + step


def _removed(rule: Rule, what: str) -> Removed:
    return Removed(rule.criterion.place, what)


def _lasting(rule: Rule, term: Term, old: Duration, new: Duration, ground: Ground) -> Slip:
    edit = Rewritten(rule.criterion.place, f"for: {length(old)}", f"for: {length(new)}")
    return _limited(rule, ground, edit, term=replace(term, lasts=new))


def _counting(rule: Rule, quota: Quota, new: Quota | None, ground: Ground, edit: Edit) -> Slip:
    changed = (new if other is quota else other for other in _grant(rule).quotas)
    return _limited(rule, ground, edit, quotas=tuple(one for one in changed if one is not None))


def _grant(rule: Rule) -> Grant:
    assert rule.grant is not None
    return rule.grant


def _limited(rule: Rule, ground: Ground, edit: Edit, **limits: object) -> Slip:
    """A rule that grants with other limits."""
    new = replace(rule, grant=replace(_grant(rule), **limits))  # type: ignore[arg-type]
    rules = tuple(new if other is rule else other for other in ground.policy.rules)
    return ground.elsewhere(replace(ground.policy, rules=rules), edit)
