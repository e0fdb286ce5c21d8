"""What is still needed: exactly the facts of which some answer could still change the outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from cdispec.determine.answers import representatives
from cdispec.determine.diagram import Diagrams, Function, nodes
from cdispec.determine.formula import Decision, Formula, Gate, Inverse, Leaf, children, evaluate, leaves
from cdispec.determine.truth import compare
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison
from cdispec.model.facts import Value
from cdispec.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Module:
    """Parts of a decision that share no fact with the rest, so that together they are one yes-or-no variable."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Unknown facts whose leaves depend on one another: each `answers` row is a combination, with its `branch`."""

    facts: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    answers: tuple[tuple[tuple[Value, ...], int], ...]
    branches: tuple[tuple[Truth, ...], ...]


def relevant_facts(decision: Decision, known: Mapping[Leaf, Truth], policy: Policy, case: Case) -> set[str]:
    """The unknown facts on which the outcome still depends. `known` holds the truth of every leaf in the case.

    Restricts the decision itself and asks what it depends on; comparing three-valued results would miss that.
    """
    return Relevance(decision, known, policy, case).facts()


class Relevance:
    """The decision restricted to what is unknown in a case, as a diagram over modules and facts together."""

    def __init__(self, decision: Decision, known: Mapping[Leaf, Truth], policy: Policy, case: Case) -> None:
        self.decision, self.known, self.policy, self.case = decision, known, policy, case
        self.memo: dict[int, Truth] = {}
        self.variables: list[Module | Together] = []
        self._diagrams = Diagrams()
        self._functions: dict[int, Function] = {}
        self._together: dict[Leaf, int] = {}
        self._group()
        self._parents = self._count_parents()
        self._clean: dict[int, bool] = {}

    def function(self) -> Function:
        """The outcome as a function of the variables."""
        function: Function = self.decision.otherwise
        for formula, outcome in reversed(self.decision.rules):
            function = self._diagrams.choose(self._function(formula), outcome, function)
        return function

    def shares(self) -> bool:
        """Whether the decision asks something unknown in several places."""
        return any(count > 1 for count in self._parents.values())

    def facts(self) -> set[str]:
        """The facts that the restricted decision depends on."""
        found: set[str] = set()
        for node in nodes(self.function()):
            variable = self.variables[node.variable]
            if isinstance(variable, Module):
                found |= self._unknown_below(variable.parts)
            else:
                found |= _deciding(variable, node.branches)
        return found

    def _truth(self, formula: Formula) -> Truth:
        return evaluate(formula, self.known, self.memo)

    def _unknown(self, leaf: Leaf) -> list[str]:
        return [fact for fact in leaf.facts if fact not in self.case.facts or leaf.test is None]

    def _group(self) -> None:
        """Join the leaves that share an unknown fact, but for members of lists, which are free of one another."""
        open_leaves = [
            leaf for leaf in leaves(self.decision) if leaf.test is not None and self._truth(leaf) is Truth.UNKNOWN
        ]
        groups: dict[int, tuple[list[str], list[Leaf]]] = {}
        group_of: dict[str, int] = {}
        for number, leaf in enumerate(open_leaves):
            facts, joined = self._unknown(leaf), [leaf]
            for earlier in sorted({group_of[fact] for fact in facts if fact in group_of}):
                its_facts, its_leaves = groups.pop(earlier)
                facts = its_facts + [fact for fact in facts if fact not in its_facts]
                joined = its_leaves + joined
            groups[number] = (facts, joined)
            group_of.update(dict.fromkeys(facts, number))
        for facts, joined in groups.values():
            together = self._combinations(tuple(facts), tuple(joined))
            if len(joined) > 1 or len(together.branches) < 2:
                for leaf in joined:
                    self._together[leaf] = len(self.variables)
                self.variables.append(together)

    def _combinations(self, facts: tuple[str, ...], joined: tuple[Leaf, ...]) -> Together:
        choices = [representatives(fact, joined, self.policy, self.case) for fact in facts]
        branches: dict[tuple[Truth, ...], int] = {}
        answers = []
        for combination in product(*choices):
            values = {**self.case.facts, **dict(zip(facts, combination, strict=True))}
            filled = Case(self.case.policy, self.case.request, self.case.date, values)
            tests = [Comparison(leaf.fact, leaf.test) for leaf in joined if leaf.test is not None]
            truths = tuple(compare(test, self.policy, filled) for test in tests)
            answers.append((combination, branches.setdefault(truths, len(branches))))
        return Together(facts, joined, tuple(answers), tuple(branches))

    def _count_parents(self) -> Counter[int]:
        """How many open parts of the decision ask each open formula."""
        parents: Counter[int] = Counter()
        seen: set[int] = set()
        stack = [formula for formula, _ in self.decision.rules]
        parents.update(id(formula) for formula in stack)
        while stack:
            formula = stack.pop()
            if id(formula) in seen or self._truth(formula) is not Truth.UNKNOWN:
                continue
            seen.add(id(formula))
            parents.update(id(child) for child in children(formula))
            stack.extend(children(formula))
        return parents

    def _is_clean(self, formula: Formula) -> bool:
        """Whether an open formula shares nothing inside it with the rest of the decision, nor within itself."""
        if id(formula) not in self._clean:
            if isinstance(formula, Leaf):
                self._clean[id(formula)] = formula not in self._together
            else:
                self._clean[id(formula)] = all(
                    self._is_clean(child) and self._parents[id(child)] == 1 for child in self._open(formula)
                )
        return self._clean[id(formula)]

    def _open(self, formula: Formula) -> list[Formula]:
        return [child for child in children(formula) if self._truth(child) is Truth.UNKNOWN]

    def _function(self, formula: Formula) -> Function:
        truth = self._truth(formula)
        if truth is not Truth.UNKNOWN:
            return truth is Truth.TRUE
        if id(formula) not in self._functions:
            self._functions[id(formula)] = self._open_function(formula)
        return self._functions[id(formula)]

    def _open_function(self, formula: Formula) -> Function:
        if self._is_clean(formula):
            return self._module((formula,))
        match formula:
            case Leaf():
                variable = self._together[formula]
                together = self.variables[variable]
                assert isinstance(together, Together)
                place = together.leaves.index(formula)
                return self._diagrams.node(variable, tuple(b[place] is Truth.TRUE for b in together.branches))
            case Inverse(of):
                return self._diagrams.choose(self._function(of), False, True)
            case Gate(count, of):
                return self._gate(count - sum(self._truth(child) is Truth.TRUE for child in of), self._open(formula))

    def _gate(self, count: int, of: list[Formula]) -> Function:
        """At least `count` of these open formulas; in an all or an any, those that share nothing are one module."""
        alone = [child for child in of if self._is_clean(child) and self._parents[id(child)] == 1]
        if len(alone) < 2 or count not in (1, len(of)):
            return self._diagrams.at_least(count, [self._function(child) for child in of])
        joined = [self._module(tuple(alone)), *(self._function(child) for child in of if child not in alone)]
        return self._diagrams.at_least(1 if count == 1 else len(joined), joined)

    def _module(self, parts: tuple[Formula, ...]) -> Function:
        self.variables.append(Module(parts))
        return self._diagrams.node(len(self.variables) - 1, (False, True))

    def _unknown_below(self, parts: tuple[Formula, ...]) -> set[str]:
        found: set[str] = set()
        stack = list(parts)
        while stack:
            formula = stack.pop()
            if isinstance(formula, Leaf):
                found.update(self._unknown(formula))
            stack.extend(self._open(formula))
        return found


def _deciding(variable: Together, branches: tuple[Function, ...]) -> set[str]:
    """The facts of which some answer, the others kept, leads to another branch."""
    found: set[str] = set()
    for position, fact in enumerate(variable.facts):
        reached: dict[tuple[Value, ...], Function] = {}
        for combination, branch in variable.answers:
            others = combination[:position] + combination[position + 1 :]
            if reached.setdefault(others, branches[branch]) is not branches[branch]:
                found.add(fact)
                break
    return found
