"""The nodes of a program as formulas: what is known of each, and what is really so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import assert_never

import z3

from cdispec.core.certainty import is_exact, literals
from cdispec.core.lower import lower
from cdispec.core.program import Gate, Includes, Inverse, Lies, Node, Program, Shown, Yes, children, facts_of
from cdispec.model.facts import EXACT, SetOf
from cdispec.model.policy import Policy
from cdispec.targets.smt.answers import Answers
from cdispec.targets.smt.formulas import Formula, Kleene, at_least, conjunction, disjunction, negation
from cdispec.targets.smt.terms import Part, Position, Terms, at, position
from cdispec.targets.smt.unknown import Assumed, comparable, completions


class Truths:
    """The truths of a policy's nodes in any case of these answers, or of what it would be without some criteria.

    `like` are those of the same policy over the same answers, whose formulas are used again. A `program` is the policy
    lowered already; it may have nodes of edits of the policy, too, and of what is `given` of facts that stand in there.
    """

    def __init__(
        self,
        policy: Policy,
        answers: Answers,
        without: frozenset[str] = frozenset(),
        like: Truths | None = None,
        program: Program | None = None,
        given: Mapping[str, Kleene] | None = None,
    ) -> None:
        self.policy, self.answers, self.given = policy, answers, given or {}
        self.program = lower(policy, without) if program is None else program
        self.nodes = self.program.nodes
        self._terms = Terms(answers.days, answers.day, lambda fact: at(answers.point(policy.facts[fact])))
        # In a complete record it is known of each node whether it is shown.
        shown = (number for number, node in enumerate(self.nodes) if isinstance(node, Shown))
        self._decided = frozenset(shown if z3.is_true(answers.complete) else ())
        self._known: dict[int, Kleene] = {}
        self._really: list[Formula] = []
        self._facts: list[frozenset[str]] = []
        self._assumed: dict[tuple[object, ...], Kleene] = {}
        self._made: dict[object, Kleene] = {} if like is None else like._made

    @cached_property
    def opened(self) -> Truths:
        """The truths of the same cases with open records."""
        return Truths(self.policy, self.answers.opened(), program=self.program, given=self.given)

    def add(self, node: Node) -> int:
        """The number of a further node."""
        self.nodes.append(node)
        return len(self.nodes) - 1

    def truth(self, number: int) -> Kleene:
        """What is known of a node in a case."""
        stack = [] if number in self._known else [number]
        while stack:
            waiting = [child for child in children(self.nodes[stack[-1]]) if child not in self._known]
            if waiting:
                stack += waiting
            else:
                self._known[stack[-1]] = self._once(stack[-1])
                stack.pop()
        return self._known[number]

    def met(self, number: int) -> Formula:
        """That a node is true."""
        return self.truth(number).true

    def really(self, number: int) -> Formula:
        """Whether a node is true of how things are, whatever of that is known, but for what must be `Shown`."""
        while len(self._really) <= number:
            self._really.append(self._one_really(len(self._really)))
        return self._really[number]

    def _once(self, number: int) -> Kleene:
        """A node's formulas, made once for all nodes that ask the same of the same parts."""
        node = self.nodes[number]
        parts = [self._known[child] for child in children(node)]
        kind = type(node) if parts else node
        key = kind, node.count if isinstance(node, Gate) else 0, *map(id, parts)
        if key not in self._made:
            made = self._shown(number, node.of) if isinstance(node, Shown) else self._one(node, parts, {})
            self._made[key] = made
        return self._made[key]

    def _one(self, node: Node, parts: Sequence[Kleene], assumed: Assumed) -> Kleene:
        match node:
            case Yes(fact):
                return self._yes(fact, assumed)
            case Includes():
                return self._includes(node, assumed)
            case Lies():
                return self._terms.lies(node, partial(self._answer, assumed=assumed))
            case Gate(count):
                possibly = [negation(part.false) for part in parts]
                return Kleene(at_least(count, [part.true for part in parts]), negation(at_least(count, possibly)))
            case Inverse():
                return Kleene(parts[0].false, parts[0].true)
            case Shown():
                return parts[0]
            case _:
                assert_never(node)

    def _yes(self, fact: str, assumed: Assumed) -> Kleene:
        answer = self.given[fact] if fact in self.given else self._answered(fact)
        if fact not in assumed:
            return answer
        yes = negation(answer.false) if assumed[fact] else answer.true
        return Kleene(yes, negation(yes))

    def _answered(self, fact: str) -> Kleene:
        """What is answered to a yes-no fact."""
        declared = self.policy.facts[fact]
        known, value = self.answers.known(declared), self.answers.value(declared)
        return Kleene(conjunction([known, value]), conjunction([known, negation(value)]))

    def _includes(self, node: Includes, assumed: Assumed) -> Kleene:
        declared, said = self.policy.facts[node.fact], assumed.get(node.fact, {})
        assert isinstance(declared, SetOf)
        assert isinstance(said, dict)
        options = sorted(node.options)
        has, known = disjunction(self.answers.has(declared, of) for of in options), self.answers.known(declared)
        if any(said.get(option) for option in options):
            has = disjunction([negation(known), has])
            return Kleene(has, negation(has))
        if all(option in said for option in options):
            return Kleene(has, negation(has))
        return Kleene(has, conjunction([known, negation(has)]))

    def _answer(self, fact: str, assumed: Assumed) -> list[Part]:
        """What is known of the answer to a number, date or one-of fact."""
        declared = self.policy.facts[fact]
        known, value = self.answers.known(declared), self.answers.point(declared)
        low, high = (assumed[fact], assumed[fact]) if fact in assumed else self._reach(fact)
        return [Part(known, value, value), Part(negation(known), low, high)]

    def _reach(self, fact: str) -> tuple[Position, Position]:
        """The least and the greatest answer to a fact; beyond every number that can be stated where there is none."""
        domain = self.program.domains[fact]
        low = -EXACT - 1 if domain.low is None else position(domain.low)
        high = EXACT + 1 if domain.high is None else position(domain.high)
        return low, self.answers.day if domain.latest_request else high

    def _one_really(self, number: int) -> Formula:
        node = self.nodes[number]
        parts = [self._really[child] for child in children(node)]
        match node:
            case Yes(fact):
                return self.answers.value(self.policy.facts[fact])
            case Includes(fact, options):
                declared = self.policy.facts[fact]
                assert isinstance(declared, SetOf)
                return disjunction(self.answers.really(declared, option) for option in sorted(options))
            case Lies():
                return self._terms.lies(node, self._terms.real).true
            case Gate(count):
                return at_least(count, parts)
            case Inverse():
                return negation(parts[0])
            case Shown():
                return self.met(number)
            case _:
                assert_never(node)

    def _shown(self, number: int, of: int) -> Kleene:
        """What every answer to the unknown facts agrees on; in a complete record what is not so shown is not met."""
        known = self._known[of]
        if number not in self.program.exact:
            known = self._agreed(of, known)
        unshown = conjunction([self.answers.complete, negation(known.true)])
        return Kleene(known.true, disjunction([known.false, unshown]))

    def _agreed(self, of: int, known: Kleene) -> Kleene:
        domains, decided = self.program.domains, self._decided
        if is_exact(literals(self.nodes, of, decided), domains):
            return known
        found = completions(self.nodes, of, decided, domains, self._terms)
        sufficient = self._on_all(of, found.sufficient)
        if found.necessary is found.sufficient:
            return sufficient
        necessary = self._on_all(of, found.necessary)
        return Kleene(*map(self.answers.open_to, sufficient, necessary))

    def _on_all(self, of: int, rows: Sequence[Assumed]) -> Kleene:
        """What is so of each of some combinations of answers."""
        truths = [self._assuming(of, row) for row in rows]
        return Kleene(conjunction(truth.true for truth in truths), conjunction(truth.false for truth in truths))

    def _assuming(self, top: int, assumed: Assumed) -> Kleene:
        """What is known of a node where unknown facts are answered so."""
        stack = [top]
        while stack:
            number = stack[-1]
            key = self._key(number, assumed)
            if key in self._assumed:
                stack.pop()
                continue
            parts = [self._assumed.get(self._key(child, assumed)) for child in children(self.nodes[number])]
            if number in assumed:
                known = self._known[number]
                of = (
                    Kleene(negation(known.false), known.false)
                    if assumed[number]
                    else Kleene(known.true, negation(known.true))
                )
                self._assumed[key] = of
            elif len(key) == 1:
                self._assumed[key] = self._known[number]
            elif all(parts):
                self._assumed[key] = self._one_assuming(number, [part for part in parts if part], assumed)
            else:
                stack.extend(children(self.nodes[number]))
        return self._assumed[self._key(top, assumed)]

    def _key(self, number: int, assumed: Assumed) -> tuple[object, ...]:
        """A node with what is assumed of the facts below it."""
        below = self._facts_below(number)
        mine = ((of, said) for of, said in assumed.items() if not self._about(of).isdisjoint(below))
        return number, *((of, comparable(said)) for of, said in mine)

    def _about(self, of: str | int) -> frozenset[str]:
        return self._facts_below(of) if isinstance(of, int) else frozenset([of])

    def _one_assuming(self, number: int, parts: Sequence[Kleene], assumed: Assumed) -> Kleene:
        node = self.nodes[number]
        found = self._one(node, parts, assumed)
        if not isinstance(node, Shown):
            return found
        # In a complete record it is known, whatever is assumed; in an open one it is as what it asks.
        complete, known = self.answers.complete, self._known[number]
        return Kleene(*(_where(complete, one, other) for one, other in zip(known, found, strict=True)))

    def _facts_below(self, number: int) -> frozenset[str]:
        while len(self._facts) <= number:
            node = self.nodes[len(self._facts)]
            own = facts_of(node) if isinstance(node, Yes | Includes | Lies) else ()
            self._facts.append(frozenset(own).union(*(self._facts[child] for child in children(node))))
        return self._facts[number]


def _where(condition: Formula, then: Formula, otherwise: Formula) -> Formula:
    if z3.is_true(condition):
        return then
    return disjunction([conjunction([condition, then]), conjunction([negation(condition), otherwise])])
