"""Criteria that make no difference to any outcome or classification."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import z3

from cdispec.analysis.faults.examination import Examination
from cdispec.analysis.faults.words import listed_criteria, named
from cdispec.issues.logic import redundant_criterion
from cdispec.model.criteria import Criterion, members, walk
from cdispec.model.outcomes import Outcome
from cdispec.source import Issue
from cdispec.targets.smt import Truths
from cdispec.targets.smt.formulas import conjunction, disjunction, negation


def redundant_criteria(examined: Examination) -> Iterator[Issue]:
    """Each outermost criterion without which everything is decided alike, unless something else is told of it.

    That is asked of the rules that a record shows to be met. Where every answer gives an outcome whichever rules these
    are, a criterion can be needless that is not named here; none is named that matters.
    """
    whole = _Decisions(examined.truths, frozenset())
    if examined.needless:
        whole = whole.without(examined.needless)
    left_out: set[str] = set()
    for criterion in examined.criteria:
        if criterion.id in left_out:
            continue
        if criterion.id in examined.constant or criterion.id in examined.implied:
            left_out |= _inside(criterion)
            continue
        if examined.settled_by_a_member(criterion):
            left_out |= {part for member in members(criterion.logic) for part in _inside(member)}
        without = whole.without({criterion.id})
        if examined.ever(without.differs(whole)):
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
        apart = apart and examined.is_stated(other)
        if apart and criterion.id not in _inside(other) and keys & examined.keys.of(other):
            rest = whole.without({other.id})
            if examined.ever(rest.without({criterion.id}).differs(rest)):
                return other
    return None


class _Decisions:
    """What is decided and classified by a policy without some of its criteria, in complete records."""

    def __init__(self, truths: Truths, dropped: frozenset[str]) -> None:
        self.truths, self.dropped = truths, dropped
        self.classified = {name: truths.met(node) for name, node in truths.program.classifications.items()}
        self.rules = {
            request: [(truths.met(rule.node), rule.outcome) for rule in decision.rules]
            for request, decision in truths.program.decisions.items()
        }

    def without(self, dropped: Set[str]) -> _Decisions:
        """What is decided where these criteria are dropped as well."""
        all_ = self.dropped | dropped
        self.truths.answers.work.spend(100 * len(self.truths.nodes))
        return _Decisions(Truths(self.truths.policy, self.truths.answers, all_, self.truths), all_)

    def differs(self, other: _Decisions) -> z3.BoolRef:
        """That a case is decided or classified otherwise than by the other."""
        named = [met != other.classified[name] for name, met in self.classified.items()]
        return z3.Or(*named, *(self._differs(request, other) for request in self.rules))

    def _differs(self, request: str, other: _Decisions) -> z3.BoolRef:
        """That a request is, from the first rule on that differs."""
        mine, others = self.rules[request], other.rules[request]
        first = next((n for n, (one, two) in enumerate(zip(mine, others, strict=True)) if not one[0].eq(two[0])), None)
        if first is None:
            return z3.BoolVal(False)
        otherwise = self.truths.program.decisions[request].otherwise
        before = [z3.Not(met) for met, _ in mine[:first]]
        outcomes = {outcome for _, outcome in mine[first:]} | {otherwise}
        come = [
            _comes_to(outcome, mine[first:], otherwise) != _comes_to(outcome, others[first:], otherwise)
            for outcome in sorted(outcomes)
        ]
        return z3.And(*before, z3.Or(come))


def _comes_to(outcome: Outcome, rules: Sequence[tuple[z3.BoolRef, Outcome]], otherwise: Outcome) -> z3.BoolRef:
    """That the first of some rules that is met has an outcome."""
    found = z3.BoolVal(otherwise is outcome)
    for met, ruled in reversed(rules):
        found = disjunction([met, found]) if ruled is outcome else conjunction([negation(met), found])
    return found


def _inside(criterion: Criterion) -> set[str]:
    return {part.id for part in walk(criterion)}
