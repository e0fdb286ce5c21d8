"""A program as one flat function of a checked case: the truth of every node.

Truths are the numbers of `cdispec.logic`, so that `&` is "and" and `|` is "or". A yes-no answer is 3 or 0, and 1 where
there is none, which is its truth. A number, a day's number and an option's rank are points, a list is as a case holds
it; where there is none it is None.
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
    edges_of,
    facts_of,
    nodes_below,
)
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.policy import Policy
from cdispec.targets.python.door import facts_of_answers, in_order
from cdispec.targets.python.kept import Kept
from cdispec.targets.python.pattern import Dates, getter
from cdispec.targets.python.rendering import BY_NUMBER
from cdispec.targets.python.source import Function, tuple_of


def truths_of(policy: Policy, program: Program, complete: bool) -> Callable[..., tuple[int, ...]]:
    """A function of the answers to a policy's facts, in order, and of the number of the day of the request.

    The functions for open and for complete records are two.
    """
    return _Truths(policy, program, complete).made()


class _Truths(Function):
    def __init__(self, policy: Policy, program: Program, complete: bool) -> None:
        super().__init__("answers", "day")
        self.policy, self.program, self.complete = policy, program, complete
        self._answers = {fact.id: f"a{number}" for number, fact in enumerate(in_order(policy))}
        self._lists: dict[str, tuple[str, str]] = {}
        if self._answers:
            self.line(f"{tuple_of(self._answers.values())} = answers")

    def _case(self, answers: Sequence[Any], day: int) -> Case:
        facts = facts_of_answers(self.policy, answers)
        return Case(self.policy.number, "", date.fromordinal(day), facts, self.complete)

    def made(self) -> Callable[..., tuple[int, ...]]:
        truths: list[str] = []
        for number, node in enumerate(self.program.nodes):
            match node:
                case Yes(fact):
                    truths.append(self._answers[fact])
                case Includes(fact, options):
                    truths.append(self._includes(fact, options))
                case Lies():
                    truths.append(self._lies(node))
                case Gate(count, of):
                    truths.append(self._at_least(count, [truths[child] for child in of]))
                case Inverse(of):
                    truths.append(self.name(f"(3, 1, 1, 0)[{truths[of]}]"))
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
            return self.joined("&", truths)
        if count == 1:
            return self.joined("|", truths)
        met = self.joined("+", [f"({truth} >> 1)" for truth in truths])
        possible = self.joined("+", [f"({truth} & 1)" for truth in truths])
        return self.name(f"3 if {met} >= {count} else 1 if {possible} >= {count} else 0")

    def _shown(self, number: int, asked: str, before: list[str]) -> str:
        """The source of a `Shown`; `before` is that of all nodes before it."""
        if number not in self.program.exact:
            found = self.constant(self._found(number))
            return self.name(f"{found}({tuple_of(before)}, answers, day) if {asked} == 1 else {asked}")
        return self.name(f"3 if {asked} == 3 else 0") if self.complete else asked

    def _found(self, number: int) -> Callable[[Sequence[int], Sequence[Any], int], int]:
        """What the core says of a `Shown` that is left unknown, worked out once for the cases that share a pattern."""
        nodes = self.program.nodes
        atoms = [below for below in nodes_below(nodes, children(nodes[number])) if not children(nodes[below])]
        truths_of_atoms, dates = getter(atoms), Dates(self.policy, self.program, atoms)
        kept = Kept()

        def found(truths: Sequence[int], answers: Sequence[Any], day: int) -> int:
            pattern = truths_of_atoms(truths), dates.of(truths, answers, day)
            said: int | None = kept.get(pattern)
            if said is None:
                known = self._known(answers, day)
                each = [BY_NUMBER[truth] for truth in truths]
                said = kept[pattern] = int(shown(self.program, number, known, each))
            return said

        return found

    def _includes(self, fact: str, options: frozenset[str]) -> str:
        if fact not in self._lists:
            answer, listed, rest = self._answers[fact], f"list{len(self._lists)}", f"rest{len(self._lists)}"
            none = self.constant(frozenset())
            self.line(f"if {answer}.__class__ is frozenset: {listed} = {answer}; {rest} = 0")
            self.line(f"else: {listed} = {none} if {answer} is None else {answer}.members; {rest} = 1")
            self._lists[fact] = listed, rest
        listed, rest = self._lists[fact]
        if len(options) > 2:
            return self.name(f"{rest} if {self.constant(options)}.isdisjoint({listed}) else 3")
        return self.name(f"3 if {' or '.join(f'{option!r} in {listed}' for option in sorted(options))} else {rest}")

    def _lies(self, node: Lies) -> str:
        holds = self._is_one_of(node) or " or ".join(self._within(node.term, span) for span in node.spans)
        facts = facts_of(node)
        if not facts:
            return self.name(f"3 if {holds} else 0")
        unknown = " or ".join(f"{self._answers[fact]} is None" for fact in facts)
        return self.name(f"{self._unknown(node, facts)} if {unknown} else 3 if {holds} else 0")

    def _unknown(self, node: Lies, facts: Sequence[str]) -> str:
        """The source of what is known of an atom whose facts are not all answered."""
        if len(facts) > 1:
            return f"{self.constant(lambda answers, day: int(self._known(answers, day).atom(node)))}(answers, day)"
        if self.program.domains[facts[0]].latest_request or counts_from_request(node):
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


def counts_from_request(node: Lies) -> bool:
    """Whether an atom counts from the date of the request."""
    return any(not isinstance(edge, Constant) for edge in edges_of(node.spans))


def _sign(edge: Edge) -> str:
    return "<=" if edge.included else "<"
