"""Lowering: a policy as a program. What the surface says in many ways is said here in one."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import assert_never

from cdispec.core.certainty import Certainty, alone_nodes
from cdispec.core.known import point
from cdispec.core.program import (
    Answer,
    Atom,
    Cited,
    Constant,
    Decision,
    DecisionRule,
    Domain,
    Edge,
    Gate,
    Includes,
    Inverse,
    Lies,
    Lowered,
    Moved,
    Node,
    Point,
    Program,
    RequestDate,
    Shown,
    Span,
    Yes,
)
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Comparison,
    Criterion,
    Direction,
    Elapsed,
    HasNone,
    IncludesAnyOf,
    IsOneOf,
    Length,
    ListOf,
    Logic,
    Not,
    OfRows,
    Period,
    Range,
    Reference,
    Test,
    members,
)
from cdispec.model.facts import REQUEST_DATE, Day, Fact, Number, OneOf, SetOf, YesNo, may_be_none
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, all_criteria

FIRST_DAY, LAST_DAY = 1, date.max.toordinal()
ALWAYS, NEVER = Gate(0, ()), Gate(1, ())
NOT_UNROLLED = "a policy with lists is unrolled (core.unroll) before it is lowered"


@dataclass(frozen=True, slots=True)
class Rooted:
    """The nodes in a table at which a policy is asked: those of its criteria, rules and classifications.

    `always` is the node that is true.
    """

    policy: Policy
    criteria: Mapping[str, Lowered]
    decisions: Mapping[str, Decision]
    classifications: Mapping[str, int]
    always: int


def lower(policy: Policy, without: frozenset[str] = frozenset()) -> Program:
    """The program of a policy that is free of errors, or of what it is if some criteria are never in force."""
    lowering = Lowering(policy, without)
    rooted = lowering.rooted()
    return lowering.program(rooted, range(len(lowering.nodes)))


def domain(fact: Fact) -> Domain:
    """Which answers a fact can have, as points."""
    match fact:
        case YesNo() | SetOf():
            return Domain()
        case Number(minimum=low, maximum=high):
            return Domain(low, high, whole=fact.whole, none=may_be_none(fact))
        case Day(latest_request=latest_request):
            return Domain(FIRST_DAY, LAST_DAY, whole=True, latest_request=latest_request, none=may_be_none(fact))
        case OneOf(options=options):
            ranks = {option.id: rank for rank, option in enumerate(options)}
            return Domain(0, len(options) - 1, whole=True, ranks=ranks, none=may_be_none(fact))
        case _:
            assert_never(fact)


class Lowering:
    """Numbers nodes as they are asked for; equal nodes are one.

    It can go on from the lowering of another state of the policy, which has the same facts or fewer: all criteria but
    those `touched` are then the same nodes.
    """

    def __init__(
        self,
        policy: Policy,
        without: frozenset[str] = frozenset(),
        like: Lowering | None = None,
        touched: Container[str] = (),
    ) -> None:
        self.policy, self.without = policy, without
        self.nodes: list[Node] = [] if like is None else like.nodes
        self._numbers: dict[Node, int] = {} if like is None else like._numbers
        same = {} if like is None else like.criteria
        self.criteria: dict[str, Lowered] = {id: lowered for id, lowered in same.items() if id not in touched}
        ruled = {} if like is None else like._ruled
        self._ruled: dict[str, tuple[int, Cited]] = {id: rule for id, rule in ruled.items() if id not in touched}
        self._is_edit = like is not None
        self.domains: dict[str, Domain] = {} if like is None else like.domains
        for fact in policy.facts.values():
            if fact.id not in self.domains:
                self.domains[fact.id] = domain(fact)
        self.certainty: Certainty = Certainty(self.nodes, self.domains) if like is None else like.certainty

    def number(self, node: Node) -> int:
        """The number of a node."""
        if node not in self._numbers:
            self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return self._numbers[node]

    def rooted(self) -> Rooted:
        """Lower all of the policy."""
        policy = self.policy
        # What an edit touches, its rules and classifications ask.
        for criterion in () if self._is_edit else all_criteria(policy):
            self.lowered(criterion)
        rules = {request: self.rules(request) for request in policy.requests}
        for restriction in (one for rule in policy.rules if rule.grant for one in rule.grant.restrictions):
            if restriction.when is not None:
                self.asked(policy.criteria[restriction.when])
        decisions = {request: self._decision(request, own) for request, own in rules.items()}
        return Rooted(
            policy=policy,
            criteria=self.criteria,
            decisions=decisions,
            classifications={named.name: self.asked(named.criterion) for named in policy.classifications},
            always=self.number(ALWAYS),
        )

    def program(self, rooted: Rooted, numbers: Sequence[int]) -> Program:
        """A policy as a program; `numbers` are those of its nodes."""
        decisions = rooted.decisions.items()
        return Program(
            nodes=self.nodes,
            exact=frozenset(number for number in numbers if self.is_exact(number)),
            exact_requests=frozenset(request for request, one in decisions if self.certainty.decided(one)),
            alone=alone_nodes(self.nodes, numbers, self.domains),
            domains=self.domains,
            criteria=rooted.criteria,
            decisions=rooted.decisions,
            classifications=rooted.classifications,
            always=rooted.always,
        )

    def is_exact(self, number: int) -> bool:
        """Whether a node is a `Shown` at which three-valued logic is exact."""
        node = self.nodes[number]
        return isinstance(node, Shown) and self.certainty.shown(node.of)

    def _decision(self, request: str, rules: tuple[DecisionRule, ...]) -> Decision:
        rest = self.policy.otherwise_for(request)
        otherwise, label = (rest.outcome, rest.label) if rest else (Outcome.NOT_ADDRESSED, "")
        return Decision(rules, otherwise, self.unmet(rules), label)

    def lowered(self, criterion: Criterion) -> Lowered:
        """The nodes of a criterion."""
        if criterion.id not in self.criteria:
            in_force = self._in_force(criterion)
            self.criteria[criterion.id] = Lowered(self._guarded(criterion), in_force, None)
        return self.criteria[criterion.id]

    def asked(self, criterion: Criterion) -> int:
        """The node that a criterion is in force and met, where the policy asks that."""
        return self._all([self.lowered(criterion).in_force, self._met(criterion)])

    def rules(self, request: str) -> tuple[DecisionRule, ...]:
        """The rules that decide a kind of request, in order of precedence."""
        found = []
        for rule in self.policy.rules_for(request):
            if rule.criterion.id not in self._ruled:
                self._ruled[rule.criterion.id] = self.asked(rule.criterion), self._cited(rule.criterion)
            node, cited = self._ruled[rule.criterion.id]
            found.append(DecisionRule(node, rule.outcome, cited))
        return tuple(found)

    def unmet(self, rules: Iterable[DecisionRule]) -> int:
        """The node that no rule is met."""
        return self.number(Shown(self._not(self._any(rule.node for rule in rules))))

    def _met(self, criterion: Criterion) -> int:
        lowered = self.lowered(criterion)
        if lowered.met is None:
            lowered = replace(lowered, met=self.number(Shown(lowered.truth)))
            self.criteria[criterion.id] = lowered
        assert lowered.met is not None
        return lowered.met

    def _in_force(self, criterion: Criterion) -> int:
        if criterion.id in self.without:
            return self.number(NEVER)
        return self._all([self._valid(criterion.valid), self._members_in_force(criterion.logic)])

    def _valid(self, valid: Period) -> int:
        if valid == Period():
            return self.number(ALWAYS)
        edges = [None if day is None else Edge(Constant(day.toordinal()), True) for day in (valid.start, valid.end)]
        return self.number(Lies(RequestDate(), (Span(*edges),)))

    def _members_in_force(self, logic: Logic) -> int:
        match logic:
            case Reference(to):
                return self.lowered(self.policy.criteria[to]).in_force
            case Comparison():
                return self.number(ALWAYS)
            case ListOf() | Not():
                return self._any(self.lowered(member).in_force for member in members(logic))
            case OfRows():
                raise AssertionError(NOT_UNROLLED)
            case _:
                assert_never(logic)

    def _guarded(self, criterion: Criterion) -> int:
        logic, guard = self.logic(criterion.logic), criterion.unless
        if guard is None:
            return logic
        waived = self.asked(guard)
        if criterion.set_aside is Truth.TRUE:
            return self._any([logic, waived])
        return self._all([logic, self._not(waived)])

    def logic(self, logic: Logic) -> int:
        """The node that what a criterion asks itself is so, whatever it is guarded with."""
        match logic:
            case AllOf():
                return self._all(
                    self._any([self._not(member.in_force), member.truth]) for member in self._lowered_members(logic)
                )
            case AnyOf():
                return self._any(self._counting(logic))
            case AtLeast(count):
                return self._gate(count, self._counting(logic))
            case Not():
                [member] = self._lowered_members(logic)
                return self._not(member.truth)
            case Reference(to):
                return self._met(self.policy.criteria[to])
            case Comparison():
                return self._comparison(logic.test, self.policy.compared(logic))
            case OfRows():
                raise AssertionError(NOT_UNROLLED)
            case _:
                assert_never(logic)

    def _lowered_members(self, logic: Logic) -> list[Lowered]:
        return [self.lowered(member) for member in members(logic)]

    def _counting(self, logic: Logic) -> list[int]:
        """For each member the node that it is in force and met."""
        return [self._all([member.in_force, member.truth]) for member in self._lowered_members(logic)]

    def _comparison(self, test: Test, fact: Fact) -> int:
        atom, denied = asked_of(test, fact, self.domains.get(fact.id) or domain(fact))
        node = self.number(atom)
        return self._not(node) if denied else node

    def _cited(self, criterion: Criterion) -> Cited:
        node = self.asked(criterion)
        return Cited(node, criterion.label, self._alternatives(criterion))

    def _alternatives(self, criterion: Criterion) -> tuple[Cited, ...]:
        if not isinstance(criterion.logic, AnyOf) or criterion.unless is not None:
            return ()
        printed = [member for member in members(criterion.logic) if member.text is not None]
        nodes = [self._all([self.lowered(member).in_force, self.lowered(member).truth]) for member in printed]
        return tuple(
            Cited(node, member.label, self._alternatives(member)) for node, member in zip(nodes, printed, strict=True)
        )

    def _not(self, of: int) -> int:
        match self.nodes[of]:
            case Gate(0, _):
                return self.number(NEVER)
            case Gate(count, members) if count > len(members):
                return self.number(ALWAYS)
            case Inverse(inner):
                return inner
            case Gate() | Yes() | Includes() | Lies() | Shown():
                return self.number(Inverse(of))
            case node:
                assert_never(node)

    def _all(self, of: Iterable[int]) -> int:
        listed = list(of)
        return self._gate(len(listed), listed)

    def _any(self, of: Iterable[int]) -> int:
        """Any of these; options of one list that are asked one by one are one atom."""
        listed = list(of)
        atoms = [self.nodes[number] for number in listed]
        lists = [atom for atom in atoms if isinstance(atom, Includes)]
        if len(lists) == len(atoms) > 1 and len({atom.fact for atom in lists}) == 1:
            return self.number(Includes(lists[0].fact, frozenset().union(*(atom.options for atom in lists))))
        return self._gate(1, listed)

    def _gate(self, count: int, of: list[int]) -> int:
        """At least so many of these; what is always or never so is counted at once."""
        always, never = self._numbers.get(ALWAYS), self._numbers.get(NEVER)
        count -= sum(number == always for number in of)
        open_ = tuple(number for number in of if number not in (always, never))
        if count <= 0:
            return self.number(ALWAYS)
        if count > len(open_):
            return self.number(NEVER)
        if len(open_) == 1:
            return open_[0]
        return self.number(Gate(count, open_))


def asked_of(test: Test, fact: Fact, answers: Domain) -> tuple[Atom, bool]:
    """The atom that a comparison of a fact asks, and whether it asks that it is not so: "no" is not yes."""
    match test:
        case IsOneOf(values) if isinstance(fact, YesNo):
            return Yes(fact.id), True not in values
        case IsOneOf(values):
            points = sorted(point(value, answers) for value in values)
            return Lies(Answer(fact.id), tuple(_run(run) for run in _runs(points, answers))), False
        case IncludesAnyOf(options):
            return Includes(fact.id, options), False
        case Range(low, high):
            return Lies(Answer(fact.id), (Span(_edge(low, answers, 1), _edge(high, answers, -1)),)), False
        case HasNone() if isinstance(fact, SetOf):
            return Includes(fact.id, frozenset(fact.names)), True
        case HasNone():
            # Any value at all lies in a span without edges.
            return Lies(Answer(fact.id), (Span(None, None),)), True
        case Elapsed():
            return Lies(RequestDate() if fact is REQUEST_DATE else Answer(fact.id), (span_of(test),)), False
        case _:
            assert_never(test)


def span_of(test: Elapsed) -> Span:
    """The days on one side of a date, as far away from it as is asked."""
    start = RequestDate() if test.anchor is None else Answer(test.anchor)
    before = test.direction is Direction.BEFORE

    def away(length: Length) -> Edge:
        return Edge(Moved(start, length.duration, -1 if before else 1), length.included)

    near = Edge(start, True) if test.low is None else away(test.low)
    far = None if test.high is None else away(test.high)
    return Span(far, near) if before else Span(near, far)


def _edge(bound: Bound | None, answers: Domain, side: int) -> Edge | None:
    """A low edge (`side` 1) or a high one (-1). Of whole numbers "more than 1" is "at least 2"."""
    if bound is None:
        return None
    at = point(bound.value, answers)
    if answers.whole and isinstance(bound.value, int | Decimal):
        inside = math.floor(at) + 1 if side == 1 else math.ceil(at) - 1
        return Edge(Constant(at if bound.included else inside), True)
    return Edge(Constant(at), bound.included)


def _runs(points: list[Point], answers: Domain) -> list[list[Point]]:
    """Points in order, neighbours of whole ones together."""
    if not answers.whole:
        return [[value] for value in points]
    keyed = groupby(enumerate(points), key=lambda pair: pair[1] - pair[0])
    return [[value for _, value in run] for _, run in keyed]


def _run(run: list[Point]) -> Span:
    return Span(Edge(Constant(run[0]), True), Edge(Constant(run[-1]), True))
