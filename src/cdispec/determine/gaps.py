"""Cases that stay "more information needed" although nothing is needed: what three-valued logic cannot see.

`A or not A` is unknown while A is, although no answer changes it. Such a case can only arise where a decision asks one
thing in several places, so the search goes over what is asked in several places, each met, not met or unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, islice, product

from cdispec.determine.diagram import Function, Node
from cdispec.determine.formula import Decision, Formula, Leaf, decision, leaves, settled
from cdispec.determine.needed import Module, Relevance, Together
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Direction, Duration, IsOneOf, Range, Within, shifted
from cdispec.model.facts import Value, subject
from cdispec.model.policy import Policy, all_criteria
from cdispec.source import Place

MOST_CASES = 20_000

Branches = dict[int, frozenset[int]]
"""The branches to which some variables are held."""


def undecidable_cases(policy: Policy) -> Iterator[tuple[Place, str | None]]:
    """For each request kind the first such case in words.

    A decision so tangled that it has more than `MOST_CASES` combinations is searched as far as that goes; None says
    that nothing was found so far. Dates are compared as far as they count from the request, from a stated day or from
    one another, not from all at once.
    """
    days = _turning_days(policy)
    for request in policy.requests:
        for found in islice(_undecidable(policy, request, days), 1):
            yield policy.rules_for(request)[0].criterion.place, found


def _undecidable(policy: Policy, request: str, days: list[date]) -> Iterator[str | None]:
    tried = 0
    for day in days:
        decided = decision(policy, request, day)
        if decided.rules:
            search = _Search(decided, policy, Case(policy.number, request, day, {}), tried)
            found, tried = search.first(), search.tried
            if found is not None:
                yield f"{request}{f' on {day}' if day != policy.effective else ''}, with {found}"
    if tried > MOST_CASES:
        yield None


def _turning_days(policy: Policy) -> list[date]:
    """The days on which requests may begin to be decided in another way, the first on which the policy is in effect.

    A criterion comes into force or drops out, or the edge of a time before or after the request passes a stated day.
    """
    days: set[int] = set()
    edges: dict[str, set[date]] = {}
    lengths: dict[str, set[tuple[Duration, int]]] = {}
    for criterion in all_criteria(policy):
        start, end = criterion.valid.start, criterion.valid.end
        days |= {start.toordinal()} if start else set()
        days |= {end.toordinal() + 1} if end else set()
        match criterion.logic:
            case Comparison(fact, IsOneOf(values)):
                edges.setdefault(fact, set()).update(value for value in values if isinstance(value, date))
            case Comparison(fact, Range(low, high)):
                stated = [bound.value for bound in (low, high) if bound]
                edges.setdefault(fact, set()).update(value for value in stated if isinstance(value, date))
            case Comparison(fact, Within(duration, direction, None)):
                lengths.setdefault(fact, set()).add((duration, 1 if direction is Direction.BEFORE else -1))
            case _:
                pass
    for fact in edges.keys() & lengths.keys():
        for edge, (duration, sign) in product(edges[fact], lengths[fact]):
            for turn in (edge, shifted(edge, duration, sign)):
                # Month ends make the way back inexact by up to three days.
                days |= {turn.toordinal() + step for step in range(-4, 5)}
    first, last = policy.effective.toordinal(), date.max.toordinal()
    return [policy.effective, *(date.fromordinal(day) for day in sorted(days) if first < day <= last)]


class _Search:
    """Tries what is asked, variable by variable, in the order of the diagram; `tried` so many cases before."""

    def __init__(self, decided: Decision, policy: Policy, case: Case, tried: int) -> None:
        self.decided, self.policy, self.tried = decided, policy, tried
        self.relevance = Relevance(decided, {}, policy, case)
        self.function = self.relevance.function()
        self.variables = self.relevance.variables

    def first(self) -> str | None:
        """The first case found, in words."""
        if not self._asked_twice():
            return None
        return self._from(0, {}, {}, {}, [])

    def _asked_twice(self) -> bool:
        """Whether any variable stands in several places; otherwise three-valued logic sees all there is."""
        return any(isinstance(variable, Together) for variable in self.variables) or self.relevance.shares()

    def _from(
        self, position: int, known: dict[Leaf, Truth], memo: dict[int, Truth], chosen: Branches, words: list[str]
    ) -> str | None:
        self.tried += 1
        if self.tried > MOST_CASES or settled(self.decided, known, dict(memo)) is not None:
            return None
        if len(_values(self.function, chosen)) == 1:
            return "; ".join(words) if words else "nothing known"
        if position == len(self.variables):
            return None
        variable = self.variables[position]
        found = self._from(position + 1, known, memo, chosen, words)
        match variable:
            case Module(parts):
                for answer, truth in enumerate((Truth.FALSE, Truth.TRUE)):
                    if found is None:
                        leafs = {part: truth for part in parts if isinstance(part, Leaf)}
                        inner = {id(part): truth for part in parts}
                        said = [*words, f"{self._named(parts[0])} {'met' if answer else 'not met'}"]
                        left = {**chosen, position: frozenset([answer])}
                        found = self._from(position + 1, known | leafs, memo | inner, left, said)
            case Together():
                for answers, truths, branches in _ways_to_know(variable):
                    if found is None:
                        said = [*words, *(f"{subject(self.policy.facts[f])}: {v}" for f, v in answers.items())]
                        left = {**chosen, position: branches}
                        found = self._from(position + 1, known | truths, memo, left, said)
        return found

    def _named(self, formula: Formula) -> str:
        first = next(iter(leaves(Decision(((formula, self.decided.otherwise),), self.decided.otherwise))))
        return subject(self.policy.facts[first.fact]) + (f" ({first.option})" if first.option else "")


def _ways_to_know(
    together: Together,
) -> Iterator[tuple[dict[str, Value], dict[Leaf, Truth], frozenset[int]]]:
    """Answers to some of the facts or to all: the truths they give, and the branches they leave."""
    for size in range(1, len(together.facts) + 1):
        for places in combinations(range(len(together.facts)), size):
            facts = [together.facts[place] for place in places]
            known = [n for n, leaf in enumerate(together.leaves) if set(leaf.facts) <= set(facts)]
            left: dict[tuple[Value, ...], set[int]] = {}
            for combination, branch in together.answers:
                left.setdefault(tuple(combination[place] for place in places), set()).add(branch)
            told: set[frozenset[int]] = set()
            for values, reached in left.items():
                branches = frozenset(reached)
                if branches not in told:
                    told.add(branches)
                    truths = together.branches[min(branches)]
                    answers = dict(zip(facts, values, strict=True))
                    yield answers, {together.leaves[n]: truths[n] for n in known}, branches


def _values(function: Function, chosen: Branches) -> set[object]:
    """The values a function can still come to when some variables are held to some of their branches."""
    found: set[object] = set()
    stack, seen = [function], set()
    while stack:
        part = stack.pop()
        if not isinstance(part, Node):
            found.add(part)
        elif id(part) not in seen:
            seen.add(id(part))
            stack += [branch for n, branch in enumerate(part.branches) if n in chosen.get(part.variable, (n,))]
    return found
