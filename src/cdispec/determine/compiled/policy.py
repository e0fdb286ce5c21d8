"""The compiled form of determination: prepared once for a policy, for many cases.

It says the same as `determine`, field by field. Everything that no case changes is worked out beforehand; the truths of
all criteria come from one flat function, and the rest is found over them when it is asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import orjson

from cdispec.determine.compiled.codegen import FromCriteria, tuple_of
from cdispec.determine.compiled.door import Answers, Checked, Door
from cdispec.determine.compiled.missing import Missing
from cdispec.determine.compiled.rendering import BY_NUMBER, Outline, explaining, spelling
from cdispec.determine.contract import ANSWERS, explanation_json, later_json
from cdispec.determine.explain import otherwise_words
from cdispec.determine.truth import in_force
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import AnyOf, Criterion
from cdispec.model.determination import Determination, Explanation, Later
from cdispec.model.policy import Outcome, Policy, all_criteria

Truths = tuple[int, ...]
"""The truth of each criterion, as a number of `cdispec.logic`, in the order of `Compiled.criteria`."""

TRUE, UNKNOWN, FALSE = int(Truth.TRUE), int(Truth.UNKNOWN), int(Truth.FALSE)


def compile_policy(policy: Policy) -> Compiled:
    """The compiled form of a policy that is free of errors."""
    return Compiled(policy)


class Compiled:
    """A policy prepared for many cases."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        nodes = list(all_criteria(policy))
        self.criteria = tuple(criterion.id for criterion in nodes)
        changes = {criterion.valid.start for criterion in nodes} | {
            end + timedelta(1) for criterion in nodes if (end := criterion.valid.end) and end < date.max
        }
        self._changes = sorted(change for change in changes if change is not None)
        self._spans: list[_Span | None] = [None] * (len(self._changes) + 1)
        self._only = None if self._changes else self._span(date.min)
        self._door = Door(policy)

    def check(self, raw: object) -> Checked | None:
        """The case that a JSON value states; None where it is not one, which `parse.case` explains."""
        return self._door.check(raw)

    def checked(self, case: Case) -> Checked:
        """A case that is free of errors, in the form that the other functions take."""
        return self._door.take(case)

    def truths(self, case: Checked) -> Truths:
        """The truths of all criteria."""
        span = self._only or self._span(case.date)
        return (span.complete if case.complete else span.open)(case.answers, case.date)

    def decide(self, case: Checked) -> Decided:
        """The case with the truths of all criteria, ready for what else is asked."""
        span = self._only or self._span(case.date)
        return Decided(span.requests[case.request], case, self.truths(case))

    def determine(self, case: Case) -> Determination:
        """What the policy says of a case: equal to `determine.determine`."""
        return self.decide(self._door.take(case)).determination()

    def respond(self, raw: object) -> bytes | None:
        """JSON in, JSON out: the contract's text of what the policy says of a case; None where it is no case."""
        case = self._door.check(raw)
        return None if case is None else self.decide(case).json()

    def _span(self, day: date) -> _Span:
        number = bisect_right(self._changes, day)
        span = self._spans[number]
        if span is None:
            span = self._spans[number] = _Span(self.policy, self._changes[number - 1] if number else date.min)
        return span


class _Span:
    """Days on which the same criteria are in force, from `first` on."""

    def __init__(self, policy: Policy, first: date) -> None:
        self.policy = policy
        self._nodes = list(all_criteria(policy))
        self._standing = frozenset(criterion.id for criterion in self._nodes if in_force(criterion, policy, first))
        positions = {criterion.id: position for position, criterion in enumerate(self._nodes)}
        outline = Outline(policy, self._standing, positions)
        self.requests = {request: _Request(outline, request, first) for request in policy.requests}

    @cached_property
    def open(self) -> Callable[[Answers, date], Truths]:
        """A function of the answers and the date of a case with an open record: the truth of each criterion."""
        return self._truths(complete=False)

    @cached_property
    def complete(self) -> Callable[[Answers, date], Truths]:
        """The same for a case with a complete record."""
        return self._truths(complete=True)

    def _truths(self, complete: bool) -> Callable[[Answers, date], Truths]:
        function = FromCriteria(self.policy, self._standing, complete)
        return function.returning(tuple_of([function.truth(node) for node in self._nodes]))


@dataclass(frozen=True, slots=True)
class _Alternatives:
    """A criterion that may be cited: its label, and the printed alternatives that are cited in its place."""

    position: int
    label: str
    below: tuple[_Alternatives, ...]

    def cited(self, truths: Truths, wanted: int) -> list[str]:
        """The labels of the alternatives of the wanted truth, or its own where there are none."""
        found: list[str] = []
        for alternative in self.below:
            if truths[alternative.position] == wanted:
                found += alternative.cited(truths, wanted)
        return found or [self.label]


class _Request:
    """How a request kind is decided on the days of a span."""

    def __init__(self, outline: Outline, request: str, day: date) -> None:
        self.policy, self.request, self._outline, self._day = outline.policy, request, outline, day
        self.tops = [rule.criterion for rule in self.policy.rules_for(request)]
        self.rules = [
            (self._alternatives(rule.criterion), rule.outcome)
            for rule in self.policy.rules_for(request)
            if rule.criterion.id in outline.in_force
        ]
        self.decisive = [(alternatives.position, outcome) for alternatives, outcome in self.rules]
        self.rest = self.policy.otherwise_for(request)
        self.otherwise = self.rest.outcome if self.rest else Outcome.NOT_ADDRESSED
        self.classifications = [
            (named.name, outline.positions[named.criterion.id]) for named in self.policy.classifications
        ]
        self.listed = {listed.code: listed.label for listed in self.policy.codes}
        self.phrase = self.policy.requests[request].phrase

    def _alternatives(self, criterion: Criterion) -> _Alternatives:
        below: tuple[_Alternatives, ...] = ()
        if isinstance(criterion.logic, AnyOf) and criterion.unless is None:
            printed = [member for member in criterion.logic.of if member.text is not None]
            standing = [member for member in printed if member.id in self._outline.in_force]
            below = tuple(map(self._alternatives, standing))
        return _Alternatives(self._outline.positions[criterion.id], criterion.label, below)

    @cached_property
    def missing(self) -> Missing:
        """What is needed in undecided cases."""
        return Missing(self.policy, self.request, self._day)

    @cached_property
    def explain(self) -> Callable[[Truths, str], tuple[Explanation, ...]]:
        """The explanations of the rules."""
        return explaining(self._outline, self.tops)

    @cached_property
    def spell(self) -> Callable[[Truths, bytes], tuple[bytes, ...]]:
        """The explanations of the rules as JSON."""
        return spelling(self._outline, self.tops)

    @cached_property
    def otherwise_explained(self) -> tuple[Explanation, ...]:
        """For each truth the explanation of the policy's `otherwise`; empty where there is none."""
        rest = self.rest
        if rest is None:
            return ()
        return tuple(Explanation(rest.label, rest.id, otherwise_words(rest, self.policy), t, "", ()) for t in BY_NUMBER)

    @cached_property
    def otherwise_spelled(self) -> tuple[bytes, ...]:
        """`otherwise_explained` as JSON."""
        return tuple(orjson.dumps(explanation_json(explained)) for explained in self.otherwise_explained)

    @cached_property
    def spelled_classifications(self) -> list[tuple[int, tuple[bytes, ...]]]:
        """For each classification its position, and for each truth its name and answer as JSON."""
        return [
            (position, tuple(orjson.dumps({name: ANSWERS[truth]})[1:-1] for truth in BY_NUMBER))
            for name, position in self.classifications
        ]

    @cached_property
    def spelled_outcomes(self) -> dict[Outcome, tuple[bytes, bytes]]:
        """For each outcome the contract's JSON from the date to the clauses, and from the first clause to the rules."""
        return {
            outcome: (
                b'","outcome":' + orjson.dumps(outcome) + b',"clauses":',
                orjson.dumps(explanation_json(self.root(outcome, "", ()))).removeprefix(b'{"clause":""')[:-2],
            )
            for outcome in Outcome
        }

    @cached_property
    def opening(self) -> bytes:
        """The beginning of the contract's JSON, up to the date."""
        head = {"policy": self.policy.number, "revision": self.policy.revision, "request": self.request, "date": ""}
        return orjson.dumps(head).removesuffix(b'"}')

    def root(self, outcome: Outcome, clause: str, rules: tuple[Explanation, ...]) -> Explanation:
        """The explanation of an outcome, over those of the rules."""
        truth = Truth.UNKNOWN if outcome is Outcome.MORE_INFORMATION else Truth.TRUE
        return Explanation(clause, "", f"{self.phrase}: {outcome}", truth, "", rules)


class Decided:
    """A case with the truths of all criteria; the rest is worked out when it is asked for."""

    __slots__ = ("_request", "case", "outcome", "truths")

    def __init__(self, request: _Request, case: Checked, truths: Truths) -> None:
        self._request, self.case, self.truths = request, case, truths
        self.outcome = self._outcome()

    def _outcome(self) -> Outcome:
        """`determine.decide`."""
        truths, possible = self.truths, None
        for position, outcome in self._request.decisive:
            met = truths[position]
            if met:
                if possible is not None and possible is not outcome:
                    return Outcome.MORE_INFORMATION
                possible = outcome
                if met == TRUE:
                    return outcome
        if possible is None or possible is self._request.otherwise:
            return self._request.otherwise
        return Outcome.MORE_INFORMATION

    def clauses(self) -> tuple[str, ...]:
        """`determine.resting_on`."""
        truths, found = self.truths, []
        if self.outcome is Outcome.MORE_INFORMATION:
            for rule, _ in self._request.rules:
                met = truths[rule.position]
                if met == TRUE:
                    break
                if met == UNKNOWN:
                    found += rule.cited(truths, UNKNOWN)
            return tuple(dict.fromkeys(found))
        for wanted in (TRUE, UNKNOWN):
            for rule, outcome in self._request.rules:
                if truths[rule.position] == wanted and outcome is self.outcome:
                    found += rule.cited(truths, wanted)
            if wanted == TRUE and found:
                return tuple(dict.fromkeys(found))
        rest = self._request.rest
        return tuple(dict.fromkeys([*found, rest.label] if rest else found))

    def missing(self) -> tuple[str, ...]:
        """The facts of which some answer could still change the outcome, in the order of the document."""
        if self.outcome is not Outcome.MORE_INFORMATION:
            return ()
        return self._request.missing.facts_of(self.case)

    def needed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """`determine.still_needed`: what is needed, and the fewest facts that would settle the case."""
        if self.outcome is not Outcome.MORE_INFORMATION:
            return (), ()
        return self._request.missing.of(self.case)

    def explanation(self) -> Explanation:
        """`explain.explain`."""
        return self._explanation(self.clauses())

    def determination(self) -> Determination:
        """`determine.determine`."""
        request, case, clauses = self._request, self.case, self.clauses()
        needed, settled_by = self.needed()
        return Determination(
            policy=request.policy.number,
            revision=request.policy.revision,
            request=case.request,
            date=case.date.isoformat(),
            outcome=self.outcome,
            clauses=clauses,
            classifications={name: BY_NUMBER[self.truths[position]] for name, position in request.classifications},
            needed=needed,
            settled_by=settled_by,
            codes=self._codes(),
            explanation=self._explanation(clauses),
        )

    def json(self, later: Later | None = None) -> bytes:
        """The determination as the contract's JSON: the bytes of `orjson.dumps(as_json(...))`."""
        request, truths, day = self._request, self.truths, self.case.date.isoformat().encode()
        clauses = self.clauses()
        needed, settled_by = self.needed()
        classified = [answers[truths[position]] for position, answers in request.spelled_classifications]
        outcome, root = request.spelled_outcomes[self.outcome]
        parts = (
            request.opening,
            day,
            outcome,
            orjson.dumps(clauses),
            b',"classifications":{',
            b",".join(classified),
            b'},"needed":',
            orjson.dumps(needed) if needed else b"[]",
            b',"settled_by":',
            orjson.dumps(settled_by) if settled_by else b"[]",
            b',"codes":',
            orjson.dumps(self._codes()) if self.case.codes else b"{}",
            b',"later":',
            b"null" if later is None else orjson.dumps(later_json(later)),
            b',"explanation":{"clause":',
            orjson.dumps(clauses[0] if clauses else ""),
            root,
            *request.spell(truths, day),
            *self._rest_spelled(),
            b"]}}",
        )
        return b"".join(parts)

    def _codes(self) -> dict[str, str | None]:
        """`determine.listed_codes`."""
        return {code: self._request.listed.get(code) for code in self.case.codes}

    def _rest_spelled(self) -> tuple[bytes, ...]:
        spelled = self._request.otherwise_spelled
        if not spelled:
            return ()
        return (b",", spelled[self._reached()]) if self._request.tops else (spelled[self._reached()],)

    def _reached(self) -> int:
        """Whether no rule settles the request, so that the policy's `otherwise` does."""
        met = [self.truths[position] for position, _ in self._request.decisive]
        return FALSE if TRUE in met else UNKNOWN if UNKNOWN in met else TRUE

    def _explanation(self, clauses: tuple[str, ...]) -> Explanation:
        request = self._request
        rules = request.explain(self.truths, self.case.date.isoformat())
        if request.otherwise_explained:
            rules = (*rules, request.otherwise_explained[self._reached()])
        return request.root(self.outcome, clauses[0] if clauses else "", rules)
