"""Where three-valued logic is exact: where what is unknown there could come out either way.

That is so wherever some answers make all that is asked come out as wanted and some make all of it fail: each thing is
then asked in one direction only, thresholds of a number all upwards or all downwards, options of a list all wanted or
all unwanted. Found once, at lowering; only the other nodes take the exact path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import assert_never

from cdispec.core.known import Known, reach
from cdispec.core.program import (
    Atom,
    Constant,
    Domain,
    Gate,
    Includes,
    Inverse,
    Lies,
    Moved,
    Node,
    Program,
    RequestDate,
    Shown,
    Term,
    Yes,
    children,
    edges_of,
    facts_of,
)
from cdispec.core.unknown import samples
from cdispec.logic import Truth
from cdispec.model.case import Case

Literal = tuple[Atom, bool]
"""An atom and whether it is wanted."""


def exact_nodes(nodes: Sequence[Node], domains: Mapping[str, Domain]) -> frozenset[int]:
    """The nodes of `Shown` at which three-valued logic is exact."""
    asked = [(number, node.of) for number, node in enumerate(nodes) if isinstance(node, Shown)]
    return frozenset(number for number, of in asked if _is_exact(_literals(nodes, of), domains))


def alone_nodes(nodes: Sequence[Node], domains: Mapping[str, Domain]) -> frozenset[int]:
    """The nodes below which nothing is asked twice, nor anywhere else: no answer there decides anything beside them."""
    parents = Counter(child for node in nodes for child in children(node))
    asked = Counter(fact for node in nodes if isinstance(node, Yes | Includes | Lies) for fact in facts_of(node))
    found: set[int] = set()
    for number, node in enumerate(nodes):
        match node:
            case Yes() | Includes() | Lies():
                facts = facts_of(node)
                single = len(facts) == 1 and asked[facts[0]] == 1
                is_alone = single and _both_ways([(node, True)], domains[facts[0]])
            case Gate(_, of):
                is_alone = bool(of) and len(set(of)) == len(of) and all(n in found and parents[n] == 1 for n in of)
            case Inverse(of) | Shown(of):
                is_alone = of in found and parents[of] == 1
            case _:
                assert_never(node)
        if is_alone:
            found.add(number)
    return frozenset(found)


def _literals(nodes: Sequence[Node], top: int) -> list[Literal]:
    """The atoms below a node, and in which direction each is asked."""
    found: dict[Literal, None] = {}
    stack, seen = [(top, True)], {(top, True)}
    while stack:
        number, wanted = stack.pop()
        node = nodes[number]
        match node:
            case Yes() | Includes() | Lies():
                found[node, wanted] = None
                below: list[tuple[int, bool]] = []
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
                seen.add(step)
                stack.append(step)
    return list(found)


def _is_exact(literals: Iterable[Literal], domains: Mapping[str, Domain]) -> bool:
    by_fact: dict[str, list[Literal]] = {}
    for literal in literals:
        facts = facts_of(literal[0])
        if len(facts) > 1:
            return False
        for fact in facts:
            by_fact.setdefault(fact, []).append(literal)
    return all(_both_ways(asked, domains[fact]) for fact, asked in by_fact.items())


def _both_ways(literals: list[Literal], domain: Domain) -> bool:
    """Whether some answer to a fact gives all that is wanted of it, and some nothing of it."""
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
            edges = [edge for atom, _ in asked for edge in edges_of(atom.spans)]
            if all(isinstance(edge, Constant) for edge in edges):
                return not (domain.latest_request and len(asked) > 1) and _stated(asked, edges, domain)
            # On the date of the request itself every time before or after it is kept, and long before it none is.
            return len(asked) == 1 or all(so and _counts_from_request(atom) for atom, so in asked)


def _counts_from_request(atom: Lies) -> bool:
    return all(isinstance(edge, RequestDate | Moved) for edge in edges_of(atom.spans))


def _stated(asked: Sequence[tuple[Lies, bool]], edges: Sequence[Term], domain: Domain) -> bool:
    turns = [edge.value for edge in edges if isinstance(edge, Constant)]
    fact = facts_of(asked[0][0])[0]
    nothing = Known(Program((), frozenset(), frozenset(), {fact: domain}, {}, {}, {}, 0), Case("", "", date.max, {}))
    came_out = set()
    for point in samples(turns, *reach(domain, date.max.toordinal()), domain.whole):
        known = nothing.assuming(fact, point)
        came_out.update([frozenset((known.atom(atom) is Truth.TRUE) is so for atom, so in asked)])
    return {frozenset([True]), frozenset([False])} <= came_out
