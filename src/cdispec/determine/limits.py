"""What a granted request is granted, with its limits, as far as the record tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce

from cdispec.core.program import Program
from cdispec.logic import Truth
from cdispec.model.case import StatedCase
from cdispec.model.criteria import Duration, asked_facts
from cdispec.model.determination import Granted, Portion
from cdispec.model.facts import Amount, Day, Month, NoValue, Number, Value, is_whole
from cdispec.model.limits import Between, Days, Grant, Printed, Quota, Restriction, last_day
from cdispec.model.measures import Measures
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy, deciding


def granted(
    policy: Policy,
    program: Program,
    measures: Measures,
    case: StatedCase,
    truths: Sequence[int],
    shown: Sequence[int],
    outcome: Outcome,
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
    limits = _Limits(policy, program, measures, case, shown)
    return tuple(limits.granted(rule.criterion.label, rule.grant or Grant(None, ())) for rule in cited)


def left_of(quota: Quota, measures: Measures, answers: Mapping[str, Value]) -> Between:
    """How much an amount leaves, as far as answers tell."""
    amount = known_amount(quota.amount, measures, answers)
    return amount if quota.used is None else amount.less(measures.known(quota.used, answers))


def known_amount(stated: Amount | Printed | str, measures: Measures, answers: Mapping[str, Value]) -> Between:
    """What answers tell of an amount: the row of a table, a number, or between which ends it lies."""
    match stated:
        case Printed(_, by, amounts):
            answer = answers.get(by)
            possible = [number for option, number in amounts if not isinstance(answer, str) or option == answer]
            return Between(min(possible), max(possible))
        case str(fact):
            return measures.known(fact, answers)
        case number:
            return Between(number, number)


class _Limits:
    """Works out the limits of a case."""

    def __init__(
        self, policy: Policy, program: Program, measures: Measures, case: StatedCase, shown: Sequence[int]
    ) -> None:
        self.policy, self.program, self.measures, self.case, self.shown = policy, program, measures, case, shown

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
        return Granted(clause, first, last, held, needed, self._portion(grant.quotas, clause), self._ended(first, last))

    def _ended(self, first: Days | None, last: Days | None) -> bool:
        if last is None or last.latest is None:
            return False
        begins = self.case.date if first is None or first.earliest is None else max(self.case.date, first.earliest)
        return last.latest < begins

    def _portion(self, quotas: Sequence[Quota], clause: str) -> Portion | None:
        """How much is granted: the least of what the amounts leave. The rest is not, under the clause of that one."""
        if not quotas:
            return None
        requested, fact = self._number(quotas[0].requested), self.policy.facts[quotas[0].requested]
        left = [left_of(quota, self.measures, self.case.facts) for quota in quotas]
        least = reduce(Between.up_to, left)
        refused = requested.less(least)
        binding = [
            self.policy.clauses.get(quota.clause, clause)
            for quota, own in zip(quotas, left, strict=True)
            if least.most is None or own.least <= least.most
        ]
        unit = fact.unit if isinstance(fact, Number) else ""
        return Portion(requested, requested.up_to(least), refused, unit, tuple(dict.fromkeys(binding)), least)

    def _number(self, fact: str) -> Between:
        return self.measures.known(fact, self.case.facts)

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

    def _is_known(self, fact: str) -> bool:
        numeric = isinstance(self.policy.facts[fact], Number)
        return self._number(fact).exact if numeric else not self._open(fact)

    def _needed(self, grant: Grant) -> Iterator[str]:
        """The facts that could tell more of the limits; they change nothing else."""
        portion = self._portion(grant.quotas, "")
        settled = portion is None or (portion.granted.exact and portion.refused.exact)
        stated = (fact for fact in grant.facts if not (settled and fact in grant.counted) and not self._is_known(fact))
        yield from self.measures.asked_for([*stated], self.case.facts)
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
