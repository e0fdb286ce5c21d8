"""Limits of what an indication grants: from when until when, and in which form. They never change the outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from cdispec.model.criteria import Duration, Unit, shifted
from cdispec.model.facts import Amount
from cdispec.source import Place


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when something is granted.

    `start` is a date fact, or None for the date of the request. `lasts` is for how long, counted from the start, the
    last day or the date fact that gives it; None where no end is stated.
    """

    start: str | None
    lasts: Duration | date | str | None


@dataclass(frozen=True, slots=True)
class Restriction:
    """In which form alone something is granted, in words; where `when` names a criterion, only if that is met."""

    words: str
    when: str | None


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount that a printed table gives, in the row of the option that answers the one-of fact `by`.

    `table` is the id of the section that prints it, `amounts` are its numbers by the ids of the options, and `places`
    where these rows stand.
    """

    table: str
    by: str
    amounts: tuple[tuple[str, Amount], ...]
    places: tuple[Place, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Quota:
    """Up to which amount something is granted: of what is `requested`, after what was `used` in the same `per`iod.

    `amount` is a number, that of a printed table, or the number fact that gives it, as `requested` and `used` are;
    where `used` is None, nothing was. `clause` is the id of the clause under which the rest is not necessary, or "" for
    the indication itself.
    """

    amount: Amount | Printed | str
    requested: str
    used: str | None
    per: str
    clause: str


@dataclass(frozen=True, slots=True)
class Grant:
    """The limits that an indication states. Of several amounts, which are of the same request, the least is granted."""

    term: Term | None
    restrictions: tuple[Restriction, ...]
    quotas: tuple[Quota, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it asks itself."""
        stated = [] if self.term is None else [self.term.start, self.term.lasts]
        return *(fact for fact in stated if isinstance(fact, str)), *self.counted

    @property
    def asks(self) -> tuple[str, ...]:
        """The ids of the criteria that its restrictions ask."""
        return tuple(one.when for one in self.restrictions if one.when is not None)

    @property
    def counted(self) -> tuple[str, ...]:
        """The facts that its amounts are worked out from."""
        stated = (part for quota in self.quotas for part in (quota.amount, quota.requested, quota.used))
        named = (part.by if isinstance(part, Printed) else part for part in stated)
        return tuple(dict.fromkeys(fact for fact in named if isinstance(fact, str)))


def last_day(start: date, duration: Duration) -> date:
    """The last day of a term whose first day counts: 12 weeks are 84 days, and 6 months from 1 January end on 30 June.

    A month that lacks the day ends the term on its own last day: a month from 31 January ends on 28 February.
    """
    after = shifted(start, duration, 1)
    held = duration.unit in (Unit.MONTHS, Unit.YEARS) and after.day != start.day
    return after if held or after == date.max else after - timedelta(1)


@dataclass(frozen=True, slots=True)
class Between:
    """What is known of an amount: it is `least` or more, and `most` or less; None where there is no bound."""

    least: Amount
    most: Amount | None

    @property
    def exact(self) -> bool:
        """Whether it is known."""
        return self.least == self.most

    def less(self, other: Between) -> Between:
        """What is left of it when another amount is taken; never less than nothing."""
        least = 0 if other.most is None else max(0, self.least - other.most)
        return Between(least, None if self.most is None else max(0, self.most - other.least))

    def up_to(self, other: Between) -> Between:
        """The smaller one of two amounts."""
        ends = [end for end in (self.most, other.most) if end is not None]
        return Between(min(self.least, other.least), min(ends, default=None))


@dataclass(frozen=True, slots=True)
class Days:
    """What is known of a day: it is none before `earliest` and none after `latest`; None where that is not known."""

    earliest: date | None
    latest: date | None

    @property
    def day(self) -> date | None:
        """The day, where it is known."""
        return self.earliest if self.earliest == self.latest else None
