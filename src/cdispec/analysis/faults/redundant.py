"""Criteria that make no difference to any outcome or classification."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import z3

from cdispec.analysis.faults.examination import Examination, met
from cdispec.analysis.faults.words import listed_criteria, named
from cdispec.issues.logic import redundant_criterion
from cdispec.model.criteria import Comparison, Criterion, members, walk
from cdispec.model.policy import Outcome, Policy, Rule
from cdispec.source import Issue
from cdispec.targets.smt import Truths
from cdispec.targets.smt.truth import Kleene


def redundant_criteria(examined: Examination) -> Iterator[Issue]:
    """Each outermost criterion without which everything is decided alike, unless something else is told of it."""
    whole = _Decisions(examined.policy, examined.truths)
    if examined.needless:
        whole = whole.without(examined.needless, examined)
    left_out: set[str] = set()
    for criterion in examined.criteria:
        if criterion.id in left_out:
            continue
        if criterion.id in examined.constant or criterion.id in examined.implied:
            left_out |= _inside(criterion)
            continue
        if examined.settled_by_a_member(criterion):
            left_out |= {part for member in members(criterion.logic) for part in _inside(member)}
        without = whole.without({criterion.id}, examined)
        if examined.ever(without.differs()):
            left_out |= _inside(criterion) if examined.stands_alone(criterion) else set()
        else:
            left_out |= _inside(criterion)
            if criterion.id not in examined.shadowed:
                other = _made_needless_by(criterion, whole, examined)
                yield redundant_criterion(criterion.place, named(criterion), listed_criteria([other]) if other else "")
                whole = without


def _made_needless_by(criterion: Criterion, whole: _Decisions, examined: Examination) -> Criterion | None:
    """Another criterion without which a redundant one would make a difference; the innermost, where there is one."""
    keys, inside = examined.keys.of(criterion), _inside(criterion)
    for other in examined.inside_out:
        apart = other.id not in inside and criterion.id not in examined.touched([other.id])
        if apart and criterion.id not in _inside(other) and keys & examined.keys.of(other):
            rest = whole.without({other.id}, examined)
            if examined.ever(rest.without({criterion.id}, examined).differs()):
                return other
    return None


class _Decisions:
    """What is decided and classified by a policy, whole or without some of its criteria."""

    def __init__(self, policy: Policy, truths: Truths) -> None:
        self.policy, self.truths = policy, truths
        self.rules = {request: policy.rules_for(request) for request in policy.requests}
        self._met: dict[str, z3.BoolRef] = {}
        self._ends: dict[tuple[str, Outcome], list[z3.BoolRef]] = {}

    def without(self, dropped: Set[str], examined: Examination) -> _Fewer:
        """What is decided where these criteria are dropped as well."""
        return _Fewer(self, dropped, examined.touched(dropped))

    def met(self, criterion: Criterion) -> z3.BoolRef:
        """That a criterion is in force and met."""
        if criterion.id not in self._met:
            self._met[criterion.id] = met(criterion, self.truths)
        return self._met[criterion.id]

    def ends(self, request: str, outcome: Outcome) -> list[z3.BoolRef]:
        """For each place among the rules of a request kind, that those from there on come to an outcome."""
        if (request, outcome) not in self._ends:
            self._ends[request, outcome] = self._ending(request, outcome)
        return self._ends[request, outcome]

    def _ending(self, request: str, outcome: Outcome) -> list[z3.BoolRef]:
        rest = self.policy.otherwise_for(request)
        said = rest.outcome if rest else Outcome.NOT_ADDRESSED
        return self._before(self.rules[request], outcome, [z3.BoolVal(said is outcome)])

    def _before(self, rules: Sequence[Rule], outcome: Outcome, later: list[z3.BoolRef]) -> list[z3.BoolRef]:
        """The same for each place among these rules, and for the places after them."""
        found = list(reversed(later))
        for rule in reversed(rules):
            decides = self.met(rule.criterion)
            after = found[-1]
            found.append(z3.Or(decides, after) if rule.outcome is outcome else z3.And(z3.Not(decides), after))
        return found[::-1]


class _Fewer(_Decisions):
    """What is decided and classified without some of the criteria of what is `whole` beside it."""

    def __init__(self, whole: _Decisions, dropped: Set[str], touched: Set[str]) -> None:
        super().__init__(whole.policy, Without(whole.truths, dropped, touched))
        self.whole, self.touched = whole, touched

    def differs(self) -> z3.BoolRef:
        """That a case is decided or classified otherwise than by the whole."""
        named = [one.criterion for one in self.policy.classifications if one.criterion.id in self.touched]
        decided = [self._decides_otherwise(request) for request in self.policy.requests]
        return z3.Or(*decided, *(self.met(criterion) != self.whole.met(criterion) for criterion in named))

    def _decides_otherwise(self, request: str) -> z3.BoolRef:
        """That a request is, from the first rule that is touched on to the last one."""
        rules, places = self.rules[request], self._touched(request)
        differ = z3.BoolVal(False)
        if not places:
            return differ
        for place in range(places[-1], places[0] - 1, -1):
            rule = rules[place]
            now, before = self.met(rule.criterion), self.whole.met(rule.criterion)
            # What follows the last rule that is touched ends alike.
            old = self.whole.ends(request, rule.outcome)[place + 1]
            new = old if place == places[-1] else self.ends(request, rule.outcome)[place + 1]
            differ = z3.If(now, z3.And(z3.Not(before), z3.Not(old)), z3.If(before, z3.Not(new), differ))
        return z3.And(*(z3.Not(self.whole.met(rule.criterion)) for rule in rules[: places[0]]), differ)

    def _touched(self, request: str) -> list[int]:
        return [place for place, rule in enumerate(self.rules[request]) if rule.criterion.id in self.touched]

    def _ending(self, request: str, outcome: Outcome) -> list[z3.BoolRef]:
        places = self._touched(request)
        after = places[-1] + 1 if places else 0
        return self._before(self.rules[request][:after], outcome, self.whole.ends(request, outcome)[after:])


class Without(Truths):
    """The truths of a policy of which some criteria are dropped, as if they were out of their dates.

    What that does not touch has the formulas that it has in the whole policy.
    """

    def __init__(self, whole: Truths, dropped: Set[str], touched: Set[str]) -> None:
        super().__init__(whole.policy, whole.answers)
        self.whole, self.touched = whole, touched
        # What refers to something that is dropped later stays dropped itself.
        self.dropped: Set[str] = whole.dropped | dropped if isinstance(whole, Without) else dropped

    def truth(self, criterion: Criterion) -> Kleene:
        """Whether the case meets a criterion that is in force."""
        return super().truth(criterion) if criterion.id in self.touched else self.whole.truth(criterion)

    def compare(self, comparison: Comparison) -> Kleene:
        """Whether the answer compares, which is not touched."""
        return self.whole.compare(comparison)

    def in_force(self, criterion: Criterion) -> z3.BoolRef:
        """That a criterion is in force, which one that is dropped never is."""
        if criterion.id in self.dropped:
            return z3.BoolVal(False)
        return super().in_force(criterion) if criterion.id in self.touched else self.whole.in_force(criterion)


def _inside(criterion: Criterion) -> set[str]:
    return {part.id for part in walk(criterion)}
