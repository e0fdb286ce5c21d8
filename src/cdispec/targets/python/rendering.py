"""Explanations of many cases: what no case changes is made once, and what is left is a flat function.

Only three things of a criterion differ from case to case: its truth, what is reported of its facts, and whether it is
set aside. A criterion that depends on little is made once for each answer to that, with all its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from cdispec.core.evaluate import three_valued
from cdispec.core.known import Known
from cdispec.core.program import Atom, Node, Program, Shown, facts_of, is_dated, nodes_below
from cdispec.determine.reasons import Reason, explained, reported, said_of
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.determination import OUT_OF_FORCE, Explanation
from cdispec.model.facts import YesNo
from cdispec.model.policy import Policy
from cdispec.targets.python.door import facts_of_answers, in_order
from cdispec.targets.python.kept import Made
from cdispec.targets.python.source import Function, tuple_of

BY_NUMBER = (Truth.FALSE, Truth.UNKNOWN, Truth.UNKNOWN, Truth.TRUE)
"""The truth of each number that the compiled form counts with; 2 stands for none."""

FEW = 100
"""Nodes of a criterion that is made once for each answer to the one fact that it depends on."""


def explaining(policy: Policy, program: Program, tops: Sequence[Reason]) -> Callable[..., Any]:
    """A function of truths, answers and the day in words: the explanations of these reasons."""
    function = Rendering(policy, program, lambda said: said, lambda shown: shown)
    function.line(f"new, Explanation = {function.constant(tuple.__new__)}, {function.constant(Explanation)}")
    function.line(f"truth = {function.constant(BY_NUMBER)}")
    made: dict[int, str] = {}

    def explanation(reason: Reason) -> str:
        if id(reason) not in made:
            made[id(reason)] = function.name(source(reason))
        return made[id(reason)]

    def source(reason: Reason) -> str:
        ready = function.ready(reason)
        if ready is not None:
            return ready if isinstance(ready, str) else ready.source(function)
        parts = [explanation(part) for part in reason.below]
        because = tuple_of(parts)
        if (guard := reason.guard) and (in_force := function.in_force(guard)):
            because = f"({because} if {in_force} else {tuple_of(parts[:-1])})"
        shown, waived = reason.shown, function.waived(reason)
        aside = (
            f"({'set aside: ' + reason.guard.shown.text!r} if {waived} else '')" if reason.guard and waived else "''"
        )
        own = [repr(part) for part in (shown.clause, shown.id, shown.text, shown.printed)]
        said = [repr(shown.asked), function.said(reason), repr(shown.guard), aside, because]
        new = f"new(Explanation, {tuple_of([*own, f'truth[{function.truth(reason.node)}]', *said])})"
        return function.dated(reason, new)

    return function.returning(tuple_of([explanation(top) for top in tops]))


@dataclass(frozen=True, slots=True)
class Lookup:
    """Values made beforehand for all that some truths or answers to yes-no questions, from 0 to 3, can be."""

    values: Mapping[tuple[int, ...], Any]
    keys: tuple[str, ...]

    def source(self, function: Function) -> str:
        """The source of the value that counts."""
        rows = tuple(self.values.values())
        for _ in self.keys[1:]:
            rows = tuple(rows[start : start + 4] for start in range(0, len(rows), 4))
        return function.constant(rows) + "".join(f"[{key}]" for key in self.keys)


class Rendering(Function):
    """A function of the truths of nodes, the answers to facts and the day in words.

    `form` is that of what is reported, `make` what is made of an explanation.
    """

    def __init__(
        self, policy: Policy, program: Program, form: Callable[[str], Any], make: Callable[[Explanation], Any]
    ) -> None:
        super().__init__("truths", "answers", "day")
        self.policy, self.program, self.form, self.make = policy, program, form, make
        self._said: dict[str, str] = {}
        self._below: dict[int, list[int]] = {}
        self._positions = {fact.id: number for number, fact in enumerate(in_order(policy))}

    def truth(self, node: int) -> str:
        """The source of a node's truth."""
        return f"truths[{node}]"

    def in_force(self, reason: Reason) -> str:
        """The source of whether a criterion is in force; "" where it always is."""
        return "" if reason.in_force == self.program.always else f"{self.truth(reason.in_force)} == 3"

    def waived(self, reason: Reason) -> str:
        """The source of whether the exception to a criterion sets it aside; "" where there is none."""
        if reason.guard is None:
            return ""
        in_force = f"{self.in_force(reason.guard)} and " if self.in_force(reason.guard) else ""
        return f"{in_force}{self.truth(reason.guard.node)} == 3"

    def said(self, reason: Reason) -> str:
        """A variable with what is reported of a criterion's facts."""
        if not reason.facts:
            return "''"
        facts = [fact.id for fact in reason.facts]
        key = ", ".join(self._answer(fact) for fact in facts)
        if reason.codes is not None:
            # Of which set a code is can differ from day to day, and so can what is asked of one answer.
            [fact] = facts
            made = Made(lambda given: self.form(said_of(reason, self._given([fact], given[0]), given[1])))
            return f"{self.constant(made)}[{key}, {self.constant(date)}.fromisoformat(day)]"
        if key not in self._said:
            made = Made(lambda given: self.form(reported(reason.facts, self._given(facts, given), reason.measures)))
            self._said[key] = self.name(f"{self.constant(made)}[{key}]")
        return self._said[key]

    def ready(self, reason: Reason) -> Lookup | str | None:
        """What is made of a criterion that depends on one fact or on two yes-no facts; None of another."""
        facts = self._depends(reason)
        if not facts:
            return None
        keys = [self._answer(fact) for fact in facts]
        made = Made(lambda given: self._made(reason, facts, given), FEW)
        if not self._yes_no(facts):
            return f"{self.constant(made)}[{keys[0]}]"
        each = product(range(4), repeat=len(facts))
        return Lookup({given: made[given if len(facts) > 1 else given[0]] for given in each}, tuple(keys))

    def dated(self, reason: Reason, source: str) -> str:
        """The source of a criterion in force, or else of what is made of one that is not."""
        in_force = self.in_force(reason)
        if not in_force:
            return source

        def made(day: str) -> Any:
            return self.make(reason.shown._replace(truth=reason.out_of_force, set_aside=f"{OUT_OF_FORCE}{day}"))

        return f"({source} if {in_force} else {self.constant(Made(made))}[day])"

    def _answer(self, fact: str) -> str:
        return f"answers[{self._positions[fact]}]"

    def _given(self, facts: Sequence[str], given: Any) -> dict[str, Any]:
        """Answers to these facts, one alone or several, as the facts of a case."""
        answers: list[Any] = [None] * len(self.policy.facts)
        for fact, answer in zip(facts, given if len(facts) > 1 else [given], strict=True):
            answers[self._positions[fact]] = answer
        return facts_of_answers(self.policy, answers)

    def _yes_no(self, facts: Sequence[str]) -> bool:
        return all(isinstance(self.policy.facts[fact], YesNo) for fact in facts)

    def _depends(self, reason: Reason) -> tuple[str, ...]:
        """The few facts that what is made of a criterion depends on; none where it depends on more."""
        atoms = [node for number in self._few(reason) if isinstance(node := self.program.nodes[number], Atom)]
        facts = reason.measures.reported([fact for atom in atoms for fact in facts_of(atom)])
        return facts if len(facts) <= (2 if self._yes_no(facts) else 1) else ()

    def _few(self, reason: Reason) -> list[int]:
        """The nodes of a criterion and its parts, in order; none where they are many, or ask for more than answers."""
        if id(reason) not in self._below:
            nodes = self.program.nodes
            parts = [self._few(part) for part in reason.below]
            own = nodes_below(nodes, [reason.node])
            found = sorted({*own, *(number for part in parts for number in part)})
            dated = (
                reason.codes is not None
                or reason.in_force != self.program.always
                or any(self._counts(nodes[number]) for number in own)
            )
            self._below[id(reason)] = [] if dated or not all(parts) or len(found) > FEW else found
        return self._below[id(reason)]

    def _counts(self, node: Node) -> bool:
        """Whether more counts for a node than the answers: the date of the request, or what the record shows."""
        return isinstance(node, Shown) or (isinstance(node, Atom) and is_dated(node, self.program.domains))

    def _made(self, reason: Reason, facts: Sequence[str], given: Any) -> Any:
        case = Case(self.policy.number, "", date.min, self._given(facts, given), False)
        known, truths = Known(self.program, case), {self.program.always: Truth.TRUE}
        for number in self._few(reason):
            node = self.program.nodes[number]
            assert not isinstance(node, Shown)
            truths[number] = three_valued(node, known, truths)
        return self.make(explained(reason, truths, case))
