"""The determination of a case: outcome, the clauses it rests on, what is still needed, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import orjson

from cdispec.core.evaluate import evaluate
from cdispec.core.exact import Remaining, remaining
from cdispec.core.joined import asked_of_rows, joined_numbers
from cdispec.core.known import Known
from cdispec.core.lower import lower
from cdispec.core.program import Decision, Program
from cdispec.core.unroll import Part, Unrolled, slots_for, unrolled
from cdispec.determine.contract import determination_json
from cdispec.determine.limits import granted
from cdispec.determine.lines import Beside, RequestLines, lines_named, naming_lines, several
from cdispec.determine.reasons import Reason, explained, reasons
from cdispec.determine.resting import TRUE, UNKNOWN, cited, root, settled
from cdispec.determine.rows import Told
from cdispec.logic import Truth
from cdispec.model.case import Case, StatedCase
from cdispec.model.cells import Coded
from cdispec.model.determination import Determination, Explanation, Granted, Later, Way
from cdispec.model.facts import Ranged, YesNo
from cdispec.model.measures import Measures
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy

SETTLED = Remaining(frozenset(), (), frozenset(), tuple)
"""What remains of a case that is settled."""


def determine(policy: Policy, case: StatedCase) -> Determination:
    """What a policy says of a case. Both must be free of errors, and the policy in effect on the case's date."""
    return Prepared(policy).decide(case).determination()


class Prepared:
    """A policy with what every determination of it needs."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.listed = {listed.code: listed.label for listed in policy.codes}
        self.limits = any(rule.grant is not None for rule in policy.rules)
        self._lines: RequestLines | None = None
        self._reasons: dict[str, tuple[Reason, ...]] = {}
        self.hidden: frozenset[str] = frozenset()
        """Criteria that no reason shows."""
        self._unrolled: dict[tuple[frozenset[str], tuple[int, ...]], tuple[Unrolled, Prepared]] = {}

    @cached_property
    def measures(self) -> Measures:
        """What is worked out in its cases."""
        return Measures(self.policy)

    @cached_property
    def coded(self) -> Coded:
        """In which sets the codes of its cases are."""
        return Coded(self.policy)

    @cached_property
    def joined(self) -> frozenset[str]:
        """The numbers of rows that are asked of the rows, where they are not given."""
        return joined_numbers(self.policy)

    @cached_property
    def program(self) -> Program:
        """The policy, lowered."""
        return lower(self.policy)

    def decide(self, case: StatedCase) -> Decided:
        """A case that is free of errors, decided; a line of a request with what its policy asks of the other lines."""
        if case.lines is None:
            return self.decide_alone(case)
        answered, beside = self.beside_lines(case)
        decided = self.decide_alone(answered)
        decided.beside = beside
        if beside.settled is not None:
            decided.settle(beside.settled)
        return decided

    def beside_lines(self, case: StatedCase) -> tuple[Case, Beside]:
        """A line of a request with what its policy asks of the other lines, and what is known of it from these."""
        if self._lines is None or not self._lines.holds(case):
            self._lines = RequestLines(self.policy, case, lambda line: self.decide_alone(line).possible())
        return self._lines.beside(case)

    def decide_alone(self, case: StatedCase) -> Decided:
        """A case of which all that it asks of other lines is answered, decided."""
        if self.policy.lists:
            return self.decide_rows(case)
        case = self.coded.entered(self.measures.entered(case, self.policy.number), self.policy.number)
        return self.agreed(Decided(self, case, evaluate(self.program, case)))

    def decide_rows(self, case: StatedCase) -> Decided:
        """A case of a policy that has lists, decided by that policy with as many rows."""
        slots = slots_for(self.policy, case)
        joined = frozenset(id for id in self.joined if id not in case.facts)
        key = joined, (*slots.values(),)
        if key not in self._unrolled:
            of = unrolled(asked_of_rows(self.policy, joined), slots)
            prepared = type(self)(of.policy)
            prepared.hidden = frozenset(id for id, one in of.origins.items() if one.part is Part.HIDDEN)
            self._unrolled[key] = of, prepared
        of, prepared = self._unrolled[key]
        return DecidedRows(self, case, of, prepared, joined)

    def agreed(self, decided: Decided) -> Decided:
        """A complete record, with what every answer to its unknown facts gives, whatever it does not show."""
        if decided.case.complete and not self.exactly_decides(decided.case):
            opened = self.opened(decided)
            if not opened.remaining.worked_out:
                decided.outcome = Outcome.NOT_DECIDED
            elif not opened.outcome.is_open and opened.outcome is not decided.outcome:
                decided.truths, decided.outcome = opened.truths, opened.outcome
        return decided

    def exactly_decided(self, request: str) -> bool:
        """Whether three-valued logic is exact for the outcome of a kind of request."""
        return request in self.program.exact_requests

    def exactly_decides(self, case: StatedCase) -> bool:
        """Whether three-valued logic is exact for the outcome of a case: no date of it is known to a month only."""
        partly = any(isinstance(value, Ranged) for value in case.facts.values())
        return self.exactly_decided(case.request) and not partly

    def opened(self, decided: Decided) -> Decided:
        """The same case with an open record, decided."""
        case = decided.case.opened()
        return Decided(self, case, evaluate(self.program, case))

    def reasons(self, request: str) -> tuple[Reason, ...]:
        """The reasons of a kind of request."""
        if request not in self._reasons:
            self._reasons[request] = reasons(self.policy, self.program, self.measures, request, self.hidden)
        return self._reasons[request]

    def worked_out(self, case: StatedCase, truths: Sequence[int]) -> Remaining:
        """What an open case, which three-valued logic does not settle, can still come to."""
        decision, known = self.program.decisions[case.request], Known(self.program, case)
        return remaining(self.program, decision, known, [Truth(truth) for truth in truths])


class Decided:
    """A case with the truths of a program's nodes; the rest is worked out when it is asked for.

    `shown` are the truths by what the record shows, `truths` those that its outcome is explained with.
    """

    later: Later | None = None
    """What a later revision would say, where that was asked."""
    known_on: date | None = None
    """The day up to which what was published chose the state that decides."""
    beside = Beside()
    """What is known of it from the other lines of a request, where it is one."""

    def __init__(self, prepared: Prepared, case: StatedCase, truths: Sequence[int]) -> None:
        self.prepared, self.case, self.truths, self.shown = prepared, case, truths, truths
        self.decision: Decision = prepared.program.decisions[case.request]

    @cached_property
    def remaining(self) -> Remaining:
        """What the case can still come to where three-valued logic leaves it open."""
        if self.case.complete or settled(self.decision, self.truths):
            return SETTLED
        return self._remaining()

    def _remaining(self) -> Remaining:
        return self.prepared.worked_out(self.case, self.truths)

    @cached_property
    def outcome(self) -> Outcome:
        """The one outcome that the case can come to.

        An open record that can come to several needs more information. A complete record is decided by what it shows,
        unless every answer gives one outcome (`Prepared.agreed`); where that took too much work, it is not decided.
        """
        outcome = settled(self.decision, self.truths)
        if outcome is not None:
            return outcome
        if self.case.complete:
            return Outcome.NOT_DECIDED
        if self.prepared.exactly_decides(self.case):
            return Outcome.MORE_INFORMATION
        outcomes = self.remaining.outcomes
        return next(iter(outcomes)) if len(outcomes) == 1 else Outcome.MORE_INFORMATION

    def clauses(self) -> tuple[tuple[str, ...], bool]:
        """The labels of the clauses that the outcome rests on, and whether they are alternatives.

        The rules that are met are such clauses, or those of their printed alternatives that are met. Where none is
        certainly met, it rests on one of those that may be, or on what the policy says otherwise. While more
        information is needed, those still open.
        """
        decision, outcome = self.decision, self.outcome
        if outcome.is_open:
            return tuple(dict.fromkeys(self._open())), False
        met = self._cited(outcome, TRUE)
        if met:
            return tuple(dict.fromkeys(met)), False
        may = self._cited(outcome, UNKNOWN)
        if decision.otherwise is outcome and decision.label and self.truths[decision.unmet]:
            may.append(decision.label)
        labels = tuple(dict.fromkeys(may))
        return labels, len(labels) > 1

    def _cited(self, outcome: Outcome, wanted: int) -> list[str]:
        found: list[str] = []
        for rule in self.decision.rules:
            if self.truths[rule.node] == wanted and rule.outcome is outcome:
                found += cited(rule.cited, self.truths, wanted)
        return found

    def _open(self) -> list[str]:
        found: list[str] = []
        for rule in self.decision.rules:
            met = self.truths[rule.node]
            if met == TRUE:
                break
            if met == UNKNOWN:
                found += cited(rule.cited, self.truths, UNKNOWN)
        return found

    def needed(self) -> tuple[str, ...]:
        """The facts of which some answer could still change the outcome; those of the shortest way come first."""
        if self.outcome is not Outcome.MORE_INFORMATION:
            return ()
        shortest = self.remaining.ways[0].facts if self.remaining.ways else ()
        needed = tuple(dict.fromkeys([*shortest, *self.remaining.needed]))
        return self.prepared.measures.asked_for(needed, self.case.facts)

    def ways(self) -> tuple[Way, ...]:
        """The shortest way to each outcome that is possible, while more information is needed."""
        if self.outcome is not Outcome.MORE_INFORMATION:
            return ()
        answered, measures = self.case.facts, self.prepared.measures
        return tuple(way._replace(facts=measures.given_for(way.facts, answered)) for way in self.remaining.ways)

    def explanation(self) -> Explanation:
        """Every rule with its truth, and why."""
        clauses, _ = self.clauses()
        because = self.because()
        if self.beside.by:
            said = {}
            for id, names in self.beside.by.items():
                asked, so = self.prepared.policy.facts[id], self.case.facts[id] is True
                assert isinstance(asked, YesNo)
                said[asked.phrase if so else asked.negative] = lines_named(names, so)
            because = tuple(naming_lines(one, said) for one in because)
        return root(self.prepared.policy, self.case.request, self.outcome, clauses, because)

    def because(self) -> tuple[Explanation, ...]:
        """The explanations of the rules."""
        found = self.prepared.reasons(self.case.request)
        return tuple(explained(reason, self.truths, self.case) for reason in found)

    def possible(self) -> frozenset[Outcome]:
        """The outcomes that it can come to; none where that took too much work."""
        if not self.outcome.is_open:
            return frozenset([self.outcome])
        return self.remaining.outcomes if self.remaining.worked_out else frozenset()

    def open_lines(self) -> dict[str, tuple[str, ...]]:
        """The lines that leave open what is needed of them, by the fact that asks it."""
        if not self.beside.left:
            return {}
        asked = [*self.needed(), *(fact for one in self.granted() for fact in one.needed)]
        return {fact: self.beside.left[fact] for fact in asked if fact in self.beside.left}

    def may_matter(self) -> tuple[str, ...]:
        """Those of the needed facts of which it is not certain that they could change the outcome."""
        needed = self.needed()
        if not needed:
            return ()
        may = self.prepared.measures.uncertain(self.remaining.needed, self.remaining.may)
        return needed if several(self.beside.left, needed) else tuple(fact for fact in needed if fact in may)

    def settle(self, outcome: Outcome) -> None:
        """Give it an outcome that is known from more than its own answers."""
        self.outcome = outcome

    def classified(self) -> list[tuple[str, int]]:
        """Each classification with its truth."""
        return [(name, self.shown[node]) for name, node in self.prepared.program.classifications.items()]

    def codes(self) -> dict[str, str | None]:
        """For each code that the request names, the label of the section that lists it, or None; it decides nothing."""
        return {code: self.prepared.listed.get(code) for code in self.case.codes}

    def granted(self) -> tuple[Granted, ...]:
        """What is granted, with its limits."""
        prepared = self.prepared
        if not prepared.limits:
            return ()
        return granted(
            prepared.policy,
            prepared.program,
            prepared.measures,
            self.case,
            self.truths,
            self.shown,
            self.outcome,
        )

    def rows(self) -> dict[str, str]:
        """How the rows are named of which something is needed, by their ids."""
        return {}

    def json(self) -> bytes:
        """The determination as the contract's JSON."""
        return orjson.dumps(determination_json(self.determination()))

    def determination(self) -> Determination:
        """All of it."""
        policy, needed = self.prepared.policy, self.needed()
        clauses, alternatives = self.clauses()
        return Determination(
            policy=policy.number,
            revision=policy.revision,
            request=self.case.request,
            date=self.case.date.isoformat(),
            outcome=self.outcome,
            clauses=clauses,
            alternatives=alternatives,
            classifications={name: Truth(truth) for name, truth in self.classified()},
            needed=needed,
            may_matter=self.may_matter(),
            ways=self.ways(),
            codes=self.codes(),
            explanation=self.explanation(),
            later=self.later,
            granted=self.granted(),
            rows=self.rows(),
            id=self.case.id,
            known_on=self.known_on.isoformat() if self.known_on else "",
            line=self.beside.line,
            open_lines=self.open_lines(),
        )


class DecidedRows(Decided):
    """A case of a policy that has lists: what the policy with so many rows says of it, in the words of the lists."""

    def __init__(
        self, prepared: Prepared, case: StatedCase, of: Unrolled, flat: Prepared, joined: frozenset[str]
    ) -> None:
        self._told = Told(of, case)
        self.prepared, self.case, self._flat = prepared, case, flat.decide(self._told.flat)
        self._joined = joined
        self.decision, self.truths, self.shown = self._flat.decision, self._flat.truths, self._flat.shown
        self._closed = flat

    @cached_property
    def outcome(self) -> Outcome:
        """The one outcome that the case can come to."""
        return self._flat.outcome

    def clauses(self) -> tuple[tuple[str, ...], bool]:
        """The labels of the clauses that the outcome rests on, and whether they are alternatives."""
        return self._flat.clauses()

    def possible(self) -> frozenset[Outcome]:
        """The outcomes that it can come to; none where that took too much work."""
        return self._flat.possible()

    def settle(self, outcome: Outcome) -> None:
        """Give it an outcome that is known from more than its own answers."""
        self._flat.outcome = outcome

    def needed(self) -> tuple[str, ...]:
        """The facts of which some answer could still change the outcome, each field of a row as one."""
        needed = self._flat.needed()
        beside = self._flat.prepared.measures.asked_for(self._told.beside(needed), self._flat.case.facts)
        numbers = self._told.numbers(needed, self._joined)
        return self._told.reported((*needed, *numbers, *beside, *self._told.counted(needed)))

    def ways(self) -> tuple[Way, ...]:
        """The shortest way to each outcome that is possible, while more information is needed."""
        return tuple(way._replace(facts=self._told.reported(way.facts)) for way in self._flat.ways())

    def may_matter(self) -> tuple[str, ...]:
        """Those of the needed facts of which it is not certain that they could change the outcome.

        Further rows are asked of each criterion by itself. Where they answer several at once, they are uncertain, and
        so is all that matters only together with them.
        """
        needed = self._flat.needed()
        may = {*self._flat.may_matter()}
        uncertain = self._told.uncertain(needed)
        if uncertain:
            certain = self._closed.decide(self._told.closed()).needed()
            may |= {fact for fact in needed if fact in uncertain or fact not in certain}
        if several(self.beside.left, needed):
            return self.needed()
        counted = self._told.certainly_counted(needed, may)
        certain_of = self._told.reported((*(fact for fact in needed if fact not in may), *counted))
        return tuple(fact for fact in self.needed() if fact not in certain_of)

    def because(self) -> tuple[Explanation, ...]:
        """The explanations of the rules, with the rows named."""
        return tuple(one for found in self._flat.because() for one in self._told.explained(found))

    def classified(self) -> list[tuple[str, int]]:
        """Each classification with its truth."""
        return self._flat.classified()

    def granted(self) -> tuple[Granted, ...]:
        """What is granted, with its limits."""
        return tuple(replace(one, needed=self._told.reported(one.needed)) for one in self._flat.granted())

    def rows(self) -> dict[str, str]:
        """How the rows are named of which something is needed, by their ids."""
        asked = [*self.needed(), *(fact for one in self.granted() for fact in one.needed)]
        return self._told.rows(asked)
