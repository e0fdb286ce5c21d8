"""Explanations mirror the criteria, with the truth of each in the case."""

from __future__ import annotations

from hypothesis import given

from cdispec.core.evaluate import evaluate
from cdispec.determine.determination import Prepared
from cdispec.determine.reasons import words
from cdispec.logic import Truth
from cdispec.model.case import Case
from cdispec.model.criteria import Comparison, Criterion, Reference, members
from cdispec.model.determination import Explanation
from cdispec.model.outcomes import Outcome
from cdispec.model.policy import Policy
from tests.determine.strategies import policies_with_cases
from tests.examples import examples

LAW = examples(30)
Pairs = list[tuple[Explanation, Criterion]]


class Explained:
    """A case of a policy with its determination and the truths that it is explained with.

    Of a complete record that every answer decides these are what the answers agree on, not what the record shows.
    """

    def __init__(self, drawn: tuple[Policy, Case]) -> None:
        self.policy, case = drawn
        prepared = Prepared(self.policy)
        # With its measures worked out and its codes looked up, as it is decided.
        number = self.policy.number
        self.case = prepared.coded.entered(prepared.measures.entered(case, number), number)
        decided = prepared.decide(case)
        self.program, self.truths = prepared.program, decided.truths
        assert self.truths in (evaluate(self.program, self.case), evaluate(self.program, self.case.opened()))
        self.rules = self.policy.rules_for(self.case.request)
        self.found = decided.determination()
        self.top = self.found.explanation.because[: len(self.rules)]
        self.last = self.found.explanation.because[len(self.rules) :]

    def in_force(self, criterion: Criterion) -> bool:
        """Whether a criterion is in force on the day of the case."""
        return self.truths[self.program.criteria[criterion.id].in_force] is Truth.TRUE

    def pairs(self) -> Pairs:
        """Every explanation of a criterion with that criterion; those that have no partner stop the walk."""
        found: Pairs = []
        stack: Pairs = [(said, rule.criterion) for said, rule in zip(self.top, self.rules, strict=True)]
        while stack:
            said, criterion = stack.pop()
            found.append((said, criterion))
            stack += zip(said.because, self._below(criterion), strict=True)
        return found

    def _below(self, criterion: Criterion) -> tuple[Criterion, ...]:
        """The criteria that stand below one in an explanation."""
        if not self.in_force(criterion):
            return ()
        logic, guard = criterion.logic, criterion.unless
        parts = (self.policy.criteria[logic.to],) if isinstance(logic, Reference) else members(logic)
        return parts if guard is None or not self.in_force(guard) else (*parts, guard)


ANY_RECORD = policies_with_cases(complete=None).map(Explained)


@LAW
@given(ANY_RECORD)
def test_an_explanation_has_the_ids_and_labels_of_the_criteria(told: Explained) -> None:
    for said, criterion in told.pairs():
        assert (said.id, said.clause) == (criterion.id, criterion.label)


@LAW
@given(ANY_RECORD)
def test_an_explanation_has_the_truth_of_each_criterion_that_is_in_force(told: Explained) -> None:
    for said, criterion in told.pairs():
        lowered = told.program.criteria[criterion.id]
        if told.in_force(criterion):
            nodes = [lowered.truth] if lowered.met is None else [lowered.truth, lowered.met]
            assert said.truth in [told.truths[node] for node in nodes]


@LAW
@given(ANY_RECORD)
def test_a_rule_is_explained_with_the_truth_that_decides(told: Explained) -> None:
    deciding = told.program.decisions[told.case.request].rules
    for said, rule, decided in zip(told.top, told.rules, deciding, strict=True):
        if told.in_force(rule.criterion):
            assert said.truth is told.truths[decided.node]


@LAW
@given(ANY_RECORD)
def test_a_criterion_out_of_its_dates_is_explained_as_set_aside(told: Explained) -> None:
    for said, criterion in told.pairs():
        if not told.in_force(criterion):
            assert (said.truth, said.set_aside) == (criterion.set_aside, f"not in force on {told.case.date}")


@LAW
@given(ANY_RECORD)
def test_an_exception_is_shown_as_one_and_named_where_it_sets_aside(told: Explained) -> None:
    for said, criterion in told.pairs():
        guard = criterion.unless
        assert not any(part.guard for part in said.because[:-1])
        if not told.in_force(criterion) or guard is None or not told.in_force(guard):
            continue
        assert said.because[-1].guard
        met = said.because[-1].truth is Truth.TRUE
        assert said.set_aside == (f"set aside: {words(guard, told.policy)}" if met else "")


@LAW
@given(ANY_RECORD)
def test_a_comparison_says_what_is_asked_and_what_is_reported(told: Explained) -> None:
    for said, criterion in told.pairs():
        if told.in_force(criterion):
            facts = criterion.logic.facts if isinstance(criterion.logic, Comparison) else ()
            assert bool(said.asked) is bool(facts)
            assert bool(said.answered) is any(fact in told.case.facts for fact in facts)


@LAW
@given(ANY_RECORD)
def test_an_explanation_ends_with_what_the_policy_says_otherwise(told: Explained) -> None:
    rest = told.policy.otherwise_for(told.case.request)
    assert [(last.id, last.clause) for last in told.last] == ([(rest.id, rest.label)] if rest else [])


@LAW
@given(ANY_RECORD)
def test_otherwise_is_reached_where_no_rule_is_met(told: Explained) -> None:
    truths = {told.truths[rule.node] for rule in told.program.decisions[told.case.request].rules}
    reached = Truth.FALSE if Truth.TRUE in truths else Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE
    # Rules of which each is unknown may be so that one of them is met in any case.
    assert all(last.truth in (reached, Truth.FALSE) for last in told.last)


@LAW
@given(ANY_RECORD)
def test_the_whole_explanation_is_unknown_while_more_information_is_needed(told: Explained) -> None:
    found = told.found
    assert (found.explanation.truth is Truth.UNKNOWN) is (found.outcome is Outcome.MORE_INFORMATION)
