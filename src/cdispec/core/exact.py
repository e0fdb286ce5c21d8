"""What three-valued logic leaves open, worked out exactly: the decision itself, restricted to what is unknown.

Comparing three-valued results would mislabel facts, and leave open what every answer agrees on. So the restricted
decision is made into a diagram, and asked what it depends on and what it can come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import assert_never

from cdispec.core.diagram import Diagrams, Function, Question, TooMuchWorkError, questions, values
from cdispec.core.known import Known
from cdispec.core.program import Atom, Decision, Gate, Includes, Inverse, Lies, Program, Shown, Yes, children, facts_of
from cdispec.core.unknown import Unknowns, Variable
from cdispec.logic import Truth
from cdispec.model.determination import Way
from cdispec.model.policy import Outcome

MOST_WORK = 40_000
"""Steps of work on one question of one case; beyond them the answer says what it does not know."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """What an open case can still come to.

    `needed` are the facts that could change the outcome, in document order; of those in `may` it is not certain.
    `ways` gives the shortest way to each outcome that is possible, the granting one first.
    """

    outcomes: frozenset[Outcome]
    needed: tuple[str, ...]
    may: frozenset[str]
    ways: tuple[Way, ...]


def agreed(program: Program, number: int, known: Known, truths: Sequence[Truth]) -> Truth:
    """The truth of a `Shown` on which all answers to the unknown facts agree; `truths` are those of the nodes before.

    In a complete record it is false where they do not, and unknown only beyond the limit of work.
    """
    (asked,) = children(program.nodes[number])
    try:
        restricted = _Restricted(program, known, truths, [asked])
        function = restricted.function(asked)
    except TooMuchWorkError:
        return Truth.UNKNOWN
    if not isinstance(function, Question):
        return Truth.TRUE if function else Truth.FALSE
    return Truth.FALSE if known.case.complete and restricted.surely_fails(function) else Truth.UNKNOWN


def remaining(program: Program, decision: Decision, known: Known, truths: Sequence[Truth]) -> Remaining:
    """What an open case, which three-valued logic does not settle, can still come to."""
    rules = [rule.node for rule in decision.rules]
    try:
        restricted = _Restricted(program, known, truths, rules)
        function: Function = decision.otherwise
        for rule in reversed(decision.rules):
            function = restricted.diagrams.choose(restricted.function(rule.node), rule.outcome, function)
    except TooMuchWorkError:
        facts = _unknown_facts(open_atoms(program, truths, rules), known)
        possible = frozenset([decision.otherwise, *(rule.outcome for rule in decision.rules)])
        return Remaining(possible, facts, frozenset(facts), ())
    deciding = [restricted.variables[question.variable] for question in questions(function)]
    needed = {fact for variable in deciding for fact in variable.facts}
    may = {fact for variable in deciding if len(variable.facts) > 1 for fact in variable.facts}
    in_order = tuple(fact for fact in _unknown_facts(restricted.atoms, known) if fact in needed)
    possible = frozenset(value for value in values(function) if isinstance(value, Outcome))
    return Remaining(possible, in_order, frozenset(may), restricted.ways(function, possible))


def open_atoms(program: Program, truths: Sequence[Truth], tops: Iterable[int]) -> list[Atom]:
    """The unknown atoms on which unknown nodes depend, in document order."""
    found: list[Atom] = []
    stack, seen = [*tops][::-1], set[int]()
    while stack:
        number = stack.pop()
        if number in seen or truths[number] is not Truth.UNKNOWN:
            continue
        seen.add(number)
        node = program.nodes[number]
        if isinstance(node, Yes | Includes | Lies):
            found.append(node)
        stack.extend(reversed(children(node)))
    return found


def _unknown_facts(atoms: Sequence[Atom], known: Known) -> tuple[str, ...]:
    facts = (fact for atom in atoms for fact in facts_of(atom) if not known.answered(fact))
    return tuple(dict.fromkeys(facts))


class _Restricted:
    """The unknown nodes below some others as functions of what is unknown in a case."""

    def __init__(self, program: Program, known: Known, truths: Sequence[Truth], tops: Sequence[int]) -> None:
        self.atoms = open_atoms(program, truths, tops)
        self.diagrams = Diagrams(MOST_WORK)
        unknowns = Unknowns(self.atoms, known, self.diagrams)
        self.variables: list[Variable] = unknowns.variables
        self._program, self._truths, self._of_atoms = program, truths, unknowns.functions
        self._functions: dict[int, Function] = {}

    def function(self, top: int) -> Function:
        """A node as a function to True and False."""
        stack = [top]
        while stack:
            number = stack[-1]
            waiting = [child for child in self._open(number) if child not in self._functions]
            if number not in self._functions and not waiting:
                self._functions[number] = self._made(number)
            if waiting:
                stack.extend(reversed(waiting))
            else:
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
                return self._of_atoms[node]
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

    def ways(self, function: Function, possible: frozenset[Outcome]) -> tuple[Way, ...]:
        """The shortest way to each outcome, the granting one first; none where finding it takes too much work."""
        ways = []
        for outcome in Outcome:
            if outcome in possible and len(possible) > 1:
                try:
                    self.diagrams.work = MOST_WORK
                    facts = self._shortest(self._comes_to(function, outcome))
                except TooMuchWorkError:
                    continue
                ways.append(Way(outcome, facts))
        return tuple(ways)

    def _comes_to(self, function: Function, outcome: Outcome) -> Function:
        """Whether a function to outcomes comes to this one."""
        made: dict[int, Function] = {}

        def of(branch: Function) -> Function:
            return made[id(branch)] if isinstance(branch, Question) else branch is outcome

        for question in sorted(questions(function), key=lambda part: -part.variable):
            branches = tuple(of(branch) for branch in question.branches)
            made[id(question)] = self.diagrams.question(question.variable, branches)
        return of(function)

    def _shortest(self, function: Function) -> tuple[str, ...]:
        """The fewest facts of which some answers make a function True; of equals those that come first.

        Each question is answered, or left open: then all its branches must come to True. Facts of a list are answered
        together, and their questions follow one another.
        """
        queue: list[tuple[int, tuple[int, ...], int, Function]] = [(0, (), 0, function)]
        seen: set[tuple[int, tuple[str, ...]]] = set()
        entries = 0
        while queue:
            cost, asked, _, part = heappop(queue)
            if not isinstance(part, Question):
                if part:
                    return tuple(dict.fromkeys(fact for rank in asked for fact in self.variables[rank].facts))
                continue
            facts = self.variables[part.variable].facts
            paid = bool(asked) and self.variables[asked[-1]].facts == facts
            if (id(part), facts if paid else ()) in seen:
                continue
            seen.add((id(part), facts if paid else ()))
            self.diagrams.spend(1)
            left_open: Function = True
            for branch in reversed(part.branches):
                left_open = self.diagrams.choose(branch, left_open, False)
            taken = (cost, asked) if paid else (cost + len(facts), (*asked, part.variable))
            for step_cost, step_asked, step in ((cost, asked, left_open), *((*taken, to) for to in part.branches)):
                entries += 1
                heappush(queue, (step_cost, step_asked, entries, step))
        return ()
