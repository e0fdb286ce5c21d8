"""How much more, or fewer, is granted where a revision changes an amount: read off what both states say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cdispec.determine.limits import known_amount
from cdispec.model.facts import Amount, Fact, OneOf, formula_of, written
from cdispec.model.limits import Grant, Printed, Quota
from cdispec.model.measures import Measures
from cdispec.model.policy import Policy

SAME, WIDER, NARROWER, OTHERWISE = "same", "wider", "narrower", "otherwise"
NOT_DECIDED = "how many more or fewer is not decided"


@dataclass(frozen=True, slots=True)
class Moved:
    """How much more an amount is: from `least` to `most`, of one row of a table or of all that is requested.

    An end is None where it has no bound.
    """

    least: Amount | None
    most: Amount | None
    row: str

    @property
    def side(self) -> str:
        """What it means for people."""
        if self.least == self.most == 0:
            return SAME
        if self.least is not None and self.least >= 0:
            return WIDER
        return NARROWER if self.most is not None and self.most <= 0 else OTHERWISE

    @property
    def words(self) -> str:
        """By how much it is moved."""
        row = f" for {self.row}" if self.row else ""
        if self.least is None or self.most is None:
            return NOT_DECIDED
        if self.least == self.most:
            return f"{_more(self.least)}{row}"
        return f"between {_more(self.least)} and {_more(self.most)}{row}"


def direction_of(was: Sequence[Quota], now: Sequence[Quota], before: Policy, after: Policy) -> str:
    """Whether the amounts of a revision grant all that was granted, and more (wider), or the other way round."""
    dropped, added = {*was} - {*now}, {*now} - {*was}
    if _recounted(was, now, before, after):
        return OTHERWISE
    if not dropped or not added:
        return WIDER if dropped else NARROWER if added else SAME
    sides = {OTHERWISE if moved is None else moved.side for moved in _moved(was, now, before, after)} - {SAME}
    return sides.pop() if len(sides) == 1 else OTHERWISE


def by_how_much(was: Sequence[Quota], now: Sequence[Quota], before: Policy, after: Policy) -> str:
    """By how much the amounts of a revision were moved, behind a comma; "" where one is only added or dropped."""
    found = [*_moved(was, now, before, after)]
    if _recounted(was, now, before, after) or ({*was} - {*now} and {*now} - {*was} and None in found):
        return f", {NOT_DECIDED}"
    return "".join(f", {moved.words}" for moved in found if moved is not None and moved.side != SAME)


def _recounted(was: Sequence[Quota], now: Sequence[Quota], before: Policy, after: Policy) -> bool:
    """Whether a number that both states count is worked out otherwise."""
    both = {*Grant(None, (), (*was,)).counted} & {*Grant(None, (), (*now,)).counted}
    return any(formula_of(before.facts[fact]) != formula_of(after.facts[fact]) for fact in both)


def _moved(was: Sequence[Quota], now: Sequence[Quota], before: Policy, after: Policy) -> Iterator[Moved | None]:
    """What became of each amount that is not in both; None where more than the amount was changed."""
    old, new = ([quota for quota in own if quota not in other] for own, other in ((was, now), (now, was)))
    if len(old) != len(new):
        yield None
        return
    for former, latter in zip(old, new, strict=True):
        if replace(former, amount=latter.amount) != latter:
            yield None
        else:
            yield from _between(former.amount, latter.amount, before, after)


def _between(
    was: Amount | Printed | str, now: Amount | Printed | str, before: Policy, after: Policy
) -> Iterator[Moved | None]:
    match was, now:
        case Printed(_, by, rows), Printed(_, other, others) if by == other:
            yield from _rows(dict(rows), dict(others), after.facts[by])
        case _:
            low, high = (known_amount(*one, {}) for one in ((was, Measures(before)), (now, Measures(after))))
            least = None if low.most is None else high.least - low.most
            yield Moved(least, None if high.most is None else high.most - low.least, "")


def _rows(was: Mapping[str, Amount], now: Mapping[str, Amount], fact: Fact) -> Iterator[Moved | None]:
    """What became of each row of a table; None where it has another row."""
    names = fact.names if isinstance(fact, OneOf) else {}
    if was.keys() != now.keys():
        yield None
    for option in (option for option in now if option in was):
        more = now[option] - was[option]
        yield Moved(more, more, names[option])


def _more(count: Amount) -> str:
    return f"{written(-count)} fewer" if count < 0 else f"{written(count)} more"
