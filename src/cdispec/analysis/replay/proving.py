"""Questions about every case at once: whether any is determined otherwise by an edit of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import z3

from cdispec.analysis.proof.limit import LIMIT, of_all, of_one
from cdispec.analysis.proof.rows import constraints
from cdispec.analysis.replay.replay import NO, YES, Replay
from cdispec.analysis.replay.view import Side
from cdispec.core.lower import Rooted
from cdispec.determine.limits import left_of
from cdispec.model.limits import Grant
from cdispec.targets.smt import Answers, Decided, Solver, Truths, settled_alike
from cdispec.targets.smt.formulas import Kleene


class Proving:
    """The policy of a replay and its edits over the same answers."""

    def __init__(self, replay: Replay, limit: float = LIMIT) -> None:
        self.replay = replay
        self.answers = Answers([replay.asking], of_all(limit))
        self.given: dict[str, Kleene] = {
            YES: Kleene(z3.BoolVal(True), z3.BoolVal(False)),
            NO: Kleene(z3.BoolVal(False), z3.BoolVal(True)),
        }
        self.truths = Truths(replay.asking, self.answers, program=replay.table(), given=self.given)
        possible = [self.answers.day >= replay.policy.since.toordinal(), *constraints([replay.state], self.answers)]
        self.solver = Solver(self.answers, *possible, steps=of_one(limit))
        self._decided: dict[object, Decided] = {}

    def ever(self, *formulas: z3.BoolRef) -> bool:
        """Whether all of this holds of a case. Raises TooMuchWorkError where a fixed amount of work does not tell."""
        return self.solver.ever(*formulas)

    def lacking(self, id: str) -> z3.BoolRef:
        """That it is known of a fact of a comparison that it has no value."""
        facts = [self.replay.policy.facts[fact] for fact in self.replay.optional(id)]
        return z3.Or([z3.And(self.answers.known(fact), self.answers.none(fact)) for fact in facts])

    def decided(self, side: Side, request: str) -> Decided:
        """What the policy or an edit of it says of a kind of request."""
        decision = side.rooted.decisions[request]
        if decision not in self._decided:
            self._decided[decision] = Decided(decision, side.exactly_decided(request), self.truths)
        return self._decided[decision]

    def otherwise(self, side: Side, request: str) -> z3.BoolRef:
        """That an edit determines a kind of request otherwise."""
        found = [*self._classified(side.rooted), *self._decided_otherwise(side, request)]
        return z3.Or([*found, *self._limited(side, request)])

    def limited(self, side: Side) -> Iterator[z3.BoolRef]:
        """Formulas of which one holds where an edit may grant with other limits."""
        for request in self.replay.policy.requests:
            yield from self._limited(side, request)

    def _limited(self, side: Side, request: str) -> Iterator[z3.BoolRef]:
        """Where the same may be granted with other limits: no solver counts them, so that only bounds exclude it."""
        base = self.replay.base
        later = {rule.criterion.id: rule.grant for rule in side.policy.rules_for(request)}
        for rule in self.replay.policy.rules_for(request):
            grant, now = rule.grant, later.get(rule.criterion.id, rule.grant)
            if grant is None or now is None:
                continue
            grants = self.decided(base, request).is_(rule.outcome)
            if grant != now and not self._never_count(grant, now):
                yield grants
            for id in (one.when for one in grant.restrictions if one.when is not None):
                before, after = base.rooted.criteria[id], side.rooted.criteria[id]
                for pair in ((before.met, after.met), (before.in_force, after.in_force)):
                    one, other = pair
                    if one is not None and other is not None:
                        yield from (z3.And(grants, unlike) for unlike in self.unlike(one, other))

    def _never_count(self, one: Grant, other: Grant) -> bool:
        """Whether two grants differ in amounts alone of which each leaves whatever can be requested."""
        if replace(one, quotas=()) != replace(other, quotas=()) or not one.quotas or not other.quotas:
            return False
        measures = self.replay.base.measures
        for quota in {*one.quotas} ^ {*other.quotas}:
            requested, left = measures.known(quota.requested, {}), left_of(quota, measures, {})
            if requested.most is None or requested.most > left.least:
                return False
        return True

    def _classified(self, after: Rooted) -> Iterator[z3.BoolRef]:
        for name, node in self.replay.base.rooted.classifications.items():
            yield from self.unlike(node, after.classifications[name])

    def unlike(self, node: int, other: int) -> list[z3.BoolRef]:
        """Formulas of which one holds where two nodes have different truths."""
        if node == other:
            return []
        one, two = self.truths.truth(node), self.truths.truth(other)
        return [*_unlike(one.true, two.true), *_unlike(one.false, two.false)]

    def not_known_alike(self, node: int, other: int) -> list[z3.BoolRef]:
        """Formulas of which one holds where two nodes are not both known to be true, or both to be false."""
        if node == other:
            return []
        one, two = self.truths.truth(node), self.truths.truth(other)
        return [z3.Not(z3.Or(*(z3.And(*pair) for pair in zip(one, two, strict=True))))]

    def _decided_otherwise(self, side: Side, request: str) -> Iterator[z3.BoolRef]:
        base = self.replay.base
        if base.rooted.decisions[request] == side.rooted.decisions[request]:
            return
        before, after = self.decided(base, request), self.decided(side, request)
        for outcome in dict.fromkeys([*before.outcomes, *after.outcomes]):
            yield from _unlike(before.is_(outcome), after.is_(outcome))
        same = settled_alike(before, after)
        for label in {**before.resting, **after.resting}:
            yield from (z3.And(same, unlike) for unlike in _unlike(before.rests_on(label), after.rests_on(label)))
        yield from (z3.And(same, unlike) for unlike in _unlike(before.alternatives, after.alternatives))


def _unlike(one: z3.BoolRef, other: z3.BoolRef) -> Iterator[z3.BoolRef]:
    if not one.eq(other):
        yield one != other
