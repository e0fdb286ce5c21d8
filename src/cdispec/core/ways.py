"""The shortest way to each outcome: the fewest facts of which some answers settle a case with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import assert_never

from cdispec.core.diagram import Diagrams, Function, Question, questions
from cdispec.core.program import Gate, Includes, Inverse, Lies, Program, Shown, Yes, facts_of
from cdispec.logic import Truth

Facts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked as one in a case: its unknown facts, and for each answer the facts that it takes to give it."""

    facts: Facts
    takes: tuple[Facts, ...]


def part_of(program: Program, truths: Sequence[Truth], top: int) -> Part:
    """An unknown node that stands alone: its unknown facts, and the fewest to make it false and to make it true."""
    order: list[str] = []
    takes: dict[int, tuple[Facts, Facts]] = {}
    stack = [top]
    while stack:
        number = stack[-1]
        node = program.nodes[number]
        match node:
            case Yes() | Includes() | Lies():
                facts = facts_of(node)
                order += facts
                takes[number] = facts, facts
            case Gate(count, of):
                below = [child for child in of if truths[child] is Truth.UNKNOWN]
                waiting = [child for child in below if child not in takes]
                if waiting:
                    stack.extend(reversed(waiting))
                    continue
                missing = count - sum(truths[child] is Truth.TRUE for child in of)
                fails = _fewest([takes[child][0] for child in below], len(below) - missing + 1)
                takes[number] = fails, _fewest([takes[child][1] for child in below], missing)
            case Inverse(of) | Shown(of):
                if of not in takes:
                    stack.append(of)
                    continue
                fails, meets = takes[of]
                takes[number] = (meets, fails) if isinstance(node, Inverse) else (fails, meets)
            case _:
                assert_never(node)
        stack.pop()
    return Part(tuple(order), takes[top])


def _fewest(each: list[Facts], count: int) -> Facts:
    """The facts of the shortest so many of these, which stand in document order; of equals those that come first."""
    chosen = sorted(sorted(range(len(each)), key=lambda place: len(each[place]))[:count])
    return tuple(fact for place in chosen for fact in each[place])


def shortest(function: Function, wanted: object, parts: Mapping[int, Part], diagrams: Diagrams) -> Facts:
    """The fewest facts of which some answers make a function come to a value; of equals those that come first.

    Each question is answered, or left open: then all its branches must come to the value. Questions about the options
    of one list follow one another, and are answered together.
    """
    order = list(dict.fromkeys(fact for rank in sorted(parts) for fact in parts[rank].facts))
    ranks = {fact: rank for rank, fact in enumerate(order)}
    start = _comes_to(function, wanted, diagrams)
    queue: list[tuple[int, tuple[int, ...], int, Function, Facts]] = [(0, (), 0, start, ())]
    seen: set[tuple[int, Facts]] = set()
    entries = 0
    while queue:
        cost, asked, _, part, answered = heappop(queue)
        if not isinstance(part, Question):
            if part:
                return tuple(order[rank] for rank in asked)
            continue
        facts = parts[part.variable].facts
        paid = answered == facts
        if (id(part), answered if paid else ()) in seen:
            continue
        seen.add((id(part), answered if paid else ()))
        diagrams.spend(1)
        left_open: Function = True
        for branch in reversed(part.branches):
            left_open = diagrams.choose(branch, left_open, False)
        entries += 1
        heappush(queue, (cost, asked, entries, left_open, answered))
        for branch, takes in zip(part.branches, parts[part.variable].takes, strict=True):
            more = () if paid else tuple(ranks[fact] for fact in takes)
            entries += 1
            heappush(queue, (cost + len(more), (*asked, *more), entries, branch, facts))
    return ()


def _comes_to(function: Function, wanted: object, diagrams: Diagrams) -> Function:
    """Whether a function comes to a value."""
    made: dict[int, Function] = {}

    def of(branch: Function) -> Function:
        return made[id(branch)] if isinstance(branch, Question) else branch is wanted

    for question in sorted(questions(function), key=lambda part: -part.variable):
        made[id(question)] = diagrams.question(question.variable, tuple(of(branch) for branch in question.branches))
    return of(function)
