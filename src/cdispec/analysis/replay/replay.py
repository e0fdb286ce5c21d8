"""The cases of scenarios, decided by their policy and by small edits of it.

All cases are decided side by side (`targets.columns`), and of an edit only what stands above it is worked out anew. A
set of cases is a whole number with a bit for each case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import reduce
from operator import or_
from typing import NamedTuple

from cdispec.analysis.faults.deciding import above, deciding_or_limiting, inside_out
from cdispec.analysis.proof.bounded import bounded
from cdispec.analysis.replay.edited import Edited
from cdispec.analysis.replay.measured import Measured
from cdispec.analysis.replay.settling import Settled, settled
from cdispec.analysis.replay.view import Saying, Side, View
from cdispec.core.lower import Rooted
from cdispec.core.program import Decision, DecisionRule, Program, cited_labels, cited_nodes
from cdispec.core.unroll import slots_for, unrolled
from cdispec.core.variants import Variants
from cdispec.determine.determination import Prepared
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Criterion, holding, parts
from cdispec.model.facts import NoValue, may_be_none
from cdispec.model.policy import Policy, decided_by
from cdispec.scenario.expectations import granted_sentences
from cdispec.targets.columns import Column, Columns, bits, mask

YES, NO = "always so", "never so"
"""Facts that edits may ask, of which every case answers the one with yes and the other with no."""


class Differing(NamedTuple):
    """The cases that are determined otherwise, and those left open of which something else may be needed.

    The `doubtful` are one or the other, or neither, as looking at each of them tells.
    """

    determined: int
    needed: int
    doubtful: int = 0


def beside_lines(policy: Policy, cases: Iterable[Case]) -> list[Case]:
    """Cases with what other lines of their requests answer, which no edit changes: it is as the policy has it."""
    prepared = Prepared(policy)
    return [case if case.lines is None else prepared.beside_lines(case)[0] for case in cases]


class Replay:
    """Some cases of a policy, which edits of it are asked again.

    `surface` is the policy as its author states it, `policy` the same with as many rows of its lists as its cases and
    its criteria have (`state`); it is the policy itself where nothing repeats.
    """

    def __init__(self, policy: Policy, cases: Sequence[Case]) -> None:
        self.surface, self.size = policy, len(cases)
        cases = beside_lines(policy, cases)
        self.state = unrolled(policy, _slots(policy, cases))
        self.policy = policy = self.state.policy
        cases = [self.state.case(case) for case in cases] if self.state.slots else cases
        criteria = list(deciding_or_limiting(policy))
        self._inside_out = list(inside_out(criteria, policy))
        self._above = above(criteria, policy)
        self._unrolled: dict[int, tuple[Edited, Edited]] = {}
        measured = Measured(policy)
        self._variants = Variants(policy, measured.policy.facts)
        complete = [number for number, case in enumerate(cases) if case.complete]
        self._opened = {number: self.size + place for place, number in enumerate(complete)}
        self.asking = measured.policy
        """The policy with all the facts that edits of it ask."""
        cases = [*map(measured.of, cases)]
        every = [*cases, *(cases[number].opened() for number in complete)]
        table = self._variants
        self._standing_in: dict[str, Column] = {}
        self.columns = Columns(table.nodes, table.domains, table.certainty, every, self._standing_in)
        self.stand_in(YES, Column(self.columns.all, 0))
        self.stand_in(NO, Column(0, self.columns.all))
        self.all = (1 << self.size) - 1
        self.complete = mask((*complete, *self._opened.values()))
        """The complete records, and the same cases with open ones."""
        self.of_request = {
            request: mask(number for number, case in enumerate(cases) if case.request == request)
            for request in policy.requests
        }
        self.base = self.side(self._variants.base)
        self._said: dict[int, View] = {}
        self._settled: dict[str, tuple[Settled, int]] = {}
        self._worked_out: dict[tuple[int, int], int] = {}

    def stand_in(self, fact: str, column: Column) -> None:
        """Let a yes-no fact, which the policy does not have and edits may ask, be answered so."""
        self._standing_in[fact] = column

    def side(self, rooted: Rooted) -> Side:
        """The policy, or an edit of it, as what decides the cases."""
        base = None if rooted is self._variants.base else self.base
        return Side(self._variants, rooted, self.columns, self._opened, base, self.state)

    def of_surface(self, edited: Edited) -> Edited:
        """An edit of the surface as one of the policy with rows."""
        if not self.state.slots:
            return edited
        if id(edited) not in self._unrolled:
            flat, known = unrolled(edited.policy, self.state.slots).policy, self.policy.criteria
            changed = (id for id, criterion in flat.criteria.items() if _is_changed(known.get(id), criterion))
            self._unrolled[id(edited)] = edited, Edited(flat, frozenset(changed))
        return self._unrolled[id(edited)][1]

    def edit(self, edited: Edited) -> Side:
        """An edit of the policy as what decides the cases."""
        return self.side(self._variants.of(edited.policy, self._touched(edited.changed)))

    def table(self) -> Program:
        """The nodes of the policy and of all its edits so far."""
        return self._variants.table()

    def holders(self, id: str) -> Set[str]:
        """The criteria that one decides directly."""
        return self._above.get(id, set())

    def logic(self, id: str) -> int:
        """The node of what a criterion itself asks, whatever it is guarded with."""
        return self._variants.logic(self.policy.criteria[id].logic)

    def optional(self, id: str) -> list[str]:
        """The facts of a comparison that may have no value."""
        logic = self.policy.criteria[id].logic
        facts = logic.facts if isinstance(logic, Comparison) else ()
        return [fact for fact in facts if may_be_none(self.policy.facts[fact])]

    def lacking(self, id: str) -> int:
        """The cases in which it is known of a fact of a comparison that it has no value."""
        facts, cases = self.optional(id), self.columns.cases
        return mask(n for n, case in enumerate(cases) if any(case.facts.get(fact) == NoValue() for fact in facts))

    def in_force(self, id: str) -> int:
        """The cases on whose day a criterion is in force."""
        return self.columns.column(self._variants.base.criteria[id].in_force).true

    def said(self, number: int) -> View:
        """What the policy says of a case."""
        if number not in self._said:
            self._said[number] = self.base.view(number)
        return self._said[number]

    def _touched(self, changed: frozenset[str]) -> set[str]:
        found, waiting = set(changed), list(changed)
        while waiting:
            further = self._above.get(waiting.pop(), set()) - found
            found |= further
            waiting += further
        return found

    def differing(self, side: Side, changed: frozenset[str], within: int = -1) -> Differing:
        """Where an edit that changes these criteria makes a difference, within a set of cases."""
        found = self.candidates(side, changed, within)
        determined, needed = found.determined, found.needed
        for number in bits(found.doubtful):
            one, other = self.said(number), side.view(number)
            if one.outcome is not other.outcome or (not one.outcome.is_open and one.clauses() != other.clauses()):
                determined |= 1 << number
            elif one.outcome.is_open:
                needed |= 1 << number
        return Differing(determined, needed & ~determined)

    def candidates(self, side: Side, changed: frozenset[str], within: int = -1) -> Differing:
        """The same, without looking at those that are doubtful."""
        affected = self._affected(side, changed)
        determined = (self._classified(side) | self._limited(side)) & within
        needed = doubtful = 0
        for request, own in self.of_request.items():
            asked = within & own & ~determined & self._reached(side, request, affected)
            if asked:
                found = self._of_request(side, request, asked)
                determined, needed = determined | found.determined, needed | found.needed
                doubtful |= found.doubtful
        return Differing(determined, needed & ~determined, doubtful & ~determined)

    def _affected(self, side: Side, changed: frozenset[str]) -> Mapping[str, int]:
        """For each criterion that an edit touches the cases in which it, or what it is unknown by, may be otherwise."""
        found: dict[str, int] = {}
        touched = self._touched(changed)
        for criterion in self._inside_out:
            id = criterion.id
            if id not in touched or id not in side.rooted.criteria:
                continue
            before, after = self.base.rooted.criteria[id], side.rooted.criteria[id]
            if (before.truth, before.in_force) == (after.truth, after.in_force):
                found[id] = 0
                continue
            held = (found.get(part.id, 0) for part in decided_by(criterion, self.policy))
            reached = self.columns.all if id in changed else reduce(or_, held, 0)
            found[id] = reached & ~(
                self._known_alike(before.truth, after.truth) & self._known_alike(before.in_force, after.in_force)
            )
        return found

    def _known_alike(self, one: int, other: int) -> int:
        if one == other:
            return self.columns.all
        first, second = self.columns.column(one), self.columns.column(other)
        return (first.true & second.true) | (first.false & second.false)

    def _otherwise(self, one: int, other: int) -> int:
        """The cases in which two nodes have different truths, or that is not worked out."""
        if one == other:
            return 0
        first, second = self.columns.column(one), self.columns.column(other)
        return (first.true ^ second.true) | (first.false ^ second.false) | first.vague | second.vague

    def _limited(self, side: Side) -> int:
        """The cases of which a scenario can say that they are granted with other limits."""
        found = 0
        for request, own in self.of_request.items():
            grants, now = ([rule.grant for rule in policy.rules_for(request)] for policy in (self.policy, side.policy))
            restrictions = [one for grant in grants if grant is not None for one in grant.restrictions]
            asked = [one.when for one in restrictions if one.when is not None]
            if grants != now or any(self.base.rooted.criteria[id] != side.rooted.criteria[id] for id in asked):
                forms = [one.words for one in restrictions]
                found |= mask(number for number in bits(own) if self._says_otherwise(number, side, forms))
        return found

    def _says_otherwise(self, number: int, side: Side, forms: Sequence[str]) -> bool:
        before, after = (granted_sentences(Saying(view), forms) for view in (self.said(number), side.view(number)))
        return before != after

    def _classified(self, side: Side) -> int:
        """The cases that are classified otherwise."""
        found = 0
        for name, node in self.base.rooted.classifications.items():
            now = side.rooted.classifications.get(name)
            if now is None:
                return self.all
            differ = self._otherwise(node, now)
            vague = differ & (self.columns.column(node).vague | self.columns.column(now).vague)
            same = (number for number in bits(vague & self.all) if self._alike(side, number, node, now))
            found |= differ & ~mask(same)
        return found & self.all

    def _alike(self, side: Side, number: int, node: int, now: int) -> bool:
        if (number, node) not in self._worked_out:
            self._worked_out[number, node] = View(self.base, number).truths[node]
        return self._worked_out[number, node] == View(side, number).truths[now]

    def _reached(self, side: Side, request: str, affected: Mapping[str, int]) -> int:
        """The cases in which an edit may make a difference to the rules of a kind of request."""
        before, after = self.base.rooted.decisions[request], side.rooted.decisions.get(request)
        if after is None or not same_frame(before, after):
            return self.columns.all
        ids = [rule.criterion.id for rule in side.policy.rules_for(request)]
        found = reduce(or_, (affected.get(id, 0) for id in ids), 0) | self._cited(before, after)
        for number, twin in self._opened.items():
            found |= (found >> twin & 1) << number
        return found

    def _cited(self, before: Decision, after: Decision) -> int:
        """The cases in which a rule, or an alternative that is cited of it, may be met otherwise.

        What is unknown of two rules alike can still go together otherwise, so that another clause may come to be cited.
        """
        found = 0
        for one, other in zip(before.rules, after.rules, strict=True):
            if one.cited is not other.cited:
                nodes = zip(_nodes(one), _nodes(other), strict=True)
                found |= reduce(or_, (self.columns.all & ~self._known_alike(*pair) for pair in nodes))
        return found

    def _vague(self, decision: Decision) -> int:
        nodes = (node for rule in decision.rules for node in _nodes(rule))
        return reduce(or_, (self.columns.column(node).vague for node in nodes), 0)

    def _base(self, request: str) -> tuple[Settled, int]:
        """What the policy itself settles of a kind of request, and where that is not worked out."""
        if request not in self._settled:
            decision = self.base.rooted.decisions[request]
            self._settled[request] = settled(decision, self.columns, self.columns.all), self._vague(decision)
        return self._settled[request]

    def _of_request(self, side: Side, request: str, within: int) -> Differing:
        before, after = self.base.rooted.decisions[request], side.rooted.decisions[request]
        (was, vague), is_ = self._base(request), settled(after, self.columns, within)
        unsure = within & (vague | self._vague(after))
        may_agree = within & ~unsure & (self.columns.complete | ~(was.cases & is_.cases))
        if may_agree and not (self.base.exactly_decided(request) and side.exactly_decided(request)):
            unsure |= may_agree
        unsure |= may_agree & self.columns.ranged
        alike = reduce(or_, (cases & is_.outcomes.get(outcome, 0) for outcome, cases in was.outcomes.items()), 0)
        neither = within & ~was.cases & ~is_.cases & ~unsure
        cited = alike & ~unsure
        if same_frame(before, after):
            cited &= self._cited(before, after)
        return Differing(within & ~alike & ~neither & ~unsure, neither, cited | unsure)


def _is_changed(before: Criterion | None, after: Criterion) -> bool:
    """Whether an edit changes a criterion, and not only what it holds."""
    if before is None or before == after:
        return before is None
    kept = parts(before)
    return len(kept) != len(parts(after)) or holding(after, kept) != before


def _slots(policy: Policy, cases: Sequence[Case]) -> dict[str, int]:
    """As many rows of each list as any case has, and as the criteria can tell apart."""
    [enough] = bounded(policy).states
    return {of: max([slots, *(slots_for(policy, case)[of] for case in cases)]) for of, slots in enough.slots.items()}


def same_frame(one: Decision, other: Decision) -> bool:
    """Whether two decisions differ in their nodes alone."""
    if (one.otherwise, one.label, len(one.rules)) != (other.otherwise, other.label, len(other.rules)):
        return False
    return all(
        rule.outcome is after.outcome
        and (rule.cited is after.cited or [*cited_labels(rule.cited)] == [*cited_labels(after.cited)])
        for rule, after in zip(one.rules, other.rules, strict=True)
    )


def _nodes(rule: DecisionRule) -> list[int]:
    """The node of a rule, and those of what is cited of it."""
    return [rule.node, *cited_nodes(rule.cited)]
