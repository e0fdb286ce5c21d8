"""What three-valued logic leaves open, worked out exactly: the decision itself, restricted to what is unknown.

Comparing three-valued results would mislabel facts, and leave open what every answer agrees on. So the restricted
decision is made into a diagram, and asked what it depends on and what it can come to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from cdispec.core.diagram import Diagrams, Function, Question, questions, values
from cdispec.core.known import Known
from cdispec.core.program import Decision, Gate, Includes, Inverse, Lies, Program, Shown, Yes, children, facts_of
from cdispec.core.unknown import Unknowns, Variable
from cdispec.core.ways import Part, part_of, shortest
from cdispec.core.work import TooMuchWorkError
from cdispec.logic import Truth
from cdispec.model.determination import Way
from cdispec.model.outcomes import Outcome, in_order

MOST_WORK = 40_000
"""Steps of work on one question of one case; beyond them the answer says what it does not know."""


class Remaining:
    """What an open case can still come to.

    `needed` are the facts that could change the outcome, in document order; of those in `may` it is not certain.
    `worked_out` is false beyond the limit of work.
    """

    def __init__(
        self,
        outcomes: frozenset[Outcome],
        needed: tuple[str, ...],
        may: frozenset[str],
        find_ways: Callable[[], tuple[Way, ...]],
        worked_out: bool = True,
    ) -> None:
        self.outcomes, self.needed, self.may, self._find_ways = outcomes, needed, may, find_ways
        self.worked_out = worked_out

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The shortest way to each outcome that is possible, the granting one first; found when it is asked for."""
        return self._find_ways()


@dataclass(frozen=True, slots=True)
class Restriction:
    """A decision as a function of what is unknown: of nodes that stand alone, and of facts."""

    function: Function
    variables: tuple[Variable, ...]


def agreed(program: Program, number: int, known: Known, truths: Sequence[Truth]) -> Truth:
    """The truth of a `Shown` on which all answers to the unknown facts agree; `truths` are those of the nodes before.

    In a complete record it is false where they do not, and unknown only beyond the limit of work.
    """
    (asked,) = children(program.nodes[number])
    try:
        restricting = _Restricting(program, known, truths, [asked])
        function = restricting.function(asked)
    except TooMuchWorkError:
        return Truth.UNKNOWN
    if not isinstance(function, Question):
        return Truth.TRUE if function else Truth.FALSE
    return Truth.FALSE if known.case.complete and restricting.surely_fails(function) else Truth.UNKNOWN


def remaining(program: Program, decision: Decision, known: Known, truths: Sequence[Truth]) -> Remaining:
    """What an open case, which three-valued logic does not settle, can still come to."""
    return read_off(program, decision, known, truths, restricted(program, decision, known, truths))


def restricted(program: Program, decision: Decision, known: Known, truths: Sequence[Truth]) -> Restriction | None:
    """A decision, restricted to what is unknown; None beyond the limit of work.

    It depends on the truths of the nodes that stand alone and of the other atoms, and where a date is unknown on all
    that this is compared with. Cases that have these in common share it.
    """
    try:
        restricting = _Restricting(program, known, truths, [rule.node for rule in decision.rules])
        function: Function = decision.otherwise
        for rule in reversed(decision.rules):
            function = restricting.diagrams.choose(restricting.function(rule.node), rule.outcome, function)
    except TooMuchWorkError:
        return None
    return Restriction(function, tuple(restricting.variables))


def read_off(
    program: Program, decision: Decision, known: Known, truths: Sequence[Truth], found: Restriction | None
) -> Remaining:
    """What a restricted decision can come to, and what it depends on."""
    if found is None:
        leaves = _open_leaves(program, truths, [rule.node for rule in decision.rules], lambda _: False)
        atoms = [node for n in leaves if isinstance(node := program.nodes[n], Yes | Includes | Lies)]
        facts = tuple(dict.fromkeys(fact for atom in atoms for fact in facts_of(atom) if not known.answered(fact)))
        possible = frozenset(decision.outcomes)
        return Remaining(possible, facts, frozenset(facts), tuple, worked_out=False)
    asked = sorted({question.variable for question in questions(found.function)})
    parts = {rank: _part(program, truths, found.variables[rank]) for rank in asked}
    return Remaining(
        outcomes=frozenset(value for value in values(found.function) if isinstance(value, Outcome)),
        needed=tuple(dict.fromkeys(fact for part in parts.values() for fact in part.facts)),
        may=frozenset(fact for rank in asked if len(found.variables[rank].facts) > 1 for fact in parts[rank].facts),
        find_ways=lambda: _ways(found.function, parts),
    )


def _part(program: Program, truths: Sequence[Truth], variable: Variable) -> Part:
    if variable.node is not None:
        return part_of(program, truths, variable.node)
    return Part(variable.facts, (variable.facts,) * len(variable.sure))


def _ways(function: Function, parts: Mapping[int, Part]) -> tuple[Way, ...]:
    """The shortest way to each outcome, the granting one first; none where finding it takes too much work."""
    ways = []
    possible = in_order(value for value in values(function) if isinstance(value, Outcome))
    for outcome in possible if len(possible) > 1 else ():
        try:
            facts = shortest(function, outcome, parts, Diagrams(MOST_WORK))
        except TooMuchWorkError:
            continue
        ways.append(Way(outcome, facts))
    return tuple(ways)


def _open_leaves(
    program: Program, truths: Sequence[Truth], tops: Iterable[int], is_alone: Callable[[int], bool]
) -> list[int]:
    """The unknown atoms, and nodes that stand alone, on which unknown nodes depend, in document order."""
    found: list[int] = []
    stack, seen = [*tops][::-1], set[int]()
    while stack:
        number = stack.pop()
        if number in seen or truths[number] is not Truth.UNKNOWN:
            continue
        seen.add(number)
        below = () if is_alone(number) else children(program.nodes[number])
        if not below:
            found.append(number)
        stack.extend(reversed(below))
    return found


class _Restricting:
    """The unknown nodes below some others as functions of what is unknown in a case."""

    def __init__(self, program: Program, known: Known, truths: Sequence[Truth], tops: Sequence[int]) -> None:
        self.diagrams = Diagrams(MOST_WORK)
        unknowns = Unknowns(_open_leaves(program, truths, tops, known.is_alone), known, self.diagrams)
        self.variables: list[Variable] = unknowns.variables
        self._program, self._truths = program, truths
        self._functions: dict[int, Function] = dict(unknowns.functions)

    def function(self, top: int) -> Function:
        """A node as a function to True and False."""
        stack = [top]
        while stack:
            number = stack[-1]
            waiting = [] if number in self._functions else self._open(number)
            waiting = [child for child in waiting if child not in self._functions]
            if waiting:
                stack.extend(reversed(waiting))
                continue
            if number not in self._functions:
                self._functions[number] = self._made(number)
            stack.pop()
        return self._functions[top]

    def _open(self, number: int) -> list[int]:
        if self._truths[number] is not Truth.UNKNOWN:
            return []
        return [child for child in children(self._program.nodes[number]) if self._truths[child] is Truth.UNKNOWN]

    def _made(self, number: int) -> Function:
        truth, node = self._truths[number], self._program.nodes[number]
        if truth is not Truth.UNKNOWN:
            return truth is Truth.TRUE
        match node:
            case Yes() | Includes() | Lies():
                raise LookupError("an unknown atom is a function already")
            case Gate(count, of):
                missing = count - sum(self._truths[child] is Truth.TRUE for child in of)
                return self.diagrams.at_least(missing, [self._functions[child] for child in self._open(number)])
            case Inverse(of):
                return self.diagrams.negation(self._functions[of])
            case Shown(of):
                return self._functions[of]
            case _:
                assert_never(node)

    def surely_fails(self, function: Function) -> bool:
        """Whether answers that are certainly possible make a function False."""
        stack, seen = [function], set[int]()
        while stack:
            part = stack.pop()
            if not isinstance(part, Question):
                if part is False:
                    return True
                continue
            if id(part) not in seen:
                seen.add(id(part))
                sure = self.variables[part.variable].sure
                stack.extend(branch for branch, is_sure in zip(part.branches, sure, strict=True) if is_sure)
        return False
