"""The effect of a revision: the two states as formulas, held against each other for every case at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

import z3

from cdispec.analysis.changes.identity import with_ids_of
from cdispec.analysis.effects.attribution import attributable, neutral
from cdispec.analysis.effects.effect import Effect, Relation, RequestEffect, Witness
from cdispec.analysis.effects.lines import following_lines, following_names
from cdispec.analysis.effects.logic import changed_criteria, logic_of, printed_clauses, tallies_of
from cdispec.analysis.effects.measured import Measured
from cdispec.analysis.proof.bounded import bounded, with_rows
from cdispec.analysis.proof.limit import LIMIT, of_all, of_one
from cdispec.analysis.proof.rows import constraints, rows_of
from cdispec.analysis.proof.witness import Witnesses
from cdispec.core.work import SECOND, TooMuchWorkError
from cdispec.determine.determination import determine
from cdispec.model.case import Case
from cdispec.model.determination import Determination
from cdispec.model.outcomes import Outcome, in_order
from cdispec.model.policy import Policy, RequestKind
from cdispec.targets.smt import Answers, Decided, Solver, Truths, decided, settled_alike

_Pair = tuple[Outcome, Outcome]


def effect_of(before: Policy, after: Policy, limit: float = LIMIT, last: date | None = None) -> Effect:
    """What a state of a policy decides otherwise than another one, on the days on which both could decide.

    Both must be free of errors. A question may take the solver `limit` seconds. A retired state decides nothing, and
    there is nothing to compare with it. `last` is the last day on which the state after decides, where another follows.
    """
    before = with_ids_of(before, after)
    same = logic_of(before) == logic_of(after)
    former, later = ({} if state.retired else state.requests for state in (before, after))
    both = [request for request in later.values() if request.id in former]
    comparison = None if same or not both else _Comparison(before, after, limit, last)
    alone = [comparison.request(kind) if comparison else _unchanged(kind, after) for kind in both]
    requests = following_lines(alone, before, after)
    classified = comparison.classified(both[0].id) if comparison else {}
    return Effect(
        before=before,
        after=after,
        requests=tuple(requests),
        begun=tuple(kind for kind in later.values() if kind.id not in before.requests),
        ended=tuple(kind for kind in former.values() if kind.id not in after.requests),
        classified={**following_names(requests, before, after), **classified},
        same_logic=same,
        limit=limit,
        rows=comparison.bounded.rows if comparison else 0,
        named=tuple(name for name in _names(after) if name not in _names(before)),
        unnamed=tuple(name for name in _names(before) if name not in _names(after)),
    )


def _unchanged(request: RequestKind, policy: Policy) -> RequestEffect:
    """Where the logic is the same, so is every outcome."""
    return RequestEffect(request, dict.fromkeys(_outcomes(request.id, policy), Relation.EQUIVALENT), (), None, True)


def _outcomes(request: str, *states: Policy) -> list[Outcome]:
    """The outcomes that a kind of request can have in some states."""
    found: set[Outcome] = set()
    for policy in states:
        own = {*policy.outcomes_of(request).values()}
        found |= own if len(own) == 1 else {*own, Outcome.MORE_INFORMATION}
    return in_order(found)


class _Comparison:
    """Two states over the same answers."""

    def __init__(self, before: Policy, after: Policy, limit: float, last: date | None) -> None:
        self.bounded = bounded(before, after)
        self.before, self.after = before, after = [state.policy for state in self.bounded.states]
        tallies = [tallies_of(state.surface) for state in self.bounded.states]
        self.counted_otherwise = any(tallies[1][id] != one for id, one in tallies[0].items() if id in tallies[1])
        """Whether a number of both states is counted otherwise, of which a solver knows nothing."""
        self.answers = Answers([before, after], of_all(limit))
        self.truths = Truths(before, self.answers), Truths(after, self.answers)
        changed = changed_criteria(before, after)
        # Where something else differs as well, or what is asked of rows, nothing can be put down to a clause.
        stated = {id for state in self.bounded.states for id in state.surface.criteria}
        of_rows = not stated.issuperset(changed)
        self.changed = changed if not of_rows and attributable(before, after, changed) else ()
        first = max(before.since, after.since)
        days = [self.answers.day >= first.toordinal()]
        days += [] if last is None else [self.answers.day <= last.toordinal()]
        self.measured = Measured(before, after)
        days += self.measured.given_alike(self.answers)
        days += constraints(self.bounded.states, self.answers)
        solver = Solver(self.answers, *days, steps=of_one(limit))
        self.witnesses = Witnesses(
            solver, self.answers, (before, after), first, rows_of(self.bounded.states, self.answers)
        )

    def request(self, kind: RequestKind) -> RequestEffect:
        """What is decided otherwise of one kind of request."""
        seen = _outcomes(kind.id, self.before, self.after)
        if self.counted_otherwise:
            return RequestEffect(kind, dict.fromkeys(seen), (), None, False)
        try:
            with self.answers.work.part(self.witnesses.solver.steps):
                states = [decided(kind.id, truths) for truths in self.truths]
        except TooMuchWorkError:
            return RequestEffect(kind, dict.fromkeys(seen), (), None, False)
        self.open: set[str] = set()
        found: dict[_Pair, list[Witness]] = {}
        undecided: set[_Pair] = set()
        for pair in _pairs(seen) if self._may_differ(states, seen) else ():
            try:
                turned = self._turned(kind.id, states, pair)
            except TooMuchWorkError:
                undecided.add(pair)
                continue
            if turned:
                found[pair] = turned
        relations = {outcome: _relation(outcome, found, undecided) for outcome in seen}
        try:
            other_clauses, decided_clauses = self._other_clauses(kind.id, states), True
        except TooMuchWorkError:
            other_clauses, decided_clauses = None, False
        witnesses = tuple(witness for each in found.values() for witness in each)
        still_open = tuple(id for id in self.changed if id in self.open)
        return RequestEffect(kind, relations, witnesses, other_clauses, decided_clauses, still_open)

    def _turned(self, kind: str, states: Sequence[Decided], pair: _Pair) -> list[Witness]:
        """Smallest cases of which the outcome turned from one to another; none where there is no such case.

        Where several criteria were changed and the outcomes are decided, one for each that turns it by itself.
        """
        turned = [state.is_(outcome) for state, outcome in zip(states, pair, strict=True)]
        several = len(self.changed) > 1 and Outcome.MORE_INFORMATION not in pair
        if several and not self.witnesses.solver.ever(*turned):
            return []
        alone = [self._alone(kind, id, *turned) for id in self.changed] if several else []
        found = [witness for witness in alone if witness is not None]
        if not found and (witness := self._witness(kind, *turned)):
            only = self.changed[0] if len(self.changed) == 1 else ""
            found = [replace(witness, due_to=only)]
        for witness in found:
            self._agreed((witness.before.outcome, witness.after.outcome), pair, witness)
        return found

    def _alone(self, kind: str, id: str, *turned: z3.BoolRef) -> Witness | None:
        """A smallest case in which no changed criterion but this one makes a difference; None where there is none.

        Where that is not found out, the criterion stays open.
        """
        try:
            with self.answers.work.part(SECOND):
                others = [neutral(other, *self.truths) for other in self.changed if other != id]
                model = self.witnesses.smallest(*turned, *others)
        except TooMuchWorkError:
            self.open.add(id)
            return None
        return None if model is None else replace(self._replayed(kind, model), due_to=id)

    def _may_differ(self, states: Sequence[Decided], seen: list[Outcome]) -> bool:
        """Whether any case has another outcome. Where that is not decided, each pair of outcomes is asked for."""
        former, later = states
        differs = z3.Or([former.is_(outcome) != later.is_(outcome) for outcome in seen])
        try:
            return self.witnesses.solver.ever(differs)
        except TooMuchWorkError:
            return True

    def _witness(self, kind: str, *formulas: z3.BoolRef) -> Witness | None:
        model = self.witnesses.smallest(*formulas)
        return None if model is None else self._replayed(kind, model)

    def _replayed(self, kind: str, model: z3.ModelRef) -> Witness:
        """The case of a model, decided by both states.

        Where a measure is worked out otherwise, it gives the numbers that show it. Raises TooMuchWorkError where none
        are found.
        """
        cases = self.answers.case(self.before, kind, model), self.answers.case(self.after, kind, model)
        found = self._decided(*cases)
        if not self.measured.differ(*cases):
            return found
        for tried in self.measured.tried(*cases):
            shown = self._decided(*tried)
            if _said(shown.before) == _said(found.before) and _said(shown.after) == _said(found.after):
                return shown
        raise TooMuchWorkError

    def _decided(self, before: Case, after: Case) -> Witness:
        former, later = self.bounded.states
        if self.counted_otherwise:
            # Numbers that are counted otherwise are no one number, and no case gives both.
            raise TooMuchWorkError
        one, other = with_rows(former, before), with_rows(later, after)
        if former.tallies.problems(one) or later.tallies.problems(other):
            raise TooMuchWorkError
        return Witness(one, other, determine(former.surface, one), determine(later.surface, other))

    def _other_clauses(self, kind: str, states: Sequence[Decided]) -> Witness | None:
        former, later = states
        with self.answers.work.part(self.witnesses.solver.steps):
            one, other = _by_clause(self.before, former), _by_clause(self.after, later)
        never = z3.BoolVal(False)
        differ = [one.get(clause, never) != other.get(clause, never) for clause in {**other, **one}]
        witness = self._witness(kind, settled_alike(former, later), z3.Or(differ))
        if witness is not None:
            self._agreed(witness.before.outcome, witness.after.outcome, witness)
        return witness

    def classified(self, kind: str) -> dict[str, Witness | None]:
        """For each classification that differs a case of this kind of request, of which it is not asked."""
        found: dict[str, Witness | None] = {}
        for name in (name for name in _names(self.before) if name in _names(self.after)):
            try:
                former, later = (truths.truth(truths.program.classifications[name]) for truths in self.truths)
                reversed_ = z3.Or(z3.And(former.true, later.false), z3.And(former.false, later.true))
                differs = z3.Or(former.true != later.true, former.false != later.false)
                # That what applied does not apply says more than that it is not known to.
                witness = self._witness(kind, reversed_) or self._witness(kind, differs)
                if witness is not None:
                    same = witness.before.classifications[name] is witness.after.classifications[name]
                    self._agreed(same, False, witness)
                    found[name] = witness
            except TooMuchWorkError:
                found[name] = None
        return found

    def _agreed(self, replayed: object, expected: object, witness: Witness) -> None:
        """Nothing is shown that `determine` does not say as well."""
        if replayed != expected:
            rough = self.answers.agreements or self.answers.cells
            if rough or self.measured.any or self.bounded.rows:
                # Of unknown dates that count from each other `determine` knows only about how long months are, and the
                # solver nothing of what measures are worked out from, nor whether a code of each cell is found. Of rows
                # both know what is asked one by one.
                raise TooMuchWorkError
            raise AssertionError(f"the solver found {expected} of {witness.after_case}, and `determine` {replayed}")


def _said(found: Determination) -> object:
    """What two determinations of one case must share for the one to be shown instead of the other."""
    return found.outcome, frozenset(found.clauses), found.classifications


def _names(policy: Policy) -> list[str]:
    return [named.name for named in policy.classifications]


def _by_clause(policy: Policy, found: Decided) -> dict[str, z3.BoolRef]:
    """Where an outcome rests on a clause, by the permanent id of what is printed under its label."""
    clauses = printed_clauses(policy)
    return {clauses.get(label, label): rests for label, rests in found.resting.items()}


def _pairs(outcomes: list[Outcome]) -> Iterator[_Pair]:
    """Every change from one outcome to another; those between decided outcomes come first."""
    decided_first = sorted(outcomes, key=lambda outcome: outcome is Outcome.MORE_INFORMATION)
    pairs = [(one, other) for one in decided_first for other in decided_first if one is not other]
    yield from sorted(pairs, key=lambda pair: Outcome.MORE_INFORMATION in pair)


def _relation(outcome: Outcome, found: Collection[_Pair], undecided: Collection[_Pair]) -> Relation | None:
    """How the cases of an outcome relate; None where a pair that was not decided could make a difference to that."""
    gained, lost = (any(pair[end] is outcome for pair in found) for end in (1, 0))
    if gained and lost:
        return Relation.DIFFERENT
    if any(outcome in pair for pair in undecided):
        return None
    if gained:
        return Relation.WIDER
    return Relation.NARROWER if lost else Relation.EQUIVALENT
