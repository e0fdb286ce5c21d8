"""A policy under examination: its criteria as formulas over the cases that answer every fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import z3

from cdispec.analysis.proof.solver import Solver
from cdispec.logic import Truth
from cdispec.model.criteria import (
    AllOf,
    AnyOf,
    Comparison,
    Criterion,
    IncludesAnyOf,
    IsOneOf,
    Period,
    Reference,
    Within,
    members,
    walk,
)
from cdispec.model.facts import YesNo
from cdispec.model.policy import Policy, blocks
from cdispec.source import Place
from cdispec.targets.smt import Answers, Truths

Key = tuple[str, str]
"""Something that is answered for itself: a fact, an option of a list, or ("", "") the date of the request."""

DAY: Key = ("", "")


class Examination:
    """One policy with a solver over its cases, and what the questions have found so far.

    A case answers every fact in an open record, on any day on which the policy is in effect: what it says of such cases
    is what a policy means. `criteria` are those that decide or classify something, in the order of the document.
    `inside_out` has them with their parts before themselves.
    `constant` are those of them that no case meets (false) or that every case meets (true) while they are in force.
    `implied` add nothing to their list; those that stand nowhere else are `needless` and can be dropped together.
    `swallowed` are the criteria of rules that never decide.
    """

    def __init__(self, policy: Policy, limit: float) -> None:
        self.policy = policy
        self.criteria = list(_deciding(policy))
        self.inside_out = list(_inside_out(self.criteria, policy))
        self.constant: dict[str, Truth] = {}
        self.implied: set[str] = set()
        self.needless: set[str] = set()
        self.swallowed: set[str] = set()
        self.answers = Answers([policy])
        self.truths = Truths(policy, self.answers)
        for criterion in self.criteria:
            self.truths.in_force(criterion)
            self.truths.truth(criterion)
        # Everything that is asked of dates is said by now, so that the constraints are whole.
        on_record = [z3.Not(self.answers.complete), self.answers.day >= policy.since.toordinal()]
        self.solver = Solver([*self.answers.constraints, *on_record], limit)
        self.above = _above(self.criteria)
        self.times_asked = Counter(key for part in self.criteria for key in own_keys(part))
        self._keys: dict[str, frozenset[Key]] = {}

    def stands(self, criterion: Criterion) -> z3.BoolRef:
        """That a criterion is in force."""
        return self.truths.in_force(criterion)

    def met(self, criterion: Criterion) -> z3.BoolRef:
        """That a criterion is in force and met."""
        return z3.And(self.stands(criterion), self.truths.truth(criterion).true)

    def unmet(self, criterion: Criterion) -> z3.BoolRef:
        """That a criterion is in force and not met."""
        return z3.And(self.stands(criterion), z3.Not(self.truths.truth(criterion).true))

    def ever(self, *formulas: z3.BoolRef) -> bool:
        """Whether there is a case of which these formulas hold."""
        return self.solver.model(*formulas) is not None

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

    def independent(self, criteria: Sequence[Criterion]) -> bool:
        """Whether nothing that is answered decides two of these criteria, so that they are met in any combination."""
        seen: set[Key] = set()
        for criterion in criteria:
            keys = self.keys(criterion)
            if seen & keys:
                return False
            seen |= keys
        return True

    def keys(self, criterion: Criterion) -> frozenset[Key]:
        """All that is answered to decide a criterion."""
        if criterion.id not in self._keys:
            found = set(own_keys(criterion))
            for part in below(criterion, self.policy):
                found |= self.keys(part)
            self._keys[criterion.id] = frozenset(found)
        return self._keys[criterion.id]

    def dated(self, criterion: Criterion) -> bool:
        """Whether the date of the request decides a criterion, or whether it or a part of it is in force."""
        return DAY in self.keys(criterion)

    def stands_alone(self, criterion: Criterion) -> bool:
        """Whether all that is answered inside a criterion is asked once, there and nowhere else.

        Where such a criterion makes a difference, so does each of its parts.
        """
        parts = list(walk(criterion))
        return all(
            part.id not in self.constant
            and not isinstance(part.logic, Reference)
            and (part is criterion or len(self.above[part.id]) == 1)
            and all(key != DAY and self.times_asked[key] == 1 for key in own_keys(part))
            for part in parts
        )

    def settled_by_a_member(self, criterion: Criterion) -> bool:
        """Whether a member that is never or always met settles an all-of or any-of, whatever the others say."""
        match criterion.logic:
            case AllOf(of):
                return any(self.constant.get(member.id) is Truth.FALSE for member in of)
            case AnyOf(of):
                return any(self.constant.get(member.id) is Truth.TRUE for member in of)
            case _:
                return False

    def free(self, criterion: Criterion) -> bool:
        """Whether a criterion compares a fact so that some answer passes and another does not, as its kind shows."""
        match criterion.logic:
            case Comparison(_, IncludesAnyOf()):
                return criterion.unless is None
            case Comparison(fact, IsOneOf(values)) if isinstance(self.policy.facts[fact], YesNo):
                return criterion.unless is None and len(values) == 1
            case _:
                return False


def below(criterion: Criterion, policy: Policy) -> Iterator[Criterion]:
    """The criteria that decide another one: its members, its guard, and the one that it refers to."""
    yield from members(criterion.logic)
    if criterion.unless is not None:
        yield criterion.unless
    if isinstance(criterion.logic, Reference):
        yield policy.criteria[criterion.logic.to]


def named(criterion: Criterion) -> str:
    """A criterion as the messages about it name it: by its id and the label it is cited by."""
    return f"`{criterion.id}` ({criterion.label})"


def listed(criteria: Sequence[Criterion]) -> str:
    """Other criteria as messages name them, each with its line."""
    names = [f"`{criterion.id}` ({criterion.label}, line {criterion.place.line})" for criterion in criteria]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def own_keys(criterion: Criterion) -> Iterator[Key]:
    """All that is answered to a criterion itself, and not to its parts."""
    if criterion.valid != Period():
        yield DAY
    match criterion.logic:
        case Comparison(fact, IncludesAnyOf(options)):
            yield from ((fact, option) for option in options)
        case Comparison(fact, Within(anchor=anchor)):
            yield from ((fact, ""), (anchor, "") if anchor else DAY)
        case Comparison(fact, _):
            yield fact, ""
        case _:
            pass


def _deciding(policy: Policy) -> Iterator[Criterion]:
    """Every criterion that a rule or a classification asks, references followed, in the order of the blocks."""
    asked: set[str] = set()
    waiting = [rule.criterion for rule in policy.rules]
    waiting += [classification.criterion for classification in policy.classifications]
    while waiting:
        criterion = waiting.pop()
        if criterion.id not in asked:
            asked.add(criterion.id)
            waiting += below(criterion, policy)
    stated = [block.criterion for block in blocks(policy)]
    for criterion in sorted(stated, key=_place):
        yield from (part for part in walk(criterion) if part.id in asked)


def _place(criterion: Criterion) -> Place:
    return criterion.place


def _inside_out(criteria: Sequence[Criterion], policy: Policy) -> Iterator[Criterion]:
    seen: set[str] = set()

    def parts_first(criterion: Criterion) -> Iterator[Criterion]:
        if criterion.id not in seen:
            seen.add(criterion.id)
            for part in below(criterion, policy):
                yield from parts_first(part)
            yield criterion

    for criterion in criteria:
        yield from parts_first(criterion)


def _above(criteria: Sequence[Criterion]) -> dict[str, set[str]]:
    """For each criterion those that it decides directly."""
    found: dict[str, set[str]] = {criterion.id: set() for criterion in criteria}
    for criterion in criteria:
        for part in (*members(criterion.logic), *([criterion.unless] if criterion.unless else [])):
            found[part.id].add(criterion.id)
        if isinstance(criterion.logic, Reference):
            found[criterion.logic.to].add(criterion.id)
    return found
