"""Reasons: the criteria that decide a request, in the policy's words, with what was asked and what is reported."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from cdispec.core.lower import NOT_UNROLLED
from cdispec.core.program import Program
from cdispec.logic import Truth
from cdispec.model.case import StatedCase
from cdispec.model.criteria import Comparison, Criterion, ListOf, Not, OfRows, Reference, members, of_these
from cdispec.model.determination import OUT_OF_FORCE, Explanation
from cdispec.model.facts import Fact, Value
from cdispec.model.inlines import plain_words
from cdispec.model.measures import Measures
from cdispec.model.phrases import sentence
from cdispec.model.policy import Otherwise, Policy
from cdispec.model.row_phrases import rows_asked


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """What an explanation shows of a criterion in every case: its words, and the nodes of its truth.

    `facts` are those whose answers it reports, with the numbers from which `measures` works them out; `out_of_force` is
    the truth that it has outside its dates.
    """

    shown: Explanation
    node: int
    in_force: int
    out_of_force: Truth
    facts: tuple[Fact, ...]
    measures: Measures
    below: tuple[Reason, ...]

    @property
    def guard(self) -> Reason | None:
        """The exception to the criterion, if it has one."""
        return self.below[-1] if self.below and self.below[-1].shown.guard else None


def reasons(
    policy: Policy, program: Program, measures: Measures, request: str, hidden: Container[str] = ()
) -> tuple[Reason, ...]:
    """The reasons of a kind of request: every rule in order of precedence, then what the policy says otherwise.

    Criteria that are `hidden` explain nothing to a reader.
    """
    making = _Making(policy, program, measures, hidden)
    rules = tuple(making.reason(rule.criterion, asked=True) for rule in policy.rules_for(request))
    rest = policy.otherwise_for(request)
    if rest is None:
        return rules
    unmet = program.decisions[request].unmet
    text = otherwise_words(rest, policy)
    shown = Explanation(rest.label, rest.id, text, rest.id not in policy.criteria, Truth.UNKNOWN, "", "", False, "", ())
    return (*rules, Reason(shown, unmet, making.always, Truth.TRUE, (), measures, ()))


def explained(reason: Reason, truths: Sequence[int] | Mapping[int, int], case: StatedCase) -> Explanation:
    """A reason in one case; `truths` are those of the nodes."""
    if truths[reason.in_force] != Truth.TRUE:
        why = f"{OUT_OF_FORCE}{case.date.isoformat()}"
        return reason.shown._replace(truth=reason.out_of_force, set_aside=why)
    because = tuple(
        explained(part, truths, case)
        for part in reason.below
        # An exception out of its dates explains nothing.
        if not part.shown.guard or truths[part.in_force] == Truth.TRUE
    )
    guard, aside = reason.guard, ""
    if guard is not None and truths[guard.in_force] == truths[guard.node] == Truth.TRUE:
        aside = f"set aside: {guard.shown.text}"
    return reason.shown._replace(
        truth=Truth(truths[reason.node]),
        answered=reported(reason.facts, case.facts, reason.measures),
        set_aside=aside,
        because=because,
    )


def reported(facts: Sequence[Fact], answers: Mapping[str, Value], measures: Measures) -> str:
    """What is reported of some facts, in their own sentences; "" where nothing is.

    A measure that is answered says itself what it is worked out from.
    """
    worked = (fact.id for fact in facts if isinstance(answers.get(fact.id), int | Decimal))
    said = {operand for id in worked for operand in measures.named(id)}
    return "; ".join(measures.words(fact, answers) for fact in facts if fact.id in answers and fact.id not in said)


class _Making:
    """Makes reasons; a criterion that is shown in several places is made once for each way it is asked."""

    def __init__(self, policy: Policy, program: Program, measures: Measures, hidden: Container[str]) -> None:
        self.policy, self.program, self.measures, self.hidden = policy, program, measures, hidden
        self.always = program.always
        self._made: dict[tuple[str, bool], Reason] = {}

    def reason(self, criterion: Criterion, asked: bool) -> Reason:
        """The reason of a criterion; `asked` where the policy asks whether it is met, and not only counts it."""
        key = (criterion.id, asked)
        if key not in self._made:
            self._made[key] = self._make(criterion, asked)
        return self._made[key]

    def _make(self, criterion: Criterion, asked: bool) -> Reason:
        lowered, logic = self.program.criteria[criterion.id], criterion.logic
        node = lowered.met if asked and lowered.met is not None else lowered.truth
        compared: Comparison | None = None
        match logic:
            case Comparison():
                compared, below = logic, []
            case Reference(to):
                below = [self.reason(self.policy.criteria[to], asked=True)]
            case ListOf() | Not():
                told = [member for member in members(logic) if member.id not in self.hidden]
                below = [self.reason(member, asked=False) for member in told]
            case OfRows():
                raise AssertionError(NOT_UNROLLED)
            case _:
                assert_never(logic)
        if criterion.unless is not None:
            guard = self.reason(criterion.unless, asked=True)
            below.append(replace(guard, shown=guard.shown._replace(guard=True)))
        facts = tuple(self.policy.facts[fact] for fact in self.measures.reported(compared.facts)) if compared else ()
        asks = sentence(self.policy.compared(compared), compared.test, self.policy) if compared else ""
        text, printed = words(criterion, self.policy), has_words(criterion, self.policy)
        shown = Explanation(criterion.label, criterion.id, text, printed, Truth.UNKNOWN, asks, "", False, "", ())
        return Reason(shown, node, lowered.in_force, criterion.set_aside, facts, self.measures, tuple(below))


def has_words(criterion: Criterion, policy: Policy) -> bool:
    """Whether printed words are a criterion's own."""
    return criterion.text is not None or bool(policy.leads.get(criterion.id))


def words(criterion: Criterion, policy: Policy) -> str:
    """A criterion in plain text: its own words, those that introduce it or else what it asks."""
    if criterion.text is not None:
        return plain_words(policy, criterion.text)
    if lead := policy.leads.get(criterion.id):
        return plain_words(policy, lead)
    match criterion.logic:
        case Comparison():
            return sentence(policy.compared(criterion.logic), criterion.logic.test, policy)
        case Reference(to):
            return f"{policy.criteria[to].label} is met"
        case ListOf():
            return of_these(criterion.logic)[0]
        case Not():
            return "not this"
        case OfRows():
            return rows_asked(criterion.logic, policy)
        case _:
            assert_never(criterion.logic)


def otherwise_words(rest: Otherwise, policy: Policy) -> str:
    """What a policy says of every other request, in plain text. The words of a rule are not those of the rest."""
    if rest.id in policy.criteria:
        return f"otherwise {rest.outcome}"
    return plain_words(policy, policy.leads.get(rest.id, "")) or f"otherwise {rest.outcome}"
