"""A policy under examination: its criteria as formulas over all complete records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

import z3

from cdispec.analysis.faults.deciding import above, deciding_or_classifying, inside_out, states_something
from cdispec.analysis.faults.keys import Keys
from cdispec.analysis.proof.bounded import bounded
from cdispec.analysis.proof.limit import of_all, of_one
from cdispec.analysis.proof.rows import constraints
from cdispec.core.program import Shown
from cdispec.logic import Truth
from cdispec.model.criteria import AllOf, AnyOf, AtLeast, Comparison, Criterion, Not, OfRows, Reference, walk
from cdispec.model.policy import Policy
from cdispec.targets.smt import Answers, Solver, Truths


class Examination:
    """One policy with a solver over its cases, and what the questions have found so far.

    What a policy means is what it says of complete records, on any day on which it is in effect: an open record comes
    to what those come to that answer every fact. Whether a criterion is met is asked of how things are, whatever of
    that the record shows; whether something is `Shown` is asked of the record.
    Of lists it has as many rows as all criteria ask for together (`state`).
    `criteria` are those that decide or classify something, in the order of the document.
    `inside_out` has them with their parts before themselves, and `above` has for each those that it decides directly.
    `constant` are those of them that no case meets (false) or that every case meets (true) while they are in force.
    `implied` add nothing to their list; those that stand nowhere else are `needless` and can be dropped together.
    `shadowed` are the criteria of rules that never decide.
    """

    def __init__(self, policy: Policy, limit: float) -> None:
        self.bounded = bounded(policy)
        [self.state] = self.bounded.states
        self.policy = policy = self.state.policy
        every = list(deciding_or_classifying(policy))
        # That a list says when something is in force is no matter of its author.
        self.criteria = [one for one in every if self.is_stated(one) and states_something(one)]
        # What is asked of another policy is that one's own matter.
        self.inside_out = [
            one for one in inside_out(every, policy) if one.id not in policy.brought and states_something(one)
        ]
        self.above = above(every, policy)
        self.constant: dict[str, Truth] = {}
        self.implied: set[str] = set()
        self.needless: set[str] = set()
        self.shadowed: set[str] = set()
        self.steps = of_one(limit)
        self.answers = Answers([policy], of_all(limit), only_complete=True)
        self.truths = Truths(policy, self.answers)
        self.keys = Keys(self.truths.program, every)
        possible = [self.answers.day >= policy.since.toordinal(), *constraints([self.state], self.answers)]
        self.solver = Solver(self.answers, *possible, steps=self.steps)

    def is_stated(self, criterion: Criterion) -> bool:
        """Whether the policy states a criterion; each row of a list has what is asked of it for itself."""
        return criterion.id in self.state.surface.criteria

    def is_of_further_rows(self, criterion: Criterion) -> bool:
        """Whether a criterion asks for rows beyond those that are considered, of which there are none."""
        return isinstance(criterion.logic, Comparison) and criterion.logic.fact in self.state.further

    def asks_rows(self, criterion: Criterion) -> bool:
        """Whether a criterion asks for the rows of a list."""
        return criterion.id in self.state.origins

    def stands(self, criterion: Criterion) -> z3.BoolRef:
        """That a criterion is in force."""
        return self.truths.really(self.truths.program.criteria[criterion.id].in_force)

    def met(self, criterion: Criterion) -> z3.BoolRef:
        """That a criterion is in force and met."""
        return z3.And(self.stands(criterion), self._truth(criterion))

    def unmet(self, criterion: Criterion) -> z3.BoolRef:
        """That a criterion is in force and not met."""
        return z3.And(self.stands(criterion), z3.Not(self._truth(criterion)))

    def _truth(self, criterion: Criterion) -> z3.BoolRef:
        return self.truths.really(self.truths.program.criteria[criterion.id].truth)

    def ever(self, *formulas: z3.BoolRef) -> bool:
        """Whether there is a case of which these formulas hold."""
        return self.solver.ever(*formulas)

    def ever_shown(self, criterion: Criterion) -> bool:
        """Whether some record shows that a criterion, which some case meets, is met."""
        if not self.keys.shows(criterion):
            return True
        shown = self.truths.add(Shown(self.truths.program.criteria[criterion.id].truth))
        return self.ever(self.stands(criterion), self.truths.met(shown))

    def proof(self, parts: Sequence[tuple[Criterion, z3.BoolRef]], *given: z3.BoolRef) -> list[Criterion]:
        """Criteria whose formulas cannot hold together, given others that hold; none of them could be left out."""
        kept = list(parts)
        for part in reversed(parts):
            fewer = [other for other in kept if other is not part]
            if not self.ever(*given, *(formula for _, formula in fewer)):
                kept = fewer
        return [criterion for criterion, _ in kept]

    def touched(self, dropped: Iterable[str]) -> set[str]:
        """The criteria that could be met otherwise, or not be in force, where these are dropped; these among them."""
        found = set(dropped)
        waiting = list(found)
        while waiting:
            further = self.above[waiting.pop()] - found
            found |= further
            waiting += further
        return found

    def stands_alone(self, criterion: Criterion) -> bool:
        """Whether all that is answered inside a criterion is asked once, there and nowhere else.

        Where such a criterion makes a difference, so does each of its parts.
        """
        return all(
            part.id not in self.constant
            and not isinstance(part.logic, Reference)
            and (part is criterion or len(self.above[part.id]) == 1)
            and self.keys.asked_once(part)
            for part in walk(criterion)
        )

    def settled_by_a_member(self, criterion: Criterion) -> bool:
        """Whether a member that is never or always met settles an all-of or any-of, whatever the others say."""
        match criterion.logic:
            case AllOf(of):
                return any(self.constant.get(member.id) is Truth.FALSE for member in of)
            case AnyOf(of):
                return any(self.constant.get(member.id) is Truth.TRUE for member in of)
            case AtLeast() | Not() | Comparison() | Reference() | OfRows():
                return False
            case _:
                assert_never(criterion.logic)
