"""A program as one flat function of a checked case: the truth of every node.

Truths are the numbers of `cdispec.logic`, so that `&` is "and" and `|` is "or". A yes-no answer is 3 or 0, and 1 where
there is none, which is its truth. A number, a day's number and an option's rank are points, a list is as a case holds
it; where nothing is answered it is None, and `NO_VALUE` where there is no value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, assert_never

from cdispec.core.calendar import day_moved
from cdispec.core.evaluate import shown
from cdispec.core.known import Known
from cdispec.core.program import (
    Answer,
    Constant,
    Edge,
    Gate,
    Includes,
    Inverse,
    Lies,
    Moved,
    Program,
    RequestDate,
    Shown,
    Span,
    Term,
    Yes,
    children,
    facts_of,
    is_dated,
    nodes_below,
)
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.facts import Including
from cdispec.model.policy import Policy
from cdispec.targets.python.door import NO_VALUE, RecordKind, facts_of_answers, in_order
from cdispec.targets.python.kept import Kept, Made
from cdispec.targets.python.pattern import Pattern
from cdispec.targets.python.rendering import BY_NUMBER
from cdispec.targets.python.source import Function, tuple_of


def truths_of(policy: Policy, program: Program, record: RecordKind) -> Callable[..., tuple[int, ...]]:
    """A function of the answers to a policy's facts, in order, and of the number of the day of the request."""
    return _Truths(policy, program, record).made()


class _Truths(Function):
    def __init__(self, policy: Policy, program: Program, record: RecordKind) -> None:
        super().__init__("answers", "day")
        self.policy, self.program, self.record = policy, program, record
        self._answers = {fact.id: f"a{number}" for number, fact in enumerate(in_order(policy))}
        if self._answers:
            self.line(f"{tuple_of(self._answers.values())} = answers")
        self._list_atoms = self._looked_up()

    def _case(self, answers: Sequence[Any], day: int) -> Case:
        facts = facts_of_answers(self.policy, answers)
        return Case(self.policy.number, "", date.fromordinal(day), facts, self.record is RecordKind.COMPLETE)

    def made(self) -> Callable[..., tuple[int, ...]]:
        truths: list[str] = []
        for number, node in enumerate(self.program.nodes):
            match node:
                case Yes(fact):
                    truths.append(self._answers[fact])
                case Includes():
                    truths.append(self._list_atoms[number])
                case Lies():
                    truths.append(self._lies(node))
                case Gate(count, of):
                    truths.append(self._at_least(count, [truths[child] for child in of]))
                case Inverse(of):
                    truths.append(self._inverse(truths[of]))
                case Shown(of):
                    truths.append(self._shown(number, truths[of], truths))
                case _:
                    assert_never(node)
        return self.returning(tuple_of(truths))

    def _at_least(self, count: int, truths: list[str]) -> str:
        """Of a truth, the upper bit says true, the lower not false."""
        if count == 0:
            return str(int(Truth.TRUE))
        if count > len(truths):
            return str(int(Truth.FALSE))
        if count == len(truths):
            return self.joined("and" if self.record is RecordKind.ANSWERED else "&", truths)
        if count == 1:
            return self.joined("or" if self.record is RecordKind.ANSWERED else "|", truths)
        met = self.joined("+", [f"({truth} >> 1)" for truth in truths])
        possible = self.joined("+", [f"({truth} & 1)" for truth in truths])
        return self.name(f"3 if {met} >= {count} else 1 if {possible} >= {count} else 0")

    def _inverse(self, of: str) -> str:
        return self.name(f"0 if {of} else 3" if self.record is RecordKind.ANSWERED else f"(3, 1, 1, 0)[{of}]")

    def _shown(self, number: int, asked: str, before: list[str]) -> str:
        """The source of a `Shown`; `before` is that of all nodes before it."""
        if self.record is RecordKind.ANSWERED:
            return asked
        if number not in self.program.exact:
            found = self.constant(self._found(number))
            return self.name(f"{found}({tuple_of(before)}, answers, day) if {asked} == 1 else {asked}")
        return self.name(f"3 if {asked} == 3 else 0") if self.record is RecordKind.COMPLETE else asked

    def _found(self, number: int) -> Callable[[Sequence[int], Sequence[Any], int], int]:
        """What the core says of a `Shown` that is left unknown, worked out once for the cases that share a pattern."""
        nodes = self.program.nodes
        atoms = [below for below in nodes_below(nodes, children(nodes[number])) if not children(nodes[below])]
        pattern_of = Pattern(self.policy, self.program, atoms)
        kept = Kept(len(atoms))

        def found(truths: Sequence[int], answers: Sequence[Any], day: int) -> int:
            pattern = pattern_of.of(truths, answers, day)
            said: int | None = kept.get(pattern)
            if said is None:
                known = self._known(answers, day)
                each = [BY_NUMBER[truth] for truth in truths]
                said = kept[pattern] = int(shown(self.program, number, known, each))
            return said

        return found

    def _looked_up(self) -> dict[int, str]:
        """For each atom about a list the variable with its truth: all of one list are looked up at once."""
        atoms: dict[str, dict[int, frozenset[str]]] = {}
        for number, node in enumerate(self.program.nodes):
            if isinstance(node, Includes):
                atoms.setdefault(node.fact, {})[number] = node.options
        found: dict[int, str] = {}
        for fact, asked in atoms.items():
            variables = {number: f"l{number}" for number in asked}
            made = self.constant(Made(_including(list(asked.values())), len(asked)))
            self.line(f"{tuple_of(variables.values())} = {made}[{self._answers[fact]}]")
            found |= variables
        return found

    def _lies(self, node: Lies) -> str:
        holds = self._is_one_of(node) or " or ".join(self._within(node.term, span) for span in node.spans)
        facts = facts_of(node)
        optional = [fact for fact in facts if self.program.domains[fact].none]
        # An atom is one comparison of all its facts, which fails where one of them has no value.
        none = " or ".join(f"{self._answers[fact]} is {self.constant(NO_VALUE)}" for fact in optional)
        valued = f"3 if {holds} else 0"
        if not facts or self.record is RecordKind.ANSWERED:
            return self.name(f"0 if {none} else {valued}" if none else valued)
        unknown = " or ".join(f"{self._answers[fact]} is None" for fact in facts)
        known = f"{self._unknown(node, facts)} if {unknown} else {valued}"
        return self.name(f"0 if {none} else {known}" if none else known)

    def _unknown(self, node: Lies, facts: Sequence[str]) -> str:
        """The source of what is known of an atom whose facts are not all answered."""
        if len(facts) > 1:
            return f"{self.constant(lambda answers, day: int(self._known(answers, day).atom(node)))}(answers, day)"
        if is_dated(node, self.program.domains):
            nothing = [None] * len(self._answers)
            return f"{self.constant(cache(lambda day: int(self._known(nothing, day).atom(node))))}(day)"
        return str(int(self._known([None] * len(self._answers), 1).atom(node)))

    def _known(self, answers: Sequence[Any], day: int) -> Known:
        return Known(self.program, self._case(answers, day))

    def _is_one_of(self, node: Lies) -> str:
        """The source of a comparison with several single values; "" where it is another."""
        edges = [(span.low, span.high) for span in node.spans]
        if len(edges) < 2 or not all(low == high for low, high in edges):
            return ""
        return f"{self._term(node.term)} in {tuple_of(self._term(low.term) for low, _ in edges if low is not None)}"

    def _within(self, term: Term, span: Span) -> str:
        if span.low == span.high and span.low is not None:
            return f"{self._term(term)} == {self._term(span.low.term)}"
        before = f"{self._term(span.low.term)} {_sign(span.low)} " if span.low else ""
        after = f" {_sign(span.high)} {self._term(span.high.term)}" if span.high else ""
        return f"{before}{self._term(term)}{after}" if before or after else "True"

    def _term(self, term: Term) -> str:
        """The source of a term."""
        match term:
            case Answer(fact):
                return self._answers[fact]
            case Constant(value):
                return self.constant(value)
            case RequestDate():
                return "day"
            case Moved(of, duration, sign):
                return f"{self.constant(day_moved)}({self._term(of)}, {self.constant(duration)}, {sign})"
            case _:
                assert_never(term)


def _including(asked: Sequence[frozenset[str]]) -> Callable[[frozenset[str] | Including | None], tuple[int, ...]]:
    """A function of the answer to a list: for each set of options whether the list includes one of them."""
    places: dict[str, list[int]] = {}
    for place, options in enumerate(asked):
        for option in options:
            places.setdefault(option, []).append(place)

    def truths(answer: frozenset[str] | Including | None) -> tuple[int, ...]:
        whole = isinstance(answer, frozenset)
        found = [int(Truth.FALSE if whole else Truth.UNKNOWN)] * len(asked)
        listed = answer if isinstance(answer, frozenset) else answer.members if answer else ()
        for option in listed:
            for place in places.get(option, ()):
                found[place] = int(Truth.TRUE)
        return tuple(found)

    return truths


def _sign(edge: Edge) -> str:
    return "<=" if edge.included else "<"
