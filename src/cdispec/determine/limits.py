"""What a granted request is granted, with its limits, as far as the record tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from cdispec.core.program import Program
from cdispec.logic import Truth
from cdispec.model.case import StatedCase
from cdispec.model.criteria import Duration, asked_facts
from cdispec.model.determination import Granted, Portion
from cdispec.model.facts import Amount, Day, Month, NoValue, Number, is_whole
from cdispec.model.limits import Between, Days, Grant, Quota, Restriction, last_day
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, deciding


def granted(
    policy: Policy, program: Program, case: StatedCase, truths: Sequence[int], shown: Sequence[int], outcome: Outcome
) -> tuple[Granted, ...]:
    """What each indication grants on which an outcome rests, or may rest; nothing where none of them has limits."""
    if not outcome.grants:
        return ()
    rules = policy.rules_for(case.request)
    nodes = [rule.node for rule in program.decisions[case.request].rules]
    resting = [(rule, truths[node]) for rule, node in zip(rules, nodes, strict=True) if rule.outcome is outcome]
    certain = max((truth for _, truth in resting), default=int(Truth.FALSE))
    cited = [rule for rule, truth in resting if truth == certain and truth != Truth.FALSE]
    if all(rule.grant is None for rule in cited):
        return ()
    limits = _Limits(policy, program, case, shown)
    return tuple(limits.granted(rule.criterion.label, rule.grant or Grant(None, ())) for rule in cited)


class _Limits:
    """Works out the limits of a case."""

    def __init__(self, policy: Policy, program: Program, case: StatedCase, shown: Sequence[int]) -> None:
        self.policy, self.program, self.case, self.shown = policy, program, case, shown

    def granted(self, clause: str, grant: Grant) -> Granted:
        """What a clause grants. A restriction that does not apply is left out."""
        term = grant.term
        first = last = None
        if term is not None:
            first = self._day(term.start)
            last = None if term.lasts is None else self._last(first, term.lasts)
        applies = [(one.words, self._applies(one)) for one in grant.restrictions]
        needed = tuple(dict.fromkeys(self._needed(grant)))
        held = tuple((words, truth) for words, truth in applies if truth is not Truth.FALSE)
        return Granted(clause, first, last, held, needed, self._portion(grant.quota, clause))

    def _portion(self, quota: Quota | None, clause: str) -> Portion | None:
        if quota is None:
            return None
        amount = self._amount(quota.amount)
        left = amount if quota.used is None else amount.less(self._amount(quota.used))
        requested, fact = self._amount(quota.requested), self.policy.facts[quota.requested]
        unit = fact.unit if isinstance(fact, Number) else ""
        refused = requested.less(left)
        return Portion(requested, requested.up_to(left), refused, unit, self.policy.clauses.get(quota.clause, clause))

    def _amount(self, stated: Amount | str) -> Between:
        """What is known of a number: what is stated, what is answered, or the bounds of its fact."""
        if not isinstance(stated, str):
            return Between(stated, stated)
        answer, fact = self.case.facts.get(stated), self.policy.facts[stated]
        if isinstance(answer, NoValue):
            return Between(0, 0)
        if isinstance(answer, int | Decimal):
            return Between(max(0, answer), max(0, answer))
        assert isinstance(fact, Number)
        return Between(max(0, fact.minimum or 0), fact.maximum)

    def _day(self, fact: str | None) -> Days:
        """What is known of the day that a fact gives, or of the date of the request."""
        if fact is None:
            return Days(self.case.date, self.case.date)
        answer = self.case.facts.get(fact)
        if isinstance(answer, date):
            return Days(answer, answer)
        if isinstance(answer, NoValue):
            return Days(None, None)
        declared = self.policy.facts[fact]
        request = self.case.date if isinstance(declared, Day) and declared.latest_request else None
        if isinstance(answer, Month):
            return Days(answer.first, min(answer.last, request or answer.last))
        return Days(None, request)

    def _last(self, first: Days, lasts: Duration | date | str) -> Days:
        match lasts:
            case date():
                return Days(lasts, lasts)
            case str():
                return self._day(lasts)
            case Duration():
                ends = (None if end is None else last_day(end, lasts) for end in (first.earliest, first.latest))
                return Days(*ends)

    def _applies(self, restriction: Restriction) -> Truth:
        if restriction.when is None:
            return Truth.TRUE
        lowered = self.program.criteria[restriction.when]
        assert lowered.met is not None
        return Truth(min(self.shown[lowered.in_force], self.shown[lowered.met]))

    def _needed(self, grant: Grant) -> Iterator[str]:
        """The facts that could tell more of the limits; they change nothing else."""
        portion = self._portion(grant.quota, "")
        settled = portion is None or all(part.least == part.most for part in (portion.granted, portion.refused))
        for fact in grant.facts:
            if self._open(fact) and not (settled and fact in grant.numbers):
                yield fact
        for restriction in grant.restrictions:
            if restriction.when is not None and self._applies(restriction) is Truth.UNKNOWN:
                asked = asked_facts(deciding([self.policy.criteria[restriction.when]], self.policy))
                for fact in (fact for fact in self.policy.facts if fact in asked):
                    if self._open(fact):
                        yield fact

    def _open(self, fact: str) -> bool:
        """Whether a fact is not answered, or its answer leaves something open."""
        answer = self.case.facts.get(fact)
        if isinstance(answer, Month):
            days = self._day(fact)
            return days.earliest != days.latest
        return not is_whole(answer)
