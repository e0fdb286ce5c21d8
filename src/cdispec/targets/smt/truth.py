"""The nodes of a program as formulas: what is known of each, and what is really so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Literal, TypeAlias, assert_never

import z3

from cdispec.core.certainty import both_ways, by_fact, literals
from cdispec.core.lower import lower
from cdispec.core.program import (
    Gate,
    Includes,
    Inverse,
    Lies,
    Node,
    Program,
    Shown,
    Yes,
    children,
    facts_of,
    nodes_below,
)
from cdispec.logic import Truth
from cdispec.model.facts import EXACT, SetOf
from cdispec.model.policy import Policy
from cdispec.targets.smt.agreements import Agreement
from cdispec.targets.smt.answers import Answers
from cdispec.targets.smt.formulas import Formula, Kleene, at_least, conjunction, constant, disjunction, either, negation
from cdispec.targets.smt.terms import Part, Position, Terms, at, position
from cdispec.targets.smt.unknown import Assumed, Perhaps, Said, Unknown, symbols

Way: TypeAlias = Literal[0, 1]
"""How a node comes out: true or false, by its place in a `Kleene`."""

_MAKING = 100
"""The steps of work that making one formula takes."""


@dataclass(frozen=True, slots=True)
class _Supposed:
    """Answers to unknown facts, with what is known of nodes where these are given, each made once."""

    answers: Assumed
    found: dict[int, Kleene] = field(default_factory=dict)


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
        self._terms = Terms(answers.days, answers.day, self._real, answers.work)
        # In a complete record it is known of each node whether it is shown.
        shown = (number for number, node in enumerate(self.nodes) if isinstance(node, Shown))
        self._decided = frozenset(shown if constant(answers.complete) else ())
        self._known: dict[int, Kleene] = {}
        self._atoms: dict[object, tuple[Kleene, Assumed]] = {}
        self._really: dict[int, Formula] = {}
        self._some: dict[str, Said] = {}
        self._supposed: dict[frozenset[str], _Supposed] = {}
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
        for below in self._below(number, self._known):
            self._known[below] = self._once(below)
        return self._known[number]

    def met(self, number: int) -> Formula:
        """That a node is true."""
        return self.truth(number).true

    def really(self, number: int) -> Formula:
        """Whether a node is true of how things are, whatever of that is known, but for what must be `Shown`."""
        for below in self._below(number, self._really):
            self.answers.work.spend(_MAKING)
            self._really[below] = self._one_really(below)
        return self._really[number]

    def _below(self, number: int, made: Mapping[int, object]) -> list[int]:
        """A node and those below it, children first, but for those that are made."""
        return [below for below in sorted(nodes_below(self.nodes, [number], made)) if below not in made]

    def _once(self, number: int) -> Kleene:
        """A node's formulas, made once for all nodes that ask the same of the same parts."""
        node = self.nodes[number]
        parts = [self._known[child] for child in children(node)]
        kind = type(node) if parts else node
        key = kind, node.count if isinstance(node, Gate) else 0, *map(id, parts)
        if key not in self._made:
            self.answers.work.spend(_MAKING)
            self._made[key] = self._shown(number, node.of) if isinstance(node, Shown) else self._one(node, parts, {})
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
        said = assumed[fact]
        assert isinstance(said, z3.BoolRef)
        yes = disjunction([answer.true, conjunction([negation(answer.false), said])])
        return Kleene(yes, negation(yes))

    def _answered(self, fact: str) -> Kleene:
        """What is answered to a yes-no fact."""
        declared = self.policy.facts[fact]
        known, value = self.answers.known(declared), self.answers.value(declared)
        return Kleene(conjunction([known, value]), conjunction([known, negation(value)]))

    def _includes(self, node: Includes, assumed: Assumed) -> Kleene:
        declared, options = self.policy.facts[node.fact], sorted(node.options)
        assert isinstance(declared, SetOf)
        has, known = disjunction(self.answers.has(declared, of) for of in options), self.answers.known(declared)
        if node.fact not in assumed:
            return Kleene(has, conjunction([known, negation(has)]))
        said = assumed[node.fact]
        assert isinstance(said, Mapping)
        has = disjunction([has, conjunction([negation(known), disjunction(said[of] for of in options)])])
        return Kleene(has, negation(has))

    def _answer(self, fact: str, assumed: Assumed) -> list[Part]:
        """What is known of the answer to a number, date or one-of fact."""
        declared = self.policy.facts[fact]
        known, unknown = (self.answers.known(declared), negation(self.answers.known(declared)))
        stated = [part._replace(where=conjunction([known, part.where])) for part in self._real(fact)]
        said = assumed.get(fact)
        assert not isinstance(said, Mapping)
        if isinstance(said, Perhaps):
            lacking = Part(conjunction([unknown, said.none]), said.value, said.value, Truth.FALSE)
            return [*stated, Part(conjunction([unknown, negation(said.none)]), said.value, said.value), lacking]
        if said is not None:
            return [*stated, Part(unknown, said, said)]
        optional = self.program.domains[fact].none
        return [*stated, Part(unknown, *self._reach(fact), Truth.UNKNOWN if optional else Truth.TRUE)]

    def _real(self, fact: str) -> list[Part]:
        """The answer to a number, date or one-of fact, whatever of it is known."""
        declared = self.policy.facts[fact]
        value, none = self.answers.point(declared), self.answers.none(declared)
        if not self.program.domains[fact].none:
            return at(value)
        return [Part(negation(none), value, value), Part(none, value, value, Truth.FALSE)]

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
        complete, (true, false) = self.answers.complete, self._known[of]
        if number not in self.program.exact and constant(complete):
            [true] = self.settled((of, 0))
        elif number not in self.program.exact:
            true, false = self.settled((of, 0), (of, 1))
        return Kleene(true, disjunction([false, conjunction([complete, negation(true)])]))

    def settled(self, *ways: tuple[int, Way]) -> list[Formula]:
        """Of ways in which nodes come out, no two at a time, that all answers to the unknown facts lead to each."""
        asked, domains = [literals(self.nodes, of, self._decided) for of, _ in ways], self.program.domains
        both = {fact for found in asked for fact, own in by_fact(found).items() if not both_ways(own, domains[fact])}
        known = [self.truth(of)[way] for of, way in ways]
        if not both:
            return known
        atoms = list(dict.fromkeys(atom for found in asked for atom, _ in found))
        agreements, name = self.answers.agreements, f"agreed|{len(self.answers.agreements)}"
        facts = {fact: self.policy.facts.get(fact) for fact in sorted(both)}
        unknown = Unknown(name, facts, atoms, self.answers, self._terms)
        every = _Supposed(unknown.any)
        # Of several ways all answers must lead to the one to which some lead, whichever these are.
        some = self._some_answers(frozenset(both)) if len(ways) > 1 else every
        led = [self._assuming(of, some)[way] for of, way in ways]

        def lead(supposed: _Supposed) -> Formula:
            there = [self._assuming(of, supposed)[way] for of, way in ways]
            if len(ways) == 1:
                return there[0]
            return disjunction(conjunction(pair) for pair in zip(led, there, strict=True))

        so, denied = z3.Bool(name), z3.Bool(f"{name}|denied")
        beside = () if some is every else tuple(symbols(some.answers))
        agreement = Agreement(
            so, denied, disjunction(known), lambda denial: lead(_Supposed(unknown.within(denial))), beside
        )
        agreements.add(agreement, negation(lead(every)))
        return [so] if len(ways) == 1 else [conjunction([so, way]) for way in led]

    def _some_answers(self, facts: frozenset[str]) -> _Supposed:
        """Some answers to facts where they are unknown, the same wherever it is asked."""
        if facts not in self._supposed:
            for fact in sorted(facts - self._some.keys()):
                atoms = [one for one in self.nodes if isinstance(one, Yes | Includes | Lies) and fact in facts_of(one)]
                name = f"some|{self.policy.revision}|{len(self.answers.agreements)}"
                self._some |= Unknown(name, {fact: self.policy.facts.get(fact)}, atoms, self.answers, self._terms).any
            self._supposed[facts] = _Supposed({fact: self._some[fact] for fact in facts})
        return self._supposed[facts]

    def _assuming(self, top: int, supposed: _Supposed) -> Kleene:
        """What is known of a node where unknown facts are answered so."""
        found, assumed = supposed.found, supposed.answers
        for number in sorted(nodes_below(self.nodes, [top], found.keys() | self._decided)):
            if number in found:
                continue
            node, below = self.nodes[number], children(self.nodes[number])
            asked = facts_of(node) if isinstance(node, Yes | Includes | Lies) else ()
            otherwise = isinstance(node, Shown) or any(found[child] is not self._known.get(child) for child in below)
            if number in self._decided or (not otherwise and assumed.keys().isdisjoint(asked)):
                found[number] = self.truth(number)
                continue
            self.answers.work.spend(_MAKING)
            if below:
                found[number] = self._one(node, [found[child] for child in below], assumed)
            else:
                found[number] = self._atom_assuming(number, {fact: assumed[fact] for fact in asked if fact in assumed})
            if isinstance(node, Shown):
                # In a complete record it is known, whatever is assumed; in an open one it is as what it asks.
                known = self.truth(number)
                found[number] = Kleene(*map(partial(either, self.answers.complete), known, found[number]))
        return found[top]

    def _atom_assuming(self, number: int, assumed: Assumed) -> Kleene:
        """The same of an atom, made once for the same answers."""
        key = number, *((fact, id(said)) for fact, said in sorted(assumed.items(), key=lambda one: one[0]))
        if key not in self._atoms:
            # What is assumed is kept as well, so that nothing else comes to have its identity.
            self._atoms[key] = self._one(self.nodes[number], (), assumed), assumed
        return self._atoms[key][0]
