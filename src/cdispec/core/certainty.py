"""Where three-valued logic is exact: where what is unknown there could come out either way.

That is so wherever some answers make all that is asked come out as wanted and some make all of it fail: each thing is
then asked in one direction only, thresholds of a number all upwards or all downwards, options of a list all wanted or
all unwanted. Found once, at lowering; only the other nodes take the exact path.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import assert_never

from cdispec.core.calendar import days_in
from cdispec.core.known import nothing_known, reach
from cdispec.core.program import (
    Atom,
    Constant,
    Decision,
    Domain,
    Gate,
    Includes,
    Inverse,
    Lies,
    Moved,
    Node,
    Point,
    RequestDate,
    Shown,
    Span,
    Yes,
    children,
    edges_of,
    facts_of,
)
from cdispec.core.unknown import samples
from cdispec.logic import Truth
from cdispec.model.facts import NoValue
from cdispec.model.outcomes import Outcome

Literal = tuple[Atom, bool]
"""An atom and whether it is wanted."""


class Certainty:
    """Where three-valued logic is exact in a table of nodes, which may grow; what was found is kept."""

    def __init__(self, nodes: Sequence[Node], domains: Mapping[str, Domain]) -> None:
        self._nodes, self._domains = nodes, domains
        self._literals: dict[int, dict[str, list[Literal]]] = {}
        self._both_ways: dict[tuple[str, tuple[Literal, ...]], bool] = {}
        self._shown: dict[int, bool] = {}
        self._known: dict[int, tuple[Decision, Mapping[Outcome, frozenset[str]]]] = {}

    def shown(self, of: int) -> bool:
        """Whether it is exact where it is asked whether a node is shown."""
        if of not in self._shown:
            self._shown[of] = self.node(of)
        return self._shown[of]

    def node(self, number: int) -> bool:
        """Whether it is exact for a node and all that is below it."""
        return all(self._could_be_either(fact, tuple(own)) for fact, own in self._asked(number).items())

    def decided(self, decision: Decision, like: Decision | None = None) -> bool:
        """Whether it is exact for an outcome: what it leaves open can come to several.

        Where another decision is `like` it, only what that asks otherwise is looked at.
        """
        # Where a case is not settled, at least two outcomes are unknown: one that is exact can then be given, and fail.
        return sum(map(bool, self._inexact(decision, like).values())) <= 1

    def _inexact(self, decision: Decision, like: Decision | None = None) -> Mapping[Outcome, frozenset[str]]:
        """For each outcome the facts by which it is not exact."""
        rules = decision.rules
        if like is None or _outcomes(like) != _outcomes(decision):
            asked = frozenset(fact for rule in rules for fact in self._asked(rule.node))
            return {outcome: self._by(asked, decision, outcome) for outcome in {*_outcomes(decision)}}
        if id(like) not in self._known:
            self._known[id(like)] = like, self._inexact(like)
        before, changed = self._known[id(like)][1], set[str]()
        for rule, other in zip(rules, like.rules, strict=True):
            if rule.node != other.node:
                one, two = self._asked(rule.node), self._asked(other.node)
                changed |= {fact for fact in {**one, **two} if one.get(fact) != two.get(fact)}
        return {outcome: (facts - changed) | self._by(changed, decision, outcome) for outcome, facts in before.items()}

    def _by(self, facts: Iterable[str], decision: Decision, outcome: Outcome) -> frozenset[str]:
        """Those of some facts by which an outcome is not exact."""
        # It is given where a rule of it is met, and none before it of another.
        found = set()
        for fact in facts:
            own = dict.fromkeys(
                (atom, so is (rule.outcome is outcome))
                for rule in decision.rules
                for atom, so in self._asked(rule.node).get(fact, ())
            )
            if own and not self._could_be_either(fact, tuple(own)):
                found.add(fact)
        return frozenset(found)

    def _asked(self, top: int) -> dict[str, list[Literal]]:
        if top not in self._literals:
            self._literals[top] = by_fact(literals(self._nodes, top))
        return self._literals[top]

    def _could_be_either(self, fact: str, own: tuple[Literal, ...]) -> bool:
        if len(own) == 1 and isinstance(own[0][0], Yes):
            return True
        if (fact, own) not in self._both_ways:
            self._both_ways[fact, own] = both_ways(own, self._domains[fact])
        return self._both_ways[fact, own]


def _outcomes(decision: Decision) -> list[Outcome]:
    return [decision.otherwise, *(rule.outcome for rule in decision.rules)]


def alone_nodes(nodes: Sequence[Node], numbers: Sequence[int], domains: Mapping[str, Domain]) -> frozenset[int]:
    """Those of some nodes, children first, below which nothing is asked twice, nor anywhere else among them.

    No answer there decides anything beside them.
    """
    some = [nodes[number] for number in numbers]
    parents = Counter(child for node in some for child in children(node))
    asked = Counter(fact for node in some if isinstance(node, Yes | Includes | Lies) for fact in facts_of(node))
    found: set[int] = set()
    for number, node in zip(numbers, some, strict=True):
        match node:
            case Yes() | Includes() | Lies():
                facts = facts_of(node)
                single = len(facts) == 1 and asked[facts[0]] == 1
                is_alone = single and both_ways([(node, True)], domains[facts[0]])
            case Gate(_, of):
                is_alone = bool(of) and len(set(of)) == len(of) and all(n in found and parents[n] == 1 for n in of)
            case Inverse(of) | Shown(of):
                is_alone = of in found and parents[of] == 1
            case _:
                assert_never(node)
        if is_alone:
            found.add(number)
    return frozenset(found)


def literals(nodes: Sequence[Node], top: int, besides: Container[int] = ()) -> list[Literal]:
    """The atoms below a node, and in which direction each is asked, but for what is below some others."""
    asked = ((nodes[number], wanted) for number, wanted in directions(nodes, top, besides) if number not in besides)
    return list(dict.fromkeys((node, wanted) for node, wanted in asked if isinstance(node, Yes | Includes | Lies)))


def directions(nodes: Sequence[Node], top: int, besides: Container[int] = ()) -> list[tuple[int, bool]]:
    """The nodes below one, and in which direction each is asked, but for those below some others."""
    stack, seen = [(top, True)], {(top, True): None}
    while stack:
        number, wanted = stack.pop()
        node = nodes[number]
        match node:
            case _ if number in besides:
                below: list[tuple[int, bool]] = []
            case Yes() | Includes() | Lies():
                below = []
            case Gate(_, of):
                below = [(child, wanted) for child in of]
            case Inverse(of):
                below = [(of, not wanted)]
            case Shown(of):
                below = [(of, wanted)]
            case _:
                assert_never(node)
        for step in below:
            if step not in seen:
                seen[step] = None
                stack.append(step)
    return list(seen)


def by_fact(literals: Iterable[Literal]) -> dict[str, list[Literal]]:
    """For each fact what is asked of it."""
    found: dict[str, list[Literal]] = {}
    for literal in literals:
        for fact in facts_of(literal[0]):
            found.setdefault(fact, []).append(literal)
    return found


def is_exact(literals: Sequence[Literal], domains: Mapping[str, Domain]) -> bool:
    """Whether what is unknown could come out either way."""
    return all(both_ways(asked, domains[fact]) for fact, asked in by_fact(literals).items())


def both_ways(literals: Sequence[Literal], domain: Domain) -> bool:
    """Whether some answer to a fact gives all that is wanted of it, and some nothing of it; no other fact with it."""
    match literals[0][0]:
        case Yes():
            return len(literals) == 1
        case Includes():
            wanted, unwanted = (
                [atom.options for atom, direction in literals if isinstance(atom, Includes) and direction is so]
                for so in (True, False)
            )
            every, none = (frozenset().union(*options) for options in (wanted, unwanted))
            return not any(options <= none for options in wanted) and not any(options <= every for options in unwanted)
        case Lies():
            asked = [(atom, so) for atom, so in literals if isinstance(atom, Lies)]
            if any(len(facts_of(atom)) > 1 for atom, _ in asked):
                return False
            if not any(_counts(atom) for atom, _ in asked):
                return not (domain.latest_request and len(asked) > 1) and _stated(asked, domain)
            if len(asked) == 1:
                return all(_has_days(span) for span in asked[0][0].spans)
            # On the date of the request itself every time up to it or from it is kept, and long before it none is.
            return all(so and all(map(_borders_on_request, atom.spans)) for atom, so in asked)


def _has_days(span: Span) -> bool:
    """Whether a span of time is never without a day, as one from a month to 28 days may be."""
    return span.low is None or span.high is None or days_in(span)[0] > 0


def _borders_on_request(span: Span) -> bool:
    """Whether a span goes from the request, which is included, a time before or after it."""
    edges = [edge for edge in (span.low, span.high) if edge is not None]
    ends = [edge.included for edge in edges if isinstance(edge.term, RequestDate)]
    return ends == [True] and any(isinstance(edge.term, Moved) for edge in edges) and _has_days(span)


def _counts(atom: Lies) -> bool:
    return not all(isinstance(edge, Constant) for edge in edges_of(atom.spans))


def _stated(asked: Sequence[tuple[Lies, bool]], domain: Domain) -> bool:
    found = [frozenset(map(operator.eq, row, (so for _, so in asked))) for row in cells([a for a, _ in asked], domain)]
    return {frozenset([True]), frozenset([False])} <= set(found)


def cells(atoms: Sequence[Lies], domain: Domain) -> dict[tuple[bool, ...], Point | NoValue]:
    """What the answers to one fact make of atoms that compare it with stated values, each with one such answer."""
    turns = [edge.value for atom in atoms for edge in edges_of(atom.spans) if isinstance(edge, Constant)]
    fact = facts_of(atoms[0])[0]
    nothing = nothing_known({fact: domain})
    found: dict[tuple[bool, ...], Point | NoValue] = {}
    points = samples(turns, *reach(domain, date.max.toordinal()), domain.whole)
    for point in [*points, *([NoValue()] if domain.none else [])]:
        known = nothing.assuming(fact, point)
        found.setdefault(tuple(known.atom(atom) is Truth.TRUE for atom in atoms), point)
    return found
