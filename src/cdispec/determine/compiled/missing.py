"""What is still needed, for many cases: what the reference works out for each case, prepared once for a decision.

What of a decision is relevant depends only on the truths of its leaves, and parts that share nothing with the rest are
each one variable of it. So the reference's `needed` is asked about a decision of such parts, once for each pattern of
their truths; inside a part that is relevant, every open leaf that only open formulas lead to is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from cdispec.determine.answers import leaf_truth, representatives
from cdispec.determine.compiled.codegen import FromAnswers, Function, tuple_of
from cdispec.determine.compiled.door import Answers, Checked
from cdispec.determine.compiled.numbered import Numbered, Truths
from cdispec.determine.compiled.steps import UNKNOWN, Steps
from cdispec.determine.formula import Decision, Formula, Gate, Inverse, Leaf, decision, leaves
from cdispec.determine.needed import relevant_facts
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.facts import Day
from cdispec.model.policy import Policy

K = TypeVar("K")
V = TypeVar("V")

REMEMBERED = 20_000
"""Patterns of truths whose answers are kept, of each kind and for each decision; the oldest makes room."""


def remember(kept: dict[K, V], key: K, value: V) -> V:
    """Keep a value, within bounds."""
    if len(kept) >= REMEMBERED:
        del kept[next(iter(kept))]
    kept[key] = value
    return value


@dataclass(frozen=True, slots=True)
class Part:
    """Formulas that share nothing with the rest of a decision: asked as one, all of them or any of them.

    `leaves` are below them, `kept` holds for truths of these the facts that are open there.
    """

    formulas: tuple[int, ...]
    operator: str
    leaves: tuple[int, ...]
    kept: dict[Truths, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relevant:
    """What a pattern of truths leaves relevant: parts, and the facts beside them."""

    parts: tuple[Part, ...]
    facts: int


class Missing:
    """`determine.still_needed` for the cases of one request kind, on days of one span. Sets of facts are bits."""

    def __init__(self, policy: Policy, request: str, day: date) -> None:
        decided = decision(policy, request, day)
        any_case = Case(policy.number, request, day, {})
        self.numbered = Numbered(decided)
        self.steps = Steps(decided, self.numbered, policy, any_case)
        self.reduced = Reduced(decided, self.numbered, policy, any_case)
        self.facts = list(dict.fromkeys(fact for leaf in self.numbered.leaves for fact in leaf.facts))
        self._bit = {fact: 1 << rank for rank, fact in enumerate(self.facts)}
        days = [fact for fact in self.facts if isinstance(policy.facts[fact], Day)]
        self._dated = [number for number, leaf in enumerate(self.numbered.leaves) if leaf.fact in days]
        self._dates = [number for number, fact in enumerate(policy.facts) if fact in days]
        self._measure = self._measuring(policy)
        self._relevant: dict[object, Relevant] = {}
        self._named: dict[int, tuple[str, ...]] = {}
        self._settled: dict[object, tuple[str, ...]] = {}

    def facts_of(self, case: Checked) -> tuple[str, ...]:
        """The facts that are needed in an undecided case, in the order of the document."""
        truths, pattern = self._measure(case.answers, case.date)
        return self._facts(case, truths, pattern, self._dates_of(case, truths))

    def of(self, case: Checked) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The facts that are needed in an undecided case, and the fewest that would settle it, which come first."""
        truths, pattern = self._measure(case.answers, case.date)
        dates = self._dates_of(case, truths)
        facts = self._facts(case, truths, pattern, dates)
        if not facts:
            return (), ()
        known = truths[: len(self.numbered.leaves)]
        shortest = self._settled.get((known, dates))
        if shortest is None:
            found = self.steps.shortest(known, truths, case, len(facts))
            shortest = remember(self._settled, (known, dates), found if set(found) <= set(facts) else ())
        return tuple(dict.fromkeys([*shortest, *facts])), shortest

    def _measuring(self, policy: Policy) -> Callable[[Answers, date], tuple[Truths, Truths]]:
        """A function of an open case's answers and date: the truths of formulas, and those of the reduced leaves."""
        function = FromAnswers(policy, complete=False)
        truths = self.numbered.truths(function, self.numbered.leaf_truths(function))
        return function.returning(tuple_of([tuple_of(truths), tuple_of(self.reduced.truths(function, truths))]))

    def _dates_of(self, case: Checked, truths: Truths) -> object:
        """What beside the truths of leaves tells cases apart: where a date is unknown, all that it is compared with."""
        for number in self._dated:
            if truths[number] == UNKNOWN:
                return (case.date, *(case.answers[number] for number in self._dates))
        return None

    def _facts(self, case: Checked, truths: Truths, pattern: Truths, dates: object) -> tuple[str, ...]:
        relevant = self._relevant.get((pattern, dates))
        if relevant is None:
            parts, beside = self.reduced.relevant(pattern, case.case())
            found = Relevant(parts, sum(self._bit[fact] for fact in beside))
            relevant = remember(self._relevant, (pattern, dates), found)
        facts = relevant.facts
        for part in relevant.parts:
            inside = tuple([truths[number] for number in part.leaves])
            opened = part.kept.get(inside)
            if opened is None:
                opened = remember(part.kept, inside, self._open(part, truths))
            facts |= opened
        named = self._named.get(facts)
        if named is None:
            named = remember(self._named, facts, tuple(fact for fact in self.facts if facts & self._bit[fact]))
        return named

    def _open(self, part: Part, truths: Truths) -> int:
        facts = 0
        stack = [number for number in part.formulas if truths[number] == UNKNOWN]
        for number in stack:
            formula = self.numbered.formulas[number]
            if isinstance(formula, Leaf):
                facts |= self._bit[formula.fact]
            stack += [child for child in self.numbered.below[number] if truths[child] == UNKNOWN]
        return facts


class Reduced:
    """A decision with each part that shares nothing with the rest, nor within itself, replaced by one leaf."""

    def __init__(self, decided: Decision, numbered: Numbered, policy: Policy, any_case: Case) -> None:
        self.policy, self.numbered = policy, numbered
        self._asked = Counter(fact for leaf in numbered.leaves for fact in leaf.facts)
        self._clean = [self._is_free(leaf, any_case) for leaf in numbered.leaves]
        for below in numbered.below[len(self._clean) :]:
            self._clean.append(all(self._alone(child) for child in below))
        self.parts: dict[Leaf, Part] = {}
        self._formulas: dict[int, Formula] = {}
        rules = tuple((self._reduce(numbered.number(formula)), outcome) for formula, outcome in decided.rules)
        self.decision = Decision(rules, decided.otherwise)
        self.leaves = list(leaves(self.decision))

    def truths(self, function: Function, of_formulas: list[str]) -> list[str]:
        """Variables that hold the truth of each leaf."""
        found = []
        for leaf in self.leaves:
            if leaf in self.parts:
                part = self.parts[leaf]
                found.append(function.joined(part.operator, [of_formulas[number] for number in part.formulas]))
            else:
                found.append(of_formulas[self.numbered.number(leaf)])
        return found

    def relevant(self, pattern: Truths, case: Case) -> tuple[tuple[Part, ...], set[str]]:
        """What is relevant where the leaves have these truths: parts, and facts beside them."""
        known = {leaf: Truth(truth) for leaf, truth in zip(self.leaves, pattern, strict=True)}
        facts = relevant_facts(self.decision, known, self.policy, case)
        parts = tuple(part for leaf, part in self.parts.items() if leaf.fact in facts)
        return parts, facts - {leaf.fact for leaf in self.parts}

    def _is_free(self, leaf: Leaf, any_case: Case) -> bool:
        """Whether any truth of a leaf goes with any truths of the others, whatever the case."""
        if leaf.test is None:
            return True
        if isinstance(self.policy.facts[leaf.fact], Day):
            return False
        if self._asked[leaf.fact] > 1:
            return False
        answers = representatives(leaf.fact, [leaf], self.policy, any_case)
        cases = [Case(any_case.policy, any_case.request, any_case.date, {leaf.fact: answer}) for answer in answers]
        return len({leaf_truth(leaf, self.policy, case) for case in cases}) == 2

    def _alone(self, number: int) -> bool:
        """Whether a formula is clean and asked once."""
        return self._clean[number] and self.numbered.asked[number] == 1

    def _reduce(self, number: int) -> Formula:
        if number not in self._formulas:
            formula = self.numbered.formulas[number]
            reduced = self._part((number,), "&") if self._clean[number] else self._rest(formula, number)
            self._formulas[number] = reduced
        return self._formulas[number]

    def _rest(self, formula: Formula, number: int) -> Formula:
        below = self.numbered.below[number]
        match formula:
            case Leaf():
                return formula
            case Inverse():
                return Inverse(self._reduce(below[0]))
            case Gate(count, of):
                alone = [child for child in below if self._alone(child)]
                if len(alone) < 2 or count not in (1, len(of)):
                    return Gate(count, tuple(map(self._reduce, below)))
                part = self._part(tuple(alone), "|" if count == 1 else "&")
                joined = (part, *(self._reduce(child) for child in below if child not in alone))
                return Gate(1 if count == 1 else len(joined), joined)

    def _part(self, numbers: tuple[int, ...], operator: str) -> Leaf:
        leaf = Leaf(f"part {len(self.parts)}", "", None)
        self.parts[leaf] = Part(numbers, operator, self.numbered.leaves_below(numbers))
        return leaf
