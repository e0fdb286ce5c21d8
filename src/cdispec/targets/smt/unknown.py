"""What answers to the unknown facts could be, where three-valued logic does not know what all of them agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import islice, product
from math import prod
from typing import NamedTuple, TypeAlias, assert_never

import z3

from cdispec.core.certainty import Literal, both_ways, by_fact, cells, directions, is_exact, literals
from cdispec.core.program import Constant, Domain, Includes, Lies, Node, Yes, children, edges_of, facts_in, facts_of
from cdispec.targets.smt.terms import Position, Terms, position

Said: TypeAlias = bool | Position | Mapping[str, bool]
"""An answer to a fact: to a list, of some options whether it has them."""
Assumed: TypeAlias = Mapping[str | int, Said]
"""Answers to some facts where these are unknown, and whether some nodes are true where that is."""

MOST = 64
"""At most so many combinations of answers are said of one node."""


class Asked(NamedTuple):
    """A fact or a node that is asked in both directions, with answers that stand for all, or only for some."""

    of: str | int
    answers: Sequence[Said]
    all: bool


class Completions(NamedTuple):
    """Combinations of answers.

    What holds of each of `sufficient` holds of all answers, and what holds of all answers holds of each of `necessary`.
    """

    sufficient: list[Assumed]
    necessary: list[Assumed]


def completions(
    nodes: Sequence[Node], top: int, known: frozenset[int], domains: Mapping[str, Domain], terms: Terms
) -> Completions:
    """The answers to tell apart, so that all else below a node, but for what is `known`, is asked in one direction."""
    apart = _apart(nodes, top, known, domains)
    asked = [Asked(number, (False, True), True) for number in apart]
    for fact, own in by_fact(literals(nodes, top, known.union(apart))).items():
        if not both_ways(own, domains[fact]):
            asked += _asked(fact, own, domains[fact], terms)
    whole = [part for part in asked if part.all]
    sufficient = _combined(whole) if prod(len(part.answers) for part in whole) <= MOST else [{}]
    if len(whole) == len(asked) and sufficient != [{}]:
        return Completions(sufficient, sufficient)
    return Completions(sufficient, _some(asked))


def _apart(nodes: Sequence[Node], top: int, known: frozenset[int], domains: Mapping[str, Domain]) -> list[int]:
    """The nodes asked in both directions that can come out either way whatever is answered to all outside of them."""
    found: list[int] = []
    times = Counter(number for number, _ in directions(nodes, top, known) if children(nodes[number]))
    for number in sorted((number for number in times if times[number] > 1 and number not in known), reverse=True):
        outside = known.union(found, [number])
        inside = literals(nodes, number, known)
        separate = _answered(inside).isdisjoint(_answered(literals(nodes, top, outside)))
        if separate and is_exact(inside, domains) and (number, True) in directions(nodes, top, outside):
            found.append(number)
    return found


def _answered(literals: Iterable[Literal]) -> set[tuple[str, str]]:
    """What is answered for itself: each fact, and each option of a list."""
    found = set()
    for atom, _ in literals:
        options = atom.options if isinstance(atom, Includes) else [""]
        found |= {(fact, option) for fact in facts_of(atom) for option in options}
    return found


def _asked(fact: str, own: Sequence[Literal], domain: Domain, terms: Terms) -> list[Asked]:
    first = own[0][0]
    match first:
        case Yes():
            return [Asked(fact, (False, True), True)]
        case Includes():
            return [Asked(fact, [dict.fromkeys(alike, has) for has in (False, True)], True) for alike in _lists(own)]
        case Lies():
            return [_points(fact, [atom for atom, _ in own if isinstance(atom, Lies)], domain, terms)]
        case _:
            assert_never(first)


def _lists(own: Sequence[Literal]) -> list[list[str]]:
    """The options that are asked in both directions; those that the same atoms ask for together."""
    asking: dict[str, list[Literal]] = {}
    for literal in own:
        if isinstance(literal[0], Includes):
            for option in sorted(literal[0].options):
                asking.setdefault(option, []).append(literal)
    alike: dict[tuple[Literal, ...], list[str]] = {}
    for option, asked in asking.items():
        if len({wanted for _, wanted in asked}) == 2:
            alike.setdefault(tuple(asked), []).append(option)
    return list(alike.values())


def _points(fact: str, atoms: Sequence[Lies], domain: Domain, terms: Terms) -> Asked:
    edges = [edge for atom in atoms for edge in edges_of(atom.spans)]
    if not domain.latest_request and all(isinstance(edge, Constant) for edge in edges):
        return Asked(fact, [position(point) for point in cells(atoms, domain).values()], True)
    assert domain.low is not None
    assert domain.high is not None
    low, high = position(domain.low), terms.day if domain.latest_request else position(domain.high)
    if any(fact in facts_in(edge) for edge in edges):
        # Counting from a day that depends on others is much work for the solver, and some days will do.
        return Asked(fact, [low, high], False)
    # Each run of days that are answered alike begins with one of these, where the dates counted from are known.
    starts = [low]
    for span in (span for atom in atoms for span in atom.spans):
        for edge, is_low in ((span.low, True), (span.high, False)):
            if edge is not None:
                [(_, day, _)] = terms.term(edge.term, terms.real)
                starts.append(_held(day if edge.included is is_low else day + 1, low, high))
    alone = all(len(facts_of(atom)) == 1 for atom in atoms)
    return Asked(fact, list(dict.fromkeys(starts if alone else [*starts, high])), alone)


def comparable(said: Said) -> Hashable:
    """An answer as one that can be compared with others."""
    return tuple(said.items()) if isinstance(said, Mapping) else said


def _held(day: Position, low: Position, high: Position) -> Position:
    return z3.If(day < low, low, z3.If(day > high, high, day))


def _combined(asked: Sequence[Asked]) -> list[Assumed]:
    return [_together(asked, row) for row in product(*(part.answers for part in asked))]


def _some(asked: Sequence[Asked]) -> list[Assumed]:
    """Some combinations: all first answers, all second ones and so on, and each with one of them otherwise."""
    if prod(len(part.answers) for part in asked) <= MOST:
        return _combined(asked)
    most = max(len(part.answers) for part in asked)
    rows = [[part.answers[min(number, len(part.answers) - 1)] for part in asked] for number in range(most)]
    turned = (
        [*row[:place], other, *row[place + 1 :]]
        for place, part in enumerate(asked)
        for row in rows
        for other in part.answers
        if other is not row[place]
    )
    return [_together(asked, row) for row in [*rows, *islice(turned, MOST - most)]]


def _together(asked: Sequence[Asked], row: Sequence[Said]) -> Assumed:
    found: dict[str | int, Said] = {}
    for (of, _, _), said in zip(asked, row, strict=True):
        before = found.get(of)
        found[of] = {**before, **said} if isinstance(before, Mapping) and isinstance(said, Mapping) else said
    return found
